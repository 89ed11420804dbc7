"""List what a department or region is asked to report, and recognise whose file was sent by its name."""

import re
from collections.abc import Iterable, Iterator, Mapping

from czurban.model.finding import Place
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, Reading, StageReport
from czurban.model.plan import Department, Plan
from czurban.model.task import Milestone, Task
from czurban.model.text import key


def indicators_of(plan: Plan, office: Department) -> tuple[Indicator, ...]:
    """Return the indicators that a department leads or may report, in the plan's order.

    A region is asked for those that it has targets of its own for, with these, and for those of the tasks that its
    groups share, except for a group that is only some regions (各有关县区).
    """
    if office.region:
        held, names = plan.for_region(office.region), plan.groups_of(office.region)
        names -= {group.name for group in plan.departments if group.is_of_some}
        tasks = [task for task in plan.tasks if names.intersection(task.departments)]
        shared = held.own_targets.union(*(task.quantities for task in tasks))
        numbers = {task.no for task in tasks}
        return tuple(
            each
            for each in held.indicators
            if each.id in shared or each.task in numbers or names.intersection((*each.leads, *each.reporters))
        )
    return tuple(indicator for indicator in plan.indicators if office.name in (*indicator.leads, *indicator.reporters))


def figures_of(plan: Plan, office: Department) -> tuple[Indicator, ...]:
    """Return what a department reports: indicators, and its own parts of indicators, each behind the whole."""
    figures = indicators_of(plan, office)
    parts = [part for part in plan.allotted if office.name in part.leads]
    order = {indicator.id: number for number, indicator in enumerate(plan.indicators)} if parts else {}
    return tuple(sorted((*figures, *parts), key=lambda each: order[each.whole or each.id])) if parts else figures


def milestones_of(plan: Plan, office: Department) -> tuple[tuple[Task, Milestone], ...]:
    """Return the milestones of a department's tasks: first of those that it leads, then of the others.

    What a group of regions shares is asked of its regions, except for milestones that begin with another's name.
    """
    if office.region:
        names = plan.groups_of(office.region)
        region = plan.regions.with_code(office.region)
        near = {*plan.regions.path(region), *plan.regions.descendants(region)} if region else set()
        others = tuple(name for each in plan.regions if each not in near for name in each.names if len(name) > 1)
        theirs = (task for task in plan.tasks if names.intersection(task.departments))
        return tuple((task, each) for task in theirs for each in task.milestones if not each.name.startswith(others))
    if plan.regions_of(office):
        return led_milestones(plan, office)
    tasks = sorted(plan.tasks, key=lambda task: office.name not in task.leads)
    ours = (task for task in tasks if office.name in task.departments)
    return tuple((task, milestone) for task in ours for milestone in task.milestones)


def led_milestones(plan: Plan, office: Department) -> tuple[tuple[Task, Milestone], ...]:
    """Return the milestones that a department has to report: those of the tasks that it leads."""
    return tuple((task, each) for task in plan.tasks if office.name in task.leads for each in task.milestones)


def not_asked(
    plan: Plan, office: Department, observations: Iterable[Observation], stages: Iterable[StageReport]
) -> Iterator[tuple[Place, str]]:
    """Yield the place and the name of what a region's form reports of another region, or is not asked to report."""
    figures = {indicator.id for indicator in indicators_of(plan, office)}
    milestones = {(task.no, key(milestone.name)) for task, milestone in milestones_of(plan, office)}
    region = plan.regions.with_code(office.region)
    for value in observations:
        elsewhere = value.sender or (value.region and plan.regions.find(value.region) != region)
        if value.reported is not Reading.NOTHING and (elsewhere or value.indicator not in figures):
            yield value.place, plan.by_id[value.indicator].name
    for stage in stages:
        if stage.sender or (stage.task, key(stage.milestone)) not in milestones:
            yield stage.place, stage.milestone


def named_in(file: str, plan: Plan) -> Department | None:
    """Return the unit that the name of a file has, as 市公安局（终稿）.ods does; None for none or several.

    A region that figures are asked of counts where no department is named.
    """
    known = plan.kept.setdefault(named_in, {})
    if file not in known:
        known[file] = _named_in(file, plan.department_names, 3) or _named_in(file, plan.county_names, 2)
    unit: Department | None = known[file]
    return unit


def _named_in(file: str, names: Mapping[str, Department], shortest: int) -> Department | None:
    name = re.split(r"[/\\]", file)[-1]
    stem = key(name.rpartition(".")[0] or name)
    inside = [name for name in names if len(name) >= shortest and name in stem]
    whole = {names[name] for name in inside if not any(name != other and name in other for other in inside)}
    return whole.pop() if len(whole) == 1 else None
