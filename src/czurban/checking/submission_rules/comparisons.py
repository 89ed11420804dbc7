"""Compare reported figures with the plan's figures and with printed targets, over the months, and with their parts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from czurban.model.assessment import Result
from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.indicator import SUMS, Indicator, IndicatorKind
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target import Interval, StatedKind, StatedValue
from czurban.model.target.interval import NumberRange
from czurban.model.text import fixed, key
from czurban.model.unit import Unit


class JudgedValue(NamedTuple):
    """A judged value: `amount` in its own `unit`, `actual` in the indicator's.

    `is_new` is set where it is for a later period than the baseline, `is_yearly` where it is for a whole year.
    """

    indicator: Indicator
    observation: Observation
    amount: Decimal
    unit: Unit
    actual: Fraction
    is_new: bool
    is_yearly: bool

    @property
    def is_comparable(self) -> bool:
        """Whether its size can be compared with the plan's figures; a part of a sum over the year cannot."""
        return self.is_yearly or self.indicator.kind not in SUMS


@dataclass(frozen=True)
class JudgedFigures:
    """The judged results of a plan for one period, and everything that was sent, unused values included."""

    plan: Plan
    results: Sequence[Result]
    submissions: Sequence[Submission]
    period: Period

    @cached_property
    def by_indicator(self) -> Mapping[str, Result]:
        """The results by the indicator's id."""
        return {result.indicator.id: result for result in self.results}

    @cached_property
    def observations(self) -> list[Observation]:
        """Every value that was sent, whether or not it is used."""
        return [observation for submission in self.submissions for observation in submission.observations]

    @cached_property
    def values(self) -> list[JudgedValue]:
        """The judged values that the plan's figures can be compared with."""
        values = map(self._value, self.results)
        return [value for value in values if value]

    def values_for(self, code: str) -> list[JudgedValue]:
        """Return the judged values whose indicator does not turn a rule off with `ignore:`."""
        return [value for value in self.values if code not in value.indicator.ignored]

    def _value(self, result: Result) -> JudgedValue | None:
        indicator, observation = result.indicator, result.observation
        if observation is None or observation.amount is None or result.actual is None:
            return None
        plan = self.plan
        if plan.within and indicator.is_amount and indicator.id not in plan.own_targets:
            return None  # the plan's figures are the whole region's
        is_new = plan.baseline_period is None or self.period.end > plan.baseline_period.end
        unit = observation.unit or indicator.unit
        return JudgedValue(indicator, observation, observation.amount, unit, result.actual, is_new, self.period.is_year)


_FEWEST_PARTS = 2
_FEWEST_VALUES = 3
_MOST_SHOWN = 12
_LONGEST_RAW = 40
_Bounds = tuple[Fraction | None, Fraction | None, bool, bool]


def likely_change(figures: JudgedFigures) -> Iterator[Finding]:
    """A value differs from the baseline by no more than the plan declares likely."""
    for result in figures.results:
        indicator, observation, baseline = result.indicator, result.observation, result.indicator.target.baseline_value
        if indicator.jump is None or not baseline or result.actual is None or observation is None:
            continue
        change = abs(result.actual - baseline) / abs(baseline)
        if change > indicator.jump:
            printed = indicator.target.baseline.value if indicator.target.baseline else ""
            message = say(
                "{raw} is {change}% off the baseline {base}; more than {jump}% is declared unlikely.",
                raw=observation.raw,
                change=fixed(100 * change, 1),
                base=f"{printed}{indicator.unit.name}",
                jump=fixed(100 * indicator.jump, 1),
            )
            hint = say("It is used as written; check the figure and its unit.")
            yield finding("S221", observation.place, message, hint)


def not_copied(figures: JudgedFigures) -> Iterator[Finding]:
    """The column of values is not the column of targets."""
    by_file: dict[str, list[Result]] = defaultdict(list)
    for result in figures.results:
        if result.observation and result.actual is not None and result.indicator.target.interval.bound is not None:
            by_file[result.observation.place.file].append(result)
    for results in by_file.values():
        first = results[0].observation
        equal = all(result.actual == result.indicator.target.interval.exact_bound for result in results)
        if len(results) >= _FEWEST_VALUES and first and equal:
            message = say("All {count} values equal their targets exactly.", count=len(results))
            hint = say("Check that the column of targets was not copied into the column of values.")
            yield finding("S222", first.place, message, hint)


