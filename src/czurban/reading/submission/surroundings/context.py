"""Read what titles, sheet names and file names state for all rows: period, unit, region, department, and doubts."""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from czurban.model.observation import PeriodSource
from czurban.model.period import Period, StatedPeriods, periods_in
from czurban.model.plan import Plan
from czurban.model.text import half_width
from czurban.model.unit import Units
from czurban.model.vocabulary import region_words, remark_words
from czurban.reading.submission.surroundings.not_results import LARGER, is_part, real_region, remark_kind
from czurban.reading.submission.surroundings.remarks import RemarkKind, clauses_of

DECEMBER = 12
_UNIT = (
    r"(?<!填报)(?<![填制]表)(?<![报呈]送)(?<![上编]报)(?<!责任)(?:计量)?单位"
    r"(?P<sign>:|[均都皆]?[为是]:?|统一为|\(|)\s*(?P<unit>[^\s,;)]+)"
    r"|[以按用](?P<before>[^\s,;以按用]{1,6})为单位"
)
"""The statement of a unit above or below a table, and not that of a department."""
_OF_ALL = (
    r"(?:以上|上述|以下|下列|表中|本表|表内|所有|全部|各项?|均|数据|指标|数值|数|的|金额|人口|比[率例重]|占比|计量|货币|统计)*"
    r"(?=(?:计量)?单位|[以按用][^\s,;]{1,6}为单位)"
)
"""The beginning of a statement of the unit of all figures of a table."""
_SHARE = (
    r"(?:以上|上述|以下|下列|表中|本表|表内|所有|全部|各项?|均|皆|都|数据|指标|数值|数|比[率例重]|占比)+"
    r"[为是系](?P<unit>%|‰|[百千]分[比数率])"
)
"""A statement of the unit of all figures without the word 单位: 以上数据均为千分数."""
_OF_NO_RESULTS = rf"(?:{'|'.join(remark_words.TITLES_OF_NO_RESULTS.split())})(?:一览|统计|情况)?表?(?:\(.*\))?$"
_FORECASTS = "预计 预测 预估 估算 测算 推算 暂估 模拟 forecast projected projection"
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
_FIRST = rf"(?P<name>{_HAN}{{2,3}}?[市县])"
_LIKE_REGIONS = tuple(region_words.LIKE_REGIONS.split())
_WHOLE_OR_OWN = ("全", "本")
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


class Context(NamedTuple):
    """The defaults for the rows of a table: period, unit, region and sender, and doubts about all of its figures.

    `period` is None where `source_text`, which states it, is not one clear period; `source` is where that text is.
    `year` is that of the period, or of a text that is unclear only about the part of its year.
    `of_targets` is set where the title or the sheet's name is about targets and not about results, `file_of_targets`
    where the file's name is, which counts where no column of the table is headed 目标. `of_results` is set where one of
    them has a word such as 完成.
    `doubted` is set where a line below the header states another period. `narrowed` is a text that says that the
    figures are those of a part of the year, so that none is used for the whole. `kind` is why the figures are no
    results, by a title or such a line, and `kind_text` its text. `note` is a note with a year, `note_year`, which no
    value may contradict, and `note_unit` the unit of a note below the header.
    `dated` is the year of `narrowed` where that is a document's date, as in 填报日期：2019年11月10日.
    """

    period: Period | None
    source: PeriodSource
    source_text: str
    unit: str = ""
    year: int | None = None
    of_targets: bool = False
    region: str = ""
    sender: str = ""
    doubted: bool = False
    narrowed: str = ""
    kind: RemarkKind | None = None
    kind_text: str = ""
    file_of_targets: bool = False
    of_results: bool = False
    note: str = ""
    note_year: int = 0
    note_unit: str = ""
    dated: int = 0


def read_context(titles: Sequence[str], sheet: str, file: str, plan: Plan) -> Context:
    """Return the defaults for rows that do not state their period, unit, region or sender.

    The nearest text counts: the titles above the header, then the sheet's name, the file's name, and the plan's period.
    A text with two periods, with a part of a year but no year, or with a year of two digits leaves the period unknown.
    A plan of several years gives no period: its rows have to state theirs.
    """
    stem = PurePath(file).stem
    names = " ".join((*titles, sheet, stem))
    period = None if plan.period.has_years else plan.period
    here = Context(
        period,
        PeriodSource.PLAN,
        "",
        next(filter(None, map(stated_unit, titles)), ""),
        period.year if period else None,
        _is_about_targets(" ".join((*titles, sheet))),
        stated_region(titles, (sheet, stem), plan),
        _stated_sender(titles, (sheet, stem), plan),
        file_of_targets=_is_about_targets(names),
        of_results=_has_any(names, remark_words.REACHED),
    )
    area, only_part = titled_area(titles, sheet, plan, stem)
    if area:
        here = here._replace(kind=RemarkKind.PART, kind_text=area) if only_part else here._replace(region=area)
    if word := _narrower(names, plan):
        here = here._replace(kind=RemarkKind.PART, kind_text=word)
    if kind := _title_kind(names, plan.period.year):
        here = here._replace(kind=kind, kind_text=names.strip())
    for source, texts in ((PeriodSource.TITLE, titles), (PeriodSource.SHEET, [sheet]), (PeriodSource.FILE, [stem])):
        if not (source_text := " ".join(text for text in texts if text.strip())):
            continue
        stated = periods_in(source_text)
        if stated.periods or stated.vague:
            return _stating(here, stated, source, source_text)
    return here


