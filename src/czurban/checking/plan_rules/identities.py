"""Rules about the identities a plan declares: whether the printed figures keep them, and the targets can all be met."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from czurban.checking.equations import Look, Measured, Outcome, Trouble, measure, solve
from czurban.checking.spelling import result_text, working_text
from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.identity import Identity, Term
from czurban.model.indicator import Indicator
from czurban.model.message import Message, say
from czurban.model.plan import Plan
from czurban.model.span import NOT_NEGATIVE, Span
from czurban.model.target import Direction

_ONE_SIDED = (Direction.FLOOR, Direction.CEILING)


@dataclass(frozen=True, slots=True)
class Case:
    """An identity held against one column of the plan's figures, and what it came to."""

    identity: Identity
    at_baseline: bool
    outcome: Outcome | Trouble
    left: Indicator
    working: str


def cases(plan: Plan) -> Iterator[Case]:
    """Every identity with the targets, and with the baselines where it does not look back beyond them."""
    for identity in plan.identities:
        left = plan.indicator(identity.left.indicator)
        if left is None or any(plan.indicator(term.indicator) is None for term in identity.terms()):
            continue  # the indicator's own fault has been told
        backward = any(term.at_baseline for term in identity.terms())
        for at_baseline in (False,) if backward else (False, True):
            outcome = solve(identity, left.unit, _printed(plan, at_baseline=at_baseline))
            working = working_text(identity.right, lambda term, b=at_baseline: _text(plan, term, at_baseline=b))  # type: ignore[misc]
            yield Case(identity, at_baseline, outcome, left, working)


def _printed(plan: Plan, *, at_baseline: bool) -> Look:
    """Printed figures as all the values that round to them; None for one that is missing or approximate."""

    def look(term: Term) -> Measured | None:
        one = plan.indicator(term.indicator)
        if one is None:
            return None
        if term.at_baseline or at_baseline:
            base = one.target.baseline
            exact = base is not None and base.value is not None and not base.approximate
            return measure(Span.rounded(base.value), one.unit) if exact and base and base.value is not None else None
        bound = one.target.interval.bound
        return None if bound is None else measure(Span.rounded(bound), one.unit)

    return look


def _text(plan: Plan, term: Term, *, at_baseline: bool) -> str:
    one = plan.indicator(term.indicator)
    if one is None:
        return term.indicator
    base = one.target.baseline
    figure = (base.printed if base else "—") if term.at_baseline or at_baseline else one.target.interval.bound
    return f"{figure}{one.unit.name}"


def kept(plan: Plan) -> Iterator[Finding]:
    """An identity that the printed figures keep is shown with its sum."""
    for case in cases(plan):
        if isinstance(case.outcome, Outcome) and case.outcome.holds:
            yield finding(
                "P213", case.identity.place, _sum(plan, case, case.outcome, say("{sum}, as printed: {left}."))
            )


def broken(plan: Plan) -> Iterator[Finding]:
    """The printed figures keep the identities the plan declares, as far as rounding goes."""
    for case in cases(plan):
        if isinstance(case.outcome, Outcome) and not case.outcome.holds:
            message = _sum(plan, case, case.outcome, say("{sum}, not {left} as printed for “{name}”."))
            yield finding("P214", case.identity.place, message, _needs(plan, case))


def untold(plan: Plan) -> Iterator[Finding]:
    """An identity that cannot be judged for want of a figure is listed."""
    for case in cases(plan):
        if case.outcome in (Trouble.MISSING, Trouble.ZERO):
            column = say("baseline") if case.at_baseline else say("target")
            message = say(
                "Whether {text} holds for the {column} cannot be told: a figure is missing or approximate ({working}).",
                text=case.identity.text,
                column=column,
                working=case.working,
            )
            yield finding("P215", case.identity.place, message)


def feasible_together(plan: Plan) -> Iterator[Finding]:
    """The targets of an identity can all be met at once."""
    for case in cases(plan):
        if not case.at_baseline and not _feasible(plan, case, _wanted):
            names = "、".join(dict.fromkeys(one.name for one in _indicators(plan, case)))
            message = say("The targets of {names} cannot all be met: {text}.", names=names, text=case.identity.text)
            yield finding("P216", case.identity.place, message, say("Check the figures and which way is better."))


def same_measure(plan: Plan) -> Iterator[Finding]:
    """The two sides of an identity measure the same."""
    for case in cases(plan):
        if case.outcome is Trouble.MIXED and not case.at_baseline:
            message = say("{text} adds or equates things that do not measure the same.", text=case.identity.text)
            yield finding("P217", case.identity.place, message, say("Check the units of its indicators."))


def _sum(plan: Plan, case: Case, outcome: Outcome, sentence: Message) -> Message:
    left = _text(plan, case.identity.left, at_baseline=case.at_baseline)
    total = f"{case.working} = {result_text(outcome, case.left, _decimals(case))}"
    return Message(sentence.text, {"sum": total, "left": left, "name": case.left.name})


def _decimals(case: Case) -> int:
    base = case.left.target.baseline
    figure = (base.value if base else None) if case.at_baseline else case.left.target.interval.bound
    exponent = figure.as_tuple().exponent if figure is not None else 0
    return max(0, -exponent if isinstance(exponent, int) else 0)


def _indicators(plan: Plan, case: Case) -> Iterator[Indicator]:
    return (one for term in case.identity.terms() if (one := plan.indicator(term.indicator)))


def _wanted(one: Indicator) -> Span:
    """The values that meet the target."""
    low, high = one.target.interval.low, one.target.interval.high
    return Span(None if low is None else Fraction(low), None if high is None else Fraction(high))


def _turned(turned: Indicator) -> Callable[[Indicator], Span]:
    """The same, but with one target's direction turned round."""

    def wanted(one: Indicator) -> Span:
        span = _wanted(one)
        return Span(span.high, span.low) if one is turned else span

    return wanted


def _feasible(plan: Plan, case: Case, wanted: Callable[[Indicator], Span]) -> bool:
    """Whether some values meet all targets and the identity; True where nobody can tell."""
    baseline = _printed(plan, at_baseline=True)

    def look(term: Term) -> Measured | None:
        one = plan.indicator(term.indicator)
        if term.at_baseline or one is None:
            return baseline(term)
        span = wanted(one)
        return measure(span.within(NOT_NEGATIVE), one.unit) if span.meets(NOT_NEGATIVE) else None

    outcome = solve(case.identity, case.left.unit, look)
    return isinstance(outcome, Trouble) or outcome.holds


def _needs(plan: Plan, case: Case) -> Message:
    """What the contradiction means for the targets: which of them can only be read one way."""
    if not case.at_baseline:
        for one in _indicators(plan, case):
            if one.target.interval.direction in _ONE_SIDED and not _feasible(plan, case, _turned(one)):
                ceiling = one.target.interval.direction is Direction.CEILING
                way = say("a ceiling") if ceiling else say("a floor")
                return say("The targets can all be met only if “{name}” is {way}.", name=one.name, way=way)
    return say("Check the figures, their units and what each of them counts.")
