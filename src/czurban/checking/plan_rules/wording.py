"""Rules about what the plan prints in several places."""

import re
from collections.abc import Iterator
from fractions import Fraction

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.indicator import Citation, Indicator
from czurban.model.message import say
from czurban.model.plan import Plan
from czurban.model.task import Commitment
from czurban.model.text import key

_TRIES = re.compile(r"争取|力争|探索|\b(?:strive|explore|aim to)\b")


def cited_alike(plan: Plan) -> Iterator[Finding]:
    """Every place that cites a figure prints the same one, whatever its unit."""
    for one in plan.indicators:
        bound = one.target.interval.bound
        for cited in one.cited:
            if bound is not None and cited.figure is not None and _figure(cited, one) != Fraction(bound):
                values = {"at": cited.at, "printed": cited.printed, "rule": one.target.interval, "unit": one.unit.name}
                message = say("{at} prints {printed}, and the target is {rule} {unit}.", **values)
                hint = say("One of the two is a slip, or they are two quantities and need an entry each.")
                yield finding("P204", cited.place or one.place, message, hint)


def _figure(cited: Citation, one: Indicator) -> Fraction | None:
    """The cited figure in the indicator's unit; None where it measures something else."""
    if cited.figure is None or (cited.unit and cited.unit.dimension != one.unit.dimension):
        return None
    return (cited.unit or one.unit).convert(cited.figure, one.unit)


def known_wording(plan: Plan) -> Iterator[Finding]:
    """Every wording that the plan uses for an indicator is its name or an alias."""
    for one in plan.indicators:
        names = {key(name) for name in one.names}
        for cited in one.cited:
            if key(cited.wording) not in names:
                values = {"at": cited.at, "wording": cited.wording, "name": one.name}
                message = say("{at} calls “{name}” “{wording}”, which is not among its aliases.", **values)
                hint = say("Add it to aliases, so that whoever reports it so is understood.")
                yield finding("P205", cited.place or one.place, message, hint)


def no_firm_aspiration(plan: Plan) -> Iterator[Finding]:
    """A deliverable that the plan only tries for is not marked as firm."""
    for task in plan.tasks:
        for milestone in task.milestones:
            word = _TRIES.search(milestone.printed)
            if word and milestone.commitment is Commitment.FIRM:
                message = say("“{name}” is printed with “{word}” but is firm.", name=milestone.name, word=word[0])
                hint = say("Write commitment: aspiration; an aspiration binds nobody.")
                yield finding("P211", milestone.place or task.place, message, hint)
