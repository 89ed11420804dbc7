"""A cell's figure as a spreadsheet's number, with the format that shows exactly what the text shows."""

import re
from dataclasses import dataclass
from fractions import Fraction

from czurban.model.digits import exact, fixed
from czurban.reporting.document import Cell

_FIGURE = re.compile(r'([^0-9+\-."]*)([+-]?)([0-9]+(?:\.([0-9]+))?)([^0-9"]*)')
_DIGITS = 15
"""What a spreadsheet keeps of a number."""
_PLACES = 30
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Number:
    """The value as the file holds it, and its number format."""

    value: float
    form: str


def number(cell: Cell) -> Number | None:
    """The cell's number, or None where the text is to stand as text.

    A value that 15 digits hold is held as it is. Of any other, and of one that was not rounded half up so as to stay on
    its side of a verdict, the figure is held that is shown: the reader's own sums then agree with what he reads.
    """
    found = _FIGURE.fullmatch(cell.text)
    if found is None or cell.value is None:
        return None
    before, sign, digits, decimals, after = found.groups()
    shown, places = Fraction(sign + digits), len(decimals or "")
    scale = _scale(after, cell.value, shown, places)
    if not _held(shown) or places > _PLACES or scale is None:
        return None
    rounds = Fraction(fixed(cell.value * scale, places)) == shown
    value = cell.value if rounds and _held(cell.value) else shown / scale
    tail = after.replace("%", "", 1) if scale == _PERCENT else after
    return Number(float(value), _form(before, sign, places, ("%" if scale == _PERCENT else "") + _quoted(tail)))


def _scale(after: str, value: Fraction, shown: Fraction, places: int) -> int | None:
    """What the value was multiplied by to be shown; None if the text shows another number."""
    for scale in (_PERCENT, 1) if after.startswith("%") else (1,):
        if abs(value * scale - shown) < Fraction(1, 10**places):
            return scale
    return None


def _held(value: Fraction) -> bool:
    text = exact(value)
    return "/" not in text and len(text.lstrip("-").replace(".", "").strip("0")) <= _DIGITS


def _form(before: str, sign: str, places: int, after: str) -> str:
    zeros = "0" + ("." + "0" * places if places else "")
    plain = f"{_quoted(before)}{zeros}{after}"
    if sign == "+":
        return f"{_quoted(before)}+{zeros}{after};{_quoted(before)}-{zeros}{after};{plain}"
    return f"{plain};{_quoted(before)}-{zeros}{after}" if before else plain


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""
