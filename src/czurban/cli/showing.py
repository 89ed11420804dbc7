"""`czurban show`: one indicator, task or department, whole."""

import re
from typing import Annotated

import typer

from czurban.cli.complete import complete_things
from czurban.cli.destination import destination
from czurban.cli.options import FormatOption, LangOption, OutputOption, PlanOption
from czurban.cli.screen import show
from czurban.cli.session import open_plan
from czurban.cli.speech import speaker
from czurban.errors import UnknownThingError
from czurban.model.finding import mark, say
from czurban.model.plan import Plan
from czurban.model.text import half_width, key, nearest
from czurban.reporting.document import Document
from czurban.reporting.documents.listing import show_department, show_indicator, show_task
from czurban.words.speaker import Speaker

_TASK = re.compile(r"(?:任务|task|t)(\d{1,9})")

ThingArgument = Annotated[
    str,
    typer.Argument(
        metavar="THING",
        help=mark("An indicator (id, number, name), a task (任务17, task 17, its title) or a department."),
        autocompletion=complete_things,
    ),
]


def show_thing(
    thing: ThingArgument,
    plan: PlanOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Show one indicator, task or department with its links."""
    where = destination(form, output)
    show(find(open_plan(plan), thing, speaker()), where)


def find(plan: Plan, text: str, speak: Speaker) -> Document:
    """Find whatever the text names. A bare number is an indicator's; 任务17 or `task 17` is a task's.

    Raises:
        UnknownThingError: nothing is called so.
    """
    wanted = key(half_width(text))
    if number := _TASK.fullmatch(wanted):
        task = plan.task(int(number[1]))
    else:
        task = next((one for one in plan.tasks if key(one.title) == wanted), None)
    if task:
        return show_task(task, plan, speak)
    if one := plan.indicator(text):
        return show_indicator(one, plan, speak)
    if office := plan.department(text):
        return show_department(office, plan, speak)
    names = [name for one in plan.indicators for name in one.names]
    names += [name for office in plan.departments for name in office.names]
    near = nearest(text, [*names, *(one.title for one in plan.tasks)])
    hint = say("Did you mean {names}?", names=" / ".join(near)) if near else say("`czurban list` shows every name.")
    raise UnknownThingError(say("The plan has nothing called “{name}”.", name=text), hint)
