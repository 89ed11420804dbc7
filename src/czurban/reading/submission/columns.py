"""Resolve the columns of a table by their headers, and refuse tables where it is not clear which column is meant."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from czurban.model.finding import Finding, Place
from czurban.model.indicator import Indicator
from czurban.model.observation import Reading
from czurban.model.period import parse_period
from czurban.model.plan import Plan
from czurban.model.region import WHOLE_WORDS
from czurban.model.text import key
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission import column_faults, header_cell
from czurban.reading.submission.brackets import part_of_year
from czurban.reading.submission.cell import is_figure, read_cell, text_at
from czurban.reading.submission.header_cell import Header, HeaderText, field_of, is_region, plan_region, understand
from czurban.reading.submission.header_words import EXACT_NUMBERS, GENERAL_NAMES, ColumnField
from czurban.reading.submission.keeping import kept_with_plan
from czurban.reading.submission.names import Naming

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
    return _known_columns(tuple(cells), plan) if plan else _columns_of(tuple(cells), None)


@kept_with_plan(256)
def _known_columns(cells: tuple[HeaderText, ...], plan: Plan) -> Columns:
    """Understand a header row once: it is looked at for several reasons, and other files have the same."""
    return _columns_of(cells, plan)


def _columns_of(cells: tuple[HeaderText, ...], plan: Plan | None) -> Columns:
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


def counts_rows(naming: Naming, pairs: Iterable[tuple[str, str]]) -> bool:
    """Return whether a number column only counts the rows 1, 2, 3 … of a sheet about other indicators.

    It does where the numbers run from 1 without a gap, disagree with the names, and most of the named indicators have
    other numbers in the plan. Where most have one of these, they are the plan's numbers with the rows shuffled.
    """
    named: list[Indicator] = []
    for number, name in pairs:
        if number and (indicator := naming.by_name(name)):
            named.append(indicator)
            if number.removesuffix(".0") != str(len(named)):
                return False
    inside = sum(isinstance(indicator.no, int) and indicator.no <= len(named) for indicator in named)
    return 2 * inside <= len(named) and any(number != indicator.no for number, indicator in enumerate(named, 1))


Lines = Sequence[Sequence[str]]
_ENOUGH = 200
_ANY_YEAR = 2000
_NOTHING = frozenset({"", "-", "—", "/", "无"})
_OF_GROUPS = frozenset({ColumnField.INDICATOR, ColumnField.LEVEL})
"""Fields of columns that may name other indicators than the row's: its group, or a level above it."""


def unclear_names(
    sheet: Sheet, columns: Columns, headers: Sequence[HeaderText], rows: Sequence[Row], plan: Plan
) -> column_faults.Unclear | None:
    """Return a column, and in words why the values may not be those of the names; None where all is clear.

    Another column names an indicator where the column of names has another or none; a blank column separates the names
    from the values, and one of the two may belong to another table; or other columns of figures may be the values.
    """
    texts = header_cell.plain_texts(headers)
    if not rows:
        return None
    name = columns.at.get(ColumnField.INDICATOR, columns.naming[0])
    value = columns.at[ColumnField.VALUE]
    lines = [row.cells for row in rows[:_ENOUGH]]
    used = {*columns.naming, *columns.values}
    others = [at for at in range(len(texts)) if at not in used and field_of(texts[at], plan) not in _OF_GROUPS]
    naming = Naming(plan)
    for at in others:
        there = {text for cells in lines if any(map(str.isalpha, text := text_at(cells, at)))}
        named = {text: indicator for text in there if (indicator := naming.by_name(text))}
        for cells in lines if named else ():
            known, written = named.get(text_at(cells, at)), text_at(cells, name)
            if not known or not is_figure(text_at(cells, value)):
                continue
            if not written or naming.by_name(written) not in (None, known):
                return column_faults.names_others(at, text_at(cells, at), text_at(texts, name))
    left, right = sorted((name, value))
    merges = [merge for merge in sheet.merges if merge.bottom >= rows[0].number - 1]
    merged = {at for merge in merges for at in range(merge.left + 1, merge.right + 1)}
    empty = (at for at in range(left + 1, right) if not any(text_at(cells, at) for cells in (texts, *lines)))
    blank = [at for at in empty if at not in merged]
    if blank and (value < name or _is_cut(columns, lines, name, value, blank)):
        return column_faults.apart(texts, name, value)
    width = max(len(texts), 0 if sheet.ragged else max(map(len, lines)))
    alike: Mapping[int, Sequence[int]] = {}
    if any(isinstance(header, tuple) for header in headers):
        from czurban.reading.submission.header_rows import alike_columns  # noqa: PLC0415 - most headers have one row

        alike = {at: alike_columns(headers, at, columns.unknown) for at in columns.values}
    spanning = next((at for at in columns.values if _may_span(texts, at, width, lines, alike.get(at, ()))), None)
    return None if spanning is None else column_faults.spanning(spanning, texts[spanning])


def _may_span(texts: Sequence[str], at: int, width: int, lines: Lines, others: Sequence[int]) -> bool:
    """Whether most rows with a value have figures in other columns, or behind it in some without a header."""
    end = next((n for n in range(at + 1, len(texts)) if texts[n].strip()), width)
    if end == at + 1 and not others:
        return False
    filled = [cells for cells in lines if is_figure(text_at(cells, at))]
    more = [cells for cells in filled if any(is_figure(text_at(cells, n)) for n in (*range(at + 1, end), *others))]
    return bool(more) and 2 * len(more) >= len(filled)


