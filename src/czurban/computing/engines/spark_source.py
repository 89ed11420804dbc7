"""Large tables that Spark reads: Parquet, its own tables, and CSV by lines."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple, Protocol

from czurban.computing.engines.engine import Source
from czurban.computing.engines.spark_paths import spark_paths

FILE: Final = "czurban_file"
PART: Final = "czurban_part"
NTH: Final = "czurban_nth"
BEFORE: Final = "czurban_before"
"""Columns beside a table's own, named so that no table has them."""


class Part(NamedTuple):
    """A part of a file, where it begins in it, and how many rows it has; of a CSV all lines count."""

    file: str
    begin: int
    rows: int


class Read(NamedTuple):
    """What Spark reads of a source.

    `frame` has the columns as the source's form has them; `counted` makes the same with a row's file, its part and
    its number in that from 0, and tells the parts; None where the form knows no order.
    """

    frame: Any
    counted: Callable[[], tuple[Any, Sequence[Part]]] | None


class Reader(Protocol):
    """Reads one form of source."""

    def __call__(self, session: Any, called: str, source: Source) -> Read:  # noqa: ANN401 - an extra's own class
        """Read it; its helping views are called after it."""
        ...


def parquet(session: Any, called: str, source: Source) -> Read:  # noqa: ARG001, ANN401 - the same shape for every form
    """Parquet files, whose rows have numbers in their file."""
    frame = session.read.option("mergeSchema", value=True).parquet(*spark_paths(source.paths))

    def counted() -> tuple[Any, Sequence[Part]]:
        numbers = (f"_metadata.file_path AS {FILE}", f"CAST(0 AS BIGINT) AS {PART}", f"_metadata.row_index AS {NTH}")
        whole = frame.selectExpr("*", *numbers)
        return whole, [Part(file, 0, many) for file, many in whole.groupBy(FILE).count().collect()]

    return Read(frame, counted)


def table(session: Any, called: str, source: Source) -> Read:  # noqa: ARG001, ANN401 - as above
    """A table of the cluster's, whose rows have no order."""
    return Read(session.table(source.paths[0]), None)


def before(parts: Iterable[Part], paths: Sequence[str], skip: int = 0) -> list[tuple[str, int, int]]:
    """How many rows stand before each part: files in the order they were named, those of a folder by name.

    The first rows of each file, so many as are skipped, are not counted.
    """
    named = {path.removeprefix("file:").replace("\\", ""): at for at, path in enumerate(spark_paths(paths))}
    found, sum_ = [], 0
    for part in sorted(parts, key=lambda one: (named.get(_plain(one.file), 0), one.file, one.begin)):
        sum_ -= skip if part.begin == 0 else 0
        found.append((part.file, part.begin, sum_))
        sum_ += part.rows
    return found


def _plain(uri: str) -> str:
    """The path that Spark's address of a file stands for."""
    from urllib.parse import unquote  # noqa: PLC0415 - only where rows are numbered

    return unquote(uri).removeprefix("file:").replace("///", "/", 1)
