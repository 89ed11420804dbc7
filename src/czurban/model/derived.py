"""A figure that a formula gives: what it comes to, from which figures, and why there may be none."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from czurban.model.formula import Formula, Term
from czurban.model.indicator import Indicator
from czurban.model.period import Period
from czurban.model.place import Place
from czurban.model.span import Span
from czurban.model.working import equals


class Source(StrEnum):
    """Whose figure an input is."""

    REPORTED = "reported"
    DERIVED = "derived"
    BASELINE = "baseline"
    TARGET = "target"


class Lack(StrEnum):
    """Why an input has no value."""

    MISSING = "missing"  # nobody reported it, or the plan prints none
    UNUSABLE = "unusable"  # it was sent and cannot be used


class Failure(StrEnum):
    """Why a formula gives nothing."""

    MISSING = "missing"
    UNUSABLE = "unusable"
    ZERO = "zero"
    MIXED = "mixed"
    LONG = "long"  # more digits than can be written down
    BACKWARD = "backward"  # it looks back, and what it looks back from is not the plan's own period
    IMPOSSIBLE = "impossible"  # a share outside 0 to 100 %, or a stock below zero


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One figure that a formula takes: `value` in the indicator's unit, `text` as it stands in the working.

    `span` is every value that rounds to it; None where it is approximate or not known.
    """

    term: Term
    indicator: Indicator
    source: Source
    value: Fraction | None = None
    text: str = "—"
    place: Place | None = None
    span: Span | None = None
    approximate: bool = False
    lack: Lack | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What a formula gives for one indicator and period; `value` is in the indicator's unit, None with a `failure`.

    `exact` is the value before the rounding that the formula declares. `working` is the sum in figures, and `shown` is
    what it comes to, as people read it and without a unit. A `partial` sum lacks the parts that `missing` names; it is
    told and decides nothing.
    `span` is every value it may have, since its inputs are rounded. `beside` is the figure that was sent or printed for
    the indicator itself, if there is one.
    """

    formula: Formula
    indicator: Indicator
    period: Period | None
    inputs: tuple[Input, ...]
    working: str
    shown: str = ""
    value: Fraction | None = None
    exact: Fraction | None = None
    span: Span | None = None
    beside: Input | None = None
    approximate: bool = False
    partial: bool = False
    failure: Failure | None = None

    @property
    def missing(self) -> tuple[Input, ...]:
        """The inputs that have no value."""
        return tuple(one for one in self.inputs if one.value is None)

    @property
    def sum(self) -> str:
        """The working with what it comes to: 195平方千米 ÷ 138.19万人 ≈ 141.11平方米.

        Only what is rounded to be shown stands behind ≈; a value that the formula itself rounds is the value.
        """
        if self.exact is None or not self.shown:
            return self.working
        rounded = self.formula.rounding is not None
        sign = "=" if rounded else equals(self.shown.removeprefix("约"), self.exact)
        return f"{self.working} {sign} {self.shown}{self.indicator.unit.name}"

    @property
    def agrees(self) -> bool | None:
        """Whether the figure beside it is the same as far as rounding goes; None where nobody can tell."""
        if self.beside is None or self.beside.span is None or self.span is None or self.partial:
            return None
        return self.beside.span.meets(self.span)

    @property
    def usable(self) -> bool:
        """Whether it may be judged: there is a value, and no part of it is missing."""
        return self.value is not None and not self.partial
