"""Records computed in one line: a table and metrics as texts, through every engine there is.

Another engine joins by a line in ENGINES: what makes it, and the package it needs.
"""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from czurban.app.records import read_number, source_of
from czurban.computing.engines.engine import Engine
from czurban.computing.records.compute import Computed, RecordTable, Request, compute
from czurban.model.formulas.metric import Metrics
from czurban.model.plan import Plan
from czurban.model.region import Region, Regions
from czurban.reading.large.csv_repair import with_line_ends
from czurban.reading.large.encodings import in_utf8
from czurban.reading.large.record_source import find_records
from czurban.reading.metrics.file import read_metrics

ENGINES = {"duckdb": ("duckdb", "czurban.computing.engines.duckdb_engine", "DuckdbEngine")}
EVERYTHING = Request()
Ask = Callable[..., Computed]
REGIONS = Regions(
    [
        Region("450700", "钦州市"),
        Region("450702", "钦南区", parent="450700"),
        Region("450703", "钦北区", parent="450700"),
        Region("450721", "灵山县", parent="450700"),
    ]
)
COLUMNS = """
    region: {kind: region}
    year: {kind: period}
    urban: {kind: flag}
    age: {kind: number, type: integer}
    income: {kind: number, type: "decimal(12,2)"}
    weight: {kind: number, type: "decimal(10,4)"}
    hukou: {kind: text, values: [城镇, 农村]}
"""


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    package, module, name = ENGINES[request.param]
    pytest.importorskip(package)
    made: Engine = getattr(importlib.import_module(module), name)()
    yield made
    made.close()


@pytest.fixture
def metrics_of(plan: Plan, tmp_path: Path) -> Callable[..., Metrics]:
    """Read metrics given as the entries of `metrics:`; they have no fault."""

    def read(metrics: str, columns: str = COLUMNS, more: str = "") -> Metrics:
        path = tmp_path / "metrics.yaml"
        path.write_text(f"records:\n  title: 试验\n{more}\n  columns:{columns}\nmetrics:\n{metrics}", encoding="utf-8")
        declared, findings = read_metrics(path, replace(plan, regions=REGIONS))
        assert findings == ()
        assert declared is not None
        return declared

    return read


@pytest.fixture
def ask(engine: Engine, metrics_of: Callable[..., Metrics], tmp_path: Path) -> Ask:
    """Compute metrics over a table given as CSV text, or over files that are there."""

    def asked(
        table: str | Path,
        metrics: str,
        request: Request = EVERYTHING,
        *,
        columns: str = COLUMNS,
        more: str = "  whole: 钦州市",
    ) -> Computed:
        path = table if isinstance(table, Path) else tmp_path / "records.csv"
        if isinstance(table, str):
            path.write_text(table, encoding="utf-8")
        files = find_records([str(path)])
        result = metrics_of(metrics, columns, more)
        if files.form != "csv":
            return compute(engine, RecordTable(source_of(files), path.name), result, request, read_number)
        with in_utf8(files.paths, files.encoding) as plain:
            source = source_of(with_line_ends(files._replace(paths=plain)) or files)
            return compute(engine, RecordTable(source, path.name), result, request, read_number)

    return asked
