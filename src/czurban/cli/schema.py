"""`czurban schema`: the shape of a plan's files, of submissions and of metrics, for editors and other programs."""

from typing import Annotated, Any

import typer

from czurban.cli.destination import destination
from czurban.cli.options import LangOption, OutputOption
from czurban.cli.screen import show
from czurban.errors import UsageError
from czurban.model.finding import mark, say
from czurban.reading.plan.schema import DIALECT, FILES, METRICS, file_schema, plan_schema, submission_schema
from czurban.reporting.document import Document
from czurban.words.speaker import Speaker

SCHEMAS = ("plan", *FILES, "submission", *METRICS)


def complete_schemas(incomplete: str) -> list[str]:
    """The schemas whose name begins like this."""
    return [name for name in SCHEMAS if name.startswith(incomplete)]


WhatArgument = Annotated[
    str,
    typer.Argument(metavar="|".join(SCHEMAS), help=mark("Whose schema."), autocompletion=complete_schemas),
]


def schema(
    what: WhatArgument,
    output: OutputOption = None,
    lang: LangOption = None,  # noqa: ARG001 - a schema speaks both languages, whoever reads it
) -> None:
    """Print the JSON Schema of a plan's files or of submissions."""
    where = destination(None, output, ("json",))
    if what not in SCHEMAS:
        raise UsageError(
            say("There is no schema of “{what}”.", what=what), say("Choose from: {names}.", names=", ".join(SCHEMAS))
        )
    show(Document((), lambda: make(what)), where)


def make(what: str) -> dict[str, Any]:
    """Make a schema whose sentences are in both languages, since an editor does not say which its user reads."""
    english, chinese = Speaker("en"), Speaker("zh")

    def both(text: str) -> str:
        return f"{english(text)} / {chinese(text)}"

    if what == "plan":
        return plan_schema(both)
    return submission_schema(DIALECT, both) if what == "submission" else file_schema(what, both)
