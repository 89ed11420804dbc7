"""Compare reported figures with each other, with the plan's formulas, and with the figures that a form prints."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from czurban.model.assessment import Result
from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.formulas.formula import Formula, FormulaOutcome, Measures, Term
from czurban.model.indicator import SUMS, Indicator, IndicatorKind
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target import Interval, StatedKind, StatedValue
from czurban.model.target.interval import NumberRange, decimals
from czurban.model.text import key
from czurban.model.unit import Unit


class JudgedValue(NamedTuple):
    """A judged value: `amount` in its own `unit`, `actual` in the indicator's.

    Its size `is_comparable` with the plan's figures unless it is for a part of a sum over the year.
    """

    indicator: Indicator
    observation: Observation
    amount: Decimal
    unit: Unit
    actual: Fraction
    is_comparable: bool


@dataclass(frozen=True)
class JudgedFigures:
    """The judged results of a plan for one period, and everything that was sent, unused values included."""

    plan: Plan
    results: Sequence[Result]
    submissions: Sequence[Submission]
    period: Period

    @cached_property
    def observations(self) -> list[Observation]:
        """Every value that was sent, whether or not it is used."""
        return [observation for submission in self.submissions for observation in submission.observations]

    @cached_property
    def periods(self) -> frozenset[Period]:
        """The periods of every value that was sent."""
        return frozenset(value.period for value in self.observations)

    @cached_property
    def values(self) -> list[JudgedValue]:
        """The judged values that the plan's figures can be compared with."""
        values = map(self._value, self.results)
        return [value for value in values if value]

    def values_for(self, code: str) -> list[JudgedValue]:
        """Return the judged values whose indicator does not turn a rule off with `ignore:`."""
        return [value for value in self.values if code not in value.indicator.ignored]

    def _value(self, result: Result) -> JudgedValue | None:
        indicator, observation, plan = result.indicator, result.observation, self.plan
        if observation is None or observation.amount is None or result.actual is None:
            return None
        if plan.within and indicator.is_amount and indicator.id not in plan.own_targets:
            return None  # the plan's figures are the whole region's
        unit, whole = observation.unit or indicator.unit, self.period.is_year or indicator.kind not in SUMS
        return JudgedValue(indicator, observation, observation.amount, unit, result.actual, whole)


_FEWEST_PARTS = 2
_MOST_SHOWN = 12
_LONGEST_RAW = 40


def formulas_hold(figures: JudgedFigures) -> Iterator[Finding]:
    """Reported figures agree with the plan's formulas, as far as rounding goes."""
    plan, results = figures.plan, {result.indicator.id: result for result in figures.results}
    if not any(results[name].observation for formula in plan.formulas if (name := formula.indicator) in results):
        return
    measures = Measures(plan.by_id)
    known: dict[Term, NumberRange | None] = {}
    for formula in plan.formulas:
        if formula.looks_back and not plan.is_own_period(figures.period):
            continue
        result_term = Term(formula.indicator)
        for term in (result_term, *formula.terms()):
            if term not in known:
                known[term] = _reported(results.get(term.indicator), term, measures)
        result = results.get(formula.indicator)
        outcome = measures.solve(formula.expression, plan.by_id[formula.indicator], known[result_term], known.get)
        if isinstance(outcome, FormulaOutcome) and not outcome.holds and result and result.observation:
            yield _broken(formula, result, result.observation, measures, results)
        elif result is None or result.observation is None:
            known[result_term] = _derived(formula, measures, known)


def _reported(result: Result | None, term: Term, measures: Measures) -> NumberRange | None:
    """Return the numbers that a reported value may be rounded from; None for one that is approximate or not usable."""
    if result is None or term.period is not None:
        return None
    unit = result.indicator.unit
    if term.at_baseline:
        baseline = result.indicator.target.baseline_rounded
        return None if baseline is None else measures.base(baseline, unit)
    value = result.observation
    if value is None or value.amount is None or value.approximate or result.actual is None:
        return None
    return measures.base(NumberRange.rounded(value.amount), value.unit or unit)


def _derived(formula: Formula, measures: Measures, known: Mapping[Term, NumberRange | None]) -> NumberRange | None:
    """Return the values that a figure which was not sent may have by its own formula, rounding included."""
    indicator = measures.indicators[formula.indicator]
    values = measures.work_out(formula.expression, indicator, known.get)
    if not isinstance(values, NumberRange):
        return None
    return measures.base(values.widened(formula.rounding), indicator.unit)


def _broken(
    formula: Formula, result: Result, observation: Observation, measures: Measures, results: Mapping[str, Result]
) -> Finding:
    from czurban.model.formulas.derived import result_text, working_text  # noqa: PLC0415 - for a finding alone

    def written(term: Term) -> str:
        used = results[term.indicator]
        baseline = used.indicator.target.baseline
        if term.at_baseline:
            return f"{baseline.printed if baseline else '—'}{used.indicator.unit.name}"
        return _shown(used.observation, used)

    def exactly(term: Term) -> NumberRange | None:
        used = results[term.indicator]
        value = used.indicator.target.baseline_value if term.at_baseline else used.actual
        return None if value is None else measures.base(NumberRange.point(value), used.indicator.unit)

    value = measures.work_out(formula.expression, result.indicator, exactly)
    known = value.low if isinstance(value, NumberRange) else None
    message = say(
        "“{name}” is {value} here, but {working} {sum}.",
        name=result.indicator.name,
        value=_shown(observation, result),
        working=working_text(formula.expression, written),
        sum="= …" if known is None else result_text(known, decimals(observation.amount), result.indicator),
    )
    others = [results[term.indicator].observation for term in formula.terms() if not term.looks_back]
    places = "、".join(str(other.place) for other in others if other)
    hint = say("Compare with {places}; one of them is wrong.", places=places)
    return finding("S220", observation.place, message, hint)


