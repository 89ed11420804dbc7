"""Read one sheet: find its tables, resolve their columns, read their rows, and count what became of every row."""

from collections.abc import Iterator, Sequence

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, Severity, say
from czurban.model.observation import NO_ROWS, Observation, PeriodSource, Reading, RowCount, StatedValue
from czurban.model.plan import Plan
from czurban.reading.sources.sheet import Row, Sheet, row_number
from czurban.reading.submission.arranging.arrange import arranged
from czurban.reading.submission.arranging.headings import DerivedSheet, is_rearranged
from czurban.reading.submission.columns import MAYBE_A_TARGET, Columns, unclear_names
from czurban.reading.submission.header import header_findings, misplaced, twice
from czurban.reading.submission.header_words import NEUTRAL, ColumnField
from czurban.reading.submission.names import Naming, counts_rows, shorten
from czurban.reading.submission.rows import RowReader
from czurban.reading.submission.surroundings.context import Context, concerns, slots_of, wide
from czurban.reading.submission.surroundings.remarks import not_a_result
from czurban.reading.submission.table import SubmissionTable, tables_of

_SOURCES = {
    PeriodSource.TITLE: say("Rows without a period are read as {period}, by the title."),
    PeriodSource.SHEET: say("Rows without a period are read as {period}, by the sheet's name."),
    PeriodSource.FILE: say("Rows without a period are read as {period}, by the file's name."),
    PeriodSource.PLAN: say("Rows without a period are read as {period}, the plan's period."),
}
_REFUSING = frozenset({"S138", "S265"})
"""Codes of findings for which nothing of a table is used."""
_WRITE_RESULTS = say("Write a header such as 2019年完成值 over the results.")


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
            self.findings += header_findings(sheet, None, (), self.plan)
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
            self.observations += _as_one_table(reader.observations) if is_rearranged(part) else reader.observations
            self.stated_values += reader.stated_values
        self.count += self._rows_as_they_stand() + self._left_out()
        return self

    def _rows_as_they_stand(self) -> RowCount:
        """Count the sheet's rows: used where a value was read in it, refused where it has only errors.

        All rows with texts are refused where nothing was read at all.
        """
        observations = (value for value in self.observations if value.reported is not Reading.NOTHING)
        used = {row_number(value.place) for value in observations}
        refused = {row_number(fault.place) for fault in self.findings if fault.severity is Severity.ERROR} - used
        rows = self.sheet.rows
        if not used:
            return _nothing_used(rows)
        ends = [*(row.number for row in rows[1:]), rows[-1].number + 1] if rows else []
        lines = [range(row.number, end) for row, end in zip(rows, ends, strict=True)]
        many = sum(not used.isdisjoint(numbers) for numbers in lines)
        faulty = sum(used.isdisjoint(numbers) and not refused.isdisjoint(numbers) for numbers in lines)
        return RowCount(len(rows), many, faulty, len(rows) - many - faulty)

    def _table(self, table: SubmissionTable) -> RowCount:
        sheet, head = self.sheet, table.head
        row, columns, texts = sheet.rows[head.last], head.columns, head.plain
        stated = {at: header for at, header in columns.stated.items() if concerns(header, self.plan, table.context)}
        slots = slots_of(columns, table.context)
        ignored = sorted({*columns.unknown, *columns.stated} - {*stated})
        faults = list(header_findings(sheet, head, ignored, self.plan))
        faults += misplaced(sheet, row, columns, texts, table.rows, self.plan)
        refused = columns.twice or any(fault.code in _REFUSING for fault in faults)
        if not refused and (unclear := unclear_names(sheet, columns, texts, table.rows, self.plan)):
            faults.append(finding("S265", sheet.place(row, unclear[0]), *unclear[1:]))
        self.findings += [] if table.repeats else faults
        if slots.same:
            same = [(at, texts[at]) for at in slots.same]
            self.findings.append(twice(sheet, row, ColumnField.VALUE, same))
        doubtful = no_results(table, sheet, self.plan)
        self.findings += [doubtful] if doubtful else []
        if columns.twice or slots.same or doubtful or any(fault.code in _REFUSING for fault in faults):
            return _nothing_used(table.rows)
        if slots.periods or slots.regions:
            self.findings += [] if table.repeats else [wide(sheet.place(row), slots, texts, table.context)]
        reader = RowReader(self.plan, sheet, table, slots=slots, stated_columns=stated, naming=self._naming(table))
        self.observations += reader.read()
        self.stated_values += reader.stated_values
        self.findings += reader.findings
        if reader.without_period:
            self.findings.append(period_finding(sheet.place(row), table.context))
        if reader.narrowed:
            self.findings.append(_narrowed(sheet.place(row), table.context))
        return reader.count

    def _naming(self, table: SubmissionTable) -> Naming:
        naming, at = Naming(self.plan, self._hints), table.head.columns.at
        if counts_rows(naming, pairs(table.rows, at)):
            naming.ignore_numbers = True
            place = self.sheet.place(self.sheet.rows[table.head.last], at[ColumnField.NUMBER])
            message = say("This column only counts the rows; indicators are found by their names.")
            self.findings.append(finding("S215", place, message))
        return naming


