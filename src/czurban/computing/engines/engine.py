"""What every engine can do: take small tables, look at large ones, and answer statements exactly."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

Row = tuple[object, ...]
"""One row of an answer: texts, whole numbers, `Decimal`s, booleans or None; never a binary float."""


class Source(NamedTuple):
    """A large table: the files (or the one table's name) that hold it, and how they are to be read.

    `form` is "csv", "parquet" or "table". Of a CSV, `columns` are the columns by position as the header names them,
    `skip` is how many physical lines stand before its first row of data, and `encoding` its encoding. `columns` are
    empty for the other forms, which know their own.
    """

    paths: tuple[str, ...]
    form: str
    columns: tuple[str, ...] = ()
    delimiter: str = ","
    skip: int = 1
    encoding: str = "utf-8"


class Engine(Protocol):
    """Runs statements in a small, portable part of SQL, as DuckDB spells it.

    SELECT, CASE, CAST, JOIN, GROUP BY, HAVING, DISTINCT, UNION ALL, COUNT, SUM, MIN, MAX, BETWEEN, REGEXP_MATCHES,
    TRANSLATE, REPLACE, SUBSTRING and TRIM(BOTH ' ' FROM x) may stand in them: what all engines do alike. Numbers are
    DECIMAL or whole; nothing is divided.

    Raises:
        EngineError: what the engine says went wrong, in a sentence that says what to do.
    """

    name: str

    def view(self, name: str, source: Source) -> tuple[str, ...]:
        """Let statements read a large table under a name, every column as text, and return its columns' names."""
        ...

    def table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Hand a small table over, its columns with their SQL types (VARCHAR, BIGINT, DECIMAL(28,8), BOOLEAN)."""
        ...

    def rows(self, statement: str) -> list[Row]:
        """Answer with all rows; for answers that are small."""
        ...

    def batches(self, statement: str, size: int) -> Iterator[list[Row]]:
        """Answer with so many rows at a time, never holding all of them."""
        ...

    def write(self, statement: str, path: str) -> None:
        """Write an answer to a file, Parquet or CSV by its ending: whole, or not at all."""
        ...

    def close(self) -> None:
        """Take away everything it made on the way: its temporary files, its tables, its session."""
        ...
