"""Read and judge the rows that an engine leaves to Python, with the ordinary reader and judge."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from czurban.checking.each_region import EachRegion
from czurban.computing.engines.plain_rows import ONCE
from czurban.model.observation import Count, Reading, Resolved, RowFate, RowOutcome, RowShape, Texts
from czurban.model.text import cell_text
from czurban.reading.large.long_table import LongTable, RowReading
from czurban.reading.submission.cell import ValueCell, read_cell
from czurban.reading.submission.header_words import ColumnField

_PROBE = "1"
_MOST_PLACES = 8
_UNKNOWN = RowOutcome(-1, RowFate.NONE)


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
        self._outcomes: dict[tuple[Texts, Reading, str, str], RowOutcome] = {}

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
        codes = self._once(texts, shape.codes) if shape.codes else ()
        judged = RowOutcome(shape.indicator, fate, codes, Count.USED, shape.unit, amount, shape.measure, shape.status)
        return judged._replace(finding_codes=_codes_text(shape.codes)) if shape.codes else judged

    def resolve(self, region: str) -> Resolved:
        """See `Judge.resolve`."""
        return self.each.finder.resolve(cell_text(region))

    def known_regions(self) -> tuple[Iterable[str], str]:
        """See `Judge.known_regions`."""
        return self.each.finder.known_texts(), self.each.finder.own_name

    def read(self, texts: Texts, value: str, region: str = "", line: int = 1) -> RowReading:
        """Read one row by the texts that an engine has of it."""
        cells = int(texts[-1]) if self.with_cells else None
        cells_by_field = dict(zip(self.table.shape, texts, strict=False)) | {ColumnField.VALUE: value}
        if ColumnField.REGION in self.table.columns:
            cells_by_field[ColumnField.REGION] = region
        return self.table.read(self.table.row(cells_by_field, cells, line))

    def _remembered(self, texts: Texts, value: str, cell: ValueCell) -> RowOutcome:
        wanted = (texts, cell.reported, cell.scale, cell.unit)
        if wanted not in self._outcomes:
            first = self._outcomes[wanted] = self._row(texts, value)
            self._outcomes[wanted] = first._replace(codes=tuple(code for code in first.codes if code not in ONCE))
            return first
        return self._outcomes[wanted]

    def _row(self, texts: Texts, value: str) -> RowOutcome:
        read = self.read(texts, value)
        every = [finding.code for finding in read.findings]
        codes = self._once(texts, every)
        if read.observation is None:
            return _UNKNOWN._replace(codes=codes, counts_as=read.counts_as, finding_codes=_codes_text(every))
        outcome = self.each.outcome(read.observation)
        unit = read.observation.shown_unit
        finding_codes = _codes_text(every, outcome.codes)
        return outcome._replace(
            codes=(*codes, *outcome.codes), counts_as=read.counts_as, unit=unit, finding_codes=finding_codes
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
        if read.observation is None:
            return RowShape(texts, codes=codes, counts_as=read.counts_as)
        if self.each.is_context(read.observation):
            return RowShape(texts, odd=True)
        if refused := self.each.refusal(read.observation):
            return RowShape(texts, codes=(*codes, refused), counts_as=read.counts_as)
        bounds = self.each.bounds(read.observation)
        if not ONCE.issuperset(codes) or bounds is None or read.observation.reported is not Reading.VALUE:
            return RowShape(texts, odd=True)
        number, ends = bounds
        measure = self.each.measure(read.observation, self.each.elsewhere.indicators[number])
        status = read.observation.status.rank if read.observation.status else -1
        unit = read.observation.shown_unit
        return RowShape(texts, number, ends, codes, odd=bool(codes), unit=unit, measure=measure, status=status)

    def _once(self, texts: Texts, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the codes without those that are reported once for each name and were reported already."""
        new = tuple(code for code in codes if code not in ONCE or (code, self._name(texts)) not in self._reported)
        self._reported.update((code, self._name(texts)) for code in new if code in ONCE)
        return new

    def _name(self, texts: Texts) -> str:
        shape = self.table.shape
        return texts[shape.index(ColumnField.INDICATOR)] if ColumnField.INDICATOR in shape else ""


def _codes_text(read: Sequence[str], judged: Sequence[str] = ()) -> str:
    return f"{','.join(read)};{','.join(judged)}" if read or judged else ""


def _places(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
