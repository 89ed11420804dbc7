"""What is said of a row that cannot be read as it stands: the sentence, and what to write instead."""

from czurban.model.indicator import Indicator
from czurban.model.message import Message, say
from czurban.model.observation import Reading
from czurban.reading.asides import without_mark
from czurban.reading.cell import Cell, read_cell
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


def unreadable(raw: str) -> Words:
    """A value that is no number; a footnote's mark behind a number is named, since 95① is easily read as 951."""
    found = without_mark(raw)
    marked = found is not None and read_cell(found[0]).reported is Reading.VALUE
    return (
        say("“{raw}” cannot be read as a number.", raw=shorten(raw)),
        say("Remove the footnote mark “{mark}” and write {number} alone.", mark=found[1], number=found[0])
        if found and marked
        else say(
            "Write digits such as 41.5 or 1,234.5, with a unit if it differs; — for not reported; remarks in the note."
        ),
    )


def two_periods(own: str, header: str) -> Words:
    """A row that says another period than the header of its value's column."""
    return (
        say("The row says {own} and its column says {header}; the value is not used.", own=own, header=header),
        say("Say the period once: in the row, or in the header."),
    )


def lost_period(header: str) -> Words:
    """A column headed by a part of a year, where nothing says which year."""
    return (
        say("“{header}” does not say its year, and neither does the table; the value is not used.", header=header),
        say("Write the year into the header, such as 2019年一季度, or into the title."),
    )


def marked(name: str, mark: str) -> Message:
    """A name with a footnote's mark."""
    return say("“{mark}” is taken for a footnote mark and not for a part of “{name}”.", mark=mark, name=shorten(name))


def total(name: str) -> Message:
    """A row of totals with a figure in it."""
    return say("“{name}” is a row of totals and no indicator; it is left out.", name=shorten(name))


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
        say("Remove the footnote mark “{mark}” behind the number.", mark=written)
        if without_mark(f"1{cell.unit}")
        else say("Write {unit}, the plan's unit, or one that converts to it.", unit=indicator.unit.name),
    )
