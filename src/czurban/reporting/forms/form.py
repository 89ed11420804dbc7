"""Compose the form that a department fills in, before any format: its texts and the cells to fill in."""

from collections.abc import Mapping, Sequence
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
from czurban.reporting.tables import figure
from czurban.reporting.texts import date_text, end_text, last_day, period_text, persons_text
from czurban.words.translator import Translator

STATUSES = (mark("preliminary"), mark("final"), mark("revised"))
_FAR = 8
"""How many times a figure may be as large as the plan's own, or as small, before a form asks about it."""
_MOST_SHARE = 100


class Ask(NamedTuple):
    """A cell to be filled in: a number (between bounds), one of some choices, or, with neither, any text.

    `usual` is the range of numbers that are not far off the plan's own figures. `title` and `prompt` are shown when the
    cell is selected, `refusal` when its content is not accepted.
    """

    number: bool = False
    low: int | None = None
    high: int | None = None
    usual: tuple[Fraction, Fraction] | None = None
    choices: tuple[str, ...] = ()
    title: str = ""
    prompt: str = ""
    refusal: str = ""


FormCell = str | Ask
FormLine = str | tuple[str, ...]
"""A line above a table; a tuple has labels behind which something is written, such as who filled in the form."""


class FormColumn(NamedTuple):
    """A column: its heading, its width in characters, whether it has numbers and whether it is filled in."""

    title: str
    width: int
    number: bool = False
    asked: bool = False


class FormTable(NamedTuple):
    """A table with a name, the lines above it, and rows of texts and of cells to be filled in."""

    name: str
    lines: tuple[FormLine, ...]
    columns: tuple[FormColumn, ...]
    rows: tuple[tuple[FormCell, ...], ...]

    def with_column(self, at: int, column: FormColumn, cells: Sequence[str]) -> "FormTable":
        """Return the table with a further column of texts at a place."""
        rows = tuple((*row[:at], cell, *row[at:]) for row, cell in zip(self.rows, cells, strict=True))
        return self._replace(columns=(*self.columns[:at], column, *self.columns[at:]), rows=rows)


class Form(NamedTuple):
    """The form of a department."""

    mark: FormMark
    mark_note: str
    title: str
    tables: tuple[FormTable, ...]
    instructions_name: str
    instructions: tuple[str, ...]


_SIGNED_BY = (say("Filled in by:"), say("Checked by:"), say("Telephone:"), say("Date:"))
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

    A form for a part of the year shows what is due at its end, and asks for nothing that exists at the end of the year
    alone. `by` is the date by which it is asked for, as it is printed.
    """
    composer = _Composer(plan, department, translate, part, by)
    led = [each for each in figures_of(plan, department) if part is None or not each.annual]
    owed = milestones_of(plan, department)
    how = translate(say("How {name} fills in this form"), name=department.name)
    return Form(
        mark_of(plan, department, part.period if part else None),
        translate(say("do not change this line")),
        composer.title,
        (*([composer.figures(led)] if led else []), *([composer.milestones(owed)] if owed else [])),
        translate(say("How to fill in")),
        (how, plan.title, *map(translate, (*_STEPS, _ONE_REGION if department.region else _ONE_DEPARTMENT))),
    )


_DUE, _STAGE_DUE = 6, 4
"""Where the column of due dates stands among the figures and among the milestones."""
_PARTY = 2
"""Where the column stands that keeps a department's own part apart from the whole."""


