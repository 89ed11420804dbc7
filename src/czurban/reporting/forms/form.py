"""Compose the form that a department fills in, before any format: its texts and the cells to fill in."""

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from czurban.model.collection.asked import figures_of, milestones_of
from czurban.model.collection.form_mark import FormMark, mark_of
from czurban.model.finding import Message, mark, say
from czurban.model.indicator import ADDS_UP, SHARES, Indicator, IndicatorKind
from czurban.model.over_time.rates import short
from czurban.model.period import Period
from czurban.model.plan import Department, Plan
from czurban.model.task import Milestone, Task
from czurban.reporting.labels import date_text, end_text, figure, period_text, persons_text
from czurban.words.translator import Translator

STATUSES = (mark("preliminary"), mark("final"), mark("revised"))
_FAR = 8
"""How many times a figure may be as large as the plan's own, or as small, before a form asks about it."""
_MOST_SHARE = 100


@dataclass(frozen=True, slots=True)
class Ask:
    """A cell to be filled in: a number (between bounds), one of some choices, or, with neither, any text.

    `usual` is the range of numbers that are not far off the plan's own figures. `title` and `prompt` are shown when the
    cell is selected, `refusal` when its content is not accepted.
    """

    number: bool = False
    low: int | None = None
    high: int | None = None
    usual: tuple[Fraction, Fraction | None] | None = None
    choices: tuple[str, ...] = ()
    title: str = ""
    prompt: str = ""
    refusal: str = ""


FormCell = str | Ask
FormLine = str | tuple[str, ...]
"""A line above a table; a tuple has labels behind which something is written, such as who filled in the form."""


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
    lines: tuple[FormLine, ...]
    columns: tuple[FormColumn, ...]
    rows: tuple[tuple[FormCell, ...], ...]

    def with_column(self, at: int, column: FormColumn, cells: Sequence[str]) -> "FormTable":
        """Return the table with a further column of texts at a place."""
        rows = tuple((*row[:at], cell, *row[at:]) for row, cell in zip(self.rows, cells, strict=True))
        return replace(self, columns=(*self.columns[:at], column, *self.columns[at:]), rows=rows)


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


_SIGNED_BY = (say("Filled in by:"), say("Checked by:"), say("Telephone:"), say("Date:"))


def _lines(about: Message, call: Message, title: str, by: str, translate: Translator) -> tuple[FormLine, ...]:
    """Return the lines above a table: title, whose figures and until when, who fills it in, and what to do."""
    until = translate(say(" Please send it by {by}."), by=by) if by else ""
    return (title, translate(about) + until, tuple(map(translate, _SIGNED_BY)), translate(call))


_OWN_PARTS = say(
    "A row with your department under “Region or department” asks for its own part alone, not for the whole."
)
_STEPS = (
    say("1. Fill in the yellow cells only; all others are locked."),
    say("2. Type a number without its unit, which is in the same row. For 41.2 % type 41.2."),
    say("3. Leave a cell empty if there is no figure yet. An empty cell means “not reported”; 0 means zero."),
    say("4. Status: choose preliminary, final, or revised for a correction of what you sent."),
    say("5. Current stage: choose from the list the stage that is reached today, not the one that is planned."),
    say("6. Remarks, sources and reasons go to the note."),
    say("7. Save under any name and send the file back as it is. You may send part of it and the rest later."),
    say("8. To correct a figure later, send this form again with the new figure and the status revised."),
)
_ONE_DEPARTMENT = say(
    "The form is for one department, one plan and one year. Do not copy another department's figures into it."
)
_ONE_REGION = say(
    "The form is for one region, one plan and one year. Give figures of this region alone; each other one has its own."
)


def instructions(plan: Plan, department: Department, translate: Translator) -> tuple[str, ...]:
    """Return the page of instructions, one line a step; the first is its title."""
    title = translate(say("How {name} fills in this form"), name=department.name)
    return (title, plan.title, *map(translate, (*_STEPS, _ONE_REGION if department.region else _ONE_DEPARTMENT)))


def has_form(plan: Plan, department: Department) -> bool:
    """Return whether a department is asked for any figure or stage."""
    return bool(figures_of(plan, department) or milestones_of(plan, department))


class PartOfYear(NamedTuple):
    """The part of the plan's time that a form is for, with what is due at its end, by the indicator's id."""

    period: Period
    due: Mapping[str, Fraction]


