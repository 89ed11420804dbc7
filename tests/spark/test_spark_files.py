"""Paths as Spark takes them, and what is written to this machine."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from czurban.computing.engines.spark.address import spark_path
from czurban.computing.engines.spark.csv_source import FilePart, before
from czurban.computing.engines.spark.engine import write_file, write_folder
from czurban.errors import EngineError, OutputError


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


def test_parts_are_in_the_order_of_the_files_named(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("z.csv", "a b.csv", "中%.csv")]
    for path in paths:
        path.touch()
    uris = [path.as_uri() for path in paths]
    parts = [FilePart(uris[2], 0, 4), FilePart(uris[0], 64, 2), FilePart(uris[1], 0, 3), FilePart(uris[0], 0, 1)]
    ordered = [(uris[0], 0, 0), (uris[0], 64, 1), (uris[1], 0, 3), (uris[2], 0, 6)]
    assert before(parts, [str(path) for path in paths]) == ordered


def test_a_csv_is_written_whole(tmp_path: Path) -> None:
    target = tmp_path / "f.csv"
    target.write_text("old")
    target.chmod(0o640)
    write_file(str(target), SimpleNamespace(names=["a", "b"]), [[("x", None)], [('q"', "1,2")]])
    assert target.read_text() == 'a,b\nx,\n"q""","1,2"\n'
    assert target.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [target]


def test_a_run_that_breaks_off_leaves_the_old_file(tmp_path: Path) -> None:
    def rows() -> object:
        yield [("x",)]
        raise KeyboardInterrupt

    target = tmp_path / "f.csv"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        write_file(str(target), SimpleNamespace(names=["a"]), rows())  # type: ignore[arg-type]
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_file(str(tmp_path / "no" / "f.csv"), SimpleNamespace(names=["a"]), [])


class Writer:
    """Takes what Spark's writer takes, and remembers it."""

    def __init__(self) -> None:
        self.done: list[object] = []

    def __getattr__(self, name: str) -> object:
        def call(*words: object, **more: object) -> "Writer":
            self.done.append((name, *words, *more.values()))
            return self

        return call


@pytest.mark.parametrize(
    ("path", "done"),
    [
        ("s3a://b/f.parquet", [("mode", "errorifexists"), ("parquet", "s3a://b/f.parquet")]),
        (
            "s3a://b/f.csv",
            [
                ("mode", "errorifexists"),
                ("option", "header", True),
                ("option", "escape", '"'),
                ("csv", "s3a://b/f.csv"),
            ],
        ),
    ],
)
def test_a_clusters_storage_gets_a_folder_that_is_never_written_over(path: str, done: list[object]) -> None:
    writer = Writer()
    write_folder(SimpleNamespace(write=writer), path)
    assert writer.done == done
