"""Read whether notes, titles and columns such as 数据类型 make figures those of another period, a forecast or a part.

A remark counts where a clause of it states nothing else: 为2018年数据, 以上为预计数, 截至10月底. A year or a target
that is only mentioned does not count, as in 比2018年增长5% or 2020年计划开工.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from czurban.model.finding import Message, mark, say
from czurban.model.indicator import Indicator
from czurban.model.period import Period, in_chinese, in_digits, reports_in_months
from czurban.model.text import half_width, key
from czurban.model.vocabulary import remark_words
from czurban.reading.submission.names import shorten

_LONGEST = 300
_DECEMBER = 12
_HALF = 6
_MONTH = r"(?:1[0-2]|0?[1-9])"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?:年度?|(?=[-/.\d]|$|[^\d]))"
_AGO = r"(?P<ago>(?:上一?|去|前)年|滞后一年)度?(?:同期|[末底])?"
_PART = (
    rf"(?:[前头]|{_MONTH}(?:月份?)?[-—~至到])?(?P<months>{_MONTH})个月|(?P<vague>半年度?|中期|年中|季度|[单当本](?:季度?|月))(?!报)|"
    r"前(?P<quarters>[一二两三四1-4])个?季度|第?(?P<quarter>[一二三四1-4])季度(?P<ends>[末底])?|(?P<half>[上下])半年度?|"
    rf"(?P<first>{_MONTH})(?:月份?)?[-—~至到](?P<last>{_MONTH})月份?[底末]?|"
    rf"[-/.]?(?P<month>{_MONTH})(?:月份?|(?=[-/.]|$))(?P<end>[底末]|[-/.]?(?:3[01]|[12]\d|0?[1-9])日?)?|(?P<whole>全年|年[底末])"
)
_FILLER = f"(?:{'|'.join(sorted(remark_words.FILLERS.split(), key=len, reverse=True))})"
_PERIOD = rf"(?:{_YEAR}|{_AGO})?(?:{_PART})?(?:(?P<behind>(?:19|20)\d\d)年)?"
_CLAUSE = rf"(?P<before>{_FILLER}*){_PERIOD}(?P<after>(?:{_FILLER}|当月)*)"
_MARK_OF_NOTE = r"[【\[(]?(?:注|备注|附注|注释|说明|note)(?:\d{1,2}(?=[】\])]?[:.、]))?[】\])]?[:.、]?"
_MARK = rf"(?:[*※#①-⑳]*{_MARK_OF_NOTE}|[*※#①-⑳]+)"
_ENDS = r"[,，。;；、\n()\[\]]"
_QUARTERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "上": 1, "下": 2}
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
    rf"{_FILLER}*(?P<where>{_NAMED}|[城农乡]村?|[市县区]直)的?(?:部分|数据|数值|数|值|口径|平均|水平)(?:{_FILLER}|水平)*"
)
_SEVERAL = r"[一二两三四五六七八九十\d]{1,3}[县市区]"


class RemarkKind(StrEnum):
    """Represents the reason why a figure is not the requested result."""

    FORECAST = "forecast"
    TARGET = "target"
    PART = "part"
    WITHDRAWN = "withdrawn"
    OTHER = "other"
    ELSEWHERE = "elsewhere"


KINDS = {
    RemarkKind.FORECAST: mark("a forecast"),
    RemarkKind.TARGET: mark("a target"),
    RemarkKind.PART: mark("a part of the whole"),
    RemarkKind.WITHDRAWN: mark("withdrawn or corrected"),
    RemarkKind.OTHER: mark("no result of the whole"),
    RemarkKind.ELSEWHERE: mark("of another region"),
}


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
_SIGNALS = frozenset(
    "0123456789０１２３４５６７８９年月季半预估测推暂模目计规任算作勿撤误错填无应仅只部不未缺剔fFeEpPtTbB"
    "市县区旗州盟国省本城农乡中改正订同环增排得完进"
)
"""Each statement has one of these characters; the patterns are tried only for texts that have one."""


def _any_of(words: str) -> str:
    return f"(?:{'|'.join(map(re.escape, words.split()))})"


@lru_cache(maxsize=4096)
def read_remark(text: str) -> Remark:
    """Return the first statement about figures in a text; one that makes them no results goes before a period."""
    if _SIGNALS.isdisjoint(text):
        return NO_REMARK
    plain = reports_in_months(in_digits(in_chinese(half_width(text[:_LONGEST]))).replace(" ", "").casefold())
    plain = re.sub(rf"^\(?{_MARK}", "", plain, flags=re.IGNORECASE)
    clauses = re.split(_ENDS, plain)
    clauses = [re.sub(r"^\d{1,2}[.、](?!\d)", "", clause) for clause in clauses]
    remarks = [remark for clause in clauses if clause and (remark := _clause(clause)) != NO_REMARK]
    if len({remark.period.year for remark in remarks if remark.period and not remark.kind} - {0}) > 1:
        remarks = [remark for remark in remarks if not remark.period]  # a different statement about each year
    return next((remark for remark in remarks if remark.kind), remarks[0] if remarks else NO_REMARK)


def clauses_of(line: str) -> list[str]:
    """Return the clauses of a note without the word before it and without numbers."""
    plain = re.sub(rf"^\(?{_MARK_OF_NOTE}", "", half_width(line[:_LONGEST]).replace(" ", ""), flags=re.IGNORECASE)
    return [re.sub(r"^\d{1,2}[.、](?!\d)", "", clause).strip('“”"《》') for clause in re.split(_ENDS, plain)]


def _clause(clause: str) -> Remark:
    if re.search(rf"(?<![无非没]){_any_of(remark_words.WITHDRAWN)}|{_CORRECTED}", clause):
        return Remark(RemarkKind.WITHDRAWN)
    if re.search(_WITHOUT, clause) or (re.search(_ONLY_A_PART, clause) and _clause_period(clause) is None):
        return Remark(RemarkKind.PART)
    for kind, words in ((RemarkKind.FORECAST, remark_words.FORECAST), (RemarkKind.TARGET, remark_words.TARGETS)):
        pattern = rf"{_NOT_REACHED}{_CLAUSE}(?:年初)?{_any_of(words)}{_BEHIND_KIND}"
        if re.fullmatch(pattern, clause, re.IGNORECASE):
            return Remark(kind)
    if re.match(rf"{_any_of(remark_words.FORECAST)}(?!性)", clause) and not re.search(r"(?:19|20)\d\d", clause):
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
    parts = match.groupdict() if match else {}
    if not any(
        parts.get(name)
        for name in (
            *("year", "ago", "behind", "months", "vague", "quarters", "quarter", "half", "first", "month", "whole"),
        )
    ):
        return None
    if parts["month"] and not parts["year"] and "月" not in clause:
        return None
    return _period(int(parts["year"] or parts["behind"] or 0), parts)


def _period(year: int, parts: Mapping[str, str]) -> Period:
    if parts["ago"]:
        return Period(-1)
    if parts["first"]:
        return Period(year, int(parts["first"]), int(parts["last"]))
    if month := int(parts["month"] or 0):
        up_to = parts["before"].endswith(("至", "止", "到", ":")) or (month == _DECEMBER and parts["end"])
        return Period(year, 1 if up_to else month, month)
    quarter = parts["quarter"]
    if quarter and not parts["ends"] and not parts["after"].startswith("报"):
        return Period(year, 3 * _number(quarter) - 2, 3 * _number(quarter))
    if parts["half"]:
        return Period(year, 6 * _number(parts["half"]) - 5, 6 * _number(parts["half"]))
    return Period(year, 1, _last_month(parts))


def _last_month(parts: Mapping[str, str]) -> int:
    """Return the last month of figures that are counted from 1 January."""
    if months := parts["months"]:
        return int(months)
    if quarters := parts["quarters"] or parts["quarter"]:
        return 3 * _number(quarters)
    return _HALF if parts["vague"] else _DECEMBER


def _number(text: str) -> int:
    return _QUARTERS.get(text) or int(text)


def states_other_concept(text: str, indicator: Indicator) -> bool:
    """Return whether a clause of a remark is only a concept that excludes the indicator's: 按户籍人口计算, 调查口径."""
    name = indicator.name
    for pair in (concepts.split("/") for concepts in _CONCEPTS):
        for ours, theirs in (pair, pair[::-1]):
            if ours in name and theirs not in name and any(_is_concept(clause, theirs) for clause in clauses_of(text)):
                return True
    return False


