"""Read the text of a value cell as a number with its unit, and that of a target (≥41, 6~6.5) as an interval."""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from czurban.model.finding import Message, say
from czurban.model.observation import Reading
from czurban.model.target import Interval
from czurban.model.text import exact, half_width
from czurban.model.unit import SCALES

_NOTHING = re.compile(
    r"(?:[-—–−]{1,3}|…{1,2}|\.{3}|\.{6}|/|无|n/a|暂无(?:数据)?|无数据|[未待](?:统计|填报|上报))?", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?P<about>约)?\s*(?P<sign>[-+−])?\s*"
    r"(?P<digits>(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+|\d+)(?:\.\d+)?|\.\d+)"
    r"\s*(?P<scale>[万亿](?=\s*$))?(?P<unit>[%‰㎡㎢]|[^\W\d_][\w/²]*)?"
)
_OTHER_FORM = re.compile(
    r"[-+]?\d+(?:\.\d+)?[eE][-+]?\d+|(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日?)?|\d{4}年|\d{4}([-/.])\d{1,2}\1\d{1,2}"
)
_BOUND = ("以上", "以下", "以内", "之内", "左右", "上下")
_MINUS = frozenset("-−")
_LONGEST = 60


def is_bound(raw: str) -> bool:
    """Return whether a text is a bound or an approximation and no figure: 138.19以上, ≥41."""
    plain = half_width(raw).strip()
    return plain.endswith((*_BOUND, "+")) or plain.startswith(("≥", "≤", ">", "<", "不", "超过", "低于", "高于"))


def is_exponent(raw: str) -> bool:
    """Return whether a text is a number such as 1E3, in which a spreadsheet may have dropped digits."""
    match = _OTHER_FORM.fullmatch(half_width(raw).strip())
    return match is not None and "e" in match[0].casefold()


def is_date(raw: str) -> bool:
    """Return whether a text is a date, such as 1月2日, which a spreadsheet makes of 1-2 and 1.2."""
    return _OTHER_FORM.fullmatch(half_width(raw).strip()) is not None and not is_exponent(raw)


