"""Put together figures of single years and of several years that follow on each other, and report what does not fit."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple, Protocol, TypeVar

from czurban.model.assessment import Result
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, say
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, Reading
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target.interval import NumberRange
from czurban.model.unit import Unit
from czurban.model.years import OverYears, over_years


class Piece(NamedTuple):
    """The figure of a year, of several years, or of the time since January at the end."""

    period: Period
    result: Result

    @property
    def value(self) -> Fraction | None:
        """The figure in the plan's unit; None where it cannot be used."""
        return self.result.actual


class OfPeriod(Protocol):
    """A figure of a period."""

    @property
    def period(self) -> Period:
        """The period of the figure."""


Figure = TypeVar("Figure", bound=OfPeriod)


def cover(figures: Sequence[Figure], first: tuple[int, int]) -> list[Figure]:
    """Return figures that follow each other from a month on without a gap, as far as any can.

    Where several ways go as far, a figure that was sent for a longer time is preferred to its parts.
    """
    by_start: dict[tuple[int, int], list[Figure]] = {}
    for figure in sorted(figures, key=lambda figure: figure.period.until, reverse=True):
        by_start.setdefault(figure.period.start, []).append(figure)
    ways: dict[tuple[int, int], list[Figure]] = {}
    for start in sorted(by_start, reverse=True):
        each = ([figure, *ways.get(figure.period.following, ())] for figure in by_start[start])
        ways[start] = max(each, key=lambda way: way[-1].period.until)
    return ways.get(first, [])


def lacking_years(pieces: Iterable[Piece], covered: Sequence[Piece], years: Iterable[Period]) -> list[Period]:
    """Return the years that no figure is known for, after those that are covered."""
    end = covered[-1].period.until if covered else (0, 0, 0)
    later = [piece.period for piece in pieces if (*piece.period.start, 0) > end]
    return [year for year in years if year.until > end and not any(period.includes(year) for period in later)]


def together(pieces: Sequence[Piece], over: OverYears, unit: Unit) -> Fraction:
    """Return the figure that pieces without a gap come to; a mean of several years counts as often as they are."""
    return over_years(over, _repeated([(piece, piece.value or Fraction(0)) for piece in pieces], over), unit)


def _repeated(values: Iterable[tuple[Piece, Fraction]], over: OverYears) -> list[Fraction]:
    means = over in {OverYears.MEAN, OverYears.MEAN_GROWTH}
    return [value for piece, value in values for _ in range(piece.period.years if means else 1)]


def contradictions(spans: Iterable[Piece], pieces: Sequence[Piece], indicator: Indicator) -> Iterator[Finding]:
    """Yield a finding for each figure of several years that those of its years do not come to, rounding apart."""
    for span in spans:
        inside = [piece for piece in pieces if piece.period != span.period and span.period.includes(piece.period)]
        parts = cover(inside, span.period.start)
        if not parts or parts[-1].period.until != span.period.until:
            continue
        known, sums, whole = _range(span), _range_together(parts, indicator), span.result.observation
        if whole and known and sums and not known.meets(sums):
            words = other_total(whole, [part.result.observation for part in parts], indicator)
            yield finding("S292", whole.place, *words)


def _range(piece: Piece) -> NumberRange | None:
    """Return the numbers, in the plan's unit, that a figure may be rounded from; None where it is approximate."""
    value, indicator = piece.result.observation, piece.result.indicator
    if value is None or value.amount is None or value.approximate or piece.value is None:
        return None
    ratio = (value.unit or indicator.unit).ratio(indicator.unit)
    return None if ratio is None else NumberRange.rounded(value.amount).times(ratio)


def _range_together(parts: Sequence[Piece], indicator: Indicator) -> NumberRange | None:
    """Return the numbers that rounded parts may come to; what they come to rises with each of them."""
    ranges = [(part, known) for part in parts if (known := _range(part))]
    if len(ranges) < len(parts):
        return None
    over, unit = indicator.target.over, indicator.unit
    low = over_years(over, _repeated(((part, known.low or Fraction(0)) for part, known in ranges), over), unit)
    high = over_years(over, _repeated(((part, known.high or Fraction(0)) for part, known in ranges), over), unit)
    return NumberRange(low, high)


def other_total(
    whole: Observation, parts: Sequence[Observation | None], indicator: Indicator
) -> tuple[Message, Message]:
    """Say that a figure is not what its parts come to, with their places."""
    sent = [part for part in parts if part]
    message = say(
        "“{name}” is {whole} for {period}, and its parts do not come to that: {parts}.",
        name=indicator.name,
        whole=whole.raw,
        period=whole.period,
        parts="、".join(f"{part.raw}（{part.period}）" for part in sent),
    )
    places = "、".join(str(part.place) for part in sent)
    return message, say("Compare with {places}; until then the figure of the whole time counts.", places=places)


def unused_spans(plan: Plan, indicator: Indicator, sent: Iterable[Observation], judged: Period) -> Iterator[Finding]:
    """Yield a finding for each figure of several years of the plan that is not used at all."""
    for value in sent:
        period = value.period
        usual = value.reported is not Reading.NOTHING and plan.is_own_region(value.region)
        touches = period.until >= (*plan.period.start, 0) and period.until <= judged.until
        if period.has_years and usual and touches:
            why = say("the target is for single years")
            if indicator.target.over.takes_years:
                why = say("it is not for whole years of the plan")
            yield not_counted(value, indicator, why)


def not_counted(value: Observation, indicator: Indicator, why: Message) -> Finding:
    """Return the finding on a figure that cannot be put together with others exactly."""
    values = {"raw": value.raw, "period": value.period, "name": indicator.name, "why": why}
    message = say("{raw} for {period} is not counted for “{name}”: {why}.", **values)
    return finding("S292", value.place, message, say("Give the figure of each year."))