def _is_concept(clause: str, concept: str) -> bool:
    return (
        concept in clause
        and re.fullmatch(rf"(?:{_FILLER}|{_CONCEPT_WORDS})*{concept}(?:{_FILLER}|{_CONCEPT_WORDS})*", clause)
        is not None
    )


def is_part(text: str) -> bool:
    """Return whether a text is a word for a part of the whole, or begins with one: 市区, 男, 农村, 其中：民办."""
    plain = key(text)
    return plain in _PARTS or plain.startswith("其中")


def qualifier_kind(header: str, text: str, *, is_whole: bool) -> RemarkKind | None:
    """Return why a cell of a column such as 数据类型 or 分项 makes a figure no result; None where it is the result.

    Args:
        header: the column's header.
        text: the cell.
        is_whole: whether the cell names the whole or the plan's region.
    """
    plain = key(text)
    if plain in _NOTHING or is_whole or plain in _RESULTS:
        return None
    if kind := read_remark(text).kind:
        return kind
    if header in _GENERAL_KINDS:
        return None
    if header not in _KIND_OF_DATA:
        return RemarkKind.PART
    is_target = any(word in plain for word in remark_words.TARGETS.split())
    return RemarkKind.TARGET if is_target else RemarkKind.FORECAST


_CONCEPTS = remark_words.CONCEPTS.split()
_CONCEPT_WORDS = "按照?|以|采用|口径|人口|计算|统计|失业率?|数据|数|值|率|为|是|指|的|学校|价格?|居民"
_NO_RESULTS = frozenset(remark_words.NO_RESULTS.split())
_NOTHING = frozenset({"", "-", "—", "/", "无"})
_PARTS = frozenset(map(key, remark_words.PARTS.split()))
_RESULTS = frozenset(map(key, remark_words.RESULTS.split()))
_GENERAL_KINDS = frozenset(map(key, remark_words.GENERAL_KINDS.split()))
_KIND_OF_DATA = frozenset(map(key, remark_words.KIND_OF_DATA.split()))


def not_a_result(text: str, kind: RemarkKind) -> tuple[Message, Message]:
    """Return message and hint for a remark that makes a figure no result."""
    message = say(
        "“{text}” says that the figure is {kind}; it is not used.", text=shorten(text), kind=Message(KINDS[kind])
    )
    if kind is RemarkKind.WITHDRAWN:
        return message, say("Write the correct figure into the column of values, and remove the remark.")
    if kind in (RemarkKind.PART, RemarkKind.ELSEWHERE):
        return message, say("Give the figure of the whole with 全市 or 合计, or leave the cell empty if it is that.")
    return message, say("Give the figure that was reached, and label it 实际完成值.")


def other_period(text: str, period: Period) -> tuple[Message, Message]:
    """Return message and hint for a remark that states another period than that of the value."""
    return (
        say("“{text}” states another period than {period}; the value is not used.", text=shorten(text), period=period),
        say(
            "Give the figure for {period} and remove the remark, or write its period into a column (年份).",
            period=period,
        ),
    )
