"""Every engine agrees with rows in Python, row by row: verdicts, and codes of findings."""

from pathlib import Path

import pytest
from agreement import Judged, by_engine, by_rows

from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.computing.engines.engine import Engine
from czurban.model.plan import Plan


@pytest.fixture(scope="module")
def expected(nasty_file: Path, nasty_plan: Plan) -> Judged:
    """What rows in Python make of the nasty rows."""
    return by_rows([nasty_file], nasty_plan)


def test_the_suite_is_large_and_has_every_verdict(expected: Judged) -> None:
    assert expected.survey.rows.read >= 1800
    assert {str(verdict) for verdict in expected.verdicts.values()} >= {"met", "missed", "unreadable"}
    codes = {code for codes in expected.codes.values() for code in codes}
    assert codes >= {
        "S117",
        "S119",
        "S201",
        "S203",
        "S204",
        "S205",
        "S206",
        "S207",
        "S208",
        "S209",
        "S212",
        "S213",
        "S214",
    }


def agrees(engine: Engine, nasty_file: Path, nasty_plan: Plan, expected: Judged) -> None:
    """Check that an engine judges every row as rows in Python do."""
    actual = by_engine(engine, [nasty_file], nasty_plan)
    lines = ["", *nasty_file.read_text(encoding="utf-8").splitlines()]
    reported = expected.codes.keys() | actual.codes.keys()
    differing = {at for at in reported if expected.codes.get(at) != actual.codes.get(at)}
    assert not [(lines[at[1] or 0], expected.codes.get(at), actual.codes.get(at)) for at in differing]
    assert actual.verdicts == expected.verdicts
    assert actual.survey.families == expected.survey.families
    assert actual.counts == expected.counts
    assert actual.survey.rows == expected.survey.rows


def test_r4_duckdb_agrees_row_by_row(nasty_file: Path, nasty_plan: Plan, expected: Judged) -> None:
    with DuckdbEngine() as engine:
        agrees(engine, nasty_file, nasty_plan, expected)


def test_r4_spark_agrees_row_by_row(spark: Engine, nasty_file: Path, nasty_plan: Plan, expected: Judged) -> None:
    agrees(spark, nasty_file, nasty_plan, expected)
