"""Define units of measurement and convert between them by exact fractions (R3)."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from czurban.model.text import key

SCALES = {"万": Fraction(10**4), "亿": Fraction(10**8)}
"""The Chinese number words that multiply a unit: 1万人 = 10⁴ 人, 1亿元 = 10⁸ 元."""
_PREFIXES = {
    **SCALES,
    "千": Fraction(1000),
    "百万": Fraction(10**6),
    "千万": Fraction(10**7),
    "万亿": Fraction(10**12),
}
"""千, 百万, 千万 and 万亿 only multiply as part of a unit's name: 千公顷, 百万人; a number such as 3千 is not read."""


class Unit(NamedTuple):
    """A unit with the dimension that it measures; one of it is `factor` base units of that dimension."""

    name: str
    dimension: str
    factor: Fraction = Fraction(1)

    def convert(self, value: Decimal, to: "Unit") -> Fraction:
        """Convert a value from this unit to another, exactly: value × factor ÷ the other's factor (R3).

        The result is a Fraction because 1亩 = 1/15 公顷 has no finite decimal form.

        Raises:
            ValueError: the two measure different things.
        """
        ratio = self.ratio(to)
        if ratio is None:
            msg = f"{self.name} and {to.name} measure different things"
            raise ValueError(msg)
        return Fraction(value) * ratio

    def ratio(self, to: "Unit") -> Fraction | None:
        """Return how many of another unit one of this unit is; None where they measure different things."""
        return self.factor / to.factor if self.dimension == to.dimension else None

    @property
    def is_share(self) -> bool:
        """Whether it is a share (%, ‰)."""
        return self.dimension == "share"


def _units(dimension: str, names: Mapping[str, int | Fraction | str]) -> Iterable[tuple[str, Unit]]:
    for name, factor in names.items():
        yield name, Unit(name, dimension, Fraction(factor))


# Area is in m²; 1亩 is 1/15 hectare by the 1984 order on legal units, an acre the international one of 1959.
# Works counted in 个, 所 or 座 are the same works: the classifier has no size.
_BYTES = re.compile(r"[KkMmGgTt]?B(?:/s|ps)?")
_BUILT_IN: dict[str, Unit] = dict(
    [
        *_units("share", dict.fromkeys(("%", "百分比", "百分数", "百分率", "per cent"), 1)),
        *_units("share", dict.fromkeys(("‰", "千分比", "千分数", "千分率", "per mille"), Fraction(1, 10))),
        *_units("percentage point", {"百分点": 1, "个百分点": 1, "percentage points": 1}),
        *_units("person", {"人": 1, "名": 1, "person": 1, "persons": 1, "people": 1}),
        *_units("person", {"thousand persons": 1000, "thousand people": 1000, "million people": 10**6}),
        *_units("area", {"平方米": 1, "m2": 1, "m²": 1, "㎡": 1, "公顷": 10**4, "hectare": 10**4, "ha": 10**4}),
        *_units("area", {"平方千米": 10**6, "平方公里": 10**6, "km2": 10**6, "km²": 10**6, "㎢": 10**6}),
        *_units("area", {"亩": Fraction(2000, 3), "acre": "4046.8564224", "acres": "4046.8564224"}),
        *_units("area per person", {"平方米/人": 1, "㎡/人": 1, "m²/人": 1, "m2/人": 1, "m²/person": 1}),
        *_units("bandwidth", {"Mbps": 1, "Mb/s": 1, "Mbit/s": 1, "兆": 1, "兆比特/秒": 1}),
        *_units("bandwidth", {"Gbps": 1000, "Gb/s": 1000, "Kbps": Fraction(1, 1000)}),
        *_units("length", {"米": 1, "m": 1, "公里": 1000, "千米": 1000, "km": 1000}),
        *_units("money", {"元": 1, "yuan": 1}),
        *_units("energy as coal", {"吨标准煤": 1, "tce": 1}),
        *_units("mass", {"吨": 1, "千克": Fraction(1, 1000), "公斤": Fraction(1, 1000), "t": 1, "kg": "0.001"}),
        *_units("day", {"天": 1, "日": 1, "days": 1}),
        *_units("works", dict.fromkeys(("个", "所", "座", "处", "家", "项", "条", "件", "works"), 1)),
        *_units("dwelling", {"套": 1, "dwellings": 1}),
        *_units("household", {"户": 1, "households": 1}),
        *_units("vehicle", {"辆": 1, "vehicles": 1}),
    ]
)


class Units:
    """The units of one plan: the built-in ones and those that it declares."""

    def __init__(self, declared: Iterable[Unit] = ()) -> None:
        self._by_key = {key(name): unit for name, unit in _BUILT_IN.items()}
        self._by_key |= {key(unit.name): unit for unit in declared}

    def find(self, text: str) -> Unit | None:
        """Return the unit of a name, including 万人, 亿元, 千公顷 and 百万人; None if it is unknown."""
        if _BYTES.fullmatch(text.strip()):
            return None  # a byte is eight bits, and only letter case distinguishes MB/s from Mb/s
        wanted = key(text)
        if unit := self._by_key.get(wanted):
            return unit
        for length in (2, 1):
            scale, base = _PREFIXES.get(wanted[:length]), self._by_key.get(wanted[length:])
            if scale and base and not base.is_share:
                return Unit(wanted[:length] + base.name, base.dimension, scale * base.factor)
        return None

    def names(self) -> tuple[str, ...]:
        """Return every name, to suggest the most similar one."""
        return tuple(self._by_key)


def base_of(unit: Unit, units: Units) -> Unit:
    """Return the unit without its 万 or 亿: 万 behind a number multiplies this one (83.7万 in a column of 万人)."""
    bare = units.find(unit.name[1:]) if unit.name[:1] in SCALES else None
    return bare or unit
