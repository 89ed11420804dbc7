"""Find the region and the department that a title, a sheet's name or a file's name states for all rows."""

import re
from collections.abc import Sequence

from czurban.model import vocabulary
from czurban.model.plan import Plan
from czurban.model.text import half_width, key
from czurban.reading.submission.remarks import RemarkKind, is_part, read_remark

_SHORTEST = 2
_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零○九]..年)"
_END = r"(?=[\s,;]|$|填报|填表|报送|制表|联系|日期|时间|单位:|部门:)"
_REGION = rf"(?:地区|区域|行政区划?|县区|区县|县\(区\)|所属地区|填报地区)(?:名称)?:\s*(?P<name>[^\s:,;]+?){_END}"
_SENDER = rf"(?:填报|报送|上报|填表|制表|编报)(?:单位|部门)(?:\([^()]*\))?:\s*(?P<name>[^\s:,;]+?){_END}"
_ENDS = "市县区州盟旗"
_HAN = r"[\u4e00-\u9fff]"
_NAMED = rf"(?P<name>{_HAN}{{1,14}}?[{_ENDS}])"
_BEFORE_YEAR = rf"{_NAMED}(?={_YEAR})"
_BEHIND_YEAR = rf"{_YEAR}(?:年度?)?+(?P<name>{_HAN}{{1,4}}?[市县])"
_WHOLE_NAME = rf"{_NAMED}(?:数据|指标|汇总|报表|上报|填报|情况|表|\W|\d)*"
_GENERAL = tuple(vocabulary.GENERAL_REGIONS.split())
_FIRST = rf"(?P<name>{_HAN}{{2,3}}?[市县])"
_LIKE_REGIONS = tuple(vocabulary.LIKE_REGIONS.split())
_LEFT_OUT = ("不含", "不包括", "未含", "未包括", "缺", "剔除")
_LARGER = r"[全本][国省区市县州盟旗]"
_NOT_BEGINNING = tuple("各全本该我两三市县区州盟旗城")


def stated_region(titles: Sequence[str], names: Sequence[str], plan: Plan) -> str:
    """Return the region that is stated; empty where none is, or where it is that of the plan.

    A statement such as 地区：灵山县 counts anywhere in a title. A name alone counts right before a year, at the
    beginning, or where it is the whole of a sheet's or a file's name.
    """
    for title in map(half_width, titles):
        label = _search(_REGION, title, ":")
        plain = title.replace(" ", "")
        region = label or _name_in(plain, plan) or _first_in(plain, plan) or _larger(plain, plan)
        if region:
            return "" if plan.is_for(region) else region
    for name in (half_width(name).replace(" ", "") for name in names):
        whole = re.fullmatch(_WHOLE_NAME, name) if _may_name(name) else None
        region = real_region(whole["name"], plan) if whole else ""
        if not region and re.fullmatch(_LARGER, name) and not plan.is_whole(name):
            region = name
        if not region and (regions := plan.regions.matching(name)):
            region = plan.regions.full_name(regions[0])
        if region := region or _name_in(name, plan):
            return "" if plan.is_for(region) else region
    return ""


def stated_sender(titles: Sequence[str], names: Sequence[str], plan: Plan) -> str:
    """Return the department of 填报单位：市公安局 in a title, or that a sheet or a file is named after."""
    for title in map(half_width, titles):
        if (sender := _search(_SENDER, title, ":")) and sender.strip("_"):
            return sender
    bare = (re.sub(r"[\W\d_]+|年度?$", "", name) for name in names if not name.isascii())
    return next((name for name in bare if name and plan.department(name)), "")


def _search(pattern: str, text: str, sign: str) -> str:
    found = re.search(pattern, text) if sign in text else None
    return found["name"] if found else ""


def _may_name(text: str) -> bool:
    """Whether a text has a character that ends a region's name; the patterns are tried only for such texts."""
    return any(end in text for end in _ENDS)


def _name_in(text: str, plan: Plan) -> str:
    """Return a region's name at the beginning right before a year, or a county's or city's right behind one."""
    for pattern in (_BEFORE_YEAR, _BEHIND_YEAR) if _may_name(text) else ():
        if (found := re.match(pattern, text)) and (region := real_region(found["name"], plan)):
            return region
    return ""


def remark_kind(text: str, plan: Plan) -> RemarkKind | None:
    """Return why a remark makes a figure no result of the plan's region; None where it does not."""
    remark = read_remark(text)
    if _without_a_region(text, plan):
        return RemarkKind.PART
    where = remark.region
    if remark.kind or not where or plan.is_whole(where) or plan.is_for(where):
        return remark.kind
    if is_part(where):
        return RemarkKind.PART
    known = plan.regions.matching(key(where)) or re.fullmatch(_LARGER, where) or real_region(where, plan)
    return RemarkKind.ELSEWHERE if known else None


def _without_a_region(text: str, plan: Plan) -> bool:
    """Whether a text excludes a region of the plan by its short name: 不含灵山."""
    if not any(word in text for word in _LEFT_OUT):
        return False
    names = {name for region in plan.regions for name in region.names}
    return any(f"{word}{name}" in text for word in _LEFT_OUT for name in names)


def _first_in(title: str, plan: Plan) -> str:
    """Return the region whose name begins a title, or follows the plan's: 南宁市城镇化指标, 钦州市灵山县指标.

    A line with other numbers than years may be a row of another table.
    """
    if re.search(r"\d", re.sub(rf"(?<=\D){_YEAR}", "", title)):
        return ""
    rest = title.removeprefix(plan.region)
    names = (region.name for region in plan.regions if rest.startswith(region.name) and not plan.is_for(region.name))
    if name := next(names, ""):
        return name
    found = re.match(_FIRST, title) if plan.region not in title and _may_name(title) else None
    name = real_region(found["name"], plan) if found else ""
    return "" if name.endswith(_LIKE_REGIONS) else name


def _larger(title: str, plan: Plan) -> str:
    """Return a larger region at the beginning of a title, such as 广西 or 全国; none where it names the plan's too."""
    if plan.region in title or (len(plan.region) > _SHORTEST and plan.region[:-1] in title):
        return ""
    begin = re.match(rf"(?:{_YEAR}(?:年度?)?+)?", title)
    rest = title[begin.end() :] if begin else title
    if found := re.match(_LARGER, rest):
        return "" if plan.is_whole(found[0]) else found[0]
    return next((name for name in vocabulary.PROVINCES.split() if rest.startswith(name)), "")


def real_region(name: str, plan: Plan) -> str:
    """Return a region's name; empty for general words such as 城区, 各县 or 示范区, and for 全市."""
    if plan.is_for(name):
        return name
    general = name.endswith(_GENERAL) and not name.startswith(plan.region)
    return "" if general or name.startswith(_NOT_BEGINNING) else name
