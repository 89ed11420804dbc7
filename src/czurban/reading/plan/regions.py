"""The hierarchy of regions of a plan, from YAML or a table: one tree, every fault in it told where it stands."""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place, say
from czurban.model.region import Region, Regions
from czurban.model.text import key
from czurban.reading.sources.opening import decode, read_regular, unread

_SPLIT = r"[、;；|／/]"  # compiled when first used, as most plans have no table of regions
_WORDS = {
    "code": "code 代码 区划代码 行政区划代码 编码 行政代码",
    "name": "name 名称 地区 区域 地区名称 区划名称 行政区 行政区划",
    "parent": "parent 上级 上级代码 上级地区 上级区划 所属地区 所属",
    "aliases": "aliases alias 别名 简称 其他名称",
}
_COLUMNS = {key(word): name for name, words in _WORDS.items() for word in words.split()}
_NEEDED = ("code", "name", "parent")
_CIRCLE = -1
_DEEPEST = 20
"""Levels of a hierarchy: from the state down to a group of households there are seven."""
_SHOWN = 20


class RegionEntry(NamedTuple):
    """One region as written: its parent by code or by name, empty for the one at the top."""

    code: str
    name: str
    parent: str
    aliases: tuple[str, ...]
    place: Place


def read_table(path: Path) -> tuple[list[RegionEntry], Findings]:
    """Read regions.csv: columns code, name, parent and perhaps aliases, under these or Chinese names."""
    place = Place(str(path))
    try:
        text = decode(read_regular(path, path.parent))
    except OSError as error:
        return [], (unread("P132", path, error),)
    if text is None:
        return [], (_no_table(place, say("The file is not text.")),)
    reader = csv.reader(text.text.splitlines(keepends=True), strict=True)
    entries: list[RegionEntry] = []
    try:
        at = {_COLUMNS.get(key(cell), ""): n for n, cell in enumerate(next(reader, []))}
        if missing := [name for name in _NEEDED if name not in at]:
            return [], (_no_table(Place(str(path), 1), _lacks(missing)),)
        line = reader.line_num + 1
        for cells in reader:
            entries += [_entry(cells, at, Place(str(path), line))] if any(map(str.strip, cells)) else []
            line = reader.line_num + 1
    except csv.Error:
        message = say("A quotation mark in this row is opened and not closed as CSV asks, so the row cannot be read.")
        return [], (_no_table(Place(str(path), reader.line_num), message),)
    return entries, ()


def _entry(cells: Sequence[str], at: dict[str, int], place: Place) -> RegionEntry:
    def text(name: str) -> str:
        return cells[at[name]].strip() if name in at and at[name] < len(cells) else ""

    aliases = tuple(one.strip() for one in re.split(_SPLIT, text("aliases")) if one.strip())
    return RegionEntry(text("code"), text("name"), text("parent"), aliases, place)


def _lacks(missing: Sequence[str]) -> Message:
    return say("The table of regions lacks the columns {names}.", names=", ".join(missing))


def _no_table(place: Place, message: Message) -> Finding:
    return finding("P132", place, message, say("docs/reference/plan-format.md says what it holds."))


def build_regions(entries: Sequence[RegionEntry], region: str, file: Place) -> tuple[Regions, Findings]:
    """Put the tree together.

    Args:
        entries: the regions as written.
        region: the plan's own region, which must be among them.
        file: for faults of the whole.

    Returns:
        The tree of what has no fault, and the faults.
    """
    builder = _Builder(entries)
    regions = builder.build()
    if regions and not builder.findings and regions.find(region) is None:
        message = say("The plan's region “{region}” is none of its regions.", region=region)
        builder.tell("P127", file, message, say("Add it, or write the region of the plan as it stands here."))
    return regions, tuple(builder.findings)


