"""Every region against the plan: what one row comes to by itself, and what a region's rows come to together.

The line of all values, cut where a doubt may begin or end, and the stretches of it that are sure.

A target as two closed intervals at one decimal type, so that an engine only compares: met, and sure of its unit.

Whether a value is met or doubtful is asked of the functions that judge rows, never worked out a second time.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from czurban.checking.admission import Admission
from czurban.checking.assessing import is_part, result_of
from czurban.checking.judging import convert, doubt_points, doubtful, is_due, verdict
from czurban.model.assessment import Result, Verdict
from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, Reading, Resolved, RowFate, RowOutcome
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.text import key
from czurban.model.unit import Unit

End = tuple[Fraction | None, bool]
"""An end of a stretch, None where it has none, and whether the end itself is inside."""


class ValueRange(NamedTuple):
    """Values between two ends."""

    low: End
    high: End


class PlausibleRange:
    """Stretches over which nothing is doubted.

    Between two neighbouring points the answer is the same everywhere, so that one value in the middle stands for all.
    So the line is a row of cells, gap, point, gap … gap, each asked at most once, since asking is what takes time.
    """

    def __init__(self, points: Sequence[Fraction], doubted: Callable[[Fraction], bool]) -> None:
        """Set it up.

        Args:
            points: where the answer may change, in order, each once, at least one.
            doubted: whether a value is doubted.
        """
        self._points = points
        self._doubted = doubted
        self._known: dict[int, bool] = {}

    def around(self, value: Fraction) -> ValueRange | None:
        """The stretch that holds a value; None if the value itself is doubted."""
        cell = self._cell(value)
        if not self._is_sure(cell):
            return None
        first = last = cell
        while first > 0 and self._is_sure(first - 1):
            first -= 1
        while last < 2 * len(self._points) and self._is_sure(last + 1):
            last += 1
        return self._stretch(first, last)

    def stretches(self) -> Sequence[ValueRange]:
        """All stretches, in order."""
        runs = (list(cells) for sure, cells in groupby(range(2 * len(self._points) + 1), self._is_sure) if sure)
        return [self._stretch(cells[0], cells[-1]) for cells in runs]

    def _cell(self, value: Fraction) -> int:
        at = bisect_left(self._points, value)
        return 2 * at + (at < len(self._points) and self._points[at] == value)

    def _is_sure(self, cell: int) -> bool:
        if cell not in self._known:
            self._known[cell] = not self._doubted(self._value(cell))
        return self._known[cell]

    def _value(self, cell: int) -> Fraction:
        at, is_point = divmod(cell, 2)
        if is_point:
            return self._points[at]
        if at == 0:
            return self._points[0] - 1
        return (self._points[at - 1] + self._points[at]) / 2 if at < len(self._points) else self._points[-1] + 1

    def _stretch(self, first: int, last: int) -> ValueRange:
        low = (self._points[(first - 1) // 2], first % 2 == 1) if first > 0 else (None, False)
        high = (self._points[last // 2], last % 2 == 1) if last < 2 * len(self._points) else (None, False)
        return ValueRange(low, high)


PLACES = 8
_STEP = Fraction(1, 10**PLACES)
MOST = Fraction(10**20) - _STEP
"""The largest number of DECIMAL(28,8)."""
_WIDE = Context(prec=40)


class Bounds(NamedTuple):
    """Values in a row's own unit: those in [low, high] are met, and in [sure_low, sure_high] none is doubted.

    What is sure and not met is missed; what is not sure is for rows in Python. An empty interval has its low end above
    its high one.
    """

    low: Decimal
    high: Decimal
    sure_low: Decimal
    sure_high: Decimal


def compile_bounds(
    indicator: Indicator, unit: Unit | None, stretches: Sequence[ValueRange] | None = None
) -> Bounds | None:
    """Compile an indicator's target for values in a unit, the indicator's own where rows give none.

    Whoever compiles for many units may find the indicator's `sure_stretches` once and hand them over.

    Returns None where the unit measures something else, or no value is beyond doubt.
    """
    given = unit or indicator.unit
    if given.dimension != indicator.unit.dimension:
        return None
    factor = given.factor / indicator.unit.factor
    interval = indicator.target.interval
    sure = _sure(sure_ranges(indicator) if stretches is None else stretches, factor)
    if sure is None:
        return None
    low = -MOST if interval.low is None else _at_least(Fraction(interval.low) / factor, beyond=interval.low_open)
    high = MOST if interval.high is None else _at_most(Fraction(interval.high) / factor, beyond=interval.high_open)
    ends = (max(low, -MOST), min(high, MOST), *sure)
    return Bounds(*map(_decimal, ends if ends[0] <= ends[1] else (MOST, -MOST, *sure)))


def _at_least(bound: Fraction, *, beyond: bool) -> Fraction:
    """The least number with so many places that is at least the bound, or beyond it."""
    steps = bound / _STEP
    return ((steps.numerator // steps.denominator) + 1 if beyond else -(-steps.numerator // steps.denominator)) * _STEP


def _at_most(bound: Fraction, *, beyond: bool) -> Fraction:
    return -_at_least(-bound, beyond=beyond)


def _sure(stretches: Sequence[ValueRange], factor: Fraction) -> tuple[Fraction, Fraction] | None:
    """The widest stretch, in the row's unit."""
    closed = [_closed(*one, factor) for one in stretches]
    return max((one for one in closed if one[0] <= one[1]), key=lambda ends: ends[1] - ends[0], default=None)


