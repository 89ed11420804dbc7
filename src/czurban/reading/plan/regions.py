"""Read the regions of a plan from YAML or a table, and build one tree of those without faults."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place, say
from czurban.model.region import Region, Regions
from czurban.model.text import key
from czurban.reading.sources.broken_records import unclosed_quote
from czurban.reading.sources.opening import read_plan_text
from czurban.reading.submission.cell import text_at

_SPLIT = r"[、;；|／/]"  # compiled when first used, as most plans have no table of regions
_WORDS = {
    "code": "code 代码 区划代码 行政区划代码 编码 行政代码",
    "name": "name 名称 地区 区域 地区名称 区划名称 行政区 行政区划",
    "parent": "parent 上级 上级代码 上级地区 上级区划 所属地区 所属",
    "aliases": "aliases alias 别名 简称 其他名称",
    "type": "type 类型 地区类型 分类 类别",
}
_COLUMNS = {key(word): name for name, words in _WORDS.items() for word in words.split()}
_REQUIRED = ("code", "name", "parent")
_ON_CYCLE = -1
_DEEPEST = 20
"""Levels of a hierarchy: from the state down to a group of households there are seven."""
_MOST_SHOWN = 20
_GUIDE = say("docs/reference/plan-format.md")


class RegionEntry(NamedTuple):
    """One region as written; the parent is a code or a name, empty for the top region."""

    code: str
    name: str
    parent: str
    aliases: tuple[str, ...]
    place: Place
    type: str = ""


def read_table(path: Path) -> tuple[list[RegionEntry], Findings]:
    """Read regions.csv: columns code, name, parent and perhaps aliases, under these or Chinese names."""
    text, faults = read_plan_text(path, "P132")
    if text is None:
        return [], faults
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    entries: list[RegionEntry] = []
    try:
        at = {_COLUMNS.get(key(cell), ""): n for n, cell in enumerate(next(reader, []))}
        if missing := [name for name in _REQUIRED if name not in at]:
            message = say("The table of regions lacks the columns {names}.", names=", ".join(missing))
            return [], (_table_fault(Place(str(path), 1), message),)
        line = reader.line_num + 1
        for cells in reader:
            if any(map(str.strip, cells)):
                entries.append(_entry(cells, at, Place(str(path), line)))
            line = reader.line_num + 1
    except csv.Error:
        place = Place(str(path), reader.line_num)
        return [], (_table_fault(place, unclosed_quote(place).message),)
    return entries, ()


def _entry(cells: Sequence[str], at: dict[str, int], place: Place) -> RegionEntry:
    code, name, parent, aliases, kind = (text_at(cells, at.get(column)) for column in _WORDS)
    return RegionEntry(code, name, parent, tuple(filter(None, map(str.strip, re.split(_SPLIT, aliases)))), place, kind)


def _table_fault(place: Place, message: Message) -> Finding:
    return finding("P132", place, message, say("See {guide} for its content.", guide=_GUIDE))


def build_regions(entries: Sequence[RegionEntry], region: str, file: Place) -> tuple[Regions, Findings]:
    """Build the tree of all regions without a fault, and report the others.

    Args:
        entries: the regions as written.
        region: the plan's own region, which must be among them.
        file: the place of faults that concern the whole file.
    """
    builder = _TreeBuilder(entries)
    regions = builder.build()
    if regions and not builder.findings and regions.find(region) is None:
        message = say("The plan's region “{region}” is not one of its regions.", region=region)
        builder.report("P127", file, message, say("Add it, or write the plan's region as it is written here."))
    return regions, tuple(builder.findings)


class _TreeBuilder:
    """Checks the entries step by step; each step works on the entries that the one before it accepted."""

    def __init__(self, entries: Sequence[RegionEntry]) -> None:
        self.entries = entries
        self.findings: list[Finding] = []

    def report(self, code: str, place: Place | None, message: Message, hint: Message) -> None:
        """Add a finding."""
        self.findings.append(finding(code, place or Place(""), message, hint))

    def build(self) -> Regions:
        """Check codes, then parents, then names, and build the tree."""
        entries = self._with_distinct_codes()
        known: dict[str, list[RegionEntry]] = {}
        for entry in entries:
            for text in {key(entry.code), key(entry.name)}:
                known.setdefault(text, []).append(entry)
        regions = [region for entry in entries if (region := self._with_parent(entry, known))]
        self._check_single_top([region for region in regions if not region.parent])
        regions = self._within_reach(regions)
        self._check_names(regions)
        return Regions(regions)

    def _with_distinct_codes(self) -> list[RegionEntry]:
        by_code: dict[str, RegionEntry] = {}
        for entry in self.entries:
            if not (entry.code and entry.name):
                message = say("A region has no code or no name.")
                hint = say("Write both; use the codes of GB/T 2260, or your own.")
                self.report("P129", entry.place, message, hint)
                continue
            other = by_code.setdefault(key(entry.code), entry)
            if other is not entry:
                values = {"code": entry.code, "name": entry.name, "other": other.name}
                message = say("“{name}” and “{other}” have the same code, {code}.", **values)
                self.report("P129", entry.place, message, say("Give each region a different code."))
        return list(by_code.values())

    def _with_parent(self, entry: RegionEntry, known: dict[str, list[RegionEntry]]) -> Region | None:
        """Return a region with its parent's code; report it and return None where the parent is not clear."""
        parents = known.get(key(entry.parent), []) if entry.parent else []
        if not entry.parent or len(parents) == 1:
            parent = parents[0].code if parents else ""
            return Region(entry.code, entry.name, entry.aliases, parent, entry.place, entry.type)
        values = {"parent": entry.parent, "name": entry.name}
        if parents:
            message = say("The parent “{parent}” of “{name}” fits several regions.", **values)
            hint = say("Write its code: {codes}.", codes=" / ".join(parent.code for parent in parents))
        else:
            message = say("The parent “{parent}” of “{name}” is not a region.", **values)
            hint = say("Add it, or write the code or name of an existing region.")
        self.report("P127", entry.place, message, hint)
        return None

    def _check_single_top(self, tops: Sequence[Region]) -> None:
        for region in tops[1:]:
            message = say("“{name}” has no parent, and neither has “{top}”.", name=region.name, top=tops[0].name)
            self.report("P127", region.place, message, say("Only one region has no parent; give this one a parent."))

    def _within_reach(self, regions: Sequence[Region]) -> list[Region]:
        """Return the regions that lead up to a top region; report cycles and levels that are too deep."""
        by_code = {region.code: region for region in regions}
        levels: dict[str, int] = {}
        for region in regions:
            path: dict[str, Region] = {}
            step: Region | None = region
            while step is not None and step.code not in levels and step.code not in path:
                path[step.code] = step
                step = by_code.get(step.parent)
            level = 0 if step is None else levels.get(step.code, _ON_CYCLE)
            if step is not None and step.code in path:
                members = list(path.values())
                self._report_cycle(members[members.index(step) :], list(by_code))
            for code in reversed(path):
                level = level if level == _ON_CYCLE else level + 1
                levels[code] = level
        for region in regions:
            if levels[region.code] == _DEEPEST + 1:
                message = say("“{name}” is more than {most} levels deep.", name=region.name, most=_DEEPEST)
                hint = say("Check the regions above it; {guide} describes the table.", guide=_GUIDE)
                self.report("P143", region.place, message, hint)
        return [region for region in regions if 0 < levels[region.code] <= _DEEPEST]

    def _report_cycle(self, members: Sequence[Region], order: Sequence[str]) -> None:
        """Report a cycle at its first region in the file, with its path."""
        codes = [region.code for region in members]
        inside = set(codes)
        first = codes.index(next(code for code in order if code in inside))
        cycle = [*members[first:], *members[:first]]
        names = [region.name for region in cycle]
        shown = [*names[:_MOST_SHOWN], "…"] if len(names) > _MOST_SHOWN else names
        message = say("“{name}” is its own ancestor: {path}.", name=names[0], path=" → ".join([*shown, names[0]]))
        self.report("P128", cycle[0].place, message, say("Give one of them another parent."))

    def _check_names(self, regions: Sequence[Region]) -> None:
        known: dict[tuple[str, str], Region] = {}
        for region in regions:
            for name in region.names:
                other = known.setdefault((region.parent, key(name)), region)
                if other is not region:
                    message = say("Two regions with the same parent are called “{name}”.", name=region.name)
                    hint = say("The other has the code {code}; rename one of them.", code=other.code)
                    self.report("P129", region.place, message, hint)
