"""Word why the text of a value cell is no number: an error of Excel, a formula, a date, a bound, a mark behind it."""

import re

from czurban.model.finding import Message, say
from czurban.model.text import half_width
from czurban.reading.sources.cell_formats import odd_format
from czurban.reading.submission.cell import BOUND, OTHER_FORM, is_figure
from czurban.reading.submission.names import shorten, without_mark

_ERROR = r"#(?:[^\s#]+[!?！？]|N/A|GETTING_DATA|#*)|(?:ERR|错误|錯誤)\s*[:：]\s*\d{3}"
"""Errors as Excel, WPS and LibreOffice show them, in English or Chinese: #DIV/0!, #名称?, ####, Err:502."""


def unreadable(raw: str) -> tuple[Message, Message]:
    """Return the words for a value that is no number, by its form: an error of Excel, a bound, a number with a mark."""
    if re.fullmatch(_ERROR, raw.upper()):
        message = say("The cell holds the spreadsheet's error {error} and no number.", error=raw)
        return message, say("Correct the formula, or write the number itself; — for not reported.")
    if raw.startswith("=") and not re.fullmatch(r"=[\d.]+", raw):
        message = say("The cell holds the formula {formula} without its result.", formula=shorten(raw))
        return message, say("Open the file in Excel or WPS and save it again, or write the number itself.")
    if odd := odd_format(raw):
        message = say(
            "The cell holds {number}, but its number format {code} shows another figure.", number=odd[0], code=odd[1]
        )
        return message, say("Give the cell a plain number format, and write the unit in the unit column.")
    if other := _in_another_form(raw):
        return other
    if is_bound(raw):
        message = say("“{raw}” is a bound or a rough number, and not the figure that was reached.", raw=shorten(raw))
        return message, say("Write the figure that was reached, without words or signs such as 以上, 左右 and ≥.")
    marked = without_mark(raw)
    hint = say(
        "Write digits such as 41.5 or 1,234.5, with a unit if it differs; — for not reported; remarks in the note."
    )
    if marked and is_figure(marked[0]):  # 95① is easily read as 951
        hint = say("Remove the footnote mark “{mark}” and write {number} alone.", mark=marked[1], number=marked[0])
    return say("“{raw}” cannot be read as a number.", raw=shorten(raw)), hint


def _in_another_form(raw: str) -> tuple[Message, Message] | None:
    """Return the words for a number as a power of ten, or for a date; None where it is neither."""
    if is_exponent(raw):
        message = say(
            "“{raw}” is a number in the form of a power of ten, in which digits may be lost.", raw=shorten(raw)
        )
        return message, say("Give the cell the format of a plain number, and write all digits, such as 1000.")
    if is_date(raw):
        message = say(
            "“{raw}” is a date and no figure; a spreadsheet may have changed a number into it.", raw=shorten(raw)
        )
        return message, say("Give the cell the format of a plain number or of text, and type the figure again.")
    return None


def is_bound(raw: str) -> bool:
    """Return whether a text is a bound or an approximation and no figure: 138.19以上, ≥41."""
    plain = half_width(raw).strip()
    return plain.endswith((*BOUND, "+")) or plain.startswith(("≥", "≤", ">", "<", "不", "超过", "低于", "高于"))


def is_exponent(raw: str) -> bool:
    """Return whether a text is a number such as 1E3, in which a spreadsheet may have dropped digits."""
    match = OTHER_FORM.fullmatch(half_width(raw).strip())
    return match is not None and "e" in match[0].casefold()


def is_date(raw: str) -> bool:
    """Return whether a text is a date, such as 1月2日, which a spreadsheet makes of 1-2 and 1.2."""
    return OTHER_FORM.fullmatch(half_width(raw).strip()) is not None and not is_exponent(raw)
