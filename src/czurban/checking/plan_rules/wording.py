"""Rules about what the plan prints in several places."""

import re
from collections.abc import Iterator
from fractions import Fraction

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.indicator import Citation, Indicator
from czurban.model.message import say
from czurban.model.plan import Plan
from czurban.model.target import Basis, Direction, Interval
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


def same_direction(plan: Plan) -> Iterator[Finding]:
    """Where printed words say which side is met, the target says the same."""
    for one in plan.indicators:
        told = one.target.basis is Basis.INTERPRETED and one.target.reason
        for cited in one.cited:
            if cited.rule is None or told or _side(cited.rule) == _side(one.target.interval):
                continue
            values = {"at": cited.at, "printed": cited.printed, "rule": one.target.interval, "name": one.name}
            message = say(
                "{at} prints {printed}, and the target of “{name}” is {rule}, which is met otherwise.", **values
            )
            hint = say(
                "Write the target as {rule}, or give basis: interpreted and a reason.", rule=_as_printed(cited, one)
            )
            yield finding("P227", cited.place or one.place, message, hint)


def _side(rule: Interval) -> tuple[Direction, bool, bool]:
    return rule.direction, rule.low_open, rule.high_open


def _as_printed(cited: Citation, one: Indicator) -> str:
    """The target's figures with the printed direction."""
    own, rule = one.target.interval, cited.rule
    if rule is None or own.bound is None or rule.bound is None:
        return cited.printed
    low, high = (own.bound if end is not None else None for end in (rule.low, rule.high))
    return str(Interval(low, high, rule.low_open, rule.high_open))


def readable_figure(plan: Plan) -> Iterator[Finding]:
    """A printed figure can be read, so that it can be compared with the target."""
    for one in plan.indicators:
        for cited in one.cited:
            if cited.figure is None and cited.rule is None:
                message = say(
                    "{at} prints “{printed}”, in which no figure can be read.", at=cited.at, printed=cited.printed
                )
                hint = say("Write it as it is printed, in digits and with a known unit, such as 达到41%.")
                yield finding("P228", cited.place or one.place, message, hint)


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
