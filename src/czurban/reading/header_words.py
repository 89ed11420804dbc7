"""Which field a word of a header means, and which words name a region."""

from enum import StrEnum

from czurban.model import vocabulary
from czurban.model.message import mark
from czurban.model.plan import Plan
from czurban.model.text import key


class Field(StrEnum):
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
    Field.NUMBER: mark("number or id"),
    Field.INDICATOR: mark("indicator"),
    Field.LEVEL: mark("level of indicators"),
    Field.VALUE: mark("value"),
    Field.UNIT: mark("unit"),
    Field.PERIOD: mark("period"),
    Field.PART: mark("part of the year"),
    Field.REGION: mark("region"),
    Field.SENDER: mark("department"),
    Field.STATUS: mark("status"),
    Field.QUALIFIER: mark("kind or part of the figure"),
    Field.NOTE: mark("note"),
    Field.TARGET: mark("target"),
    Field.BASELINE: mark("baseline"),
    Field.OTHER: mark("not a result"),
}

CUMULATIVE = frozenset(map(key, vocabulary.HEADER_WORDS["cumulative"].split()))
"""Words for a result counted from the first day of the year."""

_MORE = {Field.VALUE: vocabulary.HEADER_WORDS["cumulative"]}
HEADERS = {field: tuple(f"{vocabulary.HEADER_WORDS[field]} {_MORE.get(field, '')}".split()) for field in Field}
"""The names that a column of each kind may have, as people write them."""

_BY_NAME = {key(name): field for field, names in HEADERS.items() for name in names}
NEUTRAL = frozenset(map(key, vocabulary.NEUTRAL.split()))
GENERAL_NAMES = frozenset(map(key, vocabulary.GENERAL_NAMES.split()))
EXACT_NUMBERS = frozenset(map(key, vocabulary.EXACT_NUMBERS.split()))
WHOLE = frozenset(vocabulary.WHOLE.split())

LAST_YEAR = ("上年", "去年")
_ENDS = ("市", "县", "区", "旗", "州", "盟", "本级", "省")
_LAST = frozenset(end[-1] for end in _ENDS)
_LONGEST_REGION = 12


def field_of(text: str, plan: Plan | None = None) -> Field | None:
    """Return the field of a word or phrase, as it stands; with a plan, its own words count too."""
    return field_of_key(key(text), plan)


def field_of_key(plain: str, plan: Plan | None = None) -> Field | None:
    """Return the field of a word whose key was taken already, as for each of the ends that one text may have."""
    known = _BY_NAME.get(plain)
    if known is None and plan is not None and (own := plan.words.get(plain)):
        return Field(own)
    return known


def is_region(text: str) -> bool:
    """Return whether a text has the form of a region's name. 地区 and 县区 are words for the column, and no names."""
    plain = key(text)
    return plain in WHOLE or (
        1 < len(plain) <= _LONGEST_REGION
        and plain.endswith(_ENDS)
        and all("\u4e00" <= char <= "\u9fff" for char in plain)
        and field_of_key(plain) is None
    )


def split_region(text: str, plan: Plan | None = None) -> tuple[str, Field] | None:
    """Split 灵山县完成值 into 灵山县 and the field of 完成值; None where it is no region before a known word."""
    plain = key(text)
    for at in range(2, min(len(plain), _LONGEST_REGION + 1)):
        if plain[at - 1] in _LAST and is_region(plain[:at]) and (known := field_of_key(plain[at:], plan)):
            return plain[:at], known
    return None
