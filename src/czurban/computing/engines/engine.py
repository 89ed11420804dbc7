"""What every engine can do: take small tables, look at large ones, and answer statements exactly.

What an engine asks of rows in Python, and how shapes and indicators are spelled for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from czurban.model.observation import Resolved, RowOutcome, RowShape, Texts

Row = tuple[object, ...]
"""One row of an answer: texts, whole numbers, `Decimal`s, booleans or None; never a binary float."""


class TableSource(NamedTuple):
    """A large table: the files (or the one table's name) that hold it, and how they are to be read.

    `form` is "csv", "parquet" or "table". Of a CSV, `columns` are the columns by position as the header names them,
    `skip` is how many physical lines stand before its first row of data, and `encoding` its encoding. `columns` are
    empty for the other forms, which know their own. `exact` are columns that statements see as DECIMAL(28,8) and not
    as text (see `Engine.exact`); `line` is a column that holds the number of a row's line, and `cells`
    one that holds how many cells the row had, where there are such. `quoted`
    says that quotation marks stand in a CSV and mean what they mean there, `newline` what ends its lines (a line feed
    with or without a carriage return), and `wrapped` that cells are known to hold line ends.
    """

    paths: tuple[str, ...]
    form: str
    columns: tuple[str, ...] = ()
    delimiter: str = ","
    skip: int = 1
    encoding: str = "utf-8"
    exact: tuple[str, ...] = ()
    line: str = ""
    cells: str = ""
    quoted: bool = True
    newline: str = "\n"
    wrapped: bool = False


class Engine(Protocol):
    """Runs statements in a small, portable part of SQL, as DuckDB spells it.

    SELECT, CASE, CAST, JOIN, GROUP BY, HAVING, DISTINCT, UNION ALL, COUNT, SUM, MIN, MAX, BETWEEN, REGEXP_MATCHES,
    TRANSLATE, REPLACE, SUBSTRING, TRIM(BOTH ' ' FROM x), COALESCE, NULLIF, CHR, || and, over BIGINT, &, BIT_OR and
    BIT_COUNT may stand in them: what all engines do alike. Numbers are DECIMAL or whole; nothing is divided.

    Raises:
        EngineError: what the engine says went wrong, in a sentence that says what to do.
        BrokenTableError: a row of a CSV cannot be read as it stands.
    """

    name: str

    def exact(self, source: TableSource) -> tuple[str, ...]:
        """The columns whose numbers all fit DECIMAL(28,8) by their type: whole numbers and decimals, of Parquet say."""
        ...

    def view(self, name: str, source: TableSource) -> tuple[str, ...]:
        """Let statements read a large table under a name, and return its columns' names.

        Every column is text but those that the source names as exact. A CSV row that cannot be split into just so many
        cells, or is no UTF-8, makes whatever statement meets it fail with a BrokenTableError.
        """
        ...

    def stored(self, name: str, source: TableSource) -> Mapping[str, str]:
        """Let statements read a large table under a name, every column as it is stored, and return their types.

        Types are spelled as DuckDB does: VARCHAR, BIGINT, DECIMAL(12,2), DOUBLE, BOOLEAN, DATE, TIMESTAMP. Of a CSV
        every column is VARCHAR, and an empty cell is an empty text.
        """
        ...

    def numbered(self, name: str) -> str | None:
        """The name of a view of the same rows with `row_no`, counted from 1 in their order; None where none is kept."""
        ...

    def table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Hand a small table over, its columns with their SQL types (VARCHAR, BIGINT, DECIMAL(28,8), BOOLEAN)."""
        ...

    def keep(self, name: str, statement: str) -> None:
        """Answer once, and let statements read the answer under a name."""
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


BITS = 62
"""How many indicators share one whole number, a bit each, which every engine has as a BIGINT."""


class Judge(Protocol):
    """Rows in Python, as the sieve asks them: what they say is the verdict, whatever an engine counts."""

    def shapes(self, texts: Sequence[Texts]) -> list[RowShape]:
        """Settle shapes, in order."""
        ...

    def outcome(self, texts: Texts, value: str) -> RowOutcome:
        """Settle one row by its shape and the text of its value."""
        ...

    def resolve(self, region: str) -> Resolved:
        """Settle which region a text means."""
        ...

    def known_codes(self) -> Iterable[str]:
        """The regions' codes that are more than a code: those of the plan's hierarchy."""
        ...


class Fields(NamedTuple):
    """The columns of a view that rows are judged by; `region` is empty where the table has none."""

    value: str
    region: str
    shape: tuple[str, ...]
    exact: bool = False


class Against(NamedTuple):
    """The table of known shapes that rows are held against, and by which of its columns a row finds its own.

    What no row of a table has costs nothing: `passes` says that some shapes are passed over, `words` that the
    indicators need more than one word.
    """

    table: str
    by: tuple[int, ...]
    passes: bool = True
    words: bool = True


def deciding(shapes: Sequence[Texts], columns: int) -> tuple[int, ...]:
    """The fewest columns that tell all shapes apart, one if any does: an engine then joins by these alone."""
    for one in range(columns):
        if len({texts[one] for texts in shapes}) == len(shapes):
            return (one,)
    return tuple(range(columns))


def place(indicator: int) -> tuple[int, int]:
    """The word and the bit in it that stand for an indicator."""
    return indicator // BITS, 1 << indicator % BITS
