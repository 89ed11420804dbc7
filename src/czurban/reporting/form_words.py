"""What a form says to whoever fills it in: the lines above its tables and its page of instructions."""

from czurban.model.department import Department
from czurban.model.message import say
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.words.speaker import Speaker


def spell_period(period: Period, speak: Speaker) -> str:
    """A period as the reader of forms understands it in a heading."""
    if period.is_year:
        return speak(say("{year}"), year=period.year)
    months = str(period.first) if period.first == period.last else f"{period.first}-{period.last}"
    return f"{period.year}年{months}月"


def figures_lines(plan: Plan, office: Department, speak: Speaker) -> tuple[str, ...]:
    """The lines above the figures."""
    return (
        speak(say("{plan} · form of {name}"), plan=plan.title, name=office.name),
        speak(
            say("Filled in by {name}; figures of {period}"), name=office.name, period=spell_period(plan.period, speak)
        ),
        speak(say("Fill in the yellow cells only. Leave empty what you do not have; never write 0 for it.")),
    )


def milestones_lines(plan: Plan, office: Department, speak: Speaker) -> tuple[str, ...]:
    """The lines above the milestones."""
    return (
        speak(say("{plan} · form of {name}"), plan=plan.title, name=office.name),
        speak(
            say("Filled in by {name}; milestones of {period}"),
            name=office.name,
            period=spell_period(plan.period, speak),
        ),
        speak(
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


def instructions(plan: Plan, office: Department, speak: Speaker) -> tuple[str, ...]:
    """The page of instructions, a line a step; the first is its title."""
    title = speak(say("How {name} fills in this form"), name=office.name)
    return (title, plan.title, *(speak(step) for step in _STEPS))
