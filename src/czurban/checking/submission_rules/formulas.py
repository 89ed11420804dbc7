"""Reported figures against the plan's formulas, whoever reported them."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from czurban.model.evaluation import Measures, Outcome
from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.formula import Formula, Term
from czurban.model.message import say
from czurban.model.observation import Observation
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.span import Span
from czurban.model.verdict import Result
from czurban.model.working import result_text, working_text


def formulas_kept(plan: Plan, results: Mapping[str, Result], period: Period) -> Iterator[Finding]:
    """Reported figures keep the plan's formulas, as far as rounding goes."""
    measures = Measures(plan.by_id, plan.units)
    known: dict[Term, Span | None] = {}
    for formula in plan.formulas:
        if formula.looks_back and period != plan.period:
            continue
        one, own = plan.by_id[formula.indicator], Term(formula.indicator)
        for term in (own, *formula.terms()):
            if term not in known:
                known[term] = _reported(results.get(term.indicator), term, measures)
        left, result = known[own], results.get(one.id)
        outcome = measures.solve(formula.expression, one, left, known.get)
        if isinstance(outcome, Outcome) and not outcome.holds and result and result.observation:
            yield _broken(formula, result, result.observation, measures, results)
        elif result is None or result.observation is None:
            known[own] = _derived(formula, measures, known)


def _derived(formula: Formula, measures: Measures, known: Mapping[Term, Span | None]) -> Span | None:
    """What a figure that nobody sent may be: all that its formula allows, and that rounds to it."""
    one = measures.indicators[formula.indicator]
    found = measures.work_out(formula.expression, one, known.get)
    if not isinstance(found, Span):
        return None
    if formula.rounding is not None:
        half = Fraction(1, 2 * 10**formula.rounding)
        found += Span(-half, half)
    return measures.base(found, one.unit)


def _reported(result: Result | None, term: Term, measures: Measures) -> Span | None:
    """A reported value as all the values that round to it; what is approximate or not usable is not known."""
    if result is None or term.period is not None:
        return None
    unit = result.indicator.unit
    if term.at_baseline:
        base = result.indicator.target.baseline
        exact = base.value if base is not None and not base.approximate else None
        return None if exact is None else measures.base(Span.rounded(exact), unit)
    one = result.observation
    if one is None or one.amount is None or one.approximate or result.actual is None:
        return None
    return measures.base(Span.rounded(one.amount), one.unit or unit)


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
    comes_to = found.low if isinstance(found, Span) and found.low is not None else None
    message = say(
        "“{name}” is {value} here, but {working} {sum}.",
        name=left.indicator.name,
        value=_shown(at, left),
        working=working_text(formula.expression, figure),
        sum="= …" if comes_to is None else result_text(comes_to, _decimals(at), left.indicator),
    )
    others = [results[term.indicator].observation for term in formula.terms() if not term.looks_back]
    places = "、".join(str(one.place) for one in others if one)
    return finding("S220", at.place, message, say("Compare with {places}; one of them is wrong.", places=places))


def _exactly(result: Result, term: Term, measures: Measures) -> Span | None:
    """A figure as it stands, for showing the sum."""
    base = result.indicator.target.baseline
    value = (Fraction(base.value) if base and base.value is not None else None) if term.at_baseline else result.actual
    return None if value is None else measures.base(Span.point(value), result.indicator.unit)


def _shown(one: Observation | None, result: Result) -> str:
    if one is None:
        return result.indicator.name  # it was sent by nobody either, and is reckoned by its own formula
    return one.raw if one.unit_in_cell else f"{one.raw}{(one.unit or result.indicator.unit).name}"


def _decimals(one: Observation) -> int:
    exponent = one.amount.as_tuple().exponent if one.amount is not None else 0
    return max(0, -exponent if isinstance(exponent, int) else 0)
