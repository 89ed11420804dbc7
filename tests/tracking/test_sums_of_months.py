"""Months and quarters of a sum come to its cumulative figure: the same value, and the same pace."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from czurban.app.assessing import assess_all
from czurban.app.over_time.tracking import tracking_of
from czurban.model.over_time.tracking import PacedTarget
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.submission.files import read_bytes

JOBS = "城镇新增就业人数"
HEAD = "指标,数值,单位,年份\n"
AMOUNTS = st.decimals(min_value=0, max_value=3, places=3)


def pace_of(plan: Plan, rows: str, period: Period) -> PacedTarget:
    submission, findings = read_bytes("f.csv", (HEAD + rows).encode(), plan)
    assert not findings
    tracking = tracking_of(assess_all(plan, [submission], period))
    return next(each for each in tracking.targets if each.result.indicator.name == JOBS)


@st.composite
def parts_of_a_year(draw: st.DrawFn) -> list[tuple[int, int, Decimal]]:
    """Months and quarters from January on without a gap; not three months that rise, which may be running totals."""
    parts: list[tuple[int, int, Decimal]] = []
    first = 1
    for _ in range(draw(st.integers(2, 5))):
        last = first + (2 if first % 3 == 1 and draw(st.booleans()) else 0)
        if last > 11:
            break
        parts.append((first, last, draw(AMOUNTS)))
        first = last + 1
    return parts


def rises(parts: list[tuple[int, int, Decimal]]) -> bool:
    months = [amount for first, last, amount in parts if first == last]
    return len(months) >= 3 and all(before < after for before, after in pairwise(months))


@given(parts_of_a_year().filter(lambda parts: len(parts) > 1 and not rises(parts)))
def test_the_parts_come_to_the_cumulative_figure(plan: Plan, parts: list[tuple[int, int, Decimal]]) -> None:
    last = parts[-1][1]
    period = Period(2019, 1, last)
    single = "".join(f"{JOBS},{amount},万人,2019年{first}-{end}月\n" for first, end, amount in parts)
    total = sum((amount for _, _, amount in parts), Decimal(0))
    summed = pace_of(plan, single, period)
    cumulative = pace_of(plan, f"{JOBS},{total},万人,2019年1-{last}月\n", period)
    assert summed.result.actual == cumulative.result.actual
    assert (summed.pace.status, summed.pace.lead, summed.pace.completion) == (
        cumulative.pace.status,
        cumulative.pace.lead,
        cumulative.pace.completion,
    )
    assert (summed.pace.needed, summed.pace.projected) == (cumulative.pace.needed, cumulative.pace.projected)
