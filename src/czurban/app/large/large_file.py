"""A large file, and what reads and judges the rows that an engine leaves to Python: the ordinary reader and judge."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from czurban.checking.each_region import EachRegion
from czurban.computing.engines.engine import Engine, Fields, FreeTexts, TableSource
from czurban.computing.engines.row_sql import ANY_NUMBER, is_canonical
from czurban.computing.engines.statements import row_bits
from czurban.computing.engines.table_file import ONCE, TableFile
from czurban.errors import BrokenTableError
from czurban.model.finding import Finding, say
from czurban.model.observation import NO_ROWS, Reading, RowCount
from czurban.model.row_outcome import ALWAYS, Count, Resolved, RowFate, RowOutcome, RowShape, Texts
from czurban.model.text import cell_text
from czurban.reading.large.free_text import FreeColumn
from czurban.reading.large.lines import LineIndex
from czurban.reading.large.long_table import LongTable, RowReading
from czurban.reading.large.view_sheet import seen
from czurban.reading.sources.sheet import Row
from czurban.reading.submission.cell import ValueCell, read_cell
from czurban.reading.submission.header_words import ColumnField

_PROBE, _NEVER_SPLIT, _SPLIT = "1", "0.5", "S105"
"""Numbers that stand for all, of which the first may be split by a thousands separator (1,234), and its finding."""
_OF_DATES = frozenset("年月")
_MOST_PLACES = 8
_SAMPLE, _MANY_TEXTS = 1000, 20


class LargeFile(NamedTuple):
    """A large file: how an engine reads it, the table by its first rows, and the findings about its header.

    `rows` are those that the engine does not get. `broken` are findings of rows that cannot be split, and of the
    file's name; `codes` counts all of these, of which not every one may be kept.
    `line_index` finds lines; it is None for files that have none. `repaired` is how many rows the repair has written,
    and `bytes` how many the rows have of a CSV without quotation marks, as if its last line were ended too.
    """

    source: TableSource
    table: LongTable
    findings: tuple[Finding, ...] = ()
    rows: RowCount = NO_ROWS
    line_index: LineIndex | None = None
    broken: tuple[Finding, ...] = ()
    codes: Mapping[str, int] = MappingProxyType({})
    repaired: int | None = None
    bytes: int | None = None

    @property
    def many(self) -> int | None:
        """How many rows an engine has to read; None for files that have no lines."""
        if self.repaired is None and self.line_index:
            return self.line_index.count - self.source.skip
        return self.repaired

    def is_whole(self, rows: int, bits: int) -> bool:
        """Return whether an engine that has read so many rows and bits has read all of them."""
        return 8 * self.bytes == bits if self.bytes is not None else self.many in (None, rows)

    @property
    def may_be_repaired(self) -> bool:
        """Whether it is a text of this machine as it came."""
        return self.line_index is not None and not self.source.line

    def line(self, row_no: int) -> int:
        """The line of a row by its number."""
        return row_no if self.source.line else row_no + self.source.skip


class RowJudge:
    """Judges row shapes and unusual rows of one long table, and remembers its results, except for single values.

    `with_cells` says that the last text of a shape is the number of cells that its rows have.
    """

    def __init__(self, table: LongTable, each: EachRegion, *, with_cells: bool = False) -> None:
        self.table = table
        self.each = each
        self.with_cells = with_cells
        self._shapes: dict[tuple[Texts, str, str], RowShape] = {}
        self._reported: set[tuple[str, str]] = set()
        self._outcomes: dict[tuple[Texts, Reading, bool, str, str], RowOutcome] = {}
        self.free = {**table.free, **self._senders()}

    def shapes(self, texts: Sequence[Texts]) -> list[RowShape]:
        """See `Judge.shapes`."""
        return [self._shape(shape, "", "") for shape in texts]

    def outcome(self, texts: Texts, value: str) -> RowOutcome:
        """See `Judge.outcome`: compare the value where that is enough, else read it as a row."""
        cell = read_cell(cell_text(value))
        amount = cell.amount
        if amount is None:
            return self._remembered(texts, value, cell)
        shape = self._shape(texts, cell.scale, cell.unit)
        if shape.bounds is None:
            return self._remembered(texts, value, cell) if not shape.odd else self._row(texts, value)
        low, high, sure_low, sure_high = shape.bounds
        if not sure_low <= amount <= sure_high or (len(value) > _MOST_PLACES and _places(amount) > _MOST_PLACES):
            return self._row(texts, value)
        fate = RowFate.MET if low <= amount <= high else RowFate.MISSED
        codes = self.once(texts, shape.codes) if shape.codes else ()
        judged = RowOutcome(shape.indicator, fate, codes, Count.USED, shape.unit, amount, shape.measure, shape.status)
        finding_codes = _codes_text(shape.codes) if shape.codes else ""
        return judged._replace(sender=shape.sender, finding_codes=finding_codes, context=shape.context)

    def pattern(self, texts: Texts, before: str, behind: str) -> RowOutcome | None:
        """See `Judge.pattern`: the texts hold no digits, so that only a date depends on the number between them."""
        text = f"{before}{_PROBE}{behind}"
        cell = read_cell(cell_text(text))
        shape = self._shape(texts, cell.scale, cell.unit)
        if shape.odd or not _OF_DATES.isdisjoint(behind):
            return None
        if cell.amount is None or shape.bounds is None:
            return self.outcome(texts, text)
        judged = RowOutcome(shape.indicator, RowFate.MET, (), Count.USED, shape.unit, cell.amount, shape.measure)
        return judged._replace(status=shape.status, sender=shape.sender, context=shape.context, bounds=shape.bounds)

    def once(self, texts: Texts, codes: Iterable[str]) -> tuple[str, ...]:
        """See `Judge.once`: those that are reported once for each name and were reported already are left out."""
        new = tuple(code for code in codes if code not in ONCE or (code, self._name(texts)) not in self._reported)
        self._reported.update((code, self._name(texts)) for code in new if code in ONCE)
        return new

    def stand_in(self, column: int, text: str, *, sure_alone: bool = False) -> str:
        """See `Judge.stand_in`."""
        at = self.table.shape[column] if column < len(self.table.shape) else -1
        free = self.free.get(at)
        return free.stand_in(text, sure_alone=sure_alone) if free else text

    def _senders(self) -> Mapping[int, FreeColumn]:
        """Return the column of senders, of which those that are no department's names are alike."""
        at = self.table.columns.get(ColumnField.SENDER)
        if at is None:
            return {}
        senders = FreeColumn(lambda text: not self.each.is_of_no_department(text))
        return {at: senders} if senders.is_free else {}

    def resolve(self, region: str) -> Resolved:
        """See `Judge.resolve`."""
        return self.each.finder.resolve(cell_text(region))

    def known_regions(self) -> tuple[Iterable[str], str]:
        """See `Judge.known_regions`."""
        return self.each.finder.known_texts(), self.each.finder.own_name

    def read(self, texts: Texts, value: str, region: str = "", line: int = 1) -> RowReading:
        """Read one row by the texts that an engine has of it."""
        cells = int(texts[-1]) if self.with_cells else None
        at = self.table.columns
        by_column = dict(zip(self.table.shape, texts, strict=False)) | {at[ColumnField.VALUE]: value}
        if ColumnField.REGION in at:
            by_column[at[ColumnField.REGION]] = region
        return self.table.read(self.table.row(by_column, cells, line))

    def _remembered(self, texts: Texts, value: str, cell: ValueCell) -> RowOutcome:
        wanted = (texts, cell.reported, bool(value.strip()), cell.scale, cell.unit)
        if wanted not in self._outcomes:
            first = self._outcomes[wanted] = self._row(texts, value)
            self._outcomes[wanted] = first._replace(codes=tuple(code for code in first.codes if code not in ONCE))
            return first
        return self._outcomes[wanted]

    def _row(self, texts: Texts, value: str) -> RowOutcome:
        read = self.read(texts, value)
        every = [finding.code for finding in read.findings]
        codes = self.once(texts, every)
        if read.observation is None:
            refused = RowOutcome(self._indicator(read), RowFate.NONE, codes, read.counts_as)
            return refused._replace(finding_codes=_codes_text(every))
        outcome, context = self.each.outcome(read.observation), self.each.context(read.other_periods)
        if outcome.fate in (RowFate.NONE, RowFate.REFUSED) and context:
            outcome = outcome._replace(fate=RowFate.CONTEXT)
        unit = read.observation.shown_unit
        finding_codes = _codes_text(every, outcome.codes)
        return outcome._replace(
            codes=(*codes, *outcome.codes),
            counts_as=read.counts_as,
            unit=unit,
            finding_codes=finding_codes,
            context=context,
        )

    def _shape(self, texts: Texts, scale: str, unit: str) -> RowShape:
        wanted = (texts, scale, unit)
        known = self._shapes.get(wanted)
        if known is None:
            known = self._shapes[wanted] = self._new_shape(texts, scale + unit)
        return known

    def _new_shape(self, texts: Texts, unit: str) -> RowShape:
        """What becomes of plain numbers in a shape, learned from one of them."""
        read = self.read(texts, _PROBE + unit)
        codes = tuple(finding.code for finding in read.findings)
        if _SPLIT in codes and codes != tuple(fault.code for fault in self.read(texts, _NEVER_SPLIT + unit).findings):
            return RowShape(texts, odd=True)
        if read.observation is None:
            return self._refused(texts, read, codes)
        context = self.each.context(read.other_periods)
        if self.each.is_context(read.observation) or context == ALWAYS:
            return RowShape(texts, odd=True)
        if code := self.each.refusal(read.observation):
            refused = self._refused(texts, read, codes, (code,))._replace(refused=self.each.is_input(read.observation))
            return RowShape(texts, odd=True) if context else refused
        bounds = self.each.bounds(read.observation)
        if not ONCE.issuperset(codes) or bounds is None or read.observation.reported is not Reading.VALUE:
            return RowShape(texts, odd=True)
        number, ends = bounds
        measure = self.each.measure(read.observation, self.each.elsewhere.indicators[number])
        status = read.observation.status.rank if read.observation.status else -1
        unit = read.observation.shown_unit
        shape = RowShape(texts, number, ends, codes, odd=bool(codes), unit=unit, measure=measure, status=status)
        return shape._replace(sender=self.each.sender(read.observation), context=context)

    def _refused(self, texts: Texts, read: RowReading, codes: Texts, judged: Texts = ()) -> RowShape:
        shape = RowShape(texts, self._indicator(read), codes=(*codes, *judged), counts_as=read.counts_as)
        return shape._replace(finding_codes=_codes_text(codes, judged))

    def _indicator(self, read: RowReading) -> int:
        return self.each.number_of(read.indicator)

    def _name(self, texts: Texts) -> str:
        at = self.table.columns.get(ColumnField.INDICATOR)
        return texts[self.table.shape.index(at)] if at is not None else ""


