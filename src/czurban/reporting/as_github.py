"""A check as GitHub's workflow commands, which annotate the lines of a change; then the tally in plain lines."""

from collections.abc import Iterator

from czurban.model.finding import Severity
from czurban.model.safe_text import clean, clean_line
from czurban.reporting.artifact import from_root
from czurban.reporting.checks import Checks, Issue

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_WORST_FIRST = list(_COMMANDS)


def as_github(checks: Checks) -> bytes:
    """Spell a check as annotations, the worst first, since GitHub shows only the first ten of a kind in a step."""
    issues = sorted(checks.issues, key=lambda one: _WORST_FIRST.index(one.severity))
    return "".join(f"{line}\n" for line in (*map(_command, issues), *map(clean_line, checks.tally))).encode()


def _command(issue: Issue) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(issue))
    cell = f"{issue.place.sheet}!{issue.place.cell or ''}: " if issue.place and issue.place.sheet is not None else ""
    return f"::{_COMMANDS[issue.severity]} {properties}::{_data(cell + issue.text)}"


def _properties(issue: Issue) -> Iterator[tuple[str, str]]:
    if place := issue.place:
        yield "file", from_root(place.file)
        if place.line is not None:
            yield "line", str(place.line)
        if place.column is not None:
            yield "col", str(place.column)
    yield "title", issue.rule


def _data(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
