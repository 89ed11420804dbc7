"""Regions in their hierarchy, and how one is found by what people call it, never by a guess.

A plan's targets broken down (分解): what each region or department is to reach of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from czurban.model import vocabulary
from czurban.model.finding import Place
from czurban.model.target import Target
from czurban.model.text import key, nearest

WHOLE_WORDS = frozenset(map(key, vocabulary.WHOLE.split()))
"""Words for a region as a whole, without its name: 全市, 合计."""
_JOINTS = str.maketrans(dict.fromkeys("/·>-—→"))


class Region(NamedTuple):
    """A region under its code, which is its own alone, with its name, its other names and the code of its parent.

    `parent` is empty for the one at the top. Codes are texts: 045 is not 45.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str = ""
    place: Place | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)


class Regions:
    """The tree of regions that a plan knows; empty where it knows none.

    Whoever reads regions from a file tells unknown parents, cycles and doubles; here a tree without them is taken for
    granted, except that no walk upwards is without end.
    """

    def __init__(self, regions: Iterable[Region] = ()) -> None:
        self._by_code = {one.code: one for one in regions}

    def __iter__(self) -> Iterator[Region]:
        """Every region, in the order given."""
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    @cached_property
    def _called(self) -> dict[str, tuple[Region, ...]]:
        """What people may write for a region: its code, its names, and these behind those of the regions above it."""
        found: dict[str, dict[str, Region]] = {}
        for one in self:
            found.setdefault(key(one.code), {})[one.code] = one
            for name in one.names:
                for text in (name, *_behind(name, self.above(one))):
                    found.setdefault(key(text), {})[one.code] = one
        return {text: tuple(members.values()) for text, members in found.items()}

    @cached_property
    def _below(self) -> dict[str, tuple[Region, ...]]:
        found: dict[str, list[Region]] = {}
        for one in self:
            found.setdefault(one.parent, []).append(one)
        return {code: tuple(members) for code, members in found.items()}

    def matching(self, text: str) -> tuple[Region, ...]:
        """Every region that a text may mean: a code, a name, an alias, or a name behind its parents' (钦州市灵山县)."""
        wanted = key(text)
        return self._called.get(wanted) or self._called.get(wanted.translate(_JOINTS), ())

    def find(self, text: str) -> Region | None:
        """Return the one region that a text means; None where there is none, or more than one (see `matching`)."""
        found = self.matching(text)
        return found[0] if len(found) == 1 else None

    def with_code(self, code: str) -> Region | None:
        """Return the region of a code."""
        return self._by_code.get(code)

    def parent(self, region: Region) -> Region | None:
        """Return the region right above; None for the one at the top."""
        return self._by_code.get(region.parent)

    def above(self, region: Region) -> Sequence[Region]:
        """The regions above one, the nearest first."""
        found: list[Region] = []
        one = self.parent(region)
        while one is not None and one is not region and one not in found:
            found.append(one)
            one = self.parent(one)
        return found

    def path(self, region: Region) -> tuple[Region, ...]:
        """The way from the top down to a region, itself included."""
        return (*reversed(self.above(region)), region)

    def full_name(self, region: Region) -> str:
        """Its name where nothing else is called so, else behind those above it: 南京市鼓楼区."""
        text = region.name
        for one in self.above(region):
            if len(self.matching(text)) == 1:
                break
            text = one.name + text
        return text

    def children(self, region: Region) -> tuple[Region, ...]:
        """The regions right below."""
        return self._below.get(region.code, ())

    def descendants(self, region: Region) -> Iterator[Region]:
        """Every region below, each before those below it."""
        for one in self.children(region):
            yield one
            yield from self.descendants(one)

    def leaves(self, region: Region) -> tuple[Region, ...]:
        """The regions below that have none below themselves; the region itself where it has none."""
        return tuple(one for one in self.descendants(region) if not self.children(one)) or (region,)

    def near(self, text: str) -> tuple[str, ...]:
        """Names of regions most like the text."""
        return nearest(text, (name for one in self for name in one.names))


def _behind(name: str, above: Sequence[Region]) -> Iterator[str]:
    """A name behind some of those above it: 钦州市灵山县, 广西壮族自治区钦州市灵山县, 广西壮族自治区灵山县."""
    front = ""
    for one in above:
        front = one.name + front
        yield front + name
        if front != one.name:
            yield one.name + name


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