def never_falls(figures: JudgedFigures) -> Iterator[Finding]:
    """A sum over the year does not fall within it."""
    flows = {indicator.id: indicator for indicator in figures.plan.indicators if indicator.kind in SUMS}
    series: dict[tuple[str, str, int, int], list[Observation]] = defaultdict(list)
    for value in figures.observations:
        if value.indicator in flows and value.amount is not None:
            works = flows[value.indicator].kind is IndicatorKind.WORKS  # counted since the beginning in any month
            first = 1 if works else value.period.first
            series[value.indicator, key(value.region), value.period.year, first].append(value)
    for (name, *_), values in series.items():
        for earlier, later in pairwise(sorted(values, key=lambda value: value.period.until)):
            if earlier.period.until < later.period.until and _is_less(later, earlier, flows[name]):
                message = say(
                    "{later} for {period} is less than {earlier} for {before}, and a sum over the year cannot fall.",
                    later=later.raw,
                    period=later.period,
                    earlier=earlier.raw,
                    before=earlier.period,
                )
                yield finding("S223", later.place, message, say("Compare with {place}.", place=earlier.place))


def parts_make_the_sum(figures: JudgedFigures) -> Iterator[Finding]:
    """Figures of a time and of its parts can be put together, and agree."""
    flows = figures.plan.flows
    series: dict[tuple[str, str, int], dict[Period, Observation]] = defaultdict(dict)
    for value in figures.observations:
        if value.indicator in flows and value.amount is not None and not (value.period.has_years or value.period.day):
            region = "" if figures.plan.is_own_region(value.region) else key(value.region)
            known = series[value.indicator, region, value.period.year].setdefault(value.period, value)
            if value.status and (known.status is None or value.status.rank > known.status.rank):
                series[value.indicator, region, value.period.year][value.period] = value
    for (name, *_), values in series.items():
        if len(values) > _FEWEST_PARTS:
            yield from _other_totals(values, flows[name])


def _other_totals(values: Mapping[Period, Observation], indicator: Indicator) -> Iterator[Finding]:
    """Yield the figures that others, which cover their time, do not come to."""
    from czurban.checking.years_together import cover, other_total  # noqa: PLC0415 - few files have several periods

    for whole in values.values():
        inside = [part for part in values.values() if part is not whole and whole.period.includes(part.period)]
        parts = cover(inside, whole.period.start)
        if parts and parts[-1].period.end == whole.period.end and not _come_to(whole, parts, indicator):
            yield finding("S292", whole.place, *other_total(whole, parts, indicator))


def _come_to(whole: Observation, parts: Sequence[Observation], indicator: Indicator) -> bool:
    """Return whether parts may come to a whole, whatever all of them were rounded from."""
    known, ranges = _range(whole, indicator), [_range(part, indicator) for part in parts]
    sums = [each for each in ranges if each]
    return known is None or len(sums) < len(parts) or known.meets(sum(sums[1:], sums[0]))


def _is_less(later: Observation, earlier: Observation, indicator: Indicator) -> bool:
    """Return whether a value is less than another, whatever the two were rounded from."""
    new, old = _range(later, indicator), _range(earlier, indicator)
    return new is not None and old is not None and not new.meets(old) and (new.high or 0) < (old.low or 0)


def sums_up(figures: JudgedFigures) -> Iterator[Finding]:
    """The total is the sum of its parts."""
    plan = figures.plan
    amounts = plan.summed
    tables: dict[tuple[str, str, Period], list[Observation]] = defaultdict(list)
    for value in figures.observations:
        if value.region and value.indicator in amounts and value.amount is not None:
            tables[value.place.file, value.indicator, value.period].append(value)
    for (_, name, _), values in tables.items():
        totals = [value for value in values if plan.is_own_region(value.region)]
        others = (value for value in values if not plan.is_own_region(value.region))
        parts = [value for value in others if not _is_below_another(value, plan)]
        if len(totals) == 1 and len(parts) >= _FEWEST_PARTS and not _add_up(totals[0], parts, amounts[name]):
            yield _other_sum(totals[0], parts)


def _is_below_another(value: Observation, plan: Plan) -> bool:
    """Return whether a region is below another part, so that it would count twice."""
    region = plan.regions.find(value.region)
    return region is not None and plan.home is not None and region.parent != plan.home.code


def _add_up(total: Observation, parts: Iterable[Observation], indicator: Indicator) -> bool:
    """Return whether the parts add up to the total, as far as rounding goes; True where a unit does not allow it."""
    whole, ranges = _range(total, indicator), [_range(part, indicator) for part in parts]
    if whole is None or None in ranges:
        return True
    return sum(filter(None, ranges), NumberRange.point(Fraction(0))).meets(whole)


