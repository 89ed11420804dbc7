"""What stands in brackets behind an indicator's name: a unit, a period, a region or a status, and nothing else.

The unit of a value, from its cell, its column, the title, or the plan, without ever choosing between two.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from czurban.model.indicator import Indicator
from czurban.model.observation import Status
from czurban.model.period import Period, in_digits, parse_period
from czurban.model.plan import Plan
from czurban.model.text import half_width, key
from czurban.model.unit import SCALES, Unit, Units, base_of
from czurban.reading.submission.cell import ValueCell
from czurban.reading.submission.header_cell import in_year, understand


class UnitTrouble(StrEnum):
    """Why a row's unit cannot be settled."""

    UNKNOWN = "unknown"
    TWO = "two"


class Chosen(NamedTuple):
    """The unit to read the amount in; None means the plan's. `in_cell` says that the value itself carries it."""

    unit: Unit | None
    in_cell: bool = False


def choose(cell: ValueCell, column: str, title: str, indicator: Indicator, units: Units) -> Chosen | UnitTrouble:
    """Settle the unit of one value.

    A unit in the cell goes before one beside it, where both measure the same.

    Args:
        cell: the value, perhaps with a unit or a lone 万 behind it.
        column: what the row's unit column, or the value column's header, says; may be empty.
        title: what a title such as 单位：万人 says; it counts only where it fits the indicator, since a title speaks
            for a whole table and tables mix people with per cents.
        indicator: whose value it is.
        units: the units the plan knows.
    """
    if column and plain_unit(column) in SCALES:  # 完成值（万）: as if it stood in the cell, where no other unit does
        cell = cell if cell.unit or cell.scale else cell._replace(scale=plain_unit(column))
        column = ""
    beside = _find(column, indicator, units) if column else None
    if column and beside is None:
        return UnitTrouble.UNKNOWN
    if cell.scale:
        return _scaled(cell.scale, beside, indicator, units)
    if not cell.unit:
        return Chosen(beside or _fitting(title, indicator, units))
    inside = _find(cell.unit, indicator, units)
    if inside is None:
        return UnitTrouble.UNKNOWN
    if beside and beside.dimension != inside.dimension:
        return UnitTrouble.TWO
    return Chosen(inside, in_cell=True)


def _scaled(scale: str, beside: Unit | None, indicator: Indicator, units: Units) -> Chosen | UnitTrouble:
    """83.7万: the unit without its own 万, so that it is 83.7万人 under 万人 too."""
    unit = units.find(scale + base_of(beside or indicator.unit, units).name)
    return Chosen(unit, in_cell=True) if unit else UnitTrouble.UNKNOWN


def plain_unit(text: str) -> str:
    """A unit's text without what people put around it: （万人）, 单位：万人."""
    plain = half_width(text).strip()
    if plain.startswith("(") and plain.endswith(")"):
        plain = plain[1:-1].strip()
    return plain.removeprefix("计量").removeprefix("单位:").strip() if ":" in plain else plain


def same_unit(one: str, other: str, indicator: Indicator, units: Units) -> bool:
    """Whether two texts mean one unit; a text that means none is like no other."""
    a, b = _find(one, indicator, units), _find(other, indicator, units)
    return a is not None and b is not None and (a.dimension, a.factor) == (b.dimension, b.factor)


def _find(text: str, indicator: Indicator, units: Units) -> Unit | None:
    text = plain_unit(text)
    if any(key(text) == key(alias) for alias in indicator.unit_aliases):
        return indicator.unit
    return units.find(text)


def _fitting(title: str, indicator: Indicator, units: Units) -> Unit | None:
    unit = units.find(plain_unit(title)) if title else None
    return unit if unit and unit.dimension == indicator.unit.dimension else None


_STATUS = {
    word: status
    for status, words in {
        Status.PRELIMINARY: "快报 快报数 快报数据 初步 初步数 初步数据 preliminary flash",
        Status.FINAL: "年报 年报数 年报数据 最终 最终数 最终数据 final annual",
        Status.REVISED: "修订 修订数 修订数据 revised",
    }.items()
    for word in words.split()
}
_PART = r"月|季|半年|^[qh]\d$|^(?:全年|年末|年底)$"
_ANY_YEAR = 2000


class Said(NamedTuple):
    """What a row says beside its cells; `part` is a part of a year whose year stands elsewhere."""

    unit: str = ""
    period: Period | None = None
    part: str = ""
    region: str = ""
    status: Status | None = None


NOTHING_SAID = Said()


def status_of(text: str) -> Status | None:
    """The status that a word means."""
    return _STATUS.get(key(text))


def part_of_year(text: str, year: int, header: str = "") -> Period | None:
    """A part of a year whose year stands elsewhere: 6月, 一季度, 上半年; a bare 6 where the header says 月份."""
    plain = key(text)
    if not re.search(_PART, plain):
        plain += next((end for word, end in (("月", "月"), ("季", "季度")) if word in header), "")
    return in_year(plain, year) if re.search(_PART, plain) else None


def dated(text: str) -> tuple[str, Status | None]:
    """A period's text and the status behind it: 2019年快报 as 2019年 and 快报."""
    plain = key(text)
    for word, status in _STATUS.items():
        if plain.endswith(word) and len(plain) > len(word):
            return plain.removesuffix(word), status
    return text, None


def read_bracket(inside: str, unit_names: Iterable[str], plan: Plan) -> Said | None:
    """Understand a bracket; None where it may mean anything, such as another indicator: 户籍, 同比增长, 预计."""
    plain = in_digits(half_width(inside)).strip()
    unit = plain_unit(plain)
    if not unit:
        return NOTHING_SAID
    if plan.units.find(unit) or key(unit) in map(key, unit_names):
        return Said(unit=unit)
    if status := status_of(plain):
        return Said(status=status)
    return _when_or_where(plain, plan)


def _when_or_where(plain: str, plan: Plan) -> Said | None:
    if period := parse_period(plain):
        return Said(period=period)
    if part_of_year(plain, _ANY_YEAR):
        return Said(part=plain)
    if plan.is_for(plain):
        return Said(region=plan.region)
    header = understand(plain, plan)
    return Said(region=header.region) if header and header.bare and header.region and not header.period else None


def both(one: Said, other: Said) -> Said | None:
    """Two brackets together; None where they speak of the same."""
    if (
        any(a and b for a, b in zip(one, other, strict=True))
        or (one.period and other.part)
        or (one.part and other.period)
    ):
        return None
    return Said(
        one.unit or other.unit,
        one.period or other.period,
        one.part or other.part,
        one.region or other.region,
        one.status or other.status,
    )
