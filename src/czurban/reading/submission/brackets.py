"""Read brackets behind an indicator's name, and choose the unit of a value from its cell, column, title or the plan."""

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
    """Represents the reason why the unit of a value is not known."""

    UNKNOWN = "unknown"
    TWO = "two"


class Chosen(NamedTuple):
    """The unit of an amount; None means the plan's. `in_cell` is set where the value cell states it."""

    unit: Unit | None
    in_cell: bool = False


def choose(cell: ValueCell, column: str, title: str, indicator: Indicator, units: Units) -> Chosen | UnitTrouble:
    """Choose the unit of one value.

    A unit in the cell goes before one in a column, where both measure the same.

    Args:
        cell: the value, perhaps with a unit or a lone 万 behind it.
        column: the unit of the row's unit column or of the value column's header; may be empty.
        title: the unit of a title such as 单位：万人; it counts only where it fits the indicator, since a table mixes
            people with per cents.
        indicator: the indicator of the value.
        units: the units the plan knows.
    """
    if column and plain_unit(column) in SCALES:  # 完成值（万）: as if it stood in the cell, where no other unit does
        cell = cell if cell.unit or cell.scale else cell._replace(scale=plain_unit(column))
        column = ""
    in_column = _find(column, indicator, units) if column else None
    if column and in_column is None:
        return UnitTrouble.UNKNOWN
    if cell.scale:
        return _scaled(cell.scale, in_column, indicator, units)
    if not cell.unit:
        return Chosen(in_column or _fitting(title, indicator, units))
    inside = _find(cell.unit, indicator, units)
    if inside is None:
        return UnitTrouble.UNKNOWN
    if in_column and in_column.dimension != inside.dimension:
        return UnitTrouble.TWO
    return Chosen(inside, in_cell=True)


def _scaled(scale: str, in_column: Unit | None, indicator: Indicator, units: Units) -> Chosen | UnitTrouble:
    """Return the unit of 83.7万: 万 and the base unit, so that it is 83.7万人 under 万人 too."""
    unit = units.find(scale + base_of(in_column or indicator.unit, units).name)
    return Chosen(unit, in_cell=True) if unit else UnitTrouble.UNKNOWN


def plain_unit(text: str) -> str:
    """Return a unit's text without brackets and words around it: （万人）, 单位：万人."""
    plain = half_width(text).strip()
    if plain.startswith("(") and plain.endswith(")"):
        plain = plain[1:-1].strip()
    return plain.removeprefix("计量").removeprefix("单位:").strip() if ":" in plain else plain


def same_unit(first: str, second: str, indicator: Indicator, units: Units) -> bool:
    """Return whether two texts mean the same unit; a text without a known unit equals no other."""
    a, b = _find(first, indicator, units), _find(second, indicator, units)
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
