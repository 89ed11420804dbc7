"""The unit of a value, from its cell, its column, the title, or the plan, without ever choosing between two."""

from enum import StrEnum
from typing import NamedTuple

from czurban.model.indicator import Indicator
from czurban.model.text import half_width, key
from czurban.model.unit import SCALES, Unit, Units, base_of
from czurban.reading.cell import Cell


class Trouble(StrEnum):
    """Why a row's unit cannot be settled."""

    UNKNOWN = "unknown"
    TWO = "two"


class Chosen(NamedTuple):
    """The unit to read the amount in; None means the plan's. `in_cell` says that the value itself carries it."""

    unit: Unit | None
    in_cell: bool = False


def choose(cell: Cell, column: str, title: str, indicator: Indicator, units: Units) -> Chosen | Trouble:
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
        return Trouble.UNKNOWN
    if cell.scale:
        return _scaled(cell.scale, beside, indicator, units)
    if not cell.unit:
        return Chosen(beside or _fitting(title, indicator, units))
    inside = _find(cell.unit, indicator, units)
    if inside is None:
        return Trouble.UNKNOWN
    if beside and beside.dimension != inside.dimension:
        return Trouble.TWO
    return Chosen(inside, in_cell=True)


def _scaled(scale: str, beside: Unit | None, indicator: Indicator, units: Units) -> Chosen | Trouble:
    """83.7万: the unit without its own 万, so that it is 83.7万人 under 万人 too."""
    unit = units.find(scale + base_of(beside or indicator.unit, units).name)
    return Chosen(unit, in_cell=True) if unit else Trouble.UNKNOWN


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
