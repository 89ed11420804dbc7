"""Open large tables: unpack them or change their encoding where needed, and understand their columns by the first rows.

A table may also lie on a cluster's storage (s3a://…), or in its catalog (table:NAME).
"""

from collections import Counter
from pathlib import Path

from czurban.app.large.large_file import LargeFile
from czurban.computing.engines.engine import Engine, TableSource
from czurban.errors import UsageError
from czurban.files.inputs import is_output
from czurban.model.finding import Place, say
from czurban.model.observation import RowCount
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.large.csv_repair import CELLS, LINE, CsvRepair
from czurban.reading.large.encodings import encoding_of, is_all, make_plain
from czurban.reading.large.lines import LineIndex, csv_head
from czurban.reading.large.long_table import BeyondLimitsError, LongTable, NotLongError
from czurban.reading.large.text_scan import Prefetch, has_short_last_record
from czurban.reading.large.view_sheet import ViewSheet
from czurban.reading.sources.file_names import PACKED, TEXTS, is_elsewhere
from czurban.reading.sources.limits import LIMITS, Limits, too_large, too_many_columns, too_many_rows
from czurban.reading.sources.opening import FileKind, misnamed
from czurban.reading.sources.packed import check_parquet, is_plain, kind_by_head
from czurban.reading.sources.sheet import Row
from czurban.reading.submission.file_faults import no_text, own_report
from czurban.reading.submission.header_words import ColumnField

_HEAD_ROWS = 2000
TABLE = "table:"
_TEXTS = (*TEXTS, *PACKED)


class LargeFiles:
    """Opens large files for an engine; what has to be written on the way lies in one folder."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of one run
        self,
        engine: Engine,
        plan: Plan,
        folder: Path,
        limits: Limits = LIMITS,
        most: int = 50,
        ahead: Prefetch | None = None,
        period: Period | None = None,
    ) -> None:
        """Set it up.

        Args:
            engine: who will read the files.
            plan: the plan, by which their headers are understood.
            folder: where unpacked and repaired files go.
            limits: the longest cell, the most columns.
            most: how many findings of broken rows are kept; 0 keeps all.
            ahead: who may have looked over a file before.
            period: the judged period, which may have its own column; the plan's if None.
        """
        self.engine, self.plan, self.folder, self.limits, self.most = engine, plan, folder, limits, most
        self._ahead = ahead or Prefetch()
        self.period = period or plan.period
        self._made = 0

    def open(self, name: str | Path) -> LargeFile:
        """Open a file, or what only a cluster sees.

        Raises:
            NotLongError: it is no long table.
            BeyondLimitsError: it passes a limit.
            UnreadableError: it cannot be read.
        """
        if is_elsewhere(str(name)):
            return self._checked(self._elsewhere(str(name)))
        if str(name) == "-":
            raise NotLongError("-", say("it is standard input"))
        path = Path(name)
        self._check_size(path)
        if is_output(path):
            raise NotLongError(str(path), say("czurban wrote it"), findings=own_report(str(path))[1])
        if kind_by_head(path) is not FileKind.PARQUET:
            return _named(path, self._checked(self._csv(path, self._plain(path, self._encoding(path)))))
        check_parquet(path)
        file = open_columns(self.engine, TableSource((str(path),), "parquet"), str(path), self.plan, self.period)
        return _named(path, self._checked(file))

    def repair(self, path: Path) -> LargeFile:
        """Open a file some of whose rows are broken: rows that can be split are written to a new file."""
        encoding = self._encoding(path)
        if encoding == "utf-8" and not is_all(path, "utf-8") and is_all(path, "gb18030"):
            encoding = "gb18030"  # its beginning happened to be plain
        plain = self._plain(path, encoding)
        return _named(path, self._repaired(self._csv(path, plain, check=False), plain))

    def _check_size(self, path: Path) -> None:
        size, most = path.stat().st_size, self.limits.engine_size
        if most is not None and size > most:
            raise BeyondLimitsError(str(path), too_large(Place(str(path)), size, self.limits))

    def _checked(self, file: LargeFile) -> LargeFile:
        """Return the file, if it is as wide and as long as the limits allow."""
        table, most = file.table, self.limits.engine_rows
        if table.width > self.limits.columns:
            place = Place(table.file, table.header_line or None)
            raise BeyondLimitsError(table.file, too_many_columns(place, table.width, self.limits))
        if most is None:
            return file
        if file.line_index:
            many = file.line_index.count
        else:
            self.engine.view("counted", file.source)
            many = int(str(self.engine.rows("SELECT COUNT(*) FROM counted")[0][0]))
        if many > most:
            raise BeyondLimitsError(table.file, too_many_rows(Place(table.file), many, self.limits))
        return file

    def _elsewhere(self, name: str) -> LargeFile:
        if not self.engine.remote:
            message = say("{path} is on a cluster, which Spark alone reads.", path=name)
            raise UsageError(message, say("Add --engine spark, or --engine sc://HOST:15002."))
        return open_elsewhere(self.engine, name, self.plan, self.period)

    def _plain(self, path: Path, encoding: str) -> Path:
        """A file's text unpacked and in UTF-8: the file itself where it is so already."""
        if encoding == "utf-8" and is_plain(path):
            return path
        plain = self._new()
        make_plain(path, encoding, plain, self.limits)
        return plain

    def _encoding(self, path: Path) -> str:
        encoding = encoding_of(path)
        if encoding is None:
            raise NotLongError(str(path), say("its beginning is no text"), findings=no_text(str(path))[1])
        return encoding

    def _csv(self, path: Path, plain: Path, *, check: bool = True) -> LargeFile:
        bytes_ = self._ahead.of(plain)
        if bytes_.nul:
            why = say("it holds NUL characters, as no text does")
            raise NotLongError(str(path), why, findings=no_text(str(path))[1])
        head, broken = csv_head(plain, str(path), self.limits)
        index = LineIndex(plain)
        places = ViewSheet(
            str(path), columns=True, delimiter=head.delimiter, lines=index.lines if bytes_.quoted else None
        )
        table = LongTable(head, str(path), self.plan, self.period, places)
        rows = table.table.rows
        lines = [fault.place.line for fault in broken if fault.place and fault.place.line]
        behind = [line for line in (*lines, *(row.number for row in rows[:1])) if line > table.header_line]
        skip = min(behind, default=len(head.lines) + 1) - 1
        above_rows = [fault for fault in broken if fault.place and (fault.place.line or 0) <= skip]
        columns = tuple(f"c{number}" for number in range(table.width))
        above = RowCount(len(head.rows) - len(rows) + len(above_rows), 0, len(above_rows), len(head.rows) - len(rows))
        newline = bytes_.newline or "\n"  # where there are several, the file is repaired
        source = TableSource((str(plain),), "csv", columns, head.delimiter, skip, quoted=bytes_.quoted, newline=newline)
        findings = tuple(table.header_findings())
        codes = Counter(fault.code for fault in above_rows)
        file = LargeFile(source, table, findings, above, index, tuple(above_rows), codes)
        if not bytes_.quoted:
            file = file._replace(bytes=index.bytes_from(skip + 1, len(newline)))
        small = self.limits.cell < LIMITS.cell  # an engine looks for longer lines alone
        opened = any('"' in line for line in head.lines[:skip])  # an engine takes what follows for the same cell
        whole = (
            not (small or opened)
            and len(above_rows) == len(broken)
            and bytes_.splits_alike
            and has_short_last_record(plain)
        )
        return file if whole or not check else self._repaired(file, plain)

    def _repaired(self, file: LargeFile, plain: Path) -> LargeFile:
        source, into = file.source, self._new()
        repair = CsvRepair(file.table.file, len(source.columns), source.delimiter, self.limits, self.most)
        repaired = repair.run(plain, source.skip, into)
        columns = (LINE, CELLS, *source.columns)
        table_source = source._replace(
            paths=(str(into),),
            columns=columns,
            skip=0,
            line=LINE,
            cells=CELLS,
            quoted=True,
            newline="\n",
            wrapped=repaired.wrapped,
        )
        rows = file.rows + RowCount(repaired.refused + repaired.blank, refused=repaired.refused, ignored=repaired.blank)
        broken = (*file.broken, *repaired.findings)
        return file._replace(
            source=table_source,
            rows=rows,
            broken=broken,
            codes=Counter(file.codes) + repaired.codes,
            repaired=repaired.written,
            bytes=None,
        )

    def _new(self) -> Path:
        self._made += 1
        return self.folder / f"plain-{self._made}.csv"


