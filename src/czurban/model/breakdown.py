"""A plan's targets broken down (分解): what each region or department is to reach of them."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from czurban.model.place import Place
from czurban.model.target import Target


class Allotment(NamedTuple):
    """One part of a target: the indicator's id, whose part it is, and the part's own target and baseline.

    `region` is a region's code. `department` is a printed name: the part is the department's where `region` is empty,
    else it is who answers for the region's. The target is in the indicator's unit.
    """

    indicator: str
    target: Target
    region: str = ""
    department: str = ""
    place: Place | None = None


class Breakdown:
    """All parts of all targets, found by whose they are. `file` is the table's name in the plan's folder."""

    def __init__(self, allotments: Sequence[Allotment] = (), file: str = "") -> None:
        self.allotments = tuple(allotments)
        self.file = file

    def __iter__(self) -> Iterator[Allotment]:
        """Every part, in the order of the table."""
        return iter(self.allotments)

    def __len__(self) -> int:
        return len(self.allotments)

    @cached_property
    def _of_regions(self) -> dict[str, dict[str, Allotment]]:
        found: dict[str, dict[str, Allotment]] = {}
        for one in self:
            if one.region:
                found.setdefault(one.region, {}).setdefault(one.indicator, one)
        return found

    def of_region(self, code: str) -> dict[str, Allotment]:
        """A region's own parts by the indicator's id; empty where it has none."""
        return self._of_regions.get(code, {})
