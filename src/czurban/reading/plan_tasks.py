"""Tasks of tasks.yaml: departments, quantities, ladders and stages resolved."""

from collections.abc import Sequence

from czurban.model.message import say
from czurban.model.task import Milestone, Part, Task
from czurban.reading.plan_added import added_departments
from czurban.reading.plan_book import Book, Names, Path
from czurban.reading.shapes import IndicatorShape, TaskShape, TasksShape


class Tasks:
    """Builds the tasks of one plan."""

    def __init__(self, book: Book, shape: TasksShape, ids: Names) -> None:
        self.book = book
        self.shape = shape
        self.ids = ids
        self.ladders = Names(list(shape.ladders))
        self.stages = {name: Names(stages) for name, stages in shape.ladders.items()}
        for names in (self.ladders, *self.stages.values()):
            names.open = "ladders" in book.dropped

    def build(self) -> tuple[tuple[Part, ...], tuple[Task, ...]]:
        """Build the parts and all their tasks, in order."""
        parts, tasks, numbers = [], [], Names()
        for p, shape in enumerate(self.shape.parts):
            parts.append(part := Part(shape.no, shape.title))
            for t, task in enumerate(shape.tasks):
                at = ("parts", p, "tasks", t)
                self.book.take_new(numbers, str(task.no), task.title, "tasks", (*at, "no"))
                tasks.append(self._task(task, part, at))
        return tuple(parts), tuple(tasks)

    def _task(self, shape: TaskShape, part: Part, at: Path) -> Task:
        quantities = [
            self.book.refer(name, self.ids, "tasks", (*at, "quantities", n)) for n, name in enumerate(shape.quantities)
        ]
        leads = self.book.lead(shape.lead, "tasks", (*at, "lead"))
        responsible = self.book.lead(shape.responsible, "tasks", (*at, "responsible"))
        return Task(
            no=shape.no,
            title=shape.title,
            part=part,
            leads=leads,
            responsible=responsible,
            open=shape.open,
            added=added_departments(shape.added, leads, responsible, self.book, at),
            quantities=tuple(quantities),
            milestones=tuple(self._milestone(shape, m, at) for m in range(len(shape.milestones))),
            place=self.book.place("tasks", at),
        )

    def _milestone(self, task: TaskShape, m: int, at: Path) -> Milestone:
        shape, here = task.milestones[m], (*at, "milestones", m)
        ladder = self.book.refer(shape.ladder, self.ladders, "tasks", (*here, "ladder"))
        stage = shape.stage
        if stages := self.stages.get(ladder):
            stage = self.book.refer(stage, stages, "tasks", (*here, "stage"))
        return Milestone(shape.name, ladder, stage, shape.printed, shape.commitment, self.book.place("tasks", here))


def check_tasks_exist(book: Book, indicators: Sequence[IndicatorShape], tasks: tuple[Task, ...]) -> None:
    """Tell of indicators that stand under a task the plan does not have."""
    numbers = {task.no for task in tasks}
    for i, shape in enumerate(indicators):
        if shape.task is not None and shape.task not in numbers:
            message = say("There is no task {no}.", no=shape.task)
            book.tell("P111", "targets", ("indicators", i, "task"), message, say("Tasks stand in tasks.yaml."))
