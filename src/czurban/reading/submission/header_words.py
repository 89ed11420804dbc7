"""Which field a word of a header means, and which words name a region.

Headers that name a region of the plan's own hierarchy, whatever form its name, short name or code has.
"""

from enum import StrEnum

from czurban.model import vocabulary
from czurban.model.finding import mark
from czurban.model.plan import Plan
from czurban.model.region import WHOLE_WORDS, Region
from czurban.model.text import key


class ColumnField(StrEnum):
    """What a column may hold."""

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

CUMULATIVE = frozenset(map(key, vocabulary.HEADER_WORDS["cumulative"].split()))
"""Words for a result counted from the first day of the year."""

_MORE = {ColumnField.VALUE: vocabulary.HEADER_WORDS["cumulative"]}
HEADERS = {field: tuple(f"{vocabulary.HEADER_WORDS[field]} {_MORE.get(field, '')}".split()) for field in ColumnField}
"""The names that a column of each kind may have, as people write them."""

_BY_NAME = {key(name): field for field, names in HEADERS.items() for name in names}
NEUTRAL = frozenset(map(key, vocabulary.NEUTRAL.split()))
GENERAL_NAMES = frozenset(map(key, vocabulary.GENERAL_NAMES.split()))
EXACT_NUMBERS = frozenset(map(key, vocabulary.EXACT_NUMBERS.split()))

LAST_YEAR = ("上年", "去年")
_ENDS = ("市", "县", "区", "旗", "州", "盟", "本级", "省")
_LAST = frozenset(end[-1] for end in _ENDS)
_LONGEST_REGION = 12


def field_of(text: str, plan: Plan | None = None) -> ColumnField | None:
    """Return the field of a word or phrase, as it stands; with a plan, its own words count too."""
    return field_of_key(key(text), plan)


def field_of_key(plain: str, plan: Plan | None = None) -> ColumnField | None:
    """Return the field of a word whose key was taken already, as for each of the ends that one text may have."""
    known = _BY_NAME.get(plain)
    if known is None and plan is not None and (own := plan.words.get(plain)):
        return ColumnField(own)
    return known


def is_region(text: str) -> bool:
    """Return whether a text has the form of a region's name. 地区 and 县区 are words for the column, and no names."""
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
"""A code of digits alone has as many as those of GB/T 2260: 12 may be a value or count columns, and 2019 is a year."""
_CENTURIES = ("19", "20")
"""How a month or a day in digits begins, 201906 or 20190630, and no code of GB/T 2260."""


def plan_region(text: str, plan: Plan) -> str:
    """The region that a text means, by the name it has in the plan; empty where it is none, or may be something else.

    A text that is also an indicator or a unit is no region. One that two regions are called by comes back as it stands:
    whoever looks for the region tells that it may be either.
    """
    plain = key(text)
    found = plan.regions.matching(plain) if _may_name(plain) else ()
    if not found or _is_indicator(plain, plan) or plan.units.find(plain):
        return ""
    return _name(found[0], plan) if len(found) == 1 else plain


def split_plan_region(text: str, plan: Plan) -> tuple[str, ColumnField, str] | None:
    """灵山完成值 as the region, the field of 完成值 and that word; None where there is no way to part it, or two."""
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
    """Whether a text can be told from a value, a year and the number of a column."""
    if plain.isdecimal():
        return len(plain) >= _LEAST_DIGITS and not plain.startswith(_CENTURIES)
    return len(plain) >= _LEAST and any(map(str.isalpha, plain))


def _is_indicator(plain: str, plan: Plan) -> bool:
    return plan.indicator(plain) is not None or any(plain in map(key, one.names) for one in plan.left_out)


def _name(region: Region, plan: Plan) -> str:
    """What the region is called, as nothing else is; its code, should there be no such name."""
    name = plan.regions.full_name(region)
    return name if plan.regions.find(name) == region else region.code
