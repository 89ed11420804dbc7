"""Which records make up which region: each as written, by the beginning of its code, or up its hierarchy."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from czurban.computing.records.gather import Key
from czurban.model.region import Region, Regions


class Area(NamedTuple):
    """A region to make a figure for: its name, the regions as the records write them, and those that have no record."""

    name: str
    members: frozenset[str]
    lacking: tuple[str, ...] = ()
    depth: int = 0


def whole_area(keys: Iterable[Key], whole: str, regions: Regions) -> Area:
    """All records together; where they are a region of the hierarchy, those of its parts, and of no stated region."""
    written = frozenset(one.region for one in keys)
    top = regions.find(whole) if whole else None
    if top is None:
        return Area(whole, written)
    members = written - strangers_to(written, whole, regions)
    return Area(regions.full_name(top), members, _lacking(top, members, regions))


def strangers_to(written: Iterable[str], whole: str, regions: Regions) -> frozenset[str]:
    """Regions that are no part of the one that all records are said to be; none where no hierarchy tells."""
    top = regions.find(whole) if whole else None
    if top is None:
        return frozenset()
    inside = {one.code for one in (top, *regions.descendants(top))}
    return frozenset(
        text for text in written if text and (not (found := regions.find(text)) or found.code not in inside)
    )


def areas_by_region(keys: Iterable[Key], regions: Regions) -> list[Area]:
    """Each region of the records, and those above it in the hierarchy, each before those below it.

    Records that state no region belong to none. A region that the hierarchy does not know stands by itself.
    """
    written = {one.region for one in keys if one.region}
    known = {text: region for text in written if (region := regions.find(text))}
    strangers = [Area(text, frozenset({text})) for text in sorted(written - set(known))]
    shown = {one.code for region in known.values() for one in regions.path(region)}
    tree = [_area(one, known, regions) for one in _in_order(regions) if one.code in shown]
    return [*tree, *strangers]


def areas_by_beginning(keys: Iterable[Key], length: int) -> list[Area]:
    """The regions whose codes begin with the same characters, under these characters."""
    found: dict[str, set[str]] = {}
    for one in keys:
        if one.region:
            found.setdefault(one.region[:length], set()).add(one.region)
    return [Area(name, frozenset(members)) for name, members in sorted(found.items())]


def _area(one: Region, known: Mapping[str, Region], regions: Regions) -> Area:
    below = {region.code for region in regions.descendants(one)} | {one.code}
    members = frozenset(text for text, region in known.items() if region.code in below)
    return Area(regions.full_name(one), members, _lacking(one, members, regions), len(regions.above(one)))


def _lacking(top: Region, written: Iterable[str], regions: Regions) -> tuple[str, ...]:
    """The parts of a region that no record is of; a record of the region itself may be of any part."""
    stated = {region.code for text in written if (region := regions.find(text))}
    leaves: Sequence[Region] = regions.leaves(top)
    if top.code in stated:
        return ()
    return tuple(
        one.name
        for one in leaves
        if one.code not in stated
        and not any(above.code in stated for above in regions.above(one))
        and not any(below.code in stated for below in regions.descendants(one))
    )


def _in_order(regions: Regions) -> list[Region]:
    """The hierarchy from its tops downwards."""
    tops = [one for one in regions if regions.parent(one) is None]
    return [region for top in tops for region in (top, *regions.descendants(top))]
