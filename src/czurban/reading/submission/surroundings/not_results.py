"""Decide why remarks, qualifying columns and concepts make a figure no result of the whole."""

import re

from czurban.model.faults import IGNORED_NO_RESULT, finding
from czurban.model.finding import Finding, Message, mark, say
from czurban.model.indicator import Indicator
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.text import key
from czurban.model.vocabulary import region_words, remark_words
from czurban.reading.submission.names import shorten
from czurban.reading.submission.surroundings.remarks import FILLER, RemarkKind, clauses_of, read_remark

KINDS = {
    RemarkKind.FORECAST: mark("a forecast"),
    RemarkKind.TARGET: mark("a target"),
    RemarkKind.PART: mark("a part of the whole"),
    RemarkKind.WITHDRAWN: mark("withdrawn or corrected"),
    RemarkKind.OTHER: mark("no result of the whole"),
    RemarkKind.ELSEWHERE: mark("of another region"),
}
LARGER = r"[全本][国省区市县州盟旗]"
GENERAL = tuple(region_words.GENERAL_REGIONS.split())
_NOT_BEGINNING = tuple("各全本该我两三市县区州盟旗城")
LEFT_OUT = ("不含", "不包括", "未含", "未包括", "缺", "剔除")
_CONCEPTS = remark_words.CONCEPTS.split()
_CONCEPT_WORDS = "按照?|以|采用|口径|人口|计算|统计|失业率?|数据|数|值|率|为|是|指|的|学校|价格?|居民"
_AROUND = rf"(?:{FILLER}|{_CONCEPT_WORDS})*"
_PARTS = frozenset(map(key, remark_words.PARTS.split()))
_RESULTS = frozenset({"", "-", "—", "/", "无", *map(key, remark_words.RESULTS.split())})
_GENERAL_KINDS = frozenset(map(key, remark_words.GENERAL_KINDS.split()))
_KIND_OF_DATA = frozenset(map(key, remark_words.KIND_OF_DATA.split()))


def remark_kind(text: str, plan: Plan, indicator: Indicator | None = None) -> RemarkKind | None:
    """Return why a remark makes a figure of an indicator no result of the plan's region; None where it does not."""
    remark = read_remark(text)
    if indicator and not remark.kind and _states_other_concept(text, indicator):
        return RemarkKind.OTHER
    if _without_a_region(text, plan):
        return RemarkKind.PART
    where = remark.region
    if remark.kind or not where or plan.is_whole(where) or plan.is_for(where):
        return remark.kind
    if is_part(where):
        return RemarkKind.PART
    known = plan.regions.matching(key(where)) or re.fullmatch(LARGER, where) or real_region(where, plan)
    return RemarkKind.ELSEWHERE if known else None


def _without_a_region(text: str, plan: Plan) -> bool:
    """Whether a text excludes a region of the plan by its short name: 不含灵山."""
    words = [word for word in LEFT_OUT if word in text]
    return bool(words) and any(
        f"{word}{name}" in text for region in plan.regions for name in region.names for word in words
    )


def real_region(name: str, plan: Plan) -> str:
    """Return a region's name; empty for general words such as 城区, 各县 or 示范区, and for 全市."""
    if plan.is_for(name):
        return name
    general = name.endswith(GENERAL) and not name.startswith(plan.region)
    return "" if general or name.startswith(_NOT_BEGINNING) else name


def _states_other_concept(text: str, indicator: Indicator) -> bool:
    """Whether a clause of a remark is only a concept that excludes the indicator's: 按户籍人口计算, 调查口径."""
    others = [
        theirs
        for pair in _CONCEPTS
        for ours, theirs in (pair.split("/"), pair.split("/")[::-1])
        if ours in indicator.name and theirs not in indicator.name
    ]
    clauses = clauses_of(text) if others else ()
    return any(re.fullmatch(f"{_AROUND}{concept}{_AROUND}", clause) for concept in others for clause in clauses)


def is_part(text: str) -> bool:
    """Return whether a text is a word for a part of the whole, or begins with one: 市区, 男, 农村, 其中：民办."""
    plain = key(text)
    return plain in _PARTS or plain.startswith("其中")


def qualifier_kind(header: str, text: str, *, is_whole: bool) -> RemarkKind | None:
    """Return why a cell of a column such as 数据类型 or 分项 makes a figure no result; None where it is the result.

    `header` is the column's; `is_whole` is set where the cell names the whole or the plan's region.
    """
    plain = key(text)
    if is_whole or plain in _RESULTS:
        return None
    if kind := read_remark(text).kind:
        return kind
    if header in _GENERAL_KINDS:
        return None
    if header not in _KIND_OF_DATA:
        return RemarkKind.PART
    is_target = any(word in plain for word in remark_words.TARGETS.split())
    return RemarkKind.TARGET if is_target else RemarkKind.FORECAST


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


def as_ignored(fault: Finding) -> Finding:
    """Return the finding on a figure that is no result for a table that has a result of the same indicator."""
    return finding(IGNORED_NO_RESULT, fault.place, fault.message)


def other_period(text: str, period: Period) -> tuple[Message, Message]:
    """Return message and hint for a remark that states another period than that of the value."""
    return (
        say("“{text}” states another period than {period}; the value is not used.", text=shorten(text), period=period),
        say(
            "Give the figure for {period} and remove the remark, or write its period into a column (年份).",
            period=period,
        ),
    )
