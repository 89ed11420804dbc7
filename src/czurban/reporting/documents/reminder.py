"""Compose the letter about what a department has not sent, and the instructions of its form."""

from collections.abc import Iterable, Mapping
from pathlib import PurePath

from czurban.model.assessment import Assessment, Result
from czurban.model.collection import DepartmentStatus
from czurban.model.finding import Message, say
from czurban.model.period import Period
from czurban.model.plan import Department, Plan
from czurban.reporting.document import Block, Document, Heading, Item, Items, Paragraph
from czurban.words.translator import Translator


def period_text(period: Period, translate: Translator) -> str:
    """Write a period for a heading."""
    if period.is_year:
        return translate(say("{year}"), year=period.year)
    if period.has_years:
        return str(period)
    if period.day:
        return f"{period.year}年{period.last}月{period.day}日"
    months = str(period.first) if period.first == period.last else f"{period.first}-{period.last}"
    return f"{period.year}年{months}月"


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


def reminder(
    status: DepartmentStatus, assessment: Assessment, when: Mapping[str, str], translate: Translator, by: str = ""
) -> Document:
    """Compose the letter.

    Args:
        status: the status of the department, which has not sent everything.
        assessment: the judged plan.
        when: the time of each file, as it is printed.
        translate: the reader's language.
        by: the date by which the figures are asked for, in words; empty if none is set.
    """
    unstaged = [
        f"{translate(say('Task {no}'), no=task.no)} {item.name}（{item.stage}）" for task, item in status.unstaged
    ]
    blocks: list[Block] = [
        Heading(translate(say("Reminder: {plan}"), plan=assessment.plan.title)),
        Paragraph(translate(say("To {name}:"), name=status.office.name)),
        Paragraph(_request(status, assessment, when, translate, by)),
        *_list(
            say("Figures not reported yet ({count})"),
            [_missing(result, status, translate) for result in status.missing],
            translate,
        ),
        *_list(
            say("Figures that cannot be used ({count})"),
            [_unreadable(result, translate) for result in status.unreadable],
            translate,
        ),
        *_list(say("Milestones without a stage ({count})"), unstaged, translate),
        Paragraph(
            translate(
                say(
                    "Please fill them in on your form and send it back; where there is no figure yet, write the reason "
                    "in the note. If you have already sent them, please disregard this letter. Thank you."
                )
            )
        ),
    ]
    return Document(tuple(blocks), language=translate.language)


def _request(
    status: DepartmentStatus, assessment: Assessment, when: Mapping[str, str], translate: Translator, by: str
) -> str:
    files = translate.join(f"{PurePath(file).name}（{when[file]}）" for file in status.files)
    thanks = translate(say("We have received {files}, thank you. "), files=files) if files else ""
    request = (
        say("For {period} we still need the following; please send it by {by}.")
        if by
        else say("For {period} we still need the following; please send it soon.")
    )
    return thanks + translate(request, period=period_text(assessment.period, translate), by=by)


def _list(title: Message, texts: list[str], translate: Translator) -> Iterable[Block]:
    if texts:
        yield Heading(translate(title, count=len(texts)), 2)
        yield Items(tuple(map(Item, texts)))


def _missing(result: Result, status: DepartmentStatus, translate: Translator) -> str:
    name, unit = result.indicator.name, result.indicator.unit.name
    others = translate.join(lead for lead in result.indicator.leads if lead != status.office.name)
    if not others:
        return f"{name}（{unit}）"
    return translate(say("{name} ({unit}; led together with {others})"), name=name, unit=unit, others=others)


def _unreadable(result: Result, translate: Translator) -> str:
    observation = result.observation
    return translate(
        say("{name} ({unit}): “{raw}” at {place}"),
        name=result.indicator.name,
        unit=result.indicator.unit.name,
        raw=observation.raw if observation else "",
        place=str(observation.place) if observation else "",
    )
