"""`czurban list` and `czurban show`: what the plan holds, and one thing of it."""

from typing import Annotated

from czurban.app.destination import destination
from czurban.app.lists import LISTS, list_things, show
from czurban.app.settings import open_plan
from czurban.cli.console import show as show_document
from czurban.cli.console import translator
from czurban.cli.options import FormatOption, OutputOption, PlanOption, argument, complete_things, completer
from czurban.model.finding import mark

WhatArgument = Annotated[str | None, argument("|".join(LISTS), mark("What to list."), completer([*LISTS]))]
ThingArgument = Annotated[
    str,
    argument(
        "THING",
        mark(
            "An indicator (id, number, name), a task (任务17, task 17, its title), a milestone, a department or"
            " a region."
        ),
        complete_things,
    ),
]


def list_(
    what: WhatArgument = None, plan: PlanOption = None, form: FormatOption = None, output: OutputOption = None
) -> None:
    """List the plan's indicators, tasks, departments or regions, or what there is to list."""
    where = destination(form, output)
    show_document(list_things(open_plan(plan), what, translator()), where)


def show_thing(
    thing: ThingArgument, plan: PlanOption = None, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Show one indicator, task, milestone, department or region with its links."""
    where = destination(form, output)
    show_document(show(open_plan(plan), thing, translator()), where)