def sure_ranges(indicator: Indicator) -> Sequence[ValueRange]:
    """The stretches without doubt that hold a figure the plan knows, in its unit; all of them if none does."""
    axis = PlausibleRange(_places(doubt_points(indicator)), lambda value: doubtful(value, indicator))
    target = indicator.target
    figures = (target.interval.low, target.interval.high, target.baseline.value if target.baseline else None)
    found = (axis.around(Fraction(one)) for one in figures if one is not None)
    return [one for one in found if one] or axis.stretches()


def _places(points: Sequence[Fraction]) -> Sequence[Fraction]:
    return sorted({Fraction(0), *points, *(-one for one in points)})


def _closed(low: End, high: End, factor: Fraction) -> tuple[Fraction, Fraction]:
    """The stretch in the row's unit, with ends that have so many places and lie inside."""
    first = -MOST if low[0] is None else _at_least(low[0] / factor, beyond=not low[1])
    last = MOST if high[0] is None else _at_most(high[0] / factor, beyond=not high[1])
    return max(first, -MOST), min(last, MOST)


def _decimal(value: Fraction) -> Decimal:
    """A number with so many places as a Decimal, exactly."""
    return Decimal((value / _STEP).numerator).scaleb(-PLACES, _WIDE)


_NOWHERE = "\x02"
"""The name of no region: what the plan is against one that has nothing of its own."""
_FAMILY_DIGITS = 2
_LEAST_DIGITS = 4
_FATES = {Verdict.MET: RowFate.MET, Verdict.MISSED: RowFate.MISSED}


class RegionResults(NamedTuple):
    """One region judged: which, its results, and the findings that came of its rows together."""

    resolved: Resolved
    results: tuple[Result, ...]
    findings: tuple[Finding, ...]


class _Anywhere(Admission):
    """Admits figures of any region; period and sender are held to as ever."""

    def _is_ours(self, region: str) -> bool:  # noqa: ARG002 - asked of any region
        return True


