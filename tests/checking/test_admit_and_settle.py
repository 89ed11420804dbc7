from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from czurban.checking.admission import Admission
from czurban.checking.refusals import (
    amounts_without_target,
    judged_by_plan_target,
    unknown_region,
    values_without_region,
)
from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.finding import Finding, Place, Severity
from czurban.model.observation import Observation, Reading
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.region import Region, Regions
from czurban.reading.submission.files import read_bytes

Judge = Callable[..., Assessment]
UNSAID = "S219"
WITH_STATUS = "指标,数值,单位,数据状态"


def result(found: Assessment, no: int) -> Result:
    return next(result for result in found.results if result.indicator.no == no)


def named(found: Assessment, name: str) -> Result:
    return next(result for result in found.results if result.indicator.id == name)


def codes(found: Assessment) -> list[str]:
    return [finding.code for finding in found.findings if finding.code != UNSAID]


def only(found: Assessment, code: str) -> Finding:
    result = [finding for finding in found.findings if finding.code == code]
    assert len(result) == 1, found.findings
    return result[0]


def test_r5_another_years_value_is_not_used_and_told(judge: Judge) -> None:
    results = judge("常住人口城镇化率,2018,41.5,%", header="指标,年份,数值,单位")
    assert result(results, 1).verdict is Verdict.UNREPORTED
    assert result(results, 1).actual is None
    told = only(results, "S208")
    assert told.severity is Severity.ERROR
    assert told.place is not None
    assert told.place.line == 2
    assert told.message.values == {"stated": Period(2018), "judged": Period(2019)}


def test_r5_another_period_can_be_judged_on_purpose(judge: Judge) -> None:
    results = judge("常住人口城镇化率,2018,40,%", header="指标,年份,数值,单位", period=Period(2018))
    assert result(results, 1).verdict is Verdict.MISSED
    assert codes(results) == []


def test_r5_a_row_without_a_period_takes_the_plans_and_the_report_says_so(judge: Judge) -> None:
    results = judge("常住人口城镇化率,41,%,")
    assert result(results, 1).verdict is Verdict.MET
    assert only(results, UNSAID).severity is Severity.INFO


def test_r5_the_plans_own_year_is_not_used_when_another_is_judged(judge: Judge) -> None:
    results = judge("常住人口城镇化率,2019,41,%", header="指标,年份,数值,单位", period=Period(2018))
    assert result(results, 1).verdict is Verdict.UNREPORTED
    assert codes(results) == ["S208"]


def test_r5_a_part_of_the_year_is_not_the_year(judge: Judge) -> None:
    results = judge("常住人口城镇化率,2019年上半年,41,%", header="指标,年份,数值,单位")
    assert result(results, 1).verdict is Verdict.UNREPORTED
    assert codes(results) == ["S208"]


def test_r6_different_values_are_unreadable_with_both_places(judge: Judge) -> None:
    results = judge("常住人口城镇化率,41,%,", "常住人口城镇化率,42,%,")
    assert result(results, 1).verdict is Verdict.UNREADABLE
    assert result(results, 1).actual is None
    told = only(results, "S210")
    assert told.severity is Severity.ERROR
    assert told.place is not None
    assert told.place.line == 3
    assert getattr(told.message.values["place"], "line", None) == 2


def test_r6_two_files_name_each_other(judge: Judge) -> None:
    results = judge("常住人口城镇化率,41,%,", files=["指标,数值\n常住人口城镇化率,42"])
    assert result(results, 1).verdict is Verdict.UNREADABLE
    told = only(results, "S210")
    assert told.place is not None
    assert told.place.file == "f2.csv"
    assert getattr(told.message.values["place"], "file", None) == "f1.csv"


@pytest.mark.parametrize(
    ("rows", "actual"),
    [
        (("快报", "年报"), 42),
        (("年报", "快报"), 41),
        (("年报", "修订"), 42),
        (("修订", "快报"), 41),
        (("初步", "最终"), 42),
    ],
)
def test_r6_the_later_status_is_used_and_the_earlier_listed(judge: Judge, rows: Sequence[str], actual: int) -> None:
    results = judge(*(f"常住人口城镇化率,{41 + i},%,{status}" for i, status in enumerate(rows)), header=WITH_STATUS)
    assert result(results, 1).verdict is Verdict.MET
    assert result(results, 1).actual == actual
    assert codes(results) == ["S216"]
    told = only(results, "S216")
    assert told.severity is Severity.INFO
    assert told.place is not None
    assert told.place.line == (2 if actual == 42 else 3)


