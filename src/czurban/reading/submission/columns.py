"""Resolve the columns of a table by their headers, and refuse tables where it is not clear which column is meant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from czurban.model.finding import Message, say
from czurban.model.observation import Reading
from czurban.model.plan import Plan
from czurban.model.region import WHOLE_WORDS
from czurban.model.text import key
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.cell import is_figure, read_cell, text_at
from czurban.reading.submission.header_cell import Header, HeaderText, understand
from czurban.reading.submission.header_words import EXACT_NUMBERS, GENERAL_NAMES, ColumnField, field_of
from czurban.reading.submission.names import Naming, shorten

_NAMING = frozenset({ColumnField.NUMBER, ColumnField.INDICATOR})
_STATED = frozenset({ColumnField.TARGET, ColumnField.BASELINE})
_TEXT_FIELDS = (ColumnField.INDICATOR, ColumnField.UNIT, ColumnField.SENDER, ColumnField.STATUS)
_LEVELS = "一二三四"
MAYBE_A_TARGET = "指标值"
"""A word for values that are results or targets; another word or a title must state which."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a header by field, and those that occur twice or are unknown.

    `values` are all columns of values, of which `at` has the first; `stated` are those that state the plan's targets
    and baselines; `remarks` are notes and columns such as 数据类型, which qualify the figure of a row. The keys of all
    three are column indexes. `others` are known and hold no results.
    """

    at: dict[ColumnField, int] = field(default_factory=dict)
    headers: dict[ColumnField, Header] = field(default_factory=dict)
    twice: dict[ColumnField, list[int]] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    values: dict[int, Header] = field(default_factory=dict)
    stated: dict[int, Header] = field(default_factory=dict)
    remarks: dict[int, Header] = field(default_factory=dict)
    others: list[int] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        """Whether the header has a column of values and one of names.

        序号 may only count the rows: it names them where no other column may hold the names.
        """
        if ColumnField.VALUE not in self.at or _NAMING.isdisjoint(self.at):
            return False
        return (
            ColumnField.INDICATOR in self.at
            or not self.unknown
            or self.headers[ColumnField.NUMBER].text in EXACT_NUMBERS
        )

    @property
    def texts(self) -> list[int]:
        """The columns that hold words and no numbers."""
        return sorted({*(self.at[text_field] for text_field in _TEXT_FIELDS if text_field in self.at), *self.remarks})

    @property
    def naming(self) -> list[int]:
        """The columns that name the indicator."""
        return [self.at[name_field] for name_field in _NAMING if name_field in self.at]


def read_columns(cells: Sequence[HeaderText], plan: Plan | None = None) -> Columns:
    """Understand a header row. A cell is a text, or several texts where the header has several rows.

    With a plan, columns may be headed by any name or code of its regions.
    """
    return _read_columns(tuple(cells), plan)


@lru_cache(maxsize=256)
def _read_columns(cells: tuple[HeaderText, ...], plan: Plan | None) -> Columns:
    """Understand a header row once: it is looked at for several reasons, and other files have the same."""
    columns = Columns()
    levels: dict[str, int] = {}
    for index, cell in enumerate(cells):
        header = understand(cell, plan)
        if header is None or header.says_nothing:
            if "".join(cell).strip():
                columns.unknown.append(index)
        elif header.field is ColumnField.LEVEL:
            levels[header.text] = index
        else:
            _add(columns, index, header)
    _choose_name(columns, levels)
    _choose_values(columns, plan)
    return columns


def _add(columns: Columns, index: int, header: Header) -> None:
    """Add a column under its field."""
    if header.field is ColumnField.OTHER:
        columns.others.append(index)
    elif header.field is ColumnField.VALUE:
        columns.values[index] = header
    elif header.field in _STATED:
        columns.stated[index] = header
    elif header.field in (ColumnField.NOTE, ColumnField.QUALIFIER):
        columns.remarks[index] = header
        columns.at.setdefault(header.field, index)
        columns.headers.setdefault(header.field, header)
    elif header.field is ColumnField.INDICATOR and _replaces_a_name(columns, index, header):
        pass
    elif header.field in columns.at:
        columns.twice.setdefault(header.field, [columns.at[header.field]]).append(index)
    else:
        columns.at[header.field] = index
        columns.headers[header.field] = header


def _replaces_a_name(columns: Columns, index: int, header: Header) -> bool:
    """Prefer 指标名称 to 项目, which may hold groups of indicators, as the column of names."""
    known = columns.headers.get(ColumnField.INDICATOR)
    if known is None or (known.text in GENERAL_NAMES) == (header.text in GENERAL_NAMES):
        return False
    columns.others.append(index if header.text in GENERAL_NAMES else columns.at[ColumnField.INDICATOR])
    if known.text in GENERAL_NAMES:
        columns.at[ColumnField.INDICATOR], columns.headers[ColumnField.INDICATOR] = index, header
    return True


def _choose_name(columns: Columns, levels: dict[str, int]) -> None:
    """Choose the column of names: the deepest of 一级指标, 二级指标, 三级指标; 指标名称 rather than 项目."""
    if levels and ColumnField.INDICATOR not in columns.at:
        deepest = max(levels, key=lambda word: _LEVELS.find(word[0]))
        columns.at[ColumnField.INDICATOR] = levels.pop(deepest)
        columns.headers[ColumnField.INDICATOR] = Header(ColumnField.INDICATOR, text=deepest)
    columns.others.extend(levels.values())


def _choose_values(columns: Columns, plan: Plan | None) -> None:
    """Keep the columns that can be values.

    Columns headed by a region alone are values where no header has a word such as 完成值, and where there are two of
    them or one for the whole region: a single 示范区 may be anything.
    """
    worded = [index for index, header in columns.values.items() if header.text and header.text != MAYBE_A_TARGET]
    for index in [index for index, header in columns.values.items() if header.text == MAYBE_A_TARGET and worded]:
        del columns.values[index]
        columns.others.append(index)
    regions = [index for index, header in columns.values.items() if header.bare and header.region]
    others = len(regions) < len(columns.values)
    names = [columns.values[index].region for index in regions]
    whole = any(plan.is_whole(name) if plan else key(name) in WHOLE_WORDS for name in names)
    if others or ColumnField.REGION in columns.at or (len(regions) == 1 and not whole):
        for index in regions:
            del columns.values[index]
        columns.unknown[:] = sorted([*columns.unknown, *regions])
    if columns.values:
        first = next(iter(columns.values))
        columns.at[ColumnField.VALUE] = first
        columns.headers[ColumnField.VALUE] = columns.values[first]


def score(cells: Sequence[str], plan: Plan | None = None) -> int:
    """Rate a row as a header: by the number of fields understood, and usable headers far above others."""
    columns = read_columns(cells, plan)
    return len(columns.at) + len(columns.stated) + (100 if columns.usable else 0)


_ENOUGH = 200
_OF_GROUPS = frozenset({ColumnField.INDICATOR, ColumnField.LEVEL})
"""Fields of columns that may name other indicators than the row's: its group, or a level above it."""
_ONE_TABLE = say("Put the tables on sheets of their own, or delete the blank column if they are one table.")
_EACH_HEADED = say("Write a header over each column of figures, such as 2019年目标 and 2019年完成值.")
_ONE_COLUMN = say(
    "Name the indicators in one column headed 指标 (indicator), or put the tables on sheets of their own."
)


