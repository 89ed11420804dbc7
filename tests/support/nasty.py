"""Rows that are hard to read, each a region of its own: every kind of cell (R4) × units × comparators × bounds.

All figures are made up.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from czurban.model.plan import Plan
from czurban.model.target import Interval

HEADER = ("地区", "指标", "年份", "数值", "单位", "填报单位", "数据状态")
CELLS = (
    *(
        "{}",
        " {} ",
        "  {}",
        "+{}",
        "-{}",
        "−{}",
        "约{}",
        "约 {}",
        "{}以上",
        "≥{}",
        "{}左右",
        "{}.",
        ".{}",
        "0{}",
        "{}①",
    ),
    *("{}%", "{}‰", "{}万", "{}亿", "{}万人", "{}人", "{}公顷", "{}亩", "{}元", "{} 万人", "{}MB/s", "{}m2", "{}千人"),
    *(
        "{}e0",
        "{}E+00",
        "{}_0",
        "{},0",
        "1,{}",
        "1 {}",
        "{}\t",
        "\u00a0{}",
        "{}\u3000",
        "{}\x01",
        "{}\u200b",
    ),
    *(
        "{}000000",
        "0.00{}",
        "{}.123456789",
        "{}.12345678",
        "{}.000000001",
        "999999999999999999999{}",
        "0x{}",
        "({})",
        "’{}",
    ),
)
NOTHING = (
    "",
    " ",
    "—",
    "…",
    "/",
    "-",
    "无",
    "N/A",
    "n/a",
    "暂无",
    "未统计",
    "待统计",
    "——",
    "#N/A",
    "null",
    "NULL",
    "None",
    "nan",
    "inf",
)
ODD_NUMBERS = (
    "１２．３",
    "1,234.5",
    "1,23",
    "1 234",
    "1.234,5",
    "十二",
    "见附件",
    "#DIV/0!",
    "1/2",
    "2019-06-01",
    "true",
    '"',
    "'",
    "1;2",
)
COMPARATORS = {
    "floor": Interval(low=Decimal(40)),
    "above": Interval(low=Decimal(40), low_open=True),
    "ceiling": Interval(high=Decimal(40)),
    "below": Interval(high=Decimal(40), high_open=True),
    "range": Interval(low=Decimal(40), high=Decimal("40.5")),
    "exact": Interval(low=Decimal(40), high=Decimal(40)),
}
UNITS = {
    "%": ("%", "‰", "", "万人", "百分点"),
    "万人": ("万人", "人", "", "千人", "万元"),
    "平方千米": ("平方千米", "公顷", "亩", "", "平方米"),
    "个": ("个", "所", "", "套"),
}
FACTORS = {
    "‰": Decimal(10),
    "人": Decimal(10**4),
    "千人": Decimal(10),
    "公顷": Decimal(100),
    "亩": Decimal(1500),
    "平方米": Decimal(10**6),
}
STEPS = tuple(
    map(Decimal, ("0", "0.00000001", "-0.00000001", "0.000000001", "-0.000000001", "0.5", "-0.5", "0.1", "30", "-39"))
)


class Nasty(NamedTuple):
    """The plan to check the rows against, and the rows under HEADER; no two of a region."""

    plan: Plan
    rows: Sequence[tuple[str, ...]]

    def text(self) -> str:
        """The rows as CSV, every cell in quotation marks that needs them."""
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([HEADER, *self.rows])
        return stream.getvalue()


def nasty(plan: Plan) -> Nasty:
    """Make the rows: more than a thousand, the same at every run."""
    made = nasty_plan(plan)
    rows = (tuple(row) for row in (*_cells(made), *_bounds(made), *_words(made)))
    return Nasty(made, [(f"98{number:06}", *row) for number, row in enumerate(rows)])


def nasty_plan(plan: Plan) -> Plan:
    """The plan with every comparator for indicators of four units; the others as they are."""
    wanted = [(unit, interval) for unit in UNITS for interval in COMPARATORS.values()]
    indicators = list(plan.indicators)
    for unit, interval in wanted:
        at = next(n for n, one in enumerate(indicators) if one.unit.name == unit or (unit == "平方千米" and n < 48))
        one = indicators.pop(at)
        indicators.append(
            replace(one, unit=plan.units.find(unit) or one.unit, target=one.target._replace(interval=interval))
        )
    return replace(plan, indicators=tuple(indicators))


def _chosen(plan: Plan) -> Iterator[tuple[str, str, Interval]]:
    """Name, unit and interval of the indicators that have the comparators."""
    for one in plan.indicators[-len(UNITS) * len(COMPARATORS) :]:
        yield one.name, one.unit.name, one.target.interval


def _cells(plan: Plan) -> Iterator[Sequence[str]]:
    """Every kind of cell, with an indicator of each unit in turn."""
    chosen = list(_chosen(plan))[:: len(COMPARATORS)]
    for name, unit, _ in chosen:
        for number in ("41", "39.5"):
            for cell in CELLS:
                yield name, "2019", cell.format(number), unit, "", ""
        for cell in (*NOTHING, *ODD_NUMBERS):
            yield name, "2019", cell, unit, "", ""
            yield name, "2019", cell, "", "", "快报"


def _bounds(plan: Plan) -> Iterator[Sequence[str]]:
    """Every unit and comparator, at, beside and far from the bound."""
    for name, unit, interval in _chosen(plan):
        bound = interval.low if interval.low is not None else interval.high or Decimal(0)
        for given in UNITS[unit]:
            for step in STEPS:
                value = (bound + step) * FACTORS.get(given, Decimal(1))
                yield name, "2019", f"{value:f}", given, "", ""


def _words(plan: Plan) -> Iterator[Sequence[str]]:
    """Names, periods, senders and statuses as people write them."""
    name, unit, _ = next(iter(_chosen(plan)))
    one = plan.indicators[-len(UNITS) * len(COMPARATORS)]
    for said in (
        name,
        f" {name} ",
        f"{name}（%）",
        f"{name}①",
        f"1.{name}",
        one.id,
        name[:-1],
        "合计",
        "注：",
        f"{name}（预计）",
    ):
        yield said, "2019", "41", unit, "", ""
        yield said, "2019", "", unit, "", ""
    for period in (
        "2019",
        "2019年",
        "2019年末",
        "2018",
        "2018年",
        "2019年上半年",
        "2019-06",
        "19年",
        "去年",
        "",
        "—",
        "2019年快报",
        "二〇一九年",
    ):
        yield name, period, "41", unit, "", ""
        yield name, period, "—", unit, "", ""
    for sender in (*one.leads, "市公安局", "没有这个局", f" {one.leads[0]} ", "、".join(one.leads)):
        yield name, "2019", "41", unit, sender, ""
    for status in ("快报", "年报", "修订", "final", "草稿", " 修订 "):
        yield name, "2019", "41", unit, "", status
        yield name, "2019", "—", unit, "", status
        yield name, "2019", "乱", unit, "", status
