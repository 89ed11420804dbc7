"""Statements in Spark's words, and what cannot be said there."""

import pytest

from czurban.computing.engines.spark.sql import name, spark_sql
from czurban.errors import EngineError


@pytest.mark.parametrize(
    ("statement", "spelled"),
    [
        (r"SELECT REGEXP_MATCHES(x, '^\d\z') FROM t", r"SELECT x RLIKE '^\\d\\z' FROM t"),
        ('SELECT CAST("数 值" AS DECIMAL(28,8)) FROM t', "SELECT CAST(`数 值` AS DECIMAL(28, 8)) FROM t"),
        ("SELECT CAST(x AS VARCHAR), CAST(y AS BIGINT) FROM t", "SELECT CAST(x AS STRING), CAST(y AS BIGINT) FROM t"),
        ("SELECT TRIM(BOTH ' ' FROM x) FROM t", "SELECT TRIM(BOTH ' ' FROM x) FROM t"),
        ("SELECT 'it''s' || CHR(1) FROM t", r"SELECT 'it\'s' || CHR(1) FROM t"),
        ("SELECT x FROM t ORDER BY x", "SELECT x FROM t ORDER BY x NULLS LAST"),
    ],
)
def test_statements(statement: str, spelled: str) -> None:
    assert spark_sql(statement) == spelled


@pytest.mark.parametrize("statement", ["SELEC x FROM", "SELECT regexp_full_match(x, 'a')", "SELECT 1; SELECT 2"])
def test_what_cannot_be_said(statement: str) -> None:
    with pytest.raises(EngineError, match="cannot be translated"):
        spark_sql(statement)


def test_names() -> None:
    assert name("a`b c") == "`a``b c`"
