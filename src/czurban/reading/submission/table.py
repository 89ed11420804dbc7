"""Find the tables of a sheet: for each its header, its rows, and what titles, headings and notes state for them."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from czurban.model.observation import Reading
from czurban.model.period import Period, periods_in
from czurban.model.plan import Plan
from czurban.model.text import half_width, key
from czurban.reading.sources.sheet import Row, Sheet, column_of
from czurban.reading.submission.cell import UNREADABLE, is_figure, plain_unit, read_cell, text_at
from czurban.reading.submission.columns import Columns
from czurban.reading.submission.header import Head, find_header, head_at
from czurban.reading.submission.header_cell import Header, field_of, in_year
from czurban.reading.submission.header_words import LAST_YEAR, ColumnField
from czurban.reading.submission.labels import labels_of, title_of
from czurban.reading.submission.names import without_number
from czurban.reading.submission.surroundings.asides import is_footnote
from czurban.reading.submission.surroundings.context import Context, read_context
from czurban.reading.submission.surroundings.not_results import qualifier_kind
from czurban.reading.submission.surroundings.notes import is_lasting, separate_notes, with_lasting, with_notes
from czurban.reading.submission.surroundings.sections import heading_of, sections_of


class Continued(NamedTuple):
    """Rows that continue the name above them, such as 城镇新增就业 over 市区, 县域 and 合计, by their number.

    `names` are the number and name of rows without their own; `parts` are rows that no column distinguishes, True for
    the first row of a name, at which they are reported.
    """

    names: dict[int, tuple[str, str]]
    parts: dict[int, bool]


class SubmissionTable(NamedTuple):
    """A header, the rows under it, and their context. `repeats` is set where the header equals the one before.

    `sections` has the context from each heading row on, by that row's number. `noted` has the notes on single
    indicators by their id, and on names with a footnote mark by the mark.
    """

    head: Head
    context: Context
    rows: Sequence[Row]
    continued: Continued
    repeats: bool = False
    sections: Mapping[int, Context] = MappingProxyType({})
    noted: Mapping[str, str] = MappingProxyType({})


def tables_of(sheet: Sheet, file: str, plan: Plan, *, marked: bool = False) -> Iterator[SubmissionTable]:
    """Yield the tables of a sheet, each from its header to the next one.

    A form is `marked` with its department and region, so that no name of a sheet or file states them.

    A later header may repeat the first, as at the top of a printed page, or be that of another table with other
    columns or for another period.
    """
    first = find_header(sheet, plan)
    if first is None:
        return
    heads = [first, *_later(sheet, first, plan)]
    context: Context | None = None
    before: Head | None = None
    lasting: list[str] = []
    for head, later in zip(heads, [*heads[1:], None], strict=True):
        above = sheet.rows[: head.first] if before is None else _titles(sheet, before, head, plan)
        titles = [*(title_of(row, plan) for row in above), *head.titles]
        naming = head.columns.naming
        titles += [text for at, text in enumerate(head.plain) if at in naming and _states(head, at)]
        fresh = read_context(titles, sheet.name, file, plan)
        fresh = fresh._replace(region="", sender="") if marked else fresh
        context = _labelled(fresh if context is None else _updated(context, fresh, titles, plan), above, plan)
        for line in lasting:
            context = with_lasting(context, line, plan, titles)
        rows = sheet.rows[head.last + 1 : later.first if later else len(sheet.rows)]
        next_titles = _titles(sheet, head, later, plan) if later else ()
        headings = _headings(rows, head, plan)
        value = next(iter(head.columns.values), 0)
        written = lines_of(rows, value)
        elsewhere = {*headings, *(row.number for row in next_titles)}
        lines = [line for number, line in written.items() if number not in elsewhere]
        lasting += filter(is_lasting, (*titles, *lines))
        noted: Mapping[str, str] = {}
        if lines:
            names = [row.cells[at] for row in rows if row.number not in written for at in naming if at < len(row.cells)]
            noted, lines = separate_notes(lines, names, plan)
        doubted = with_notes(context, lines, above, plan) if lines or above else context
        sections = sections_of(doubted, headings) if headings else {}
        sections |= {row.number: doubted for row in next_titles if labels_of(row, plan)}
        continued = _continued(rows, head.columns)
        repeats = before is not None and head.texts == before.texts
        yield SubmissionTable(head, doubted, rows, continued, repeats, sections, noted)
        before = head


def lines_of(rows: Sequence[Row], value: int) -> Mapping[int, str]:
    """Return the texts of rows that are lines and have no value, by the rows' numbers; `value` is the column of values.

    A line is the only text of its row, or a footnote.
    """
    values = column_of(rows, value)
    no_value = {text for text in {*values} if not text.strip() or (cell := read_cell(text)) is UNREADABLE or cell.unit}
    without = (row for row, text in zip(rows, values, strict=True) if text in no_value)
    return {row.number: line for row in without if (line := _line_of(row))}


def _line_of(row: Row) -> str:
    texts = [cell.strip() for cell in row.cells if cell.strip()]
    line = "：".join(texts) if texts and field_of(texts[0]) is ColumnField.NOTE else " ".join(texts)
    return line if len(texts) == 1 or is_footnote(line) else ""


def _labelled(context: Context, rows: Sequence[Row], plan: Plan) -> Context:
    """Return the context with pairs above a table such as 数据类型 | 预计数, which qualify all of its figures."""
    for field, label, text in (pair for row in rows for pair in labels_of(row, plan)):
        if field is ColumnField.QUALIFIER:
            kind = qualifier_kind(key(label), text, is_whole=plan.is_whole(text) or plan.is_for(text))
            context = context._replace(kind=kind, kind_text=f"{label}：{text}") if kind else context
    return context


def _may_be_headings(rows: Sequence[Row], columns: Columns, plan: Plan) -> Sequence[bool]:
    """Return False for each row with an indicator of the plan and behind it a number or —, as most rows have."""
    name, value = columns.at.get(ColumnField.INDICATOR, -1), next(iter(columns.values))
    if not 0 <= name < value:
        return [True] * len(rows)
    names, values = column_of(rows, name), column_of(rows, value)
    known = {text for text in {*names} if plan.indicator(without_number(text.strip())) is not None}
    texts = {text: text.strip() for text in {*values}}
    figures = {each for each, text in texts.items() if text and read_cell(text).reported is not Reading.UNREADABLE}
    return [text not in figures or named not in known for named, text in zip(names, values, strict=True)]


def _states(head: Head, at: int) -> bool:
    """Whether the header of a column of names states a period or a region: 2019年主要指标, 灵山县指标."""
    headers = [header for field, header in head.columns.headers.items() if head.columns.at[field] == at]
    return "20" in half_width(head.plain[at]) or any(header.region for header in headers[:1])


def _headings(rows: Sequence[Row], head: Head, plan: Plan) -> dict[int, tuple[str, Header]]:
    """Return the heading rows by their number; a line with no value below it is none."""
    headings: dict[int, tuple[str, Header]] = {}
    waiting: list[tuple[int, tuple[str, Header]]] = []
    may_be_headings = _may_be_headings(rows, head.columns, plan)
    for row, may_be in zip(rows, may_be_headings, strict=True) if any(may_be_headings) else ():
        if may_be and (heading := heading_of(row, head, plan)):
            waiting.append((row.number, heading))
        elif waiting and any(text_at(row.cells, at) for at in head.columns.values):
            headings.update(waiting)
            waiting = []
    return headings


def _later(sheet: Sheet, first: Head, plan: Plan) -> Iterator[Head]:
    """Yield further headers: rows with a header word in the column of names."""
    known: dict[str, bool] = {}
    naming, last = first.columns.naming, first.last
    for at in range(first.last + 1, len(sheet.rows)):
        cells = sheet.rows[at].cells
        for column in naming:
            text = cells[column] if column < len(cells) else ""
            if text not in known:
                known[text] = field_of(text, plan) is not None
            if known[text] and at > last and (head := head_at(sheet, at, plan, later=True)) and head.first > last:
                yield head
                naming, last = head.columns.naming, head.last
                break


def _titles(sheet: Sheet, before: Head, head: Head, plan: Plan) -> list[Row]:
    """Return the titles right above a later header: rows with one text or with labels, without earlier footnotes."""
    titles: list[Row] = []
    for row in reversed(sheet.rows[before.last + 1 : head.first]):
        texts = [cell for cell in row.cells if cell.strip()]
        if len(texts) > 1 and not labels_of(row, plan):
            break
        if texts and not is_footnote(texts[0]):
            titles.insert(0, row)
    return titles


def _updated(context: Context, fresh: Context, titles: Sequence[str], plan: Plan) -> Context:
    """Return the context of a later table: what its titles state, else that of the table before."""
    stated = periods_in(" ".join(titles))
    names_plan = any(plan.region in title or plan.is_whole(title.strip()[:2]) for title in titles)
    chosen = fresh if stated.periods or stated.vague else context
    return chosen._replace(
        unit=fresh.unit or context.unit,
        of_targets=fresh.of_targets or (context.of_targets and not titles),
        of_results=fresh.of_results or (context.of_results and not titles),
        kind=fresh.kind or (None if titles else context.kind),
        kind_text=fresh.kind_text or context.kind_text,
        region=fresh.region or ("" if names_plan else context.region),
        sender=fresh.sender or context.sender,
    )


_DISTINGUISHING = (
    ColumnField.QUALIFIER,
    ColumnField.REGION,
    ColumnField.PERIOD,
    ColumnField.PART,
    ColumnField.SENDER,
    ColumnField.STATUS,
)
"""Fields that distinguish several rows of one name."""


def _continued(rows: Sequence[Row], columns: Columns) -> Continued:
    """Find the rows of a table that continue the name above them."""
    apart = [columns.at[field] for field in _DISTINGUISHING if field in columns.at]
    apart += [at for at, header in columns.remarks.items() if header.field is ColumnField.QUALIFIER]
    naming = [columns.at.get(field) for field in (ColumnField.NUMBER, ColumnField.INDICATOR)]
    spans = Continued({}, {})
    group: list[Row] = []
    before = -1
    for n in _nameless(rows, columns):
        if n - 1 != before:
            group = [rows[n - 1]]
        before, row = n, rows[n]
        if group and any(is_figure(text_at(row.cells, at)) for at in columns.values):
            group.append(row)
            number, name = (text_at(group[0].cells, at) for at in naming)
            spans.names[row.number] = number, name
            if not any(text_at(row.cells, at) for at in apart):
                spans.parts.update({member.number: member is group[0] for member in group})
        else:
            group = []
    return spans


def _nameless(rows: Sequence[Row], columns: Columns) -> Sequence[int]:
    """Return the places of the rows whose columns of names are empty."""
    nameless: Sequence[int] = range(len(rows))
    for texts in (column_of(rows, at) for at in columns.naming):
        empty = {text for text in {*texts} if not text.strip()}
        nameless = [n for n in nameless if texts[n] in empty] if empty else ()
    return nameless


SPANNING = (ColumnField.REGION, ColumnField.PERIOD, ColumnField.PART)
"""Fields whose texts hold for blank cells below them, where their columns are before the names."""


def title_unit(table: SubmissionTable, plan: Plan) -> str:
    """Return the unit in the header of units or of names (指标名称（万人）, 单位（人）), else that of the title."""
    headers = table.head.columns.headers
    units = [headers[field].unit for field in (ColumnField.UNIT, ColumnField.INDICATOR) if field in headers]
    return next((unit for unit in units if unit and plan.units.find(plain_unit(unit))), table.context.unit)


class Slot(NamedTuple):
    """One column of values and what its header states; `part` is a part of the table's year."""

    at: int
    unit: str = ""
    period: Period | None = None
    region: str = ""
    part: str = ""


