"""Define departments, the hierarchy of regions, and the breakdown (分解) of a plan's targets to both."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.model.target import Target
from czurban.model.task import NO_PERSONS, Persons
from czurban.model.text import key, nearest
from czurban.model.vocabulary import region_words

WHOLE_WORDS = frozenset(map(key, region_words.WHOLE.split()))
"""Words for a region as a whole, without its name: 全市, 合计."""
_EACH = r"各(?P<some>有关|相关)?(?P<ends>[县区市旗乡镇街道、（）()]+?)(?:(?:人民)?政府|党委|管委|等|、|$)"
"""The name of a group of regions right below the plan's: each of them (各县区人民政府), or some (各有关县区)."""
_JOINTS = str.maketrans(dict.fromkeys("/·>-—→"))


class Region(NamedTuple):
    """A region with its unique code, its names, and the code of its parent.

    `parent` is empty for the top region. Codes are texts: 045 is not 45. Targets may differ by `type`, such as 县.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str = ""
    place: Place | None = None
    type: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)


class Department(NamedTuple):
    """A department, or a printed group of departments, with its printed name and its aliases.

    `regions` are those that a group declares to stand for. `region` is the code of a region that figures are asked of
    (see `Plan.counties`).
    """

    name: str
    aliases: tuple[str, ...] = ()
    is_group: bool = False
    place: Place | None = None
    persons: Persons = NO_PERSONS
    regions: tuple[str, ...] | None = None
    region: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)

    @property
    def of_each(self) -> re.Match[str] | None:
        """What the name of a group says about the regions that it stands for; None where it names none."""
        return re.match(_EACH, self.name) if self.is_group and self.regions is None else None

    @property
    def is_of_some(self) -> bool:
        """Whether a group is only some of its regions, and the plan does not say which (各有关县区)."""
        return bool(self.of_each and self.of_each["some"])

    def stands_for(self, regions: "Regions", home: Region | None) -> tuple[str, ...]:
        """Return the codes of the regions that a group is: as it declares, else as its name says (各县区).

        Args:
            regions: those of the plan.
            home: the plan's region.
        """
        if self.regions is not None:
            return tuple(region.code for name in self.regions if (region := regions.find(name)))
        if home is None or (match := self.of_each) is None:
            return ()
        return tuple(each.code for each in regions.children(home) if each.name.endswith(tuple(match["ends"])))


class Regions:
    """The tree of regions of a plan; empty where the plan has none.

    Unknown parents, cycles and duplicates are reported where regions are read; here only endless loops are prevented.
    """

    def __init__(self, regions: Iterable[Region] = ()) -> None:
        self._by_code = {region.code: region for region in regions}

    def __iter__(self) -> Iterator[Region]:
        """Yield every region in the order given."""
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    @cached_property
    def _by_text(self) -> dict[str, tuple[Region, ...]]:
        """The regions by what may be written for them: code, names, and names behind those of the regions above."""
        by_text: dict[str, dict[str, Region]] = {}
        for region in self:
            by_text.setdefault(key(region.code), {})[region.code] = region
            for name in region.names:
                for text in (name, *_behind(name, self.above(region))):
                    by_text.setdefault(key(text), {})[region.code] = region
        return {text: tuple(regions.values()) for text, regions in by_text.items()}

    @cached_property
    def _below(self) -> dict[str, tuple[Region, ...]]:
        below: dict[str, list[Region]] = {}
        for region in self:
            below.setdefault(region.parent, []).append(region)
        return {code: tuple(regions) for code, regions in below.items()}

    @property
    def texts(self) -> Iterable[str]:
        """Whatever may be written for one of the regions, without spaces and in lower case."""
        return self._by_text

    def matching(self, text: str) -> tuple[Region, ...]:
        """Return every region that a text may mean: by code, name, alias, or name after its parents' (钦州市灵山县)."""
        wanted = key(text)
        return self._by_text.get(wanted) or self._by_text.get(wanted.translate(_JOINTS), ())

    def find(self, text: str) -> Region | None:
        """Return the only region that a text may mean; None where there is none or more than one (see `matching`)."""
        matches = self.matching(text)
        return matches[0] if len(matches) == 1 else None

    def with_code(self, code: str) -> Region | None:
        """Return the region of a code."""
        return self._by_code.get(code)

    def parent(self, region: Region) -> Region | None:
        """Return the region right above; None for the top region."""
        return self._by_code.get(region.parent)

    def above(self, region: Region) -> Sequence[Region]:
        """Return the regions above, the nearest first."""
        above: list[Region] = []
        parent = self.parent(region)
        while parent is not None and parent is not region and parent not in above:
            above.append(parent)
            parent = self.parent(parent)
        return above

    def path(self, region: Region) -> tuple[Region, ...]:
        """Return the regions from the top down to this one, itself included."""
        return (*reversed(self.above(region)), region)

    def full_name(self, region: Region) -> str:
        """Return the name if no other region has it, otherwise behind those of the regions above: 南京市鼓楼区."""
        text = region.name
        for parent in self.above(region):
            if len(self.matching(text)) == 1:
                break
            text = parent.name + text
        return text

    def children(self, region: Region) -> tuple[Region, ...]:
        """Return the regions right below."""
        return self._below.get(region.code, ())

    def descendants(self, region: Region) -> Iterator[Region]:
        """Yield every region below, each before its own regions."""
        for child in self.children(region):
            yield child
            yield from self.descendants(child)

    def leaves(self, region: Region) -> tuple[Region, ...]:
        """Return the regions below that have no regions themselves; the region itself where it has none."""
        return tuple(below for below in self.descendants(region) if not self.children(below)) or (region,)

    def near(self, text: str) -> tuple[str, ...]:
        """Return the names of regions that are most similar to a text."""
        return nearest(text, (name for region in self for name in region.names))


def _behind(name: str, above: Sequence[Region]) -> Iterator[str]:
    """Yield a name behind those of regions above: 钦州市灵山县, 广西壮族自治区钦州市灵山县, 广西壮族自治区灵山县."""
    front = ""
    for parent in above:
        front = parent.name + front
        yield front + name
        if front != parent.name:
            yield parent.name + name


class Allotment(NamedTuple):
    """A part of a target: the indicator's id, the region or department, and the part's target and baseline.

    `region` is a region's code. `department` is a printed name: the part is the department's where `region` is empty,
    otherwise the department is responsible for the region's part. The target is in the indicator's unit and has the
    part's own deadline, if the breakdown gives one.
    """

    indicator: str
    target: Target
    region: str = ""
    department: str = ""
    place: Place | None = None
    persons: Persons = NO_PERSONS


class Breakdown:
    """All parts of all targets. `file` is the name of their table in the plan's folder."""

    def __init__(self, allotments: Sequence[Allotment] = (), file: str = "") -> None:
        self.allotments = tuple(allotments)
        self.file = file

    def __iter__(self) -> Iterator[Allotment]:
        """Yield every part in the order of the table."""
        return iter(self.allotments)

    def __len__(self) -> int:
        return len(self.allotments)

    @cached_property
    def _of_regions(self) -> dict[str, dict[str, Allotment]]:
        by_region: dict[str, dict[str, Allotment]] = {}
        for part in self:
            if part.region:
                by_region.setdefault(part.region, {}).setdefault(part.indicator, part)
        return by_region

    @property
    def of_departments(self) -> Iterator[Allotment]:
        """The departments' own parts, in the order of the table."""
        return (part for part in self if not part.region)

    def of_region(self, code: str) -> dict[str, Allotment]:
        """Return a region's parts by the indicator's id; empty where it has none."""
        return self._of_regions.get(code, {})
