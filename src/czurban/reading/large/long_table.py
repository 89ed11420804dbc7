"""Understand a long table by its first rows, and read any single row of it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from czurban.model.finding import Finding, Message, say
from czurban.model.observation import Observation
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.row_outcome import Count
from czurban.model.text import cell_text, visible
from czurban.reading.large.free_text import FreeColumn, numbers, remarks
from czurban.reading.large.view_sheet import ViewSheet
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.columns import counts_rows, misplaced, unclear_names
from czurban.reading.submission.header import header_findings
from czurban.reading.submission.header_cell import field_of
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.names import Naming
from czurban.reading.submission.rows.fields import spanning
from czurban.reading.submission.rows.reader import RowReader
from czurban.reading.submission.sheet_reader import arranged, counting_column, no_results, pairs, read_sheet
from czurban.reading.submission.surroundings.notes import is_lasting, note_line
from czurban.reading.submission.surroundings.sections import heading_of
from czurban.reading.submission.table import Slots, SubmissionTable, lines_of, slots_of, stated_columns, tables_of
from czurban.reading.submission.table_faults import period_finding, wide

_SHAPE = (
    ColumnField.NUMBER,
    ColumnField.INDICATOR,
    ColumnField.UNIT,
    ColumnField.PERIOD,
    ColumnField.PART,
    ColumnField.SENDER,
    ColumnField.STATUS,
    ColumnField.NOTE,
)

_NOT_NAMING = (ColumnField.UNIT, ColumnField.PERIOD, ColumnField.PART)
"""Fields of which no heading has one, unless it is in the first column."""
_REPORTED_ONCE = "S117"
"""The finding that a reader reports once for each sheet."""
_HEADER_FAULTS = frozenset({"S102", "S107", "S135", "S138", "S209", "S265"})


class NotLongError(Exception):
    """The table is not a long table with one column of values; it may still be readable row by row.

    Where it is known not to be, `findings` are those of reading it row by row.
    """

    def __init__(self, file: str, why: Message, line: int | None = None, findings: Sequence[Finding] = ()) -> None:
        super().__init__(str(why))
        self.file, self.why, self.line, self.findings = file, why, line, tuple(findings)


class BeyondLimitsError(NotLongError):
    """The table exceeds a limit, so it is not read in any other way either."""

    def __init__(self, file: str, finding: Finding) -> None:
        super().__init__(file, finding.message, findings=(finding,))


class RowReading(NamedTuple):
    """The result of reading one row: an observation or none, its findings, and how the row is counted.

    `other_periods` are its figures of other periods, where these have their own columns. `no_result` is the indicator
    of which its figures are no results (S135), empty where they are or where it has none.
    """

    observation: Observation | None
    findings: tuple[Finding, ...]
    counts_as: Count
    other_periods: tuple[Observation, ...] = ()
    no_result: str = ""

    @property
    def indicator(self) -> str:
        """The indicator that it is about, whether it is used or not; empty where it is not known."""
        return self.observations[0].indicator if self.observations else self.no_result

    @property
    def observations(self) -> tuple[Observation, ...]:
        """All figures of the row."""
        return (self.observation, *self.other_periods) if self.observation else self.other_periods


class LongTable:
    """One long table: `columns` has the index of each field, `shape` the columns by which rows are grouped.

    `other_periods` are the columns of figures of other periods; the column of values is then that of the judged one.
    """

    def __init__(self, sheet: Sheet, file: str, plan: Plan, period: Period, places: ViewSheet) -> None:
        """Understand the first rows; `places` is a sheet that finds the places of the cells of any row.

        Raises:
            NotLongError: they are not a long table.
        """
        self.table = _only_table(sheet, file, plan, period)
        self.sheet, self.file, self.plan, self.period = sheet, file, plan, period
        head = self.table.head
        self.width = len(head.texts)
        self._slots = slots_of(head.columns, self.table.context)
        at = _judged_column(self._slots, period)
        self.other_periods = tuple(slot.at for slot in self._slots.slots if slot.at != at)
        self.columns = {**head.columns.at, ColumnField.VALUE: at}
        self.places = places
        self._without_period = False
        self._counted = counts_rows(Naming(plan), pairs(self.table.rows, self.columns))
        fields = [field for field in _SHAPE if not (self._counted and field is ColumnField.NUMBER)]
        headless = (at for at, text in enumerate(head.plain) if not text.strip())
        known = {*self.columns.values(), *self.other_periods}
        unknown = [at for at in dict.fromkeys((*head.columns.unknown, *headless)) if at not in known]
        self._remarks = [*head.columns.remarks, *unknown]
        shape = [self.columns[field] for field in fields if field in self.columns]
        self.shape = tuple(dict.fromkeys((*shape, *self._remarks, *self.other_periods)))
        self.free = self._free_columns(unknown)
        self._figures = (at, *self.other_periods)
        self._behind = [text for text in head.columns.texts if text > min(self._figures)]
        self._spanning = self._first_filled()
        self._hints: dict[str, Message] = {}
        self._reader = self._new_reader()

    def _free_columns(self, unknown: Sequence[int]) -> Mapping[int, FreeColumn]:
        """Return the columns of free text by their index; `unknown` are those without a known header."""
        number, name = self.columns.get(ColumnField.NUMBER), self.columns.get(ColumnField.INDICATOR)
        if name is None:
            return {}
        behind = self.columns[ColumnField.VALUE] + 1
        noted = [at for at, header in self.table.head.columns.remarks.items() if header.field is ColumnField.NOTE]
        free = {at: remarks(self.plan, headed=at in noted, behind=at == behind, name=name) for at in (*noted, *unknown)}
        if number in self.shape:
            needs = [at for field in _NOT_NAMING if (at := self.columns.get(field))]
            needs += [name] if name > number else []
            free |= {number: numbers(self.plan, behind=number == behind, needs=needs)} if needs else {}
        return {at: column for at, column in free.items() if column.is_free}

    @property
    def header_line(self) -> int:
        """Return the line of the header's last row."""
        return self.sheet.rows[self.table.head.last].number

    def _new_reader(self) -> RowReader:
        """Return a reader that has reported nothing yet."""
        naming = Naming(self.plan, self._hints, ignore_numbers=self._counted)
        return RowReader(self.plan, self.places, self.table, slots=self._slots, stated_columns={}, naming=naming)

    def row(self, texts: Mapping[int, str], cells: int | None = None, line: int = 1) -> Row:
        """Return a row with these texts by column; `cells` is its number of cells, where that is not the header's."""
        row = [""] * self.width
        for column, text in texts.items():
            row[column] = visible(text)
        count = self.width if cells is None else cells
        return Row(line, row[:count] + ["…"] * (count - self.width))

    def read(self, row: Row) -> RowReading:
        """Read one row. Findings that are reported once for each sheet are reported for every row.

        Raises:
            NotLongError: the row begins another table, or changes the meaning of other rows.
        """
        self._check_row(row)
        reader = self._reader
        reader.findings.clear()
        reader.no_results.clear()
        used, refused = reader.used, reader.refused
        observations = reader.take(row)
        count = Count.USED if reader.used > used else Count.REFUSED if reader.refused > refused else Count.IGNORED
        findings, no_result = tuple(reader.findings), next(iter(reader.no_results.values()), "")
        self._without_period = self._without_period or reader.fields.without_period > 0
        if any(fault.code == _REPORTED_ONCE for fault in findings):
            self._reader = self._new_reader()
        if observations:
            self._check_region(row, observations[0].region)
        if not self.other_periods:
            return RowReading(observations[0] if observations else None, findings, count, no_result=no_result)
        judged = next((value for value in observations if value.period == self.period), None)
        others = tuple(value for value in observations if value is not judged)
        return RowReading(judged, findings, count, others, no_result)

    def header_findings(self) -> Sequence[Finding]:
        """Return the findings for the header, and for columns that are not read."""
        head, sheet = self.table.head, self.sheet
        unread = sorted({*head.columns.unknown, *head.columns.stated} - {*stated_columns(self.table, self.plan)})
        findings = [*header_findings(sheet, head, unread, self.plan)]
        findings += [counting_column(sheet, self.table)] if self._counted else []
        place = sheet.place(sheet.rows[head.last])
        return [*findings, wide(place, self._slots, head.plain, self.table.context)] if self.other_periods else findings

    def period_findings(self) -> Sequence[Finding]:
        """Return a finding where a row that was read has no period."""
        place = self.sheet.place(self.sheet.rows[self.table.head.last])
        return [period_finding(place, self.table.context)] if self._without_period else []

    def _first_filled(self) -> Mapping[int, int]:
        """Return the columns whose cells span the blank ones below them, with the first line where each is filled."""
        first: dict[int, int] = {}
        columns = {*spanning(self.table)} & {*self.columns.values(), *self.shape}
        for row in self.table.rows if columns else ():
            for at in columns:
                if at < len(row.cells) and row.cells[at].strip():
                    first.setdefault(at, row.number)
        return first

    def _check_region(self, row: Row, region: str) -> None:
        """Check that a row is of the region of its cell, since that is what an engine groups rows by.

        Raises:
            NotLongError: its name has a region, or it has that of the title although the table has a column of regions.
        """
        at = self.columns.get(ColumnField.REGION)
        in_cell = self.table.context.region if at is None else cell_text("".join(row.cells[at : at + 1]))
        if region != in_cell and (in_cell or not self.plan.is_own_region(region)):
            raise NotLongError(
                self.file, say("a row in it is of another region than its column of regions says"), row.number
            )

    def _check_row(self, row: Row) -> None:
        texts = [cell for cell in row.cells if cell.strip()]
        blank = [line for at, line in self._spanning.items() if not "".join(row.cells[at : at + 1]).strip()]
        if texts and any(row.number > line for line in blank):
            raise NotLongError(self.file, say("a row in it describes other rows"), row.number)
        if blank:
            self._reader = self._new_reader()  # which has read no other row that could span this one
        naming = [cell_text(row.cells[at]) for at in self.table.head.columns.naming if at < len(row.cells)]
        if heading_of(row, self.table.head, self.plan):
            raise NotLongError(self.file, say("a row in it describes other rows"), row.number)
        if any(field_of(text, self.plan) for text in naming if text):
            raise NotLongError(self.file, say("there is another header further down"), row.number)
        value = self.columns[ColumnField.VALUE]
        if texts and not any(naming) and any(row.cells[at].strip() for at in self._figures if at < len(row.cells)):
            raise NotLongError(self.file, say("a row in it has no name"), row.number)
        if self.other_periods and any(row.cells[at].strip().isdecimal() for at in self._behind if at < len(row.cells)):
            raise NotLongError(self.file, say("a row in it may have a figure that is split into two cells"), row.number)
        if any(is_lasting(row.cells[at]) for at in self._remarks if at < len(row.cells)):
            raise NotLongError(self.file, say("a row in it says what other rows are"), row.number)
        context = self.table.context
        if any(note_line(context, line, self.plan) != context for line in lines_of([row], value).values()):
            raise NotLongError(self.file, say("a line in it is about another period"), row.number)


