"""A letter to one department about what is still missing.

What a form says to whoever fills it in: the lines above its tables and its page of instructions.
"""

from collections.abc import Iterable, Mapping
from pathlib import PurePath

from czurban.model.assessment import Assessment, Result
from czurban.model.collection import DepartmentStatus
from czurban.model.finding import Message, say
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.task import Department
from czurban.reporting.document import Block, Document, Heading, Item, Items, Paragraph
from czurban.words.translator import Translator


def period_text(period: Period, translate: Translator) -> str:
    """A period as the reader of forms understands it in a heading."""
    if period.is_year:
        return translate(say("{year}"), year=period.year)
    months = str(period.first) if period.first == period.last else f"{period.first}-{period.last}"
    return f"{period.year}年{months}月"


def figures_lines(plan: Plan, office: Department, translate: Translator) -> tuple[str, ...]:
    """The lines above the figures."""
    return (
        translate(say("{plan} · form of {name}"), plan=plan.title, name=office.name),
        translate(
            say("Filled in by {name}; figures of {period}"),
            name=office.name,
            period=period_text(plan.period, translate),
        ),
        translate(say("Fill in the yellow cells only. Leave empty what you do not have; never write 0 for it.")),
    )


def milestones_lines(plan: Plan, office: Department, translate: Translator) -> tuple[str, ...]:
    """The lines above the milestones."""
    return (
        translate(say("{plan} · form of {name}"), plan=plan.title, name=office.name),
        translate(
            say("Filled in by {name}; milestones of {period}"),
            name=office.name,
            period=period_text(plan.period, translate),
        ),
        translate(
            say("Choose the current stage in the yellow cells; of tasks you only share, fill in what you agreed on.")
        ),
    )


_STEPS = (
    say("1. Fill in the yellow cells only; all others are locked."),
    say("2. A number goes without its unit: the unit stands in the same row. For 41.2 % type 41.2."),
    say("3. Leave a cell empty if there is no figure yet. An empty cell means “not reported”; 0 means zero."),
    say(
        "4. Status: choose 快报 for a preliminary figure, 年报 for a final one, 修订 for a correction of what you sent."
    ),
    say("5. Current stage: choose from the list the stage that is really reached today, not the one planned."),
    say("6. Remarks, sources and reasons go to the note."),
    say("7. Save under any name and send the file back as it is. You may send part of it and the rest later."),
    say("8. To correct a figure later, send this form again with the new figure and the status 修订."),
    say("The form is of one department, one plan and one year. Do not copy another department's figures into it."),
)


def instructions(plan: Plan, office: Department, translate: Translator) -> tuple[str, ...]:
    """The page of instructions, a line a step; the first is its title."""
    title = translate(say("How {name} fills in this form"), name=office.name)
    return (title, plan.title, *(translate(step) for step in _STEPS))


def reminder(
    standing: DepartmentStatus, assessment: Assessment, when: Mapping[str, str], translate: Translator, by: str = ""
) -> Document:
    """Compose the letter.

    Args:
        standing: the department, which lacks something.
        assessment: what was judged.
        when: the time of each file, as it shall be printed.
        translate: the reader's language.
        by: until when it is asked for, in words; empty where no time is set.
    """
    blocks: list[Block] = [
        Heading(translate(say("Reminder: {plan}"), plan=assessment.plan.title)),
        Paragraph(translate(say("To {name}:"), name=standing.office.name)),
        Paragraph(_request(standing, assessment, when, translate, by)),
        *_list(
            say("Figures not reported yet ({count})"),
            [_asked(one, standing, translate) for one in standing.missing],
            translate,
        ),
        *_list(
            say("Figures that cannot be used ({count})"),
            [_bad(one, translate) for one in standing.unreadable],
            translate,
        ),
        *_list(
            say("Milestones without a stage ({count})"),
            [f"{translate(say('Task {no}'), no=task.no)} {one.name}（{one.stage}）" for task, one in standing.unstaged],
            translate,
        ),
        Paragraph(
            translate(
                say(
                    "Please fill them in on your form and send it back; where there is no figure yet, say why in the "
                    "note. If you have sent them meanwhile, please disregard this. Thank you for your support."
                )
            )
        ),
    ]
    return Document(tuple(blocks))


def _request(
    standing: DepartmentStatus, assessment: Assessment, when: Mapping[str, str], translate: Translator, by: str
) -> str:
    period = period_text(assessment.period, translate)
    files = "、".join(f"{PurePath(file).name}（{when[file]}）" for file in standing.files)
    thanks = translate(say("We have received {files}, thank you. "), files=files) if files else ""
    asked = (
        say("For {period} we still need what follows; please send it by {by}.")
        if by
        else say("For {period} we still need what follows; please send it soon.")
    )
    return thanks + translate(asked, period=period, by=by)


def _list(title: Message, texts: list[str], translate: Translator) -> Iterable[Block]:
    if texts:
        yield Heading(translate(title, count=len(texts)), 2)
        yield Items(tuple(Item(text) for text in texts))


def _asked(one: Result, standing: DepartmentStatus, translate: Translator) -> str:
    name, unit = one.indicator.name, one.indicator.unit.name
    others = "、".join(other for other in one.indicator.leads if other != standing.office.name)
    if not others:
        return f"{name}（{unit}）"
    return translate(say("{name} ({unit}; led together with {others})"), name=name, unit=unit, others=others)


def _bad(one: Result, translate: Translator) -> str:
    seen = one.observation
    text = say("{name} ({unit}): “{raw}” at {place}")
    return translate(
        text,
        name=one.indicator.name,
        unit=one.indicator.unit.name,
        raw=seen.raw if seen else "",
        place=str(seen.place) if seen else "",
    )