def unclear_names(
    sheet: Sheet, columns: Columns, texts: Sequence[str], rows: Sequence[Row], plan: Plan
) -> tuple[int, Message, Message] | None:
    """Return a column, and in words why the values may not be those of the names; None where all is clear.

    Another column names an indicator where the column of names has another or none; a blank column separates the names
    from the values, and one of the two may belong to another table; or a header of values may span several columns.
    """
    if not rows:
        return None
    name = columns.at.get(ColumnField.INDICATOR, columns.naming[0])
    value = columns.at[ColumnField.VALUE]
    rows, used = rows[:_ENOUGH], {*columns.naming, *columns.values}
    others = [at for at in range(len(texts)) if at not in used and field_of(texts[at], plan) not in _OF_GROUPS]
    naming = Naming(plan)
    for at in others:
        named = {text for text in {text_at(row.cells, at) for row in rows} if _names_any(text, naming)}
        candidates = [row for row in rows if text_at(row.cells, at) in named] if named else ()
        if row := next((row for row in candidates if _names_another(row, at, name, value, naming)), None):
            return at, _names_others(text_at(row.cells, at), text_at(texts, name)), _ONE_COLUMN
    left, right = sorted((name, value))
    blank = [at for at in range(left + 1, right) if not any(text_at(cells, at) for cells in (texts, *_cells(rows)))]
    blank = [at for at in blank if not _is_merged(sheet, at, rows)]
    if blank and (value < name or _is_cut(columns, rows, name, value, blank)):
        return value, _apart(texts, name, value), _ONE_TABLE
    width = max(len(texts), 0 if sheet.ragged else max((len(row.cells) for row in rows), default=0))
    for at in columns.values:
        if _may_span(texts, at, width, rows):
            return at, _spanning(texts[at]), _EACH_HEADED
    return None


