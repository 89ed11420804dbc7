"""Refuse tables where it is not clear whether a column has the values of the names, or which column a header is for."""

from collections.abc import Iterator, Sequence

from czurban.model.finding import Message, say
from czurban.model.observation import Reading
from czurban.model.plan import Plan
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.cell import read_cell, text_at
from czurban.reading.submission.columns import Columns
from czurban.reading.submission.header_words import ColumnField, field_of
from czurban.reading.submission.names import Naming, shorten

_ENOUGH = 200
_LEVELS = frozenset({ColumnField.INDICATOR, ColumnField.LEVEL})
"""Fields of columns that may name other indicators than the row's: its group, or a level above it."""
_ONE_TABLE = say("Put the tables on sheets of their own, or delete the blank column if they are one table.")
_EACH_HEADED = say("Write a header over each column of figures, such as 2019年目标 and 2019年完成值.")
_ONE_COLUMN = say(
    "Name the indicators in one column headed 指标 (indicator), or put the tables on sheets of their own."
)


def unclear_names(
    sheet: Sheet, columns: Columns, texts: Sequence[str], rows: Sequence[Row], plan: Plan
) -> tuple[int, Message, Message] | None:
    """Return a column, and in words why the values may not be those of the names; None where all is clear.

    Another column names an indicator where the column of names has another or none; a blank column separates the names
    from the values, and one of the two may belong to another table; or a header of values may span several columns.
    """
    if not rows:
        return None
    name = columns.at.get(ColumnField.INDICATOR, columns.naming[0])
    value = columns.at[ColumnField.VALUE]
    rows, used = rows[:_ENOUGH], {*columns.naming, *columns.values}
    others = [at for at in range(len(texts)) if at not in used and field_of(texts[at], plan) not in _LEVELS]
    naming = Naming(plan)
    for at in others:
        if row := next((row for row in rows if _names_another(row, at, name, value, naming)), None):
            return at, _names_others(text_at(row.cells, at), text_at(texts, name)), _ONE_COLUMN
    left, right = sorted((name, value))
    blank = [at for at in range(left + 1, right) if not any(text_at(cells, at) for cells in (texts, *_cells(rows)))]
    blank = [at for at in blank if not _is_merged(sheet, at, rows)]
    if blank and (value < name or _is_cut(columns, rows, name, value, blank)):
        return value, _apart(texts, name, value), _ONE_TABLE
    width = max(len(texts), 0 if sheet.ragged else max((len(row.cells) for row in rows), default=0))
    for at in columns.values:
        if _may_span(texts, at, width, rows):
            return at, _spanning(texts[at]), _EACH_HEADED
    return None


def _may_span(texts: Sequence[str], at: int, width: int, rows: Sequence[Row]) -> bool:
    """Whether most rows with a value have figures behind it in columns without a header, as below a merged one."""
    end = next((n for n in range(at + 1, len(texts)) if texts[n].strip()), width)
    filled = [cells for cells in _cells(rows) if read_cell(text_at(cells, at)).reported is Reading.VALUE]
    more = [cells for cells in filled if any(_is_figure(text_at(cells, n)) for n in range(at + 1, end))]
    return bool(more) and 2 * len(more) >= len(filled)


def _is_figure(text: str) -> bool:
    return bool(text) and read_cell(text).reported is Reading.VALUE


def _names_another(row: Row, at: int, name: int, value: int, naming: Naming) -> bool:
    """Whether a cell names an indicator where the row has a value, and the name of another indicator or none."""
    text, written = text_at(row.cells, at), text_at(row.cells, name)
    if not any(map(str.isalpha, text)) or read_cell(text_at(row.cells, value)).reported is not Reading.VALUE:
        return False
    known = naming.by_name(text)
    return known is not None and (not written or naming.by_name(written) not in (None, known))


def _is_cut(columns: Columns, rows: Sequence[Row], name: int, value: int, blank: Sequence[int]) -> bool:
    """Whether the names have unexplained figures on their side of the blank columns, or the values have names."""
    explained = {*columns.at.values(), *columns.stated, *columns.others, *columns.remarks}
    if any(_holds(rows, at, Reading.VALUE) for at in range(name + 1, blank[0]) if at not in explained):
        return True
    first = next(at for at in range(blank[-1] + 1, value + 1) if at not in blank)
    kept = {*columns.at.values(), *columns.remarks}
    return first not in kept and _holds(rows, first, Reading.UNREADABLE)


def _holds(rows: Sequence[Row], at: int, kind: Reading) -> bool:
    return any(read_cell(text).reported is kind for cells in _cells(rows) if (text := text_at(cells, at)))


def _cells(rows: Sequence[Row]) -> Iterator[Sequence[str]]:
    return (row.cells for row in rows)


def _is_merged(sheet: Sheet, at: int, rows: Sequence[Row]) -> bool:
    """Whether a blank column is only the rest of merged cells."""
    first = rows[0].number - 1
    return any(merge.left < at <= merge.right and merge.bottom >= first for merge in sheet.merges)


def _names_others(other: str, name: str) -> Message:
    return say(
        "A row names “{other}” outside of the column “{name}”, which has another name there or none;"
        " nothing of the table is used.",
        other=shorten(other),
        name=shorten(name),
    )


def _spanning(header: str) -> Message:
    return say(
        "Columns behind “{header}” have figures and no header, and it is not clear which of them it is for;"
        " nothing of the table is used.",
        header=shorten(header),
    )


def _apart(texts: Sequence[str], name: int, value: int) -> Message:
    return say(
        "A blank column is between “{name}” and “{value}”, and it is not clear that they belong to one table;"
        " nothing of it is used.",
        name=shorten(text_at(texts, name)),
        value=shorten(text_at(texts, value)),
    )
