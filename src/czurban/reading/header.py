"""The header of a sheet: where it is, whether it has one row or two, and what is to be said of it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import Message, say
from czurban.model.plan import Plan
from czurban.reading.columns import Columns, read_columns
from czurban.reading.header_cell import HeaderText
from czurban.reading.header_words import LABELS, Field
from czurban.reading.naming import shorten
from czurban.reading.sheet import Row, Sheet
from czurban.reading.two_rows import above, below
from czurban.reading.unknown_columns import unknown_column

_WITHIN = 30


class Head(NamedTuple):
    """The header: the index of its first and last row, its texts as one row, and what they mean."""

    first: int
    last: int
    texts: Sequence[HeaderText]
    columns: Columns

    @property
    def plain(self) -> list[str]:
        """Its texts as they are shown."""
        return [text if isinstance(text, str) else " ".join(part for part in text if part) for text in self.texts]


def find_header(sheet: Sheet, plan: Plan) -> Head | None:
    """Find the first row, or pair of rows, that names an indicator (or number) column and a value column."""
    return next((head for at in range(min(_WITHIN, len(sheet.rows))) if (head := head_at(sheet, at, plan))), None)


def head_at(sheet: Sheet, at: int, plan: Plan) -> Head | None:
    """The header whose row of names is at this index: with a row below it, a row above it, or alone."""
    alone = read_columns(sheet.rows[at].cells, plan)
    if not alone.naming:
        return None
    if (texts := below(sheet, at, alone, plan)) and (columns := read_columns(texts, plan)).usable:
        return Head(at, at + 1, texts, columns)
    if texts := above(sheet, at, alone, plan):
        columns = read_columns(texts, plan)
        return Head(at - 1, at, texts, columns) if columns.usable else None
    return Head(at, at, sheet.rows[at].cells, alone) if alone.usable else None


def header_findings(sheet: Sheet, head: Head | None, ignored: Sequence[int], plan: Plan) -> Iterator[Finding]:
    """Tell what is wrong with the header, or worth knowing: none, a field twice, unknown columns, two rows, no rows."""
    if head is None:
        yield _no_header(sheet, plan)
        return
    row, texts = sheet.rows[head.last], head.plain
    for one, places in head.columns.twice.items():
        yield twice(sheet, row, one, [(i, texts[i]) for i in places])
    if head.first != head.last:
        message = say(
            "The header has two rows, read together as: {names}.",
            names=" | ".join(shorten(text) for text in texts if text),
        )
        yield finding("S116", sheet.place(sheet.rows[head.first]), message)
    for index in ignored:
        cells = (later.cells[index] for later in sheet.rows[head.last + 1 :] if index < len(later.cells))
        yield unknown_column(sheet.place(row, index), texts[index], cells, plan)
    if not sheet.refused and not any(cell.strip() for later in sheet.rows[head.last + 1 :] for cell in later.cells):
        yield finding("S103", sheet.place(row), say("The header is not followed by any row."))


def _no_header(sheet: Sheet, plan: Plan) -> Finding:
    best = max(sheet.rows[:_WITHIN], key=lambda row: len(read_columns(row.cells, plan).at), default=Row(1, ()))
    if read_columns(best.cells, plan).usable:
        message = say("The row above or below the header says something of its columns of values that is not known.")
        return finding("S102", sheet.place(best), message, say("Write a header of one row, such as 2019年完成值."))
    missing = "value" if Field.VALUE not in read_columns(best.cells, plan).at else "name"
    message = (
        say("No header row names a column of values.")
        if missing == "value"
        else say("No header row names a column of indicators.")
    )
    hint = say("The header needs at least 指标 (indicator) or 编号 (id), and 数值 (value); titles above it are fine.")
    return finding("S102", sheet.place(best), message, hint)


def twice(sheet: Sheet, row: Row, one: Field, columns: Sequence[tuple[int, str]]) -> Finding:
    """Two columns that could both be the same; the second is where the finding stands."""
    message: Message = say(
        "The columns {names} could all be the {field}; the sheet is not read.",
        names=" / ".join(f"“{shorten(name)}”" for _, name in columns),
        field=Message(LABELS[one]),
    )
    hint = say("Leave one of them, or name the others differently.")
    return finding("S107", sheet.place(row, columns[1][0]), message, hint)
