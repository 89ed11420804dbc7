"""Define the survey of many regions, each with a verdict for each indicator."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from czurban.model.assessment import Verdict
from czurban.model.finding import Findings
from czurban.model.observation import NO_ROWS, RowCount
from czurban.model.period import Period
from czurban.model.plan import Plan

Verdicts = Mapping[Verdict, int]
"""How many regions have each verdict."""


class Family(NamedTuple):
    """Regions that are counted together, such as a province's: how many, and their verdicts by the indicator's id.

    `name` is empty for all those that have no code and are not in the plan's hierarchy.
    """

    name: str
    regions: int
    verdicts: Mapping[str, Verdicts]


MOST_REGIONS = 10
"""How many regions a survey lists that miss most targets, and how many that meet most."""


class RegionCount(NamedTuple):
    """A region, by its code or the key of its name, with how many of its targets are met and missed."""

    region: str
    met: int
    missed: int


class Survey(NamedTuple):
    """The verdicts of every region of a table, with the findings and the row counts.

    `codes` counts every finding by code; where there are many, `findings` has only the first of each code.
    `unchecked` counts by code the rows that a check was not run for. The regions that miss and meet most targets are
    listed, the first of each.
    """

    plan: Plan
    period: Period
    families: tuple[Family, ...]
    codes: Mapping[str, int]
    findings: Findings = ()
    files: tuple[str, ...] = ()
    rows: RowCount = NO_ROWS
    unchecked: Mapping[str, int] = {}
    most_missed: tuple[RegionCount, ...] = ()
    most_met: tuple[RegionCount, ...] = ()

    @property
    def regions(self) -> int:
        """The number of regions."""
        return sum(family.regions for family in self.families)

    def by_indicator(self) -> Iterator[tuple[str, Verdicts]]:
        """Yield the verdicts of each indicator over all families, in the plan's order; none without any verdict."""
        for indicator in self.plan.indicators:
            counts = added(family.verdicts.get(indicator.id, {}) for family in self.families)
            if counts:
                yield indicator.id, counts

    @property
    def all(self) -> Verdicts:
        """The verdicts of all indicators."""
        return added(counts for _, counts in self.by_indicator())


def added(many: Iterator[Verdicts]) -> Verdicts:
    """Add up counts of verdicts."""
    total: Counter[Verdict] = Counter()
    for counts in many:
        total.update(counts)
    return dict(total)
