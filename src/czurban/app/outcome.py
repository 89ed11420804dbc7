"""Describe what a use case gives back beside its own values: findings, notices, and what an exit code depends on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, TypeVar

from czurban.checking.finding_filter import FilteredFindings
from czurban.model.assessment import Verdict
from czurban.model.finding import Findings, Message, say
from czurban.model.observation import Submission
from czurban.reporting.document import Document
from czurban.words.translator import Translator

Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)

NO_FINDINGS = FilteredFindings((), 0, 0, failed=False)

Progress = Callable[[int, Message], AbstractContextManager[Callable[[], None]]]
"""Shows how far a work of so many steps is: the context yields what is called after each step."""


def no_progress(total: int, what: Message) -> AbstractContextManager[Callable[[], None]]:  # noqa: ARG001 - as Progress
    """Show nothing."""
    return nullcontext(lambda: None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Generic[Value_co]):
    """The result of a use case.

    `value` is what it computed, and `compose` makes its report in a language. `filtered` are the findings to report,
    `more` how many further ones of each code were counted but not kept, `notices` what else the user should know.
    `reached` are the verdicts that an exit code depends on; `nothing_read` says that no file holds a figure or a
    stage. `submissions` are the files as they were read.
    """

    value: Value_co
    compose: Callable[[Translator], Document]
    filtered: FilteredFindings = NO_FINDINGS
    more: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    notices: tuple[Message, ...] = ()
    reached: frozenset[Verdict] = frozenset()
    submissions: Sequence[Submission] = ()
    nothing_read: bool = False

    @property
    def findings(self) -> Findings:
        """The findings to report, in the order of the files."""
        return self.filtered.kept


def joined(parts: Iterable[Message | str]) -> Message | str:
    """Join names or messages into one list, with the comma of the reader's language."""
    listed: Message | str = ""
    for part in parts:
        listed = say("{first}, {rest}", first=listed, rest=part) if listed else part
    return listed
