"""R5: periods as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.model.period import Period, in_chinese, in_digits, parse_period, periods_in, reports_in_months


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
        ("钦政发〔2018〕12号 2019年指标", {Period(2019)}, False),
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


MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
NAMES_OF_MONTHS = [*((name, number) for number, full in enumerate(MONTHS, 1) for name in (full, full[:3])), ("Sept", 9)]


@pytest.mark.parametrize(("short", "number"), NAMES_OF_MONTHS)
def test_r5_a_month_by_its_english_name(short: str, number: int) -> None:
    for text in (f"{short} 2019", f"{short}, 2019", f"Table of {short.upper()} 2019"):
        assert periods_in(text) == (frozenset({Period(2019, number, number)}), False), text
    assert periods_in(f"Jan-{short} 2019").periods == {Period(2019, 1, number)}
    assert periods_in(f"{short} – Dec 2019").periods == {Period(2019, number, 12)}
    day = 0 if number == 2 else 28
    assert periods_in(f"as at 28 {short} 2019").periods == {Period(2019, 1, number, day=day)}


@pytest.mark.parametrize(
    ("text", "periods", "vague"),
    [
        *((text, {Period(2019, 1, 9)}, False) for text in ("January to September, 2019", "Sep. 30, Jan.—Sep. 2019")),
        *((text, {Period(2019, 1, 9)}, False) for text in ("9M 2019", "9 m 2019", "9M2019", "9m2019")),
        *((text, {Period(2019)}, False) for text in ("12M 2019", "12m2019")),
        *((text, {Period(2019, 10, 12)}, False) for text in ("Q4 2019", "q4/2019", "Q4-2019", "Q4, 2019", "Q42019")),
        *((text, {Period(2019, 1, 6)}, False) for text in ("H1 2019", "h1-2019", "2019 H1")),
        ("Q2 2019 and Q3 2019", {Period(2019, 4, 6), Period(2019, 7, 9)}, False),
        *((f"Year {words} 2019", {Period(2019)}, False) for words in ("ended December", "ending 31 December")),
        *((f"FY {words} 2019", {Period(2019)}, False) for words in ("ended 31 Dec,", "ended Dec 31,")),
        *((text, {Period(2019)}, True) for text in ("Q3 of 2019", "2019, H1")),
        *((text, set(), True) for text in ("Q3", "H1 report", "Jan-Sep")),
        *((text, set(), False) for text in ("XQ3", "Q31", "A4 Q5")),
        *(
            (f"{text} 2019", {Period(2019)}, False)
            for text in ("May I send the figures of", "Decision", "Market", "Mary", "XQ3")
        ),
    ],
)
def test_r5_periods_in_english(text: str, periods: set[Period], vague: bool) -> None:  # noqa: FBT001 - a table's column
    assert periods_in(text) == (periods, vague)


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("Table of Jan-Sep 2019 (draft)", "Table of 2019年1-9月 (draft)"),
        ("Jan to Sep", "1-9月"),
        ("30 June 2019", "2019年6月30日"),
        ("Sept 2019", "2019年9月"),
        ("9M 2019", "2019年1-9月"),
        ("Q4 2019", "2019Q4"),
        ("Year ended December 2019", "2019年"),
        ("Mary", "Mary"),
        ("2019年9月", "2019年9月"),
    ],
)
def test_r5_an_english_period_in_the_chinese_way(text: str, chinese: str) -> None:
    assert in_chinese(text) == chinese


@pytest.mark.parametrize(
    ("text", "months"),
    [("三季报", "1-9月"), ("前两个季度", "上半年"), ("前四季度", "全年"), ("一季报", "一季度"), ("三季度", "三季度")],
)
def test_r5_a_quarterly_report_counts_from_january(text: str, months: str) -> None:
    assert reports_in_months(text) == months


@pytest.mark.parametrize(
    "text", ["前11个月", "头11个月", "1-11个月", "1至11个月", "前十一个月", "一至十一个月", "1到11个月"]
)
def test_r5_the_first_months_of_a_year(text: str) -> None:
    assert periods_in(f"2019年{text}数据") == ({Period(2019, 1, 11)}, False)


ONES = "一二三四五六七八九"
NUMERALS = [*ONES, *(f"{tens}{ones}" for tens in ("十", "二十") for ones in ("", *ONES)), "三十", "三十一"]


@pytest.mark.parametrize(("number", "numeral"), [*enumerate(NUMERALS, 1)])
def test_r5_numerals_of_days_and_months_are_read_exactly(number: int, numeral: str) -> None:
    assert in_digits(f"二〇一九年六月{numeral}日") == f"2019年6月{number}日"
    if number <= 12:
        assert in_digits(f"{numeral}月") == f"{number}月"
        assert in_digits(f"前{numeral}个月") == f"前{number}个月"


@pytest.mark.parametrize("text", ["六月三十二日", "六月四十日", "二十日", "十三月"])
def test_r5_a_numeral_that_is_no_day_or_month_stays(text: str) -> None:
    assert in_digits(text) == text.replace("六月", "6月")


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
