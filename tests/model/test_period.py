"""R5: periods as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.model.period import Period, parse_period, periods_in


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2019", Period(2019)),
        ("2019.0", Period(2019)),
        ("２０１９", Period(2019)),
        ("2019年", Period(2019)),
        ("2019 年", Period(2019)),
        ("2019年度", Period(2019)),
        ("2019年底", Period(2019)),
        ("2019年末", Period(2019)),
        ("2019年全年", Period(2019)),
        ("2019年上半年", Period(2019, 1, 6)),
        ("2019年下半年", Period(2019, 7, 12)),
        ("2019H1", Period(2019, 1, 6)),
        ("2019-H2", Period(2019, 7, 12)),
        ("2019Q1", Period(2019, 1, 3)),
        ("2019q4", Period(2019, 10, 12)),
        ("2019-Q2", Period(2019, 4, 6)),
        ("2019年一季度", Period(2019, 1, 3)),
        ("2019年第三季度", Period(2019, 7, 9)),
        ("2019年第4季度", Period(2019, 10, 12)),
        ("2019年1-6月", Period(2019, 1, 6)),
        ("2019年1月至9月", Period(2019, 1, 9)),
        ("2019-01..06", Period(2019, 1, 6)),
        ("2019-06", Period(2019, 6, 6)),
        ("2019年6月", Period(2019, 6, 6)),
        ("2019年12月底", Period(2019, 12, 12)),
        ("2019/6", Period(2019, 6, 6)),
        ("2019-12-31", Period(2019)),
        ("2019-06-30", Period(2019, 1, 6)),
        ("2019年6月30日", Period(2019, 1, 6)),
        ("2019-06-30 00:00:00", Period(2019, 1, 6)),
        ("2019-06-30T00:00:00", Period(2019, 1, 6)),
        ("二〇一九年", Period(2019)),
        ("二零一八年", Period(2018)),
        ("二○一八年末", Period(2018)),
        ("一九九九年", Period(1999)),
        ("2019年六月", Period(2019, 6, 6)),
        ("二〇一九年十一月", Period(2019, 11, 11)),
        ("2019年一至六月", Period(2019, 1, 6)),
        ("2019年1到6月", Period(2019, 1, 6)),
        ("2019年6月至6月", Period(2019, 6, 6)),
        ("2019年二季度", Period(2019, 4, 6)),
        ("2019年四季度", Period(2019, 10, 12)),
        ("二〇一九年十月", Period(2019, 10, 10)),
        ("２０１９-06-30T00:00:00", Period(2019, 1, 6)),
        *(
            (text, None)
            for text in ("", "去年", "19年", "2019年13月", "2019Q5", "2019-00", "1899", "20190", "2019年6-1月")
        ),
        *((text, None) for text in ("上半年", "6月", "2019-06-32", "2019H3", "一九年", "2018-2019")),
    ],
)
def test_r5_parse_period(text: str, period: Period | None) -> None:
    assert parse_period(text) == period


@given(st.integers(1900, 2099), st.integers(1, 12), st.integers(1, 12))
def test_r5_a_period_reads_its_own_spelling(year: int, one: int, other: int) -> None:
    period = Period(year, min(one, other), max(one, other))
    assert parse_period(str(period)) == period


@pytest.mark.parametrize(
    ("text", "periods", "vague"),
    [
        ("钦州市2019年上半年指标", {Period(2019, 1, 6)}, False),
        ("钦州市2019年指标完成情况", {Period(2019)}, False),
        ("2019年指标（上半年）", {Period(2019)}, True),
        ("截至2019年9月", {Period(2019, 1, 9)}, False),
        ("2019年9月", {Period(2019, 9, 9)}, False),
        ("2018年与2019年对比", {Period(2018), Period(2019)}, False),
        ("2019年表，2019年底数", {Period(2019)}, False),
        ("三季度", set(), True),
        ("指标表", set(), False),
        ("编号12019", set(), False),
        ("表20191231", {Period(2019)}, False),
        ("二〇一八年完成情况", {Period(2018)}, False),
        ("18年完成情况", set(), True),
        ("'18年", set(), True),
        ("一八年", set(), True),
        ("去年完成情况", set(), True),
        ("2019年完成情况（去年为对比）", {Period(2019)}, False),
        ("2017-2018年城镇化统计表", {Period(2017), Period(2018)}, False),
        ("填报日期：2019年1月10日", set(), False),
        ("2018年度 填报日期：2019-01-10", {Period(2018)}, False),
        ("填报日期：2019年1月10日 2018年数据", {Period(2018)}, False),
        ("制表时间 20190110", set(), False),
        ("截止日期：2019年12月31日", set(), False),
        ("请于2020年1月10日前报送2019年数据", {Period(2019)}, False),
        ("填报期限：2019年12月31日", set(), False),
        *(
            (f"2019年{words}", {Period(2019, 1, 6)}, False)
            for words in ("前两季度", "前2个季度", "二季报", "第二季度报")
        ),
        *((f"2019年{words}", {Period(2019, 1, 9)}, False) for words in ("前三季度", "前3季度", "三季报", "第三季度报")),
        *((f"2019年{words}", {Period(2019)}, False) for words in ("前四季度", "前4个季度", "四季报")),
        ("2019年一季报", {Period(2019, 1, 3)}, False),
        ("201906完成情况", {Period(2019, 6, 6)}, False),
        ("报送时限 2019年12月31日", set(), False),
        ("2019年三季度表", {Period(2019, 7, 9)}, False),
        ("2019年三季度情况", {Period(2019, 7, 9)}, False),
        ("2019年及2019年上半年", {Period(2019), Period(2019, 1, 6)}, False),
        ("2017-20年规划", {Period(2017)}, False),
    ],
)
def test_r5_periods_in(text: str, periods: set[Period], vague: bool) -> None:  # noqa: FBT001 - a table's column
    stated = periods_in(text)
    assert stated.periods == periods
    assert stated.vague is vague


@pytest.mark.parametrize(
    ("period", "text", "is_year"),
    [(Period(2019), "2019", True), (Period(2019, 6, 6), "2019-06", False), (Period(2019, 1, 6), "2019-01..06", False)],
)
def test_spelling(period: Period, text: str, is_year: bool) -> None:  # noqa: FBT001 - a table's column
    assert str(period) == text
    assert period.is_year is is_year


def test_start_and_end() -> None:
    assert Period(2019, 4, 6).start == (2019, 4)
    assert Period(2019, 4, 6).end == (2019, 6)
    assert Period(2018).end < Period(2019, 1, 3).end < Period(2019).end
