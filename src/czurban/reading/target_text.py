"""A target as the plan's files write it (≥41, ≤4.5, 6~6.5, =100) to an interval, or why it is none."""

import re
from decimal import Decimal

from czurban.model.message import Message, say
from czurban.model.target import Interval
from czurban.model.text import half_width

_NUMBER = r"(?P<{}>[+-]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?)"
_N = _NUMBER.format("n")
_FORMS: tuple[tuple[str, str], ...] = (
    ("floor", rf"(?:≥|>=|不低于|不少于|不小于|达到)\s*{_N}(?:以上)?"),
    ("floor", rf"{_N}\s*以上"),
    ("ceiling", rf"(?:≤|<=|不超过|不高于|不多于|不大于)\s*{_N}"),
    ("ceiling", rf"(?:控制在)?\s*{_N}\s*(?:以下|以内|之内)"),
    ("above", rf"(?:>|超过|高于|多于|大于)\s*{_N}"),
    ("below", rf"(?:<|低于|少于|小于)\s*{_N}"),
    ("exact", rf"=\s*{_N}"),
    ("range", rf"{_NUMBER.format('low')}\s*(?:~|〜|至|—|–|\.\.)\s*{_NUMBER.format('high')}"),
)
_SIDES = ("floor", "ceiling", "both")
_LONGEST = 100
"""Characters of a target or a tolerance: no figure of a plan has as many, and numbers of thousands cannot be shown."""
_BARE = _N + r"\D{0,6}"


def read_target(text: str, side: str | None = None, tolerance: str | None = None) -> Interval | Message:
    """Read a target's rule.

    以上, 不低于, 以下, 不超过 and 控制在…以下 include their figure, as in Chinese drafting; 超过, 高于 and 低于 do not.
    A bare number, and 左右 or 约, come back as the sentence that says why they decide nothing.

    Args:
        text: the rule as printed.
        side: for 左右 alone, which side is better: floor, ceiling, or both where neither is.
        tolerance: for 左右 alone, how far off is still near, in the indicator's unit.
    """
    if len(text) > _LONGEST or len(tolerance or "") > _LONGEST:
        return say("“{text}…” is longer than {most} characters.", text=text[:20], most=_LONGEST)
    plain = half_width(text).strip()
    if "左右" in plain or plain.startswith(("约", "大约")):
        return _about(text, plain, side, tolerance)
    if side or tolerance:
        return say("“{text}” needs no side and no tolerance; they are for 左右 alone.", text=text)
    for name, form in _FORMS:
        if found := re.fullmatch(form, plain):
            return _interval(name, {k: Decimal(v.replace(",", "")) for k, v in found.groupdict().items()})
    if re.fullmatch(_BARE, plain):
        return say("“{text}” does not say which way is better.", text=text)
    return say("“{text}” is not a target.", text=text)


def _about(text: str, plain: str, side: str | None, tolerance: str | None) -> Interval | Message:
    """30左右 with its declared side and tolerance: ≥28, ≤32 or 28~32. Without them it decides nothing."""
    found = re.fullmatch(rf"(?:大?约)?\s*{_N}\D{{0,6}}?(?:左右)?", plain)
    near = re.fullmatch(_N, half_width(tolerance or ""))
    if not found or not near or side not in _SIDES:
        return say("“{text}” says about how much, not which side is met nor how far off is still near.", text=text)
    middle, off = (Decimal(one["n"].replace(",", "")) for one in (found, near))
    return Interval(None if side == "ceiling" else middle - off, None if side == "floor" else middle + off)


def _interval(name: str, numbers: dict[str, Decimal]) -> Interval | Message:
    match name:
        case "floor" | "above":
            return Interval(low=numbers["n"], low_open=name == "above")
        case "ceiling" | "below":
            return Interval(high=numbers["n"], high_open=name == "below")
        case "exact":
            return Interval(numbers["n"], numbers["n"])
        case _:
            interval = Interval(numbers["low"], numbers["high"])
            if interval.is_empty:
                return say("The range ends ({high}) before it begins ({low}).", **numbers)
            return interval


HINT = say(
    "Write ≥41 for at least, ≤4.5 for at most, 6~6.5 for a range, =100 for exactly; beside 左右 give side: (floor, "
    "ceiling or both) and tolerance:."
)
