"""Rules on the paths of targets and milestones: what is due at the ends of periods before the deadline."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, say
from czurban.model.indicator import LEVELS, SUMS, Indicator
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.task import Milestone, StagePoint
from czurban.model.text import exact, key
from czurban.model.years import PathPoint

Point = PathPoint | StagePoint


def within_its_time(plan: Plan) -> Iterator[Finding]:
    """Every point of a path lies within the time of its target, and has a time of its own."""
    for indicator in plan.indicators:
        yield from _outside(indicator.target.path, plan.period, indicator.target.deadline, indicator.name)
    for milestone in _milestones(plan):
        yield from _outside(milestone.path, plan.period, plan.period, milestone.name)


def _outside(path: Sequence[Point], plan: Period, deadline: Period, name: str) -> Iterator[Finding]:
    hint = say("Give each point a time of its own, not after {end}.", end=deadline)
    for point in path:
        if not plan.start <= point.period.end <= deadline.end:
            message = say("The path of “{name}” has a point at {period}.", name=name, period=point.period)
            yield finding("P231", point.place, message, hint)
    for before, after in pairwise(path):
        if before.period.until == after.period.until:
            message = say("The path of “{name}” has two points at the end of {period}.", name=name, period=after.period)
            yield finding("P231", after.place, message, hint)


def leads_to_the_target(plan: Plan) -> Iterator[Finding]:
    """A path leads to its target and not beyond it."""
    for indicator in plan.indicators:
        for point in indicator.target.path:
            if message := _not_leading(indicator, point):
                rule = f"{indicator.target.interval}{indicator.unit.name}"
                yield finding("P232", point.place, message, say("The target is {rule}.", rule=rule))
    for milestone in _milestones(plan):
        rungs = _rungs(milestone, plan)
        for stage in milestone.path:
            if rungs.get(key(stage.stage), -1) > rungs.get(key(milestone.stage), len(rungs)):
                message = say(
                    "The path of “{name}” asks for “{stage}”, which comes after “{asked}”.",
                    name=milestone.name,
                    stage=stage.stage,
                    asked=milestone.stage,
                )
                yield finding("P232", stage.place, message, say("Ask for no more than the plan does."))


def _not_leading(indicator: Indicator, point: PathPoint) -> Message | None:
    """Return why a point does not lead to the target."""
    figure, target = indicator.due_at(point), indicator.target
    if figure is None:
        return say("“{name}” has no baseline, from which a share of the way could be taken.", name=indicator.name)
    values = {
        "name": indicator.name,
        "period": point.period,
        "figure": f"{exact(figure)}{indicator.unit.name}",
    }
    if point.period.end == target.deadline.end and figure not in target.interval:
        return say("The path of “{name}” ends at {figure} in {period}, which is not the target.", **values)
    whole = target.interval.sum_edge(Fraction(0)) if indicator.kind in SUMS else None
    if (whole is not None and figure > whole) or (point.share is not None and point.share > 1):
        return say("The path of “{name}” asks for {figure} at {period}, which is beyond the target.", **values)
    return None


def goes_on(plan: Plan) -> Iterator[Finding]:
    """A path never goes back."""
    hint = say("Put the points in their order.")
    for indicator in plan.indicators:
        unit = indicator.unit.name
        for (_, before), (point, after) in pairwise(_figures(indicator)):
            back = after < before if indicator.kind in SUMS else indicator.target.interval.worse(after, before)
            if back and point:
                texts = (f"{exact(before)}{unit}", f"{exact(after)}{unit}")
                yield finding("P233", point.place, _goes_back(indicator.name, *texts), hint)
    for milestone in _milestones(plan):
        rungs = _rungs(milestone, plan)
        for stage, later in pairwise(milestone.path):
            if rungs.get(key(later.stage), len(rungs)) < rungs.get(key(stage.stage), 0):
                yield finding("P233", later.place, _goes_back(milestone.name, stage.stage, later.stage), hint)


def _goes_back(name: str, before: str, after: str) -> Message:
    return say("The path of “{name}” goes back from {before} to {after}.", name=name, before=before, after=after)


def _figures(indicator: Indicator) -> list[tuple[PathPoint | None, Fraction]]:
    """Return what the points ask for, in order of time; those of levels after the baseline."""
    target = indicator.target
    figures = [(point, figure) for point in target.path if (figure := indicator.due_at(point)) is not None]
    base = target.baseline_value
    if indicator.kind not in LEVELS or base is None or base in target.interval:
        return list(figures)
    return [(None, base), *figures]


def has_a_line(plan: Plan) -> Iterator[Finding]:
    """Only sums and levels have a path."""
    for indicator in plan.indicators:
        if indicator.target.path and (indicator.annual or indicator.kind not in SUMS | LEVELS):
            message = say("Nothing is due of “{name}” within the year, and it has a path.", name=indicator.name)
            hint = say("Leave out path:, or correct kind: or annual:.")
            yield finding("P234", indicator.target.path[0].place, message, hint)


def _milestones(plan: Plan) -> Iterator[Milestone]:
    return (milestone for task in plan.tasks for milestone in task.milestones)


def _rungs(milestone: Milestone, plan: Plan) -> dict[str, int]:
    return {key(stage): number for number, stage in enumerate(plan.ladders.get(milestone.ladder, ()))}
