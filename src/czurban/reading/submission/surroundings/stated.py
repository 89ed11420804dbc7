"""Find the region and the department that a title, a sheet's name or a file's name states for all rows."""

import re
from collections.abc import Sequence

from czurban.model.indicator import Indicator
from czurban.model.plan import Plan
from czurban.model.text import half_width, key
from czurban.model.vocabulary import region_words, remark_words
from czurban.reading.submission.surroundings.remarks import RemarkKind, is_part, read_remark, states_other_concept

_SHORTEST = 2
_MOST_WORDS = 2
"""The most words of a title with spaces that are looked at one by one; a row of a table has more."""
_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零○九]..年)"
_END = r"(?=[\s,;]|$|填报|填表|报送|制表|联系|日期|时间|单位:|部门:)"
_REGION = rf"(?:地区|区域|行政区划?|县区|区县|县\(区\)|所属地区|填报地区)(?:名称)?:\s*(?P<name>[^\s:,;]+?){_END}"
_OFFICE = r"[\u4e00-\u9fff]{1,15}(?:[局委办厅县市区]|政府|中心)"
_SENDER = (
    rf"(?:(?:填报|报送|上报|填表|制表|编报)(?:单位|部门)(?:\([^()]*\))?|(?<![\u4e00-\u9fff])单位(?:名称|(?=:\s*{_OFFICE}(?:[\s,;]|$))))"
    rf":\s*(?P<name>[^\s:,;]+?){_END}"
)
_ENDS = "市县区州盟旗"
_HAN = r"[\u4e00-\u9fff]"
_NAMED = rf"(?P<name>{_HAN}{{1,14}}?[{_ENDS}])"
_BEFORE_YEAR = rf"{_NAMED}(?={_YEAR})"
_BEHIND_YEAR = rf"{_YEAR}(?:年度?)?+(?P<name>{_HAN}{{1,4}}?[市县])"
_WHOLE_NAME = rf"{_NAMED}(?:数据|指标|汇总|报表|上报|填报|情况|表|\W|\d)*"
GENERAL = tuple(region_words.GENERAL_REGIONS.split())
_FIRST = rf"(?P<name>{_HAN}{{2,3}}?[市县])"
_LIKE_REGIONS = tuple(region_words.LIKE_REGIONS.split())
_LEFT_OUT = ("不含", "不包括", "未含", "未包括", "缺", "剔除")
_LARGER = r"[全本][国省区市县州盟旗]"
_WHOLE_OR_OWN = ("全", "本")
_NOT_BEGINNING = tuple("各全本该我两三市县区州盟旗城")
_AREA = rf"{_HAN}{{1,14}}?(?:[{_ENDS}省镇乡]|街道|新城|本级|经济带|城市群)"
_TITLE_WORDS = "|".join(sorted(remark_words.TITLE_WORDS.split(), key=len, reverse=True))
_TITLE_WORD = rf"(?:{_TITLE_WORDS}|[\W\d_]|[上下]半年|第?[一二三四]季度)"
_AREA_TITLE = rf"(?:[附表年度件季月]|[\W\d_])*(?P<name>{_AREA}|{_HAN}{{1,4}}?){_TITLE_WORD}*"
_AREA_BEFORE_YEAR = rf"(?P<name>{_AREA}|{_HAN}{{2,3}})(?={_YEAR})"
_NO_AREAS = frozenset(region_words.NO_AREAS.split())
_CITIES = frozenset(region_words.CITIES.split())
_NOT_OF_AN_AREA = tuple("各分全本该我按含")
_ENGLISH_AREA = (
    r"(?<![A-Za-z])(?P<name>(?!(?:Key|Main|Smart|Green|Whole|All|Each|Our|Model|The)\b)[A-Z][a-z'-]+"
    r"(?: [A-Z][a-z'-]+){0,2} (?:City|County|District|Prefecture|Province|Municipality|Region|Town|Township|Zone))\b"
)
_ENGLISH_PROVINCE = (
    rf"[\W\d_]*(?P<name>{'|'.join(region_words.ENGLISH_PROVINCES.split())})(?:[\W\d_]|[a-z]|[A-Z][a-z]+s\b)*"
)


_IN_BRACKETS = r"[(\[【](?P<inside>[^()\[\]【】]+)[)\]】]"
_NUMBERS_OF_TITLES = rf"(?<!\d){_YEAR}(?!\d)|[附件表]+ ?\d+(?:-\d+)?|\d{{1,2}}(?:[-—~至]\d{{1,2}})?月|[QH][1-4]"


