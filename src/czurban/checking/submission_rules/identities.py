"""Reported figures against the plan's identities, whoever reported them."""

from collections.abc import Iterator, Mapping

from czurban.checking.equations import Look, Measured, Outcome, measure, solve
from czurban.checking.spelling import result_text, working_text
from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.identity import Identity, Term
from czurban.model.message import say
from czurban.model.observation import Observation
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.span import Span
from czurban.model.verdict import Result


def identities_kept(plan: Plan, results: Mapping[str, Result], period: Period) -> Iterator[Finding]:
    """Reported figures keep the identities the plan declares, as far as rounding goes."""
    for identity in plan.identities:
        backward = any(term.at_baseline for term in identity.terms())
        left = results.get(identity.left.indicator)
        if left is None or left.observation is None or (backward and period != plan.period):
            continue
        outcome = solve(identity, left.indicator.unit, _reported(results))
        if isinstance(outcome, Outcome) and not outcome.holds:
            yield _broken(identity, left, left.observation, outcome, results)


def _reported(results: Mapping[str, Result]) -> Look:
    """Reported values as all the values that round to them; what is approximate or not usable is not known."""

    def look(term: Term) -> Measured | None:
        result = results.get(term.indicator)
        if result is None:
            return None
        if term.at_baseline:
            base = result.indicator.target.baseline
            known = base is not None and base.value is not None and not base.approximate
            return measure(Span.rounded(base.value), result.indicator.unit) if known and base and base.value else None
        one = result.observation
        if one is None or one.amount is None or one.approximate or result.actual is None:
            return None
        return measure(Span.rounded(one.amount), one.unit or result.indicator.unit)

    return look


def _broken(
    identity: Identity, left: Result, at: Observation, outcome: Outcome, results: Mapping[str, Result]
) -> Finding:
    def figure(term: Term) -> str:
        result = results[term.indicator]
        base = result.indicator.target.baseline
        if term.at_baseline:
            return f"{base.printed if base else '—'}{result.indicator.unit.name}"
        return _shown(result.observation, result)

    message = say(
        "“{name}” is {value} here, but {working} = {sum}.",
        name=left.indicator.name,
        value=_shown(at, left),
        working=working_text(identity.right, figure),
        sum=result_text(outcome, left.indicator, _decimals(at)),
    )
    others = [results[term.indicator].observation for term in identity.terms()[1:] if not term.at_baseline]
    places = "、".join(str(one.place) for one in others if one)
    return finding("S220", at.place, message, say("Compare with {places}; one of them is wrong.", places=places))


def _shown(one: Observation | None, result: Result) -> str:
    if one is None:
        return "—"
    return one.raw if one.unit_in_cell else f"{one.raw}{(one.unit or result.indicator.unit).name}"


def _decimals(one: Observation) -> int:
    exponent = one.amount.as_tuple().exponent if one.amount is not None else 0
    return max(0, -exponent if isinstance(exponent, int) else 0)
