"""Random tables of many regions, the same for each seed: repeats, conflicts, statuses, names and codes, odd cells.

All figures are made up.
"""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from czurban.model.formulas.formula import Formula, Missing, SumOf, Term
from czurban.model.indicator import Indicator
from czurban.model.plan import Plan
from czurban.model.region import Allotment, Breakdown, Region, Regions
from czurban.model.target import Interval, Target
from czurban.model.years import Baseline

HEADERS = (
    ("地区", "指标", "年份", "数值", "单位", "数据状态", "填报单位", "备注", "经办处室", "编号"),
    ("region", "indicator", "year", "value", "unit", "status", "department", "remark", "office", "id"),
)
STATUSES = ("快报", "年报", "修订", "初步", "最终", "快报数", "preliminary", "final", "revised", " 修订 ", "草稿")
PERIODS = (
    "2018",
    "2019年",
    "2019年末",
    "2019Q4",
    "2019Q1",
    "2019年1-9月",
    "2019年上半年",
    "2019年下半年",
    "2019-06",
    "",
)
NOTHING = ("", " ", "—", "…", "/", "无", "N/A", "暂无", "待统计")
ODD = ("见附件", "#DIV/0!", "1,23", "１２．３", "十二", "1/2", "约4①", "true", "nan", "1.23456789012")
REMARKS = ("预计数", "2018年数据", "市本级数据", "按户籍人口计算", "单位：人", "不含开发区", "目标值", "1-9月", "234")
SILENT = (
    "已核对",
    "数据来源台账",
    "经办记录{}",
    "见第{}号文件",
    "{:08}",
    "{}.5",
    " 已核 ",
    "A-{}",
    "2020-01-05 10:11:12",
)
OFFICES = ("综合科", "统计科", "男", "其中", "市区", "201812", "13807771{:04}", "预测数", "数据{}", "5.3", "~")
FACTORS = {"万人": {"人": 10_000, "千人": 10}, "平方千米": {"公顷": 100, "亩": 1500}, "%": {"‰": 10}}
RATES = (0.0, 0.001, 0.03, 0.3)
"""The shares of rows that are repeated, odd, of another period, and so on; each table draws its own."""
COUNTIES, TOWNS, STRANGERS = 60, 3, 400
_HOME = "450700"


class Mixture(NamedTuple):
    """What one table is made of: shares of unusual rows, how regions are written, its columns, and its form."""

    repeats: float
    odd: float
    units: float
    periods: float
    statuses: float
    senders: float
    written: str
    english: bool
    free: float
    columns: tuple[int, ...]
    strangers: int
    parquet: bool
    files: int


def random_plan(plan: Plan) -> Plan:
    """Return the plan with regions on four levels, targets of some of them, and one more formula, which is partial."""
    regions = [Region("450000", "广西壮族自治区", ("广西",)), Region(_HOME, "钦州市", ("钦州",), "450000")]
    regions += [Region(f"45{city:02}00", f"第{city}市", (), "450000") for city in (1, 2, 3)]
    cities = [region.code for region in regions if region.parent == "450000"]
    for number in range(COUNTIES):
        city = cities[number % len(cities)]
        code = f"{city[:4]}{20 + number}"
        regions.append(Region(code, f"第{number}县", (f"{number}县",) if number % 3 else (), city))
        regions += [Region(f"{code}{town:03}", f"第{town}镇", (), code) for town in range(TOWNS)]
    counties = [region for region in regions if region.parent == _HOME]
    of_rates = [one for one in plan.indicators if one.unit.name == "%"][:2]
    people = next(one for one in plan.indicators if one.unit.name == "万人")
    allotments = [
        Allotment(one.id, _target(plan, one, Decimal("0.9")), county.code)
        for one, county in zip((*of_rates, people), counties, strict=False)
    ]
    flows = [one.id for one in plan.indicators if one.unit.name == "个"][:3]
    partial = Formula(flows[0], SumOf((Term(flows[1]), Term(flows[2]))), "made up", Missing.PARTIAL)
    return replace(plan, regions=Regions(regions), breakdown=Breakdown(allotments), formulas=(partial, *plan.formulas))


def _target(plan: Plan, indicator: Indicator, share: Decimal) -> Target:
    low = _bound(indicator) * share
    return Target(Interval(low=low), plan.period, Baseline(str(low - 1), low - 1))


def _bound(indicator: Indicator) -> Decimal:
    interval = indicator.target.interval
    return interval.low if interval.low is not None else interval.high or Decimal(1)


