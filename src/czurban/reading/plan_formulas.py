"""The formulas of a plan's indicators: read, their ids looked up, and every way back to itself told."""

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from czurban.model.cycles import cycles, in_order
from czurban.model.formula import Expression, Formula, Missing, Operation, Term, Total
from czurban.model.message import say
from czurban.model.period import Period
from czurban.model.place import Place
from czurban.model.text import half_width
from czurban.reading.formula_text import FormulaError, FormulaText
from czurban.reading.plan_book import Book, Names
from czurban.reading.shapes import FormulaShape, IndicatorShape

_HINT = say(
    "Write id − id@baseline, id ÷ id, sum(id, id) and the like: ids of indicators, numbers, + − × ÷ and brackets."
)
_BREAK = say("Take one of the figures from elsewhere, or leave one of the formulas out.")
_EXACT = "none"
_FINEST = 12
_LONGEST = 2
_MOST_CYCLES = 20


def build_formulas(
    shapes: Sequence[IndicatorShape], book: Book, ids: Names, periods: tuple[Period | None, Period | None]
) -> tuple[Formula, ...]:
    """Read every formula and put each behind those it takes figures from; one with a fault is told and left out.

    Args:
        shapes: the indicators as they stand in the file.
        book: where faults are told.
        ids: every id of the plan.
        periods: the plan's own period, and that of its baselines.
    """
    readers = [_Reader(i, one.id, one.formula, book, ids) for i, one in enumerate(shapes) if one.formula]
    found = {one.name: formula for one in readers if (formula := one.read(*periods))}
    links = {name: [term.indicator for term in one.terms() if not term.looks_back] for name, one in found.items()}
    order = in_order(links)
    if len(order) < len(found):
        _tell_cycles(links, {one.name: one for one in readers})
    return tuple(found[name] for name in order)


def _tell_cycles(links: Mapping[str, Sequence[str]], readers: Mapping[str, "_Reader"]) -> None:
    """Every way round, once; where there are very many, so many of them, and that there are more."""
    found = list(islice(cycles(links), _MOST_CYCLES + 1))
    for names in found[:_MOST_CYCLES]:
        round_trip = (*names, names[0])
        message = say("“{name}” is reckoned from itself: {path}.", name=names[0], path=" → ".join(round_trip))
        one = readers[names[0]]
        one.book.tell_at("P122", one.place_of(round_trip[1]), message, _BREAK)
    if len(found) > _MOST_CYCLES:
        one = readers[found[-1][0]]
        message = say("There are more ways round than the {count} that are told.", count=_MOST_CYCLES)
        one.book.tell_at("P122", one.place_of(found[-1][0]), message, _BREAK)


class _Reader:
    """Reads the formula of one indicator; a fault is told at the very character where it stands."""

    def __init__(self, i: int, name: str, shape: FormulaShape, book: Book, ids: Names) -> None:
        self.name = name
        self.shape = shape
        self.book = book
        self.ids = ids
        self.at: dict[Term, int] = {}
        self._entry = ("indicators", i, "formula")
        self._path = (*self._entry, "is")  # a text without keys stands at the entry, which is found by this too

    def read(self, period: Period | None, baseline: Period | None) -> Formula | None:
        """Read it; None where it has a fault, which is told."""
        source = FormulaText(self.shape.is_, period, baseline)
        try:
            expression = source.read()
        except FormulaError as fault:
            self.book.tell_at("P117", self._place(fault.at), fault.message, _HINT)
            return None
        self.at = source.at
        self._check_missing(expression)
        text = " ".join(self.shape.is_.split())
        place = self.book.place("targets", self._path)
        formula = Formula(self.name, expression, text, self.shape.missing, self._rounding(), place)
        return None if self._unknown() else formula

    def place_of(self, indicator: str) -> Place:
        """Where the formula names an indicator first."""
        return self._place(min((at for term, at in self.at.items() if term.indicator == indicator), default=0))

    def _place(self, at: int) -> Place:
        whole = self.book.place("targets", self._path)
        from czurban.reading.scalar_place import spot  # noqa: PLC0415 - few formulas have faults

        found = spot(Path(whole.file), self._path, at)
        return Place(whole.file, *found) if found else whole

    def _check_missing(self, expression: Expression) -> None:
        if self.shape.missing is Missing.PARTIAL and not _is_sum(expression):
            message = say("Only a sum may lack a part, and “{text}” is none.", text=self.shape.is_[:60])
            self.book.tell("P123", "targets", (*self._entry, "missing"), message, say("Write missing: unreported."))

    def _rounding(self) -> int | None:
        text = half_width(self.shape.rounding)
        if text == _EXACT:
            return None
        if text.isascii() and text.isdecimal() and len(text) <= _LONGEST and int(text) <= _FINEST:
            return int(text)
        message = say("“{text}” does not say how many decimals a derived value has.", text=text[:40])
        hint = say("Write a whole number from 0 to {most}, or none.", most=_FINEST)
        self.book.tell("P106", "targets", (*self._entry, "rounding"), message, hint)
        return None

    def _unknown(self) -> bool:
        """Tell ids that nothing has; one that could not be read may be among them, and is no fault then."""
        names = dict.fromkeys(term.indicator for term in self.at)
        strange = [name for name in names if self.ids.owner(name) is None]
        for name in strange if not self.ids.open else ():
            near = self.ids.near(name)
            hint = say("Did you mean {names}?", names=" / ".join(near)) if near else _HINT
            message = say("“{name}” stands nowhere in the plan.", name=name)
            self.book.tell_at("P117", self.place_of(name), message, hint)
        return bool(strange)


def _is_sum(expression: Expression) -> bool:
    return isinstance(expression, Total) or (isinstance(expression, Operation) and expression.sign == "+")