class Slots(NamedTuple):
    """All columns of values; `same` are two that mean the same, so that nothing is read."""

    slots: tuple[Slot, ...]
    same: tuple[int, int] | None = None
    periods: frozenset[Period] = frozenset()
    regions: frozenset[str] = frozenset()


def slots_of(columns: Columns, context: Context) -> Slots:
    """Resolve the period and the region of each column of values. A header without a period means that of the table."""
    slots = tuple(_slot(at, header, context) for at, header in columns.values.items())
    meanings: dict[tuple[Period | None, str], int] = {}
    for slot in slots:
        meaning = (slot.period or context.period, slot.region)
        if meaning in meanings:
            return Slots(slots, (meanings[meaning], slot.at))
        meanings[meaning] = slot.at
    periods = frozenset(period for period, _ in meanings if period)
    regions = frozenset(region for _, region in meanings)
    return Slots(
        slots,
        periods=periods if len(periods) > 1 else frozenset(),
        regions=regions if len(regions) > 1 else frozenset(),
    )


def _slot(at: int, header: Header, context: Context) -> Slot:
    period = header.period
    if header.part and period is None:
        period = in_year(header.part, context.year) if context.year else None
    if header.cumulative and (stated := period or context.period):
        period = stated._replace(first=1)
    return Slot(at, header.unit, period, header.region, "" if header.period else header.part)


def stated_columns(table: SubmissionTable, plan: Plan) -> dict[int, Header]:
    """Return the columns of a table that state targets or baselines of the plan, with their headers."""
    return {at: header for at, header in table.head.columns.stated.items() if _concerns(header, plan, table.context)}


def _concerns(header: Header, plan: Plan, context: Context) -> bool:
    """Return whether a column states targets or baselines of the plan, and not those of another year.

    A column of targets without a year may be those of a single year of a plan of several years.
    """
    several = plan.period.has_years
    of_plan = context.year == plan.period.year and not several
    if header.field is ColumnField.TARGET:
        return of_plan if header.period is None else header.period == plan.period.last_year
    if header.period:
        return header.period == plan.baseline_period
    if header.text.startswith(LAST_YEAR):
        base = plan.baseline_period
        return base is not None and context.year is not None and context.year - 1 == base.year
    return of_plan or several
