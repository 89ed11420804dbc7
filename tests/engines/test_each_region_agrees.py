"""Every region of a table has the verdicts that it has where it is asked for alone. All figures are made up."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from czurban.app.assessing import assess_all
from czurban.app.large.files import LargeFiles
from czurban.app.large.options import RunOptions
from czurban.app.large.survey import LargeSurvey
from czurban.app.regions import judge_regions
from czurban.checking.each_region import EachRegion
from czurban.checking.survey import failing_rows, survey_rows
from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.model.assessment import Verdict
from czurban.model.formulas.formula import Formula, Missing, SumOf, Term
from czurban.model.plan import Plan
from czurban.model.region import Allotment, Breakdown, Region, Regions
from czurban.model.survey import Survey
from czurban.model.target import Interval, Target
from czurban.model.years import Baseline
from czurban.reading.large.long_table import NotLongError
from czurban.reading.sources.limits import LIMITS
from czurban.reading.submission.files import read_submission

Row = tuple[str, str, str, str, str, str]
Verdicts = Mapping[str, Mapping[str, Verdict]]

HEADER = "地区,指标,年份,数值,数据状态,填报单位\n"
REGIONS = Regions(
    [
        Region("4500", "广西", (), ""),
        Region("4507", "钦州市", (), "4500"),
        Region("4505", "北海市", (), "4500"),
        Region("450721", "灵山县", ("灵山",), "4507"),
        Region("450722", "浦北县", (), "4507"),
        Region("450723", "东县", (), "4507"),
        Region("45072101", "城关镇", (), "450721"),
        Region("45072201", "城关镇", (), "450722"),
    ]
)
PEOPLE, LAND, PER_HEAD = "城镇常住人口", "城镇建设用地面积", "人均城镇建设用地面积"
JOBS, RATE, ADDED = "城镇新增就业人数", "常住人口城镇化率", "新增城镇常住人口"
VALUES = {
    PEOPLE: ("138.19", "140", "3", "25", "约25", "25万人", "-1"),
    LAND: ("195", "30", "36", "196", "0", "3000公顷"),
    PER_HEAD: ("144", "120", "144.1"),
    JOBS: ("1.4", "0.4", "1.0", "5000人"),
    RATE: ("41", "40.99", "41%", "0.41", "4.1"),
    ADDED: ("6.03", "6", "7"),
}
TEXTS = ("", "全市", "钦州市", "4507", "灵山县", "灵山", "450721", "钦州市灵山县", "浦北县", "450722", "450723", "东县")
TEXTS += ("城关镇", "灵山县城关镇", "45072201", "北海市", "4505", "广西", "990001", "990002", "某县")
PERIODS = ("2019", "2019", "2019", "2018", "2019Q4", "2019年1-9月", "2019年上半年", "2019年下半年")


@pytest.fixture(scope="module")
def regional_plan(plan: Plan) -> Plan:
    """Return the plan with regions on four levels, some targets of their own, and a formula that may be partial."""
    rate, people = plan.indicator(RATE), plan.indicator(PEOPLE)
    assert rate
    assert people
    parts = [
        Allotment(rate.id, Target(Interval(low=Decimal(38)), plan.period, Baseline("37", Decimal(37))), "450721"),
        Allotment(people.id, Target(Interval(low=Decimal(20)), plan.period, Baseline("19", Decimal(19))), "450722"),
    ]
    ids = {indicator.name: indicator.id for indicator in plan.indicators}
    total = Formula("settled_in_towns_total", SumOf((Term(ids[PEOPLE]), Term(ids[JOBS]))), "made up", Missing.PARTIAL)
    return replace(plan, regions=REGIONS, breakdown=Breakdown(parts), formulas=(total, *plan.formulas))


def rows_of() -> st.SearchStrategy[list[Row]]:
    row = st.sampled_from(sorted(VALUES)).flatmap(
        lambda name: st.tuples(
            st.sampled_from(TEXTS),
            st.just(name),
            st.sampled_from(PERIODS),
            st.sampled_from((*VALUES[name], *VALUES[name], "—", "见附件")),
            st.sampled_from(("", "", "", "快报", "年报", "修订")),
            st.sampled_from(("", "", "", "市公安局", "北海市公安局", "没有这个局")),
        )
    )
    return st.lists(row, min_size=1, max_size=40)


def by_one(plan: Plan, path: Path) -> Verdicts:
    """Judge each region as --region does."""
    submission, _ = read_submission(path, plan)
    judged = {one.code: judge_regions(plan, [submission], plan.period, one.code, None).whole for one in REGIONS}
    return {code: {one.indicator.id: one.verdict for one in whole.results} for code, whole in judged.items()}


def by_rows(plan: Plan, path: Path) -> tuple[Survey, Verdicts]:
    submission, findings = read_submission(path, plan)
    survey, regions = survey_rows(EachRegion(plan, plan.period, assess_all), [submission], findings)
    return survey, {
        region.resolved.region: {result.indicator.id: result.verdict for result in region.results} for region in regions
    }


def by_engine(plan: Plan, path: Path, failures: str | None = None) -> tuple[Survey, Verdicts]:
    with DuckdbEngine() as engine:
        run = RunOptions(plan, plan.period, LIMITS, "duckdb", 200, 0, failures)
        large = LargeSurvey(engine, [LargeFiles(engine, plan, path.parent, most=0).open(path)], run)
        survey = large.survey()
        verdicts: dict[str, dict[str, Verdict]] = {}
        for region, indicator, verdict in large.verdicts():
            verdicts.setdefault(region, {})[indicator] = verdict
        return survey, verdicts


def differing(alone: Verdicts, together: Verdicts) -> list[tuple[str, str, Verdict, Verdict]]:
    """Return every verdict of a known region that is another where all regions are judged; none is not reported."""
    return [
        (code, name, verdict, found)
        for code, verdicts in alone.items()
        for name, verdict in verdicts.items()
        if verdict != (found := together.get(code, {}).get(name, Verdict.UNREPORTED))
    ]


EXAMPLES = (
    [("灵山县", LAND, "2019", "30", "", ""), ("灵山县", PEOPLE, "2019", "25", "", "")],
    [("浦北县", JOBS, "2019Q4", "0.4", "", ""), ("浦北县", JOBS, "2019年1-9月", "1.0", "", "")],
    [("东县", PEOPLE, "2019", "3", "", ""), ("东县", RATE, "2019", "41", "", "")],
    [("990001", LAND, "2019", "30", "", ""), ("990001", PEOPLE, "2019", "140", "", "")],
)


def check_all_ways(plan: Plan, rows: list[Row]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_text(HEADER + "".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
        alone = by_one(plan, path)
        survey, verdicts = by_rows(plan, path)
        assert differing(alone, verdicts) == []
        try:
            counted, found = by_engine(plan, path)
        except NotLongError:
            return  # rows in Python read it then
        assert differing(alone, found) == []
        assert counted.families == survey.families
        assert counted.rows == survey.rows


@pytest.mark.parametrize("rows", EXAMPLES)
def test_a_region_has_the_verdicts_that_it_has_alone(regional_plan: Plan, rows: list[Row]) -> None:
    check_all_ways(regional_plan, rows)


@settings(max_examples=40)
@given(st.data())
def test_random_tables_have_the_verdicts_of_each_region_alone(regional_plan: Plan, data: st.DataObject) -> None:
    check_all_ways(regional_plan, data.draw(rows_of()))


def test_failing_rows_of_parts_are_the_same_whoever_judges(regional_plan: Plan, tmp_path: Path) -> None:
    """An amount of a part without a target of its own is not missed, and is compared with nothing."""
    path, failures = tmp_path / "t.csv", tmp_path / "f.csv"
    rows = [("450723", PEOPLE, "3"), ("450723", RATE, "40"), ("990001", PEOPLE, "138"), ("450722", PEOPLE, "19")]
    path.write_text(HEADER + "".join(f"{code},{name},2019,{value},,\n" for code, name, value in rows), encoding="utf-8")
    submission, findings = read_submission(path, regional_plan)
    _, regions = survey_rows(EachRegion(regional_plan, regional_plan.period, assess_all), [submission], findings)
    expected = {tuple(map(str, row)) for region in regions for _, row in failing_rows(region.results)}
    with DuckdbEngine() as engine:
        run = RunOptions(regional_plan, regional_plan.period, LIMITS, "duckdb", 200, 0, str(failures))
        large = LargeSurvey(engine, [LargeFiles(engine, regional_plan, tmp_path, most=0).open(path)], run)
        large.survey()
        large.write_failures(str(failures))
    with failures.open(encoding="utf-8", newline="") as stream:
        written = {tuple(row.values()) for row in csv.DictReader(stream)}
    assert {tuple(cell if cell != "None" else "" for cell in row) for row in expected} == written
    assert {(row[0], row[1], row[5]) for row in written} == {
        ("450723", "urban_resident_population", "unreadable"),
        ("450723", "resident_urbanization_rate", "missed"),
        ("990001", "urban_resident_population", "missed"),
        ("450722", "urban_resident_population", "missed"),
    }


def test_a_blank_region_further_down_is_not_taken_for_the_plans_own(regional_plan: Plan, tmp_path: Path) -> None:
    """Rows in Python give it the region of the row above, which an engine does not see."""
    path = tmp_path / "t.csv"
    rows = "".join(f"99{n:04},{PEOPLE},2019,140,,\n" for n in range(3000))
    path.write_text(f"{HEADER}{rows},{RATE},2019,41,,\n", encoding="utf-8")
    with pytest.raises(NotLongError, match="describes other rows"):
        by_engine(regional_plan, path)
    path.write_text(f"{HEADER},{RATE},2019,41,,\n{rows}", encoding="utf-8")
    assert by_engine(regional_plan, path)[1]["4507"]


def test_a_column_may_be_called_as_in_the_statements(regional_plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = f"990001,{PEOPLE},2019,140\n990001,{PEOPLE},2019,141\n990002,{RATE},2019,41\n"
    path.write_text(f"region,indicator,year,value\n{rows}", encoding="utf-8")
    assert by_engine(regional_plan, path)[1] == {
        "990001": {"urban_resident_population": Verdict.UNREADABLE},
        "990002": {"resident_urbanization_rate": Verdict.MET},
    }


def test_a_failing_value_is_written_without_blanks_of_any_kind(regional_plan: Plan, tmp_path: Path) -> None:
    path, failures = tmp_path / "t.csv", tmp_path / "f.csv"
    path.write_text(f"{HEADER}990001,{PEOPLE},2019,\u00a08\u3000,,\n990002,{PEOPLE},2019,9\t,,\n", encoding="utf-8")
    with DuckdbEngine() as engine:
        run = RunOptions(regional_plan, regional_plan.period, LIMITS, "duckdb", 200, 0, str(failures))
        large = LargeSurvey(engine, [LargeFiles(engine, regional_plan, tmp_path, most=0).open(path)], run)
        large.survey()
        large.write_failures(str(failures))
    with failures.open(encoding="utf-8", newline="") as stream:
        assert [(row["region"], row["value"]) for row in csv.DictReader(stream)] == [("990001", "8"), ("990002", "9")]