def form_of(
    plan: Plan, department: Department, translate: Translator, part: PartOfYear | None = None, by: str = ""
) -> Form:
    """Compose the form of a department for the plan's period; for a plan of several years it has a column for each.

    `by` is the date by which it is asked for, as it is printed.

    A form for a part of the year shows what is due at its end, and asks for nothing that exists at the end of the year
    alone.
    """
    tables, title = [], form_title(plan, department, translate)
    asked = period_text(part.period if part else plan.period, translate)
    persons = tuple(filter(None, [persons_text(department.persons, translate)]))
    led = [each for each in figures_of(plan, department) if part is None or not each.annual]
    if led:
        about = say("Filled in by {name}; figures of {period}", name=department.name, period=asked)
        if department.region:
            about = say("Filled in by {name}; its own figures alone, of {period}", name=department.name, period=asked)
        call = say("Fill in the yellow cells only. Leave empty what you do not have; never write 0 for it.")
        parts = [translate(_OWN_PARTS)] if any(each.whole for each in led) else []
        *lines, last = _lines(about, call, title, by, translate)
        tables.append(_figures(plan, department, led, translate, part, (*lines, *persons, *parts, last)))
    if owed := milestones_of(plan, department):
        about = say("Filled in by {name}; milestones of {period}", name=department.name, period=asked)
        call = say(
            "Choose the current stage in the yellow cells; for tasks that you share, fill in what you agreed on."
        )
        if department.region:
            call = say("Choose the stage that is reached in your region; leave empty what does not concern it.")
        *lines, last = _lines(about, call, title, by, translate)
        tables.append(_milestones(plan, department, owed, translate, (*lines, *persons, last)))
    return Form(
        mark_of(plan, department, part.period if part else None),
        translate(say("do not change this line")),
        title,
        tuple(tables),
        translate(say("How to fill in")),
        instructions(plan, department, translate),
    )


_DUE, _STAGE_DUE = 6, 4
"""Where the column of due dates stands among the figures and among the milestones."""
_PARTY = 2
"""Where the column stands that keeps a department's own part apart from the whole."""


def _with_due(table: FormTable, at: int, plan: Plan, dates: Sequence[Period], translate: Translator) -> FormTable:
    """Return the table with a column of due dates; as it is where everything is due at the end of the plan."""
    if all(date.until == plan.period.until for date in dates):
        return table
    column = FormColumn(translate(say("Due by (for reference)")), 14)
    return table.with_column(at, column, [end_text(date, translate) for date in dates])


