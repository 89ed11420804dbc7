"""--help in the reader's language, aligned and wrapped where Chinese text has no spaces to wrap at.

What the command-line library says of a wrong call, in the reader's language.
"""

import re
import sys
from collections.abc import Iterable
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from czurban.cli.console import page_of, translator
from czurban.cli.exits import meanings
from czurban.model.finding import Message, mark, say
from czurban.reporting.document import Block, Column, Document, DocumentTable, Paragraph, RowGroup, TableCell
from czurban.reporting.formats.registry import render

EPILOG = mark(
    "Exit codes: 0 as asked, 1 an error finding or a missed target, 2 could not run; each command has its own."
)
FOREIGN = (
    mark("Install completion for the current shell."),
    mark("Show completion for the current shell, to copy it or customize the installation."),
    mark("Show this message and exit."),
)
"""Sentences of the command-line library, named here so that they are translated."""


class HelpfulCommand(TyperCommand):
    """A command whose help is composed as a document."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - the library's own classes are private
        """Write the whole help page."""
        formatter.write(_page(self, ctx, ()))


class HelpfulGroup(TyperGroup):
    """The program itself, with its commands listed in its help."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Write the whole help page."""
        commands = ((name, command.help or "") for name, command in self.commands.items())
        formatter.write(_page(self, ctx, commands))


def _page(command: TyperCommand | TyperGroup, ctx: Any, commands: Iterable[tuple[str, str]]) -> str:  # noqa: ANN401
    translate = translator()
    usage = " ".join([ctx.command_path, *command.collect_usage_pieces(ctx)])
    blocks: list[Block] = [
        Paragraph(translate(say("Usage: {usage}"), usage=usage)),
        Paragraph(translate(command.help or "")),
    ]
    codes = [(number, translate(meaning)) for number, meaning in meanings(command.name or "")]
    parameters = [each for each in command.get_params(ctx) if not getattr(each, "hidden", False)]
    groups = (
        (say("Commands"), [(name, translate(text)) for name, text in commands]),
        (say("Arguments"), [_row(each) for each in parameters if isinstance(each, TyperArgument)]),
        (say("Options"), [_row(each) for each in parameters if not isinstance(each, TyperArgument)]),
        (say("Exit codes"), codes),
    )
    shown = [
        RowGroup(translate(title), tuple((TableCell(a), TableCell(b)) for a, b in rows))
        for title, rows in groups
        if rows
    ]
    columns = (Column(translate(say("Name"))), Column(translate(say("Meaning")), main=True))
    blocks.append(DocumentTable(columns, tuple(shown)))
    if not codes:
        blocks.append(Paragraph(translate(EPILOG)))
    return render(Document(tuple(blocks)), "text", page_of(sys.stdout)).decode().rstrip("\n")


def _row(parameter: Any) -> tuple[str, str]:  # noqa: ANN401 - the library's own classes are private
    if isinstance(parameter, TyperArgument):
        return str(parameter.metavar or parameter.name), translator()(parameter.help or "")
    names = ", ".join(sorted(parameter.opts, key=len))
    metavar = f" {parameter.metavar}" if isinstance(parameter, TyperOption) and parameter.metavar else ""
    default = parameter.default
    text = translator()(getattr(parameter, "help", "") or "")
    if isinstance(default, (str, int)) and default != "" and not isinstance(default, bool):
        text += translator()(say(" [default: {value}]"), value=default)
    return names + metavar, text


_FORMS: tuple[tuple[str, Message], ...] = (
    (r"No such option: (?P<name>\S+)", say("There is no option {name}.")),
    (r"No such command '(?P<name>.*?)'", say("There is no command “{name}”.")),
    (r"Missing (?:argument|option|parameter) '(?P<name>.*?)'", say("{name} is missing.")),
    (r"Option '(?P<name>.*?)' requires an argument", say("{name} needs a value.")),
    (r"Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)", say("“{name}” is not expected here.")),
    (
        r"Invalid value for (?P<name>.*?): (?P<value>.*) is not in the range x>=(?P<least>\d+)",
        say("The value of {name} is {value}; it must be at least {least}."),
    ),
    (
        r"Invalid value for (?P<name>.*?): (?P<value>.*) is not in the range (?P<least>\d+)<=x<=(?P<most>\d+)",
        say("The value of {name} is {value}; it must be from {least} to {most}."),
    ),
    (
        r"Invalid value for (?P<name>.*?): '?(?P<value>.*?)'? is not a valid int",
        say("The value of {name} is “{value}”; it must be a whole number."),
    ),
    (r"Invalid value for (?P<name>.*?): (?P<why>.*)", say("The value of {name} is not valid: {why}")),
    (r"Missing command", say("No command is given.")),
)
_CLOSE = r"(?:Did you mean|Possible options:) (?P<names>[^?)]+)"


def translate(error: typer.TyperException) -> tuple[Message, Message]:
    """Return the sentence, and the hint: the nearest names the library found, or where to read more."""
    text = error.format_message()
    message = say("{text}", text=text)
    for form, ours in _FORMS:
        if match := re.search(form, text):
            message = Message(ours.text, match.groupdict())
            break
    if close := re.search(_CLOSE, text):
        return message, say("Did you mean {names}?", names=close["names"].replace("'", ""))
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "czurban"
    return message, say("`{command} --help` shows how to call it.", command=path)
