"""What is said of a row that cannot be read as it stands: the sentence, and what to write instead."""

from czurban.model.indicator import Indicator
from czurban.model.message import Message, say
from czurban.reading.cell import Cell
from czurban.reading.naming import shorten
from czurban.reading.units_of import Trouble

Words = tuple[Message, Message]


def ragged(count: int, width: int) -> Words:
    """A row with more or fewer cells than the header."""
    if count > width:
        return (
            say(
                "This row has {count} cells where the header has {width}; its value is not used.",
                count=count,
                width=width,
            ),
            say("A comma inside a number or a name splits a cell in CSV: put such a cell in quotation marks."),
        )
    return (
        say("This row has {count} cells where the header has {width}.", count=count, width=width),
        say("Check that no cell is missing; write an empty cell for what is not known."),
    )


def too_long(raw: str) -> Words:
    """A value cell longer than any cell can be."""
    return (
        say("The value cell holds {count} characters, more than a cell of Excel can.", count=f"{len(raw):,}"),
        say("Write the number alone; remarks belong in the note column."),
    )


def unreadable(raw: str) -> Words:
    """A value that is no number."""
    return (
        say("“{raw}” cannot be read as a number.", raw=shorten(raw)),
        say(
            "Write digits such as 41.5 or 1,234.5, with a unit if it differs; — for not reported; remarks in the note."
        ),
    )


def no_period(text: str) -> Words:
    """A period nobody can read."""
    return (
        say("“{text}” cannot be read as a period, so the row is not used.", text=shorten(text)),
        say("Write a year such as 2019, or 2019Q2, 2019-06, 2019年上半年."),
    )


def no_status(text: str) -> Words:
    """A status that is none of the three."""
    return (
        say("The status “{text}” is not known; the value is used as one without a status.", text=shorten(text)),
        say("Write 快报 (preliminary), 年报 (final) or 修订 (revised)."),
    )


def unit_trouble(trouble: Trouble, cell: Cell, column: str, indicator: Indicator) -> Words:
    """A unit that is unknown, or stated twice and differently."""
    written = cell.unit or cell.scale
    if trouble is Trouble.TWO:
        return (
            say(
                "The cell says “{cell}” and the unit column says “{column}”; nothing is chosen between them.",
                cell=shorten(written),
                column=shorten(column),
            ),
            say("Write the unit once."),
        )
    return (
        say("The unit “{unit}” is not known.", unit=shorten(written or column)),
        say("Write {unit}, the plan's unit, or one that converts to it.", unit=indicator.unit.name),
    )
