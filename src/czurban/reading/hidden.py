"""What is said of a sheet's hidden rows and columns."""

from collections.abc import Iterable, Sequence

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import say
from czurban.model.place import Place
from czurban.reading.addresses import column_letters
from czurban.reading.sheet import Sheet


def hidden_cells(sheet: Sheet, file: str) -> Finding:
    """Say which hidden rows and columns of a sheet are not read; there are some."""
    rows = ", ".join(_run(str(a), str(b)) for a, b in runs(sheet.hidden_rows))
    columns = ", ".join(_run(column_letters(a), column_letters(b)) for a, b in runs(sheet.hidden_columns))
    if rows and columns:
        message = say("Hidden rows ({rows}) and columns ({columns}) are not read.", rows=rows, columns=columns)
    elif rows:
        message = say("Hidden rows ({rows}) are not read.", rows=rows)
    else:
        message = say("Hidden columns ({columns}) are not read.", columns=columns)
    return finding("S112", Place(file, sheet=sheet.name), message, say("Unhide them if their figures are meant."))


def runs(numbers: Iterable[int]) -> Sequence[tuple[int, int]]:
    """Numbers as runs without a break: 3, 4, 5, 9 as (3, 5) and (9, 9)."""
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _run(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"
