"""Define a figure of a text with its name, and decide whether two names and two units are of one figure."""

import re
from decimal import Decimal
from difflib import SequenceMatcher
from fractions import Fraction
from typing import NamedTuple

from czurban.model.text import key
from czurban.model.unit import Units

_UNITS = Units()
_LEAST_NAME = 4
_SYNONYMS = (
    ("城市", "城镇"),
    ("公共交通", "公交"),
    ("机动车", "机动"),
    ("人数", "数"),
    ("数量", "数"),
    ("居民基本", "居民"),
)


class PrintedQuantity(NamedTuple):
    """A figure of a text with its name.

    Attributes:
        name: the name of the figure, with what the words before leave out.
        wording: the name as it stands in the text.
        printed: the figure with its unit and the words about it, as printed.
        figure: the number.
        unit: the name of its unit; empty where none is printed.
        verb: the word for works before the figure or its name: 新建, 启动; empty where there is none.
        scope: what the figure is limited to, as printed: 市本级（含钦州港）.
        shared: whether the figure stands in a list of several (分别达到90%和60%以上).
        baseline: the figure from which it is to change, as printed; empty where none is.
        baseline_year: the year of that figure.
        deadline: the date by which it is due; empty where its clause names none.
        summed: whether it is the sum of all years of the plan.
        aim: the words that make it an aim only, as printed: 力争, aim to; empty where it is firm.
    """

    name: str
    wording: str
    printed: str
    figure: Decimal
    unit: str
    verb: str = ""
    scope: str | None = None
    shared: bool = False
    baseline: str = ""
    baseline_year: str = ""
    deadline: str = ""
    summed: bool = False
    aim: str = ""


def aimed(quantity: PrintedQuantity, phrase: str, between: str = "") -> str:
    """Return a printed phrase behind the words that make its figure an aim: 力争新增60公里."""
    if not quantity.aim or phrase.startswith(quantity.aim):
        return phrase
    if quantity.aim.isascii():
        between = " " if quantity.verb and phrase.startswith(quantity.verb) else " … "
    return quantity.aim + between + phrase


def factor_of(unit: str, other: str) -> Fraction | None:
    """Return how many of the other unit one of a unit is; None where they measure different things."""
    if key(unit) == key(other):
        return Fraction(1)
    known, wanted = map(_UNITS.find, (unit, other))
    return known.ratio(wanted) if known and wanted else None


def amount_of(printed: str) -> Fraction | None:
    """Return the first number of a text."""
    match = re.search(r"\d[\d,]*(?:\.\d+)?", printed)
    return Fraction(match[0].replace(",", "")) if match else None


def _plain(name: str) -> str:
    plain = key(name)
    for word, other in _SYNONYMS:
        plain = plain.replace(key(word), key(other))
    return plain


def contains(name: str, other: str) -> bool:
    """Return whether one name is the other with words left out at its ends."""
    short, long = sorted((_plain(name), _plain(other)), key=len)
    return len(short) >= _LEAST_NAME and (long.endswith(short) or long.startswith(short))


def likeness(name: str, other: str) -> float:
    """Return how similar two names are, from 0 to 1."""
    plain, compared = _plain(name), _plain(other)
    ratio = SequenceMatcher(None, plain, compared, autojunk=False).ratio()
    return max(ratio, 0.9) if contains(name, other) else ratio
