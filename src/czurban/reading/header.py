"""The header row of a sheet: where it is, and what is to be said of it."""

from collections.abc import Iterator, Sequence

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import Message, say
from czurban.reading.columns import LABELS, Columns, Field, read_columns
from czurban.reading.naming import shorten
from czurban.reading.sheet import Row, Sheet

_WITHIN = 30


def find_header(rows: Sequence[Row]) -> int | None:
    """Return the index of the first row that names an indicator (or number) column and a value column."""
    return next((i for i, row in enumerate(rows[:_WITHIN]) if read_columns(row.cells).usable), None)


def header_findings(sheet: Sheet, at: int | None, columns: Columns | None) -> Iterator[Finding]:
    """Tell what is wrong with the header, or worth knowing: no header, a field twice, unknown columns, no rows."""
    if at is None or columns is None:
        yield _no_header(sheet)
        return
    row = sheet.rows[at]
    for one, places in columns.twice.items():
        yield finding("S107", sheet.place(row, places[1]), *_twice(one, [row.cells[i] for i in places]))
    for index in columns.unknown:
        name = shorten(row.cells[index])
        yield finding(
            "S104", sheet.place(row, index), say("The column “{name}” is not known and is ignored.", name=name)
        )
    if not any(cell.strip() for later in sheet.rows[at + 1 :] for cell in later.cells):
        yield finding("S103", sheet.place(row), say("The header is not followed by any row."))


def _no_header(sheet: Sheet) -> Finding:
    best = max(sheet.rows[:_WITHIN], key=lambda row: len(read_columns(row.cells).at), default=Row(1, ()))
    missing = "value" if Field.VALUE not in read_columns(best.cells).at else "name"
    message = (
        say("No header row names a column of values.")
        if missing == "value"
        else say("No header row names a column of indicators.")
    )
    hint = say("The header needs at least 指标 (indicator) or 编号 (id), and 数值 (value); titles above it are fine.")
    return finding("S102", sheet.place(best), message, hint)


def _twice(one: Field, names: Sequence[str]) -> tuple[Message, Message]:
    return (
        say(
            "The columns {names} could all be the {field}; the sheet is not read.",
            names=" / ".join(f"“{shorten(name)}”" for name in names),
            field=Message(LABELS[one]),
        ),
        say("Leave one of them, or name the others differently."),
    )
