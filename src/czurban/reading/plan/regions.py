"""Read a table of regions, give regions the targets of their type, and report those that the plan does not have."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place, did_you_mean, say
from czurban.model.plan import Plan
from czurban.model.region import Allotment, Breakdown, Region
from czurban.model.text import key
from czurban.reading.sources.broken_records import unclosed_quote
from czurban.reading.sources.opening import read_plan_text
from czurban.reading.submission.cell import text_at

_WORDS = {
    "code": "code 代码 区划代码 行政区划代码 编码 行政代码",
    "name": "name 名称 地区 区域 地区名称 区划名称 行政区 行政区划",
    "parent": "parent 上级 上级代码 上级地区 上级区划 所属地区 所属",
    "aliases": "aliases alias 别名 简称 其他名称",
    "type": "type 类型 地区类型 分类 类别",
}
_COLUMNS = {key(word): name for name, words in _WORDS.items() for word in words.split()}
_REQUIRED = ("code", "name", "parent")


def read_table(path: Path) -> tuple[list[Region], Findings]:
    """Read regions.csv: columns code, name, parent and perhaps aliases, under these or Chinese names."""
    text, faults = read_plan_text(path, "P132")
    if text is None:
        return [], faults
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    entries: list[Region] = []
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


def _entry(cells: Sequence[str], at: dict[str, int], place: Place) -> Region:
    code, name, parent, aliases, kind = (text_at(cells, at.get(column)) for column in _WORDS)
    names = map(str.strip, re.split(r"[、;；|／/]", aliases))
    return Region(code, name, tuple(filter(None, names)), parent, place, kind)


def _table_fault(place: Place, message: Message) -> Finding:
    hint = say("See {guide} for its content.", guide=say("docs/reference/plan-format.md"))
    return finding("P132", place, message, hint)


def unknown_regions(plan: Plan) -> Iterator[Finding]:
    """Yield a finding for each region of a group that the plan does not have, or that may be several."""
    for group in plan.departments:
        for name in group.regions or ():
            if group.place and plan.regions.find(name) is None:
                message = say("“{name}” is not one of the plan's regions.", name=name)
                hint = did_you_mean(plan.regions.near(name)) or say("Add it to regions.yaml.")
                yield finding("P111", group.place, message, hint)


def with_types(plan: Plan) -> tuple[Plan, Findings]:
    """Return the plan with the targets that regions have by their type, where they have no row of their own."""
    typed = [indicator for indicator in plan.indicators if indicator.by_type]
    known = {(each.indicator, each.region) for each in plan.breakdown}
    types = {region.type for region in plan.regions if region.type}
    findings = []
    for name, indicator in ((name, each) for each in typed for name in each.by_type if name not in types):
        message = say("“{type}” of “{name}” is the type of no region.", type=name, name=indicator.name)
        hint = say("Give the regions their type in regions.yaml, such as type: {type}.", type=name)
        if types:
            hint = say("Choose from: {names}.", names="、".join(sorted(types)))
        findings.append(finding("P111", indicator.place_of("by_type"), message, hint))
    parts = [
        Allotment(indicator.id, indicator.by_type[region.type], region.code, "", indicator.place_of("by_type"))
        for indicator in typed
        for region in plan.regions
        if region.type in indicator.by_type and region != plan.home and (indicator.id, region.code) not in known
    ]
    breakdown = Breakdown((*plan.breakdown, *parts), plan.breakdown.file)
    return replace(plan, breakdown=breakdown), tuple(findings)
