"""What is asked of Spark, told by a stand-in for it: that Spark answers as meant is tested beside, on Spark itself."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from spark_stand_in import Session, fake_arrow

from czurban.computing.engines.engine import TableSource
from czurban.computing.engines.spark.engine import SparkEngine
from czurban.computing.engines.spark.session import Started
from czurban.computing.engines.spark.sql import exact
from czurban.computing.engines.spark.thread import SparkThread
from czurban.errors import BrokenTableError, EngineError

CSV = TableSource(("s3a://b/a.csv",), "csv", ("a", "b c"))
SURVEY = "COUNT_IF"


@pytest.fixture
def session() -> Session:
    return Session()


@pytest.fixture
def engine(session: Session, monkeypatch: pytest.MonkeyPatch) -> SparkEngine:
    fake_arrow(monkeypatch)
    return SparkEngine(Started(session, session.stop, SparkThread()))


def test_a_csv_is_read_by_lines_and_numbered_by_its_parts(engine: SparkEngine, session: Session) -> None:
    session.answers[SURVEY] = [("file:///a.csv", 64, 2, 0, 0), ("file:///a.csv", 0, 3, 0, 0)]
    assert engine.exact(CSV) == ()
    assert engine.view("t", CSV) == ("a", "b c")
    assert "LINES ['s3a://b/a.csv']" in session.views["`t lines`"].said
    assert "NOT (part = 0 AND at < 1)" in session.views["`t records`"].said
    assert "COALESCE(CAST(`b c` AS STRING), '') AS `b c`" in session.views["`t`"].said
    assert engine.numbered("t") == "t_numbered"
    said = session.views["`t_numbered`"].said
    assert "czurban_before + czurban_nth + 1" in said
    assert "[0, 64]" in said
    assert "[-1, 2]" in said


def test_a_csv_with_open_quotes_is_read_in_one_piece(engine: SparkEngine, session: Session) -> None:
    session.answers["t records"] = [("file:///a.csv", 0, 3, 1, 0)]
    engine.view("t", CSV)
    assert "WHOLE" in session.views["`t pieces`"].said
    assert "POSEXPLODE" in session.views["`t records`"].said
    session.answers["WHERE size >"] = [("file:///a.csv",)]
    with pytest.raises(EngineError, match="over several lines"):
        engine.view("t", CSV)


def test_broken_rows_are_counted(engine: SparkEngine, session: Session) -> None:
    session.answers[SURVEY] = [("file:///a.csv", 0, 3, 0, 2), ("file:///b.csv", 0, 3, 0, 1)]
    with pytest.raises(BrokenTableError, match="3 rows"):
        engine.view("t", CSV)


def test_without_quotation_marks_every_delimiter_parts(engine: SparkEngine, session: Session) -> None:
    session.answers[SURVEY] = [("file:///a.csv", 0, 3, 0, 0)]
    engine.view("t", CSV._replace(quoted=False, line="a"))
    assert "EXTRACT" not in session.views["`t records`"].said
    assert engine.numbered("t") == "t_numbered"
    assert "CAST(`a` AS BIGINT)" in session.views["`t_numbered`"].said


def test_no_file_is_an_error_and_no_empty_table(engine: SparkEngine, session: Session) -> None:
    session.files = []
    with pytest.raises(EngineError, match="finds no file"):
        engine.view("t", CSV)


def test_first_lines_are_those_of_one_file(engine: SparkEngine, session: Session) -> None:
    session.answers["FROM `head lines`"] = [("a", "x"), ("a", "y"), ("b", "z")]
    assert engine.first_lines("s3a://b/*.csv", 3) == ["x", "y"]


def test_another_encoding_is_refused(engine: SparkEngine) -> None:
    with pytest.raises(EngineError, match="UTF-8 alone"):
        engine.view("t", CSV._replace(encoding="GB18030"))


def test_parquet_is_numbered_by_its_files(engine: SparkEngine, session: Session) -> None:
    session.answers["BY czurban_file"] = [("file:///b.parquet", 5), ("file:///a.parquet", 7)]
    assert engine.view("p", TableSource(("x.parquet",), "parquet", exact=("a",))) == ("a", "b c")
    assert "CAST(`a` AS DECIMAL(28,8)) AS `a`" in session.views["`p`"].said
    assert engine.exact(TableSource(("x.parquet",), "parquet")) == ()
    engine.numbered("p")
    assert "[0, 7]" in session.views["`p_numbered`"].said


def test_a_table_has_no_numbers(engine: SparkEngine) -> None:
    assert engine.view("m", TableSource(("c.d.n",), "table")) == ("a",)
    assert engine.numbered("m") is None


def test_a_small_table_has_its_types(engine: SparkEngine, session: Session) -> None:
    types = {"k": "VARCHAR", "n": "BIGINT", "d": "DECIMAL(28,8)", "b": "BOOLEAN"}
    engine.table("k", types, [(None, "7", "0.29", "true"), (3, None, "", False)])
    said = session.views["`k`"].said
    assert said.startswith("broadcast(")
    assert "('text', ['', '3'])" in said
    assert "('whole', [7, None])" in said
    assert f"('decimal(28,8)', [{Decimal('0.29')!r}, None])" in said
    assert "('truth', [True, False])" in said
    engine.table("k", types, [])
    assert session.views["`k`"].said == "[] `k` STRING, `n` BIGINT, `d` DECIMAL(28,8), `b` BOOLEAN"
    with pytest.raises(EngineError, match="type DOUBLE"):
        engine.table("k", {"x": "DOUBLE"}, [("1",)])


def test_answers_are_kept_until_they_are_replaced(engine: SparkEngine, session: Session) -> None:
    engine.keep("k", "SELECT 1 AS a")
    engine.keep("k", "SELECT 2 AS a")
    assert session.kept == ["`k`"]
    assert session.views["`k`"].said == "SELECT 2 AS a"


def test_answers_come_whole_or_in_batches(engine: SparkEngine, session: Session) -> None:
    session.answers["FROM t"] = [(1,), (2,), (3,)]
    assert engine.rows("SELECT a FROM t") == [(1,), (2,), (3,)]
    assert list(engine.batches("SELECT a FROM t", 2)) == [[(1,), (2,)], [(3,)]]
    engine.close()
    assert session.stopped


@pytest.mark.parametrize(
    ("kind", "precision", "scale", "fits"),
    [
        ("bigint", 0, 0, 1),
        ("double", 0, 0, 0),
        ("string", 0, 0, 0),
        ("decimal(28,8)", 28, 8, 1),
        ("decimal(29,8)", 29, 8, 0),
        ("decimal(10,9)", 10, 9, 0),
    ],
)
def test_which_types_are_exact(kind: str, precision: int, scale: int, fits: int) -> None:
    said = SimpleNamespace(simpleString=lambda: kind, precision=precision, scale=scale)
    schema = SimpleNamespace(fields=[SimpleNamespace(name="x", dataType=said)])
    assert exact(schema) == (("x",) if fits else ())
