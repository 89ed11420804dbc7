"""Describe the options and the outcome of use cases."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar

from czurban.app.finding_filter import FilteredFindings, FindingFilter
from czurban.model.finding import Findings, Message, say
from czurban.reading.sources.limits import LIMITS, MEBIBYTE, Limits
from czurban.reading.sources.skipped_files import SkippedFile, SkipReason
from czurban.reporting.document import Document
from czurban.reporting.findings_text import MOST_OF_A_KIND
from czurban.words.translator import Translator

if TYPE_CHECKING:  # help and completion judge nothing
    from czurban.model.assessment import Result, Verdict
    from czurban.model.observation import Submission
    from czurban.model.period import Period
    from czurban.model.plan import Plan

Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)

NO_FINDINGS = FilteredFindings((), 0, 0, failed=False)

Progress = Callable[[int, Message], AbstractContextManager[Callable[[], None]]]
"""Shows how far a work of so many steps is: the context yields what is called after each step."""


def no_progress(total: int, what: Message) -> AbstractContextManager[Callable[[], None]]:  # noqa: ARG001 - as Progress
    """Show nothing."""
    return nullcontext(lambda: None)


Compose = Callable[[Translator], Document]
"""Makes a report in a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Generic[Value_co]):
    """The result of a use case.

    `value` is what it computed, and `compose` makes its report in a language. `filtered` are the findings to report,
    `more` how many further ones of each code were counted but not kept, `notices` what else the user should know.
    `reached` are the verdicts that an exit code depends on; `nothing_read` says that no file holds a figure or a
    stage. `submissions` are the files as they were read. `lagging` says that a target is behind the time.
    """

    value: Value_co
    compose: Compose
    filtered: FilteredFindings = NO_FINDINGS
    more: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    notices: tuple[Message, ...] = ()
    reached: "frozenset[Verdict]" = frozenset()
    submissions: "Sequence[Submission]" = ()
    nothing_read: bool = False
    lagging: bool = False

    @property
    def findings(self) -> Findings:
        """The findings to report, in the order of the files."""
        return self.filtered.kept


_MOST = 5
_USUAL = (SkipReason.HIDDEN, SkipReason.LOCK, SkipReason.UNFINISHED)
"""Files that no user would expect to be read: named last."""


def skipped_notices(skipped: Sequence[SkippedFile]) -> tuple[Message, ...]:
    """Return a sentence about the files of folders that were not read and why: a few by name, and how many more."""
    if not skipped:
        return ()
    first = sorted(skipped, key=lambda file: file.why in _USUAL)[:_MOST]
    names = tuple(say("{path} ({why})", path=file.path, why=Message(file.why)) for file in first)
    more = len(skipped) - _MOST
    if more > 0:
        return (say("Left out: {names}, and {count} more.", names=names, count=more),)
    return (say("Left out: {names}.", names=names),)


EVERY_FINDING = FindingFilter()
MOST_COLUMNS, MOST_CHARACTERS = LIMITS.columns, LIMITS.cell
"""The usual limits of a table's columns and of a cell's characters."""


def limits_of(rows: int | None, columns: int, cell: int, size: int | None) -> Limits:
    """Return the limits of a run. `size` is in MiB; rows and size bind an engine only where they are given."""
    most = None if size is None else size * MEBIBYTE
    return Limits(rows or LIMITS.rows, columns, cell, most or LIMITS.size, rows, most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How figures are read and judged.

    `period` is the plan's own where it is None, `filter` says which findings are reported, and `most` how many of one
    kind are listed (0: all).
    """

    period: "str | int | Period | None" = None
    limits: Limits = LIMITS
    filter: FindingFilter = EVERY_FINDING
    most: int = MOST_OF_A_KIND
    progress: Progress = no_progress


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopedOptions(Options):
    """What is shown: the results of a department, those of a category, or of both; all where neither is named."""

    dept: str | None = None
    category: str | None = None

    def scope(self, plan: "Plan") -> "Callable[[Result], bool]":
        """Return the test that a result must pass to be shown.

        Raises:
            UnknownThingError: the plan has no such department or category.
        """
        if self.dept is None and self.category is None:
            return lambda _: True
        from czurban.app.plans import scope_of  # noqa: PLC0415 - most runs show everything

        return scope_of(plan, self.dept, self.category)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions(ScopedOptions):
    """What a check is about: whose results, those with certain verdicts; which region.

    `by` is `region` for every region below. `engine` reads large tables (`auto`: by their size) and takes `memory`
    MiB (None: half of the machine's, at least 256). `every` gives each target without a figure a row. `failures` is
    the file for the rows that miss their target; `output` the file of the report, if any.
    """

    only: "frozenset[Verdict]" = frozenset()
    every: bool = False
    region: str | None = None
    by: str | None = None
    each_region: bool = False
    engine: str = "auto"
    memory: int | None = None
    failures: str | None = None
    output: Path | None = None

    @property
    def is_of_one_region(self) -> bool:
        """Whether figures are judged region by region, which takes rows of other regions too."""
        return self.region is not None or self.by is not None
