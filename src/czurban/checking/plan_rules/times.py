"""Check times: the plan's period, deadlines and baselines, kinds, and what is due earlier on paths and in steps."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, say
from czurban.model.indicator import LEVELS, SUMS, Indicator, IndicatorKind
from czurban.model.period import Period, periods_in
from czurban.model.plan import Plan
from czurban.model.target import Interval, Step
from czurban.model.target.sums import sum_edge
from czurban.model.task import Milestone, StagePoint, Task
from czurban.model.text import exact, key
from czurban.model.unit import powers_of
from czurban.model.years import OverYears, PathPoint

_OLDEST = 10
_MOVING = frozenset({OverYears.EACH_YEAR, OverYears.MEAN, OverYears.MEAN_GROWTH})
"""Kinds of targets whose steps may rise and fall, since each is for a year, or a mean, of its own."""


_DUE = re.compile(r"到(20\d\d)年|(20\d\d)年(?:底|末|[上下]半年|\d{1,2}月[底末]?)?[之以]?前|\bby (?:[a-z ]+)?(20\d\d)\b")
"""Words for a date by which something is due."""


def period_of_title(plan: Plan) -> Iterator[Finding]:
    """The plan's period is one that its title states."""
    stated = periods_in(plan.title).periods
    if stated and not any(_overlap(period, plan.period) for period in stated):
        years = "、".join(sorted(str(period) for period in stated))
        message = say("The plan is of {period}, and its title says {years}.", period=plan.period, years=years)
        yield finding("P240", plan.places.get("period"), message, say("Correct the one that is wrong."))


def _overlap(period: Period, other: Period) -> bool:
    return period.start <= other.end and other.start <= period.end


def deadline_within_plan(plan: Plan) -> Iterator[Finding]:
    """A deadline lies within the plan's period."""
    deadline, year = say("Correct the deadline, or the period."), say("Correct the year, or the period.")
    for indicator in plan.indicators:
        if not _is_in(indicator.target.deadline, plan.period):
            message = _due_elsewhere(indicator.name, indicator.target.deadline, plan)
            yield finding("P241", indicator.place_of("deadline"), message, deadline)
        for cited in indicator.cited:
            if earlier := _earlier_year(cited.printed, plan.period):
                message = _due_elsewhere(cited.printed, earlier, plan)
                yield finding("P241", cited.place or indicator.place, message, year)
    for _, milestone in milestones_of(plan):
        due = milestone.deadline
        if due and not _is_in(due, plan.period):
            yield finding("P241", milestone.path[-1].place, _due_elsewhere(milestone.name, str(due), plan), deadline)
        elif not due and (earlier := _earlier_year(milestone.printed, plan.period)):
            yield finding("P241", milestone.place, _due_elsewhere(milestone.name, earlier, plan), deadline)


def _due_elsewhere(name: str, deadline: object, plan: Plan) -> Message:
    values = {"name": name, "deadline": deadline, "period": plan.period}
    return say("“{name}” is due in {deadline}, and the plan is of {period}.", **values)


def _is_in(deadline: Period, period: Period) -> bool:
    return period.start <= deadline.end <= period.end


def _earlier_year(printed: str, period: Period) -> str | None:
    """Return the year before the plan by whose end something is printed as due: 到2025年, 2025年6月底前."""
    match = _DUE.search(printed)
    year = next((each for each in match.groups() if each), None) if match else None
    return year if year and int(year) < period.year else None


def baselines_before_plan(plan: Plan) -> Iterator[Finding]:
    """The plan's baselines are of a time before it, and at most ten years before."""
    base, period = plan.baseline_period, plan.period
    if base is None:
        return
    values = {"base": base, "period": period}
    if base.end >= period.start:
        message = say("The baselines are of {base}, which is not before {period}.", **values)
    elif period.year - base.end[0] > _OLDEST:
        message = say("The baselines are of {base}, more than ten years before {period}.", **values)
    else:
        return
    yield finding("P242", plan.places.get("baseline_period"), message, say("Correct the year."))


_LEVEL_NAME = re.compile(r"(?:参保人数|常住人口|户籍人口|总人口|保有量|存量)(?:数)?$")
_ADDED_NAME = re.compile(r"^(?:当年|年度|全年)?(?:新增|净增)")

