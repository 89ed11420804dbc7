"""The query that draws the made-up tables: whole numbers alone, so that every version of the engine draws the same."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from pathlib import Path
from typing import NamedTuple

import yaml

SEED = 2019
YEAR = 2019
_PRIME = 2_147_483_647
_PLACES = {"%": 2, "万人": 4, "平方千米": 2, "平方公里": 2, "平方米": 2}
# Two digits that no province has, with which the twelve digits of a region begin.
_PROVINCES = [n for n in range(66, 100) if n not in {71, 81, 82, 91}]
_WHOLE_SHARE = 100
# A floor's values lie between these times its bound, a ceiling's mirrored: about a fifth of them fail.
_WORST, _BEST = Decimal("0.9"), Decimal("1.4")
# In another unit these are whole numbers, or have one place: unit, places.
_OTHER_UNITS = {"万人": ("人", 0), "平方千米": ("公顷", 0), "平方公里": ("公顷", 0), "%": ("‰", 1)}
_FULL_WIDTH = "translate(text, '0123456789.', '０１２３４５６７８９．')"


FEW = 1000
"""How many regions a table of few has."""
_HEADERS = {False: ("地区", "指标", "年份", "数值", "单位"), True: ("region", "indicator", "year", "value", "unit")}
_REMARKS = {False: ("编号", "备注"), True: ("id", "remark")}
_EARLIER = 2
"""A wide table has the figures of so many years before."""


class Shape(NamedTuple):
    """How a table differs from one with a clean row for each indicator of the plan and each region, by its code.

    `dirty` is the share of cells as people write them, `repeats` that of rows that are there twice, of which one in ten
    with another value, both in percent. `regions` are written by "code" or "name", or are "few", so that most figures
    are repeated with other values. `wide` tables have a column for each year, `sorted` ones all regions of one
    indicator before those of the next, and `unknown` is the percentage of rows whose indicator no plan has. One with
    `remarks` has a number and a remark in each row, both different in all.
    """

    dirty: int = 0
    repeats: int = 0
    regions: str = "code"
    indicators: int = 52
    english: bool = False
    wide: bool = False
    sorted: bool = False
    unknown: int = 0
    remarks: bool = False

    @property
    def label(self) -> str:
        """Its part of the names of files: what differs."""
        repeats, indicators = f"-repeats{self.repeats}", f"-{self.indicators}"
        return "".join(
            (
                {0: "", 5: "-dirty"}.get(self.dirty, f"-dirty{self.dirty}"),
                repeats if self.repeats else "",
                f"-{self.regions}" if self.regions != "code" else "",
                indicators if self.indicators != Shape().indicators else "",
                "-english" if self.english else "",
                "-wide" if self.wide else "",
                "-sorted" if self.sorted else "",
                f"-unknown{self.unknown}" if self.unknown else "",
                "-remarks" if self.remarks else "",
            )
        )

    @property
    def is_ordinary(self) -> bool:
        """Whether it has the columns that other tools are told."""
        return not (self.english or self.wide or self.remarks)


class Measured(NamedTuple):
    """One indicator: its unit, the decimal places of its values, the least of them unscaled, and how many there are."""

    name: str
    unit: str
    bound: str
    places: int
    least: int
    many: int


def measured(plan: Path) -> Sequence[Measured]:
    """The plan's indicators with the values that are drawn for them: so near their bounds that none is a doubt."""
    return [_measured(one["name"], one["unit"], one["target"]) for one in _indicators(plan)]


def names(plan: Path) -> Mapping[str, str]:
    """The plan's indicators' names by their ids."""
    return {one["id"]: one["name"] for one in _indicators(plan)}


