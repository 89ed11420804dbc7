"""The three files of a plan, once their shape is right, to one Plan."""

from collections.abc import Collection, Sequence

from czurban.model.department import Department
from czurban.model.finding import Findings
from czurban.model.formula import Formula
from czurban.model.indicator import Indicator
from czurban.model.message import Message, say
from czurban.model.period import Period, parse_period
from czurban.model.plan import Plan
from czurban.model.task import Part, Task
from czurban.model.text import key
from czurban.reading.marked_yaml import Marked
from czurban.reading.plan_book import Book, Names
from czurban.reading.plan_indicators import Indicators
from czurban.reading.plan_tasks import Tasks, check_tasks_exist
from czurban.reading.plan_units import build_units
from czurban.reading.shapes import DepartmentsShape, TargetsShape, TasksShape, WordsShape, keys_of


def build_plan(
    folder: str,
    targets: tuple[TargetsShape, Marked],
    departments: tuple[DepartmentsShape, Marked],
    tasks: tuple[TasksShape, Marked] | None,
    dropped: Collection[str] = (),
) -> tuple[Plan | None, Findings]:
    """Build as much of the plan as has sense; the findings say what is left out and why.

    Args:
        folder: where the files lie, for places.
        targets: targets.yaml, as its shape and its tree; the others likewise.
        departments: departments.yaml.
        tasks: tasks.yaml, if there is one.
        dropped: lists of which entries were left out already; what refers to one of those is not a fault of its own.
    """
    roots = {"targets": targets[1], "departments": departments[1], "tasks": tasks[1] if tasks else targets[1]}
    book = Book(folder, roots, dropped)
    shape = targets[0]
    offices = _departments(departments[0], book)
    book.offices.open = not {"departments", "groups"}.isdisjoint(dropped)
    units = build_units(shape.units, book)
    period = book.period(shape.plan.period, ("plan", "period"))
    categories = Names()
    for n, name in enumerate(shape.categories):
        book.take_new(categories, name, name, "targets", ("categories", n))
    ids = Names([one.id for one in shape.indicators])
    categories.open, ids.open = "categories" in dropped, "indicators" in dropped
    builder = Indicators(book, units, categories)
    indicators = [builder.build(i, one) for i, one in enumerate(shape.indicators)]
    parts, work = _tasks(tasks[0] if tasks else None, shape, book, ids)
    baseline = parse_period(shape.plan.baseline_period or "")
    formulas = _formulas(shape, book, ids, (period, baseline))
    _refer_adding(indicators, book, ids)
    if period is None:
        return None, tuple(book.findings)
    return Plan(
        title=shape.plan.title,
        region=shape.plan.region,
        period=period,
        baseline_period=baseline,
        categories=tuple(shape.categories),
        indicators=tuple(one for one in indicators if one),
        departments=offices,
        parts=parts,
        tasks=work,
        ladders={name: tuple(stages) for name, stages in tasks[0].ladders.items()} if tasks else {},
        units=units,
        formulas=formulas,
        source=folder,
        words=_words(shape.words, book) if shape.words else {},
    ), tuple(book.findings)


def _words(shape: WordsShape, book: Book) -> dict[str, str]:
    """The plan's own header words; one that means something already keeps its meaning."""
    from czurban.reading.header_words import LABELS, Field, field_of  # noqa: PLC0415 - few plans have any

    found: dict[str, str] = {}
    for name in keys_of(WordsShape):
        for n, word in enumerate(getattr(shape, name)):
            known = field_of(word)
            other = str(known) if known else found.setdefault(key(word), name)
            if other != name:
                label = LABELS[Field(other)]
                message = say(
                    "The header word “{word}” means something already: {field}.", word=word, field=Message(label)
                )
                book.tell("P110", "targets", ("words", name, n), message, say("Leave it out."))
    return found


def _formulas(
    shape: TargetsShape, book: Book, ids: Names, periods: tuple[Period | None, Period | None]
) -> tuple[Formula, ...]:
    if all(one.formula is None for one in shape.indicators):
        return ()
    from czurban.reading.plan_formulas import build_formulas  # noqa: PLC0415 - many plans have no formula

    return build_formulas(shape.indicators, book, ids, periods)


def _refer_adding(indicators: Sequence[Indicator | None], book: Book, ids: Names) -> None:
    """What parts are added up by are indicators of the plan."""
    for i, one in enumerate(indicators):
        for name in one.adds.by if one and one.adds else ():
            book.refer(name, ids, "targets", ("indicators", i, "adds"))


def _tasks(
    shape: TasksShape | None, targets: TargetsShape, book: Book, ids: Names
) -> tuple[tuple[Part, ...], tuple[Task, ...]]:
    parts, work = Tasks(book, shape, ids).build() if shape else ((), ())
    if "parts" not in book.dropped:
        check_tasks_exist(book, targets.indicators, work)
    return parts, work


def _departments(shape: DepartmentsShape, book: Book) -> tuple[Department, ...]:
    found = []
    for name, shapes in (("departments", shape.departments), ("groups", shape.groups)):
        for i, one in enumerate(shapes):
            book.take_all(book.offices, one.name, one.aliases, "departments", (name, i))
            place = book.place("departments", (name, i))
            found.append(Department(one.name, tuple(one.aliases), name == "groups", place))
    return tuple(found)
