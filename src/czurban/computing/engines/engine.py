"""The interface that every engine implements, and the types that it and the statements share."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

from czurban.model.row_outcome import LongNumbers

Row = tuple[object, ...]
"""One row of an answer: texts, whole numbers, `Decimal`s, booleans or None; never a binary float."""
ROW_NUMBER: Final = "czurban_row_number"
"""The column that `Engine.numbered` adds; no table of a user has one of this name."""


class TableSource(NamedTuple):
    """A large table: the files (or the name of the table) that hold it, and how to read them.

    `form` is "csv", "parquet" or "table". Of a CSV, in UTF-8, `columns` are the columns by position as the header
    names them, and `skip` is how many physical lines precede its first row of data. `columns` are empty for the other
    forms, which know their own. `exact` are columns that statements see as DECIMAL(28,8) and not as text (see
    `Engine.exact`); `line` is a column that holds the line number of a row, and `cells` one that holds how many cells
    the row had, where there are such. `quoted` says that a CSV has quotation marks and that they enclose cells,
    `newline` what ends its lines (a line feed with or without a carriage return), and `wrapped` that cells are known
    to hold line ends.
    """

    paths: tuple[str, ...]
    form: str
    columns: tuple[str, ...] = ()
    delimiter: str = ","
    skip: int = 1
    exact: tuple[str, ...] = ()
    line: str = ""
    cells: str = ""
    quoted: bool = True
    newline: str = "\n"
    wrapped: bool = False


class Engine(Protocol):
    """Runs statements in a small, portable part of SQL, in DuckDB's syntax.

    They may use SELECT, CASE, CAST, JOIN, GROUP BY, HAVING, DISTINCT, UNION ALL, COUNT, SUM, MIN, MAX, BETWEEN,
    ROW_NUMBER() OVER (PARTITION BY … ORDER BY …), REGEXP_MATCHES, REGEXP_EXTRACT, REGEXP_REPLACE of all matches,
    TRANSLATE, REPLACE, SUBSTRING, STRPOS, LENGTH, BIT_LENGTH, REVERSE, TRIM(BOTH ' ' FROM x), COALESCE, NULLIF, CHR, ||
    and, over BIGINT, &, >>, BIT_OR, BIT_XOR and BIT_COUNT, which all engines compute alike. Numbers are DECIMAL or
    whole; nothing is divided.

    Attributes:
        name: the name of the engine.
        remote: whether it reads what is not on this machine: paths with a scheme (s3a://) and tables of a catalog.
        ordered: whether an answer without ORDER BY over all numbered rows comes in their order.

    Raises:
        EngineError: the engine fails; the message says what to do.
        BrokenTableError: a row of a CSV cannot be read.
    """

    name: str
    remote: bool
    ordered: bool

    def exact(self, source: TableSource) -> tuple[str, ...]:
        """Return the columns whose numbers all fit DECIMAL(28,8) by their type: whole numbers, and most decimals."""
        ...

    def view(self, name: str, source: TableSource) -> tuple[str, ...]:
        """Make a large table readable under a name, and return its columns' names.

        Every column is text but those that the source names as exact. A CSV row that cannot be split into exactly as
        many cells as there are columns, or is not UTF-8, raises BrokenTableError here or in a statement that reads it.
        """
        ...

    def stored(self, name: str, source: TableSource) -> Mapping[str, str]:
        """Make a large table readable under a name, every column as it is stored, and return their types.

        Types are named as in DuckDB: VARCHAR, BIGINT, DECIMAL(12,2), DOUBLE, BOOLEAN, DATE, TIMESTAMP. Of a CSV
        every column is VARCHAR, and an empty cell is an empty text.
        """
        ...

    def numbered(self, name: str, column: str = "", texts: str = "") -> str | None:
        """Return the name of a view of the same rows with ROW_NUMBER, from 1 in their order; None if they have none.

        Rows whose text in a column is not in the column `raw` of the table `texts` may be left out of it.
        """
        ...

    def table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Make a small table of rows, its columns with their SQL types (VARCHAR, BIGINT, DECIMAL(28,8), BOOLEAN).

        None is NULL, and so is an empty text in a column that is not VARCHAR.
        """
        ...

    def keep(self, name: str, statement: str) -> None:
        """Compute an answer once, and make it readable under a name."""
        ...

    def rows(self, statement: str) -> list[Row]:
        """Return all rows of an answer that is small."""
        ...

    def batches(self, statement: str, size: int) -> Iterator[list[Row]]:
        """Yield an answer, so many rows at a time, without holding all of them."""
        ...

    def write(self, statement: str, path: str) -> None:
        """Write an answer to a file, Parquet or CSV by its ending: whole, or not at all."""
        ...

    def close(self) -> None:
        """Remove everything that it made: temporary files, tables, its session."""
        ...


_AT_ONCE, FEW_AT_ONCE = 4096, 64
"""How many rows of an answer are taken at once, and of one that is seldom taken to its end."""


def every(engine: Engine, statement: str, at_once: int = _AT_ONCE) -> Iterator[Row]:
    """Yield all rows of an answer, of which so many are taken at once."""
    for batch in engine.batches(statement, at_once):
        yield from batch


BITS = 62
"""How many indicators share one whole number, a bit each, which every engine has as a BIGINT."""


class FreeTexts(NamedTuple):
    """Which texts of a column say nothing, so that others stand for them: those that match `sure`, or all but a few.

    `stand_ins` are patterns, each with what stands for the texts that match it; the first that matches counts. This is
    so in rows where one of the columns `needs` is not empty; without any, in all. Texts that differ only in
    `long_numbers` are alike. `saying` is a table of the few in its column TEXT, empty where there are none, and None
    where they are not known.
    """

    sure: str
    stand_ins: tuple[tuple[str, str], ...]
    needs: tuple[str, ...] = ()
    long_numbers: LongNumbers | None = None
    saying: str | None = None


TEXT: Final = "czurban_text"
"""A column of a joined table; no table of a user has one of this name."""


class Fields(NamedTuple):
    """The columns of a view that rows are judged by; `region` is empty where the table has none.

    `other_periods` are those of the shape with figures of other periods, in which one plain number is like any other.
    `free` are those with texts that may say nothing.
    """

    value: str
    region: str
    shape: tuple[str, ...]
    exact: bool = False
    other_periods: tuple[str, ...] = ()
    free: Mapping[str, FreeTexts] = MappingProxyType({})


class KnownShapes(NamedTuple):
    """The table of known shapes, and by which of its columns rows are joined with it.

    `passes` says that the rows of some shapes are not used, `refuses` that some of these are counted by region, and
    `words` that the indicators need more than one word. Where none is so the statements are simpler.
    """

    table: str
    by: tuple[int, ...]
    passes: bool = True
    words: bool = True
    refuses: bool = False


def place(indicator: int) -> tuple[int, int]:
    """Return the word and the bit in it that stand for an indicator."""
    return indicator // BITS, 1 << indicator % BITS


def indicator_at(word: int, bit: int) -> int:
    """Return the indicator that a bit of a word stands for."""
    return word * BITS + bit.bit_length() - 1


class FormulaPlaces(NamedTuple):
    """A formula by the words and bits of its indicators: the one that it gives, and those that have to be reported.

    `any_input` says that one of these is enough. Any of `doubted` that cannot be used is a finding, and then there is
    no result; where `counted` is false it may depend on other figures whether there is this finding.
    """

    result: tuple[int, int]
    inputs: tuple[tuple[int, int], ...]
    doubted: tuple[tuple[int, int], ...]
    any_input: bool = False
    counted: bool = False


class SumsOfFormula(NamedTuple):
    """The sums by which the result of a formula is judged, in parts of the plan's region or in others.

    `formula` is its bit, by its place among all. `multiples` and `least` are rows of the tables of these names (see
    `together_sql`).
    """

    formula: int
    multiples: Sequence[Row]
    least: Row
