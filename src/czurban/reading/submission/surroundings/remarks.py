"""Read whether notes, titles and columns such as 数据类型 make figures those of another period, a forecast or a part.

A remark counts where a clause of it states nothing else: 为2018年数据, 以上为预计数, 截至10月底. A year or a target
that is only mentioned does not count, as in 比2018年增长5% or 2020年计划开工.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from czurban.model.period import Period, in_chinese, in_digits, reports_in_months
from czurban.model.text import half_width
from czurban.model.vocabulary import remark_words

_LONGEST = 300
_DECEMBER = 12
_MONTH = r"(?:1[0-2]|0?[1-9])"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?:年度?|(?=[-/.\d]|$|[^\d]))"
_AGO = r"(?P<ago>(?:上一?|去|前)年|滞后一年)度?(?:同期|[末底])?"
_PART = (
    rf"(?:[前头]|{_MONTH}(?:月份?)?[-—~至到])?(?P<months>{_MONTH})个月|(?P<vague>半年度?|中期|年中|季度|[单当本](?:季度?|月))(?!报)|"
    r"前(?P<quarters>[一二两三四1-4])个?季度|第?(?P<quarter>[一二三四1-4])季度(?P<ends>[末底])?|(?P<half>[上下])半年度?|"
    rf"(?P<first>{_MONTH})(?:月份?)?[-—~至到](?P<last>{_MONTH})月份?[底末]?|"
    rf"[-/.]?(?P<month>{_MONTH})(?:月份?|(?=[-/.]|$))(?P<end>[底末]|[-/.]?(?:3[01]|[12]\d|0?[1-9])日?)?|(?P<whole>全年|年[底末])"
)
FILLER = f"(?:{'|'.join(sorted(remark_words.FILLERS.split(), key=len, reverse=True))})"
_PERIOD = rf"(?:{_YEAR}|{_AGO})?(?:{_PART})?(?:(?P<behind>(?:19|20)\d\d)年)?"
_CLAUSE = rf"(?P<before>{FILLER}*){_PERIOD}(?P<after>(?:{FILLER}|当月)*)"
_MARK_OF_NOTE = r"[【\[(]?(?:注|备注|附注|注释|说明|note)(?:\d{1,2}(?=[】\])]?[:.、]))?[】\])]?[:.、]?"
_MARK = rf"(?:[*※#①-⑳]*{_MARK_OF_NOTE}|[*※#①-⑳]+)"
_ENDS = r"[,，。;；、\n()\[\]]"
_QUARTERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_ONLY_A_PART = (
    r"^(?:数据|以上|本数)*(?:仅|只)(?![供作])(?:含|为|是|统计|包括|有)*(?P<what>.+)|^(?P<some>部分[市县区旗乡镇]+)"
    r"|^(?:only)?(?:urban|rural|male|female)(?:areas?|data|figures)?(?:only)?$"
)
_WITHOUT = (
    r"(?:不含|不包括|未含|未包括|缺|剔除).*[市县区旗乡镇]|"
    r"exclud(?:e|es|ed|ing)(?!price|inflation|tax)[a-z]|"
    r"[市县区旗乡镇](?:的?数据)?(?:尚|暂|还)?(?:未|没有)(?:上报|报送|统计|提供|纳入|包括|计入)"
)
_NOT_REACHED = r"(?!(?:完成|实现|达到)(?:年初)?(?:目标|计划|任务|预期))"
_BEHIND_KIND = r"(?:值|数|完成|数据|情况|的|填报|填列|代替|s){0,3}"
_CORRECTED = r"(?:更正|订正|修正|改)为约?-?\d"
_NAMED = r"[\u4e00-\u9fff]{1,10}?(?:[市县区旗州盟国省]|本级)"
_WHERE = (
    rf"(?:统计|数据|填报)?(?:范围|口径|对象|地区|区域)[:为](?P<labelled>{_NAMED})|"
    rf"{FILLER}*(?P<where>{_NAMED}|[城农乡]村?|[市县区]直)的?(?:部分|数据|数值|数|值|口径|平均|水平)(?:{FILLER}|水平)*"
)
_SEVERAL = r"[一二两三四五六七八九十\d]{1,3}[县市区]"
_NUMBER = r"^\d{1,2}[.、](?!\d)"
_WITHDRAWN = f"(?:{'|'.join(map(re.escape, remark_words.WITHDRAWN.split()))})"
_FORECAST = f"(?:{'|'.join(map(re.escape, remark_words.FORECAST.split()))})"
_TARGETS = f"(?:{'|'.join(map(re.escape, remark_words.TARGETS.split()))})"
_NO_RESULTS = frozenset(remark_words.NO_RESULTS.split())


class RemarkKind(StrEnum):
    """Represents the reason why a figure is not the requested result."""

    FORECAST = "forecast"
    TARGET = "target"
    PART = "part"
    WITHDRAWN = "withdrawn"
    OTHER = "other"
    ELSEWHERE = "elsewhere"


class Remark(NamedTuple):
    """The statement of a text about figures. A period without a year has year 0, and last year is -1.

    `region` is a text in the form of a region's name or of a word for a part of one.
    """

    kind: RemarkKind | None = None
    period: Period | None = None
    region: str = ""

    def differs(self, period: Period) -> bool:
        """Return whether the remark states another period than this."""
        return self.period is not None and self.period not in (period, period._replace(year=0))


NO_REMARK = Remark()
SIGNALS = frozenset(
    "0123456789０１２３４５６７８９年月季半预估测推暂模目计规任算作勿撤误错填无应仅只部不未缺剔fFeEpPtTbBrR"
    "市县区旗州盟国省本城农乡中改正订同环增排得完进"
)
"""Each statement has one of these characters; the patterns are tried only for texts that have one."""


@lru_cache(maxsize=4096)
def read_remark(text: str) -> Remark:
    """Return the first statement about figures in a text; one that makes them no results goes before a period."""
    if SIGNALS.isdisjoint(text):
        return NO_REMARK
    plain = reports_in_months(in_digits(in_chinese(half_width(text[:_LONGEST]))).replace(" ", "").casefold())
    plain = re.sub(rf"^\(?{_MARK}", "", plain, flags=re.IGNORECASE)
    clauses = [re.sub(_NUMBER, "", clause) for clause in re.split(_ENDS, plain)]
    remarks = [remark for clause in clauses if clause and (remark := _clause(clause)) != NO_REMARK]
    if len({remark.period.year for remark in remarks if remark.period and not remark.kind} - {0}) > 1:
        remarks = [remark for remark in remarks if not remark.period]  # a different statement about each year
    return next((remark for remark in remarks if remark.kind), remarks[0] if remarks else NO_REMARK)


def clauses_of(line: str) -> list[str]:
    """Return the clauses of a note without the word before it and without numbers."""
    plain = re.sub(rf"^\(?{_MARK_OF_NOTE}", "", half_width(line[:_LONGEST]).replace(" ", ""), flags=re.IGNORECASE)
    return [re.sub(_NUMBER, "", clause).strip('“”"《》') for clause in re.split(_ENDS, plain)]


@lru_cache(maxsize=4096)
def _clause(clause: str) -> Remark:
    if re.search(rf"(?<![无非没]){_WITHDRAWN}|{_CORRECTED}", clause):
        return Remark(RemarkKind.WITHDRAWN)
    if re.search(_WITHOUT, clause) or (re.search(_ONLY_A_PART, clause) and _clause_period(clause) is None):
        return Remark(RemarkKind.PART)
    for kind, words in ((RemarkKind.FORECAST, _FORECAST), (RemarkKind.TARGET, _TARGETS)):
        if re.fullmatch(rf"{_NOT_REACHED}{_CLAUSE}(?:年初)?{words}{_BEHIND_KIND}", clause, re.IGNORECASE):
            return Remark(kind)
    if re.match(rf"{_FORECAST}(?!性)", clause) and not re.search(r"(?:19|20)\d\d", clause):
        return Remark(RemarkKind.FORECAST)
    if clause.rstrip("数值") in _NO_RESULTS:
        return Remark(RemarkKind.OTHER)
    period = _clause_period(clause)
    return Remark(period=period) if period else Remark(region=_clause_region(clause))


def _clause_region(clause: str) -> str:
    """Return the region that a clause states for the figures."""
    match = re.fullmatch(_WHERE, clause)
    region = (match["labelled"] or match["where"]) if match else ""
    return "" if re.search(_SEVERAL, region) else region


def _clause_period(clause: str) -> Period | None:
    """Return the period of a clause that states one and nothing else."""
    match = re.fullmatch(_CLAUSE, clause)
    parts = match.groupdict("") if match else {}
    if not any(text for name, text in parts.items() if name not in ("before", "after")):
        return None
    if parts["month"] and not parts["year"] and "月" not in clause:
        return None
    return Period(-1) if parts["ago"] else Period(int(parts["year"] or parts["behind"] or 0), *_months(parts))


def _months(parts: Mapping[str, str]) -> tuple[int, int]:
    """Return the first and the last month; 9个月, 前三季度 and a quarter's end are counted from 1 January."""
    if parts["first"]:
        return int(parts["first"]), int(parts["last"])
    if month := int(parts["month"] or 0):
        up_to = parts["before"].endswith(("至", "止", "到", ":")) or (month == _DECEMBER and parts["end"])
        return 1 if up_to else month, month
    if half := parts["half"]:
        return (1, 6) if half == "上" else (7, _DECEMBER)
    if quarters := parts["quarter"] or parts["quarters"]:
        alone = parts["quarter"] and not parts["ends"] and not parts["after"].startswith("报")
        return 3 * _QUARTERS[quarters] - 2 if alone else 1, 3 * _QUARTERS[quarters]
    return 1, int(parts["months"] or (6 if parts["vague"] else _DECEMBER))
