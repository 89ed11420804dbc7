"""Formulas judged in an engine, by sums of figures, come to the same as in Python. All figures are made up."""

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from agreement import by_engine, by_rows
from random_tables import random_plan

from czurban.app.large.listed import first_of_each
from czurban.checking.survey import OF_FORMULAS
from czurban.computing.engines import rows_together
from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.computing.engines.engine import BITS, Engine
from czurban.model.finding import Finding
from czurban.model.formulas.formula import Formula, Missing, Number, Operation, Share, SumOf, Term
from czurban.model.plan import Plan
from czurban.model.survey import Survey

HEADER = ("地区", "指标", "年份", "数值", "单位", "数据状态", "填报单位")
SENDERS = ("市公安局", "没有的局", "市自然资源局")
PEOPLE, LAND, SETTLED = "urban_resident_population", "urban_construction_land", "settled_in_towns_total"
PEOPLE_CELLS = (("100", "万人"), ("1388889", "人"), ("138.8889", "万人"), ("0", "万人"), ("-1", "万人"), ("约100", ""))
LAND_CELLS = (
    ("144", "平方千米"),
    ("14400", "公顷"),
    ("216000", "亩"),
    ("200", ""),
    ("144.00000001", "平方千米"),
    ("见附件", ""),
    ("—", ""),
)
CELLS = {
    "城镇常住人口": PEOPLE_CELLS,
    "城镇建设用地面积": LAND_CELLS,
    "settled_in_towns_total": (("90", "万人"), ("100", "万人"), ("1000000", "人"), ("2000", "万人")),
    "城镇新增就业人数": (("1.4", "万人"),),
    "新增城镇常住人口": (("10", "万人"),),
}
FIGURES = [*CELLS][:3]
"""What formulas take; the others are seldom reported."""
NAMES = ("钦州市", "某县", "b县", "B县", "QZ-1", "ＱＺ-１", "灵山县", "450721", "第3县", "第1镇")
MOST = 2


def with_formulas(plan: Plan) -> Plan:
    """Return the plan with more formulas: a difference, shares, one that is rounded, and one that uses another."""
    people, land, settled = map(Term, (PEOPLE, LAND, SETTLED))
    quotient = Operation("÷", land, people)
    expressions = {
        "urban_construction_land_per_capita": quotient,
        "urban_resident_population_added": Operation("−", people, settled),
        "resident_urbanization_rate": Share(settled, SumOf((people, settled))),
        "settled_in_towns_added": SumOf((people, Operation("×", settled, Number(Fraction(-1))))),
    }
    made = [Formula(name, expression, "made up") for name, expression in expressions.items()]
    rounded = Formula("registered_urbanization_rate", Share(settled, people), "made up", rounding=1)
    partial = Formula("pension_insured", SumOf((people, settled)), "made up", Missing.PARTIAL)
    upon = Formula("medical_insured", Term("urban_resident_population_added"), "made up")
    return replace(plan, formulas=(*made, rounded, partial, upon))


def with_words(plan: Plan) -> Plan:
    """Return the plan with so many more indicators that formulas take some of each of two words."""
    more = (
        replace(plan.by_id[PEOPLE], id=f"more_{n}", no=1000 + n, name=f"第{n}号指标", aliases=(), cited=())
        for n in range(BITS)
    )
    at = plan.indicators.index(plan.by_id[LAND])
    return replace(plan, indicators=(*plan.indicators[:at], *more, *plan.indicators[at:]))


def rows(seed: int, kinds: int, senders: float) -> Iterator[tuple[str, ...]]:
    """Yield rows of regions that report people and land, of which `kinds` of cells for each are drawn.

    `senders` is the share of rows with a department, which may be none of the plan or not the one that reports.
    """
    drawn = random.Random(seed)  # noqa: S311 - made-up rows
    yield HEADER
    for number in range(250):
        region = f"98{number:07}" if drawn.random() < 0.8 else drawn.choice(NAMES)
        for name, cells in CELLS.items():
            often = (1, 8, 1) if name in FIGURES else (8, 1, 0)
            for _ in range(drawn.choices((0, 1, 2), often)[0]):
                status = drawn.choice(("", "快报", "年报")) if drawn.random() < 0.1 else ""
                sender = drawn.choice(SENDERS) if drawn.random() < senders else ""
                yield (region, name, "2019", *drawn.choice(cells[:kinds]), status, sender)


def of_results(survey: Survey) -> list[Finding]:
    findings = [fault for fault in survey.findings if fault.code in OF_FORMULAS]
    return first_of_each(sorted(findings, key=lambda fault: (str(fault.place), str(fault.message))), MOST)


