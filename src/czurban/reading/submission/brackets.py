"""Read brackets behind an indicator's name, and words for the status of a figure or for a part of the year."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from czurban.model.observation import Status
from czurban.model.period import Period, in_digits, parse_period
from czurban.model.plan import Plan
from czurban.model.text import half_width, key
from czurban.reading.submission.cell import plain_unit
from czurban.reading.submission.header_cell import in_year, understand

_STATUS = {
    **dict.fromkeys(
        ["快报", "快报数", "快报数据", "初步", "初步数", "初步数据", "preliminary", "flash"], Status.PRELIMINARY
    ),
    **dict.fromkeys(["年报", "年报数", "年报数据", "最终", "最终数", "最终数据", "final", "annual"], Status.FINAL),
    **dict.fromkeys(["修订", "修订数", "修订数据", "revised"], Status.REVISED),
}
_PART = r"月|季|半年|^[qh]\d$|^(?:全年|年末|年底)$"
_ANY_YEAR = 2000


class BracketText(NamedTuple):
    """The content of brackets behind a name; `part` is a part of a year, whose year is stated elsewhere."""

    unit: str = ""
    period: Period | None = None
    part: str = ""
    region: str = ""
    status: Status | None = None


NO_BRACKET = BracketText()


def status_of(text: str) -> Status | None:
    """Return the status that a word means."""
    return _STATUS.get(key(text))


def part_of_year(text: str, year: int, header: str = "") -> Period | None:
    """Return the period of a part of the year: 6月, 一季度, 上半年; of a bare 6 where the header is 月份."""
    plain = key(text)
    if not re.search(_PART, plain):
        plain += next((end for word, end in (("月", "月"), ("季", "季度")) if word in header), "")
    return in_year(plain, year) if re.search(_PART, plain) else None


def dated(text: str) -> tuple[str, Status | None]:
    """Split a period's text from the status behind it: 2019年快报 into 2019年 and 快报."""
    plain = key(text)
    for word, status in _STATUS.items():
        if plain.endswith(word) and len(plain) > len(word):
            return plain.removesuffix(word), status
    return text, None


def read_bracket(inside: str, unit_names: Iterable[str], plan: Plan) -> BracketText | None:
    """Read a bracket; None where it may mean something else, such as another indicator: 户籍, 同比增长, 预计."""
    plain = in_digits(half_width(inside)).strip()
    unit = plain_unit(plain)
    if not unit:
        return NO_BRACKET
    if plan.units.find(unit) or key(unit) in map(key, unit_names):
        return BracketText(unit=unit)
    if status := status_of(plain):
        return BracketText(status=status)
    if period := parse_period(plain):
        return BracketText(period=period)
    if part_of_year(plain, _ANY_YEAR):
        return BracketText(part=plain)
    header = understand(plain, plan)
    named = header.region if header and header.bare and not header.period else ""
    region = plan.region if plan.is_for(plain) else named
    return BracketText(region=region) if region else None


def combine(first: BracketText, second: BracketText) -> BracketText | None:
    """Combine two brackets; None where they state the same thing."""
    if any(a and b for a, b in zip(first, second, strict=True)):
        return None
    both = BracketText(
        first.unit or second.unit,
        first.period or second.period,
        first.part or second.part,
        first.region or second.region,
        first.status or second.status,
    )
    return None if both.period and both.part else both
