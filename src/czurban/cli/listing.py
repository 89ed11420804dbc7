"""`czurban list`: what the plan holds."""

from typing import Annotated

import typer

from czurban.cli.destination import destination
from czurban.cli.options import FormatOption, LangOption, OutputOption, PlanOption
from czurban.cli.screen import show
from czurban.cli.session import open_plan
from czurban.cli.speech import speaker
from czurban.errors import UsageError
from czurban.model.finding import mark, say
from czurban.reporting.documents.listing import list_departments, list_indicators, list_regions, list_tasks

_LISTS = {"indicators": list_indicators, "tasks": list_tasks, "departments": list_departments, "regions": list_regions}


def complete_lists(incomplete: str) -> list[str]:
    """The lists whose name begins like this."""
    return [name for name in _LISTS if name.startswith(incomplete)]


WhatArgument = Annotated[
    str,
    typer.Argument(metavar="|".join(_LISTS), help=mark("What to list."), autocompletion=complete_lists),
]


def list_(
    what: WhatArgument,
    plan: PlanOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """List the plan's indicators, tasks, departments or regions."""
    where = destination(form, output)
    if what not in _LISTS:
        raise UsageError(
            say("There is no list of “{what}”.", what=what), say("Choose from: {names}.", names=", ".join(_LISTS))
        )
    show(_LISTS[what](open_plan(plan), speaker()), where)
