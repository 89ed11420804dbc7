"""What a department is asked for: the indicators it answers for and the milestones of its tasks."""

from czurban.model.department import Department
from czurban.model.indicator import Indicator
from czurban.model.plan import Plan
from czurban.model.task import Milestone, Task


def indicators_of(plan: Plan, office: Department) -> tuple[Indicator, ...]:
    """The indicators that a department leads or may report, in the plan's order."""
    return tuple(one for one in plan.indicators if office.name in (*one.leads, *one.reporters))


def milestones_of(plan: Plan, office: Department) -> tuple[tuple[Task, Milestone], ...]:
    """The milestones of the tasks a department is on: those it leads first, then those it shares."""
    tasks = sorted(plan.tasks, key=lambda task: office.name not in task.leads)
    return tuple((task, one) for task in tasks if office.name in task.departments for one in task.milestones)


def led_milestones(plan: Plan, office: Department) -> tuple[tuple[Task, Milestone], ...]:
    """The milestones a department has to report: those of the tasks it leads."""
    return tuple((task, one) for task, one in milestones_of(plan, office) if office.name in task.leads)
