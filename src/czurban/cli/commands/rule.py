"""`czurban rule` and `czurban schema`: what a code demands, and the shape of files."""

from typing import Annotated

import typer

from czurban.app import lists
from czurban.app.destination import destination
from czurban.cli.console import show, translator
from czurban.cli.options import FormatOption, LangOption, OutputOption
from czurban.model.faults import FAULTS
from czurban.model.finding import mark
from czurban.reporting.document import Document


def complete_codes(incomplete: str) -> list[tuple[str, str]]:
    """Return the codes that begin like this, each with its demand."""
    return [(code, fault.demand) for code, fault in FAULTS.items() if code.startswith(incomplete.upper())]


def complete_schemas(incomplete: str) -> list[str]:
    """Return the schemas whose name begins like this."""
    return [name for name in lists.SCHEMAS if name.startswith(incomplete)]


CodeArgument = Annotated[
    str, typer.Argument(metavar="CODE", help=mark("A code such as P214."), autocompletion=complete_codes)
]
WhatArgument = Annotated[
    str,
    typer.Argument(metavar="|".join(lists.SCHEMAS), help=mark("Whose schema."), autocompletion=complete_schemas),
]


def rule(
    code: CodeArgument,
    form: FormatOption = None,
    output: OutputOption = None,
    lang: LangOption = None,  # noqa: ARG001 - taken from the arguments before
) -> None:
    """Explain a rule by its code, with a good and a bad case."""
    where = destination(form, output)
    show(lists.rule(code, translator()), where)


def schema(
    what: WhatArgument,
    output: OutputOption = None,
    lang: LangOption = None,  # noqa: ARG001 - a schema has both languages
) -> None:
    """Print the JSON Schema of a plan's files or of submissions."""
    where = destination(None, output, ("json",))
    content = lists.schema(what)
    show(Document((), lambda: content), where)
