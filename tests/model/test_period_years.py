"""T4: periods of several years, as plans write them."""

import pytest

from czurban.model.period import Period, parse_period, parse_years

FIVE = Period(2021, years=5)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2021-2025", FIVE),
        ("2021—2025年", FIVE),
        ("2021——2025", FIVE),
        ("2021年至2025年", FIVE),
        ("２０２１～２０２５年", FIVE),
        ("二〇二一年至二〇二五年", FIVE),
        ("十四五", FIVE),
        ("“十四五”时期", FIVE),
        ("十四五规划", FIVE),
        ("第十四个五年规划", FIVE),
        ("14th Five-Year Plan", FIVE),
        ("the 14th five-year plan period", FIVE),
        ("十三五", Period(2016, years=5)),
        ("九五", Period(1996, years=5)),
        ("十五", Period(2001, years=5)),
        ("2014-2020", Period(2014, years=7)),
        ("2021-01..2023-06", Period(2021, 1, 6, 3)),
        ("2021年1月至2023年6月", Period(2021, 1, 6, 3)),
        ("2019", Period(2019)),
        ("2019-06", Period(2019, 6, 6)),
        ("2025-2021", None),
        ("2019-2019", None),
        ("二五", None),
        ("2018-2019-2020", None),
        ("五年", None),
    ],
)
def test_periods_of_several_years(text: str, period: Period | None) -> None:
    assert parse_years(text) == period


@pytest.mark.parametrize("text", ["2021-2025", "十四五", "2021-01..2023-06"])
def test_a_cell_of_a_plan_of_one_year_has_no_such_period(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize("period", [FIVE, Period(2014, years=7), Period(2021, 1, 6, 3), Period(2021, 3, 12, 2)])
def test_its_text_reads_as_itself(period: Period) -> None:
    assert parse_years(str(period)) == period


def test_its_years_follow_each_other_from_its_start_to_its_end() -> None:
    assert [str(year) for year in Period(2021, 3, 6, 3).each_year()] == ["2021-03..12", "2022", "2023-01..06"]
    assert Period(2021, 3, 6, 3).end == (2023, 6)
    assert Period(2021, 3, 6, 3).start == (2021, 3)
    assert FIVE.last_year == Period(2025)
    assert not FIVE.is_year
    assert Period(2019).each_year() == (Period(2019),)


def test_it_includes_its_years_and_parts_of_them_only() -> None:
    assert FIVE.includes(Period(2021))
    assert FIVE.includes(Period(2025, 7, 12))
    assert FIVE.includes(Period(2022, years=2))
    assert not FIVE.includes(Period(2020))
    assert not FIVE.includes(Period(2025, years=2))
