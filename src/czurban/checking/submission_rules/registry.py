"""Check judged figures against every rule that compares figures, the plan's formulas included; no verdict changes."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from czurban.checking.submission_rules import comparisons, surprises
from czurban.checking.submission_rules.comparisons import JudgedFigures
from czurban.model.assessment import Result
from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.formulas.formula import Formula, FormulaOutcome, Measures, Term
from czurban.model.observation import Observation
from czurban.model.target.interval import NumberRange, decimals

Results = Mapping[str, Result]
Known = Mapping[Term, NumberRange | None]


def formulas_hold(figures: JudgedFigures) -> Iterator[Finding]:
    """Reported figures agree with the plan's formulas, as far as rounding goes."""
    plan, results = figures.plan, figures.by_indicator
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


def _derived(formula: Formula, measures: Measures, known: Known) -> NumberRange | None:
    """Return the values that a figure which was not sent may have by its own formula, rounding included."""
    indicator = measures.indicators[formula.indicator]
    values = measures.work_out(formula.expression, indicator, known.get)
    if not isinstance(values, NumberRange):
        return None
    return measures.base(values.widened(formula.rounding), indicator.unit)


def _broken(
    formula: Formula, result: Result, observation: Observation, measures: Measures, results: Results
) -> Finding:
    from czurban.model.formulas.derived import result_text, working_text  # noqa: PLC0415 - for a finding alone

    def figure(term: Term) -> str:
        used = results[term.indicator]
        if term.at_baseline:
            baseline = used.indicator.target.baseline
            return f"{baseline.printed if baseline else '—'}{used.indicator.unit.name}"
        return _shown(used.observation, used)

    points = {term: _as_written(results[term.indicator], term, measures) for term in formula.terms()}
    value = measures.work_out(formula.expression, result.indicator, points.get)
    known = value.low if isinstance(value, NumberRange) else None
    message = say(
        "“{name}” is {value} here, but {working} {sum}.",
        name=result.indicator.name,
        value=_shown(observation, result),
        working=working_text(formula.expression, figure),
        sum="= …" if known is None else result_text(known, decimals(observation.amount), result.indicator),
    )
    others = [results[term.indicator].observation for term in formula.terms() if not term.looks_back]
    places = "、".join(str(other.place) for other in others if other)
    return finding(
        "S220", observation.place, message, say("Compare with {places}; one of them is wrong.", places=places)
    )


def _as_written(result: Result, term: Term, measures: Measures) -> NumberRange | None:
    """Return a figure exactly as it is written, for printing the working."""
    value: Fraction | None = result.indicator.target.baseline_value if term.at_baseline else result.actual
    return None if value is None else measures.base(NumberRange.point(value), result.indicator.unit)


def _shown(observation: Observation | None, result: Result) -> str:
    if observation is None:
        return result.indicator.name  # it was not sent either, and comes from its own formula
    unit = "" if observation.unit_in_cell else (observation.unit or result.indicator.unit).name
    return f"{observation.raw}{unit}"


FigureRule = Callable[[JudgedFigures], Iterator[Finding]]

RULES: Mapping[str, FigureRule] = {
    "S220": formulas_hold,
    "S221": comparisons.likely_change,
    "S222": comparisons.not_copied,
    "S223": comparisons.never_falls,
    "S224": comparisons.sums_up,
    "S226": comparisons.same_target,
    "S227": comparisons.same_baseline,
    "S268": surprises.in_plausible_range,
    "S269": surprises.not_the_baseline,
    "S270": surprises.fits_its_indicator,
    "S271": surprises.whole_number,
    "S272": surprises.no_leading_zero,
    "S273": surprises.expected_sign,
    "S274": surprises.unit_of_the_plan,
    "S292": comparisons.parts_make_the_sum,
}
"""The rule for each code; its docstring is the demand that the catalog prints.

Codes that are missing here belong to reading a file, to admitting its values and to judging them one by one.
"""


def check_figures(figures: JudgedFigures) -> Iterator[Finding]:
    """Check judged figures against every rule, in the order of the codes."""
    for rule in RULES.values():
        yield from rule(figures)