def _may_span(texts: Sequence[str], at: int, width: int, rows: Sequence[Row]) -> bool:
    """Whether most rows with a value have figures behind it in columns without a header, as below a merged one."""
    end = next((n for n in range(at + 1, len(texts)) if texts[n].strip()), width)
    if end == at + 1:
        return False
    filled = [cells for cells in _cells(rows) if is_figure(text_at(cells, at))]
    more = [cells for cells in filled if any(is_figure(text_at(cells, n)) for n in range(at + 1, end))]
    return bool(more) and 2 * len(more) >= len(filled)


def _names_any(text: str, naming: Naming) -> bool:
    return any(map(str.isalpha, text)) and naming.by_name(text) is not None


def _names_another(row: Row, at: int, name: int, value: int, naming: Naming) -> bool:
    """Whether a row has a value, and another name than the cell that names an indicator, or none."""
    written, known = text_at(row.cells, name), naming.by_name(text_at(row.cells, at))
    if not is_figure(text_at(row.cells, value)):
        return False
    return not written or naming.by_name(written) not in (None, known)


def _is_cut(columns: Columns, rows: Sequence[Row], name: int, value: int, blank: Sequence[int]) -> bool:
    """Whether the names have unexplained figures on their side of the blank columns, or the values have names."""
    explained = {*columns.at.values(), *columns.stated, *columns.others, *columns.remarks}
    if any(_holds(rows, at, Reading.VALUE) for at in range(name + 1, blank[0]) if at not in explained):
        return True
    first = next(at for at in range(blank[-1] + 1, value + 1) if at not in blank)
    kept = {*columns.at.values(), *columns.remarks}
    return first not in kept and _holds(rows, first, Reading.UNREADABLE)


def _holds(rows: Sequence[Row], at: int, kind: Reading) -> bool:
    return any(read_cell(text).reported is kind for cells in _cells(rows) if (text := text_at(cells, at)))


def _cells(rows: Sequence[Row]) -> Iterator[Sequence[str]]:
    return (row.cells for row in rows)


def _is_merged(sheet: Sheet, at: int, rows: Sequence[Row]) -> bool:
    """Whether a blank column is only the rest of merged cells."""
    first = rows[0].number - 1
    return any(merge.left < at <= merge.right and merge.bottom >= first for merge in sheet.merges)


def _names_others(other: str, name: str) -> Message:
    return say(
        "A row names “{other}” outside of the column “{name}”, which has another name there or none;"
        " nothing of the table is used.",
        other=shorten(other),
        name=shorten(name),
    )


def _spanning(header: str) -> Message:
    return say(
        "Columns behind “{header}” have figures and no header, and it is not clear which of them it is for;"
        " nothing of the table is used.",
        header=shorten(header),
    )


def _apart(texts: Sequence[str], name: int, value: int) -> Message:
    return say(
        "A blank column is between “{name}” and “{value}”, and it is not clear that they belong to one table;"
        " nothing of it is used.",
        name=shorten(text_at(texts, name)),
        value=shorten(text_at(texts, value)),
    )
