"""The executors, behind one fixture: each must judge every row as rows in Python do."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from agreement import Judged, by_engine, by_rows
from spark_places import PLACES

from czurban.model.plan import Plan

Executor = Callable[[Path, Plan], Judged]


def _nasty() -> ModuleType:
    spec = importlib.util.spec_from_file_location("nasty", Path(__file__).with_name("nasty.py"))
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="session")
def nasty_plan(plan: Plan) -> Plan:
    """The plan that the nasty rows are checked against."""
    made: Plan = _nasty().nasty_plan(plan)
    return made


@pytest.fixture(scope="session")
def nasty_file(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The nasty rows as CSV."""
    path = tmp_path_factory.mktemp("nasty") / "nasty.csv"
    path.write_text(_nasty().nasty(plan).text(), encoding="utf-8", newline="")
    return path


@pytest.fixture(params=["duckdb", *PLACES])
def executor(request: pytest.FixtureRequest) -> Executor:
    """One executor after another."""
    if request.param != "duckdb":
        spark = request.getfixturevalue("spark_places").at(request.param)
        return lambda path, plan: by_engine(spark, [path], plan)
    from czurban.computing.engines.duckdb_engine import DuckdbEngine  # noqa: PLC0415 - an engine only where it is meant

    def run(path: Path, plan: Plan) -> Judged:
        with DuckdbEngine() as engine:
            return by_engine(engine, [path], plan)

    return run


@pytest.fixture(scope="session")
def rows() -> Executor:
    """Rows in Python, which all others are compared with."""
    return lambda path, plan: by_rows([path], plan)
