"""Addresses of cells as spreadsheets write them: C7, and the letters of a column."""

import re

from czurban.model.place import Place

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")


def cell_at(address: str) -> tuple[int, int] | None:
    """C7 to row 6 and column 2, counted from 0; None for what is no address."""
    found = _CELL.fullmatch(address)
    return (int(found[2]) - 1, column_number(found[1]) - 1) if found else None


def column_number(letters: str) -> int:
    """A to 1, Z to 26, AA to 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 to A, 26 to Z, 27 to AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def row_number(place: Place | None) -> int:
    """Return the row of a place, from 1: its line in a text, its cell's row in a workbook; 0 where it names none."""
    if place is None:
        return 0
    digits = (place.cell or "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return place.line or (int(digits) if digits else 0)