class _Builder:
    """The entries while they become a tree."""

    def __init__(self, entries: Sequence[RegionEntry]) -> None:
        self.entries = entries
        self.findings: list[Finding] = []

    def tell(self, code: str, place: Place, message: Message, hint: Message) -> None:
        """Note a fault."""
        self.findings.append(finding(code, place, message, hint))

    def build(self) -> Regions:
        """Settle codes, then parents, then names; each step works on what the one before it left."""
        whole = [one for one in self.entries if self._is_whole(one)]
        single = self._each_once(whole, lambda one: key(one.code), self._same_code)
        known: dict[str, list[RegionEntry]] = {}
        for one in single:
            for text in {key(one.code), key(one.name)}:
                known.setdefault(text, []).append(one)
        regions = [found for one in single if (found := self._region(one, known))]
        self._one_top([one for one in regions if not one.parent])
        regions = self._in_reach(regions)
        self._names_once(regions)
        return Regions(regions)

    def _names_once(self, regions: Sequence[Region]) -> None:
        seen: dict[tuple[str, str], Region] = {}
        for one in regions:
            for name in one.names:
                other = seen.setdefault((one.parent, key(name)), one)
                if other is not one:
                    self._same_name(one, other)

    def _is_whole(self, one: RegionEntry) -> bool:
        if one.code and one.name:
            return True
        message = say("A region has no code, or no name.")
        self.tell("P129", one.place, message, say("Write both; the codes of GB/T 2260 do, or any of your own."))
        return False

    def _each_once(
        self,
        entries: Iterable[RegionEntry],
        of: Callable[[RegionEntry], str],
        tell: Callable[[RegionEntry, RegionEntry], None],
    ) -> list[RegionEntry]:
        seen: dict[str, RegionEntry] = {}
        for one in entries:
            other = seen.setdefault(of(one), one)
            if other is not one:
                tell(one, other)
        return list(seen.values())

    def _same_code(self, one: RegionEntry, other: RegionEntry) -> None:
        message = say(
            "The code {code} of “{name}” is that of “{other}” already.", code=one.code, name=one.name, other=other.name
        )
        self.tell("P129", one.place, message, say("Give each region a code of its own."))

    def _same_name(self, one: Region, other: Region) -> None:
        message = say("Two regions right below one are called “{name}”.", name=one.name)
        hint = say("The other has the code {code}; rename one of them.", code=other.code)
        self.tell("P129", one.place or Place(""), message, hint)

    def _region(self, one: RegionEntry, known: dict[str, list[RegionEntry]]) -> Region | None:
        """An entry with its parent's code; None where the parent is not to be found."""
        parent = ""
        if one.parent:
            found = known.get(key(one.parent), [])
            if len(found) != 1:
                self._no_parent(one, found)
                return None
            parent = found[0].code
        return Region(one.code, one.name, one.aliases, parent, one.place)

    def _no_parent(self, one: RegionEntry, found: Sequence[RegionEntry]) -> None:
        if found:
            message = say("The parent “{parent}” of “{name}” may be any of several.", parent=one.parent, name=one.name)
            hint = say("Write its code: {codes}.", codes=" / ".join(other.code for other in found))
        else:
            message = say("The parent “{parent}” of “{name}” is no region.", parent=one.parent, name=one.name)
            hint = say("Add it, or write the code or the name of one that is there.")
        self.tell("P127", one.place, message, hint)

    def _one_top(self, tops: Sequence[Region]) -> None:
        for one in tops[1:]:
            message = say("“{name}” has no parent, and neither has “{top}”.", name=one.name, top=tops[0].name)
            self.tell("P127", one.place or Place(""), message, say("All regions stand below one; give it a parent."))

    def _in_reach(self, regions: Sequence[Region]) -> list[Region]:
        """Leave out what stands on or below a circle, and what stands deeper than any hierarchy; report both."""
        parents = {one.code: one for one in regions}
        levels: dict[str, int] = {}
        for one in regions:
            way: dict[str, Region] = {}
            step: Region | None = one
            while step is not None and step.code not in levels and step.code not in way:
                way[step.code] = step
                step = parents.get(step.parent)
            level = 0 if step is None else levels.get(step.code, _CIRCLE)
            if step is not None and step.code in way:
                members = list(way.values())
                self._circle(members[members.index(step) :], list(parents))
            for code in reversed(way):
                level = level if level == _CIRCLE else level + 1
                levels[code] = level
        for one in regions:
            if levels[one.code] == _DEEPEST + 1:
                message = say("“{name}” stands more than {most} levels deep.", name=one.name, most=_DEEPEST)
                hint = say(
                    "Check the parents above it; {guide} says what the table holds.",
                    guide="docs/reference/plan-format.md",
                )
                self.tell("P143", one.place or Place(""), message, hint)
        return [one for one in regions if 0 < levels[one.code] <= _DEEPEST]

    def _circle(self, members: Sequence[Region], order: Sequence[str]) -> None:
        """Report a circle once, at its first region in the file, with its path."""
        codes = {one.code for one in members}
        first = next(n for n, one in enumerate(members) if one.code == next(code for code in order if code in codes))
        round_ = [*members[first:], *members[:first]]
        names = [one.name for one in round_]
        shown = [*names[:_SHOWN], "…"] if len(names) > _SHOWN else names
        message = say("“{name}” stands below itself: {path}.", name=names[0], path=" → ".join([*shown, names[0]]))
        self.tell("P128", round_[0].place or Place(""), message, say("One of them must stand below another region."))
