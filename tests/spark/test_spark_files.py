"""Paths as Spark takes them, and the order of files."""

from pathlib import Path

import pytest

from czurban.computing.engines.spark.address import spark_path
from czurban.computing.engines.spark.engine import rows_before
from czurban.errors import EngineError


@pytest.mark.parametrize("path", ["s3a://bucket/a*.parquet", "hdfs://host/a b.csv", "data/not here.parquet"])
def test_a_clusters_paths_stay_as_they_are(path: str) -> None:
    assert spark_path(path) == path


def test_a_file_of_this_machine_is_named_literally(tmp_path: Path) -> None:
    path = tmp_path / "a [1]{b}*?.csv"
    path.touch()
    assert spark_path(str(path)) == f"file:{tmp_path}/a \\[1\\]\\{{b\\}}\\*\\?.csv"


@pytest.mark.parametrize("name", ["_a.csv", ".a.csv"])
def test_what_spark_would_pass_over_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    with pytest.raises(EngineError, match="passes over"):
        spark_path(str(tmp_path / name))


def test_files_are_in_the_order_they_were_named(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("z.parquet", "a b.parquet", "中%.parquet")]
    for path in paths:
        path.touch()
    z, a, last = (path.as_uri() for path in paths)
    counts = [(last, 4), (z, 3), (a, 2)]
    assert rows_before(counts, [str(path) for path in paths]) == [(z, 0), (a, 3), (last, 5)]
    remote = [("s3a://b/f/2.parquet", 5), ("s3a://b/f/1.parquet", 7)]
    assert rows_before(remote, ["s3a://b/f"]) == [("s3a://b/f/1.parquet", 0), ("s3a://b/f/2.parquet", 7)]