def assert_alike(engine: Engine, plan: Plan, path: Path) -> None:
    expected = by_rows([path], plan, most=MOST)
    actual = by_engine(engine, [path], plan, most=MOST)
    assert expected._replace(codes={}).differences(actual._replace(codes={})) == []
    assert of_results(actual.survey) == of_results(expected.survey)
    assert expected.counts["S249"] > MOST


@pytest.fixture(autouse=True)
def _by_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_together, "FEW_REGIONS", 0)


def written(tmp_path: Path, seed: int, kinds: int, senders: float = 0.1) -> Path:
    path = tmp_path / "formulas.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows(seed, kinds, senders))
    return path


@pytest.mark.parametrize("kinds", [1, 2, 4, 7])
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("formulas", ["the plan's", "more"])
def test_duckdb_judges_formulas_as_rows_do(  # noqa: PLR0913, PLR0917 - each is a fixture or a part of the case
    plan: Plan, seed: int, kinds: int, formulas: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_together, "SHARE", (0, 2, 10**6)[seed])
    plan = random_plan(plan) if formulas == "the plan's" else with_formulas(plan)
    with DuckdbEngine() as engine:
        assert_alike(engine, plan, written(tmp_path, seed, kinds))


@pytest.mark.parametrize("senders", [0.5, 1])
@pytest.mark.parametrize("kinds", [1, 7])
@pytest.mark.parametrize("most", [0, MOST])
def test_figures_that_are_refused_are_lost_to_formulas(
    plan: Plan, kinds: int, senders: float, most: int, tmp_path: Path
) -> None:
    path, plan = written(tmp_path, 3, kinds, senders), with_formulas(random_plan(plan))
    expected = by_rows([path], plan)
    with DuckdbEngine() as engine:
        actual = by_engine(engine, [path], plan, most=most)
        assert engine.rows("SELECT COUNT(*) FROM refused")[0][0] != 0
    if most:
        expected, actual = expected._replace(codes={}), actual._replace(codes={})
    assert expected.differences(actual) == []
    assert expected.counts["S250"] > 100


def test_formulas_take_figures_of_several_words(plan: Plan, tmp_path: Path) -> None:
    plan = with_words(with_formulas(plan))
    assert [plan.indicators.index(plan.by_id[name]) // BITS for name in (PEOPLE, LAND)] == [0, 1]
    path = written(tmp_path, 1, 4)
    with DuckdbEngine() as engine:
        assert_alike(engine, plan, path)
        assert engine.rows("SELECT COUNT(*) FROM given")[0][0] != 0
        assert by_rows([path], plan).differences(by_engine(engine, [path], plan)) == []


def test_spark_judges_formulas_as_rows_do(spark: Engine, plan: Plan, tmp_path: Path) -> None:
    assert_alike(spark, with_formulas(plan), written(tmp_path, 0, 4))


def test_an_engine_judges_most_formulas_by_itself(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "formulas.csv"
    lines = (f"98{n:07},{name},2019,{amount}\n" for n in range(50) for name, amount in ((PEOPLE, 100), (LAND, 140 + n)))
    path.write_text("地区,指标,年份,数值\n" + "".join(lines), encoding="utf-8")
    with DuckdbEngine() as engine:
        judged = by_engine(engine, [path], plan, most=MOST)
        assert engine.rows("SELECT COUNT(*) FROM given") == [(50 - MOST,)]
    assert judged.counts["S249"] == 50


def test_a_region_has_one_name_whoever_judges(tmp_path: Path, told: Callable[..., tuple[int, str, str]]) -> None:
    lines = [
        "QZ-1,常住人口城镇化率,2019,42,%",
        "qz-1,城镇常住人口,2018,100,万人",
        *(f"{name},城镇建设用地面积,2019,144,平方千米" for name in ("qz-1", "钦北", "Qz-2", "R1", "R10", "R100")),
        *(f"{name},城镇常住人口,2019,100,万人" for name in ("QZ-1", "钦北区", "QZ-2", "R1", "R10", "R100")),
    ]
    (tmp_path / "names.csv").write_text("地区,指标,年份,数值,单位\n" + "\n".join(lines), encoding="utf-8")
    for most in ("0", "1", "2"):
        words = ("names.csv", "--each-region", "--max-findings", most)
        expected = told(tmp_path, *words, "--engine", "python")
        for more in ((), ("--failures", "failures.csv")):
            actual = told(tmp_path, *words, "--engine", "duckdb", *more)
            assert actual[:2] == expected[:2], (most, more)