def _named(path: Path, file: LargeFile) -> LargeFile:
    """Say of a file that its name is another kind's, where it is."""
    lie = misnamed(str(path), kind_by_head(path))
    if lie is None:
        return file
    return file._replace(broken=(lie, *file.broken), codes=Counter(file.codes) + Counter((lie.code,)))


def open_columns(engine: Engine, source: TableSource, file: str, plan: Plan, period: Period) -> LargeFile:
    """Open such a table.

    Args:
        engine: who reads it.
        source: how.
        file: the name that places carry.
        plan: the plan, by which the columns are understood.
        period: the judged period, which may have its own column.

    Raises:
        NotLongError: it is no long table.
    """
    source = source._replace(skip=0)
    names = engine.view("head", source)
    cells = ", ".join(f'CAST("{name.replace(chr(34), chr(34) * 2)}" AS VARCHAR)' for name in names)
    head = engine.rows(f"SELECT {cells} FROM head LIMIT {_HEAD_ROWS}")  # noqa: S608 - names are escaped
    rows = [Row(0, list(names)), *(Row(n, [str(cell or "") for cell in row]) for n, row in enumerate(head, 1))]
    places = (Unordered if source.form == "table" else ViewSheet)(file, columns=False, rows=rows)
    table = LongTable(places, file, plan, period, places)
    value = names[table.columns[ColumnField.VALUE]]
    exact = (value,) if value in engine.exact(source) else ()
    return LargeFile(source._replace(exact=exact), table, tuple(table.header_findings()))


class Unordered(ViewSheet):
    """A table whose rows have neither lines nor an order: a place is the table alone."""

    def place(self, row: Row, column: int | None = None) -> Place:  # noqa: ARG002 - as every sheet
        """The table."""
        return Place(self.file)


def open_elsewhere(engine: Engine, name: str, plan: Plan, period: Period) -> LargeFile:
    """Open a table that only a cluster reads.

    Raises:
        NotLongError: it is no long table.
        EngineError: it is not there.
    """
    if name.startswith(TABLE):
        return open_columns(engine, TableSource((name.removeprefix(TABLE),), "table"), name, plan, period)
    form = "csv" if name.lower().endswith(_TEXTS) else "parquet"
    return open_columns(engine, TableSource((name,), form), name, plan, period)
