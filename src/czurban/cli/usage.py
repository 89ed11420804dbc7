"""What the command-line library says of a wrong call, in the reader's language."""

import re

import typer

from czurban.model.finding import Message, say

_FORMS: tuple[tuple[re.Pattern[str], Message], ...] = (
    (re.compile(r"No such option: (?P<name>\S+)"), say("There is no option {name}.")),
    (re.compile(r"No such command '(?P<name>.*?)'"), say("There is no command “{name}”.")),
    (re.compile(r"Missing (?:argument|option|parameter) '(?P<name>.*?)'"), say("{name} is missing.")),
    (re.compile(r"Option '(?P<name>.*?)' requires an argument"), say("{name} needs a value.")),
    (
        re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)"),
        say("“{name}” is more than was asked for."),
    ),
    (
        re.compile(r"Invalid value for (?P<name>.*?): (?P<value>.*) is not in the range x>=(?P<least>\d+)"),
        say("The value of {name} is {value}; it must be at least {least}."),
    ),
    (
        re.compile(r"Invalid value for (?P<name>.*?): '?(?P<value>.*?)'? is not a valid int"),
        say("The value of {name} is “{value}”; it must be a whole number."),
    ),
    (re.compile(r"Invalid value for (?P<name>.*?): (?P<why>.*)"), say("The value of {name} is not valid: {why}")),
    (re.compile(r"Missing command"), say("No command is given.")),
)
_CLOSE = re.compile(r"(?:Did you mean|Possible options:) (?P<names>[^?)]+)")


def translate(error: typer.TyperException) -> tuple[Message, Message]:
    """Return the sentence, and the hint: the nearest names the library found, or where to read more."""
    text = error.format_message()
    message = say("{text}", text=text)
    for form, ours in _FORMS:
        if found := form.search(text):
            message = Message(ours.text, found.groupdict())
            break
    if close := _CLOSE.search(text):
        return message, say("Did you mean {names}?", names=close["names"].replace("'", ""))
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "czurban"
    return message, say("`{command} --help` tells how it is called.", command=path)
