"""Read one sheet: find its tables, resolve their columns, read their rows, and count what became of every row."""

from collections.abc import Iterable, Iterator, Sequence

from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, say
from czurban.model.observation import NO_ROWS, Observation, Reading, RowCount, Submission
from czurban.model.plan import Plan
from czurban.model.target import StatedValue
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.arranging.derived import (
    DerivedSheet,
    as_one_table,
    is_rearranged,
    nothing_used,
    rows_as_they_stand,
)
from czurban.reading.submission.arranging.headings import Axes, CellKind
from czurban.reading.submission.arranging.layouts import TableStart
from czurban.reading.submission.cell import read_cell, text_at
from czurban.reading.submission.column_faults import twice
from czurban.reading.submission.columns import (
    MAYBE_A_TARGET,
    Columns,
    counts_rows,
    misplaced,
    read_columns,
    unclear_names,
)
from czurban.reading.submission.header import Head, head_at, header_findings
from czurban.reading.submission.header_cell import field_of
from czurban.reading.submission.header_words import NEUTRAL, ColumnField
from czurban.reading.submission.names import Naming, shorten
from czurban.reading.submission.rows.reader import RowReader
from czurban.reading.submission.surroundings.not_results import not_a_result
from czurban.reading.submission.table import SubmissionTable, slots_of, stated_columns, tables_of
from czurban.reading.submission.table_faults import (
    maybe_targets,
    narrowed_period,
    no_header,
    period_finding,
    results_or_targets,
    wide,
)

_REFUSING = frozenset({"S138", "S265"})
"""Codes of findings for which nothing of a table is used."""
_WITHIN = 30
_FIRST_FIELDS = frozenset({ColumnField.NUMBER, ColumnField.INDICATOR, ColumnField.REGION, ColumnField.PERIOD})
"""Fields that the first column of a table may have."""