def test_r6_one_status_does_not_order_two_different_values(judge: Judge) -> None:
    results = judge("常住人口城镇化率,41,%,年报", "常住人口城镇化率,42,%,年报", header=WITH_STATUS)
    assert result(results, 1).verdict is Verdict.UNREADABLE
    assert codes(results) == ["S210"]


def test_r6_a_value_without_a_status_is_ordered_by_nothing(judge: Judge) -> None:
    results = judge("常住人口城镇化率,41,%,", "常住人口城镇化率,42,%,修订", header=WITH_STATUS)
    assert result(results, 1).verdict is Verdict.UNREADABLE
    assert codes(results) == ["S210"]


def test_r6_a_readable_later_status_replaces_an_unreadable_earlier_one(judge: Judge) -> None:
    results = judge("常住人口城镇化率,不详,%,快报", "常住人口城镇化率,42,%,年报", header=WITH_STATUS)
    assert result(results, 1).verdict is Verdict.MET
    assert "S216" in codes(results)


def test_r6_equal_values_in_different_units_count_once(judge: Judge) -> None:
    results = judge("城镇新增就业人数,1.6万人,,", "城镇新增就业人数,16000人,,")
    assert result(results, 9).verdict is Verdict.MET
    assert result(results, 9).actual == Fraction(16, 10)
    assert codes(results) == ["S211"]
    assert only(results, "S211").severity is Severity.WARNING


def test_r6_the_equal_value_of_another_spelling_counts_once(judge: Judge) -> None:
    results = judge("城乡居民养老保险参保人数,1213000,人,", "城乡居民养老保险参保人数,121.30,万人,")
    assert result(results, 10).actual == Fraction(1213, 10)
    assert codes(results) == ["S211"]


def test_r6_values_that_only_look_equal_conflict(judge: Judge) -> None:
    results = judge("城乡居民养老保险参保人数,1213001,人,", "城乡居民养老保险参保人数,121.30,万人,")
    assert result(results, 10).verdict is Verdict.UNREADABLE
    assert codes(results) == ["S210"]


@pytest.mark.parametrize("texts", [("41", "约莫四成"), ("约莫四成", "41")])
def test_r6_an_unreadable_value_conflicts_with_a_readable_one(judge: Judge, texts: tuple[str, str]) -> None:
    results = judge(*(f"常住人口城镇化率,{text},%," for text in texts))
    assert result(results, 1).verdict is Verdict.UNREADABLE
    assert sorted(codes(results)) == ["S203", "S210"]


def test_r6_a_dash_is_no_value_and_conflicts_with_nothing(judge: Judge) -> None:
    results = judge("常住人口城镇化率,—,%,", "常住人口城镇化率,41,%,")
    assert result(results, 1).verdict is Verdict.MET
    assert codes(results) == []


def test_r6_a_department_that_does_not_lead_is_not_used(judge: Judge) -> None:
    results = judge("常住人口城镇化率,41,%,市公安局")
    assert result(results, 1).verdict is Verdict.UNREPORTED
    told = only(results, "S212")
    assert told.severity is Severity.ERROR
    assert told.hint is not None
    assert told.hint.values == {"leads": "市住房城乡建设局"}


def test_r6_a_foreign_value_does_not_conflict_with_the_leads(judge: Judge) -> None:
    results = judge("常住人口城镇化率,39,%,市公安局", "常住人口城镇化率,41,%,市住建局")
    assert result(results, 1).verdict is Verdict.MET
    assert codes(results) == ["S212"]


def test_r6_an_unknown_department_is_told_with_near_names(judge: Judge) -> None:
    results = judge("户籍人口城镇化率,21,%,市公安")
    assert result(results, 2).verdict is Verdict.UNREPORTED
    told = only(results, "S213")
    assert told.hint is not None
    assert "市公安局" in str(told.hint)


def test_r6_a_department_like_no_other_gets_a_way_to_the_names(judge: Judge) -> None:
    result = only(judge("户籍人口城镇化率,21,%,xyz"), "S213")
    assert "czurban list departments" in str(result.hint)


@pytest.mark.parametrize("sender", ["市公安局", "公安局", " 市公安局 ", "钦州市公安局", ""])
def test_r6_the_lead_may_report_under_any_of_its_names(judge: Judge, sender: str) -> None:
    results = judge(f"户籍人口城镇化率,21,%,{sender}")
    assert result(results, 2).verdict is Verdict.MET
    assert codes(results) == []


