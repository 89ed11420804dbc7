"""Why nobody can tell whether a formula holds for what a plan prints: a figure is not there, or it divides by zero."""

from collections.abc import Sequence
from enum import Enum
from functools import reduce

from czurban.model.evaluation import Outcome, Trouble
from czurban.model.formula import Formula, Term
from czurban.model.message import Message, say
from czurban.model.plan import Plan
from czurban.model.span import Span


class _Lack(Enum):
    """Why a printed figure cannot be reckoned with."""

    MISSING = say("missing: {names}")
    ABOUT = say("approximate: {names}")
    RANGE = say("a range: {names}")


def why_untold(
    plan: Plan, formula: Formula, found: tuple[Outcome | Trouble, Span | Trouble], *, at_baseline: bool
) -> Message | None:
    """Say why a formula cannot be judged by printed figures; None where it can, or where its units are at fault.

    Args:
        plan: the plan.
        formula: one of its formulas.
        found: what came of it with all that the figures may stand for, and with the figures as they are printed.
        at_baseline: whether these are the baselines; else the targets.
    """
    match found:
        case Trouble.MISSING, _:
            terms = dict.fromkeys((Term(formula.indicator), *formula.terms()))
            return _lacking([(_called(plan, term), _lack(plan, term, at_baseline=at_baseline)) for term in terms])
        case Trouble.ZERO, Trouble.ZERO:
            return say("it divides by zero")
        case Trouble.ZERO, _:
            return say("it may divide by zero, as far as the figures are rounded")
        case Trouble.LONG, _:
            return say("it gives more digits than can be written down")
    return None


def _lacking(found: Sequence[tuple[str, _Lack | None]]) -> Message:
    """The figures that are missing, approximate or ranges."""
    kinds = [(kind, [name for name, lack in found if lack is kind]) for kind in _Lack]
    said = [Message(kind.value.text, {"names": "、".join(names)}) for kind, names in kinds if names]
    return reduce(lambda one, other: say("{one}; {other}", one=one, other=other), said)


def _called(plan: Plan, term: Term) -> str:
    """An indicator's name, with what the formula says of the time."""
    time = "@baseline" if term.at_baseline else f"@{term.period}" if term.period else ""
    return f"“{plan.by_id[term.indicator].name}”{time}"


def _lack(plan: Plan, term: Term, *, at_baseline: bool) -> _Lack | None:
    if term.period is not None:
        return _Lack.MISSING  # the plan prints figures of its own period and the baseline's alone
    target = plan.by_id[term.indicator].target
    if not (term.at_baseline or at_baseline):
        return _Lack.RANGE if target.interval.bound is None else None
    if target.baseline is None or target.baseline.value is None:
        return _Lack.MISSING
    return _Lack.ABOUT if target.baseline.approximate else None
