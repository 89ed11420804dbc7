"""Find the regions that figures are computed for, with the records of each, and the records that belong to none."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from czurban.computing.records.groups import GroupedRecords, Key
from czurban.model.region import Region, Regions

_CODE = re.compile(r"[0-9A-Za-z._-]*[0-9][0-9A-Za-z._-]*")
"""What can only be the code of a region: 450721, DE-BY1."""


class Area(NamedTuple):
    """A region to compute figures for: its name, its regions as the records write them, and those without a record."""

    name: str
    members: frozenset[str]
    lacking: tuple[str, ...] = ()
    depth: int = 0


def whole_area(keys: Iterable[Key], whole: str, regions: Regions) -> Area:
    """Return the area of all records; in a hierarchy, of those within the region and those that state no region."""
    written = frozenset(key.region for key in keys)
    top = regions.find(whole) if whole else None
    if top is None:
        return Area(whole, written)
    members = written - unknown_regions(written, whole, regions)
    return Area(regions.full_name(top), members, _lacking(regions.leaves(top), members, regions))


def unknown_regions(written: Iterable[str], whole: str, regions: Regions) -> frozenset[str]:
    """Return the regions of records that are outside the whole; none without a hierarchy."""
    top = regions.find(whole) if whole else None
    if top is None:
        return frozenset()
    inside = {region.code for region in (top, *regions.descendants(top))}
    return frozenset(
        text for text in written if text and (not (region := regions.find(text)) or region.code not in inside)
    )


def areas_by_region(keys: Iterable[Key], regions: Regions) -> list[Area]:
    """Return the regions of the records and those above them in the hierarchy, each before its own regions.

    Records that state no region are in none. A region that is not in the hierarchy is added by itself.
    """
    written = {key.region for key in keys if key.region}
    known = {text: region for text in written if (region := regions.find(text))}
    unknown = [Area(text, frozenset({text})) for text in sorted(written - set(known))]
    shown = {above.code for region in known.values() for above in regions.path(region)}
    tops = (region for region in regions if regions.parent(region) is None)
    downwards = (region for top in tops for region in (top, *regions.descendants(top)))
    tree = [_area(region, known, regions) for region in downwards if region.code in shown]
    return [*tree, *unknown]


def areas_by_beginning(keys: Iterable[Key], length: int, regions: Regions) -> list[Area]:
    """Return an area for each beginning of region codes of a given length; a name has the code of the hierarchy.

    A region without a code, or with a shorter one, is in none.
    """
    groups: dict[str, set[str]] = {}
    for text in {key.region for key in keys}:
        if len(code := code_of(text, regions)) >= length:
            groups.setdefault(code[:length], set()).add(text)
    leaves = [region for region in regions if not regions.children(region)]
    areas = []
    for name, members in sorted(groups.items()):
        inside = [leaf for leaf in leaves if leaf.code.startswith(name)]
        areas.append(Area(name, frozenset(members), _lacking(inside, members, regions)))
    return areas


def code_of(text: str, regions: Regions) -> str:
    """Return the code of a region as it is written: by the hierarchy, or the text itself if it can only be a code.

    It is empty where there is none: for a name that the hierarchy does not have, or has twice.
    """
    if region := regions.find(text):
        return region.code
    return text if _CODE.fullmatch(text) and not regions.matching(text) else ""


def _area(region: Region, known: Mapping[str, Region], regions: Regions) -> Area:
    below = {part.code for part in (region, *regions.descendants(region))}
    members = frozenset(text for text, part in known.items() if part.code in below)
    lacking = _lacking(regions.leaves(region), members, regions)
    return Area(regions.full_name(region), members, lacking, len(regions.above(region)))


def _lacking(leaves: Iterable[Region], written: Iterable[str], regions: Regions) -> tuple[str, ...]:
    """Return the names of the regions without any record; a record of a region above may be of any of its parts."""
    stated = {region.code for text in written if (region := regions.find(text))}
    return tuple(
        leaf.name for leaf in leaves if stated.isdisjoint((leaf.code, *(above.code for above in regions.above(leaf))))
    )


class Misplaced(NamedTuple):
    """How many records have each region that has no code (of the asked length), is unknown, or is outside the whole."""

    uncoded: Mapping[str, int]
    unknown: Mapping[str, int]
    outside: Mapping[str, int]


def misplaced(
    gathered: GroupedRecords, whole: str, regions: Regions, *, by_region: bool, beginning: int | None
) -> Misplaced:
    """Count the records whose region has no code to group by, is unknown, or is no part of the whole; each once."""
    written = {key.region for key in gathered.groups if key.region}
    shortest = beginning or 0
    uncoded = {text for text in written if shortest and len(code_of(text, regions)) < shortest}
    unknown = {text for text in written - uncoded if len(regions) and not regions.find(text)}
    outside = unknown_regions(written - uncoded, whole, regions)
    if outside or not by_region:
        unknown = set()

    def counted(texts: Iterable[str]) -> dict[str, int]:
        groups = gathered.groups.items()
        return {text: sum(sums.records for key, sums in groups if key.region == text) for text in sorted(texts)}

    return Misplaced(counted(uncoded), counted(unknown), counted(outside))
