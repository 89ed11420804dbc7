"""Word the findings about columns: not known, meant by two headers, or not clear to belong to the names."""

from collections.abc import Sequence

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, mark, say
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.cell import text_at
from czurban.reading.submission.header_words import HEADERS, LABELS, ColumnField
from czurban.reading.submission.names import shorten

KINDS = {
    ColumnField.PERIOD: mark("periods"),
    ColumnField.UNIT: mark("units"),
    ColumnField.REGION: mark("regions"),
    ColumnField.SENDER: mark("departments"),
}
"""The kinds of texts that a column without a known header is looked through for."""
Unclear = tuple[int, Message, Message]
"""A column of which it is not clear what it is for, with the message and the hint."""


def unknown_column(place: Place, name: str, kind: ColumnField | None = None, *, refused: bool = False) -> Finding:
    """Report a column that is not known, and the kind of its texts; where `refused`, nothing of the table is used."""
    if kind is None:
        return finding("S104", place, say("The column “{name}” is not known and is ignored.", name=shorten(name)))
    values = {"name": shorten(name), "what": Message(KINDS[kind])}
    message = (
        say("The column “{name}” is not known, but its cells look like {what}; nothing of the table is used.", **values)
        if refused
        else say("The column “{name}” is not known and is ignored, but its cells look like {what}.", **values)
    )
    hint = say("Call it {word} ({field}) if that is what it is.", word=HEADERS[kind][0], field=Message(LABELS[kind]))
    return finding("S138" if refused else "S230", place, message, hint)


def twice(sheet: Sheet, row: Row, field: ColumnField, columns: Sequence[tuple[int, str]]) -> Finding:
    """Report columns that could all be the same field, at the second of them."""
    message: Message = say(
        "The columns {names} could all be the {field}; the sheet is not read.",
        names=" / ".join(f"“{shorten(name)}”" for _, name in columns),
        field=Message(LABELS[field]),
    )
    hint = say("Leave one of them, or name the others differently.")
    return finding("S107", sheet.place(row, columns[1][0]), message, hint)


def names_others(at: int, other: str, name: str) -> Unclear:
    """Return the words for a column with names of other indicators than those of the rows."""
    message = say(
        "A row names “{other}” outside of the column “{name}”, which has another name there or none;"
        " nothing of the table is used.",
        other=shorten(other),
        name=shorten(name),
    )
    hint = say("Name the indicators in one column headed 指标 (indicator), or put the tables on sheets of their own.")
    return at, message, hint


def spanning(at: int, header: str) -> Unclear:
    """Return the words for a header of values that may span several columns."""
    message = say(
        "It is not clear which column “{header}” is for: others with figures have no header, or hardly another one;"
        " nothing of the table is used.",
        header=shorten(header),
    )
    return at, message, say("Write a header over each column of figures, such as 2019年目标 and 2019年完成值.")


def apart(texts: Sequence[str], name: int, value: int) -> Unclear:
    """Return the words for names and values with a blank column between them."""
    message = say(
        "A blank column is between “{name}” and “{value}”, and it is not clear that they belong to one table;"
        " nothing of it is used.",
        name=shorten(text_at(texts, name)),
        value=shorten(text_at(texts, value)),
    )
    return (
        value,
        message,
        say("Put the tables on sheets of their own, or delete the blank column if they are one table."),
    )
