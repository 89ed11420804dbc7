"""Reported figures against the plan's formulas, whoever reported them.

Several values of one indicator: over the months of a year, and over the parts of the region.

Judged values beside their baselines and targets.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from czurban.model.assessment import Result
from czurban.model.derived import result_text, working_text
from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.formula import Formula, FormulaOutcome, Measures, Term
from czurban.model.indicator import AddingRule, Indicator, IndicatorKind
from czurban.model.number_range import NumberRange, decimals
from czurban.model.observation import Observation
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.text import fixed, key


def formulas_kept(plan: Plan, results: Mapping[str, Result], period: Period) -> Iterator[Finding]:
    """Reported figures keep the plan's formulas, as far as rounding goes."""
    measures = Measures(plan.by_id, plan.units)
    known: dict[Term, NumberRange | None] = {}
    for formula in plan.formulas:
        if formula.looks_back and period != plan.period:
            continue
        one, own = plan.by_id[formula.indicator], Term(formula.indicator)
        for term in (own, *formula.terms()):
            if term not in known:
                known[term] = _reported(results.get(term.indicator), term, measures)
        left, result = known[own], results.get(one.id)
        outcome = measures.solve(formula.expression, one, left, known.get)
        if isinstance(outcome, FormulaOutcome) and not outcome.holds and result and result.observation:
            yield _broken(formula, result, result.observation, measures, results)
        elif result is None or result.observation is None:
            known[own] = _derived(formula, measures, known)


def _derived(formula: Formula, measures: Measures, known: Mapping[Term, NumberRange | None]) -> NumberRange | None:
    """What a figure that nobody sent may be: all that its formula allows, and that rounds to it."""
    one = measures.indicators[formula.indicator]
    found = measures.work_out(formula.expression, one, known.get)
    if not isinstance(found, NumberRange):
        return None
    if formula.rounding is not None:
        half = Fraction(1, 2 * 10**formula.rounding)
        found += NumberRange(-half, half)
    return measures.base(found, one.unit)


def _reported(result: Result | None, term: Term, measures: Measures) -> NumberRange | None:
    """A reported value as all the values that round to it; what is approximate or not usable is not known."""
    if result is None or term.period is not None:
        return None
    unit = result.indicator.unit
    if term.at_baseline:
        base = result.indicator.target.baseline_rounded
        return None if base is None else measures.base(base, unit)
    one = result.observation
    if one is None or one.amount is None or one.approximate or result.actual is None:
        return None
    return measures.base(NumberRange.rounded(one.amount), one.unit or unit)


def _broken(
    formula: Formula, left: Result, at: Observation, measures: Measures, results: Mapping[str, Result]
) -> Finding:
    def figure(term: Term) -> str:
        result = results[term.indicator]
        base = result.indicator.target.baseline
        if term.at_baseline:
            return f"{base.printed if base else '—'}{result.indicator.unit.name}"
        return _shown(result.observation, result)

    points = {term: _exactly(results[term.indicator], term, measures) for term in formula.terms()}
    found = measures.work_out(formula.expression, left.indicator, points.get)
    comes_to = found.low if isinstance(found, NumberRange) and found.low is not None else None
    message = say(
        "“{name}” is {value} here, but {working} {sum}.",
        name=left.indicator.name,
        value=_shown(at, left),
        working=working_text(formula.expression, figure),
        sum="= …" if comes_to is None else result_text(comes_to, decimals(at.amount), left.indicator),
    )
    others = [results[term.indicator].observation for term in formula.terms() if not term.looks_back]
    places = "、".join(str(one.place) for one in others if one)
    return finding("S220", at.place, message, say("Compare with {places}; one of them is wrong.", places=places))


def _exactly(result: Result, term: Term, measures: Measures) -> NumberRange | None:
    """A figure as it stands, for showing the sum."""
    value = result.indicator.target.baseline_value if term.at_baseline else result.actual
    return None if value is None else measures.base(NumberRange.point(value), result.indicator.unit)


def _shown(one: Observation | None, result: Result) -> str:
    if one is None:
        return result.indicator.name  # it was sent by nobody either, and is reckoned by its own formula
    return one.raw if one.unit_in_cell else f"{one.raw}{(one.unit or result.indicator.unit).name}"


_FEWEST = 2


def never_falls(plan: Plan, observations: Iterable[Observation]) -> Iterator[Finding]:
    """A figure that is summed up over the year does not fall within it."""
    flows = {one.id: one for one in plan.indicators if one.kind is IndicatorKind.FLOW}
    series: dict[tuple[str, str, int, int], list[Observation]] = defaultdict(list)
    for one in observations:
        if one.indicator in flows and one.amount is not None:
            series[one.indicator, key(one.region), one.period.year, one.period.first].append(one)
    for (name, *_), members in series.items():
        ordered = sorted(members, key=lambda one: one.period.last)
        for earlier, later in pairwise(ordered):
            if earlier.period.last < later.period.last and _less(later, earlier, flows[name]):
                yield _fell(earlier, later)