def _shown(observation: Observation | None, result: Result) -> str:
    if observation is None:
        return result.indicator.name  # it was not sent either, and comes from its own formula
    unit = "" if observation.unit_in_cell else (observation.unit or result.indicator.unit).name
    return f"{observation.raw}{unit}"


def never_falls(figures: JudgedFigures) -> Iterator[Finding]:
    """A sum over the year does not fall within it."""
    flows = {indicator.id: indicator for indicator in figures.plan.indicators if indicator.kind in SUMS}
    series: dict[tuple[str, str, int, int], list[Observation]] = defaultdict(list)
    for value in figures.observations if len(figures.periods) > 1 else ():
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


def _is_less(later: Observation, earlier: Observation, indicator: Indicator) -> bool:
    """Return whether a value is less than another, whatever the two were rounded from."""
    new, old = _range(later, indicator), _range(earlier, indicator)
    return new is not None and old is not None and (new.high or 0) < (old.low or 0)


def parts_make_the_sum(figures: JudgedFigures) -> Iterator[Finding]:
    """Figures of a time and of its parts can be put together, and agree."""
    flows = figures.plan.flows
    series: dict[tuple[str, str, int], dict[Period, Observation]] = defaultdict(dict)
    for value in figures.observations if len(figures.periods) > _FEWEST_PARTS else ():
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
        if parts and parts[-1].period.end == whole.period.end and not _add_up(whole, parts, indicator):
            yield finding("S292", whole.place, *other_total(whole, parts, indicator))


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
        if len(totals) != 1:
            continue
        parts = [value for value in values if value is not totals[0] and not _is_below_another(value, plan)]
        if len(parts) >= _FEWEST_PARTS and not _add_up(totals[0], parts, amounts[name]):
            shown = [part.raw for part in parts[:_MOST_SHOWN]] + (["…"] if len(parts) > _MOST_SHOWN else [])
            message = say(
                "The total {total} is not the sum of its {count} parts: {parts}.",
                total=totals[0].raw,
                count=len(parts),
                parts=" + ".join(shown),
            )
            hint = say("The parts begin at {place}; one may be missing, or in the table twice.", place=parts[0].place)
            yield finding("S224", totals[0].place, message, hint)


def _is_below_another(value: Observation, plan: Plan) -> bool:
    """Return whether a region is below another part, so that it would count twice."""
    region = plan.regions.find(value.region)
    return region is not None and plan.home is not None and region.parent != plan.home.code


def _add_up(total: Observation, parts: Sequence[Observation], indicator: Indicator) -> bool:
    """Return whether parts may add up to a total, whatever all were rounded from; True where that is not known."""
    whole, ranges = _range(total, indicator), [known for part in parts if (known := _range(part, indicator))]
    return whole is None or len(ranges) < len(parts) or sum(ranges, NumberRange.point(Fraction(0))).meets(whole)


def _range(value: Observation, indicator: Indicator) -> NumberRange | None:
    """Return the numbers, in base units, that a value may be rounded from; None where it is approximate."""
    unit = value.unit or indicator.unit
    if value.amount is None or value.approximate or unit.dimension != indicator.unit.dimension:
        return None
    return NumberRange.rounded(value.amount).times(unit.factor)


def same_target(figures: JudgedFigures) -> Iterator[Finding]:
    """A target that a submission prints equals the plan's."""
    hint = say("Ask who changed it; a submission cannot change the plan.")
    for stated, indicator in _stated(figures, StatedKind.TARGET):
        if not _is_target(stated, indicator):
            values = {
                "indicator": indicator.name,
                "raw": stated.raw[:_LONGEST_RAW],
                "own": str(indicator.target.interval),
            }
            message = say(
                "The target of “{indicator}” is {raw} here and {own} in the plan; the plan's is used.", **values
            )
            yield finding("S226", stated.place, message, hint)


def same_baseline(figures: JudgedFigures) -> Iterator[Finding]:
    """A baseline that a submission prints equals the plan's."""
    hint = say("Ask which is right; a submission cannot change the plan.")
    for stated, indicator in _stated(figures, StatedKind.BASELINE):
        baseline = indicator.target.baseline
        if baseline and not _is_baseline(stated, indicator):
            values = {"indicator": indicator.name, "raw": stated.raw[:_LONGEST_RAW], "own": baseline.printed}
            message = say(
                "The baseline of “{indicator}” is {raw} here and {own} in the plan; the plan's is used.", **values
            )
            yield finding("S227", stated.place, message, hint)


def _stated(figures: JudgedFigures, kind: StatedKind) -> Iterator[tuple[StatedValue, Indicator]]:
    """Yield the targets or the baselines that are printed for indicators of the plan."""
    for stated in _all_stated(figures):
        indicator = figures.plan.indicator(stated.indicator)
        if stated.kind is kind and indicator and indicator.id not in figures.plan.without_target:
            yield stated, indicator


def _all_stated(figures: JudgedFigures) -> Iterator[StatedValue]:
    """Yield every printed target and baseline; a wide table's column of the baseline year holds baselines."""
    plan, several = figures.plan, figures.plan.period.has_years
    for submission in figures.submissions:
        yield from (stated for stated in submission.stated if plan.is_own_region(stated.region))
        for value in submission.observations:
            may_be_baseline = several or value.period in value.periods
            is_baseline = may_be_baseline and value.period == _baseline_year(plan, value)
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


def _bounds(interval: Interval, factor: Fraction) -> tuple[object, ...]:
    low, high = (None if end is None else Fraction(end) * factor for end in (interval.low, interval.high))
    return low, high, interval.low_open, interval.high_open
