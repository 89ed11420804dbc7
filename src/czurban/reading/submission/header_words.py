"""Find the field that a word of a header means, and the region that a header names."""

from enum import StrEnum

from czurban.model.finding import mark
from czurban.model.plan import Plan
from czurban.model.region import WHOLE_WORDS
from czurban.model.text import key
from czurban.model.vocabulary import header_words


class ColumnField(StrEnum):
    """Represents the kind of content of a column."""

    NUMBER = "number"
    INDICATOR = "indicator"
    LEVEL = "level"
    VALUE = "value"
    UNIT = "unit"
    PERIOD = "period"
    PART = "part"
    REGION = "region"
    SENDER = "sender"
    STATUS = "status"
    QUALIFIER = "qualifier"
    NOTE = "note"
    TARGET = "target"
    BASELINE = "baseline"
    OTHER = "other"


LABELS = {
    ColumnField.NUMBER: mark("number or id"),
    ColumnField.INDICATOR: mark("indicator"),
    ColumnField.LEVEL: mark("level of indicators"),
    ColumnField.VALUE: mark("value"),
    ColumnField.UNIT: mark("unit"),
    ColumnField.PERIOD: mark("period"),
    ColumnField.PART: mark("part of the year"),
    ColumnField.REGION: mark("region"),
    ColumnField.SENDER: mark("department"),
    ColumnField.STATUS: mark("status"),
    ColumnField.QUALIFIER: mark("kind or part of the figure"),
    ColumnField.NOTE: mark("note"),
    ColumnField.TARGET: mark("target"),
    ColumnField.BASELINE: mark("baseline"),
    ColumnField.OTHER: mark("not a result"),
}

CUMULATIVE = frozenset(map(key, header_words.HEADER_WORDS["cumulative"].split()))
"""Words for a result counted from 1 January."""

_MORE = {ColumnField.VALUE: header_words.HEADER_WORDS["cumulative"]}
HEADERS = {field: tuple(f"{header_words.HEADER_WORDS[field]} {_MORE.get(field, '')}".split()) for field in ColumnField}
"""The header words of each field."""

_BY_NAME = {key(name): field for field, names in HEADERS.items() for name in names}
NEUTRAL = frozenset(map(key, header_words.NEUTRAL.split()))
GENERAL_NAMES = frozenset(map(key, header_words.GENERAL_NAMES.split()))
EXACT_NUMBERS = frozenset(map(key, header_words.EXACT_NUMBERS.split()))

LAST_YEAR = ("上年", "去年")
_ENDS = ("市", "县", "区", "旗", "州", "盟", "本级", "省")
_LAST = frozenset(end[-1] for end in _ENDS)
_LONGEST_REGION = 12


def field_of(text: str, plan: Plan | None = None) -> ColumnField | None:
    """Return the field of a word or phrase; with a plan, its own words count too."""
    return field_of_key(key(text), plan)


def field_of_key(plain: str, plan: Plan | None = None) -> ColumnField | None:
    """Return the field of a word that is given by its key."""
    known = _BY_NAME.get(plain)
    if known is None and plan is not None and (plan_word := plan.words.get(plain)):
        return ColumnField(plan_word)
    return known


def is_region(text: str) -> bool:
    """Return whether a text has the form of a region's name. 地区 and 县区 are header words and no names."""
    plain = key(text)
    return plain in WHOLE_WORDS or (
        1 < len(plain) <= _LONGEST_REGION
        and plain.endswith(_ENDS)
        and all("\u4e00" <= char <= "\u9fff" for char in plain)
        and field_of_key(plain) is None
    )


def split_region(text: str, plan: Plan | None = None) -> tuple[str, ColumnField] | None:
    """Split 灵山县完成值 into 灵山县 and the field of 完成值; None where it is no region before a known word."""
    plain = key(text)
    for at in range(2, min(len(plain), _LONGEST_REGION + 1)):
        if plain[at - 1] in _LAST and is_region(plain[:at]) and (known := field_of_key(plain[at:], plan)):
            return plain[:at], known
    return None


_LEAST = 2
_LEAST_DIGITS = 6
"""The digits of a code of GB/T 2260. A shorter number may be a value, a year or the number of a column."""
_CENTURIES = ("19", "20")
"""The beginning of a month or a day in digits, 201906 or 20190630; no code of GB/T 2260 begins so."""


def plan_region(text: str, plan: Plan) -> str:
    """Return the plan's name of the region that a text means; empty where it is none, or may be something else.

    A text that is also an indicator or a unit is no region. The name of two regions is returned unchanged; a later
    step reports that it is ambiguous.
    """
    plain = key(text)
    regions = plan.regions.matching(plain) if _may_name(plain) else ()
    if not regions or _is_indicator(plain, plan) or plan.units.find(plain):
        return ""
    if len(regions) > 1:
        return plain
    name = plan.regions.full_name(regions[0])
    return name if plan.regions.find(name) == regions[0] else regions[0].code


def split_plan_region(text: str, plan: Plan) -> tuple[str, ColumnField, str] | None:
    """Split 灵山完成值 into the region, the field of 完成值 and that word; None where no way is unique."""
    plain = key(text)
    if _is_indicator(plain, plan):
        return None
    ways = [
        (region, known, plain[at:])
        for at in range(_LEAST, len(plain))
        if (known := field_of_key(plain[at:], plan)) and (region := plan_region(plain[:at], plan))
    ]
    return ways[0] if len(ways) == 1 else None


def _may_name(plain: str) -> bool:
    """Whether a text cannot be a value, a year or the number of a column."""
    if plain.isdecimal():
        return len(plain) >= _LEAST_DIGITS and not plain.startswith(_CENTURIES)
    return len(plain) >= _LEAST and any(map(str.isalpha, plain))


def _is_indicator(plain: str, plan: Plan) -> bool:
    return plan.indicator(plain) is not None