class SheetReader:
    """Reads one sheet of a file; collects observations, stated values, findings and the count of rows."""

    def __init__(self, sheet: Sheet, file: str, plan: Plan, *, marked: bool = False) -> None:
        self.marked = marked
        self.sheet = sheet
        self.file = file
        self.plan = plan
        self.observations: list[Observation] = []
        self.stated_values: list[StatedValue] = []
        self.findings: list[Finding] = []
        self.count = NO_ROWS
        self.headed = False
        self._hints: dict[str, Message] = {}

    def read(self, tables: Sequence[SubmissionTable]) -> "SheetReader":
        """Read the tables of the sheet, and count its rows."""
        sheet = self.sheet
        self._report_hidden()
        self.headed = bool(tables)
        if not tables:
            self.findings.append(no_header(sheet, self.plan))
        for table in tables:
            self.count += self._table(table)
        inside = sum(len(table.rows) for table in tables)
        self.count += _outside(sheet, bool(tables), len(sheet.rows) - inside) + self._left_out()
        return self

    def _report_hidden(self) -> None:
        if self.sheet.hidden_rows or self.sheet.hidden_columns:
            from czurban.reading.sources.doubtful_cells import hidden_cells  # noqa: PLC0415 - few sheets hide anything

            self.findings.append(hidden_cells(self.sheet, self.file))

    def _left_out(self) -> RowCount:
        """Count the rows that are not among the sheet's rows: those that could not be split, and hidden ones."""
        refused, hidden = self.sheet.refused, len(self.sheet.hidden_rows)
        return RowCount(refused + hidden, 0, refused, hidden)

    def read_parts(self, parts: Sequence[Sheet], findings: Sequence[Finding]) -> "SheetReader":
        """Read the rearranged tables of the sheet; rows are counted as they are in the file."""
        self._report_hidden()
        self.findings += findings
        for part in parts:
            reader = SheetReader(part, self.file, self.plan)
            reader.read(list(tables_of(part, self.file, self.plan, marked=self.marked)))
            self.headed = self.headed or reader.headed
            self.findings += [*part.findings, *reader.findings] if isinstance(part, DerivedSheet) else reader.findings
            self.observations += as_one_table(reader.observations) if is_rearranged(part) else reader.observations
            self.stated_values += reader.stated_values
        self.count += rows_as_they_stand(self.sheet.rows, self.observations, self.findings) + self._left_out()
        return self

    def _table(self, table: SubmissionTable) -> RowCount:
        sheet, head = self.sheet, table.head
        row, columns, texts = sheet.rows[head.last], head.columns, head.plain
        stated = stated_columns(table, self.plan)
        slots = slots_of(columns, table.context)
        ignored = sorted({*columns.unknown, *columns.stated} - {*stated})
        faults = list(header_findings(sheet, head, ignored, self.plan))
        faults += misplaced(sheet, row, columns, texts, table.rows, self.plan)
        refused = columns.twice or any(fault.code in _REFUSING for fault in faults)
        if not refused and (unclear := unclear_names(sheet, columns, head.texts, table.rows, self.plan)):
            faults.append(finding("S265", sheet.place(row, unclear[0]), *unclear[1:]))
        self.findings += [] if table.repeats else faults
        if slots.same:
            same = [(at, texts[at]) for at in slots.same]
            self.findings.append(twice(sheet, row, ColumnField.VALUE, same))
        doubtful = no_results(table, sheet, self.plan)
        self.findings += [doubtful] if doubtful else []
        if columns.twice or slots.same or doubtful or any(fault.code in _REFUSING for fault in faults):
            return nothing_used(table.rows)
        if slots.periods or slots.regions:
            self.findings += [] if table.repeats else [wide(sheet.place(row), slots, texts, table.context)]
        reader = RowReader(self.plan, sheet, table, slots=slots, stated_columns=stated, naming=self._naming(table))
        self.observations += reader.read()
        self.stated_values += reader.stated_values
        self.findings += reader.findings
        if reader.fields.without_period:
            self.findings.append(period_finding(sheet.place(row), table.context))
        if reader.fields.narrowed:
            self.findings.append(narrowed_period(sheet.place(row), table.context))
        return reader.count

    def _naming(self, table: SubmissionTable) -> Naming:
        naming = Naming(self.plan, self._hints)
        if counts_rows(naming, pairs(table.rows, table.head.columns.at)):
            naming.ignore_numbers = True
            self.findings.append(counting_column(self.sheet, table))
        return naming


def counting_column(sheet: Sheet, table: SubmissionTable) -> Finding:
    """Return the finding on a column of numbers that only counts the rows of a table."""
    place = sheet.place(sheet.rows[table.head.last], table.head.columns.at[ColumnField.NUMBER])
    message = say("This column only counts the rows; indicators are found by their names.")
    return finding("S215", place, message)


def read_sheet(sheet: Sheet, file: str, plan: Plan, *, marked: bool = False) -> SheetReader:
    """Read one sheet; tables in other layouts than one row for each indicator are rearranged first.

    In a form, which is `marked`, the names of the sheet and of the file say nothing about region and department.
    """
    parts, findings = arranged(sheet, plan)
    reader = SheetReader(sheet, file, plan, marked=marked)
    if list(parts) == [sheet] and not findings:
        return reader.read(list(tables_of(sheet, file, plan, marked=marked)))
    return reader.read_parts(parts, findings)


def arranged(sheet: Sheet, plan: Plan) -> tuple[Sequence[Sheet], list[Finding]]:
    """Return the sheet alone if its tables have one row for each indicator, else a sheet for each table; and faults."""
    axes = Axes(plan)
    heads = enumerate(sheet.rows[:_WITHIN])
    at, cuts = next(((at, cuts) for at, row in heads if (cuts := _first_columns(sheet, row, at, axes))), (0, []))
    if isinstance(cuts, Finding):
        return [], [cuts]
    starts = [] if cuts else list(_starts(sheet, axes))
    if not cuts and not any(start.shape for start in starts):
        return [sheet], []
    from czurban.reading.submission.arranging.arrange import rearranged, separated  # noqa: PLC0415 - few sheets need it

    if not cuts:
        findings: list[Finding] = []
        return list(rearranged(sheet, starts, axes, findings)), findings
    sides, findings = separated(sheet, at, cuts)
    parts = [part for side in sides for part in rearranged(side, list(_starts(side, axes)), axes, findings)]
    return parts, findings


