"""A fault in a file, as a value: gathered, shown together, never raised."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from czurban.model.message import Message
from czurban.model.place import Place


class Severity(StrEnum):
    """Error: not used or not understood. Warning: used, but look. Info: said so that nothing is silent."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """A code of the catalogue, how bad it is, what is wrong, where, and what to do about it."""

    code: str
    severity: Severity
    message: Message
    place: Place | None = None
    hint: Message | None = None


Findings = tuple[Finding, ...]


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of them is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
