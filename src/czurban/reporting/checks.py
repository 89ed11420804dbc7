"""The issues and cases of a check, for programs that read them: SARIF, JUnit and annotations."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from czurban.model.finding import Place, Severity


class CaseOutcome(StrEnum):
    """The outcomes of a case in the terms of test runners."""

    PASSED = "passed"
    FAILED = "failed"
    BROKEN = "broken"
    SKIPPED = "skipped"


class Rule(NamedTuple):
    """A demand, and the severity of a breach of it."""

    demand: str
    severity: Severity


class Issue(NamedTuple):
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


class Case(NamedTuple):
    """An indicator or a file that was checked."""

    group: str
    name: str
    outcome: CaseOutcome
    message: str = ""
    details: str = ""
    place: Place | None = None


class Suite(NamedTuple):
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


def from_root(file: str) -> str:
    """Return a file's path, with slashes, from the root of the workflow's repository, else from the current folder.

    A file that is elsewhere keeps its whole path, and what is no file (<stdin>) its name.
    """
    path = Path(file)
    if not path.exists():
        return path.as_posix()
    whole = path.resolve()
    for root in (os.environ.get("GITHUB_WORKSPACE"), "."):
        if root and whole.is_relative_to(Path(root).resolve()):
            return whole.relative_to(Path(root).resolve()).as_posix()
    return whole.as_posix()
