"""Describe how figures are read and judged, and what a check is about."""

from dataclasses import dataclass
from pathlib import Path

from czurban.app.outcome import Progress, no_progress
from czurban.checking.finding_filter import FindingFilter
from czurban.model.assessment import Verdict
from czurban.model.period import Period
from czurban.reading.sources.opening import LIMITS, MEBIBYTE, Limits
from czurban.reporting.findings_text import MOST_OF_A_KIND

MEMORY = 200
"""MiB: ten million rows stay below 300 MiB of the whole process with it; what does not fit goes to the disk."""
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

    period: str | Period | None = None
    limits: Limits = LIMITS
    filter: FindingFilter = EVERY_FINDING
    most: int = MOST_OF_A_KIND
    progress: Progress = no_progress


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions(Options):
    """What a check is about: a department's results, a category's, those with certain verdicts; which region.

    `by` is `region` for every region below. `engine` reads large tables (`auto`: by their size) and takes `memory`
    MiB. `failures` is the file for the rows that miss their target; `output` the file of the report, if any.
    """

    dept: str | None = None
    category: str | None = None
    only: frozenset[Verdict] = frozenset()
    region: str | None = None
    by: str | None = None
    each_region: bool = False
    engine: str = "auto"
    memory: int = MEMORY
    failures: str | None = None
    output: Path | None = None

    @property
    def is_of_one_region(self) -> bool:
        """Whether figures are judged region by region, which takes rows of other regions too."""
        return self.region is not None or self.by is not None
