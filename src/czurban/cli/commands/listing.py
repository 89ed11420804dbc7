"""`czurban list` and `czurban show`: what the plan holds, and one thing of it."""

from typing import Annotated

import typer

from czurban.app.destination import destination
from czurban.app.lists import LISTS, list_things, show
from czurban.app.plans import open_plan
from czurban.cli.console import show as show_document
from czurban.cli.console import translator
from czurban.cli.options import FormatOption, LangOption, OutputOption, PlanOption, complete_things
from czurban.model.finding import mark


def complete_lists(incomplete: str) -> list[str]:
    """Return the lists whose name begins like this."""
    return [name for name in LISTS if name.startswith(incomplete)]


WhatArgument = Annotated[
    str | None,
    typer.Argument(metavar="|".join(LISTS), help=mark("What to list."), autocompletion=complete_lists),
]
ThingArgument = Annotated[
    str,
    typer.Argument(
        metavar="THING",
        help=mark(
            "An indicator (id, number, name), a task (任务17, task 17, its title), a milestone, a department or "
            "a region."
        ),
        autocompletion=complete_things,
    ),
]


def list_(
    what: WhatArgument = None,
    plan: PlanOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
    lang: LangOption = None,  # noqa: ARG001 - taken from the arguments before
) -> None:
    """List the plan's indicators, tasks, departments or regions, or what there is to list."""
    where = destination(form, output)
    show_document(list_things(open_plan(plan), what, translator()), where)


def show_thing(
    thing: ThingArgument,
    plan: PlanOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
    lang: LangOption = None,  # noqa: ARG001 - taken from the arguments before
) -> None:
    """Show one indicator, task, milestone, department or region with its links."""
    where = destination(form, output)
    show_document(show(open_plan(plan), thing, translator()), where)
