"""List the words of headers by the field that each means."""

from enum import StrEnum

from czurban.model.finding import mark
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
NEUTRAL = frozenset(map(key, header_words.NEUTRAL.split()))
GENERAL_NAMES = frozenset(map(key, header_words.GENERAL_NAMES.split()))
EXACT_NUMBERS = frozenset(map(key, header_words.EXACT_NUMBERS.split()))
LAST_YEAR = ("上年", "去年")

_RESULTS = f"{header_words.HEADER_WORDS['value']} {header_words.HEADER_WORDS['cumulative']}"
_WORDS = {**header_words.HEADER_WORDS, ColumnField.VALUE: _RESULTS}
HEADERS = dict(zip(ColumnField, map(str.split, map(_WORDS.__getitem__, ColumnField)), strict=True))
"""The header words of each field."""
