"""Write a made-up year: twelve monthly collections of figures for the shipped plan, the same ones for the same seed.

The plan is real and none of the figures is: nothing here was measured. Every file states it in its first line.

Each indicator gets one of four courses. Sums are given since 1 January, levels at the end of the month, means so far;
what exists only once a year is in December's file alone. Indicators that the plan computes by a formula are left out.
The figure of one indicator for July is revised in August's file.
"""

import argparse
import csv
import io
import random
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from czurban.app.settings import open_plan
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.plan import Plan
from czurban.model.text import exact

ROOT = Path(__file__).resolve().parents[1]
SEED, MONTHS = 2019, 12
TITLE = "示例：编造的数据，并非真实填报"
HEAD = ("指标", "数值", "单位", "时期", "填报单位", "数据状态")
SUMS = (IndicatorKind.FLOW, IndicatorKind.WORKS)
COURSES = ("steady", "early", "late", "short")
REVISED, REVISED_MONTH = "urban_jobs_added", 7
"""Which figure is revised, and the month that it is for; the revision is in the file of the next month."""
_WHOLE = frozenset({"个", "所", "套"})
_SHARES: Mapping[str, Sequence[int]] = {
    "steady": (8, 17, 25, 34, 42, 51, 59, 67, 76, 84, 93, 103),
    "early": (11, 24, 36, 49, 61, 73, 84, 92, 101, 104, 106, 108),
    "late": (3, 7, 12, 18, 25, 33, 42, 52, 64, 77, 90, 102),
    "short": (6, 13, 20, 27, 34, 41, 48, 55, 63, 71, 79, 88),
}
"""The share of the target, or of the way to it, that each course has reached at the end of each month, in per cent."""


class MadeYear(NamedTuple):
    """The made-up figures: the course and the values of each indicator by its id, the twelve files, and the revision.

    `values` are those as first reported, by month; `revised` is the later figure for the month `REVISED_MONTH`.
    """

    courses: Mapping[str, str]
    values: Mapping[str, Mapping[int, Decimal]]
    files: tuple[str, ...]
    revised: Decimal


def made_year(plan: Plan, seed: int = SEED) -> MadeYear:
    """Make the figures of a year up."""
    chance = random.Random(seed)  # noqa: S311 - made-up figures are no secret
    computed = {formula.indicator for formula in plan.formulas}
    indicators = [indicator for indicator in plan.indicators if indicator.id not in computed]
    courses = {indicator.id: chance.choice(COURSES) for indicator in indicators}
    values = {indicator.id: _values(indicator, courses[indicator.id], chance) for indicator in indicators}
    first = values[REVISED][REVISED_MONTH]
    revised = first - Decimal("0.01")
    files = tuple(_file(indicators, values, month, revised) for month in range(1, MONTHS + 1))
    return MadeYear(courses, values, files, revised)


def _values(indicator: Indicator, course: str, chance: random.Random) -> dict[int, Decimal]:
    """Return the values by month: of an annual indicator for December alone."""
    months = [MONTHS] if indicator.annual else range(1, MONTHS + 1)
    wobble = Fraction(chance.randint(-4, 4), 1000)
    return {month: _value(indicator, Fraction(_SHARES[course][month - 1], 100) + wobble) for month in months}


def _value(indicator: Indicator, share: Fraction) -> Decimal:
    """Return the value at a share of the way, in the decimals that its unit has."""
    target = indicator.target
    edge = target.interval.edge(Fraction(0))
    if indicator.kind in SUMS:
        exact_value = edge * share
    elif indicator.kind is IndicatorKind.MEAN:
        exact_value = target.interval.edge(edge) + edge * (share - 1) / 60
    else:
        start = target.baseline_value
        if start is None or start in target.interval:
            start = edge * Fraction(96, 100)
        exact_value = start + (target.interval.edge(start) - start) * share
    value = exact_value if not indicator.unit.is_share else min(exact_value, Fraction(100))
    places = Decimal(1) if indicator.unit.name in _WHOLE else Decimal("0.0001")
    return Decimal(value.numerator * 10**8 // value.denominator).scaleb(-8).quantize(places, ROUND_HALF_UP)


def _file(
    indicators: Sequence[Indicator], values: Mapping[str, Mapping[int, Decimal]], month: int, revised: Decimal
) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([TITLE])
    writer.writerow(HEAD)
    for indicator in indicators:
        if month in values[indicator.id]:
            status = "年报" if month == MONTHS else "快报"
            writer.writerow(_row(indicator, values[indicator.id][month], month, status))
        if indicator.id == REVISED and month == REVISED_MONTH + 1:
            writer.writerow(_row(indicator, revised, REVISED_MONTH, "修订"))
    return stream.getvalue()


def _row(indicator: Indicator, value: Decimal, month: int, status: str) -> tuple[str, ...]:
    period = "2019年" if month == MONTHS else f"2019年1-{month}月" if month > 1 else "2019年1月"
    return (indicator.name, exact(Fraction(value)), indicator.unit.name, period, indicator.leads[0], status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "examples" / "year")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    for month, text in enumerate(made_year(open_plan(ROOT / "data"), options.seed).files, 1):
        (options.folder / f"2019-{month:02}.csv").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