class EachRegion:
    """Holds regions against a plan, each against the targets that are its own or else the plan's."""

    def __init__(self, plan: Plan, period: Period) -> None:
        self.plan = plan
        self.period = period
        self.elsewhere = plan.for_region(_NOWHERE)
        self._index = {one.id: number for number, one in enumerate(plan.indicators)}
        self._admission = _Anywhere(self.elsewhere, period)
        self._stretches: dict[str, Sequence[ValueRange]] = {}

    def resolve(self, raw: str) -> Resolved:
        """Which region a text means: the plan's own, one of its hierarchy, else whatever is written so."""
        plan, text = self.plan, raw.strip()
        if not text or plan.is_whole(text) or plan.is_for(text):
            return Resolved(plan.home.code if plan.home else plan.region, self._family(plan.region), own=True)
        found = plan.regions.matching(text)
        if len(found) == 1:
            code = found[0].code
            return Resolved(code, self._family(code), own=bool(plan.breakdown.of_region(code)))
        return Resolved(key(text), self._family(key(text)), own=bool(found))

    def _family(self, region: str) -> str:
        """The region above, where the plan knows it; else what a code begins with; else the region itself."""
        regions = self.plan.regions
        if one := regions.find(region):
            return regions.full_name(regions.parent(one) or one)
        return region[:_FAMILY_DIGITS] if region.isdecimal() and len(region) >= _LEAST_DIGITS else region

    def outcome(self, one: Observation) -> RowOutcome:
        """What one row comes to by itself, in a region without targets of its own."""
        number = self._index[one.indicator]
        silent = one.reported is Reading.NOTHING
        if silent and not one.status:
            return RowOutcome(number, RowFate.NOTHING if one.period == self.period else RowFate.NONE)
        if code := self._admission.refusal(one):
            return RowOutcome(number, RowFate.NONE, (code,))
        indicator = self.elsewhere.indicator(one.indicator)
        if silent or indicator is None:
            return RowOutcome(number, RowFate.SILENT if silent else RowFate.NOTHING)
        if self._is_part(indicator):
            return RowOutcome(number, RowFate.UNREADABLE, ("S277",))
        value, doubt = convert(one, indicator)
        fate = RowFate.UNREADABLE if value.actual is None else _FATES[verdict(indicator.target, value.actual)]
        return RowOutcome(number, fate, (doubt.code,) if doubt else ())

    def _is_part(self, indicator: Indicator) -> bool:
        return is_part(indicator, self.period) and is_due(indicator.target, self.period, self.plan.period)

    def refusal(self, one: Observation) -> str:
        """The code of the finding for which a row is not used, whatever its value and region; empty where it is."""
        return self._admission.refusal(one)

    def bounds(self, one: Observation) -> tuple[int, Bounds] | None:
        """An indicator's place in the plan, and the bounds for values in the unit that an observation has."""
        indicator = self.elsewhere.indicator(one.indicator)
        if indicator is None or self._is_part(indicator):
            return None
        if indicator.id not in self._stretches:
            self._stretches[indicator.id] = sure_ranges(indicator)
        found = compile_bounds(indicator, one.unit, self._stretches[indicator.id])
        return (self._index[one.indicator], found) if found else None

    def judge(self, raw: str, observations: Sequence[Observation]) -> RegionResults:
        """Judge one region by all its rows."""
        resolved = self.resolve(raw)
        if resolved.own and len(self.plan.regions.matching(raw)) > 1:
            return RegionResults(resolved, (), tuple(_ambiguous(one, self.plan) for one in observations))
        plan = self._plan_of(resolved)
        admission = _Anywhere(plan, self.period)
        by_indicator: dict[str, list[Observation]] = defaultdict(list)
        for one in admission.admit(observations):
            by_indicator[one.indicator].append(one)
        findings = list(admission.findings)
        results = [
            result_of(indicator, by_indicator.get(indicator.id, []), plan, self.period, findings)
            for indicator in plan.indicators
        ]
        return RegionResults(resolved, tuple(results), tuple(findings))

    def _plan_of(self, resolved: Resolved) -> Plan:
        if not resolved.own:
            return self.elsewhere
        return self.plan if self.resolve("") == resolved else self.plan.for_region(resolved.region)

    def appears(self, one: Observation) -> bool:
        """Whether a region counts as one of the data for this row: it says something for the judged period."""
        return self.outcome(one).fate is not RowFate.NONE


def by_region(each: EachRegion, observations: Iterable[Observation]) -> dict[str, list[Observation]]:
    """Observations by their region's key, in the order in which regions come first."""
    found: dict[str, list[Observation]] = {}
    known: dict[str, str] = {}
    for one in observations:
        if one.region not in known:
            known[one.region] = each.resolve(one.region).region
        found.setdefault(known[one.region], []).append(one)
    return found


def _ambiguous(one: Observation, plan: Plan) -> Finding:
    codes = "、".join(found.code for found in plan.regions.matching(one.region))
    message = say(
        "“{name}” may mean several regions ({codes}), so its value is not used.", name=one.region, codes=codes
    )
    return finding(
        "S217", one.place, message, say("Write the region's code, or its name behind that of the one above.")
    )
