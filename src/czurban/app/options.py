"""Describe the options and the outcome of use cases, and leave out the findings that are not to be printed."""

import datetime as dt
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from czurban.model.faults import FAULTS, finding
from czurban.model.finding import Finding, Findings, Ignore, Message, Severity, say
from czurban.reading.sources.find_files import SkippedFile, SkipReason
from czurban.reading.sources.limits import LIMITS, MEBIBYTE, Limits
from czurban.reporting.document import Document
from czurban.reporting.findings_text import MOST_OF_A_KIND
from czurban.words.translator import Translator

if TYPE_CHECKING:  # help and completion judge nothing
    from czurban.model.assessment import Verdict
    from czurban.model.observation import Submission
    from czurban.model.period import Period

Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)

Codes = tuple[str, ...]
"""Codes and beginnings of codes: P202, S2, P."""


class FindingFilter(NamedTuple):
    """The findings to print: only those of `select` (empty: all), without `ignore` and `per_file` patterns."""

    select: Codes = ()
    ignore: Codes = ()
    per_file: tuple[tuple[str, Codes], ...] = ()
    strict: bool = False


class FilteredFindings(NamedTuple):
    """The findings to print, how many options and comments left out, and whether they fail the run."""

    kept: Findings
    left_out: int
    commented: int
    failed: bool


NO_FINDINGS = FilteredFindings((), 0, 0, failed=False)

_LONGEST = 11
"""Digits of a moment in seconds, up to the year 5138."""


def moment() -> dt.datetime:
    """Return the time now, or the one that SOURCE_DATE_EPOCH sets (seconds since 1970 in UTC)."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isascii() and fixed.isdecimal() and len(fixed) <= _LONGEST:
        return dt.datetime.fromtimestamp(int(fixed), dt.UTC)
    return dt.datetime.now().astimezone()


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
    stage. `submissions` are the files as they were read. `lagging` says that a target is behind the time.
    """

    value: Value_co
    compose: Callable[[Translator], Document]
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


def joined(parts: Iterable[Message | str]) -> Message | str:
    """Join names or messages into one list, with the comma of the reader's language."""
    listed: Message | str = ""
    for part in parts:
        listed = say("{first}, {rest}", first=listed, rest=part) if listed else part
    return listed


_MOST = 5
_USUAL = (SkipReason.HIDDEN, SkipReason.LOCK, SkipReason.UNFINISHED)
"""Files that no user would expect to be read: named last."""


def skipped_notices(skipped: Sequence[SkippedFile]) -> tuple[Message, ...]:
    """Return a sentence about the files of folders that were not read and why: a few by name, and how many more."""
    if not skipped:
        return ()
    first = sorted(skipped, key=lambda file: file.why in _USUAL)[:_MOST]
    names = joined(say("{path} ({why})", path=file.path, why=Message(file.why)) for file in first)
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
class CheckOptions(Options):
    """What a check is about: a department's results, a category's, those with certain verdicts; which region.

    `by` is `region` for every region below. `engine` reads large tables (`auto`: by their size) and takes `memory`
    MiB (None: half of the machine's, at least 256). `every` gives each target without a figure a row. `failures` is
    the file for the rows that miss their target; `output` the file of the report, if any.
    """

    dept: str | None = None
    category: str | None = None
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


def may_hide(code: str) -> bool:
    """Return whether a finding may be left out; not if a plan or a value is not used because of it."""
    return code.startswith("P2") or FAULTS[code].severity is not Severity.ERROR


def filter_findings(
    findings: Sequence[Finding], chosen: FindingFilter, ignores: Sequence[Ignore] = ()
) -> FilteredFindings:
    """Leave out what may be left out. Verdicts do not change, since they were reached before."""
    uncommented, unused = _without_commented(findings, ignores)
    every = (*uncommented, *unused)
    kept = tuple(fault for fault in every if not may_hide(fault.code) or _passes(fault, chosen))
    bad = {Severity.ERROR, Severity.WARNING} if chosen.strict else {Severity.ERROR}
    failed = any(fault.severity in bad for fault in kept)
    return FilteredFindings(kept, len(every) - len(kept), len(findings) - len(uncommented), failed)


def _passes(fault: Finding, chosen: FindingFilter) -> bool:
    if chosen.select and not fault.code.startswith(chosen.select):
        return False
    if fault.code.startswith(chosen.ignore):
        return False
    place = fault.place
    return place is None or not any(
        fault.code.startswith(codes) and PurePath(place.file).match(pattern) for pattern, codes in chosen.per_file
    )


def _without_commented(findings: Iterable[Finding], ignores: Sequence[Ignore]) -> tuple[list[Finding], list[Finding]]:
    """Return the findings that no comment hides, and a finding for each comment that hides none."""
    kept, used = [], set()
    for fault in findings:
        hiding = [n for n, ignore in enumerate(ignores) if _hides(ignore, fault)]
        used.update(hiding)
        if not hiding:
            kept.append(fault)
    return kept, [_unused(ignore) for n, ignore in enumerate(ignores) if n not in used]


def _hides(ignore: Ignore, fault: Finding) -> bool:
    if ignore.code != fault.code or fault.place is None or fault.place.line is None or not fault.code.startswith("P2"):
        return False
    same = PurePath(ignore.place.file) == PurePath(fault.place.file)
    return same and ignore.first <= fault.place.line <= ignore.last


def _unused(ignore: Ignore) -> Finding:
    message = say("The comment hides no {code}.", code=ignore.code)
    return finding("P115", ignore.place, message, say("Delete it, or put it right above the line with the finding."))