@pytest.mark.parametrize(
    "sender", ["市住房城乡建设局", "市城管执法局", "市住房城乡建设局、市城管执法局", "市城管局，市住建局"]
)
def test_r6_any_of_several_leads_may_report_and_all_together(judge: Judge, sender: str) -> None:
    results = judge(f"城市建成区绿地率,36,%,{sender}")
    assert named(results, "built_up_green_space_rate").verdict is Verdict.MET
    assert codes(results) == []


def test_r6_a_lead_together_with_a_stranger_is_not_used(judge: Judge) -> None:
    results = judge("城市建成区绿地率,36,%,市住房城乡建设局、市公安局")
    assert named(results, "built_up_green_space_rate").verdict is Verdict.UNREPORTED
    assert codes(results) == ["S212"]


def test_r11_a_districts_value_is_not_the_citys(judge: Judge) -> None:
    results = judge("常住人口城镇化率,41,%,灵山县", header="指标,数值,单位,地区")
    assert result(results, 1).verdict is Verdict.UNREPORTED
    told = only(results, "S217")
    assert told.severity is Severity.ERROR
    assert told.message.values == {"region": "灵山县", "own": "钦州市"}


@pytest.mark.parametrize("region", ["钦州市", "全市", "本市", "合计", ""])
def test_r11_the_citys_own_value_is_used(judge: Judge, region: str) -> None:
    results = judge(f"常住人口城镇化率,41,%,{region}", header="指标,数值,单位,地区")
    assert result(results, 1).verdict is Verdict.MET
    assert codes(results) == []


