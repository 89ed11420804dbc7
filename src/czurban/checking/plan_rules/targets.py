"""Rules about a target beside its baseline."""

from collections.abc import Iterator
from fractions import Fraction

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator, Kind
from czurban.model.message import say
from czurban.model.plan import Plan
from czurban.model.target import Basis

_WHOLE_SHARE = 100


def interpreted(plan: Plan) -> Iterator[Finding]:
    """A direction that the printed words do not settle is listed."""
    for one in plan.indicators:
        if one.target.basis is Basis.INTERPRETED and one.target.reason:
            values = {"name": one.name, "rule": one.target.interval, "reason": one.target.reason}
            yield finding("P201", one.at("basis"), say("“{name}” is read as {rule}: {reason}", **values))


def doubtful_baseline(plan: Plan) -> Iterator[Finding]:
    """A baseline that is missing or approximate is listed."""
    for one in plan.indicators:
        baseline = one.target.baseline
        if baseline and baseline.value is None:
            yield finding("P202", one.at("baseline"), say("“{name}” has no baseline.", name=one.name))
        elif baseline and baseline.approximate:
            message = say(
                "The baseline of “{name}” is approximate: {printed}.", name=one.name, printed=baseline.printed
            )
            yield finding("P202", one.at("baseline"), message)


def share_range(plan: Plan) -> Iterator[Finding]:
    """A share and its target lie between 0 and 100 %."""
    for one in plan.indicators:
        if one.kind is not Kind.RATE or not one.unit.is_share:
            continue
        baseline = one.target.baseline.value if one.target.baseline else None
        figures = {"baseline": (baseline,), "target": (one.target.interval.low, one.target.interval.high)}
        for where, values in figures.items():
            for value in values:
                if value is not None and not 0 <= Fraction(value) * one.unit.factor <= _WHOLE_SHARE:
                    message = say("“{name}” is a share, and {value} is outside 0 to 100 %.", name=one.name, value=value)
                    yield finding("P203", one.at(where), message, say("Check the figure, the unit and the kind."))


def worse_than_baseline(plan: Plan) -> Iterator[Finding]:
    """A target asks for no less than the baseline has already."""
    for one, bound, base in _bounds(plan):
        if one.target.interval.worse(bound, base):
            values = {"name": one.name, "rule": one.target.interval, "printed": _printed(one)}
            message = say("“{name}” may end worse than it began: {rule}, and the baseline is {printed}.", **values)
            yield finding("P207", one.at("target"), message, say("Leave it if the plan prints it so."))


def keeps_baseline(plan: Plan) -> Iterator[Finding]:
    """A target that only keeps the baseline is listed."""
    for one, bound, base in _bounds(plan):
        if bound == base:
            values = {"name": one.name, "rule": one.target.interval}
            yield finding("P208", one.at("target"), say("“{name}” has only to stay where it is: {rule}.", **values))


def _bounds(plan: Plan) -> Iterator[tuple[Indicator, Fraction, Fraction]]:
    """Indicators whose target names one figure and whose baseline is known, with both."""
    for one in plan.indicators:
        bound, baseline = one.target.interval.bound, one.target.baseline
        if bound is not None and baseline and baseline.value is not None:
            yield one, Fraction(bound), Fraction(baseline.value)


def _printed(one: Indicator) -> str:
    return one.target.baseline.printed if one.target.baseline else ""
