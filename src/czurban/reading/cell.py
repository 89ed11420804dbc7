"""One value cell as people write it: the number, its unit, and whether it was meant as approximate."""

import re
from decimal import Decimal
from typing import NamedTuple

from czurban.model.observation import Reading
from czurban.model.text import half_width

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
    """Whether a text says that a figure is at least, at most or about so much: 138.19以上, ≥41."""
    plain = half_width(raw).strip()
    return plain.endswith((*_BOUND, "+")) or plain.startswith(("≥", "≤", ">", "<", "不", "超过", "低于", "高于"))


def is_exponent(raw: str) -> bool:
    """Return whether a text is a number such as 1E3, in which a spreadsheet may have dropped digits."""
    found = _OTHER_FORM.fullmatch(half_width(raw).strip())
    return found is not None and "e" in found[0].casefold()


def is_date(raw: str) -> bool:
    """Return whether a text is a date, such as 1月2日, which a spreadsheet makes of 1-2 and 1.2."""
    return _OTHER_FORM.fullmatch(half_width(raw).strip()) is not None and not is_exponent(raw)


class Cell(NamedTuple):
    """What a value cell says. `scale` is a lone 万 or 亿 behind the number; `unit` the unit's text, 万人 included."""

    reported: Reading
    amount: Decimal | None = None
    unit: str = ""
    scale: str = ""
    approximate: bool = False


NOTHING = Cell(Reading.NOTHING)
UNREADABLE = Cell(Reading.UNREADABLE)


def read_cell(raw: str) -> Cell:
    """Read the text of a value cell, exactly.

    Full-width characters, thousand separators in their right places, spaces, a sign, 约 in front and a unit behind are
    understood. A dash, 无, N/A, / and an empty cell report nothing, and so do 暂无, 未统计 and the like.
    Anything else is unreadable, nothing is guessed: not 1,23, not 138以上, not 1.2E+05, where Excel may have
    dropped digits, and not a spreadsheet's error, #N/A among them.
    """
    if len(raw) > _LONGEST:
        return NOTHING if not raw.strip() else UNREADABLE
    plain = half_width(raw).strip()
    found = _NUMBER.fullmatch(plain)
    if found is None or (found["unit"] and _OTHER_FORM.fullmatch(plain)):
        return NOTHING if _NOTHING.fullmatch(plain) else UNREADABLE
    about, sign, digits, scale, unit = found.groups("")
    if unit and unit.endswith(_BOUND):
        return UNREADABLE
    amount = Decimal(digits.replace(",", "").replace(" ", ""))
    return Cell(Reading.VALUE, amount.copy_negate() if sign in _MINUS else amount, unit, scale, about != "")