def _less(later: Observation, earlier: Observation, indicator: Indicator) -> bool:
    one, other = _span(later, indicator), _span(earlier, indicator)
    return one is not None and other is not None and not one.meets(other) and (one.high or 0) < (other.low or 0)


def _fell(earlier: Observation, later: Observation) -> Finding:
    message = say(
        "{later} for {period} is less than {earlier} for {before}, and a sum over the year cannot fall.",
        later=later.raw,
        period=later.period,
        earlier=earlier.raw,
        before=earlier.period,
    )
    return finding("S223", later.place, message, say("Compare with {place}.", place=earlier.place))


def sums_up(plan: Plan, observations: Iterable[Observation]) -> Iterator[Finding]:
    """The total is the sum of its parts."""
    amounts = {one.id: one for one in plan.indicators if one.adding.way is AddingRule.SUM}
    tables: dict[tuple[str, str, Period], list[Observation]] = defaultdict(list)
    for one in observations:
        if one.region and one.indicator in amounts and one.amount is not None:
            tables[one.place.file, one.indicator, one.period].append(one)
    for (_, name, _), members in tables.items():
        totals = [one for one in members if plan.is_own_region(one.region)]
        parts = [one for one in members if not plan.is_own_region(one.region) and not _is_deeper(one, plan)]
        if len(totals) == 1 and len(parts) >= _FEWEST and not _agree(totals[0], parts, amounts[name]):
            yield _unlike(totals[0], parts)


def _is_deeper(one: Observation, plan: Plan) -> bool:
    """Whether a region stands below another part, so that it would count twice."""
    found = plan.regions.find(one.region)
    return found is not None and plan.home is not None and found.parent != plan.home.code


def _agree(total: Observation, parts: Iterable[Observation], indicator: Indicator) -> bool:
    """Whether they agree as far as rounding goes; True where a unit leaves it open."""
    spans = [_span(one, indicator) for one in parts]
    whole = _span(total, indicator)
    if whole is None or None in spans:
        return True
    summed = NumberRange.point(Fraction(0))
    for span in filter(None, spans):
        summed += span
    return summed.meets(whole)


def _unlike(total: Observation, parts: list[Observation]) -> Finding:
    message = say(
        "The total {total} is not the sum of its {count} parts: {parts}.",
        total=total.raw,
        count=len(parts),
        parts=" + ".join(one.raw for one in parts[:12]) + (" + …" if len(parts) > 12 else ""),  # noqa: PLR2004
    )
    hint = say("The parts begin at {place}; one may be missing or stand twice.", place=parts[0].place)
    return finding("S224", total.place, message, hint)


def _span(one: Observation, indicator: Indicator) -> NumberRange | None:
    unit = one.unit or indicator.unit
    if one.amount is None or one.approximate or unit.dimension != indicator.unit.dimension:
        return None
    return NumberRange.rounded(one.amount).times(unit.factor)


_VALUES_FEWEST = 3


def likely_change(results: Iterable[Result]) -> Iterator[Finding]:
    """A value differs from the baseline by no more than the plan declares likely."""
    for result in results:
        one, seen = result.indicator, result.observation
        base = one.target.baseline.value if one.target.baseline else None
        if one.jump is None or not base or result.actual is None or seen is None:
            continue
        change = abs(result.actual - Fraction(base)) / abs(Fraction(base))
        if change > one.jump:
            message = say(
                "{raw} is {change}% off the baseline {base}; more than {jump}% is declared unlikely.",
                raw=seen.raw,
                change=fixed(100 * change, 1),
                base=f"{base}{one.unit.name}",
                jump=fixed(100 * one.jump, 1),
            )
            yield finding("S221", seen.place, message, say("It is used as written; check the figure and its unit."))


def not_copied(results: Iterable[Result]) -> Iterator[Finding]:
    """The column of values is not the column of targets."""
    by_file: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        if result.observation and result.actual is not None and result.indicator.target.interval.bound is not None:
            by_file[result.observation.place.file].append(result)
    for members in by_file.values():
        first = members[0].observation
        if len(members) >= _VALUES_FEWEST and first and all(_is_target(one) for one in members):
            message = say("All {count} values equal their targets exactly.", count=len(members))
            hint = say("Check that the column of targets was not copied into the column of values.")
            yield finding("S222", first.place, message, hint)


def _is_target(result: Result) -> bool:
    bound = result.indicator.target.interval.bound
    return bound is not None and result.actual == Fraction(bound)