def _codes_text(read: Sequence[str], judged: Sequence[str] = ()) -> str:
    return f"{','.join(read)};{','.join(judged)}" if read or judged else ""


def _places(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def rows_lost(file: LargeFile) -> BrokenTableError:
    """Why nothing is judged of a file of which an engine has read other rows than it has."""
    return BrokenTableError(
        say("The engine has not read every row of {path}, so nothing of it is judged.", path=file.table.file),
        say("Judge it with --engine python, or save it as CSV in UTF-8 with one line for each row."),
    )


def part_of(engine: Engine, number: int, file: LargeFile, each: EachRegion, texts: Sequence[Texts]) -> TableFile:
    """Make a view of a file in the engine; `texts` are those of its first rows (see `head_texts`)."""
    source, table = file.source, file.table
    columns = engine.view(f"file_{number}", source)
    before = (source.line != "") + (source.cells != "")
    at = {field: columns[place + before] for field, place in table.columns.items()}
    judge = RowJudge(table, each, with_cells=bool(source.cells))
    named = tuple(columns[place + before] for place in table.shape)
    shape = (*named, *((source.cells,) if source.cells else ()))
    value = at[ColumnField.VALUE]
    other_periods = tuple(columns[place + before] for place in table.other_periods)
    free = {
        columns[place + before]: FreeTexts(
            each.sure, each.stand_ins, tuple(columns[n + before] for n in each.needs), each.long_numbers
        )
        for place, each in judge.free.items()
    }
    fields = Fields(value, at.get(ColumnField.REGION, ""), shape, value in source.exact, other_periods, free)
    cells = (*(name for name in columns if name not in (source.line, source.cells)), *filter(None, (source.cells,)))
    period = f"'{each.period}'"  # whatever a row calls it: no other is judged
    skip = 0 if source.line else source.skip
    bits = "" if file.bytes is None else row_bits(columns, len(source.newline))
    part = TableFile(f"file_{number}", cells, fields, judge, (), period, skip, bits)
    unsure = [
        {judge.stand_in(n, text, sure_alone=True) for text in of} for n, of in enumerate(zip(*texts, strict=True))
    ]
    varying = [name for name, of in zip(shape, unsure, strict=False) if len(of) > _MANY_TEXTS]
    return part.with_free_texts(engine, number, varying)


def head_texts(file: LargeFile) -> Sequence[Texts]:
    """The texts of the shapes of a file's first rows, with the number of cells behind where an engine has it.

    Those of rows at even distances are among them, where a line is a row: a file may be sorted by indicator.
    """
    table, index = file.table, file.line_index
    lines = index.sample(_SAMPLE) if index and file.bytes is not None else ()
    rows = ((row.cells for row in table.table.rows), (line.split(file.source.delimiter) for line in lines))
    whole = (cells for cells in chain(*rows) if len(cells) == table.width)
    end = (str(table.width),) if file.source.cells else ()
    texts = (
        tuple(ANY_NUMBER if at in table.other_periods and is_canonical(cells[at]) else cells[at] for at in table.shape)
        for cells in whole
    )
    return list(dict.fromkeys((*shape, *end) for shape in texts))


def region_of(file: LargeFile, cells: Sequence[str]) -> str:
    """What a row has in its column of regions, as it stands there."""
    at = file.table.columns.get(ColumnField.REGION)
    return "" if at is None else cells[at]


def read_row(file: LargeFile, row_no: int, cells: Sequence[str]) -> RowReading:
    """Read a row of a file that an engine has by its number and cells."""
    return file.table.read(row_of(file, row_no, cells))


def row_of(file: LargeFile, row_no: int, cells: Sequence[str]) -> Row:
    """The row of a file that an engine has by its number and cells: its line, its width, and what is seen of it."""
    if file.source.cells:
        *cells, many = cells
        cells = [*cells[: int(many)], *["…"] * (int(many) - len(cells))]
    return seen(Row(file.line(row_no), cells))
