"""A long table understood by its first rows: which column is what, and a reader for any row of it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from czurban.model.finding import Finding
from czurban.model.message import Message, say
from czurban.model.observation import Observation, Reading
from czurban.model.plan import Plan
from czurban.model.shape import Count
from czurban.reading.arranging.arrange import arranged
from czurban.reading.cell import read_cell
from czurban.reading.columns import Field
from czurban.reading.header import header_findings
from czurban.reading.header_words import field_of
from czurban.reading.large.view_sheet import ViewSheet
from czurban.reading.naming import Naming, counts_rows
from czurban.reading.row_fields import goes_on
from czurban.reading.rows import RowReader
from czurban.reading.sheet import Row, Sheet
from czurban.reading.sheet_reader import no_results, pairs, period_said, read_sheet
from czurban.reading.slots import slots_of
from czurban.reading.table import Table, heading_of, heed_line, line_of, tables_of
from czurban.reading.unknown_columns import misplaced

_SHAPE = (Field.NUMBER, Field.INDICATOR, Field.UNIT, Field.PERIOD, Field.PART, Field.SENDER, Field.STATUS, Field.NOTE)

_TOLD_ONCE = "S117"


_REFUSED = frozenset({"S102", "S107", "S135", "S138", "S209"})


class NotLongError(Exception):
    """The table is not one long table with one column of values: rows read one by one may still make sense of it.

    Where they are known not to, `findings` are what they would say of it.
    """

    def __init__(self, file: str, why: Message, line: int | None = None, findings: Sequence[Finding] = ()) -> None:
        super().__init__(str(why))
        self.file, self.why, self.line, self.findings = file, why, line, tuple(findings)


class BeyondLimitsError(NotLongError):
    """The table passes a limit, so nothing else reads it either."""

    def __init__(self, file: str, finding: Finding) -> None:
        super().__init__(file, finding.message, findings=(finding,))


class Read(NamedTuple):
    """What one row says: an observation or none, what is wrong with it, and what the row counts as."""

    observation: Observation | None
    findings: tuple[Finding, ...]
    counts_as: Count


class LongTable:
    """One long table: `columns` says where each field stands, `shape` lists the fields a row's shape is made of."""

    def __init__(self, sheet: Sheet, file: str, plan: Plan, places: ViewSheet) -> None:
        """Understand the first rows; `places` is a sheet that knows where the cells of any row stand.

        Raises:
            NotLongError: they are no long table.
        """
        self.table = _only_table(sheet, file, plan)
        self.sheet, self.file, self.plan = sheet, file, plan
        self.columns = self.table.head.columns.at
        self.width = len(self.table.head.texts)
        self.shape = tuple(one for one in _SHAPE if one in self.columns)
        self._slots = slots_of(self.table.head.columns, self.table.context)
        self.places = places
        self._without_period = False
        self._counted = counts_rows(Naming(plan), pairs(self.table.rows, self.columns))
        if self._counted:
            self.shape = tuple(one for one in self.shape if one is not Field.NUMBER)
        self._reader = self._fresh()

    @property
    def header_line(self) -> int:
        """The line of the header's last row."""
        return self.sheet.rows[self.table.head.last].number

    def _fresh(self) -> RowReader:
        """A reader that has told nothing yet."""
        naming = Naming(self.plan, ignore_numbers=self._counted)
        return RowReader(self.plan, self.places, self.table, slots=self._slots, claimed={}, naming=naming)

    def row(self, texts: Mapping[Field, str], cells: int | None = None, line: int = 1) -> Row:
        """A row that says just this; `cells` is how many cells it has, where it is not as many as the header."""
        row = [""] * self.width
        for one, text in texts.items():
            row[self.columns[one]] = text
        many = self.width if cells is None else cells
        return Row(line, row[:many] + ["…"] * (many - self.width))

    def read(self, row: Row) -> Read:
        """Read one row. What a sheet is told once, such as a footnote's mark, is told of every row.

        Raises:
            NotLongError: the row begins another table, or doubts what stands above.
        """
        self._look_out(row)
        reader = self._reader
        reader.findings.clear()
        used, refused = reader.used, reader.refused
        found = reader.take(row)
        count = Count.USED if reader.used > used else Count.REFUSED if reader.refused > refused else Count.IGNORED
        findings = tuple(self._reader.findings)
        self._without_period = self._without_period or self._reader.without_period > 0
        if any(one.code == _TOLD_ONCE for one in findings):
            self._reader = self._fresh()
        return Read(found[0] if found else None, findings, count)

    def header_findings(self) -> Sequence[Finding]:
        """What is to be said of the header, and what of the rows is not read."""
        columns = self.table.head.columns
        return list(
            header_findings(self.sheet, self.table.head, sorted({*columns.unknown, *columns.claims}), self.plan)
        )

    def period_findings(self) -> Sequence[Finding]:
        """What is to be said where a row that was read states no period."""
        place = self.sheet.place(self.sheet.rows[self.table.head.last])
        return [period_said(place, self.table.context)] if self._without_period else []

    def _look_out(self, row: Row) -> None:
        texts = [cell for cell in row.cells if cell.strip()]
        naming = [row.cells[at] for at in self.table.head.columns.naming if at < len(row.cells)]
        if heading_of(row, self.table.head, self.plan):
            raise NotLongError(self.file, say("a row in it says what other rows are"), row.number)
        if any(field_of(text, self.plan) for text in naming if text):
            raise NotLongError(self.file, say("a row further down is a header again"), row.number)
        value = self.columns[Field.VALUE]
        if texts and not any(naming) and value < len(row.cells) and row.cells[value].strip():
            raise NotLongError(self.file, say("a row in it has no name"), row.number)
        line, context = line_of(row, value), self.table.context
        if line and heed_line(context, line, self.plan) != context:
            raise NotLongError(self.file, say("a line in it speaks of another period"), row.number)