def _first_columns(sheet: Sheet, row: Row, at: int, axes: Axes) -> list[int] | Finding:
    """Return the columns where tables begin in a header row; none for a single table, a finding where it is unclear."""
    filled = [c for c, cell in enumerate(row.cells) if cell.strip()]
    starts = [c for c in filled if field_of(row.cells[c], axes.plan) in _FIRST_FIELDS]
    cuts = filled[:1]
    for c in (start for start in starts if len(starts) > 1 and start > cuts[0]):
        again = row.cells[c].strip() == row.cells[cuts[-1]].strip()
        gap = c - 1 not in filled and not any(text_at(later.cells, c - 1) for later in sheet.rows[at:])
        if (again or gap) and _is_table(row.cells[cuts[-1] : c], axes):
            if not _is_table(row.cells[c:], axes):
                message = say(
                    "It is not clear whether another table begins at “{name}”; nothing of the sheet is read.",
                    name=shorten(row.cells[c]),
                )
                hint = say("Put the tables on sheets of their own, or delete the blank column if they are one table.")
                return finding("S265", sheet.place(row, c), message, hint)
            cuts.append(c)
    return cuts if len(cuts) > 1 else []


def _is_table(cells: Sequence[str], axes: Axes) -> bool:
    """Whether header cells make a separate table: with columns of names and values, or with indicators across."""
    return read_columns(cells, axes.plan).usable or _names_indicator(cells, axes)


def _names_indicator(cells: Iterable[str], axes: Axes) -> bool:
    """Whether a cell is the name of an indicator and no other heading."""
    naming = Naming(axes.plan)
    return any(naming.by_name(cell.strip()) and axes.of(cell) is CellKind.INDICATOR for cell in cells)


def _starts(sheet: Sheet, axes: Axes) -> Iterator[TableStart]:
    """Yield the beginnings of tables; of successive tables with one row for each indicator only the first."""
    at = floor = 0
    last: TableStart | None = None
    value: int | None = None
    while at < len(sheet.rows) and (last or at < _WITHIN):
        cells = sheet.rows[at].cells
        is_row = text_at(cells, value)[:1].isdecimal() or _is_named(last, cells, axes)
        start = None if is_row or not may_head(cells, axes) else _start(sheet, axes, at, floor)
        if start is None:
            at += 1
            continue
        if start.shape or last is None or last.shape:
            yield start
            last, value = start, start.head.columns.at[ColumnField.VALUE] if start.head else None
        at = floor = start.data


def may_head(cells: Sequence[str], axes: Axes) -> bool:
    """Return whether the cells of a row may be a header, of which most have no numbers such as years and codes."""
    kinds = {read_cell(cell).reported for cell in cells}
    return axes.may_head(cells) if Reading.VALUE in kinds else Reading.UNREADABLE in kinds


def _is_named(start: TableStart | None, cells: Sequence[str], axes: Axes) -> bool:
    """Whether a row has a name in the columns of the table above, so that it is no header."""
    if start is None or start.head is None:
        return False
    names = [name for at in start.head.columns.naming if (name := text_at(cells, at))]
    return (
        bool(names)
        and not any(field_of(name, axes.plan) for name in names)
        and sum(bool(cell.strip()) for cell in cells) > 1
    )