_PEOPLE = frozenset({"person", "household"})
"""Amounts per person and household may add up over the year: 人均可支配收入."""


def fitting_kind(plan: Plan) -> Iterator[Finding]:
    """The kind of an indicator fits its unit and its name."""
    for indicator in plan.indicators:
        if trouble := _kind_trouble(indicator):
            hint = say("Correct kind:, or the unit; docs/reference/plan-format.md lists the kinds.")
            yield finding("P248", indicator.place_of("kind"), trouble, hint)


def _kind_trouble(indicator: Indicator) -> Message | None:
    """Return why the kind of an indicator is most likely another."""
    kind, name, unit = indicator.kind, indicator.name, indicator.unit
    values = {"name": name, "unit": unit.name, "kind": kind}
    if unit.is_share and kind in (IndicatorKind.STOCK, IndicatorKind.WORKS):
        return say("“{name}” is in {unit}, so it is no {kind}, which is an amount.", **values)
    if kind in SUMS and _PEOPLE.isdisjoint(powers_of(unit.dimension)) and unit.is_ratio:
        return say("“{name}” is in {unit}, a ratio, so it is no {kind}, which adds up.", **values)
    if unit.dimension == "person" and kind is IndicatorKind.RATE and not indicator.is_averaged:
        return say("“{name}” is in {unit}, so it is no {kind}, which is a quotient.", **values)
    if kind is IndicatorKind.STOCK and _ADDED_NAME.match(name):
        return say("“{name}” is added over the year, so it is no {kind}, which is a level.", **values)
    if kind is IndicatorKind.FLOW and _LEVEL_NAME.search(name) and not re.search("[新净]增", name):
        return say("“{name}” is a level, so it is no {kind}, which is counted from 1 January.", **values)
    return None


def steps_lead_to_target(plan: Plan) -> Iterator[Finding]:
    """The steps of a target lie within the plan and lead to the target."""
    for indicator in plan.indicators:
        if indicator.target.steps:
            yield from (
                finding("P229", indicator.place_of("steps"), message, hint)
                for message, hint in (*_dates(indicator, plan), *_rules(indicator))
            )


def _dates(indicator: Indicator, plan: Plan) -> Iterator[tuple[Message, Message]]:
    """Yield what is wrong with the dates of steps."""
    target, name = indicator.target, indicator.name
    for step in target.steps:
        values = {"date": step.deadline, "name": name, "rule": step.interval, "target": target.interval}
        values |= {"period": plan.period, "deadline": target.deadline}
        if not plan.period.includes(step.deadline):
            message = say("The step of {date} for “{name}” is outside {period}.", **values)
            yield message, say("Take a date within the plan.")
        elif step.deadline.end > target.deadline.end:
            message = say("The step of {date} for “{name}” is after its deadline, {deadline}.", **values)
            yield message, say("Take a date before it.")
        elif step.deadline.end == target.deadline.end and step.interval != target.interval:
            message = say(
                "The step of {date} for “{name}” is {rule}, and the target of that date is {target}.", **values
            )
            yield message, say("Write the same rule twice, or leave this step out.")
    for before, after in pairwise(target.steps):
        if before.deadline.end == after.deadline.end:
            message = say("“{name}” has two steps of {date}.", name=name, date=after.deadline)
            yield message, say("Keep one of the two.")


def _leads_to(step: Step, target: Interval) -> bool:
    """Return whether a step has the direction of the target, or none but a single value of its own is asked for."""
    is_point = target.low is not None and target.low == target.high and Fraction(target.low) in step.interval
    return step.interval.same_direction(target) or is_point


def _rules(indicator: Indicator) -> Iterator[tuple[Message, Message]]:
    """Yield the steps with another direction than the target, or that lead away from it."""
    target, name = indicator.target, indicator.name
    others = [step for step in target.steps if not _leads_to(step, target.interval)]
    for step in others:
        values = {"date": step.deadline, "name": name, "rule": step.interval, "target": target.interval}
        message = say(
            "The step of {date} for “{name}” is {rule}, and the target {target} has another direction.", **values
        )
        yield message, say("Write both with the same sign, such as ≥63 and ≥65.")
    if not others and target.over not in _MOVING and (back := _back(indicator)):
        values = {"name": name, "before": back[0], "after": back[1]}
        message = say("The steps of “{name}” lead back from {before} to {after}.", **values)
        yield message, say("Steps lead from the baseline to the target without a turn; check their figures and dates.")


