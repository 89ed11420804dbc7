"""The sense of a plan: what its keeper should know of it, though nothing is wrong with its shape."""

from collections.abc import Iterator

from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings
from czurban.model.message import say
from czurban.model.plan import Plan
from czurban.model.target import Basis


def check_plan(plan: Plan) -> Findings:
    """List interpreted directions, and baselines that are missing or approximate."""
    return (*_interpreted(plan), *_baselines(plan))


def _interpreted(plan: Plan) -> Iterator[Finding]:
    for one in plan.indicators:
        if one.target.basis is Basis.INTERPRETED:
            values = {"name": one.name, "rule": one.target.interval, "reason": one.target.reason}
            yield finding("P201", one.place, say("“{name}” is read as {rule}: {reason}", **values))


def _baselines(plan: Plan) -> Iterator[Finding]:
    for one in plan.indicators:
        baseline = one.target.baseline
        if baseline and baseline.value is None:
            yield finding("P202", one.place, say("“{name}” has no baseline.", name=one.name))
        elif baseline and baseline.approximate:
            message = say(
                "The baseline of “{name}” is approximate: {printed}.", name=one.name, printed=baseline.printed
            )
            yield finding("P202", one.place, message)