def _as_one_table(observations: Sequence[Observation]) -> list[Observation]:
    """Add to each observation of a rearranged table all periods and regions of that table."""
    periods = frozenset(value.period for value in observations)
    regions = frozenset(value.region for value in observations)
    return [
        value._replace(
            periods=periods if len(periods) > 1 else frozenset(),
            regions=regions if len(regions) > 1 else frozenset(),
        )
        for value in observations
    ]


def read_sheet(sheet: Sheet, file: str, plan: Plan, *, marked: bool = False) -> SheetReader:
    """Read one sheet; tables in other layouts than one row for each indicator are rearranged first.

    In a form, which is `marked`, the names of the sheet and of the file say nothing about region and department.
    """
    parts, findings = arranged(sheet, plan)
    reader = SheetReader(sheet, file, plan, marked=marked)
    if list(parts) == [sheet] and not findings:
        return reader.read(list(tables_of(sheet, file, plan, marked=marked)))
    return reader.read_parts(parts, findings)


def left_out(sheet: Sheet) -> RowCount:
    """Count the rows of a sheet without a table, in a workbook that has one."""
    many = len(sheet.rows) + len(sheet.hidden_rows)
    return RowCount(many, ignored=many)


def _outside(sheet: Sheet, has_tables: bool, many: int) -> RowCount:  # noqa: FBT001 - whether there is a table at all
    """Count the rows outside of tables: titles and headers; all rows, where there is no table."""
    return RowCount(many, ignored=many) if has_tables else _nothing_used(sheet.rows)


def _nothing_used(rows: Sequence[Row]) -> RowCount:
    """Count the rows of a table that cannot be read: refused, except for blank ones."""
    blank = sum(not any(cell.strip() for cell in row.cells) for row in rows)
    return RowCount(len(rows), refused=len(rows) - blank, ignored=blank)


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
        return _maybe_targets(place, table.head.plain[at])
    unclear = all(header.text == MAYBE_A_TARGET for header in columns.values.values())
    if (unclear and not aims and not context.of_results) or (at := _after_results(columns, plan)):
        message = say(
            "“{header}” does not say whether it holds results or targets; the table is not read.",
            header=shorten(table.head.plain[at]),
        )
        return finding("S102", sheet.place(sheet.rows[table.head.last], at), message, _WRITE_RESULTS)
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


def _narrowed(place: Place, context: Context) -> Finding:
    if context.dated:
        message = say(
            "“{text}” is before the end of the year, so the figures are not used for the whole year.",
            text=shorten(context.narrowed),
        )
        return finding("S209", place, message, say("Correct the date, or give the figures of the whole year."))
    message = say(
        "“{text}” says that the figures are those of a part of the year, so they are not used for the whole year.",
        text=shorten(context.narrowed),
    )
    return finding("S209", place, message, say("Give the figures of the whole year, or write their period over them."))


def _maybe_targets(place: Place, header: str) -> Finding:
    message = say(
        "A title or name is not about results, and “{header}” does not say that it holds any; the table is not read.",
        header=shorten(header),
    )
    return finding("S102", place, message, _WRITE_RESULTS)


def period_finding(place: Place, context: Context) -> Finding:
    """Report the period of rows that state none, or that they have none."""
    if context.period is not None:
        return finding("S219", place, Message(_SOURCES[context.source].text, {"period": context.period}))
    text = shorten(context.source_text)
    if context.source is PeriodSource.PLAN and not context.doubted:
        message = say("The plan is of several years, so rows without a period are not used.")
        return finding("S209", place, message, say("Add a period column (年份) with a value such as 2019 or 2019Q2."))
    if context.doubted:
        message = say("“{text}” is about another period, so rows without a period are not used.", text=text)
        hint = say("Give each row its period in a column (年份), or correct that line if it is wrong.")
        return finding("S209", place, message, hint)
    message = say("“{text}” does not state one clear period, so rows without one are not used.", text=text)
    return finding("S209", place, message, say("Add a period column (年份) with a value such as 2019 or 2019Q2."))
