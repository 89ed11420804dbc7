"""Define findings, which are faults in files as values, with their messages and their places."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple


class Message(NamedTuple):
    """An English sentence with {named} slots, which is also the key of its translation.

    A value may be a Message, which is translated into the language of the sentence, or a tuple, which becomes a list.
    """

    text: str
    values: Mapping[str, object] = {}

    def __str__(self) -> str:
        """Return the sentence in English."""
        values = {name: ", ".join(map(str, v)) if type(v) is tuple else v for name, v in self.values.items()}
        return self.text.format_map(values) if values else self.text


def say(text: str, /, **values: object) -> Message:
    """Make a Message. `tools/words.py` collects the sentences of all calls of this name.

    Args:
        text: a sentence in English with {named} slots.
        values: the values of the slots; numbers as they are printed.
    """
    return Message(text, values)


def mark(text: str, /) -> str:
    """Mark a label for translation where it is declared; it is translated where it is displayed."""
    return text


def did_you_mean(names: Sequence[str]) -> Message | None:
    """Return a hint with similar names; None where there are none."""
    return say("Did you mean {names}?", names=" / ".join(names)) if names else None


class Place(NamedTuple):
    """A position in a text file (line and column, counted from 1) or in a workbook (sheet and cell such as C7)."""

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None

    @property
    def row(self) -> tuple[str, str, int]:
        """The file, the sheet (empty in a text file), and the number of the line or row; 0 where there is none."""
        number = self.line
        if number is None:
            number = int((self.cell or "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)
        return self.file, self.sheet or "", number

    def __str__(self) -> str:
        """Return the place as editors write it: `file:line:column` or `file:Sheet!C7`."""
        if self.sheet is not None:
            return f"{self.file}:{self.sheet}" + (f"!{self.cell}" if self.cell else "")
        numbers = [str(n) for n in (self.line, self.column) if n is not None]
        return ":".join([self.file, *numbers])


class Severity(StrEnum):
    """How bad a finding is. Error: not used. Warning: used, but to be checked. Info: reported for completeness."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


SEVERITIES = {Severity.ERROR: mark("error"), Severity.WARNING: mark("warning"), Severity.INFO: mark("note")}
"""The words for severities."""


class Finding(NamedTuple):
    """A fault in a file: its code in the catalog, its severity, what is wrong, where, and what to do about it."""

    code: str
    severity: Severity
    message: Message
    place: Place | None = None
    hint: Message | None = None


Findings = tuple[Finding, ...]


_MOST_NAMES = 12


def names_of(names: Sequence[str]) -> "Message | str":
    """Return a list of names for a message, so short that it can be read: the first ones, and how many more."""
    shown = "、".join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return say("{names} and {count} more", names=shown, count=f"{more:,}") if more > 0 else shown


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by sheet, in the order in which the sheets first appear, and by line within a sheet."""
    sheets: dict[tuple[str, str], int] = {}

    def position(each: Finding) -> tuple[int, int, int]:
        if each.place is None:
            return -1, 0, 0
        file, sheet, number = each.place.row
        return sheets.setdefault((file, sheet), len(sheets)), number, each.place.column or 0

    return sorted(findings, key=position)


def distinct(findings: Iterable[Finding]) -> list[Finding]:
    """Return each finding once; a text that several YAML aliases share is read several times."""
    return list({(each.code, each.place, str(each.message)): each for each in findings}.values())


def has_errors(findings: Iterable[Finding]) -> bool:
    """Return whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


class Correction(NamedTuple):
    """A change that `czurban fix` made at a place, or the reason why it changed nothing there."""

    place: Place
    message: Message


class Ignore(NamedTuple):
    """A comment that hides findings of `code` in the lines `first` to `last` of its file; lines count from 1."""

    code: str
    place: Place
    first: int
    last: int


class RuleCase(NamedTuple):
    """A rule with its reason, a text of the made-up plan that keeps it (`good`) and one that breaks it (`bad`).

    `changes` are the replacements that turn the good text into the bad one, and `at` is the place of the finding, as
    line:column or as the name of a sheet. `file` is the file that is changed, or a file sent instead: `bad` is then its
    whole text, or `sheets` are its sheets, each with a name, rows and perhaps `hidden`. `always` marks a rule that
    reports the good case as well. `options` are further options of the command.
    """

    code: str
    why: Mapping[str, str]
    file: str
    good: str
    bad: str
    at: str
    changes: Mapping[str, str] = {}
    sheets: Sequence[Mapping[str, object]] = ()
    always: bool = False
    options: Sequence[str] = ()
