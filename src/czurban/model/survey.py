"""Every region of a large table held against the plan: how many met what, and what is wrong with the rows."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from czurban.model.finding import Findings
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.row_count import NO_ROWS, RowCount
from czurban.model.verdict import Verdict

Verdicts = Mapping[Verdict, int]
"""How many regions have each verdict."""


class Family(NamedTuple):
    """Regions that belong together (a province's, say): how many, and their verdicts by the indicator's id."""

    name: str
    regions: int
    verdicts: Mapping[str, Verdicts]


class Survey(NamedTuple):
    """The plan, the families in their order, the count of findings by code, those that are listed, and the rows.

    `codes` counts every finding, of which `findings` has the first of each code alone where there are many.
    """

    plan: Plan
    period: Period
    families: tuple[Family, ...]
    codes: Mapping[str, int]
    findings: Findings = ()
    files: tuple[str, ...] = ()
    rows: RowCount = NO_ROWS

    @property
    def regions(self) -> int:
        """How many regions there are."""
        return sum(one.regions for one in self.families)

    def by_indicator(self) -> Iterator[tuple[str, Verdicts]]:
        """The verdicts of each indicator over all families, in the plan's order; without those no region has."""
        for one in self.plan.indicators:
            found = added(family.verdicts.get(one.id, {}) for family in self.families)
            if found:
                yield one.id, found

    @property
    def all(self) -> Verdicts:
        """All verdicts together."""
        return added(counts for _, counts in self.by_indicator())


def added(many: Iterator[Verdicts]) -> Verdicts:
    """Counts of verdicts together."""
    found: dict[Verdict, int] = {}
    for counts in many:
        for verdict, count in counts.items():
            found[verdict] = found.get(verdict, 0) + count
    return found
