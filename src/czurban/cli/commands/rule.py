"""`czurban rule` and `czurban schema`: what a code demands, and the shape of files."""

from typing import Annotated

from czurban.app import lists
from czurban.app.destination import destination
from czurban.cli.console import show, translator
from czurban.cli.options import FormatOption, OutputOption, argument, completer
from czurban.model.faults import FAULTS
from czurban.model.finding import mark
from czurban.reporting.document import Document


def complete_codes(incomplete: str) -> list[tuple[str, str]]:
    """Return the codes that begin like this, each with its demand."""
    return [(code, fault.demand) for code, fault in FAULTS.items() if code.startswith(incomplete.upper())]


complete_schemas = completer(lists.SCHEMAS)
CodeArgument = Annotated[str, argument("CODE", mark("A code such as P214."), complete_codes)]
WhatArgument = Annotated[str, argument("|".join(lists.SCHEMAS), mark("Whose schema."), complete_schemas)]


def rule(code: CodeArgument, form: FormatOption = None, output: OutputOption = None) -> None:
    """Explain a rule by its code, with a good and a bad case."""
    where = destination(form, output)
    show(lists.rule(code, translator()), where)


def schema(what: WhatArgument, output: OutputOption = None) -> None:
    """Print the JSON Schema of a plan's files or of submissions."""
    where = destination(None, output, ("json",))
    content = lists.schema(what)
    show(Document((), lambda: content), where)
