"""Put the tasks of a plan's text together: who leads each, what it is to deliver, and what is left open."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from czurban.model.finding import say
from czurban.model.task import TaskNo
from czurban.model.text import key
from czurban.reading.imports.clauses import is_english
from czurban.reading.imports.departments import Responsibility
from czurban.reading.imports.draft import Decision, DraftMilestone, DraftPart, DraftTask
from czurban.reading.imports.text.aims import open_aims
from czurban.reading.imports.text.outline import Outline, OutlineEntry, numbered


def parts_of(
    outline: Outline, quantities: Mapping[TaskNo, Sequence[str]], year: int | None, rules: Collection[str]
) -> Iterator[DraftPart]:
    """Yield the chapters with their tasks; `rules` are the printed words of rules that became indicators."""
    groups: dict[OutlineEntry | None, list[DraftTask]] = {}
    for no, task in numbered(outline.tasks):
        above = task.above[-1] if task.above else None
        groups.setdefault(above, []).append(_task(no, task, quantities.get(no, ()), year, rules))
    numbers: set[str] = set()
    for n, (above, tasks) in enumerate(groups.items(), 1):
        number = (above.label.number if above else "") or str(n)
        if number in numbers and above:
            number = "".join(each.label.number for each in above.above) + number
        numbers.add(number)
        yield DraftPart(no=number, title=above.title if above else outline.title, tasks=tasks)


def _task(
    no: TaskNo, entry: OutlineEntry, quantities: Sequence[str], year: int | None, rules: Collection[str]
) -> DraftTask:
    departments = entry.departments or Responsibility((), ())
    decisions = []
    if not departments.lead:
        message = say("No department is printed.")
        if departments.responsible:
            names = "、".join(departments.responsible)
            message = say("No lead is printed; responsible are {names}.", names=names)
        decisions.append(Decision("lead", message, say("Write the department that leads.")))
    milestones: dict[str, DraftMilestone] = {}
    deliverables: list[str] = []
    for paragraph in entry.body or entry.sentences:
        for milestone in _milestones(paragraph.text, entry.title, year):
            before = milestones.get(key(milestone.name))
            milestones[key(milestone.name)] = before.followed_by(milestone) if before else milestone
            deliverables += [milestone.name, *([milestone.printed] if is_english(milestone.printed) else [])]
    for paragraph in entry.sentences:
        decisions += open_aims(paragraph, "title", year, names=deliverables, rules=rules)
    return DraftTask(
        no=no,
        title=entry.title,
        measures=[paragraph.text for paragraph in entry.body],
        lead=departments.lead,
        responsible=departments.responsible,
        open=departments.is_open,
        quantities=quantities,
        milestones=tuple(milestones.values()),
        decisions=decisions,
    )


def _milestones(text: str, title: str, year: int | None) -> Iterator[DraftMilestone]:
    """Return the milestones of a task's text in their order; English ones may only be named in the title."""
    if is_english(text):
        from czurban.reading.imports.text.english_tasks import milestones_of  # noqa: PLC0415 - for English text alone

        return milestones_of(text, title, year)
    from czurban.reading.imports.text.milestones import milestones_in  # noqa: PLC0415 - for Chinese text alone

    return milestones_in(text, year)