def _is_cut(columns: Columns, lines: Lines, name: int, value: int, blank: Sequence[int]) -> bool:
    """Whether the names have unexplained figures on their side of the blank columns, or the values have names."""
    explained = {*columns.at.values(), *columns.stated, *columns.others, *columns.remarks}
    if any(_holds(lines, at, Reading.VALUE) for at in range(name + 1, blank[0]) if at not in explained):
        return True
    first = next(at for at in range(blank[-1] + 1, value + 1) if at not in blank)
    kept = {*columns.at.values(), *columns.remarks}
    return first not in kept and _holds(lines, first, Reading.UNREADABLE)


def _holds(lines: Lines, at: int, kind: Reading) -> bool:
    return any(read_cell(text).reported is kind for cells in lines if (text := text_at(cells, at)))


def unknown_column(place: Place, name: str, cells: Iterable[str], plan: Plan) -> Finding:
    """Report that a column is ignored: as a warning where all its cells are periods, regions or departments.

    Where they are units, or periods and regions other than the plan's, the figures of the rows would be misread, so
    that it is an error (S138) and nothing of the table is used.
    """
    texts = set(islice((text for cell in cells if (text := cell.strip()) not in _NOTHING), _ENOUGH))
    kinds = (kind for kind in column_faults.KINDS if texts and all(_is_text_of(kind, text, plan) for text in texts))
    kind = next(kinds, None)
    known = kind in (None, ColumnField.SENDER) or all(_is_own_text(kind, text, plan) for text in texts)
    return column_faults.unknown_column(place, name, kind, refused=not known)


def _is_own_text(field: ColumnField, text: str, plan: Plan) -> bool:
    """Whether a cell states the period or the region of the plan."""
    if field is ColumnField.PERIOD:
        period = parse_period(text)
        return period is not None and plan.is_own_period(period)
    return field is ColumnField.REGION and (plan.is_whole(text) or plan.is_for(text))


def misplaced(  # noqa: PLR0913, PLR0917 - the header, its columns, and the rows below it
    sheet: Sheet, at_row: Row, columns: Columns, texts: Sequence[str], rows: Sequence[Row], plan: Plan
) -> Iterator[Finding]:
    """Report columns of regions or periods that have no header, or one for something else.

    A column with only the plan's region or period is not reported, nor one next to a column with the right header.
    Remarks are read row by row, unless their column has the plan's region and others in its rows.
    """
    headless = {at for at, text in enumerate(texts) if not text.strip()}
    known = {*columns.remarks, *columns.others, *columns.stated}
    short = {columns.at[field] for field in (ColumnField.NUMBER, ColumnField.STATUS) if field in columns.at}
    for at in sorted(headless | known | short):
        cells = [row.cells[at].strip() for row in rows if at < len(row.cells)]
        distinct = set(cells) - _NOTHING
        for kind in (ColumnField.REGION, ColumnField.PERIOD) if distinct and len(distinct) <= _ENOUGH else ():
            dates = kind is ColumnField.PERIOD
            if kind in columns.at or (dates and ColumnField.PART in columns.at):
                continue
            if dates and _is_of_dates(texts[at]) and not _distinguishes(at, columns, rows):
                continue
            if at in columns.remarks and (dates or not all(cells) or not any(map(plan.is_for, distinct))):
                continue
            numbers = dates and at in known and any(map(str.isdecimal, distinct))
            strange = not all(_is_own_text(kind, text, plan) for text in distinct)
            if strange and not numbers and all(_is_text_of(kind, text, plan) for text in distinct):
                yield column_faults.unknown_column(sheet.place(at_row, at), texts[at], kind, refused=True)


def _is_of_dates(header: str) -> bool:
    """Whether a column holds other dates than the periods of figures: 更新时间, 完成时限, 填报日期."""
    return "时" in header or "日期" in header or "date" in header.casefold()


_KEYS = frozenset({ColumnField.REGION, ColumnField.SENDER, ColumnField.STATUS, ColumnField.QUALIFIER})


def _distinguishes(at: int, columns: Columns, rows: Sequence[Row]) -> bool:
    """Whether only this column distinguishes rows of one name, so that it may hold the periods of their figures."""
    others = [*columns.naming, *(columns.at[field] for field in _KEYS if field in columns.at), *columns.remarks]
    written: dict[tuple[str, ...], str] = {}
    for cells in (row.cells for row in rows if at < len(row.cells) and row.cells[at].strip() not in _NOTHING):
        key = tuple(text_at(cells, other) for other in others)
        if any(key) and written.setdefault(key, cells[at].strip()) != cells[at].strip():
            return True
    return False


def _is_text_of(field: ColumnField, text: str, plan: Plan) -> bool:
    """Whether a cell is a text of the field: a period, a unit, a region, else a department."""
    match field:
        case ColumnField.PERIOD:
            return parse_period(text) is not None or part_of_year(text, _ANY_YEAR) is not None
        case ColumnField.UNIT:
            return plan.units.find(text) is not None
        case ColumnField.REGION:
            return plan.is_for(text) or is_region(text) or bool(plan.regions and plan_region(text, plan))
        case _:
            return plan.department(text) is not None