@pytest.mark.parametrize(
    ("figure", "silent", "withdrawn"),
    [
        ("年报", "年报", False),
        ("年报", "快报", False),
        ("修订", "修订", False),
        ("快报", "快报", False),
        ("快报", "年报", True),
        ("快报", "修订", True),
        ("年报", "修订", True),
        ("", "快报", True),
        ("", "", False),
        ("年报", "", False),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_r6_only_a_later_status_that_reports_nothing_withdraws_a_figure(
    judge: Judge,
    figure: str,
    silent: str,
    withdrawn: bool,  # noqa: FBT001 - a table's column
    first: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    rows = [f"常住人口城镇化率,41,%,{figure}", f"常住人口城镇化率,—,%,{silent}"]
    results = judge(*(rows if first else reversed(rows)), header=WITH_STATUS)
    one = result(results, 1)
    assert (one.verdict, one.actual) == ((Verdict.UNREADABLE, None) if withdrawn else (Verdict.MET, 41))
    assert codes(results) == (["S225"] if withdrawn else [])
    if withdrawn:
        told = only(results, "S225")
        assert told.place is not None
        assert told.place.line == (3 if first else 2)


@pytest.mark.parametrize(
    ("rows", "one", "other"),
    [
        (("41,%", "42,%"), "41%", "42%"),
        (("41%,%", "42%,%"), "41%", "42%"),
        (("41,", "42,%"), "41", "42%"),
    ],
)
def test_r6_a_conflict_shows_both_figures_as_they_stand(
    judge: Judge, rows: tuple[str, str], one: str, other: str
) -> None:
    results = judge(*(f"常住人口城镇化率,{row}" for row in rows), header="指标,数值,单位")
    values = only(results, "S210").message.values
    assert (values["one"], values["other"], values["count"]) == (one, other, 2)


def test_r6_the_same_value_twice_says_what_to_do(judge: Judge) -> None:
    result = only(judge("常住人口城镇化率,41,%,", "常住人口城镇化率,41,%,", "常住人口城镇化率,41,%,"), "S211")
    assert str(result.hint) == "Keep one of them."
    assert result.message.values["count"] == 3


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("常住人口城镇化率,41,2019,钦州市,市住建局", ""),
        ("常住人口城镇化率,41,2018,钦州市,市住建局", "S208"),
        ("常住人口城镇化率,41,2019,灵山县,市住建局", "S217"),
        ("常住人口城镇化率,41,2019,钦州市,市公安局", "S212"),
        ("常住人口城镇化率,41,2019,钦州市,无此局", "S213"),
    ],
)
def test_a_refusal_is_named_by_its_code(plan: Plan, row: str, code: str) -> None:
    submission, _ = read_bytes("f.csv", f"指标,数值,年份,地区,填报单位\n{row}".encode(), plan)
    (item,) = submission.observations
    assert Admission(plan, plan.period).refusal(item) == code


@pytest.mark.parametrize(("sender", "code"), [("钦州市公安局", ""), ("市公安局", ""), ("灵山县公安局", "S213")])
def test_r6_a_part_has_its_figures_from_the_departments_of_the_whole(plan: Plan, sender: str, code: str) -> None:
    part = replace(plan, region="灵山县", within="钦州市")
    submission, _ = read_bytes("f.csv", f"指标,数值,地区,填报单位\n户籍人口城镇化率,21,灵山县,{sender}".encode(), plan)
    assert Admission(part, plan.period).refusal(submission.observations[0]) == code


@pytest.mark.parametrize(("used", "expected"), [(3, (2, 1)), (2, (1, 1)), (1, (0, 1)), (0, (0, 0))])
def test_rows_that_are_not_used_count_as_refused(plan: Plan, used: int, expected: tuple[int, int]) -> None:
    """They do so, but history does not.

    Fewer rows may be known to be used, as where the rows of other regions were taken out.
    """
    rows = "户籍人口城镇化率,21,2019\n户籍人口城镇化率,21,2018\n城镇常住人口,139,2018\n"
    submission, _ = read_bytes("f.csv", f"指标,数值,年份\n{rows}".encode(), plan)
    submission = submission._replace(rows=replace(submission.rows, used=used))
    admission = Admission(plan, plan.period)
    admission.admit(submission.observations)
    counted = admission.counted(submission).rows
    assert (counted.used, counted.refused) == expected


def sent(region: str) -> Observation:
    return Observation("x", Reading.VALUE, "1", Place("f.csv", 2), Period(2019), region=region)


def texts(fault: Finding) -> tuple[str, Place | None, str, str]:
    return fault.code, fault.place, str(fault.message), str(fault.hint)


TWINS = Regions(
    [Region("11", "灵山县"), Region("12", "浦北县"), Region("13", "城关镇", (), "11"), Region("14", "城关镇", (), "12")]
)
LONG = "某" * 41


@pytest.mark.parametrize(
    ("region", "message", "hint"),
    [
        (
            "城关镇",
            "“城关镇” may be 灵山县城关镇 13 / 浦北县城关镇 14; the value is not used.",
            "Write the code, or put the name of the parent region before the name.",
        ),
        ("山县", "“山县” is none of the plan's regions; the value is not used.", "Did you mean 灵山县?"),
        (
            "县",
            "“县” is none of the plan's regions; the value is not used.",
            "Did you mean 浦北县 / 灵山县?",
        ),
        (
            LONG,
            f"“{LONG[:40]}” is none of the plan's regions; the value is not used.",
            "`czurban list regions` shows every name.",
        ),
    ],
)
def test_r12_a_region_that_is_none_or_several_gets_a_hint(plan: Plan, region: str, message: str, hint: str) -> None:
    reported = unknown_region(sent(region), replace(plan, regions=TWINS))
    assert texts(reported) == ("S257", Place("f.csv", 2), message, hint)


def test_r12_a_long_name_of_several_regions_is_cut(plan: Plan) -> None:
    regions = Regions([Region("11", LONG), Region("12", LONG)])
    reported = unknown_region(sent(LONG), replace(plan, regions=regions))
    assert str(reported.message).startswith(f"“{LONG[:40]}” may be")


def test_r12_what_is_reported_of_a_region_without_targets(plan: Plan) -> None:
    part = replace(plan, region="灵山县")
    people, land = (plan.indicator(name) for name in ("城镇常住人口", "城镇建设用地面积"))
    assert people
    assert land
    by_plan = "“城镇常住人口” is an amount, and 灵山县 has no target of its own; it is judged by the plan's "
    names = "“城镇常住人口”、“城镇建设用地面积”"
    open_ended = (
        f"灵山县 has no target of its own for {names}; a part of an amount is not judged by the target of the whole."
    )
    nameless = "2 values from here on name no region; they are read as values of 钦州市, not of 灵山县."
    hint, column = (
        "Give the region its own row in the breakdown.",
        "Name the region in a column 地区, in the title or in the",
    )
    reported = (
        judged_by_plan_target(sent("灵山县"), people, part),
        amounts_without_target(sent("灵山县"), [people, land], part),
        values_without_region(sent(""), 2, plan, "灵山县"),
    )
    assert [texts(fault) for fault in reported] == [
        ("S254", Place("f.csv", 2), f"{by_plan}{people.target.interval}.", hint),
        ("S255", Place("f.csv", 2), open_ended, hint),
        ("S256", Place("f.csv", 2), nameless, f"{column} file's name."),
    ]
