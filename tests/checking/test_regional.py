"""Each region is judged by what was reported for it, against its own row of the breakdown where there is one."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from czurban.app.assessing import assess_all
from czurban.checking.regions import assess_region, sort_out, unknown_region_findings, without_region
from czurban.model.assessment import Assessment, Note, Verdict
from czurban.model.finding import Place
from czurban.model.observation import StageReport
from czurban.model.plan import Plan
from czurban.model.region import Allotment, Breakdown, Region, Regions
from czurban.model.target import Interval, Target
from czurban.model.years import Baseline
from czurban.reading.submission.files import read_bytes

RATE, PEOPLE = "resident_urbanization_rate", "urban_resident_population"
COUNTIES = Regions(
    [Region("1", "钦州市"), Region("11", "灵山县", ("灵山",), "1"), Region("12", "浦北县", (), "1")],
)
Held = Callable[..., Assessment]
HEAD = "指标,地区,数值,单位\n"


@pytest.fixture(scope="session")
def county_plan(plan: Plan) -> Plan:
    result = Target(Interval(low=Decimal(38)), plan.period, Baseline("37", Decimal(37)))
    return replace(plan, regions=COUNTIES, breakdown=Breakdown([Allotment(RATE, result, "11")]))


def held(plan: Plan, text: str, name: str, file: str = "f.csv") -> Assessment:
    submission, _ = read_bytes(file, text.encode(), plan)
    region = plan.regions.find(name)
    assert region
    submissions = sort_out(plan, [submission]).of.get(region.code, ())
    return assess_region(plan, name, submissions, period=plan.period, judge=assess_all)


def verdict(assessment: Assessment, name: str) -> Verdict:
    return next(result.verdict for result in assessment.results if result.indicator.id == name)


@pytest.mark.parametrize(
    ("region", "value", "expected"),
    [
        ("灵山县", "38", Verdict.MET),  # its own ≥38, where the plan's ≥41 would be missed
        ("灵山", "37.99", Verdict.MISSED),
        ("11", "40", Verdict.MET),
        ("钦州市灵山县", "40", Verdict.MET),
        ("钦州市", "40", Verdict.UNREPORTED),
        ("", "40", Verdict.UNREPORTED),
        ("浦北县", "40", Verdict.UNREPORTED),
        ("某县", "40", Verdict.UNREPORTED),
    ],
)
def test_a_region_is_judged_by_its_own_rows_and_its_own_target(
    county_plan: Plan, region: str, value: str, expected: Verdict
) -> None:
    assert verdict(held(county_plan, f"{HEAD}常住人口城镇化率,{region},{value},%\n", "灵山县"), RATE) is expected


def test_without_a_row_of_its_own_the_plans_target_counts_and_it_is_said(county_plan: Plan) -> None:
    assessment = held(county_plan, f"{HEAD}常住人口城镇化率,浦北县,40,%\n", "浦北县")
    result = next(result for result in assessment.results if result.indicator.id == RATE)
    assert result.verdict is Verdict.MISSED
    assert Note.PLAN_TARGET in result.notes
    assert result.figures
    assert result.figures.change is None  # the city's baseline is not the county's


def test_an_amount_of_a_part_without_a_row_is_not_judged(county_plan: Plan) -> None:
    text = f"{HEAD}城镇常住人口,浦北县,3,万人\n城镇新增就业人数,浦北县,0.3,万人\n"
    assessment = held(county_plan, text, "浦北县")
    result = next(result for result in assessment.results if result.indicator.id == PEOPLE)
    assert (result.verdict, result.actual, result.notes) == (Verdict.UNREADABLE, 3, (Note.NO_TARGET,))
    assert str(result.indicator.target.interval) == "—"
    assert [(finding.code, str(finding.place)) for finding in assessment.findings] == [("S255", "f.csv:2:12")]
    assert len(assessment.results) == len(county_plan.indicators)


@pytest.mark.parametrize(
    ("rows", "actual", "codes"),
    [
        (("30,", "30,"), 30, ["S211", "S255"]),
        (("30,", "31,"), None, ["S210", "S250", "S250", "S255"]),
        (("-1,",), None, ["S229", "S250", "S250", "S255"]),
        (("30,市公安局",), None, ["S212", "S250", "S250"]),
        (("30,市住房城乡建设局",), 30, ["S255"]),
        (("—,",), None, []),
    ],
)
def test_what_is_not_judged_is_settled_like_any_other(
    county_plan: Plan, rows: tuple[str, ...], actual: int | None, codes: list[str]
) -> None:
    text = "指标,地区,数值,填报单位\n" + "".join(f"城镇常住人口,浦北县,{row}\n" for row in rows)
    assessment = held(county_plan, text, "浦北县")
    result = next(result for result in assessment.results if result.indicator.id == PEOPLE)
    assert result.actual == actual
    assert [finding.code for finding in assessment.findings] == codes


def test_an_amount_of_another_region_is_held_against_the_plan_with_a_warning(plan: Plan) -> None:
    province = Regions([Region("0", "广西"), Region("1", "钦州市", (), "0"), Region("2", "北海市", (), "0")])
    assessment = held(replace(plan, regions=province), f"{HEAD}城镇常住人口,北海市,130,万人\n", "北海市")
    assert verdict(assessment, PEOPLE) is Verdict.MISSED
    assert [(finding.code, str(finding.place)) for finding in assessment.findings] == [("S254", "f.csv:2:12")]


def test_an_amount_that_is_not_judged_by_the_plans_target_gets_no_warning(plan: Plan) -> None:
    target = Target(Interval(low=Decimal(120)), plan.period, Baseline("110", Decimal(110)))
    province = Regions([Region("0", "广西"), Region("1", "钦州市", (), "0"), Region("2", "北海市", (), "0")])
    theirs = replace(plan, regions=province)
    own = replace(theirs, breakdown=Breakdown([Allotment(PEOPLE, target, "2")]))
    judged = held(own, f"{HEAD}城镇常住人口,北海市,130,万人\n", "北海市")
    assert verdict(judged, PEOPLE) is Verdict.MET
    assert "S254" not in [finding.code for finding in judged.findings]
    unread = held(theirs, f"{HEAD}城镇常住人口,北海市,很多,万人\n", "北海市")
    assert verdict(unread, PEOPLE) is Verdict.UNREADABLE
    assert "S254" not in [finding.code for finding in unread.findings]


def test_regions_that_are_not_known_may_have_figures_of_their_own(county_plan: Plan) -> None:
    twice = replace(
        county_plan, regions=Regions([*COUNTIES, Region("13", "城关镇", (), "11"), Region("14", "城关镇", (), "12")])
    )
    text = HEAD + "".join(f"常住人口城镇化率,{name},40,%\n" for name in ("合浦 县", "城关镇", "灵山县", "合浦县"))
    by_region = sort_out(twice, [read_bytes("f.csv", text.encode(), twice)[0]], unknown=True)
    assert {code: len(parts[0].observations) for code, parts in by_region.of.items()} == {"1": 0, "合浦县": 2, "11": 1}
    assert [value.region for value in by_region.unknown] == ["城关镇"]


def test_stages_of_milestones_stay_with_the_plans_region(county_plan: Plan) -> None:
    submission = read_bytes("f.csv", f"{HEAD}常住人口城镇化率,灵山县,40,%\n".encode(), county_plan)[0]
    stages = (StageReport(1, "甲", "乙", Place("f.csv", 9)),)
    by_region = sort_out(county_plan, [submission._replace(stages=stages)])
    assert {code: parts[0].stages for code, parts in by_region.of.items()} == {"1": stages, "11": ()}


def test_regions_may_stand_as_columns(county_plan: Plan) -> None:
    text = "指标,单位,全市,灵山县,浦北县\n常住人口城镇化率,%,41.5,38.5,37\n"
    cases = {"钦州市": Verdict.MET, "灵山县": Verdict.MET, "浦北县": Verdict.MISSED}
    for name, expected in cases.items():
        assessment = held(county_plan, text, name)
        assert verdict(assessment, RATE) is expected
        assert [finding.code for finding in assessment.findings] == []


def test_a_file_may_be_of_one_region_by_its_name(county_plan: Plan) -> None:
    assessment = held(county_plan, "指标,数值\n常住人口城镇化率,38.5\n", "灵山县", "灵山县2019年.csv")
    assert verdict(assessment, RATE) is Verdict.MET


def test_targets_that_a_file_prints_are_held_against_those_of_its_region(county_plan: Plan) -> None:
    text = "指标,地区,目标,数值,单位\n常住人口城镇化率,灵山县,38,39,%\n常住人口城镇化率,钦州市,41,42,%\n"
    for name in ("灵山县", "钦州市"):
        assert held(county_plan, text, name).findings == ()
    wrong = held(county_plan, text.replace("灵山县,38", "灵山县,41"), "灵山县")
    assert [(finding.code, str(finding.place)) for finding in wrong.findings] == [("S226", "f.csv:2:14")]


@pytest.mark.parametrize("column", ["灵山县目标", "灵山目标"])
def test_a_target_in_a_regions_column_is_that_regions(county_plan: Plan, column: str) -> None:
    text = f"指标,单位,全市,灵山县,{column}\n常住人口城镇化率,%,41.5,38.5,38\n"
    assert held(county_plan, text, "钦州市").findings == ()
    assert held(county_plan, text, "灵山县").findings == ()
    wrong = held(county_plan, text.replace(",38\n", ",41\n"), "灵山县")
    assert [(finding.code, str(finding.place)) for finding in wrong.findings] == [("S226", "f.csv:2:22")]


def test_a_region_that_is_none_or_two_is_told(county_plan: Plan) -> None:
    twice = replace(
        county_plan, regions=Regions([*COUNTIES, Region("13", "城关镇", (), "11"), Region("14", "城关镇", (), "12")])
    )
    rates = "".join(f"常住人口城镇化率,{name},40,%\n" for name in ("城关镇", "合浦县", "灵山县城关镇"))
    text = f"{HEAD}{rates}城镇常住人口,合浦县,—,%\n"
    result = sort_out(twice, [read_bytes("f.csv", text.encode(), twice)[0]])
    found = list(unknown_region_findings(result, twice))
    assert [(finding.code, finding.place.line if finding.place else 0) for finding in found] == [
        ("S257", 2),
        ("S257", 3),
    ]
    assert "灵山县城关镇 13 / 浦北县城关镇 14" in str(found[0].message)
    assert [observation.region for observation in result.of["13"][0].observations] == ["灵山县城关镇"]


def test_values_without_a_region_are_the_plans_own_and_that_is_told_once_a_file(county_plan: Plan) -> None:
    text = "指标,数值\n常住人口城镇化率,41\n城镇常住人口,139\n户籍人口城镇化率,—\n"
    result = sort_out(county_plan, [read_bytes("f.csv", text.encode(), county_plan)[0]])
    assert len(result.of["1"][0].observations) == 3
    found = list(without_region(result, county_plan, "灵山县", county_plan.period))
    assert [(finding.code, str(finding.place), finding.message.values["count"]) for finding in found] == [
        ("S256", "f.csv:2:10", 2)
    ]


def test_without_a_hierarchy_only_the_plans_own_region_is_known(plan: Plan) -> None:
    text = f"{HEAD}常住人口城镇化率,钦州市,40,%\n常住人口城镇化率,灵山县,40,%\n"
    by_region = sort_out(replace(plan, regions=Regions()), [read_bytes("f.csv", text.encode(), plan)[0]])
    assert {code: len(parts[0].observations) for code, parts in by_region.of.items()} == {"钦州市": 1}
    assert [value.region for value in by_region.unknown] == ["灵山县"]


FORMULA_ROWS = f"{HEAD}城镇建设用地面积,灵山县,30,平方千米\n城镇常住人口,灵山县,25,万人\n"


def test_a_formula_is_computed_from_reported_values_without_targets_of_their_own(county_plan: Plan) -> None:
    assessment = held(county_plan, FORMULA_ROWS, "灵山县")
    results = {result.indicator.id: result for result in assessment.results}
    per_head = next(result for result in results.values() if result.indicator.name == "人均城镇建设用地面积")
    assert (per_head.verdict, per_head.actual) == (Verdict.MET, 120)
    assert set(per_head.notes) >= {Note.DERIVED, Note.PLAN_TARGET}
    assert results[PEOPLE].verdict is Verdict.UNREADABLE  # an amount of a part is not judged by the whole's target
    assert {finding.code for finding in assessment.findings} == {"S249", "S255"}


def test_a_figure_is_compared_with_its_formula_without_targets_of_their_own(county_plan: Plan) -> None:
    wrong = held(county_plan, f"{FORMULA_ROWS}人均城镇建设用地面积,灵山县,130,平方米\n", "灵山县")
    assert "S220" in {finding.code for finding in wrong.findings}
