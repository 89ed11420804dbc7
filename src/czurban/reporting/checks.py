"""What a check comes to, for programs that show it beside the files: issues at places, cases passed or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from czurban.model.finding import Severity
from czurban.model.place import Place


class Outcome(StrEnum):
    """How a case ended: as a test runner says it."""

    PASSED = "passed"
    FAILED = "failed"
    BROKEN = "broken"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is demanded, and how bad it is when it is not met."""

    demand: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to look at. `subject` tells it from others of its rule: no line number, no reader's language."""

    rule: str
    severity: Severity
    message: str
    subject: str
    place: Place | None = None
    hint: str = ""

    @property
    def text(self) -> str:
        """The message, and the hint on a line of its own."""
        return f"{self.message}\n{self.hint}" if self.hint else self.message


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that was held against the plan: an indicator, or a file."""

    group: str
    name: str
    outcome: Outcome
    message: str = ""
    details: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Suite:
    """Cases that belong together."""

    name: str
    cases: Sequence[Case]


@dataclass(frozen=True, slots=True)
class Checks:
    """Everything of a check: the rules by their ids, the issues, the suites of cases, the tally in lines."""

    language: str
    rules: Mapping[str, Rule] = field(default_factory=dict)
    issues: Sequence[Issue] = ()
    suites: Sequence[Suite] = ()
    tally: Sequence[str] = ()