def _indicators(plan: Path) -> Sequence[Mapping[str, str]]:
    read = yaml.load(plan.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - it resolves no types
    found: Sequence[Mapping[str, str]] = read["indicators"]
    return found


def _measured(name: str, unit: str, target: str) -> Measured:
    bound = Decimal(target[1:])
    worst, best = (_WORST, _BEST) if target.startswith("≥") else (2 - _BEST, 2 - _WORST)
    highest = min(bound * best, Decimal(_WHOLE_SHARE)) if unit == "%" else bound * best
    places = _PLACES.get(unit, 0)
    least = int((bound * worst).scaleb(places).to_integral_value(ROUND_FLOOR))
    most = int(highest.scaleb(places).to_integral_value(ROUND_CEILING))
    return Measured(name, unit, target, places, least, most - least + 1)


def statement(rows: int, indicators: Sequence[Measured], value: str, shape: Shape) -> str:
    """The query for so many rows of 地区, 指标, 年份, 数值, 单位; `value` is SQL for 数值 of a clean `text`."""
    cell, unit = (_dirty_value(value), _dirty_unit()) if shape.dirty else (value, "unit")
    columns = list(zip(*indicators, strict=True))
    names, units, _bounds, places, leasts, manies = (_literal(column) for column in columns)
    many, regions = len(indicators), -(-rows // len(indicators))
    placed = (
        f"i % {regions} AS r, i // {regions} + 1 AS k" if shape.sorted else f"i // {many} AS r, i % {many} + 1 AS k"
    )
    return f"""
        WITH sources AS ({_sources(rows, shape)}),
        first AS (SELECT i, other, (i * 48271 + {SEED}) % {_PRIME} AS a FROM sources),
        second AS (SELECT i, other, (xor(a, a >> 13) * 69621 + 7) % {_PRIME} AS a FROM first),
        third AS (SELECT i, other, a, (xor(a, a >> 11) * 16807 + 11) % {_PRIME} AS b FROM second),
        drawn AS (
            SELECT i, {placed}, (b * 39373 + 5) % {_PRIME} AS c,
                b % 10000 < {shape.dirty * 100} AS dirty, (b // 10000) % {len(_KINDS) + 1} AS kind,
                {leasts}[k] + (a + other) % {manies}[k] AS n, {places}[k] AS places
            FROM third
        ),
        spelled AS (
            SELECT *, {units}[k] AS unit, [1, 10, 100, 1000, 10000][places + 1] AS power,
                {_decimal("n", "power", "places")} AS text
            FROM drawn
        )
        SELECT {_columns(_name(names, shape), cell, unit, shape)} FROM spelled"""


def _name(names: str, shape: Shape) -> str:
    known = f"{names}[k]"
    return (
        f"CASE WHEN c % 100 < {shape.unknown} THEN '虚构指标' || c % 200 ELSE {known} END" if shape.unknown else known
    )


def _sources(rows: int, shape: Shape) -> str:
    """SQL for what each row is drawn from: its own number, or behind all others that of an earlier row again."""
    once = rows * 100 // (100 + shape.repeats)
    if once == rows:
        return f"SELECT i, 0 AS other FROM range({rows}) AS t(i)"
    again = f"i - {once}"
    return f"""
        SELECT CASE WHEN i < {once} THEN i ELSE ({again}) * {once // (rows - once)} END AS i,
            CASE WHEN i >= {once} AND ({again}) % 10 = 0 THEN 1 ELSE 0 END AS other
        FROM range({rows}) AS t(i)"""


def _columns(name: str, cell: str, unit: str, shape: Shape) -> str:
    head = _HEADERS[shape.english]
    region = {"code": _region(), "name": _named_region(), "few": _region(f"(r % {FEW})")}[shape.regions]
    if not shape.wide:
        cells = (region, name, f"'{YEAR}'", cell, unit)
        named = [*zip(cells, head, strict=True)]
        if shape.remarks:
            remarks = ("lpad(CAST(i AS VARCHAR), 9, '0')", "'见台账第' || i || '号，已与统计部门核对'")
            named += zip(remarks, _REMARKS[shape.english], strict=True)
        return ", ".join(f"{sql} AS {name}" for sql, name in named)
    years = [f'{cell} AS "{YEAR - before}年"' for before in range(_EARLIER, -1, -1)]
    return ", ".join((f"{region} AS {head[0]}", f"{name} AS {head[1]}", f"{unit} AS {head[4]}", *years))


_KINDS = (
    f"CASE WHEN n < 1000 * power THEN {_FULL_WIDTH} ELSE format('{{:,}}', n // power) || ltrim(text, '0123456789') END",
    _FULL_WIDTH,
    "'  ' || text || ' '",
    "'约' || text",
    "text || unit",
    "text || ' ' || unit",
    "['—', '…', '/', '无', 'N/A', ''][c % 6 + 1]",
    "['待核实', '见附件', text || '以上', text || ',0'][c % 4 + 1]",
)
"""The ways in which people write a value's cell; one kind more writes it in another unit, or in none."""


def _dirty_value(clean: str) -> str:
    kinds = " ".join(f"WHEN {number} THEN {cell}" for number, cell in enumerate(_KINDS))
    others = " ".join(
        f"WHEN '{unit}' THEN {_decimal('n', 10**places, places)}" for unit, (_, places) in _OTHER_UNITS.items()
    )
    return f"CASE WHEN dirty THEN CASE kind {kinds} ELSE CASE unit {others} ELSE text END END ELSE {clean} END"


def _dirty_unit() -> str:
    others = " ".join(f"WHEN '{unit}' THEN '{other}'" for unit, (other, _) in _OTHER_UNITS.items())
    return f"CASE WHEN dirty AND kind = {len(_KINDS)} THEN CASE unit {others} ELSE '' END ELSE unit END"


def _decimal(number: str, power: object, places: object) -> str:
    """SQL that spells a whole number with a decimal point so many places from its end."""
    part = f"lpad(CAST({number} % {power} AS VARCHAR), CAST({places} AS INTEGER), '0')"
    return f"CASE WHEN {places} = 0 THEN CAST({number} AS VARCHAR) ELSE ({number} // {power}) || '.' || {part} END"


def _region(r: str = "r") -> str:
    """SQL for the code of region r: two digits of a province, two of a city, two of a county, three, three."""
    province = f"CAST({_PROVINCES}[{r} // 68200 % {len(_PROVINCES)} + 1] AS VARCHAR)"
    parts = ((f"{r} // 6200 % 11", 2), (f"{r} // 620 % 10", 2), (f"{r} // 31 % 20", 3), (f"{r} % 31", 3))
    return " || ".join([province, *(f"lpad(CAST({number} + 1 AS VARCHAR), {width}, '0')" for number, width in parts)])


def _named_region() -> str:
    """SQL for a name of region r; no region is called so."""
    return "'第' || (r // 620 + 1) || '市第' || (r % 620 + 1) || '县'"


def _literal(values: Sequence[object]) -> str:
    """A list as SQL spells it; no text of a plan holds a quotation mark that would end it."""
    return f"[{', '.join(repr(one) for one in values)}]"
