"""The values that are numbers, rules and periods: how each is read, and how it is written with plain signs."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from czurban.model.observation import Reading
from czurban.model.period import parse_period
from czurban.model.target import Interval
from czurban.reading.cell import Cell, read_cell
from czurban.reading.mending.entries import Kind
from czurban.reading.plan_units import read_factor
from czurban.reading.target_text import read_target, take_unit

_WIDE = "０１２３４５６７８９．，％＞＜＝＋－／～"
_PLAIN = str.maketrans({char: chr(ord(char) - 0xFEE0) for char in _WIDE})
_AT_LEAST = re.compile(r"(?:>=|=>|》=)\s*")
_AT_MOST = re.compile(r"(?:<=|=<|《=)\s*")

_LONGEST = 18


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST else None


def _rule(text: str) -> tuple[Interval, str] | None:
    """The rule and its unit, so that neither changes."""
    plain, unit = take_unit(text)
    rule = read_target(plain)
    return (rule, unit) if isinstance(rule, Interval) else None


def _baseline(text: str) -> Cell | None:
    cell = read_cell(text)
    return cell if cell.reported is Reading.VALUE else None


FIGURES: Mapping[Kind, Mapping[str, Callable[[str], object]]] = MappingProxyType(
    {
        Kind.PLAN: {"period": parse_period, "baseline_period": parse_period},
        Kind.UNIT: {"factor": read_factor},
        Kind.INDICATOR: {
            "no": _whole,
            "task": _whole,
            "baseline": _baseline,
            "target": _rule,
            "deadline": parse_period,
        },
        Kind.TASK: {"no": _whole},
        Kind.DEPARTMENT: {},
    }
)
"""Which keys of which entries hold figures, and what reads them; None is a figure that cannot be read."""


def plain_figure(text: str, key: str) -> str:
    """The text with half-width digits and signs, and in a target with ≥ and ≤ for how they are typed on a keyboard."""
    plain = text.translate(_PLAIN).strip()
    if key == "target":
        plain = _AT_MOST.sub("≤", plain, count=1) if _AT_MOST.match(plain) else plain
        plain = _AT_LEAST.sub("≥", plain, count=1) if _AT_LEAST.match(plain) else plain
    return plain