def _figures(  # noqa: PLR0913, PLR0917 - all that it shows
    plan: Plan,
    department: Department,
    led: Sequence[Indicator],
    translate: Translator,
    part: PartOfYear | None,
    lines: tuple[FormLine, ...],
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
    rows = [_figure(plan, department, indicator, len(years), translate, part) for indicator in led]
    table = FormTable(translate(say("Figures")), lines, columns, tuple(rows))
    reported = [plan.county_part(each, department.region) if department.region else each for each in led]
    persons = [plan.persons_for(indicator) for indicator in reported]
    if any(each.named and each != department.persons for each in persons):
        column = FormColumn(translate(say("Persons (for reference)")), 24)
        table = table.with_column(_DUE, column, [persons_text(each, translate) for each in persons])
    table = _with_due(table, _DUE, plan, [indicator.target.deadline for indicator in led], translate)
    if not any(indicator.whole for indicator in led):
        return table
    parties = [department.name if indicator.whole else plan.region for indicator in led]
    return table.with_column(_PARTY, FormColumn(translate(say("Region or department")), 16), parties)


def _figure(  # noqa: PLR0913, PLR0917 - as above
    plan: Plan,
    department: Department,
    indicator: Indicator,
    years: int,
    translate: Translator,
    part: PartOfYear | None,
) -> tuple[FormCell, ...]:
    """Return an indicator's row, with a cell to fill in for each year of the plan."""
    baseline, statuses = indicator.target.baseline, tuple(map(translate, STATUSES))
    is_judged = not department.region or indicator.id in plan.breakdown.of_region(department.region)
    home = indicator.category or (translate(say("Task {no}"), no=indicator.task) if indicator.task is not None else "")
    return (
        str(indicator.no) if indicator.no is not None else "",
        plan.by_id[indicator.whole or indicator.id].name,
        home,
        indicator.unit.name,
        baseline.printed if baseline else "—",
        str(indicator.target.interval) if is_judged else "—",
        *([short(part.due[indicator.id]) if indicator.id in part.due else "—"] if part else []),
        *[_stage(indicator, translate) or _number(department, indicator, translate, is_part=part is not None)] * years,
        Ask(choices=statuses, refusal=translate(say("Choose one of: {names}."), names=statuses)),
        Ask(),
    )


def _stage(indicator: Indicator, translate: Translator) -> Ask | None:
    """Ask for a stage where the target is judged by one; None for a number."""
    ladder = indicator.target.ladder
    if ladder is None:
        return None
    return Ask(choices=ladder.stages, refusal=translate(say("Choose one of: {names}."), names=ladder.stages))


def _usual(indicator: Indicator, *, is_part: bool) -> tuple[Fraction, Fraction | None] | None:
    """Return the range of figures that are not far off the baseline and the target; None where neither says one."""
    target = indicator.target
    edges = [target.baseline_value, *(Fraction(edge) for edge in (target.interval.low, target.interval.high) if edge)]
    known = [edge for edge in edges if edge is not None and edge > 0]
    if not known or indicator.kind is IndicatorKind.GROWTH:
        return None
    low = Fraction(0) if is_part and indicator.kind in ADDS_UP else min(known) / _FAR
    return low, max(known) * _FAR


def _number(department: Department, indicator: Indicator, translate: Translator, *, is_part: bool) -> Ask:
    """Ask for a number, within the bounds of its kind; a text such as 约190 can be kept after a question."""
    share = indicator.unit.is_share and indicator.kind in SHARES
    others = [] if department.region else [name for name in indicator.leads if name != department.name]
    unit, usual = indicator.unit.name, _usual(indicator, is_part=is_part)
    refusal = translate(
        say("A number in {unit} is expected here. Leave the cell empty if there is none; remarks go to the note."),
        unit=unit,
    )
    if usual:
        far = say(
            " A figure below {low} or above {high} is far off the plan's own: check the number and the unit.",
            low=figure(usual[0]),
            high=figure(usual[1]) if usual[1] is not None else "",
        )
        refusal += translate(far)
    prompt = translate(say("Type the number in {unit}, without the unit."), unit=unit)
    if others:
        shared = say(" {names} lead this too: agree who of you fills it in.")
        prompt += translate(shared, names=tuple(others))
    return Ask(
        number=True,
        low=0 if share or indicator.kind in ADDS_UP else None,
        high=_MOST_SHARE if share else None,
        usual=usual,
        title=indicator.name,
        prompt=prompt,
        refusal=refusal,
    )


def _milestones(
    plan: Plan,
    department: Department,
    owed: Sequence[tuple[Task, Milestone]],
    translate: Translator,
    lines: tuple[FormLine, ...],
) -> FormTable:
    columns = (
        FormColumn(translate(say("Task")), 36),
        FormColumn(translate(say("Milestone")), 44),
        FormColumn(translate(say("Your part (for reference)")), 15),
        FormColumn(translate(say("Stage asked for (for reference)")), 32),
        FormColumn(translate(say("Current stage")), 14, asked=True),
        FormColumn(translate(say("Note")), 34, asked=True),
    )
    rows = [_milestone(plan, department, task, milestone, translate) for task, milestone in owed]
    table = FormTable(translate(say("Milestones")), lines, columns, tuple(rows))
    dates = [milestone.deadline or plan.period for _, milestone in owed]
    return _with_due(table, _STAGE_DUE, plan, dates, translate)


def _last_day(period: Period) -> dt.date:
    year, month, day = period.until
    return dt.date(year, month, min(day, monthrange(year, month)[1]))


def _milestone(
    plan: Plan, department: Department, task: Task, milestone: Milestone, translate: Translator
) -> tuple[FormCell, ...]:
    stages, due = plan.ladders.get(milestone.ladder, ()), _last_day(milestone.deadline or plan.period)
    return (
        f"{translate(say('Task {no}'), no=task.no)} {task.title}",
        milestone.name,
        translate(say("leads")) if department.name in task.leads else translate(say("shares")),
        translate(say("{stage}, by {date}"), stage=milestone.stage, date=date_text(due, translate)),
        Ask(choices=stages, refusal=translate(say("Choose one of: {names}."), names=tuple(stages))),
        Ask(),
    )