def _start(sheet: Sheet, axes: Axes, at: int, floor: int) -> TableStart | None:
    """Return the table whose header has this row; `floor` is the first row that may belong to it."""
    named = _names_indicator(sheet.rows[at].cells, axes)
    head = head_at(sheet, at, axes.plan)
    start = TableStart(head.first, head.last + 1, head=head) if head and head.first >= floor else None
    usual = start is not None and head is not None and _names_any(sheet, head, axes)
    if usual and not named:
        return start
    from czurban.reading.submission.arranging.arrange import layout_across, layout_below_title  # noqa: PLC0415 - as above

    across = layout_across(sheet, axes, at, floor) if named else None
    return across or (start if usual else layout_below_title(sheet, axes, at, floor) or start)


def _names_any(sheet: Sheet, head: Head, axes: Axes) -> bool:
    """Whether one of the first rows under the header names an indicator."""
    rows = sheet.rows[head.last + 1 : head.last + 1 + _WITHIN]
    texts = [text for row in rows for at in head.columns.naming if (text := text_at(row.cells, at))]
    return any(map(axes.plan.indicator, texts)) or _names_indicator(texts, axes)


def left_out(sheet: Sheet) -> RowCount:
    """Count the rows of a sheet without a table, in a workbook that has one."""
    many = len(sheet.rows) + len(sheet.hidden_rows)
    return RowCount(many, ignored=many)


def _outside(sheet: Sheet, has_tables: bool, many: int) -> RowCount:  # noqa: FBT001 - whether there is a table at all
    """Count the rows outside of tables: titles and headers; all rows, where there is no table."""
    return RowCount(many, ignored=many) if has_tables else nothing_used(sheet.rows)


def pairs(rows: Sequence[Row], at: dict[ColumnField, int]) -> Iterator[tuple[str, str]]:
    """Yield the number and the name of each row of a table that has both columns."""
    number, name = at.get(ColumnField.NUMBER), at.get(ColumnField.INDICATOR)
    if number is None or name is None:
        return
    for row in rows:
        if len(row.cells) > max(number, name):
            yield row.cells[number].strip(), row.cells[name].strip()


def no_results(table: SubmissionTable, sheet: Sheet, plan: Plan) -> Finding | None:
    """Report why none of a table's figures is a result, by its title, notes or sheet's name; None where they are."""
    columns, context = table.head.columns, table.context
    at = columns.at[ColumnField.VALUE]
    place = sheet.place(sheet.rows[table.head.last], at)
    if context.kind:
        return finding("S135", place, *not_a_result(context.kind_text, context.kind))
    neutral = all(header.bare or header.text in NEUTRAL for header in columns.values.values())
    aims = any(header.field is ColumnField.TARGET for header in columns.stated.values())
    doubtful = context.of_targets or (context.file_of_targets and not aims)
    if doubtful and neutral:
        return maybe_targets(place, table.head.plain[at])
    unclear = all(header.text == MAYBE_A_TARGET for header in columns.values.values())
    if (unclear and not aims and not context.of_results) or (at := _after_results(columns, plan)):
        return results_or_targets(sheet.place(sheet.rows[table.head.last], at), table.head.plain[at])
    return None


def _after_results(columns: Columns, plan: Plan) -> int:
    """Return the column of a year alone behind one of results of an earlier year: 2018年实际 | 2019年; 0 where none is.

    The word behind one year raises the doubt whether the later year has results too.
    """
    dated = {at: header for at, header in columns.values.items() if header.period and not header.region}
    worded = [header.period for header in dated.values() if header.text and header.text not in NEUTRAL]
    if not worded or plan.period in worded:
        return 0
    last = max(period.year for period in worded if period)
    later = (at for at, header in dated.items() if header.bare and header.period and header.period.year > last)
    return next(later, 0)


def gathered(
    file: str, read_as: str, readers: Sequence[SheetReader], before: Sequence[Finding]
) -> tuple[Submission, Findings]:
    """Combine the contents of a file's sheets; the findings `before` come first."""
    submission = Submission(
        file,
        read_as,
        tuple(value for reader in readers for value in reader.observations),
        sum((reader.count for reader in readers), NO_ROWS),
        tuple(value for reader in readers for value in reader.stated_values),
    )
    return submission, (*before, *(fault for reader in readers for fault in reader.findings))
