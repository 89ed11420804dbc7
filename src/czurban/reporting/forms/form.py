"""Compose the form that a department fills in, before any format: its texts and the cells to fill in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from czurban.model.collection import FormMark, indicators_of, mark_of, milestones_of
from czurban.model.finding import say
from czurban.model.indicator import ADDS_UP, SHARES, Indicator
from czurban.model.period import Period
from czurban.model.plan import Department, Plan
from czurban.model.task import Milestone, Task
from czurban.model.text import short
from czurban.reporting.labels import period_text
from czurban.words.translator import Translator

STATUSES = ("快报", "年报", "修订")
_MOST_SHARE = 100


@dataclass(frozen=True, slots=True)
class Ask:
    """A cell to be filled in: a number (between bounds), one of some choices, or, with neither, any text.

    `title` and `prompt` are shown when the cell is selected, `refusal` when its content is not accepted.
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
    """A column: its heading, its width in characters, whether it has numbers and whether it is filled in."""

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
    """The form of a department."""

    mark: FormMark
    mark_note: str
    title: str
    tables: tuple[FormTable, ...]
    instructions_name: str
    instructions: tuple[str, ...]


def form_title(plan: Plan, department: Department, translate: Translator) -> str:
    """Return the title of a department's form."""
    return translate(say("{plan} · form of {name}"), plan=plan.title, name=department.name)


def figures_lines(
    plan: Plan, department: Department, translate: Translator, asked: Period | None = None
) -> tuple[str, ...]:
    """Return the lines above the figures."""
    period = period_text(asked or plan.period, translate)
    return (
        form_title(plan, department, translate),
        translate(say("Filled in by {name}; figures of {period}"), name=department.name, period=period),
        translate(say("Fill in the yellow cells only. Leave empty what you do not have; never write 0 for it.")),
    )


def milestones_lines(
    plan: Plan, department: Department, translate: Translator, asked: Period | None = None
) -> tuple[str, ...]:
    """Return the lines above the milestones."""
    period = period_text(asked or plan.period, translate)
    return (
        form_title(plan, department, translate),
        translate(say("Filled in by {name}; milestones of {period}"), name=department.name, period=period),
        translate(
            say("Choose the current stage in the yellow cells; for tasks that you share, fill in what you agreed on.")
        ),
    )


_STEPS = (
    say("1. Fill in the yellow cells only; all others are locked."),
    say("2. Type a number without its unit, which is in the same row. For 41.2 % type 41.2."),
    say("3. Leave a cell empty if there is no figure yet. An empty cell means “not reported”; 0 means zero."),
    say(
        "4. Status: choose 快报 for a preliminary figure, 年报 for a final one, 修订 for a correction of what you sent."
    ),
    say("5. Current stage: choose from the list the stage that is reached today, not the one that is planned."),
    say("6. Remarks, sources and reasons go to the note."),
    say("7. Save under any name and send the file back as it is. You may send part of it and the rest later."),
    say("8. To correct a figure later, send this form again with the new figure and the status 修订."),
    say("The form is for one department, one plan and one year. Do not copy another department's figures into it."),
)


def instructions(plan: Plan, department: Department, translate: Translator) -> tuple[str, ...]:
    """Return the page of instructions, one line a step; the first is its title."""
    title = translate(say("How {name} fills in this form"), name=department.name)
    return (title, plan.title, *map(translate, _STEPS))


def has_form(plan: Plan, department: Department) -> bool:
    """Return whether a department is asked for any figure or stage."""
    return bool(indicators_of(plan, department) or milestones_of(plan, department))


class PartOfYear(NamedTuple):
    """The part of the plan's time that a form is for, with what is due at its end, by the indicator's id."""

    period: Period
    due: Mapping[str, Fraction]


def form_of(plan: Plan, department: Department, translate: Translator, part: PartOfYear | None = None) -> Form:
    """Compose the form of a department for the plan's period; for a plan of several years it has a column for each.

    A form for a part of the year shows what is due at its end, and asks for nothing that exists at the end of the year
    alone.
    """
    tables = []
    led = [each for each in indicators_of(plan, department) if part is None or not each.annual]
    if led:
        tables.append(_figures(plan, department, led, translate, part))
    if owed := milestones_of(plan, department):
        tables.append(_milestones(plan, department, owed, translate, part))
    return Form(
        mark_of(plan, department, part.period if part else None),
        translate(say("do not change this line")),
        form_title(plan, department, translate),
        tuple(tables),
        translate(say("How to fill in")),
        instructions(plan, department, translate),
    )


