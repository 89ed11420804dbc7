"""DuckDB inside this process, with a memory limit and a temporary folder; what it reads is described, never guessed."""

import contextlib
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

try:
    import _duckdb as duckdb  # the library alone: importing its modules in Python takes three times as long
except ImportError:
    import duckdb  # type: ignore[no-redef]

from czurban.computing.engines.engine import ROW_NUMBER, Row, TableSource
from czurban.computing.engines.quoting import literal, quoted
from czurban.errors import BrokenTableError, EngineError
from czurban.files.outputs import PARQUET_MARK
from czurban.files.writing import replaced
from czurban.model.finding import say

_NO_TEXT = "\x01\x02"
"""The mark of a missing cell: two characters that no table holds, so that an empty cell stays an empty text."""
_LONGEST_LINE = 32_767
"""Bytes: a longer line may hold a cell beyond the limit, which the repair of a CSV checks."""
_NEWLINES = {"\n": "\\n", "\r\n": "\\r\\n"}
_WHOLE = re.compile(r"U?(?:TINY|SMALL|BIG)?INT(?:EGER)?")
_DECIMAL = re.compile(r"DECIMAL\((?P<digits>\d+),(?P<places>\d+)\)")
_WILD, _ITSELF = re.compile(r"([*?\[])"), r"[\1]"
_MOST_PLACES, _MOST_BEFORE = 8, 20


def csv_scan(source: TableSource) -> str:
    """Return the scan of CSV files, their columns named by position, so that no row is taken for a header.

    Every option is given but `strict_mode`, which is on: DuckDB 2.0 drops rows where it is given with `new_line`.
    """
    columns = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in source.columns)
    quote = "'\"'" if source.quoted else "''"
    options = (
        "auto_detect = false",
        "header = false",
        f"skip = {source.skip}",
        f"delim = {literal(source.delimiter)}",
        f"quote = {quote}",
        f"escape = {quote}",
        f"nullstr = {literal(_NO_TEXT)}",
        f"new_line = '{_NEWLINES[source.newline]}'",
        f"parallel = {str(not source.wrapped).lower()}",  # it may begin to read within a cell, and then gives up
        f"max_line_size = {_LONGEST_LINE}",
        "encoding = 'utf-8'",
        "compression = 'none'",
        "comment = ''",
        "null_padding = false",
        "ignore_errors = false",
        "hive_partitioning = false",
        f"columns = {{{columns}}}",
    )
    return f"read_csv({_paths(source)}, {', '.join(options)})"


def parquet_scan(source: TableSource) -> str:
    """Return the scan of Parquet files; those of one table may have their columns in another order."""
    return f"read_parquet({_paths(source)}, union_by_name = true, hive_partitioning = false)"


def exact_types(kind: str) -> bool:
    """Return whether every number of a type has at most twenty digits before the point and eight after it."""
    if _WHOLE.fullmatch(kind):
        return True
    decimal = _DECIMAL.fullmatch(kind)
    if decimal is None:
        return False
    digits, places = int(decimal["digits"]), int(decimal["places"])
    return places <= _MOST_PLACES and digits - places <= _MOST_BEFORE


def _paths(source: TableSource) -> str:
    """Return the files as literal patterns, absolute: DuckDB takes ~ in front for the home folder."""
    return f"[{', '.join(literal(_WILD.sub(_ITSELF, str(Path(path).absolute()))) for path in source.paths)}]"


def has_a_plain_name(path: str) -> bool:
    """Return whether DuckDB can open a file by its own name: not one that is half a character."""
    return path.isprintable() and not ("\\" in path and _WILD.search(path))


_SHARE, _LEAST = "50%", 256
"""How much of the machine's memory the engine may take, and at least how many MiB; the rest goes to the disk."""
_AT_FIRST = 320
"""MiB: how much it takes before it uses the disk instead. It has the whole share for what the disk cannot help."""
_AT_ONCE = "enable_caching_operators = false"
"""The setting that gives the first rows of an answer without waiting for two thousand; not every version has it."""
_HASHES = 1 << 20
_HASHED = f"CAST(HASH({{}}) % {_HASHES} AS INTEGER)"
_BROKEN = (
    "csv error",
    "csv parser",
    "csv reader",
    "state machine",
    "unicode",
    "utf-8",
    "utf8",
    "unterminated",
    "maximum line size",
)