class ValueCell(NamedTuple):
    """The content of a value cell. `scale` is a lone 万 or 亿 behind the number, `unit` is the text of a unit."""

    reported: Reading
    amount: Decimal | None = None
    unit: str = ""
    scale: str = ""
    approximate: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is a number without a unit."""
        return self.reported is Reading.VALUE and not self.unit and not self.scale


NOTHING = ValueCell(Reading.NOTHING)
UNREADABLE = ValueCell(Reading.UNREADABLE)


@lru_cache(maxsize=1 << 15)
def read_cell(raw: str) -> ValueCell:
    """Read the text of a value cell, exactly.

    Full-width characters, thousands separators, spaces, a sign, 约 in front and a unit behind are understood. A dash,
    无, N/A, / and an empty cell report nothing, and so do 暂无, 未统计 and the like. Any other text is unreadable:
    1,23, 138以上, a spreadsheet's error such as #N/A, and 1.2E+05, where Excel may have dropped digits.
    """
    if len(raw) > _LONGEST:
        return NOTHING if not raw.strip() else UNREADABLE
    plain = half_width(raw).strip()
    match = _NUMBER.fullmatch(plain)
    if match is None or (match["unit"] and _OTHER_FORM.fullmatch(plain)):
        return NOTHING if _NOTHING.fullmatch(plain) else UNREADABLE
    about, sign, digits, scale, unit = match.groups("")
    if unit and unit.endswith(_BOUND):
        return UNREADABLE
    amount = Decimal(digits.replace(",", "").replace(" ", ""))
    return ValueCell(Reading.VALUE, amount.copy_negate() if sign in _MINUS else amount, unit, scale, about != "")


_TARGET_TEXT_NUMBER = r"(?P<{}>[+-]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?)"
_N = _TARGET_TEXT_NUMBER.format("n")
_FORMS: tuple[tuple[str, str], ...] = (
    ("floor", rf"(?:≥|>=|不低于|不少于|不小于|达到)\s*{_N}(?:以上)?"),
    ("floor", rf"{_N}\s*以上"),
    ("ceiling", rf"(?:≤|<=|不超过|不高于|不多于|不大于)\s*{_N}"),
    ("ceiling", rf"(?:控制在)?\s*{_N}\s*(?:以下|以内|之内)"),
    ("ceiling", rf"控制在\s*{_N}"),
    ("above", rf"(?:>|超过|高于|多于|大于)\s*{_N}"),
    ("below", rf"(?:<|低于|少于|小于)\s*{_N}"),
    ("exact", rf"=\s*{_N}"),
    ("range", rf"{_TARGET_TEXT_NUMBER.format('low')}\s*(?:~|〜|至|—|–|\.\.)\s*{_TARGET_TEXT_NUMBER.format('high')}"),
)
_SIDES = ("floor", "ceiling", "both")
_TARGET_TEXT_LONGEST = 100
"""The most characters of a target or a tolerance; figures of a plan have fewer."""
_BARE = _N + r"\D{0,6}"
_SUFFIX = r"(?:以上|以下|以内|之内|左右|上下)"
_UNIT = re.compile(
    rf".*[\d.]\s*(?P<unit>(?:万亿|[万亿])?(?:[%‰㎡㎢]|(?!{_SUFFIX}|[万亿])[^\W\d_](?:(?!{_SUFFIX})[\w/²])*)?)\s*{_SUFFIX}?"
)
"""The unit behind the last number: 万亿元 in 1.8万亿元左右, a lone 万 in 1.2万以上."""
Scale = Callable[[str], Fraction | Message]
"""A function from a unit's text to its factor to the indicator's unit, or to the reason why it has none."""


def read_target(
    text: str, side: str | None = None, tolerance: str | None = None, scale: Scale | None = None
) -> Interval | Message:
    """Read a target's rule.

    以上, 不低于, 以下, 不超过 and 控制在…以下 include their figure, as in Chinese drafting; 超过, 高于 and 低于 do not.
    For a bare number, and for 左右 or 约, the sentence is returned that says what is missing.

    Args:
        text: the rule as printed.
        side: for 左右 alone, which side is better: floor, ceiling, or both where neither is.
        tolerance: for 左右 alone, the allowed difference, in the indicator's unit.
        scale: converts the unit behind the numbers; without it a text with a unit is not a target.
    """
    if len(text) > _TARGET_TEXT_LONGEST or len(tolerance or "") > _TARGET_TEXT_LONGEST:
        return say("“{text}…” is longer than {most} characters.", text=text[:20], most=_TARGET_TEXT_LONGEST)
    plain, unit = take_unit(text)
    factor = scale(unit) if unit and scale else Fraction(1)
    if isinstance(factor, Message):
        return factor
    if "左右" in plain or "上下" in plain or plain.startswith(("约", "大约")):
        return _about(text, plain, side, tolerance, factor)
    if side or tolerance:
        return say("“{text}” needs no side and no tolerance; they are for 左右 alone.", text=text)
    matches = ((name, re.fullmatch(form, plain)) for name, form in _FORMS if scale or not unit)
    name, match = next(((name, match) for name, match in matches if match), ("", None))
    if match is None:
        bare = re.fullmatch(_BARE, plain) is not None
        problem = say("“{text}” does not say which way is better.") if bare else say("“{text}” is not a target.")
        return Message(problem.text, {"text": text})
    numbers = {k: _scaled(v, factor) for k, v in match.groupdict().items()}
    known = {k: number for k, number in numbers.items() if number is not None}
    return _interval(name, known) if len(known) == len(numbers) else _endless(text)


def take_unit(text: str) -> tuple[str, str]:
    """Split a rule from its unit: 1.8万亿元左右 into 1.8左右 and 万亿元; both ends of a range may have it."""
    plain = half_width(text).strip()
    match = _UNIT.fullmatch(plain) if len(plain) <= _TARGET_TEXT_LONGEST else None
    unit = match["unit"] if match else ""
    return (re.sub(rf"(?<=[\d.])\s*{re.escape(unit)}", "", plain), unit) if unit else (plain, "")


def rule_of(raw: str) -> tuple[ValueCell, Interval | None]:
    """Read a rule such as ≥41% as a value cell with its unit, and as an interval."""
    plain, unit = take_unit(raw)
    rule = read_target(plain)
    unit, scale = ("", unit) if unit in SCALES else (unit, "")
    cell = ValueCell(Reading.VALUE, Decimal(0), unit, scale)
    return cell, rule if isinstance(rule, Interval) else None


def _scaled(digits: str, factor: Fraction) -> Decimal | None:
    """Return a number in the indicator's unit; None where it is no finite decimal."""
    number = Decimal(digits.replace(",", ""))
    if factor == 1:
        return number
    text = exact(Fraction(number) * factor)
    return None if "/" in text else Decimal(text)


def _endless(text: str) -> Message:
    return say("“{text}” is no finite decimal in the indicator's unit.", text=text)


def _about(text: str, plain: str, side: str | None, tolerance: str | None, factor: Fraction) -> Interval | Message:
    """Read 30左右 with its declared side and tolerance: ≥28, ≤32 or 28~32; without them it cannot be judged."""
    match = re.fullmatch(rf"(?:大?约)?\s*{_N}\s*(?:左右|上下)?", plain)
    near = re.fullmatch(_N, half_width(tolerance or ""))
    if not match or not near or side not in _SIDES:
        return say("“{text}” is an approximation without the side that is better and the tolerance.", text=text)
    middle, off = _scaled(match["n"], factor), Decimal(near["n"].replace(",", ""))
    if middle is None:
        return _endless(text)
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
    "Write ≥41 for at least, ≤4.5 for at most, 6~6.5 for a range, =100 for exactly; with 左右 also give side: (floor, "
    "ceiling or both) and tolerance:."
)