def _figures(
    plan: Plan, department: Department, led: Iterable[Indicator], translate: Translator, part: PartOfYear | None
) -> FormTable:
    before = plan.baseline_period
    last = translate(say("{period} (for reference)"), period=period_text(before, translate)) if before else ""
    years = (part.period,) if part else plan.period.each_year()
    titles = [translate(say("{period} actual"), period=period_text(year, translate)) for year in years]
    columns = (
        FormColumn(translate(say("No.")), 8, number=True),
        FormColumn(translate(say("Indicator")), 38),
        FormColumn(translate(say("Belongs to (for reference)")), 17),
        FormColumn(translate(say("Unit")), 12),
        FormColumn(last or translate(say("Baseline (for reference)")), 20, number=True),
        FormColumn(translate(say("Target (for reference)")), 20, number=True),
        *([FormColumn(translate(say("Due by then (for reference)")), 20, number=True)] if part else []),
        *(FormColumn(title, 16, number=True, asked=True) for title in titles),
        FormColumn(translate(say("Status")), 10, asked=True),
        FormColumn(translate(say("Note")), 30, asked=True),
    )
    rows = tuple(_figure(department, indicator, len(years), translate, part) for indicator in led)
    lines = figures_lines(plan, department, translate, part.period if part else None)
    return FormTable(translate(say("Figures")), lines, columns, rows)


def _figure(
    department: Department, indicator: Indicator, years: int, translate: Translator, part: PartOfYear | None
) -> tuple[FormCell, ...]:
    """Return an indicator's row, with a cell to fill in for each year of the plan."""
    baseline = indicator.target.baseline
    home = indicator.category or (translate(say("Task {no}"), no=indicator.task) if indicator.task is not None else "")
    return (
        str(indicator.no) if indicator.no is not None else "",
        indicator.name,
        home,
        indicator.unit.name,
        baseline.printed if baseline else "—",
        str(indicator.target.interval),
        *([short(part.due[indicator.id]) if indicator.id in part.due else "—"] if part else []),
        *[_number(department, indicator, translate)] * years,
        Ask(choices=STATUSES, refusal=translate(say("Choose one of: {names}."), names=STATUSES)),
        Ask(),
    )


def _number(department: Department, indicator: Indicator, translate: Translator) -> Ask:
    """Ask for a number, within the bounds of its kind; a text such as 约190 can be kept after a question."""
    share = indicator.unit.is_share and indicator.kind in SHARES
    others = [name for name in indicator.leads if name != department.name]
    prompt = translate(say("Type the number in {unit}, without the unit."), unit=indicator.unit.name)
    if others:
        shared = say(" {names} lead this too: agree who of you fills it in.")
        prompt += translate(shared, names=tuple(others))
    return Ask(
        number=True,
        low=0 if share or indicator.kind in ADDS_UP else None,
        high=_MOST_SHARE if share else None,
        title=indicator.name,
        prompt=prompt,
        refusal=translate(
            say("A number in {unit} is expected here. Leave the cell empty if there is none; remarks go to the note."),
            unit=indicator.unit.name,
        ),
    )


def _milestones(
    plan: Plan,
    department: Department,
    owed: Iterable[tuple[Task, Milestone]],
    translate: Translator,
    part: PartOfYear | None,
) -> FormTable:
    columns = (
        FormColumn(translate(say("Task")), 36),
        FormColumn(translate(say("Milestone")), 44),
        FormColumn(translate(say("Your part (for reference)")), 15),
        FormColumn(translate(say("Stage asked for (for reference)")), 19),
        FormColumn(translate(say("Current stage")), 14, asked=True),
        FormColumn(translate(say("Note")), 34, asked=True),
    )
    rows = tuple(_milestone(plan, department, task, milestone, translate) for task, milestone in owed)
    return FormTable(
        translate(say("Milestones")),
        milestones_lines(plan, department, translate, part.period if part else None),
        columns,
        rows,
    )


def _milestone(
    plan: Plan, department: Department, task: Task, milestone: Milestone, translate: Translator
) -> tuple[FormCell, ...]:
    stages = plan.ladders.get(milestone.ladder, ())
    return (
        f"{translate(say('Task {no}'), no=task.no)} {task.title}",
        milestone.name,
        translate(say("leads")) if department.name in task.leads else translate(say("shares")),
        milestone.stage,
        Ask(choices=stages, refusal=translate(say("Choose one of: {names}."), names=tuple(stages))),
        Ask(),
    )