def _has_any(text: str, words: str) -> bool:
    return any(word in text for word in words.split())


def _title_kind(names: str, year: int) -> RemarkKind | None:
    """Return whether titles are about forecasts or withdrawn figures; forecasts of another year do not count."""
    whole = half_width(names).casefold()
    if "作废" in whole:
        return RemarkKind.WITHDRAWN
    if not _has_any(whole, _FORECASTS):
        return None
    forecasts = f"(?:{'|'.join(_FORECASTS.split())})"
    whole = re.sub(rf"(?!{year})(?:19|20)\d\d年?度?{forecasts}", "", whole)
    return RemarkKind.FORECAST if re.search(rf"(?<![不非勿无]){forecasts}", whole) else None


def _is_about_targets(text: str) -> bool:
    """Whether a title or a name is about targets, growth or ranks, and not about results."""
    if re.search(_OF_NO_RESULTS, half_width(text).strip()):
        return True
    if not _has_any(text.casefold(), remark_words.TARGETS):
        return False
    return _has_any(text, remark_words.SET) or not _has_any(text, remark_words.REACHED)


def stated_unit(text: str) -> str:
    """Return the unit of 单位：万人; empty where a text states none."""
    match = re.search(_UNIT, half_width(text)) if "单位" in text else None
    if match is None:
        return ""
    unit = match["unit"] or match["before"]
    return unit if match["sign"] == ":" or Units().find(unit) else ""


def noted_unit(line: str) -> str:
    """Return the unit that a note states for all figures: 注：以上单位为‰, 单位均为万人; not 注：出生率单位为‰."""
    if match := next(filter(None, (re.fullmatch(_SHARE, clause) for clause in clauses_of(line))), None):
        return match["unit"]
    clauses = clauses_of(re.sub(r"单位[(（]([^()（）]+)[)）]", r"单位:\1", line)) if "单位" in line else ()
    return next((unit for clause in clauses if re.match(_OF_ALL, clause) and (unit := stated_unit(clause))), "")


def _stating(context: Context, stated: StatedPeriods, source: PeriodSource, source_text: str) -> Context:
    """Return the context with the period of a text, or without any where the text is not clear."""
    years = {period.year for period in stated.periods}
    clear = len(stated.periods) == 1 and not stated.vague
    period = next(iter(stated.periods)) if clear else None
    narrowed = source_text if period and (period.last < DECEMBER or period.day) else ""
    year = years.pop() if len(years) == 1 else None
    return context._replace(period=period, source=source, source_text=source_text, year=year, narrowed=narrowed)


def titled_area(titles: Sequence[str], sheet: str, plan: Plan, file: str = "") -> tuple[str, bool]:
    """Return the other region or the part that a title or the sheet's name is about, and whether it is a part.

    Such a title is a name and general words (北部湾经济区主要指标, Nanning City), or has one in brackets: （市辖区）.
    A file counts if it is named after a city.
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
        if area := next(filter(None, (_area_in(part, plan) for part in (*brackets, text, *words))), ""):
            return area, is_part(area)
    area = _area_in(half_width(file), plan)
    return (area, False) if area in _CITIES else ("", False)


def _narrower(text: str, plan: Plan) -> str:
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
        label, plain = _labelled(_REGION, title), title.replace(" ", "")
        if region := label or _name_in(plain, plan) or _first_in(plain, plan) or _larger(plain, plan):
            return "" if plan.is_for(region) else region
    for name in (half_width(name).replace(" ", "") for name in names):
        whole = re.fullmatch(_WHOLE_NAME, name) if _may_name(name) else None
        region = real_region(whole["name"], plan) if whole else ""
        if not region and name.startswith(_WHOLE_OR_OWN) and re.fullmatch(LARGER, name) and not plan.is_whole(name):
            region = name
        if not region and (regions := plan.regions.matching(name)):
            region = plan.regions.full_name(regions[0])
        if region := region or _name_in(name, plan):
            return "" if plan.is_for(region) else region
    return ""


def _stated_sender(titles: Sequence[str], names: Sequence[str], plan: Plan) -> str:
    """Return the department of 填报单位：市公安局 in a title, or that a sheet or a file is named after."""
    for title in map(half_width, titles):
        if (sender := _labelled(_SENDER, title)) and sender.strip("_"):
            return sender
    bare = (re.sub(r"[\W\d_]+|年度?$", "", name) for name in names if not name.isascii())
    return next((name for name in bare if name and plan.department(name)), "")


def _labelled(pattern: str, text: str) -> str:
    match = re.search(pattern, text) if ":" in text else None
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
    if match := re.match(LARGER, rest):
        return "" if plan.is_whole(match[0]) else match[0]
    return next((name for name in region_words.PROVINCES.split() if rest.startswith(name)), "")