def _back(indicator: Indicator) -> tuple[str, str] | None:
    """Return the first two figures between which a target turns away, on its way from the baseline over its steps."""
    target = indicator.target
    steps: Sequence[Step] = (*target.steps, Step(target.deadline, target.interval))
    bounds = [(str(step.interval), step.interval.exact_bound) for step in steps]
    start = target.baseline_value
    if start is not None and not target.over.starts_at_zero and target.baseline:
        bounds.insert(0, (target.baseline.printed, start))
    known = [(text, bound) for text, bound in bounds if bound is not None]
    way = _sign(known[-1][1] - known[0][1]) if known else 0
    for (before, low), (after, high) in pairwise(known):
        turn = _sign(high - low)
        if turn and turn != way:
            return before, after
    first, last = target.steps[0].interval.exact_bound, target.interval.exact_bound
    if (start is None or target.over.starts_at_zero) and first is not None and last is not None:
        return (known[0][0], known[-1][0]) if target.interval.worse(last, first) else None
    return None


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def baseline_before_plan(plan: Plan) -> Iterator[Finding]:
    """The year of a baseline is at most ten years before the plan, and not in it."""
    for indicator in plan.indicators:
        baseline = indicator.target.baseline
        if baseline is None or baseline.period is None:
            continue
        values = {"name": indicator.name, "year": baseline.period, "period": plan.period}
        if baseline.period.end >= plan.period.start:
            message = say("The baseline of “{name}” is of {year}, which is not before {period}.", **values)
            yield finding("P230", indicator.place_of("baseline"), message, say("Give a year before the plan begins."))
        elif plan.period.year - baseline.period.end[0] > _OLDEST:
            message = say("The baseline of “{name}” is of {year}, more than ten years before {period}.", **values)
            yield finding("P230", indicator.place_of("baseline"), message, say("Check the year."))


Point = PathPoint | StagePoint


def within_its_time(plan: Plan) -> Iterator[Finding]:
    """Every point of a path lies within the time of its target, and has a time of its own."""
    for indicator in plan.indicators:
        yield from _outside(indicator.target.path, plan.period, indicator.target.deadline, indicator.name)
    for _, milestone in milestones_of(plan):
        due = milestone.deadline
        path = milestone.path[:-1] if due and not _is_in(due, plan.period) else milestone.path
        yield from _outside(path, plan.period, plan.period, milestone.name)


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
    for _, milestone in milestones_of(plan):
        rungs = _rungs(milestone, plan)
        for stage in milestone.path:
            if rungs.get(key(stage.stage), -1) > rungs.get(key(milestone.stage), len(rungs)):
                values = {"name": milestone.name, "stage": stage.stage, "asked": milestone.stage}
                message = say("The path of “{name}” asks for “{stage}”, which comes after “{asked}”.", **values)
                yield finding("P232", stage.place, message, say("Ask for no more than the plan does."))


def _not_leading(indicator: Indicator, point: PathPoint) -> Message | None:
    """Return why a point does not lead to the target."""
    figure, target = indicator.due_at(point), indicator.target
    if figure is None:
        return say("“{name}” has no baseline, from which a share of the way could be taken.", name=indicator.name)
    values = {"name": indicator.name, "period": point.period, "figure": f"{exact(figure)}{indicator.unit.name}"}
    if point.period.end == target.deadline.end and figure not in target.interval:
        return say("The path of “{name}” ends at {figure} in {period}, which is not the target.", **values)
    whole = sum_edge(target.interval) if indicator.kind in SUMS else None
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
    for _, milestone in milestones_of(plan):
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


def milestones_of(plan: Plan) -> Iterator[tuple[Task, Milestone]]:
    """Yield every milestone with its task, in the plan's order."""
    return ((task, milestone) for task in plan.tasks for milestone in task.milestones)


def _rungs(milestone: Milestone, plan: Plan) -> dict[str, int]:
    return {key(stage): number for number, stage in enumerate(plan.ladders.get(milestone.ladder, ()))}
