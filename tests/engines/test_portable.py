"""Every statement that is asked stays in the part of SQL that engines do alike, and can be said in Spark's words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from czurban.app.large.files import LargeFiles
from czurban.app.large.options import RunOptions
from czurban.app.large.survey import LargeSurvey
from czurban.computing.engines import scanned_file
from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.computing.engines.engine import Row
from czurban.computing.engines.spark.sql import spark_sql
from czurban.model.plan import Plan
from czurban.reading.sources.limits import LIMITS

ALIKE = {
    *(
        "CASE",
        "IF",
        "CAST",
        "COALESCE",
        "NULLIF",
        "COUNT",
        "REVERSE",
        "SUM",
        "MIN",
        "MAX",
        "REGEXP_LIKE",
        "TRANSLATE",
        "REPLACE",
        "SUBSTRING",
        "STR_POSITION",
        "LENGTH",
        "REGEXP_EXTRACT",
        "REGEXP_REPLACE",
    ),
    *(
        "TRIM",
        "CHR",
        "CONCAT",
        "BIT_LENGTH",
        "BIT_OR",
        "BIT_XOR",
        "BITWISE_XOR_AGG",
        "BIT_COUNT",
        "BITWISE_OR_AGG",
        "BITWISE_COUNT",
        "ROW_NUMBER",
        "AND",
        "OR",
        "EXISTS",
    ),
}
"""Functions as sqlglot calls them; a new one comes here when the nasty rows have shown that engines agree on it."""
TYPES = {"DECIMAL", "BIGINT", "TEXT", "VARCHAR", "BOOLEAN"}


class Recording(DuckdbEngine):
    """DuckDB, and whatever was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def keep(self, name: str, statement: str) -> None:
        self.asked.append(statement)
        super().keep(name, statement)

    def rows(self, statement: str) -> list[Row]:
        self.asked.append(statement)
        return super().rows(statement)

    def write(self, statement: str, path: str) -> None:
        self.asked.append(statement)
        super().write(statement, path)

    def batches(self, statement: str, size: int) -> Iterator[list[Row]]:
        self.asked.append(statement)
        return super().batches(statement, size)


@pytest.fixture(scope="module")
def asked(nasty_file: Path, nasty_plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    with Recording() as engine, pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanned_file, "_FEW_UNKNOWN", 0)
        patch.setattr(scanned_file, "_FEW_PARTS", 1 << 20)
        plain = tmp_path_factory.mktemp("plain") / "t.csv"
        plain.write_text("地区,指标,年份,数值\n990001,城镇常住人口,2019,140\n", encoding="utf-8")
        opener = LargeFiles(engine, nasty_plan, tmp_path_factory.mktemp("asked"))
        files = [opener.open(path) for path in (nasty_file, plain)]
        large = LargeSurvey(engine, files, RunOptions(nasty_plan, nasty_plan.period, LIMITS, "duckdb", 200, 0))
        large.survey()
        list(large.verdicts())
        large.write_failures(str(tmp_path_factory.mktemp("asked") / "f.csv"))
        return [one for one in dict.fromkeys(engine.asked) if not one.startswith("DESCRIBE")]


def test_statements_use_what_engines_do_alike(asked: list[str]) -> None:
    assert len(asked) >= 10
    assert all(any(word in statement for statement in asked) for word in ("REVERSE", "BIT_LENGTH"))
    for statement in asked:
        tree = sqlglot.parse_one(statement, read="duckdb")
        used = {
            one.sql_names()[0] if not isinstance(one, exp.Anonymous) else one.name for one in tree.find_all(exp.Func)
        }
        assert used <= ALIKE, statement
        assert {one.this.value for one in tree.find_all(exp.DataType)} <= TYPES, statement
        assert not list(tree.find_all(exp.Div, exp.IntDiv, exp.Pivot)), statement


def test_every_statement_can_be_said_in_sparks_words(asked: list[str]) -> None:
    for statement in asked:
        again = sqlglot.parse_one(spark_sql(statement), read="spark")
        assert isinstance(again, exp.Query), statement
        assert not list(again.find_all(exp.Anonymous)), statement
