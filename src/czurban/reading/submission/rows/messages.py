"""Word the messages and hints for rows and cells that cannot be read."""

from czurban.model.finding import Message, say
from czurban.model.indicator import Indicator
from czurban.reading.submission.cell import UnitTrouble, ValueCell
from czurban.reading.submission.names import shorten, without_mark

Words = tuple[Message, Message]


def ragged(count: int, width: int) -> Words:
    """Return the words for a row with more or fewer cells than the header."""
    if count > width:
        message = say(
            "This row has {count} cells where the header has {width}; its value is not used.", count=count, width=width
        )
        return message, say(
            "A comma inside a number or a name splits a cell in CSV: put such a cell in quotation marks."
        )
    message = say("This row has {count} cells where the header has {width}.", count=count, width=width)
    return message, say("Check that no cell is missing; write an empty cell for what is not known.")


def split_figure(first: str, second: str) -> Words:
    """Return the words for a figure that is split at its thousands separator."""
    message = say(
        "“{first}” and “{second}” look like one figure, split at its thousands separator; it is not used.",
        first=first.strip(),
        second=second.strip(),
    )
    return message, say("Write {number}, or put the cell in quotation marks.", number=first.strip() + second.strip())


def several_cells(text: str) -> Words:
    """Return the words for a cell with the name, the unit and the value of an indicator."""
    message = say("“{text}” holds several cells in one; its value is not used.", text=shorten(text))
    return message, say("Separate cells with a plain comma (,), or write each into a cell of its own.")


def two_periods(in_row: str, header: str) -> Words:
    """Return the words for a row with another period than the header of the column."""
    message = say("The row says {own} and its column says {header}; the value is not used.", own=in_row, header=header)
    return message, say("Write the period once: in the row, or in the header.")


def parts_unsaid(name: str) -> Words:
    """Return the words for a name above rows that have figures and no name."""
    message = say(
        "Rows without a name follow “{name}”, and it is not stated which of them is the whole; none is used.", name=name
    )
    return message, say("Write the name into each row, or a column (分项) with 合计 in the row of the whole.")


def lost_period(header: str) -> Words:
    """Return the words for a column headed by a part of a year, of which the year is not stated."""
    message = say("“{header}” does not say its year, and neither does the table; the value is not used.", header=header)
    return message, say("Write the year into the header, such as 2019年一季度, or into the title.")


def marked(name: str, mark: str) -> Message:
    """Return the message for a name with a footnote mark."""
    return say("“{mark}” is read as a footnote mark and not as a part of “{name}”.", mark=mark, name=shorten(name))


def total(name: str) -> Message:
    """Return the message for a row of totals with a figure in it."""
    return say("“{name}” is a row of totals and no indicator; it is ignored.", name=shorten(name))


def no_period(text: str) -> Words:
    """Return the words for a text that is no period."""
    message = say("“{text}” cannot be read as a period, so the row is not used.", text=shorten(text))
    return message, say("Write a year such as 2019, or 2019Q2, 2019-06, 2019年上半年.")


def two_units(column: str, name: str) -> Words:
    """Return the words for a bracket behind a name or a note with another unit than the unit column."""
    message = say(
        "The unit column says “{column}” and the name or a note says “{name}”; the value is not used.",
        column=shorten(column),
        name=shorten(name),
    )
    return message, say("Write the unit once.")


def noted_unit(note: str, unit: str) -> Words:
    """Return the words for a value whose unit is not that of a note on all figures."""
    message = say(
        "A note says that the unit is “{note}”, and this value is in “{unit}”; it is not used.", note=note, unit=unit
    )
    return message, say("Correct the note, or write the unit of each value into the unit column.")


def no_status(text: str) -> Words:
    """Return the words for a status that is none of the three."""
    message = say("The status “{text}” is not known; the value is used as one without a status.", text=shorten(text))
    return message, say("Write 快报 (preliminary), 年报 (final) or 修订 (revised).")


def unit_trouble(trouble: UnitTrouble, cell: ValueCell, column: str, indicator: Indicator) -> Words:
    """Return the words for a unit that is unknown, or stated twice and differently."""
    written = cell.unit or cell.scale
    if trouble is UnitTrouble.TWO:
        message = say(
            "The cell says “{cell}” and the unit column says “{column}”; the value is not used.",
            cell=shorten(written),
            column=shorten(column),
        )
        return message, say("Write the unit once.")
    return (
        say("The unit “{unit}” is not known.", unit=shorten(written or column)),
        say("Remove the footnote mark “{mark}” behind the number.", mark=written)
        if without_mark(f"1{cell.unit}")
        else say("Write {unit}, the plan's unit, or one that converts to it.", unit=indicator.unit.name),
    )