class DuckdbEngine:
    """An `Engine` over DuckDB; a context manager that closes it."""

    name = "duckdb"
    remote = False
    ordered = True  # one thread numbers rows, and it hands them on in their order

    def __init__(self, memory: int | None = None, *, bar: bool = False) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="czurban-", ignore_cleanup_errors=True)
        self._folder = Path(self._temporary.name)
        self._made = 0
        self._has_more = False
        self._sources: dict[str, TableSource] = {}
        try:
            self._connection = duckdb.connect(config={"temp_directory": str(self._folder / "spill")})
            for setting in _settings(bar=bar):
                self._connection.execute(f"SET {setting}")
            with contextlib.suppress(duckdb.CatalogException):
                self._connection.execute(f"SET {_AT_ONCE}")
            self._limit(memory)
        except BaseException:
            self._temporary.cleanup()
            raise

    def _limit(self, memory: int | None) -> None:
        """Limit the memory to so many MiB, or at first to some of a share of the machine's, which DuckDB knows."""
        self._connection.execute(f"SET memory_limit = '{_SHARE if memory is None else f'{memory}MiB'}'")
        if memory is None:
            (limit,) = self._connection.execute("SELECT current_setting('memory_limit')").fetchall()[0]
            share = float(str(limit).split()[0]) if str(limit).endswith(("KiB", "MiB")) else _AT_FIRST
            self._has_more = not str(limit).endswith("KiB") and share >= _AT_FIRST
            if share < _LEAST or self._has_more:
                self._connection.execute(f"SET memory_limit = '{min(max(share, _LEAST), _AT_FIRST):.0f}MiB'")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def exact(self, source: TableSource) -> tuple[str, ...]:
        """See `Engine.exact`: whole numbers and decimals that fit; a binary fraction is read as its shortest text."""
        if source.form == "csv":
            return ()
        return tuple(name for name, kind in self._described(f"SELECT * FROM {self._scan(source)}") if exact_types(kind))

    def view(self, name: str, source: TableSource) -> tuple[str, ...]:
        """See `Engine.view`."""
        columns, scan = source.columns, self._scan(source)
        if source.form != "csv":
            columns = tuple(column for column, _ in self._described(f"SELECT * FROM {scan}"))
        whole = self._whole_columns(source)
        shown = ", ".join(_shown(column, source, has_all=column in whole) for column in columns)
        self._run(f"CREATE OR REPLACE VIEW {quoted(name)} AS SELECT {shown} FROM {scan}")
        self._sources[name] = source
        return columns

    def stored(self, name: str, source: TableSource) -> Mapping[str, str]:
        """See `Engine.stored`."""
        self._run(f"CREATE OR REPLACE VIEW {quoted(name)} AS SELECT * FROM {self._scan(source)}")
        return dict(self._described(quoted(name)))

    def _whole_columns(self, source: TableSource) -> set[str]:
        """Return the columns of a Parquet file that lack no cell, by its metadata.

        Nothing has to stand for a missing text there, so that what is stored once for many rows is compared once.
        """
        if source.form != "parquet" or len(source.paths) > 1:
            return set()
        paths = _paths(source._replace(paths=tuple(map(self._named, source.paths))))
        of_groups = f"SELECT path_in_schema AS name, stats_null_count AS missing FROM parquet_metadata({paths})"
        whole = "COUNT(missing) = COUNT(*) AND SUM(missing) = 0"
        return {str(name) for (name,) in self.rows(f"SELECT name FROM ({of_groups}) GROUP BY name HAVING {whole}")}

    def _described(self, what: str) -> list[tuple[str, str]]:
        return [(str(column), str(kind)) for column, kind, *_ in self.rows(f"DESCRIBE {what}")]

    def numbered(self, name: str, column: str = "", texts: str = "") -> str | None:
        """See `Engine.numbered`: to number all rows one thread has to read them; some are kept in a table that does.

        The table has a row for each, in their order, as long as no join chooses among them: so it keeps a few too
        many, those whose hash is that of a text.
        """
        source, view = self._sources[name], quoted(name)
        if not texts or source.line or source.form != "csv":
            number = f"CAST({quoted(source.line)} AS BIGINT)" if source.line else "row_number() OVER ()"
            return self._made_view(f"{name}_numbered", f"SELECT *, {number} AS {ROW_NUMBER} FROM {view}")
        kept, cells = quoted(f"{name}_kept"), ", ".join(map(quoted, source.columns))
        chosen = f"GET_BIT(GETVARIABLE('texts'), {_HASHED.format(quoted(column))}) = 1"
        bits = f"SELECT BITSTRING_AGG({_HASHED.format('raw')}, 0, {_HASHES - 1}) FROM {quoted(texts)}"
        self._run(f"SET VARIABLE texts = ({bits})")
        self._run(
            f"CREATE OR REPLACE TEMP TABLE {kept} AS SELECT CASE WHEN {chosen} THEN [{cells}] END AS cells FROM {view}"
        )
        columns = ", ".join(f"cells[{n}] AS {quoted(column)}" for n, column in enumerate(source.columns, 1))
        some = f"SELECT {columns}, rowid + 1 AS {ROW_NUMBER} FROM {kept} WHERE cells IS NOT NULL"
        return self._made_view(f"{name}_some", some)

    def _made_view(self, name: str, statement: str) -> str:
        self._run(f"CREATE OR REPLACE TEMP VIEW {quoted(name)} AS {statement}")
        return name

    def table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """See `Engine.table`. Many rows go through a file, which is a hundred times as fast as one by one."""
        declared = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())
        self._run(f"CREATE OR REPLACE TEMP TABLE {quoted(name)} ({declared})")
        self._made += 1
        path = self._folder / f"rows-{self._made}.csv"
        if write_rows(path, rows):
            source = TableSource((str(path),), "csv", tuple(columns), skip=0, wrapped=True)
            chosen = ", ".join(_typed(column, kind) for column, kind in columns.items())
            self._run(f"INSERT INTO {quoted(name)} SELECT {chosen} FROM {csv_scan(source)}")
        path.unlink()

    def keep(self, name: str, statement: str) -> None:
        """See `Engine.keep`."""
        self._run(f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS {statement}")

    def rows(self, statement: str) -> list[Row]:
        """See `Engine.rows`."""
        answer: list[Row] = _guarded(self._again_with_more, lambda: self._connection.execute(statement).fetchall())
        return answer

    def batches(self, statement: str, size: int) -> Iterator[list[Row]]:
        """See `Engine.batches`. The engine can run nothing else until the last batch is taken."""
        answer = self._run(statement)
        while batch := _guarded(answer.fetchmany, size):
            yield batch

    def write(self, statement: str, path: str) -> None:
        """See `Engine.write`."""
        key, value = PARQUET_MARK
        parquet = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{key}: {literal(value)}}}"
        form = parquet if path.lower().endswith(".parquet") else "FORMAT csv, HEADER"
        with replaced(Path(path)) as unfinished:
            # this file is hidden already; DuckDB's own temporary one would be visible
            self._run(f"COPY ({statement}) TO {literal(str(unfinished))} ({form}, USE_TMP_FILE false)")

    def close(self) -> None:
        """See `Engine.close`."""
        with contextlib.suppress(duckdb.Error):
            self._connection.close()
        self._temporary.cleanup()

    def _scan(self, source: TableSource) -> str:
        source = source._replace(paths=tuple(map(self._named, source.paths)))
        return csv_scan(source) if source.form == "csv" else parquet_scan(source)

    def _named(self, path: str) -> str:
        """Return a name by which DuckDB can open a file: its own, or that of a link."""
        if has_a_plain_name(path):
            return path
        self._made += 1
        link = self._folder / f"link-{self._made}"
        link.symlink_to(Path(path).absolute())
        return str(link)

    def explain(self, statement: str) -> str:
        """Return the engine's plan for a statement, for tests that it fits into memory."""
        return "\n".join(str(row[1]) for row in self.rows(f"EXPLAIN {statement}"))

    def _run(self, statement: str) -> Any:  # noqa: ANN401 - the library's own class is private
        return _guarded(self._again_with_more, lambda: self._connection.execute(statement))

    def _again_with_more(self, run: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever it gives
        """Run something that leaves nothing behind if it fails, again with the whole share where that is needed."""
        try:
            return run()
        except duckdb.OutOfMemoryException:
            if not self._has_more:
                raise
        self._has_more = False
        self._connection.execute(f"SET memory_limit = '{_SHARE}'")
        return run()


def _settings(*, bar: bool) -> Iterator[str]:
    """Yield the settings. DuckDB estimates a CSV scan at 42 rows, so that a join would hash the large table."""
    yield "disabled_optimizers = 'build_side_probe_side'"
    yield "preserve_insertion_order = true"
    yield "streaming_buffer_size = '64KB'"
    yield "autoinstall_known_extensions = false"
    yield "autoload_known_extensions = false"
    yield f"enable_progress_bar = {str(bar).lower()}"
    yield f"enable_progress_bar_print = {str(bar).lower()}"


def _shown(column: str, source: TableSource, *, has_all: bool) -> str:
    name = quoted(column)
    if column in source.exact:
        return f"CAST({name} AS DECIMAL(28,8)) AS {name}"
    if source.form == "csv":
        return name
    text = f"CAST({name} AS VARCHAR)"
    return f"{text} AS {name}" if has_all else f"COALESCE({text}, '') AS {name}"


def _typed(column: str, kind: str) -> str:
    name = quoted(column)
    return name if kind == "VARCHAR" else f"CAST(NULLIF({name}, '') AS {kind})"


def write_rows(path: Path, rows: Iterable[Sequence[object]]) -> bool:
    """Write rows as CSV, None as a missing cell, and return whether there are any."""
    import csv  # noqa: PLC0415 - only where a table is handed over

    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerows([_NO_TEXT if cell is None else cell for cell in row] for row in rows)
        return stream.tell() > 0


def _guarded(run: Any, *arguments: Any) -> Any:  # noqa: ANN401 - whatever the library gives
    try:
        return run(*arguments)
    except duckdb.OutOfMemoryException as error:
        message = say("The engine needs more memory than it may take.")
        raise EngineError(
            message, say("Give it more with --memory, or free space for what it puts on the disk.")
        ) from error
    except duckdb.Error as error:
        text = str(error)
        if any(word in text.lower() for word in _BROKEN):
            raise BrokenTableError(say("A row of the table cannot be read: {reason}", reason=_first(text))) from error
        message = say("The engine (DuckDB) cannot answer: {reason}", reason=_first(text))
        raise EngineError(message, say("Check the file, or ask for it again.")) from error
    except RuntimeError as error:
        if "interrupt" in str(error).lower():
            raise KeyboardInterrupt from error
        raise


def _first(text: str) -> str:
    return text.splitlines()[0][:200] if text else ""
