"""`czurban rule`: what a code demands, and why."""

from typing import Annotated

import typer

from czurban.cli.destination import destination
from czurban.cli.options import FormatOption, LangOption, OutputOption
from czurban.cli.screen import show
from czurban.cli.speech import speaker
from czurban.errors import UnknownThingError
from czurban.model.faults import FAULTS
from czurban.model.finding import mark, say
from czurban.model.text import nearest
from czurban.reporting.documents.findings import rule_page


def complete_codes(incomplete: str) -> list[tuple[str, str]]:
    """Codes that begin like this, each with its demand."""
    return [(code, fault.demand) for code, fault in FAULTS.items() if code.startswith(incomplete.upper())]


CodeArgument = Annotated[
    str, typer.Argument(metavar="CODE", help=mark("A code such as P214."), autocompletion=complete_codes)
]


def rule(
    code: CodeArgument,
    form: FormatOption = None,
    output: OutputOption = None,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Explain a rule by its code, with a good and a bad case."""
    from czurban.reading.plan.ignores import cases  # noqa: PLC0415 - the YAML library loads for the page, not for --help

    where = destination(form, output)
    wanted = code.strip().upper()
    if wanted not in FAULTS:
        near = nearest(wanted, FAULTS)
        hint = (
            say("Did you mean {names}?", names=" / ".join(near))
            if near
            else say("docs/reference/rules.md lists them all.")
        )
        raise UnknownThingError(say("There is no rule {code}.", code=code), hint)
    show(rule_page(wanted, cases()[wanted], speaker()), where)
