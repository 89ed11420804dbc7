"""Records give the same figures on Spark as through the embedded engine, wherever Spark runs."""

from pathlib import Path

import pytest

from czurban.app.records import read_number, source_of
from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.computing.engines.engine import Engine
from czurban.computing.records.compute import Computed, RecordTable, Request, compute
from czurban.model.plan import Plan
from czurban.reading.large.record_source import find_records
from czurban.reading.metrics.file import read_metrics

METRICS = """
records:
  title: 试验
  whole: 钦州市
  columns:
    region: {kind: region}
    year: {kind: period}
    urban: {kind: flag}
    income: {kind: number, type: "decimal(12,2)"}
    weight: {kind: number, type: "decimal(10,4)"}
    hukou: {kind: text, values: [城镇, 农村]}
    person: {kind: id}
metrics:
  - id: resident_urbanization_rate
    numerator: sum(weight) where urban
    denominator: sum(weight)
    missing: exclude
    unreadable: exclude
  - id: income
    name: 收入
    unit: 元
    numerator: sum(income * weight) where hukou in ('城镇') or not urban
    denominator: sum(weight)
    missing: exclude
    unreadable: exclude
  - {id: persons, name: 人数, unit: 人, value: count distinct person where urban, missing: exclude, unreadable: exclude}
"""
ROWS = """\
region,year,urban,income,weight,hukou,person
450702,2019,1,1000.50,1.5,城镇,A1
450702,2019,0,"1,234.50",2,农村,A1
450702,2019,是,１２．５,0.0001,城镇,Ａ２
450703,2019,1,,3,城镇,45072119900101123x
450703,2018,否,无,-1.25,农村,—
450703,2018,1, 12 ,4,农村,x
450703,2018,1, 12 ,4,农村,
,2019,1,10,1,城镇,A1
钦州市450703,2019,1,10,1,城镇,A1
450703,2019-02-30,1,10,1,城镇,A1
450703,2020-02-29,1,10,1,城镇,A1
450703,2019,maybe,10,1,城镇,A1
450703,2019,1,x,1,"城
镇",45072119900101123X
"""


def figures(engine: Engine, metrics: Path, records: Path, plan: Plan, request: Request) -> Computed:
    declared, _ = read_metrics(metrics, plan)
    assert declared is not None
    table = RecordTable(source_of(find_records([str(records)])), "records")
    return compute(engine, table, declared, request, read_number)


@pytest.mark.parametrize("request_", [Request(), Request(by_region=True), Request(by_region=True, beginning=4)])
def test_odd_rows(spark: Engine, plan: Plan, tmp_path: Path, request_: Request) -> None:
    metrics, records = tmp_path / "metrics.yaml", tmp_path / "records.csv"
    metrics.write_text(METRICS, encoding="utf-8")
    records.write_text(ROWS, encoding="utf-8")
    with DuckdbEngine() as engine:
        expected = figures(engine, metrics, records, plan, request_)
    assert expected.figures
    assert figures(spark, metrics, records, plan, request_) == expected


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_example(spark: Engine, plan: Plan, repo: Path, tmp_path: Path, form: str) -> None:
    records = repo / "examples" / "records" / "persons.csv"
    with DuckdbEngine() as engine:
        if form == "parquet":
            engine.view("example", source_of(find_records([str(records)])))
            engine.write("SELECT * FROM example", str(tmp_path / "persons.parquet"))
            records = tmp_path / "persons.parquet"
        expected = figures(engine, repo / "examples/records/metrics.yaml", records, plan, Request())
    assert len(expected.figures) == 10
    assert figures(spark, repo / "examples/records/metrics.yaml", records, plan, Request()) == expected
