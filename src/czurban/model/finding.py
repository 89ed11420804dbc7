"""A fault in a file, as a value: gathered, shown together, never raised."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from czurban.model.message import Message
from czurban.model.place import Place


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
