"""Read the text of a value cell as a number with its unit."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from czurban.model.observation import Reading
from czurban.model.target import Interval
from czurban.model.text import half_width
from czurban.model.unit import SCALES
from czurban.reading.phrases.phrase import read_target
from czurban.reading.phrases.tokens import take_unit

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


def rule_of(raw: str) -> tuple[ValueCell, Interval | None]:
    """Read a rule such as ≥41% as a value cell with its unit, and as an interval."""
    plain, unit = take_unit(raw)
    rule = read_target(plain)
    unit, scale = ("", unit) if unit in SCALES else (unit, "")
    cell = ValueCell(Reading.VALUE, Decimal(0), unit, scale)
    return cell, rule if isinstance(rule, Interval) else None
