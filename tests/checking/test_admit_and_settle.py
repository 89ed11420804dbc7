from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest

from czurban.checking.admission import Admission
from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.finding import Finding, Severity
from czurban.model.period import Period
from czurban.model.plan import Plan
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


@pytest.mark.parametrize("sender", ["市公安局", "公安局", " 市公安局 ", ""])
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
