"""Find headers of one or more rows, by merged cells, by blanks that continue their left, or by repeated texts.

The position of its texts makes a row part of a header, not whether its words are known: an unknown word makes its
column unknown, and the column is never read by the words above alone.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from czurban.model.observation import Reading
from czurban.model.period import parse_period
from czurban.model.plan import Plan
from czurban.model.vocabulary import remark_words
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.cell import read_cell
from czurban.reading.submission.header_cell import HeaderText, is_unit, understand
from czurban.reading.submission.header_words import ColumnField, field_of

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
_TEXTS = frozenset(
    {
        ColumnField.NUMBER,
        ColumnField.INDICATOR,
        ColumnField.LEVEL,
        ColumnField.UNIT,
        ColumnField.PERIOD,
        ColumnField.PART,
        ColumnField.REGION,
        ColumnField.SENDER,
        ColumnField.STATUS,
        ColumnField.QUALIFIER,
        ColumnField.NOTE,
    }
)
"""Fields of texts; a text above or below the header of any other column is a header too."""


_LABELS = {
    ColumnField.SENDER: "填报单位",
    ColumnField.REGION: "地区",
    ColumnField.UNIT: "单位",
    **dict.fromkeys((ColumnField.PERIOD, ColumnField.PART, ColumnField.STATUS, ColumnField.QUALIFIER), ""),
    ColumnField.OTHER: "",
}
"""Fields that a pair of a label and a text above a table may state, with the label that titles are searched for."""
_PAPERWORK = ("日期", "时间", "人", "电话", "来源")


class Block(NamedTuple):
    """A header's rows: the indexes of the first and the last, each column's texts, and titles in between."""

    first: int
    last: int
    texts: Sequence[HeaderText]
    titles: Sequence[str] = ()


def block_at(sheet: Sheet, at: int, naming: Sequence[int], plan: Plan, *, later: bool = False) -> Block:
    """Return the header block around the row at this index, which names the indicators in the columns `naming`.

    `later` is set where rows of another table are above it, of which a row with a name is no heading.
    """
    rows, first, last = sheet.rows, at, at
    names = _padded(rows[at], max(naming) + 1)
    fields = {column: header.field for column, text in _texts(rows[at]) if (header := understand(text, plan))}
    skip = {column for column, field in fields.items() if field in _TEXTS}
    titles: list[str] = []
    cells: dict[int, Sequence[str]] = {at: rows[at].cells}
    while (below := _behind_gap(rows, last + 1, naming, plan)) < len(rows):
        if _counts_columns(rows[below]) or not _divides(rows[below], names, naming, skip, plan, gap=below > last + 1):
            break
        titles += [text for row in rows[last + 1 : below] for _, text in _texts(row)]
        last = below
        cells[last] = rows[last].cells
    while first > 0:
        kept = _headings(rows[first - 1], names, naming, skip, plan)
        if not any(kept) or (later and any(text and not kept[n] for n, text in enumerate(rows[first - 1].cells))):
            break
        first -= 1
        titles = [text for column, text in _texts(rows[first]) if not kept[column]] + titles
        cells[first] = kept
    ordered = [Row(rows[n].number, cells[n]) for n in sorted(cells)]
    if last + 1 < len(rows) and ColumnField.INDICATOR in fields.values() and _counts_columns(rows[last + 1]):
        last += 1
    return Block(first, last, ordered[0].cells if len(ordered) == 1 else _columns(sheet, ordered, naming), titles)


def labels_of(row: Row, plan: Plan) -> Sequence[tuple[ColumnField, str, str]]:
    """Return the field, label and text of each pair in a row such as 填报单位 | 市公安局 | 年份 | 2019.

    A row with anything else has none: each label must be a word that describes a whole table, and each text must fit.
    """
    texts = [text for _, text in _texts(row)]
    labels = [text.strip(":： ") for text in texts[::2]]
    fields = [field_of(label, plan) for label in labels]
    if not texts or len(texts) % 2 or any(field not in _LABELS for field in fields):
        return ()
    pairs = [(field, label, text) for field, label, text in zip(fields, labels, texts[1::2], strict=True) if field]
    return pairs if all(_fits(*pair, plan) for pair in pairs) else ()


def _fits(field: ColumnField, label: str, text: str, plan: Plan) -> bool:
    """Whether a text can stand behind a label: a period behind 年份, a unit behind 单位, no header word behind any."""
    header = understand(text, plan)
    match field:
        case ColumnField.PERIOD | ColumnField.PART:
            return bool(header and header.bare and (header.period or header.part)) or parse_period(text) is not None
        case ColumnField.UNIT:
            return is_unit(text, plan)
        case ColumnField.OTHER:
            return label.endswith(_PAPERWORK)
        case ColumnField.QUALIFIER:
            return field_of(text, plan) in (None, ColumnField.OTHER, ColumnField.TARGET, ColumnField.BASELINE)
    return field_of(text, plan) is None and read_cell(text).reported is Reading.UNREADABLE


def title_of(row: Row, plan: Plan) -> str:
    """Return the texts of a row above a table as one text; pairs of labels and texts as 填报单位：市公安局."""
    if labels := labels_of(row, plan):
        return " ".join(f"{_LABELS.get(field) or label}：{text}" for field, label, text in labels)
    return " ".join(cell for cell in row.cells if cell)


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
    if gap and any(column in naming for column, _ in texts):
        return False
    if any(
        not _is_same(names, column, text) and field_of(text, plan) is None for column, text in texts if column in naming
    ):
        return False
    inside = [text for column, text in texts if column not in skip]
    if not inside or all(_is_same(names, column, text) for column, text in texts):
        return False
    return any(_is_words(text) and not _is_number(text, plan) for text in inside)


def _headings(row: Row, names: Sequence[str], naming: Sequence[int], skip: set[int], plan: Plan) -> list[str]:
    """Return the cells of a row above the names that head columns, the others blank; nothing for another row."""
    texts = _texts(row)
    if (len(texts) == 1 and texts[0][0] == 0) or any(_is_number(text, plan) for _, text in texts):
        return []
    if labels_of(row, plan):
        return []
    if not any(_is_words(text) for _, text in texts) or all(_is_same(names, column, text) for column, text in texts):
        return []
    if any(_is_title(text, plan) for column, text in texts if column in naming):
        return []
    kept = [""] * len(row.cells)
    for column, text in texts:
        named = _is_same(names, column, text) or bool(field_of(text, plan))
        heads = named if column in naming else not _is_title(text, plan, elsewhere=column > 0)
        kept[column] = text if heads else ""
    numbers = {column for column in range(len(kept)) if column not in skip}
    heads_numbers = any(kept[column] for column in numbers.difference(naming))
    last = max((column for column, text in enumerate(kept) if text), default=len(kept))
    return kept if heads_numbers or any(column > last for column in numbers) else []


def _is_same(names: Sequence[str], column: int, text: str) -> bool:
    return column < len(names) and names[column] == text


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


def _columns(sheet: Sheet, rows: Sequence[Row], naming: Sequence[int]) -> list[HeaderText]:
    """Return each column's texts from top to bottom, with those of cells that span several columns."""
    width = max(len(row.cells) for row in rows)
    grid = [_padded(row, width) for row in rows]
    origin = [-1] * width
    for depth, line in enumerate(grid[:-1]):
        lower = [any(below[column] for below in grid[depth + 1 :]) for column in range(width)]
        origin = _spread(line, origin, lower, _ends(sheet, rows[depth].number - 1), naming, top=depth == 0)
    columns: list[HeaderText] = []
    for column in range(width):
        texts = [line[column] for line in grid if line[column]]
        distinct = [text for n, text in enumerate(texts) if n == 0 or text != texts[n - 1]]
        columns.append(tuple(distinct) if len(distinct) > 1 else "".join(distinct))
    return columns


def _spread(  # noqa: PLR0913 - what a blank continues depends on all of these
    line: list[str],
    above: Sequence[int],
    lower: Sequence[bool],
    ends: dict[int, int],
    naming: Sequence[int],
    *,
    top: bool,
) -> list[int]:
    """Copy a row's texts into the blanks to their right that they head; return the column in which each text began."""
    origin = [-1] * len(line)
    start, end = -1, len(line)
    for column, text in enumerate(line):
        if text:
            origin[column] = column
            start, end = (column, ends.get(column, len(line))) if column not in naming else (-1, 0)
        elif (
            start < 0
            or column >= end
            or not lower[column]
            or column in naming
            or not (top or above[column] == above[start])
        ):
            start = -1
        else:
            line[column], origin[column] = line[start], start
    return origin


def _padded(row: Row, width: int) -> list[str]:
    return [cell.strip() for cell in row.cells] + [""] * (width - len(row.cells))


def _ends(sheet: Sheet, row: int) -> dict[int, int]:
    """Return the column after each merged cell of a row, by the column in which it begins."""
    return {merge.left: merge.right + 1 for merge in sheet.merges if merge.top == row and merge.right > merge.left}