def titled_area(titles: Sequence[str], sheet: str, plan: Plan, file: str = "") -> tuple[str, bool]:
    """Return the other region or the part that a title or the sheet's name is about, and whether it is a part.

    A file counts if it is named after a city.

    Such a title is a name and general words (北部湾经济区主要指标, Nanning City), or has one in brackets: （市辖区）.
    One with numbers other than years, months and the table's may be a row of another table.
    """
    for text in filter(None, map(half_width, (*titles, sheet))):
        if re.search(r"\d", re.sub(_NUMBERS_OF_TITLES, "", text)):
            continue
        brackets = [match["inside"] for match in re.finditer(_IN_BRACKETS, text)]
        for bracket in brackets:
            if (kind := remark_kind(bracket, plan)) in (RemarkKind.PART, RemarkKind.ELSEWHERE):
                return bracket, kind is RemarkKind.PART
        words = () if text.isascii() or len(text.split()) > _MOST_WORDS else text.split()
        parts = (*brackets, text, *words)
        if area := next(filter(None, (_area_in(part, plan) for part in parts)), ""):
            return area, is_part(area)
    area = _area_in(half_width(file), plan)
    return (area, False) if area in _CITIES else ("", False)


def narrower(text: str, plan: Plan) -> str:
    """Return the word of a title by which its figures are those of some firms or households only; else nothing."""
    words = [word for word in remark_words.NARROWER.split() if word in text]
    names = " ".join((plan.title, *(name for each in plan.indicators for name in each.names))) if words else ""
    return next((word for word in words if word not in names), "")


def _area_in(text: str, plan: Plan) -> str:
    if text.isascii():
        if not any(map(str.isupper, text)):
            return ""  # names begin with capitals
        match = re.search(_ENGLISH_AREA, text) or re.fullmatch(_ENGLISH_PROVINCE, text)
        return match["name"] if match and not plan.is_for(match["name"]) else ""
    match = re.search(_ENGLISH_AREA, text) if re.search(r"[A-Z]", text) else None
    plain = text.replace(" ", "")
    plain = plain.removeprefix(plan.region if not plain.startswith(f"{plan.region}区") else plan.region[:-1])
    match = match or re.fullmatch(_AREA_TITLE, plain) or re.match(_AREA_BEFORE_YEAR, plain)
    name = match["name"] if match else ""
    if is_part(name):
        return name
    if not name or plan.is_for(name) or plan.is_whole(name) or name.startswith(_NOT_OF_AN_AREA):
        return ""
    known = name.isascii() or re.fullmatch(_AREA, name) or plan.regions.matching(name) or name in _CITIES
    return "" if not known or name in _NO_AREAS or name.endswith(_LIKE_REGIONS) or name in plan.title else name


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
        if not region and name.startswith(_WHOLE_OR_OWN) and re.fullmatch(_LARGER, name) and not plan.is_whole(name):
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
    match = re.search(pattern, text) if sign in text else None
    return match["name"] if match else ""


def _may_name(text: str) -> bool:
    """Whether a text has a character that ends a region's name; the patterns are tried only for such texts."""
    return any(end in text for end in _ENDS)


def _name_in(text: str, plan: Plan) -> str:
    """Return a region's name at the beginning right before a year, or a county's or city's right behind one."""
    for pattern in (_BEFORE_YEAR, _BEHIND_YEAR) if _may_name(text) else ():
        if (match := re.match(pattern, text)) and (region := real_region(match["name"], plan)):
            return region
    return ""


def remark_kind(text: str, plan: Plan, indicator: Indicator | None = None) -> RemarkKind | None:
    """Return why a remark makes a figure of an indicator no result of the plan's region; None where it does not."""
    remark = read_remark(text)
    if indicator and not remark.kind and states_other_concept(text, indicator):
        return RemarkKind.OTHER
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
    match = re.match(_FIRST, title) if plan.region not in title and _may_name(title) else None
    name = real_region(match["name"], plan) if match else ""
    return "" if name.endswith(_LIKE_REGIONS) else name


def _larger(title: str, plan: Plan) -> str:
    """Return a larger region at the beginning of a title, such as 广西 or 全国; none where it names the plan's too."""
    if plan.region in title or (len(plan.region) > _SHORTEST and plan.region[:-1] in title):
        return ""
    begin = re.match(rf"(?:{_YEAR}(?:年度?)?+)?", title)
    rest = title[begin.end() :] if begin else title
    if match := re.match(_LARGER, rest):
        return "" if plan.is_whole(match[0]) else match[0]
    return next((name for name in region_words.PROVINCES.split() if rest.startswith(name)), "")


def real_region(name: str, plan: Plan) -> str:
    """Return a region's name; empty for general words such as 城区, 各县 or 示范区, and for 全市."""
    if plan.is_for(name):
        return name
    general = name.endswith(GENERAL) and not name.startswith(plan.region)
    return "" if general or name.startswith(_NOT_BEGINNING) else name
