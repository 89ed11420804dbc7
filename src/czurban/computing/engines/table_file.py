"""A large file in an engine: its view, its columns, the judge of its rows, and their known shapes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple, Protocol

from czurban.computing.engines import row_sql
from czurban.computing.engines.engine import BITS, TEXT, Engine, Fields, Row, every, indicator_at, place
from czurban.model.faults import NO_RESULT
from czurban.model.row_outcome import ALWAYS, Count, Resolved, RowFate, RowOutcome, RowShape, Texts

ONCE = frozenset({"S117"})
"""Findings that a sheet gets once, however many rows have them."""
ENDS = dict.fromkeys(("low", "high", "sure_low", "sure_high"), "DECIMAL(28,8)")
SHAPE_COLUMNS = {
    "shape": "VARCHAR",
    "bit": "BIGINT",
    "word": "BIGINT",
    "skipped": "BOOLEAN",
    "unit": "VARCHAR",
    "measure": "BIGINT",
    "status": "BIGINT",
    "sender": "BIGINT",
    "context": "BIGINT",
    "refused": "BOOLEAN",
    **ENDS,
}

_COUNTED = frozenset({RowFate.MET, RowFate.MISSED, RowFate.UNREADABLE})
_MOST_PLACES, _MOST_BEFORE = 8, 20
_NUMBERS = ("word", "counted", "seen", "met", "bad", "silent", "refused", "context", "measure", "status", "sender")
_JUDGED = {
    "unit": "VARCHAR",
    **dict.fromkeys(_NUMBERS, "BIGINT"),
    "amount": "DECIMAL(28,8)",
    "finding_codes": "VARCHAR",
}
RESOLVED = {"odd": "VARCHAR", **_JUDGED}
PATTERNS = {"around": "VARCHAR", **_JUDGED, **ENDS}
"""The columns of odd rows, each with its own key, and of those that are judged by what is around their number."""


class Judge(Protocol):
    """Judges rows in Python; an engine only repeats its verdicts."""

    def shapes(self, texts: Sequence[Texts]) -> list[RowShape]:
        """Resolve shapes, in order."""
        ...

    def outcome(self, texts: Texts, value: str) -> RowOutcome:
        """Judge one row by its shape and the text of its value."""
        ...

    def pattern(self, texts: Texts, before: str, behind: str) -> RowOutcome | None:
        """Judge all numbers between two texts by one of them, within the bounds of the answer; None if they differ."""
        ...

    def once(self, texts: Texts, codes: Texts) -> Texts:
        """Return the codes of a shape's findings without those that its sheet has already, and gets once."""
        ...

    def stand_in(self, column: int, text: str, *, sure_alone: bool = False) -> str:
        """Return what stands for a text of a shape's column: itself where it says something, or is not `sure` not to.

        With `sure_alone` no text stands for others that needs a closer look.
        """
        ...

    def resolve(self, region: str) -> Resolved:
        """Return which region a text means."""
        ...

    def known_regions(self) -> tuple[Iterable[str], str]:
        """Return the texts of regions that the plan knows, and an ending with which any text means the plan's own."""
        ...


class Reports:
    """Counts which indicators a file reports, and how many rows of each indicator are no results.

    Those are ignored where the file has a result of the same indicator, in any region, and refused where it has not.
    """

    def __init__(self) -> None:
        self.reported: set[int] = set()
        self.no_results: Counter[int] = Counter()

    def count(self, each: RowOutcome | RowShape, many: int) -> None:
        """Count rows that are alike."""
        if each.counts_as is Count.USED:
            self.reported.add(each.indicator)
        elif NO_RESULT in each.codes:
            self.no_results[each.indicator] += many

    def ignored(self, plain: Iterable[Row]) -> int:
        """Return how many rows are ignored; of plain rows it takes the indicators as words and bits."""
        for word, bits in plain:
            every = (1 << bit for bit in range(BITS) if int(str(bits)) >> bit & 1)
            self.reported.update(indicator_at(int(str(word)), bit) for bit in every)
        return sum(many for indicator, many in self.no_results.items() if indicator in self.reported)


