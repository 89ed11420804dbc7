"""Find headers of one or more rows, by merged cells, by blanks that continue their left, or by repeated texts.

The position of its texts makes a row part of a header, not whether its words are known: an unknown word makes its
column unknown, and the column is never read by the words above alone.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.observation import Reading
from czurban.model.plan import Plan
from czurban.model.vocabulary import remark_words
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission import column_faults
from czurban.reading.submission.cell import read_cell, text_at
from czurban.reading.submission.columns import Columns, read_columns, unknown_column
from czurban.reading.submission.header_cell import HeaderText, field_of, is_unit, plain_texts, understand
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.labels import labels_of
from czurban.reading.submission.names import shorten

WITHIN = 30
_MOST_BETWEEN = 3
_LEAST_COUNTED = 2
_LONGEST_HEADING = 12
_TITLE_ENDS = ("表", "报告")
_STATEMENT = (
    r"(?:计量|填[报表]|编[制报]|制表|[报呈]送|上报|审[核定批]|更新|统计|数据)?"
    r"(?:单位|部门|人|日期|时间|来源|期)(?:名称)?[:：]"
)
_TITLE_OF_RESULTS = r"(?:情况|统计|监测|自评|汇总|一览)表?(?:[(（].*[)）])?$"
_COUNTERS = ("甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_TEXTS = frozenset(ColumnField) - {ColumnField.VALUE, ColumnField.TARGET, ColumnField.BASELINE, ColumnField.OTHER}
"""Fields of texts; a text above or below the header of any other column is a header too."""


class Head(NamedTuple):
    """A header: the indexes of its first and last row, a text for each column, the columns, and titles in it."""

    first: int
    last: int
    texts: Sequence[HeaderText]
    columns: Columns
    titles: Sequence[str] = ()

    @property
    def plain(self) -> list[str]:
        """The header's texts for messages."""
        return plain_texts(self.texts)


def find_header(sheet: Sheet, plan: Plan) -> Head | None:
    """Return the first block of rows that names an indicator (or number) column and a value column."""
    return next((head for at in range(min(WITHIN, len(sheet.rows))) if (head := head_at(sheet, at, plan))), None)


def head_at(sheet: Sheet, at: int, plan: Plan, *, later: bool = False) -> Head | None:
    """Return the header whose row of names is at this index, if it can be used.

    `later` is set where rows of another table are above it.
    """
    head = block_head(sheet, at, plan, later=later)
    return head if head and head.columns.usable else None


def block_head(sheet: Sheet, at: int, plan: Plan, *, later: bool = False) -> Head | None:
    """Return the header whose row of names is at this index, usable or not; None where the row has no names."""
    names, texts = read_columns(sheet.rows[at].cells, plan), _texts(sheet.rows[at])
    if len(texts) == 1 and any(header.period or header.region for header in names.headers.values()):
        return None  # a title: 2019年主要指标, 灵山县主要指标
    return block_at(sheet, at, names.naming, plan, later=later) if names.naming else None


def block_at(sheet: Sheet, at: int, naming: Sequence[int], plan: Plan, *, later: bool = False) -> Head:
    """Return the header around the row at this index, which names the indicators in the columns `naming`.

    `later` is set where rows of another table are above it, of which a row with a name is no heading.
    """
    rows, first, last = sheet.rows, at, at
    names, block = rows[at].cells, [rows[at]]
    fields = {column: header.field for column, text in _texts(rows[at]) if (header := understand(text, plan))}
    skip = {column for column, field in fields.items() if field in _TEXTS}
    titles: list[str] = []
    while (below := _behind_gap(rows, last + 1, naming, plan)) < len(rows):
        if not _divides(rows[below], names, naming, skip, plan, gap=below > last + 1):
            break
        titles += [text for row in rows[last + 1 : below] for _, text in _texts(row)]
        last = below
        block.append(rows[last])
    while first > 0:
        kept = _headings(rows[first - 1], names, naming, skip, plan)
        if not any(kept) or (later and any(text and not kept[n] for n, text in enumerate(rows[first - 1].cells))):
            break
        first -= 1
        titles = [text for column, text in _texts(rows[first]) if not kept[column]] + titles
        block.insert(0, Row(rows[first].number, kept))
    if last + 1 < len(rows) and ColumnField.INDICATOR in fields.values() and _counts_columns(rows[last + 1]):
        last += 1
    texts: Sequence[HeaderText] = block[0].cells
    if len(block) > 1:
        from czurban.reading.submission.header_rows import texts_of  # noqa: PLC0415 - most headers have one row

        texts = texts_of(sheet, block, naming)
    return Head(first, last, texts, read_columns(texts, plan), titles)


def _texts(row: Row) -> list[tuple[int, str]]:
    return [(column, cell.strip()) for column, cell in enumerate(row.cells) if cell.strip()]


