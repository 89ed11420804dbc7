"""Word the messages and hints for rows and cells that cannot be read."""

import re

from czurban.model.finding import Message, say
from czurban.model.indicator import Indicator
from czurban.reading.submission.cell import UnitTrouble, ValueCell, is_bound, is_date, is_exponent, is_figure
from czurban.reading.submission.names import shorten, without_mark

Words = tuple[Message, Message]
_ERROR = r"#(?:[^\s#]+[!?！？]|N/A|GETTING_DATA|#*)|(?:ERR|错误|錯誤)\s*[:：]\s*\d{3}"
"""Errors as Excel, WPS and LibreOffice show them, in English or Chinese: #DIV/0!, #名称?, ####, Err:502."""


def ragged(count: int, width: int) -> Words:
    """Return the words for a row with more or fewer cells than the header."""
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


def split_figure(first: str, second: str) -> Words:
    """Return the words for a figure that is split at its thousands separator."""
    return (
        say(
            "“{first}” and “{second}” look like one figure, split at its thousands separator; it is not used.",
            first=first.strip(),
            second=second.strip(),
        ),
        say("Write {number}, or put the cell in quotation marks.", number=first.strip() + second.strip()),
    )


def several_cells(text: str) -> Words:
    """Return the words for a cell with the name, the unit and the value of an indicator."""
    return (
        say("“{text}” holds several cells in one; its value is not used.", text=shorten(text)),
        say("Separate cells with a plain comma (,), or write each into a cell of its own."),
    )


def unreadable(raw: str) -> Words:
    """Return the words for a value that is no number, by its form: an error of Excel, a bound, a number with a mark."""
    from czurban.reading.sources.cell_formats import odd_format  # noqa: PLC0415 - most files have no such cell

    if re.fullmatch(_ERROR, raw.upper()):
        return (
            say("The cell holds the spreadsheet's error {error} and no number.", error=raw),
            say("Correct the formula, or write the number itself; — for not reported."),
        )
    if raw.startswith("=") and not re.fullmatch(r"=[\d.]+", raw):
        return (
            say("The cell holds the formula {formula} without its result.", formula=shorten(raw)),
            say("Open the file in Excel or WPS and save it again, or write the number itself."),
        )
    if odd := odd_format(raw):
        return (
            say(
                "The cell holds {number}, but its number format {code} shows another figure.",
                number=odd[0],
                code=odd[1],
            ),
            say("Give the cell a plain number format, and write the unit in the unit column."),
        )
    if other := _in_another_form(raw):
        return other
    if is_bound(raw):
        return (
            say("“{raw}” is a bound or a rough number, and not the figure that was reached.", raw=shorten(raw)),
            say("Write the figure that was reached, without words or signs such as 以上, 左右 and ≥."),
        )
    marked = without_mark(raw)
    hint = say(
        "Write digits such as 41.5 or 1,234.5, with a unit if it differs; — for not reported; remarks in the note."
    )
    if marked and is_figure(marked[0]):  # 95① is easily read as 951
        hint = say("Remove the footnote mark “{mark}” and write {number} alone.", mark=marked[1], number=marked[0])
    return say("“{raw}” cannot be read as a number.", raw=shorten(raw)), hint


def _in_another_form(raw: str) -> Words | None:
    """Return the words for a number as a power of ten, or for a date; None where it is neither."""
    if is_exponent(raw):
        return (
            say("“{raw}” is a number in the form of a power of ten, in which digits may be lost.", raw=shorten(raw)),
            say("Give the cell the format of a plain number, and write all digits, such as 1000."),
        )
    if is_date(raw):
        return (
            say("“{raw}” is a date and no figure; a spreadsheet may have changed a number into it.", raw=shorten(raw)),
            say("Give the cell the format of a plain number or of text, and type the figure again."),
        )
    return None


def two_periods(in_row: str, header: str) -> Words:
    """Return the words for a row with another period than the header of the column."""
    return (
        say("The row says {own} and its column says {header}; the value is not used.", own=in_row, header=header),
        say("Write the period once: in the row, or in the header."),
    )


def parts_unsaid(name: str) -> Words:
    """Return the words for a name above rows that have figures and no name."""
    return (
        say(
            "Rows without a name follow “{name}”, and it is not stated which of them is the whole; none is used.",
            name=name,
        ),
        say("Write the name into each row, or a column (分项) with 合计 in the row of the whole."),
    )


def lost_period(header: str) -> Words:
    """Return the words for a column headed by a part of a year, of which the year is not stated."""
    return (
        say("“{header}” does not say its year, and neither does the table; the value is not used.", header=header),
        say("Write the year into the header, such as 2019年一季度, or into the title."),
    )


def marked(name: str, mark: str) -> Message:
    """Return the message for a name with a footnote mark."""
    return say("“{mark}” is read as a footnote mark and not as a part of “{name}”.", mark=mark, name=shorten(name))


def total(name: str) -> Message:
    """Return the message for a row of totals with a figure in it."""
    return say("“{name}” is a row of totals and no indicator; it is ignored.", name=shorten(name))


def no_period(text: str) -> Words:
    """Return the words for a text that is no period."""
    return (
        say("“{text}” cannot be read as a period, so the row is not used.", text=shorten(text)),
        say("Write a year such as 2019, or 2019Q2, 2019-06, 2019年上半年."),
    )


def two_units(column: str, name: str) -> Words:
    """Return the words for a bracket behind a name or a note with another unit than the unit column."""
    return (
        say(
            "The unit column says “{column}” and the name or a note says “{name}”; the value is not used.",
            column=shorten(column),
            name=shorten(name),
        ),
        say("Write the unit once."),
    )


def noted_unit(note: str, unit: str) -> Words:
    """Return the words for a value whose unit is not that of a note on all figures."""
    return (
        say(
            "A note says that the unit is “{note}”, and this value is in “{unit}”; it is not used.",
            note=note,
            unit=unit,
        ),
        say("Correct the note, or write the unit of each value into the unit column."),
    )


def no_status(text: str) -> Words:
    """Return the words for a status that is none of the three."""
    return (
        say("The status “{text}” is not known; the value is used as one without a status.", text=shorten(text)),
        say("Write 快报 (preliminary), 年报 (final) or 修订 (revised)."),
    )


def unit_trouble(trouble: UnitTrouble, cell: ValueCell, column: str, indicator: Indicator) -> Words:
    """Return the words for a unit that is unknown, or stated twice and differently."""
    written = cell.unit or cell.scale
    if trouble is UnitTrouble.TWO:
        return (
            say(
                "The cell says “{cell}” and the unit column says “{column}”; the value is not used.",
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
