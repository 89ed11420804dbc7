"""A long table understood by its first rows: which column is what, and a reader for any row of it.

Rows of a large file that are read one here and one there: a sheet without rows that knows where its cells stand.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from czurban.model.finding import Finding, Message, Place, say
from czurban.model.observation import Count, Observation, Reading
from czurban.model.plan import Plan
from czurban.reading.sources.csv_sheet import CsvSheet
from czurban.reading.sources.sheet import Merge, Row, Sheet
from czurban.reading.submission.arranging.arrange import arranged
from czurban.reading.submission.cell import read_cell
from czurban.reading.submission.context import slots_of
from czurban.reading.submission.header import header_findings, misplaced
from czurban.reading.submission.header_words import ColumnField, field_of
from czurban.reading.submission.names import Naming, counts_rows
from czurban.reading.submission.row_fields import goes_on
from czurban.reading.submission.rows import RowReader
from czurban.reading.submission.sheet_reader import no_results, pairs, period_finding, read_sheet
from czurban.reading.submission.table import SubmissionTable, heading_of, line_of, note_line, tables_of

LineText = Callable[[int], Sequence[str]]
"""The physical lines from one on, as many as a record may take."""


class ViewSheet:
    """A sheet for `RowReader`: places by a row's own cells, or by the file's lines where cells may be quoted."""

    name = ""
    ragged = True
    merges: Sequence[Merge] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    refused = 0
    cut = None

    def __init__(
        self,
        file: str,
        *,
        columns: bool,
        delimiter: str = ",",
        lines: LineText | None = None,
        rows: Sequence[Row] = (),
    ) -> None:
        """Set it up.

        Args:
            file: the name that places carry.
            columns: whether a place tells the column too, as in text; rows of other files have none.
            delimiter: what stands between cells.
            lines: the file's lines, where cells may be quoted.
            rows: its first rows, where a header is to be found in them.
        """
        self.rows = rows
        self.file, self.columns, self.delimiter, self.lines = file, columns, delimiter, lines

    @classmethod
    def like(cls, other: "ViewSheet", rows: Sequence[Row]) -> "ViewSheet":
        """The same file with other rows."""
        return cls(other.file, columns=other.columns, delimiter=other.delimiter, lines=other.lines, rows=rows)

    def place(self, row: Row, column: int | None = None) -> Place:
        """The line, and the column counted in characters from 1, where the cell begins."""
        if column is None or column >= len(row.cells) or not self.columns:
            return Place(self.file, row.number or None)  # the names of a table's own columns stand on no line
        if self.lines is None:
            return Place(self.file, row.number, sum(map(len, row.cells[:column])) + column + 1)
        one = CsvSheet(self.file, self.lines(row.number), (), self.delimiter)
        found = one.place(Row(1, row.cells), column)
        return found._replace(line=row.number + (found.line or 1) - 1)


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


class RowReading(NamedTuple):
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
            self.shape = tuple(one for one in self.shape if one is not ColumnField.NUMBER)
        self._reader = self._fresh()

    @property
    def header_line(self) -> int:
        """The line of the header's last row."""
        return self.sheet.rows[self.table.head.last].number

    def _fresh(self) -> RowReader:
        """A reader that has told nothing yet."""
        naming = Naming(self.plan, ignore_numbers=self._counted)
        return RowReader(self.plan, self.places, self.table, slots=self._slots, stated_columns={}, naming=naming)

    def row(self, texts: Mapping[ColumnField, str], cells: int | None = None, line: int = 1) -> Row:
        """A row that says just this; `cells` is how many cells it has, where it is not as many as the header."""
        row = [""] * self.width
        for one, text in texts.items():
            row[self.columns[one]] = text
        many = self.width if cells is None else cells
        return Row(line, row[:many] + ["…"] * (many - self.width))

    def read(self, row: Row) -> RowReading:
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
        return RowReading(found[0] if found else None, findings, count)

    def header_findings(self) -> Sequence[Finding]:
        """What is to be said of the header, and what of the rows is not read."""
        columns = self.table.head.columns
        return list(
            header_findings(self.sheet, self.table.head, sorted({*columns.unknown, *columns.stated}), self.plan)
        )

    def period_findings(self) -> Sequence[Finding]:
        """What is to be said where a row that was read states no period."""
        place = self.sheet.place(self.sheet.rows[self.table.head.last])
        return [period_finding(place, self.table.context)] if self._without_period else []

    def _look_out(self, row: Row) -> None:
        texts = [cell for cell in row.cells if cell.strip()]
        naming = [row.cells[at] for at in self.table.head.columns.naming if at < len(row.cells)]
        if heading_of(row, self.table.head, self.plan):
            raise NotLongError(self.file, say("a row in it says what other rows are"), row.number)
        if any(field_of(text, self.plan) for text in naming if text):
            raise NotLongError(self.file, say("a row further down is a header again"), row.number)
        value = self.columns[ColumnField.VALUE]
        if texts and not any(naming) and value < len(row.cells) and row.cells[value].strip():
            raise NotLongError(self.file, say("a row in it has no name"), row.number)
        line, context = line_of(row, value), self.table.context
        if line and note_line(context, line, self.plan) != context:
            raise NotLongError(self.file, say("a line in it speaks of another period"), row.number)


def _only_table(sheet: Sheet, file: str, plan: Plan) -> SubmissionTable:
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
    if ColumnField.QUALIFIER in columns.at or len(columns.remarks) > 1 or _has_words(table):
        raise NotLongError(file, say("a column says what the figures of its rows are"))
    if any(misplaced(sheet, sheet.rows[table.head.last], columns, table.head.plain, table.rows, plan)):
        why = say("a column says more of its rows than its header")
        raise NotLongError(file, why, findings=_refusal(sheet, file, plan))
    return table


def _has_words(table: SubmissionTable) -> bool:
    """Whether a column that is not known or has no header has words, which may say what the figures of its rows are."""
    columns = table.head.columns
    doubtful = [*columns.unknown, *(at for at, text in enumerate(table.head.plain) if not text.strip())]
    cells = (row.cells[at].strip() for row in table.rows for at in doubtful if at < len(row.cells))
    return any(cell and read_cell(cell).reported is Reading.UNREADABLE for cell in cells)


def _refusal(sheet: Sheet, file: str, plan: Plan) -> Sequence[Finding]:
    """What is wrong with the header, where no row under it could be read one by one either."""
    reader = read_sheet(sheet, file, plan)
    return () if reader.observations else [one for one in reader.findings if one.code in _REFUSED]
