"""A fault in a file, as a value: gathered, shown together, never raised.

A sentence for a person, kept apart from its values until somebody knows the reader's language.

Where in a file something stands, so that a person can go there.

One correction of a plan's file, told: where it stands, what was changed and why.

A comment in a plan's file that hides a finding, with the lines it speaks of.

A rule's good and bad case, as data.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Message(NamedTuple):
    """An English sentence with {named} slots, which is also the key of its translation.

    A value may be a Message itself; whoever spells the outer one spells the inner one in the same language.
    """

    text: str
    values: Mapping[str, object] = {}

    def __str__(self) -> str:
        """The sentence in English."""
        return self.text.format_map(self.values) if self.values else self.text


def say(text: str, /, **values: object) -> Message:
    """Make a Message. The extractor of translations looks for calls of this name.

    Args:
        text: a sentence in English with {named} slots.
        values: what stands in the slots; numbers as they shall be read, never rounded here.
    """
    return Message(text, values)


def mark(text: str, /) -> str:
    """Mark a label for translation where it is declared; it is translated where it is shown."""
    return text


class Place(NamedTuple):
    """A position in a text file (line and column, counted from 1) or in a workbook (sheet and cell such as C7)."""

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None

    @property
    def row(self) -> tuple[str, str | None, int | str | None]:
        """The file, the sheet, and the line or the row's number."""
        return self.file, self.sheet, self.line or (self.cell or "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    def __str__(self) -> str:
        """The place as editors and people write it: `file:line:column` or `file:Sheet!C7`."""
        if self.sheet is not None:
            return f"{self.file}:{self.sheet}" + (f"!{self.cell}" if self.cell else "")
        numbers = [str(n) for n in (self.line, self.column) if n is not None]
        return ":".join([self.file, *numbers])


class Severity(StrEnum):
    """Error: not used or not understood. Warning: used, but look. Info: said so that nothing is silent."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Finding(NamedTuple):
    """A code of the catalogue, how bad it is, what is wrong, where, and what to do about it."""

    code: str
    severity: Severity
    message: Message
    place: Place | None = None
    hint: Message | None = None


Findings = tuple[Finding, ...]


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings sheet by sheet as the sheets were first named, each from its beginning to its end."""
    given = list(findings)
    seen = dict.fromkeys((one.place.file, one.place.sheet) for one in given if one.place)
    sheets = {name: n for n, name in enumerate(seen)}
    return sorted(given, key=lambda one: _position(one.place, sheets))


def _position(place: Place | None, sheets: Mapping[tuple[str, str | None], int]) -> tuple[int, int, int]:
    if place is None:
        return (-1, 0, 0)
    line = place.line
    if line is None and place.cell:
        line = int(place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)
    return (sheets[place.file, place.sheet], line or 0, place.column or 0)


def distinct(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once: a text that several aliases share is read several times."""
    return list({(one.code, one.place, str(one.message)): one for one in findings}.values())


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of them is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


@dataclass(frozen=True, slots=True)
class Correction:
    """What was changed at a place; also used for what was left alone there, and why."""

    place: Place
    message: Message


class Ignore(NamedTuple):
    """Findings of `code` in the lines `first` to `last` of the comment's file are not told; lines count from 1."""

    code: str
    place: Place
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RuleCase:
    """Why a rule is there, and a text of the made-up plan that keeps it (`good`) beside one that does not (`bad`).

    `changes` are all the replacements that make the bad case, good text to bad; `at` is where the finding stands, as
    line:column or as the sheet's name. `file` is the file of the made-up plan that is changed, or one that is sent in
    its place: `bad` is then all of its text, or `sheets` are its sheets, each with name, rows and perhaps `hidden`.
    `always` marks a rule that speaks of the good case too. `options` are what the command is told besides.
    """

    code: str
    why: Mapping[str, str]
    file: str
    good: str
    bad: str
    at: str
    changes: Mapping[str, str] = field(default_factory=dict)
    sheets: Sequence[Mapping[str, object]] = ()
    always: bool = False
    options: Sequence[str] = ()
