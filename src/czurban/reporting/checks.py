"""The issues and cases of a check, for programs that read them: SARIF, JUnit and annotations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from czurban.model.finding import Place, Severity


class CaseOutcome(StrEnum):
    """The outcomes of a case in the terms of test runners."""

    PASSED = "passed"
    FAILED = "failed"
    BROKEN = "broken"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Rule:
    """A demand, and the severity of a breach of it."""

    demand: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Issue:
    """A breach of a rule. `subject` identifies it among those of its rule, without line numbers, in any language."""

    rule: str
    severity: Severity
    message: str
    subject: str
    place: Place | None = None
    hint: str = ""

    @property
    def text(self) -> str:
        """The message, and the hint on a separate line."""
        return f"{self.message}\n{self.hint}" if self.hint else self.message


@dataclass(frozen=True, slots=True)
class Case:
    """An indicator or a file that was checked."""

    group: str
    name: str
    outcome: CaseOutcome
    message: str = ""
    details: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Suite:
    """Cases under a common name."""

    name: str
    cases: Sequence[Case]


@dataclass(frozen=True, slots=True)
class Checks:
    """The content of a check: the rules by their ids, the issues, the suites of cases, the tally in lines."""

    language: str
    rules: Mapping[str, Rule] = field(default_factory=dict)
    issues: Sequence[Issue] = ()
    suites: Sequence[Suite] = ()
    tally: Sequence[str] = ()