def _only_table(sheet: Sheet, file: str, plan: Plan) -> Table:
    if list(arranged(sheet, plan).sheets) != [sheet]:
        raise NotLongError(file, say("its tables have not one row an indicator, or stand side by side"))
    tables = list(tables_of(sheet, file, plan))
    if len(tables) != 1:
        why = say("it has several headers") if tables else say("it has no header")
        raise NotLongError(file, why, findings=_refusal(sheet, file, plan))
    table = tables[0]
    columns, slots = table.head.columns, slots_of(table.head.columns, table.context)
    if columns.twice or len(slots.slots) != 1 or slots.same:
        why = say("it has several columns of values, or two of a kind")
        raise NotLongError(file, why, findings=_refusal(sheet, file, plan))
    if table.sections or table.noted or goes_on(table):
        raise NotLongError(file, say("a row in it says what other rows are"))
    if table.context.doubted or table.context.narrowed or no_results(table, sheet):
        why = say("a line in it speaks of another period, or of targets")
        raise NotLongError(file, why, findings=_refusal(sheet, file, plan))
    if any(one.code == "S138" for one in header_findings(sheet, table.head, sorted(columns.unknown), plan)):
        why = say("a column that is not known looks like periods, units or regions")
        raise NotLongError(file, why, findings=_refusal(sheet, file, plan))
    if Field.QUALIFIER in columns.at or len(columns.remarks) > 1 or _has_words(table):
        raise NotLongError(file, say("a column says what the figures of its rows are"))
    if any(misplaced(sheet, sheet.rows[table.head.last], columns, table.head.plain, table.rows, plan)):
        why = say("a column says more of its rows than its header")
        raise NotLongError(file, why, findings=_refusal(sheet, file, plan))
    return table


def _has_words(table: Table) -> bool:
    """Whether a column that is not known or has no header has words, which may say what the figures of its rows are."""
    columns = table.head.columns
    doubtful = [*columns.unknown, *(at for at, text in enumerate(table.head.plain) if not text.strip())]
    cells = (row.cells[at].strip() for row in table.rows for at in doubtful if at < len(row.cells))
    return any(cell and read_cell(cell).reported is Reading.UNREADABLE for cell in cells)


def _refusal(sheet: Sheet, file: str, plan: Plan) -> Sequence[Finding]:
    """What is wrong with the header, where no row under it could be read one by one either."""
    reader = read_sheet(sheet, file, plan)
    return () if reader.observations else [one for one in reader.findings if one.code in _REFUSED]