class _Composer(NamedTuple):
    """Composes the tables of a department's form."""

    plan: Plan
    department: Department
    translate: Translator
    part: PartOfYear | None
    by: str

    @property
    def title(self) -> str:
        """The title of the form."""
        return self.translate(say("{plan} · form of {name}"), plan=self.plan.title, name=self.department.name)

    def figures(self, led: Sequence[Indicator]) -> FormTable:
        """Compose the table of figures to fill in."""
        plan, translate, part, region = self.plan, self.translate, self.part, self.department.region
        about = say("Filled in by {name}; figures of {period}")
        if region:
            about = say("Filled in by {name}; its own figures alone, of {period}")
        call = say("Fill in the yellow cells only. Leave empty what you do not have; never write 0 for it.")
        own_parts = [translate(_OWN_PARTS)] if any(each.whole for each in led) else []
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
        rows = tuple(self._figure(indicator, len(years)) for indicator in led)
        table = FormTable(translate(say("Figures")), self._lines(about, call, own_parts), columns, rows)
        persons = [plan.persons_for(plan.county_part(each, region) if region else each) for each in led]
        if any(each.named and each != self.department.persons for each in persons):
            column = FormColumn(translate(say("Persons (for reference)")), 24)
            table = table.with_column(_DUE, column, [persons_text(each, translate) for each in persons])
        table = self._with_due(table, _DUE, [indicator.target.deadline for indicator in led])
        if not own_parts:
            return table
        parties = [self.department.name if indicator.whole else plan.region for indicator in led]
        return table.with_column(_PARTY, FormColumn(translate(say("Region or department")), 16), parties)

    def milestones(self, owed: Sequence[tuple[Task, Milestone]]) -> FormTable:
        """Compose the table of milestones whose stage is to be chosen."""
        translate = self.translate
        call = say(
            "Choose the current stage in the yellow cells; for tasks that you share, fill in what you agreed on."
        )
        if self.department.region:
            call = say("Choose the stage that is reached in your region; leave empty what does not concern it.")
        lines = self._lines(say("Filled in by {name}; milestones of {period}"), call)
        columns = (
            FormColumn(translate(say("Task")), 36),
            FormColumn(translate(say("Milestone")), 44),
            FormColumn(translate(say("Your part (for reference)")), 15),
            FormColumn(translate(say("Stage asked for (for reference)")), 32),
            FormColumn(translate(say("Current stage")), 14, asked=True),
            FormColumn(translate(say("Note")), 34, asked=True),
        )
        table = FormTable(translate(say("Milestones")), lines, columns, tuple(map(self._milestone, owed)))
        return self._with_due(table, _STAGE_DUE, [milestone.deadline or self.plan.period for _, milestone in owed])

    def _lines(self, about: Message, call: Message, own_parts: Sequence[str] = ()) -> tuple[FormLine, ...]:
        """Write the lines above a table: title, whose figures and until when, who fills it in, and what to do."""
        translate, department = self.translate, self.department
        period = period_text(self.part.period if self.part else self.plan.period, translate)
        until = translate(say(" Please send it by {by}."), by=self.by) if self.by else ""
        persons = [text for text in (persons_text(department.persons, translate),) if text]
        first = translate(about, name=department.name, period=period) + until
        return (self.title, first, tuple(map(translate, _SIGNED_BY)), *persons, *own_parts, translate(call))

    def _with_due(self, table: FormTable, at: int, dates: Sequence[Period]) -> FormTable:
        """Return the table with a column of due dates; as it is where everything is due at the end of the plan."""
        if all(date.until == self.plan.period.until for date in dates):
            return table
        column = FormColumn(self.translate(say("Due by (for reference)")), 14)
        return table.with_column(at, column, [end_text(date, self.translate) for date in dates])

    def _figure(self, indicator: Indicator, years: int) -> tuple[FormCell, ...]:
        """Return an indicator's row, with a cell to fill in for each year of the plan."""
        plan, translate, region, part = self.plan, self.translate, self.department.region, self.part
        baseline, ladder = indicator.target.baseline, indicator.target.ladder
        is_judged = not region or indicator.id in plan.breakdown.of_region(region)
        task = translate(say("Task {no}"), no=indicator.task) if indicator.task is not None else ""
        return (
            str(indicator.no) if indicator.no is not None else "",
            plan.by_id[indicator.whole or indicator.id].name,
            indicator.category or task,
            indicator.unit.name,
            baseline.printed if baseline else "—",
            str(indicator.target.interval) if is_judged else "—",
            *([short(part.due[indicator.id]) if indicator.id in part.due else "—"] if part else []),
            *[self._choice(ladder.stages) if ladder else self._number(indicator)] * years,
            self._choice(tuple(map(translate, STATUSES))),
            Ask(),
        )

    def _milestone(self, owed: tuple[Task, Milestone]) -> tuple[FormCell, ...]:
        (task, milestone), translate = owed, self.translate
        due = last_day(milestone.deadline or self.plan.period)
        return (
            f"{translate(say('Task {no}'), no=task.no)} {task.title}",
            milestone.name,
            translate(say("leads")) if self.department.name in task.leads else translate(say("shares")),
            translate(say("{stage}, by {date}"), stage=milestone.stage, date=date_text(due, translate)),
            self._choice(tuple(self.plan.ladders.get(milestone.ladder, ()))),
            Ask(),
        )

    def _choice(self, choices: tuple[str, ...]) -> Ask:
        return Ask(choices=choices, refusal=self.translate(say("Choose one of: {names}."), names=choices))

    def _number(self, indicator: Indicator) -> Ask:
        """Ask for a number, within the bounds of its kind; a text such as 约190 can be kept after a question."""
        department, translate, unit = self.department, self.translate, indicator.unit.name
        share = indicator.unit.is_share and indicator.kind in SHARES
        usual = _usual(indicator, is_part=self.part is not None)
        refusal = translate(
            say("A number in {unit} is expected here. Leave the cell empty if there is none; remarks go to the note."),
            unit=unit,
        )
        if usual:
            far = say(" A figure below {low} or above {high} is far off the plan's own: check the number and the unit.")
            refusal += translate(far, low=figure(usual[0]), high=figure(usual[1]))
        prompt = translate(say("Type the number in {unit}, without the unit."), unit=unit)
        if others := () if department.region else tuple(name for name in indicator.leads if name != department.name):
            prompt += translate(say(" {names} lead this too: agree who of you fills it in."), names=others)
        return Ask(
            number=True,
            low=0 if share or indicator.kind in ADDS_UP else None,
            high=_MOST_SHARE if share else None,
            usual=usual,
            title=indicator.name,
            prompt=prompt,
            refusal=refusal,
        )


def _usual(indicator: Indicator, *, is_part: bool) -> tuple[Fraction, Fraction] | None:
    """Return the range of figures that are not far off the baseline and the target; None where neither says one."""
    target = indicator.target
    edges = [target.baseline_value, *(Fraction(edge) for edge in (target.interval.low, target.interval.high) if edge)]
    known = [edge for edge in edges if edge is not None and edge > 0]
    if not known or indicator.kind is IndicatorKind.GROWTH:
        return None
    low = Fraction(0) if is_part and indicator.kind in ADDS_UP else min(known) / _FAR
    return low, max(known) * _FAR
