"""Rows in Python and DuckDB agree about tables with a column for each year. All figures are made up."""

import csv
import os
import random
from dataclasses import replace
from pathlib import Path

import pytest
from agreement import by_engine, by_rows
from random_tables import NOTHING, ODD, RandomTable, random_plan

from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.model.formulas.formula import Formula, SumOf, Term
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.large.long_table import NotLongError

TABLES, ROWS = int(os.environ.get("TABLES", "6")), int(os.environ.get("ROWS", "200"))
HEADER = ("地区", "指标", "单位")
YEARS = ("2017年", "2018年", "2019年")


@pytest.fixture(scope="module")
def regional_plan(plan: Plan) -> Plan:
    return random_plan(plan)


def write_wide(table: RandomTable, seed: int, folder: Path) -> list[Path]:
    """Write a random table as a wide one, in which the figures of other years are odd or missing now and then."""
    draw = random.Random(seed)  # noqa: S311 - made-up figures, not secrets
    odd, order = draw.choice((0.0, 0.01, 0.3)), draw.choice((YEARS, YEARS[::-1], ("2019年", "2018年"), YEARS))
    status = draw.random() < 0.5
    rows: list[list[str]] = [[*HEADER, *order, *(("数据状态",) if status else ())]]
    for region, name, _, value, unit, said, *_ in table.rows():
        cells = {year: value if draw.random() < 0.5 else f"{draw.randint(1, 99)}.5" for year in YEARS}
        for year in YEARS[:2]:
            if draw.random() < odd:
                cells[year] = draw.choice((*NOTHING, *ODD, "5人", "7 %"))
        cells["2019年"] = value
        rows.append([region, name, unit, *(cells[year] for year in order), *((said,) if status else ())])
    many = draw.choice((1, 1, 2))
    size = -(-len(rows) // many)
    paths = []
    for number in range(many):
        paths.append(folder / f"wide-{number}.csv")
        with paths[-1].open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows[:1] * (number > 0) + rows[number * size :][:size])
    return paths


def looking_back(plan: Plan) -> Plan:
    """Return the plan with a formula that takes a figure of the year before."""
    given, taken = [one.id for one in plan.indicators if one.unit.name == "个"][3:5]
    back = Formula(given, SumOf((Term(taken), Term(taken, Period(2018)))), "made up")
    return replace(plan, formulas=(back, *plan.formulas))


@pytest.mark.parametrize("seed", range(TABLES))
def test_a_column_a_year_is_judged_alike(regional_plan: Plan, seed: int, tmp_path: Path) -> None:
    plan = looking_back(regional_plan) if seed % 3 == 0 else regional_plan
    table = RandomTable(plan, seed, ROWS)
    paths = write_wide(table, seed, tmp_path)
    failures = tmp_path / "failures.csv" if seed % 2 else None
    expected = by_rows(paths, plan, failures)
    with DuckdbEngine() as engine:
        actual = by_engine(engine, paths, plan, failures)
    assert expected.differences(actual) == [], table.mixture
    assert actual.survey.codes["S228"] > 0
    assert actual.survey.codes["S118"] == len(paths)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("2017年,2018年", "1,2"),  # not the judged year
        ("2019年上半年,2019年", "1,2"),  # a part of it, which may be added up
        ("2018年,2019年,备注", "1,234,5"),  # 1,234 may be one figure
        ("年份,2018年,2019年", "2019,1,2"),  # a year of the row as well
    ],
)
def test_other_columns_of_values_are_for_rows_in_python(plan: Plan, header: str, row: str, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(f"地区,指标,{header}\n某县,{plan.indicators[0].name},{row}\n", encoding="utf-8")
    with DuckdbEngine() as engine, pytest.raises(NotLongError):
        by_engine(engine, [path], plan)
