"""What figures say of each other: copied columns, sums that fall, totals that are no sums, unlikely jumps."""

from collections.abc import Callable

import pytest

from czurban.model.assessment import Assessment, Verdict

Judge = Callable[..., Assessment]
MONTHS = "指标,数值,单位,年份"
REGIONS = "指标,数值,单位,地区"


def places(found: Assessment, code: str) -> list[str]:
    return [str(finding.place) for finding in found.findings if finding.code == code]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("新增就业,0.60,,2019年1-6月", "新增就业,0.50,,2019年1-9月"), ["f1.csv:3:6"]),
        (("新增就业,5000人,,2019年1-9月", "新增就业,0.60,,2019年1-6月"), ["f1.csv:2:6"]),
        (("新增就业,0.60,,2019年1-6月", "新增就业,0.60,,2019年1-9月"), []),
        (("新增就业,0.60,,2019年第一季度", "新增就业,0.50,,2019年第二季度"), []),  # quarters are no sums from January
        (("新增就业,0.60,,2018年1-6月", "新增就业,0.50,,2019年1-9月"), []),
        (("城镇常住人口,138.0,,2019年1-6月", "城镇常住人口,137.0,,2019年1-9月"), []),  # a level may fall
        (("新增就业,约0.60,,2019年1-6月", "新增就业,0.50,,2019年1-9月"), []),
    ],
)
def test_a_sum_over_the_year_does_not_fall(judge: Judge, rows: tuple[str, ...], told: list[str]) -> None:
    assert places(judge(*rows, header=MONTHS), "S223") == told


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("城镇常住人口,139.0,,钦州市", "城镇常住人口,60.0,,甲县", "城镇常住人口,80.0,,乙县"), ["f1.csv:2:8"]),
        (("城镇常住人口,139.0,,全市", "城镇常住人口,60.0,,甲县", "城镇常住人口,790000人,,乙县"), []),
        (("城镇常住人口,139,,合计", "城镇常住人口,60.2,,甲县", "城镇常住人口,79.1,,乙县"), []),  # within rounding
        (("城镇常住人口,139.0,,全市", "城镇常住人口,60.0,,甲县"), []),  # one part alone is no table of parts
        (
            ("户籍人口城镇化率,20,,全市", "户籍人口城镇化率,30,,甲县", "户籍人口城镇化率,10,,乙县"),
            [],
        ),
    ],
)
def test_a_total_is_the_sum_of_its_parts(judge: Judge, rows: tuple[str, ...], told: list[str]) -> None:
    assert places(judge(*rows, header=REGIONS), "S224") == told


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("常住人口城镇化率,41,,", "户籍人口城镇化率,20,,", "城镇常住人口,138.19,,"), ["f1.csv:2:10"]),
        (("常住人口城镇化率,41,,", "户籍人口城镇化率,20,,"), []),
        (("常住人口城镇化率,41,,", "户籍人口城镇化率,20,,", "城镇常住人口,138.20,,"), []),
    ],
)
def test_a_column_of_targets_is_not_one_of_values(judge: Judge, rows: tuple[str, ...], told: list[str]) -> None:
    assert places(judge(*rows), "S222") == told


def test_no_verdict_changes_by_what_figures_say_of_each_other(judge: Judge) -> None:
    results = judge("常住人口城镇化率,41,,", "户籍人口城镇化率,20,,", "城镇常住人口,138.19,,")
    assert [result.verdict for result in results.results[:3]] == [Verdict.MET] * 3


@pytest.mark.parametrize(
    ("status", "silent", "verdict"),
    [("年报", "修订", Verdict.UNREADABLE), ("修订", "快报", Verdict.MET), ("", "修订", Verdict.UNREADABLE)],
)
def test_a_later_row_without_a_figure_withdraws_the_earlier(
    judge: Judge, status: str, silent: str, verdict: Verdict
) -> None:
    results = judge(f"新增就业,1.6,{status}", f"新增就业,—,{silent}", header="指标,数值,数据状态")
    result = next(result for result in results.results if result.indicator.no == 9)
    assert result.verdict is verdict
    assert bool(places(results, "S225")) is (verdict is Verdict.UNREADABLE)
