"""Counts add exactly; a rate comes from its numerator and denominator, and the mean of rates is another figure."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from czurban.app.assessing import assess_all
from czurban.checking.regions import assess_region, sort_out
from czurban.computing.regions.comparison import figure_of, total_findings, working
from czurban.computing.regions.totals import NoTotal, Total, total_of
from czurban.model.assessment import Result
from czurban.model.indicator import Adding, AddingRule, Indicator, IndicatorKind, fits, quotient
from czurban.model.plan import Plan
from czurban.model.region import Region, Regions
from czurban.model.target import Interval, Target
from czurban.model.unit import Unit, Units
from czurban.reading.submission.files import read_bytes

TREE = Regions(
    [
        Region("1", "钦州市"),
        Region("11", "甲县", (), "1"),
        Region("12", "乙县", (), "1"),
        Region("111", "东镇", (), "11"),
        Region("112", "西镇", (), "11"),
    ]
)
UNITS = Units()
HEAD = "指标,地区,数值,单位\n"


def unit(name: str) -> Unit:
    result = UNITS.find(name)
    assert result
    return result


@pytest.fixture(scope="session")
def counted(plan: Plan) -> Plan:
    """A plan of urban residents, all residents, and the share of the ones in the others."""

    def made(name: str, label: str, of: str, kind: IndicatorKind, adds: Adding | None = None) -> Indicator:
        low = {"%": 20, "‰": 200}.get(of, 1)  # of the size of the figures below
        target = Target(Interval(low=Decimal(low)), plan.period)
        return Indicator(
            id=name, name=label, unit=unit(of), kind=kind, target=target, leads=(), adds=adds, no=len(label)
        )

    ratio = Adding(AddingRule.RATIO, ("urban", "people"), declared=True)
    weighted = Adding(AddingRule.WEIGHTED, ("people",), declared=True)
    indicators = (
        made("urban", "城镇人口", "万人", IndicatorKind.STOCK, Adding(AddingRule.SUM, declared=True)),
        made("people", "常住人口数", "人", IndicatorKind.STOCK),
        made("share", "城镇化率（计算）", "%", IndicatorKind.RATE, ratio),
        made("insured", "参保率情况", "‰", IndicatorKind.RATE, weighted),
        made("growth", "增速", "%", IndicatorKind.GROWTH),
    )
    return replace(plan, indicators=indicators, tasks=(), parts=(), formulas=(), regions=TREE)


Judged = Mapping[str, Mapping[str, Result]]


def judged(plan: Plan, *rows: str) -> Judged:
    """The results of all regions, from rows of name, region, value and unit."""
    submission, findings = read_bytes("f.csv", (HEAD + "\n".join(rows) + "\n").encode(), plan)
    assert {finding.code for finding in findings} <= {"S219"}
    result = sort_out(plan, [submission])
    assessed = {
        item.code: assess_region(plan, item.code, result.of.get(item.code, ()), period=plan.period, judge=assess_all)
        for item in TREE
    }
    return {code: {result.indicator.id: result for result in found.results} for code, found in assessed.items()}


def total(plan: Plan, name: str, results: Judged, code: str = "1") -> Total:
    indicator, region = plan.indicator(name), TREE.with_code(code)
    assert indicator
    assert region
    return total_of(plan, indicator, region, results)


def test_r12_a_rate_is_its_numerator_over_its_denominator_and_not_the_mean_of_rates(counted: Plan) -> None:
    """甲县 has 90 of 100 urban residents, 乙县 100 of 900: two rates of 90 and 11.1 per cent.

    Their mean, 50.6 per cent, counts each county once, as if both had as many people. The 190 urban residents among
    1 000 are 19 per cent.
    """
    rows = (
        "城镇人口,甲县,90,人", "城镇人口,乙县,100,人", "常住人口数,甲县,100,人", "常住人口数,乙县,900,人",
    )  # fmt: skip
    result = total(counted, "share", judged(counted, *rows))
    rates = [Fraction(90, 100) * 100, Fraction(100, 900) * 100]
    assert result.value == Fraction(190, 1000) * 100 == 19
    assert (result.numerator, result.denominator) == (190, 1000)
    assert sum(rates) / 2 == Fraction(455, 9) != result.value


def test_weights_give_the_same_as_numerator_and_denominator(counted: Plan) -> None:
    rows = ("参保率情况,甲县,90,%", "参保率情况,乙县,10,%", "常住人口数,甲县,100,人", "常住人口数,乙县,900,人")
    result = total(counted, "insured", judged(counted, *rows))
    assert result.value == 180  # ‰: (90 % of 100 + 10 % of 900) ÷ 1 000
    assert result.possible
    assert (
        result.value in (result.possible.low, result.possible.high)
        or result.possible.low < result.value < result.possible.high
    )  # type: ignore[operator]


def test_counts_add_exactly_whatever_their_units(counted: Plan) -> None:
    result = total(counted, "urban", judged(counted, "城镇人口,甲县,0.1,万人", "城镇人口,乙县,2000.7,人"))
    assert result.value == Fraction("0.30007")
    assert not result.is_partial


@pytest.mark.parametrize(
    ("rows", "value", "missing"),
    [
        (("城镇人口,甲县,1,万人",), 1, ["乙县"]),
        (("城镇人口,东镇,1,万人", "城镇人口,乙县,2,万人"), 3, ["西镇"]),
        (("城镇人口,东镇,1,万人", "城镇人口,西镇,1,万人", "城镇人口,乙县,2,万人"), 4, []),
        (("城镇人口,甲县,5,万人", "城镇人口,东镇,1,万人", "城镇人口,乙县,2,万人"), 7, []),
        (("城镇人口,甲县,—,万人", "城镇人口,乙县,2,万人"), 2, ["甲县"]),  # and not the towns that nobody asked
        (("城镇人口,甲县,—,万人", "城镇人口,西镇,1,万人"), 1, ["东镇", "乙县"]),
        (("城镇人口,甲县,1,万人", "城镇人口,甲县,2,万人", "城镇人口,乙县,2,万人"), 2, ["甲县"]),
        (("城镇人口,钦州市,9,万人",), None, ["甲县", "乙县"]),
    ],
)
def test_a_total_names_what_is_missing(
    counted: Plan, rows: tuple[str, ...], value: int | None, missing: list[str]
) -> None:
    result = total(counted, "urban", judged(counted, *rows))
    assert result.value == value
    assert [item.name for item in result.missing] == missing
    assert result.is_partial is bool(missing)


def test_a_region_without_its_denominator_is_missing_from_the_rate(counted: Plan) -> None:
    rows = ("城镇人口,甲县,90,人", "城镇人口,乙县,100,人", "常住人口数,甲县,100,人")
    result = total(counted, "share", judged(counted, *rows))
    assert (result.value, [item.name for item in result.missing]) == (90, ["乙县"])


@pytest.mark.parametrize(
    ("rows", "value", "missing"),
    [
        (("城镇人口,甲县,90,人", "城镇人口,乙县,100,人", "常住人口数,乙县,1000,人"), 10, ["甲县"]),
        (
            ("城镇人口,甲县,90,人", "城镇人口,东镇,100,人", "常住人口数,东镇,200,人", "城镇人口,西镇,1,人"),
            50,
            ["西镇", "乙县"],
        ),
    ],
)
def test_a_rate_by_towns_names_what_is_missing(
    counted: Plan, rows: tuple[str, ...], value: int, missing: list[str]
) -> None:
    result = total(counted, "share", judged(counted, *rows))
    assert (result.value, [item.name for item in result.missing]) == (value, missing)


def test_what_nobody_says_how_to_add_has_no_total(counted: Plan) -> None:
    results = judged(counted, "增速,甲县,5,%", "增速,乙县,7,%")
    assert total(counted, "growth", results) == Total(None, reason=NoTotal.NOT_ADDED)
    assert total(counted, "urban", results).reason is NoTotal.NOTHING
    zero = judged(counted, "城镇人口,甲县,0,人", "常住人口数,甲县,0,人")
    assert total(counted, "share", zero).reason is NoTotal.ZERO
    assert total(counted, "share", zero).value is None


def findings(plan: Plan, results: Judged) -> list[tuple[str, str]]:
    region = TREE.with_code("1")
    assert region
    totals = {indicator.id: total_of(plan, indicator, region, results) for indicator in plan.indicators}
    return [
        (total_finding.code, str(total_finding.message))
        for total_finding in total_findings(plan, region, totals, results)
    ]


@pytest.mark.parametrize(
    ("whole", "told"),
    [
        ("3.00,万人", []),
        ("3.01,万人", []),  # 1.00 + 2.00 may be 3.0099…, which rounds to 3.01
        ("3.1,万人", ["S258"]),
        ("约3.1,万人", []),
        ("30000,人", []),
        ("3.02,万人", ["S258"]),
    ],
)
def test_a_declared_sum_that_differs_beyond_rounding_is_told(counted: Plan, whole: str, told: list[str]) -> None:
    rows = ("城镇人口,甲县,1.00,万人", "城镇人口,乙县,2.00,万人", f"城镇人口,钦州市,{whole}")
    assert [code for code, _ in findings(counted, judged(counted, *rows))] == told


def test_a_sum_that_the_plan_does_not_declare_may_differ(counted: Plan) -> None:
    rows = ("常住人口数,甲县,100,人", "常住人口数,乙县,900,人", "常住人口数,钦州市,5000,人")
    assert findings(counted, judged(counted, *rows)) == []


def test_a_declared_rate_that_differs_is_told_with_its_working(counted: Plan) -> None:
    rows = (
        *("城镇人口,甲县,90,人", "城镇人口,乙县,100,人", "城镇人口,钦州市,190,人"),
        *("常住人口数,甲县,100,人", "常住人口数,乙县,900,人", "城镇化率（计算）,钦州市,50.6,%"),
    )
    result = findings(counted, judged(counted, *rows))
    assert [code for code, _ in result] == ["S258"]
    assert "190 ÷ 1000" in result[0][1]
    assert findings(counted, judged(counted, *rows[:5], "城镇化率（计算）,钦州市,19,%")) == []


def test_a_partial_total_is_said_once_for_all_that_lack_the_same(counted: Plan) -> None:
    results = judged(counted, "城镇人口,甲县,1,万人", "常住人口数,甲县,30000,人")
    result = findings(counted, results)
    assert [code for code, _ in result] == ["S259"]
    assert "“城镇人口”、“常住人口数”" in result[0][1]
    assert "are partial: 乙县 is missing." in result[0][1]


def test_a_partial_total_names_regions_as_no_other_is_called(counted: Plan) -> None:
    twins = [Region("121", "东镇", (), "12"), Region("122", "南镇", (), "12")]
    plan = replace(counted, regions=Regions([*TREE, *twins]))
    results = judged(counted, "城镇人口,西镇,1,万人")
    given = {**results, "122": results["112"]}
    region = plan.regions.with_code("1")
    assert region
    totals = {"urban": total_of(plan, plan.indicators[0], region, given)}
    result = [str(total_finding.message) for total_finding in total_findings(plan, region, totals, given)]
    assert result == ["The total over 钦州市 of “城镇人口” is partial: 甲县东镇、乙县东镇 are missing."]


def test_the_working_is_shown(counted: Plan) -> None:
    results = judged(counted, "城镇人口,甲县,1,万人", "城镇人口,乙县,2.5,万人")
    urban = counted.indicator("urban")
    assert urban
    assert working(urban, total(counted, "urban", results)) == "1 + 2.5"
    assert figure_of(None) == "—"
    assert figure_of(Fraction(1, 3)) == "0.3333"


@pytest.mark.parametrize(
    ("rate", "part", "whole", "expected"),
    [
        ("%", "万人", "人", True),
        ("%", "人", "平方千米", False),
        ("平方米/人", "平方千米", "万人", True),
        ("平方米", "平方千米", "万人", True),
        ("平方米", "万人", "平方千米", False),
    ],
)
def test_a_rate_measures_its_part_over_its_whole(rate: str, part: str, whole: str, expected: bool) -> None:  # noqa: FBT001
    assert fits(unit(rate), unit(part), unit(whole)) is expected


def test_a_quotient_is_exact() -> None:
    assert quotient(Fraction(195) * 10**6, Fraction("1381900"), unit("平方米")) == Fraction(1950000, 13819)
    assert quotient(Fraction(1), Fraction(3), unit("‰")) == Fraction(1000, 3)
