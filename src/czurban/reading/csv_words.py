"""What is said of CSV text whose rows cannot be split into cells."""

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import say
from czurban.model.place import Place


def unclosed(place: Place) -> Finding:
    """A quotation mark that is opened and not closed."""
    return finding(
        "S106",
        place,
        say("A quotation mark in this row is opened and not closed as CSV asks, so the row cannot be read."),
        say("Close it, or write a quotation mark inside a cell twice."),
    )


def cut(place: Place) -> Finding:
    """A file that ends in the middle of its last row."""
    return finding(
        "S114",
        place,
        say("The file ends in the middle of this row, so its value is not used: it may be cut in two."),
        say("Ask for the file again; a whole one ends its last row with a line break."),
    )
