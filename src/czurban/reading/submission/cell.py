"""Read the text of a value cell as a number, and choose its unit from the cell, its column, a title or the plan."""

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from czurban.model.indicator import Indicator
from czurban.model.observation import Reading
from czurban.model.text import cell_text, half_width, key
from czurban.model.unit import SCALES, Unit, Units, base_of

_NOTHING = re.compile(
    r"(?:[-—–−]{1,3}|…{1,2}|\.{3}|\.{6}|/|无|n/a|暂无(?:数据)?|无数据|[未待](?:统计|填报|上报))?", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?P<about>约)?\s*(?P<sign>[-+−])?\s*"
    r"(?P<digits>(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+|\d+)(?:\.\d+)?|\.\d+)"
    r"\s*(?P<scale>[万亿](?=\s*$))?(?P<unit>[%‰㎡㎢]|[^\W\d_][\w/²]*)?"
)
OTHER_FORM = re.compile(
    r"[-+]?\d+(?:\.\d+)?[eE][-+]?\d+|(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日?)?|\d{4}年|\d{4}([-/.])\d{1,2}\1\d{1,2}"
)
BOUND = ("以上", "以下", "以内", "之内", "左右", "上下")
_MINUS = frozenset("-−")
_LONGEST = 60
_FIRST_DIGITS = r"[-−]?[1-9]\d{0,2}"
_MORE_DIGITS = r"\d{3}(?:\.\d+)?"


def text_at(cells: Sequence[str], at: int | None) -> str:
    """Return the text of a cell without blanks around it; empty where the row is shorter or there is no such column."""
    return cells[at].strip() if at is not None and at < len(cells) else ""


class ValueCell(NamedTuple):
    """The content of a value cell. `scale` is a lone 万 or 亿 behind the number, `unit` is the text of a unit."""

    reported: Reading
    amount: Decimal | None = None
    unit: str = ""
    scale: str = ""
    approximate: bool = False


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
    if match is None or (match["unit"] and OTHER_FORM.fullmatch(plain)):
        return NOTHING if _NOTHING.fullmatch(plain) else UNREADABLE
    about, sign, digits, scale, unit = match.groups("")
    if unit and unit.endswith(BOUND):
        return UNREADABLE
    amount = Decimal(digits.replace(",", "").replace(" ", ""))
    return ValueCell(Reading.VALUE, amount.copy_negate() if sign in _MINUS else amount, unit, scale, about != "")


def plain_number(text: str) -> tuple[str, Decimal | None, bool] | None:
    """Return a cell's text, its amount, and whether that is approximate; None where it is no number without a unit."""
    raw = cell_text(text)
    cell = read_cell(raw)
    is_plain = cell.reported is Reading.VALUE and not cell.unit and not cell.scale
    return (raw, cell.amount, cell.approximate) if is_plain else None


def is_figure(text: str) -> bool:
    """Return whether a text is a number, with its unit or without."""
    return read_cell(text).reported is Reading.VALUE


def is_split(cells: Sequence[str], at: int, words: Sequence[int]) -> bool:
    """Return whether the figure in a column is split by a thousands separator without quotes: 1,234 before a note.

    `words` are the columns of texts, in which a number shows that the cells behind the figure are in the wrong column.
    """
    first = re.fullmatch(_FIRST_DIGITS, cells[at].strip()) if _is_rest(cells, at + 1) else None
    return first is not None and may_be_split(cells, at, words)


def may_be_split(cells: Sequence[str], at: int, words: Sequence[int]) -> bool:
    """Return whether a number stands among the texts behind a column, so that its figure may be split."""
    return (at + 1 in words and _is_rest(cells, at + 1)) or any(text_at(cells, n).isdecimal() for n in words if at < n)


def _is_rest(cells: Sequence[str], at: int) -> bool:
    """Whether a cell has the digits that stand behind a thousands separator."""
    text = text_at(cells, at)
    return text[:1].isdecimal() and re.fullmatch(_MORE_DIGITS, text) is not None


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

    A unit in the cell goes before one in a column, where both measure the same. A lone 万 behind a value is one of the
    base unit, so that 83.7万 is in 万人 under 万人 too. `column` is the unit of the row's unit column or of the header;
    that of a `title` counts only where it fits the indicator, since a table mixes people with per cents.
    """
    if column and plain_unit(column) in SCALES:  # 完成值（万）: as if it stood in the cell, where no other unit does
        cell = cell if cell.unit or cell.scale else cell._replace(scale=plain_unit(column))
        column = ""
    in_column = _find(column, indicator, units) if column else None
    if column and in_column is None:
        return UnitTrouble.UNKNOWN
    if cell.scale:
        unit = units.find(cell.scale + base_of(in_column or indicator.unit, units).name)
        return Chosen(unit, in_cell=True) if unit else UnitTrouble.UNKNOWN
    if not cell.unit:
        above = units.find(plain_unit(title)) if title and not in_column else None
        return Chosen(above if above and above.dimension == indicator.unit.dimension else in_column)
    inside = _find(cell.unit, indicator, units)
    if inside is None:
        return UnitTrouble.UNKNOWN
    if in_column and in_column.dimension != inside.dimension:
        return UnitTrouble.TWO
    return Chosen(inside, in_cell=True)


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
    return indicator.unit if key(text) in map(key, indicator.unit_aliases) else units.find(text)