class TableFile(NamedTuple):
    """A file: the view of its rows, all its columns, those that are judged by, the judge, and the known shapes.

    Plain rows of a known shape are judged, or passed, by the engine alone.
    `period` is SQL for that of a row, `skip` is how many lines precede the first row, and `row_bits` is SQL for the
    bits of a row, empty where they are not added up.
    """

    view: str
    columns: tuple[str, ...]
    fields: Fields
    judge: Judge
    known: tuple[RowShape, ...]
    period: str = "''"
    skip: int = 0
    row_bits: str = ""

    @property
    def cells(self) -> str:
        """SQL for all cells of a row."""
        return row_sql.whole(self.columns, (self.fields.value,) if self.fields.exact else ())

    def with_shapes(self, texts: Sequence[Texts]) -> "TableFile":
        """Return the file with more known shapes, those of them whose plain rows an engine can judge."""
        known = {shape.texts for shape in self.known}
        new = [each for each in dict.fromkeys(map(self._stand_ins, texts)) if each not in known]
        return self._replace(known=(*self.known, *(shape for shape in self.judge.shapes(new) if not shape.odd)))

    def with_free_texts(self, engine: Engine, name: object, columns: Iterable[str]) -> "TableFile":
        """Return the file with the texts known that say something in some columns of free text.

        The engine keeps them in tables that begin with a name; known shapes have the texts that stand for others.
        """
        free = dict(self.fields.free)
        for column in [column for column in columns if column in free and free[column].saying is None]:
            n, table = self.fields.shape.index(column), f"saying_{name}_{self.fields.shape.index(column)}"
            different = row_sql.free_texts(self.view, column, free[column])
            texts = (str(text) for (text,) in every(engine, different))
            engine.table(table, {TEXT: "VARCHAR"}, ((text,) for text in texts if self.judge.stand_in(n, text) == text))
            some = engine.rows(f"SELECT 1 FROM {table} LIMIT 1")
            free[column] = free[column]._replace(saying=table if some else "")
        fresh = self._replace(fields=self.fields._replace(free=free), known=())
        return fresh.with_shapes([shape.texts for shape in self.known])

    def _stand_ins(self, texts: Texts) -> Texts:
        cells = dict(zip(self.fields.shape, texts, strict=True))
        return tuple(
            self.judge.stand_in(n, text, sure_alone=free.saying is None)
            if (free := self.fields.free.get(column)) and (not free.needs or any(map(cells.get, free.needs)))
            else text
            for n, (column, text) in enumerate(cells.items())
        )

    def outcome(self, odd: str) -> RowOutcome:
        """Judge the rows with a key."""
        key = row_sql.key_of(odd)
        if isinstance(key, tuple):
            return self.judge.outcome(self.known[key[0]].texts, key[1])
        *texts, text = key
        return self.judge.outcome(tuple(texts), text)

    def pattern(self, around: str) -> RowOutcome | None:
        """Judge all numbers with the same around them (see `Judge.pattern`)."""
        shape, _, text = around.partition("\x01")
        before, _, behind = text.partition("\x02")
        return self.judge.pattern(self.known[int(shape)].texts, before, behind)


def shape_row(number: int, shape: RowShape) -> Row:
    """Return the row of a shape in the table of known shapes."""
    word, bit = place(max(shape.indicator, 0))
    skipped = "true" if shape.bounds is None else "false"
    ends = shape.bounds or ("",) * 4
    return (
        str(number),
        bit,
        word,
        skipped,
        shape.unit,
        shape.measure,
        shape.status,
        shape.sender,
        shape.context,
        str(shape.refused).lower(),
        *ends,
        *shape.texts,
    )


def resolved(outcome: RowOutcome) -> Row:
    """Return the columns of an odd row after its key."""
    amount, measure = _portable(outcome)
    context = outcome.context | ALWAYS * (outcome.fate is RowFate.CONTEXT)
    bits = _bits(outcome.indicator, outcome.fate)
    return (outcome.unit, *bits, context, measure, outcome.status, outcome.sender, amount, outcome.finding_codes)


@cache
def _bits(indicator: int, fate: RowFate) -> Row:
    """Return its columns after the unit: word, whether it counts, seen, met, bad, silent, refused."""
    word, bit = place(max(indicator, 0))
    bits = {RowFate.MET: (bit, bit, 0), RowFate.MISSED: (bit, 0, 0), RowFate.UNREADABLE: (bit, 0, bit)}
    if fate is RowFate.NONE:
        return (None, 0, 0, 0, 0, 0, 0)
    apart = (bit * (fate is RowFate.SILENT), bit * (fate is RowFate.REFUSED))
    return (word, int(fate in _COUNTED), *bits.get(fate, (0, 0, 0)), *apart)


def _portable(outcome: RowOutcome) -> tuple[Decimal | None, int | None]:
    """Return a row's value and the number of its unit, -1 where the value has more digits than an engine takes."""
    amount = outcome.amount
    if amount is None:
        return None, outcome.measure if outcome.measure < 0 else None
    _, digits, exponent = amount.as_tuple()
    fits = isinstance(exponent, int) and -exponent <= _MOST_PLACES and len(digits) + exponent <= _MOST_BEFORE
    return (amount, outcome.measure) if fits else (None, -1)