def _judged_column(slots: Slots, period: Period) -> int:
    """Return the column of the judged period's figures, or that of all figures; -1 where there is no such column.

    The others have to be for other years: parts of the judged one may be added up.
    """
    if len(slots.slots) == 1:
        return slots.slots[0].at
    judged = [slot.at for slot in slots.slots if slot.period == period]
    others = [slot.period for slot in slots.slots if slot.period != period]
    apart = all(other and other.is_year and other.year != period.year for other in others)
    return judged[0] if len(judged) == 1 and apart and not slots.regions and period.is_year else -1


def _only_table(sheet: Sheet, file: str, plan: Plan, period: Period) -> SubmissionTable:
    if list(arranged(sheet, plan)[0]) != [sheet]:
        raise NotLongError(file, say("its tables do not have one row for each indicator, or are side by side"))
    tables = list(tables_of(sheet, file, plan))
    if len(tables) != 1:
        raise _with_findings(say("it has several headers") if tables else say("it has no header"), sheet, file, plan)
    table = tables[0]
    columns, slots = table.head.columns, slots_of(table.head.columns, table.context)
    dated = {ColumnField.PERIOD, ColumnField.PART} & columns.at.keys() and len(slots.slots) > 1
    if columns.twice or _judged_column(slots, period) < 0 or dated or slots.same:
        raise _with_findings(
            say("it has several columns of values, or two columns of the same kind"), sheet, file, plan
        )
    if table.sections or table.noted or _goes_on(table):
        raise NotLongError(file, say("a row in it describes other rows"))
    if table.context.doubted or table.context.narrowed or no_results(table, sheet, plan):
        raise _with_findings(say("a line in it is about another period, or about targets"), sheet, file, plan)
    if any(fault.code == "S138" for fault in header_findings(sheet, table.head, sorted(columns.unknown), plan)):
        raise _with_findings(say("a column that is not known looks like periods, units or regions"), sheet, file, plan)
    if any(misplaced(sheet, sheet.rows[table.head.last], columns, table.head.plain, table.rows, plan)):
        raise _with_findings(say("a column has content that does not fit its header"), sheet, file, plan)
    if unclear_names(sheet, columns, table.head.texts, table.rows, plan):
        raise _with_findings(say("its values may belong to other names"), sheet, file, plan)
    return table


def _goes_on(table: SubmissionTable) -> bool:
    """Return whether a row of a table continues the region, period or kind of a row above it."""
    over = spanning(table)
    above: set[int] = set()
    for row in table.rows if over else ():
        filled = {at for at in over if at < len(row.cells) and row.cells[at].strip()}
        if above - filled and any(map(str.strip, row.cells)):
            return True
        above |= filled
    return False


def _with_findings(why: Message, sheet: Sheet, file: str, plan: Plan) -> NotLongError:
    """Return the error with the faults of the header, where no row under it could be read row by row either."""
    reader = read_sheet(sheet, file, plan)
    faults = () if reader.observations else [fault for fault in reader.findings if fault.code in _HEADER_FAULTS]
    return NotLongError(file, why, findings=faults)
