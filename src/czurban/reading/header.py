"""The header of a sheet: where its block of rows is, what its columns mean, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import Message, say
from czurban.model.observation import Reading
from czurban.model.plan import Plan
from czurban.reading.cell import read_cell
from czurban.reading.columns import Columns, read_columns
from czurban.reading.header_block import block_at
from czurban.reading.header_cell import HeaderText, understand
from czurban.reading.header_words import LABELS, Field
from czurban.reading.naming import shorten
from czurban.reading.sheet import Row, Sheet
from czurban.reading.unknown_columns import unknown_column

_WITHIN = 30
_SAMPLE = 30


class Head(NamedTuple):
    """The header: the index of its first and last row, its texts as one row, what they mean, and other texts in it."""

    first: int
    last: int
    texts: Sequence[HeaderText]
    columns: Columns
    titles: Sequence[str] = ()

    @property
    def plain(self) -> list[str]:
        """Its texts as they are shown."""
        return [text if isinstance(text, str) else " ".join(part for part in text if part) for text in self.texts]


def find_header(sheet: Sheet, plan: Plan) -> Head | None:
    """Find the first block of rows that names an indicator (or number) column and a value column."""
    return next((head for at in range(min(_WITHIN, len(sheet.rows))) if (head := head_at(sheet, at, plan))), None)


def head_at(sheet: Sheet, at: int, plan: Plan, *, later: bool = False) -> Head | None:
    """Return the header whose row of names is at this index, if it can be used.

    `later` says that rows of another table stand above it.
    """
    head = block_head(sheet, at, plan, later=later)
    return head if head and head.columns.usable else None


def block_head(sheet: Sheet, at: int, plan: Plan, *, later: bool = False) -> Head | None:
    """Return the header whose row of names is at this index, usable or not; None where the row has no names."""
    names = read_columns(sheet.rows[at].cells, plan)
    naming = names.naming
    if not naming or _is_dated_title(sheet.rows[at], names):
        return None
    block = block_at(sheet, at, naming, plan, later=later)
    return Head(block.first, block.last, block.texts, read_columns(block.texts, plan), block.titles)


def _is_dated_title(row: Row, names: Columns) -> bool:
    """Whether a row is a title such as 2019年主要指标: it says a period, and nothing stands beside it."""
    return sum(bool(cell.strip()) for cell in row.cells) == 1 and any(one.period for one in names.headers.values())


def header_findings(sheet: Sheet, head: Head | None, ignored: Sequence[int], plan: Plan) -> Iterator[Finding]:
    """Tell what is wrong with the header, or worth knowing: none, a field twice, unknown columns, two rows, no rows."""
    if head is None:
        yield _no_header(sheet, plan)
        return
    row, texts = sheet.rows[head.last], head.plain
    for one, places in head.columns.twice.items():
        yield twice(sheet, row, one, [(i, texts[i]) for i in places])
    if any(isinstance(text, tuple) for text in head.texts):
        message = say(
            "The header has {count} rows, read together as: {names}.",
            count=head.last - head.first + 1,
            names=" | ".join(shorten(text) for text in texts if text),
        )
        yield finding("S116", sheet.place(sheet.rows[head.first]), message)
    for index in ignored:
        cells = (later.cells[index] for later in sheet.rows[head.last + 1 :] if index < len(later.cells))
        yield unknown_column(sheet.place(row, index), texts[index], cells, plan)
    if not sheet.refused and not any(cell.strip() for later in sheet.rows[head.last + 1 :] for cell in later.cells):
        yield finding("S103", sheet.place(row), say("The header is not followed by any row."))


def _no_header(sheet: Sheet, plan: Plan) -> Finding:
    """Say which headers are nearest to ones that can be read, and the one change that would do it."""
    heads = [_nearest(sheet, at, plan) for at in range(min(_WITHIN, len(sheet.rows)))]
    best = max(heads, key=_closeness, default=Head(0, 0, (), Columns()))
    place = sheet.place(sheet.rows[best.first] if sheet.rows else Row(1, ()))
    is_value = Field.VALUE not in best.columns.at
    message = (
        say("No header row names a column of values.")
        if is_value
        else say("No header row names a column of indicators.")
    )
    if not _closeness(best)[0]:
        hint = say(
            "The header needs at least 指标 (indicator) or 编号 (id), and 数值 (value); titles above it are fine."
        )
        return finding("S102", place, message, hint)
    headers = " | ".join(shorten(text) for text in best.plain if text)
    message = (
        say("No header row names a column of values; the nearest is: {headers}.", headers=headers)
        if is_value
        else say("No header row names a column of indicators; the nearest is: {headers}.", headers=headers)
    )
    return finding("S102", place, message, _change(sheet, best, plan, is_value=is_value))


def _nearest(sheet: Sheet, at: int, plan: Plan) -> Head:
    alone = sheet.rows[at].cells
    return block_head(sheet, at, plan) or Head(at, at, alone, read_columns(alone, plan))


def _closeness(head: Head) -> tuple[int, int]:
    """How many columns of a header are understood, and how many it has."""
    columns = head.columns
    known = len(columns.at) + len(columns.claims) + len(columns.others)
    return known, known + len(columns.unknown)


def _change(sheet: Sheet, head: Head, plan: Plan, *, is_value: bool) -> Message:
    """The change that would make a header readable."""
    rows = sheet.rows[head.last + 1 :]
    for at in head.columns.unknown:
        cells = [cell for row in rows[:_SAMPLE] if at < len(row.cells) and (cell := row.cells[at].strip())]
        if is_value and any(read_cell(cell).reported is Reading.VALUE for cell in cells):
            return say(
                "If “{header}” holds what was reached, write 完成值 (value) in its place.",
                header=shorten(_not_understood(head.texts[at], plan)),
            )
        if not is_value and any(read_cell(cell).reported is Reading.UNREADABLE for cell in cells):
            return say(
                "If “{header}” names the indicators, write 指标 (indicator) in its place.",
                header=shorten(_not_understood(head.texts[at], plan)),
            )
    if is_value:
        return say("None of these is known to hold results; add a column headed 完成值 (value) with what was reached.")
    return say("Add a column headed 指标 (indicator) with the names of the indicators.")


def _not_understood(text: HeaderText, plan: Plan) -> str:
    """The part of a header that is not known; all of it where its parts do not go together."""
    parts = (text,) if isinstance(text, str) else text
    return next((part for part in parts if understand(part, plan) is None), " ".join(part for part in parts if part))


def twice(sheet: Sheet, row: Row, one: Field, columns: Sequence[tuple[int, str]]) -> Finding:
    """Two columns that could both be the same; the second is where the finding stands."""
    message: Message = say(
        "The columns {names} could all be the {field}; the sheet is not read.",
        names=" / ".join(f"“{shorten(name)}”" for _, name in columns),
        field=Message(LABELS[one]),
    )
    hint = say("Leave one of them, or name the others differently.")
    return finding("S107", sheet.place(row, columns[1][0]), message, hint)
