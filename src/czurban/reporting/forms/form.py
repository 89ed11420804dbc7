"""The form a department fills in, before any format: what it is told, what it is asked, and how it may answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from czurban.model.collection import FormMark, indicators_of, mark_of, milestones_of
from czurban.model.finding import say
from czurban.model.indicator import ADDS_UP, Indicator, IndicatorKind
from czurban.model.plan import Plan
from czurban.model.task import Department, Milestone, Task
from czurban.reporting.documents.reminder import figures_lines, instructions, milestones_lines, period_text
from czurban.words.translator import Translator

STATUSES = ("快报", "年报", "修订")
_MOST_SHARE = 100


@dataclass(frozen=True, slots=True)
class Ask:
    """A cell to be filled in: a number (between bounds), one of some choices, or, with neither, any text.

    `title` and `prompt` are shown to whoever stands in the cell, `refusal` to whoever typed something else.
    """

    number: bool = False
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()
    title: str = ""
    prompt: str = ""
    refusal: str = ""


FormCell = str | Ask


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column: its heading, its width in characters, whether it holds numbers and whether it is filled in."""

    title: str
    width: int
    number: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table with a name, the lines above it, and rows of texts and of cells to be filled in."""

    name: str
    lines: tuple[str, ...]
    columns: tuple[FormColumn, ...]
    rows: tuple[tuple[FormCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One department's form."""

    mark: FormMark
    mark_said: str
    title: str
    tables: tuple[FormTable, ...]
    instructions_name: str
    instructions: tuple[str, ...]


def has_form(plan: Plan, office: Department) -> bool:
    """Whether a department is asked for anything."""
    return bool(indicators_of(plan, office) or milestones_of(plan, office))


def form_of(plan: Plan, office: Department, translate: Translator) -> Form:
    """Compose the form of a department, for the period the plan is for."""
    tables = []
    if led := indicators_of(plan, office):
        tables.append(_figures(plan, office, led, translate))
    if owed := milestones_of(plan, office):
        tables.append(_milestones(plan, office, owed, translate))
    return Form(
        mark_of(plan, office),
        translate(say("do not change this line")),
        translate(say("{plan} · form of {name}"), plan=plan.title, name=office.name),
        tuple(tables),
        translate(say("How to fill in")),
        instructions(plan, office, translate),
    )


def _figures(plan: Plan, office: Department, led: Iterable[Indicator], translate: Translator) -> FormTable:
    before = plan.baseline_period
    last = translate(say("{period} (for reference)"), period=period_text(before, translate)) if before else ""
    columns = (
        FormColumn(translate(say("No.")), 8, number=True),
        FormColumn(translate(say("Indicator")), 38),
        FormColumn(translate(say("Belongs to (for reference)")), 17),
        FormColumn(translate(say("Unit")), 12),
        FormColumn(last or translate(say("Baseline (for reference)")), 20, number=True),
        FormColumn(translate(say("Target (for reference)")), 20, number=True),
        FormColumn(
            translate(say("{period} actual"), period=period_text(plan.period, translate)), 16, number=True, asked=True
        ),
        FormColumn(translate(say("Status")), 10, asked=True),
        FormColumn(translate(say("Note")), 30, asked=True),
    )
    rows = tuple(_figure(office, one, translate) for one in led)
    return FormTable(translate(say("Figures")), figures_lines(plan, office, translate), columns, rows)


def _figure(office: Department, one: Indicator, translate: Translator) -> tuple[FormCell, ...]:
    baseline = one.target.baseline
    home = one.category or (translate(say("Task {no}"), no=one.task) if one.task is not None else "")
    return (
        str(one.no) if one.no is not None else "",
        one.name,
        home,
        one.unit.name,
        baseline.printed if baseline else "—",
        str(one.target.interval),
        _number(office, one, translate),
        Ask(choices=STATUSES, refusal=translate(say("Choose one of: {names}."), names="、".join(STATUSES))),
        Ask(),
    )


def _number(office: Department, one: Indicator, translate: Translator) -> Ask:
    """Any number, save what no figure of its kind can be; a text such as 约190 may be kept after a question."""
    share = one.unit.is_share and one.kind is IndicatorKind.RATE
    others = [name for name in one.leads if name != office.name]
    prompt = translate(say("Type the number in {unit}, without the unit."), unit=one.unit.name)
    if others:
        shared = say(" {names} lead this too: agree who of you fills it in.")
        prompt += translate(shared, names="、".join(others))
    return Ask(
        number=True,
        low=0 if share or one.kind in ADDS_UP else None,
        high=_MOST_SHARE if share else None,
        title=one.name,
        prompt=prompt,
        refusal=translate(
            say("A number in {unit} is expected here. Leave the cell empty if there is none; remarks go to the note."),
            unit=one.unit.name,
        ),
    )


def _milestones(
    plan: Plan, office: Department, owed: Iterable[tuple[Task, Milestone]], translate: Translator
) -> FormTable:
    columns = (
        FormColumn(translate(say("Task")), 36),
        FormColumn(translate(say("Milestone")), 44),
        FormColumn(translate(say("Your part (for reference)")), 15),
        FormColumn(translate(say("Stage asked for (for reference)")), 19),
        FormColumn(translate(say("Current stage")), 14, asked=True),
        FormColumn(translate(say("Note")), 34, asked=True),
    )
    rows = tuple(_milestone(plan, office, task, one, translate) for task, one in owed)
    return FormTable(translate(say("Milestones")), milestones_lines(plan, office, translate), columns, rows)


def _milestone(
    plan: Plan, office: Department, task: Task, one: Milestone, translate: Translator
) -> tuple[FormCell, ...]:
    stages = plan.ladders.get(one.ladder, ())
    return (
        f"{translate(say('Task {no}'), no=task.no)} {task.title}",
        one.name,
        translate(say("leads")) if office.name in task.leads else translate(say("shares")),
        one.stage,
        Ask(choices=stages, refusal=translate(say("Choose one of: {names}."), names="、".join(stages))),
        Ask(),
    )