def _other_sum(total: Observation, parts: list[Observation]) -> Finding:
    message = say(
        "The total {total} is not the sum of its {count} parts: {parts}.",
        total=total.raw,
        count=len(parts),
        parts=" + ".join(part.raw for part in parts[:_MOST_SHOWN]) + (" + …" if len(parts) > _MOST_SHOWN else ""),
    )
    hint = say("The parts begin at {place}; one may be missing, or in the table twice.", place=parts[0].place)
    return finding("S224", total.place, message, hint)


def _range(value: Observation, indicator: Indicator) -> NumberRange | None:
    """Return the numbers, in base units, that a value may be rounded from; None where it is approximate."""
    unit = value.unit or indicator.unit
    if value.amount is None or value.approximate or unit.dimension != indicator.unit.dimension:
        return None
    return NumberRange.rounded(value.amount).times(unit.factor)


def same_target(figures: JudgedFigures) -> Iterator[Finding]:
    """A target that a submission prints equals the plan's."""
    for stated, indicator in _stated(figures, StatedKind.TARGET):
        if not _is_target(stated, indicator):
            message = say(
                "The target of “{indicator}” is {raw} here and {own} in the plan; the plan's is used.",
                indicator=indicator.name,
                raw=stated.raw[:_LONGEST_RAW],
                own=str(indicator.target.interval),
            )
            yield finding(
                "S226", stated.place, message, say("Ask who changed it; a submission cannot change the plan.")
            )


def same_baseline(figures: JudgedFigures) -> Iterator[Finding]:
    """A baseline that a submission prints equals the plan's."""
    for stated, indicator in _stated(figures, StatedKind.BASELINE):
        baseline = indicator.target.baseline
        if baseline and not _is_baseline(stated, indicator):
            message = say(
                "The baseline of “{indicator}” is {raw} here and {own} in the plan; the plan's is used.",
                indicator=indicator.name,
                raw=stated.raw[:_LONGEST_RAW],
                own=baseline.printed,
            )
            yield finding(
                "S227", stated.place, message, say("Ask which is right; a submission cannot change the plan.")
            )


def _stated(figures: JudgedFigures, kind: StatedKind) -> Iterator[tuple[StatedValue, Indicator]]:
    """Yield the targets or the baselines that are printed for indicators of the plan."""
    for stated in _all_stated(figures):
        indicator = figures.plan.indicator(stated.indicator)
        if stated.kind is kind and indicator and indicator.id not in figures.plan.without_target:
            yield stated, indicator


def _all_stated(figures: JudgedFigures) -> Iterator[StatedValue]:
    """Yield every printed target and baseline; a wide table's column of the baseline year holds baselines."""
    plan = figures.plan
    for submission in figures.submissions:
        yield from (stated for stated in submission.stated if plan.is_own_region(stated.region))
        for value in submission.observations:
            is_baseline = value.period == _baseline_year(plan, value) and (
                value.period in value.periods or plan.period.has_years
            )
            if is_baseline and value.reported is Reading.VALUE and plan.is_own_region(value.region):
                amount, unit = value.amount, value.unit
                yield StatedValue(StatedKind.BASELINE, value.indicator, value.raw, value.place, amount, None, unit)


def _baseline_year(plan: Plan, value: Observation) -> Period | None:
    """Return the year of an indicator's baseline: its own, else the plan's."""
    indicator = plan.by_id.get(value.indicator)
    baseline = indicator.target.baseline if indicator else None
    return baseline.period if baseline and baseline.period else plan.baseline_period


def _is_target(stated: StatedValue, indicator: Indicator) -> bool:
    """Return whether it is exactly the plan's rule, a bare number that is its bound, or what the plan itself prints."""
    if key(stated.raw) in {key(cited.printed) for cited in indicator.cited}:
        return True
    factor, rule = (stated.unit or indicator.unit).ratio(indicator.unit), indicator.target.interval
    if factor is None:
        return False
    if stated.interval is not None:
        return _bounds(stated.interval, factor) == _bounds(rule, Fraction(1))
    return stated.amount is not None and Fraction(stated.amount) * factor == rule.exact_bound


def _is_baseline(stated: StatedValue, indicator: Indicator) -> bool:
    """Return whether it is the same number; a plan without a baseline has none to differ from."""
    baseline, value = indicator.target.baseline, indicator.target.baseline_value
    if baseline is None or value is None or key(stated.raw) == key(baseline.printed):
        return True
    factor = (stated.unit or indicator.unit).ratio(indicator.unit)
    return factor is not None and stated.amount is not None and Fraction(stated.amount) * factor == value


def _bounds(interval: Interval, factor: Fraction) -> _Bounds:
    low, high = (None if end is None else Fraction(end) * factor for end in (interval.low, interval.high))
    return low, high, interval.low_open, interval.high_open