def _behind_gap(rows: Sequence[Row], at: int, naming: Sequence[int], plan: Plan) -> int:
    """Return the index of the next row that is neither blank nor a single remark; few rows are looked at."""
    for n in range(at, min(at + _MOST_BETWEEN, len(rows))):
        texts = _texts(rows[n])
        if len(texts) > 1 or (texts and not _is_title(texts[0][1], plan, elsewhere=texts[0][0] not in {0, *naming})):
            return n
    return min(at + _MOST_BETWEEN, len(rows))


def _divides(  # noqa: PLR0913 - whether a row divides columns depends on all of these
    row: Row, names: Sequence[str], naming: Sequence[int], skip: set[int], plan: Plan, *, gap: bool
) -> bool:
    """Whether a row below the names divides columns: it has no name, and texts in columns of numbers.

    After a gap another table may begin, so that a word for a column of names is not part of this header.
    """
    texts = _texts(row)
    others = [(column, text) for column, text in texts if text != text_at(names, column)]
    if not others or _counts_columns(row) or (gap and any(column in naming for column, _ in texts)):
        return False
    if any(column in naming and field_of(text, plan) is None for column, text in others):
        return False
    inside = [text for column, text in texts if column not in skip]
    return any(_is_words(text) and not _is_number(text, plan) for text in inside)


def _headings(row: Row, names: Sequence[str], naming: Sequence[int], skip: set[int], plan: Plan) -> list[str]:
    """Return the cells of a row above the names that head columns, the others blank; nothing for another row."""
    texts = _texts(row)
    if (
        (len(texts) == 1 and texts[0][0] == 0)
        or any(_is_number(text, plan) for _, text in texts)
        or labels_of(row, plan)
        or not any(_is_words(text) for _, text in texts)
        or all(text == text_at(names, column) for column, text in texts)
        or any(_is_title(text, plan) for column, text in texts if column in naming)
    ):
        return []
    kept = [""] * len(row.cells)
    for column, text in texts:
        named = text == text_at(names, column) or bool(field_of(text, plan))
        heads = named if column in naming else not _is_title(text, plan, elsewhere=column > 0)
        kept[column] = text if heads else ""
    numbers = {column for column in range(len(kept)) if column not in skip}
    heads_numbers = any(kept[column] for column in numbers.difference(naming))
    last = max((column for column, text in enumerate(kept) if text), default=len(kept))
    return kept if heads_numbers or any(column > last for column in numbers) else []


def _is_title(text: str, plan: Plan, *, elsewhere: bool = False) -> bool:
    """Whether a text is a title and no heading of a column. Titles begin at the left, over the names.

    A long text in another column (`elsewhere`) is a heading, unless it is a statement such as 单位：万人 or a title.
    """
    if understand(text, plan) is not None:
        return False
    if re.match(_STATEMENT, text):
        return True
    long = bool({":", "："}.intersection(text)) or text.endswith(_TITLE_ENDS) or len(text) > _LONGEST_HEADING
    if not elsewhere:
        return long
    aims = any(word in text for word in f"{remark_words.TARGETS} {remark_words.SET}".split())
    return long and not aims and re.search(_TITLE_OF_RESULTS, text) is not None


def _is_words(text: str) -> bool:
    return read_cell(text).reported is not Reading.NOTHING


def _is_number(text: str, plan: Plan) -> bool:
    """Whether a text is a figure and does not head a column, as 2019年, 2019年末数 and 450721 do."""
    cell = read_cell(text)
    if cell.reported is not Reading.VALUE or (cell.unit and not is_unit(cell.unit, plan)):
        return False
    return understand(text, plan) is None


def _counts_columns(row: Row) -> bool:
    """Whether a row only numbers the columns: 甲 乙 1 2, or A B 1 2, or 1 2 3."""
    texts = [text.strip("()（）") for _, text in _texts(row)]
    letters = [text for text in texts if not text.isdecimal()]
    numbers = texts[len(letters) :]
    if len(texts) < _LEAST_COUNTED or numbers != [str(n) for n in range(1, len(numbers) + 1)]:
        return False
    return any(known.startswith("".join(letters)) for known in _COUNTERS)


def header_findings(sheet: Sheet, head: Head, ignored: Sequence[int], plan: Plan) -> Iterator[Finding]:
    """Report on a header: a field twice, unknown columns, several rows, no rows below it."""
    row, texts = sheet.rows[head.last], head.plain
    for field, places in head.columns.twice.items():
        yield column_faults.twice(sheet, row, field, [(i, texts[i]) for i in places])
    if any(isinstance(text, tuple) for text in head.texts):
        message = say(
            "The header has {count} rows, read together as: {names}.",
            count=head.last - head.first + 1,
            names=" | ".join(shorten(text) for text in texts if text),
        )
        yield finding("S116", sheet.place(sheet.rows[head.first]), message)
    for index in ignored:
        cells = (later.cells[index] for later in sheet.rows[head.last + 1 :] if index < len(later.cells))
        yield unknown_column(sheet.place(row, index), texts[index], cells, plan)
    if not sheet.refused and not any(cell.strip() for later in sheet.rows[head.last + 1 :] for cell in later.cells):
        yield finding("S103", sheet.place(row), say("The header is not followed by any row."))