class RandomTable:
    """One table, drawn from a seed."""

    def __init__(self, plan: Plan, seed: int, rows: int) -> None:
        """Draw what the table is made of.

        Args:
            plan: as `random_plan` returns it.
            seed: decides about everything.
            rows: about how many; the table has between half as many and half as many more.
        """
        self.plan = plan
        self._draw = draw = random.Random(seed)  # noqa: S311 - made-up figures, not secrets
        self._draw_free = random.Random(-1 - seed)  # noqa: S311 - as above
        self.many = draw.randint(rows // 2, rows + rows // 2)
        self.mixture = Mixture(
            *(draw.choice(RATES) for _ in range(6)),
            written=draw.choice(("code", "name", "both")),
            english=draw.random() < 0.3,
            free=self._draw_free.choice(RATES),
            columns=self._with_free(
                draw.choice(((0, 1, 2, 3, 4, 5, 6), (0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 4), (3, 4, 5, 0, 2, 1)))
            ),
            strangers=draw.choice((5, STRANGERS, rows)),
            parquet=draw.random() < 0.3,
            files=draw.choice((1, 1, 2)),
        )
        self._indicators = draw.sample(plan.indicators, draw.choice((3, 20, len(plan.indicators))))
        self._regions = [*plan.regions]
        # a blank year left of the name is that of the row above, and such a table is for rows in Python alone
        self._periods = PERIODS if 0 in self.mixture.columns[:2] else PERIODS[:-1]

    def write(self, folder: Path) -> list[Path]:
        """Write the table, in one file or in several, and return their paths."""
        header = HEADERS[self.mixture.english]
        rows = [[row[at] for at in self.mixture.columns] for row in self.rows()]
        size = -(-len(rows) // self.mixture.files)
        paths = []
        for number in range(self.mixture.files):
            path = folder / f"random-{number}.csv"
            with path.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream, lineterminator="\n")
                writer.writerow([header[at] for at in self.mixture.columns])
                writer.writerows(rows[number * size : (number + 1) * size])
            paths.append(_as_parquet(path) if self.mixture.parquet else path)
        return paths

    def rows(self) -> list[Sequence[str]]:
        """Return the rows: mostly each region and indicator once, then the repeats, all in one random order."""
        pairs = self._pairs()
        rows = [row for row, _ in zip(map(self._row, pairs), range(self.many), strict=False)]
        again = [self._repeat(row) for row in rows if self._draw.random() < self.mixture.repeats]
        if self._draw.random() < 0.5:  # one table in two is ordered by region
            self._draw.shuffle(rows)
        for row in again:
            rows.insert(self._draw.randrange(len(rows)), row)
        return rows

    def _pairs(self) -> Iterator[tuple[Region, Indicator]]:
        strangers = (
            Region(f"{self._draw.choice((98, 99))}{number:04}", f"某县{number}") for number in range(self.many)
        )
        for number, region in enumerate((*self._regions, *strangers)):
            if number >= len(self._regions) + self.mixture.strangers:
                return
            for indicator in self._indicators:
                if self._draw.random() < 0.9:  # some are not reported
                    yield region, indicator

    def _row(self, pair: tuple[Region, Indicator]) -> list[str]:
        region, indicator = pair
        value, unit = self._value(indicator)
        return [
            self._written(region),
            self._draw.choice((*indicator.aliases, indicator.id)) if self._unusual(0.01) else indicator.name,
            self._draw.choice(self._periods) if self._unusual(self.mixture.periods) else "2019",
            self._cell(value) if self._unusual(self.mixture.odd) else value,
            unit,
            self._draw.choice(STATUSES) if self._unusual(self.mixture.statuses) else "",
            self._sender(indicator) if self._unusual(self.mixture.senders) else "",
            self._free((*SILENT, ""), REMARKS),
            self._free(OFFICES[:2], OFFICES),
            self._free(("{:08}",) * 99, ("{:08}", "1", "", "x")),
        ]

    def _with_free(self, columns: tuple[int, ...]) -> tuple[int, ...]:
        """Return the columns with some of free text: remarks, offices, and numbers, which may come first."""
        remarks, offices, numbers = (self._draw_free.random() < share for share in (0.4, 0.2, 0.2))
        first = numbers and self._draw_free.random() < 0.5
        behind = [at for at, chosen in ((9, numbers and not first), (7, remarks), (8, offices)) if chosen]
        return (*((9,) if first else ()), *columns, *behind)

    def _free(self, usual: Sequence[str], unusual: Sequence[str]) -> str:
        """Return a free text, which may be another in every row."""
        draw = self._draw_free
        return draw.choice(unusual if draw.random() < self.mixture.free else usual).format(draw.randrange(9999))

    def _unusual(self, share: float) -> bool:
        return self._draw.random() < share

    def _written(self, region: Region) -> str:
        if self.mixture.written == "code" or (self.mixture.written == "both" and self._unusual(0.5)):
            return region.code
        above = self.plan.regions.with_code(region.parent)
        whole = f"{above.name}{region.name}" if above else region.name
        same = len(self.plan.regions.matching(region.name)) > 1
        if self._unusual(0.1):  # a name that may mean several regions, blanks around it, an alias
            return self._draw.choice((region.name, f" {whole}", f"{whole} ", *region.aliases))
        return whole if same or self._unusual(0.2) else region.name

    def _value(self, indicator: Indicator) -> tuple[str, str]:
        bound = _bound(indicator)
        step = Decimal(1).scaleb(-self._draw.choice((0, 1, 2, 4, 8)))
        near = self._draw.choice((bound, bound + step, bound - step))
        far = (bound * self._draw.randint(80, 150) / 100).quantize(Decimal("0.01"))
        value, unit = near if self._unusual(0.2) else far, indicator.unit.name
        if unit == "%":
            value = min(value, Decimal(100))
        if self._unusual(self.mixture.units):
            others = {name: Decimal(factor) for name, factor in FACTORS.get(unit, {}).items()}
            others |= {"": Decimal(1), "万元": Decimal(1)}
            unit = self._draw.choice([*others])
            value *= others[unit]
        return f"{value:f}", unit

    def _cell(self, value: str) -> str:
        written = (
            f" {value}",
            f"{value} ",
            f"+{value}",
            f"约{value}",
            f"{value}以上",
            f"{value}%",
            f"{value}万",
            f"-{value}",
        )
        written += (f"{value}0", f"{value}人", f"{value}①", f"{value}e0", f"{value}\u3000", f"{value}\n", f'"{value}"')
        return self._draw.choice((*written, *NOTHING, *ODD))

    def _sender(self, indicator: Indicator) -> str:
        return self._draw.choice((*indicator.leads, "市公安局", "没有这个局", "、".join(indicator.leads)))

    def _repeat(self, row: Sequence[str]) -> Sequence[str]:
        """Return a row again: the same, another value, the same value spelled otherwise, or with another status."""
        region, name, period, value, unit, status, sender, *free = row
        number = _number(value)
        ways = [row, row]
        if number is not None:
            ways += [
                [region, name, period, text, unit, status, sender, *free] for text in (f"{number + 1:f}", f"{value}.0")
            ]
            ways += [[region, name, period, f"{number + 1:f}", unit, one, sender, *free] for one in STATUSES[:5]]
            ways += [
                [region, name, period, f"{number * factor:f}", other, status, sender, *free]
                for other, factor in FACTORS.get(unit, {}).items()
            ]
        ways += [
            [region, name, period, "—", unit, status, sender, *free],
            [region, name, period, "见附件", unit, "", sender, *free],
        ]
        known = self.plan.regions.find(region.strip())
        if known:  # the region once by its code and once by its name
            ways += [[known.code, *row[1:]], [known.code, name, period, "1", unit, status, sender, *free]]
        return self._draw.choice(ways)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text.replace(".", "", 1).isdecimal() and text.isascii() else None


def _as_parquet(path: Path) -> Path:
    """Write a CSV as Parquet, all columns texts, and return its path."""
    import duckdb  # noqa: PLC0415 - only where a table is Parquet

    into = path.with_suffix(".parquet")
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    columns = ", ".join(f'"{name}" VARCHAR' for name in header)
    lines = path.with_suffix(".lines")
    with lines.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    with duckdb.connect() as engine:
        engine.execute(f"CREATE TABLE t ({columns})")
        form = (
            "FORMAT csv, AUTO_DETECT false, HEADER false, DELIM ',', QUOTE '\"', ESCAPE '\"', ALLOW_QUOTED_NULLS false"
        )
        engine.execute(f"COPY t FROM '{lines}' ({form})")
        engine.execute(f"COPY t TO '{into}' (FORMAT parquet)")
    return into
