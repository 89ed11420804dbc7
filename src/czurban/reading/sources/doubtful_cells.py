"""Report cells of a workbook that may not be meant: struck through, merged over other values, or hidden."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, say
from czurban.model.observation import Observation, Reading
from czurban.reading.sources.sheet import CellSheet, Merge, Sheet, cell_at, column_letters


def doubtful_cells(sheets: Iterable[CellSheet], observations: Iterable[Observation]) -> Iterator[Finding]:
    """Report values that are struck through, and values whose merged cell covers those of other indicators."""
    by_name = {sheet.name: sheet for sheet in sheets if sheet.struck or sheet.merges}
    cells: dict[str, dict[tuple[int, int], Observation]] = {}
    for observation in observations:
        at = cell_at(observation.place.cell or "")
        if observation.place.sheet in by_name and at:
            cells.setdefault(observation.place.sheet, {})[at] = observation
    for name, values in cells.items():
        for at, observation in values.items():
            if at in by_name[name].struck and observation.reported is Reading.VALUE:
                message = say("{raw} is struck through, and is used all the same.", raw=observation.raw)
                hint = say("Delete the cell's content if it no longer counts.")
                yield finding("S275", observation.place, message, hint)
        yield from (_merged_value(values, merge) for merge in by_name[name].merges if _covers_others(merge, values))


def _covers_others(merge: Merge, values: Mapping[tuple[int, int], Observation]) -> bool:
    """Return whether a merged range has a value at its top left, and covers the value cell of another row or column."""
    first = values.get((merge.top, merge.left))
    if first is None or first.reported is not Reading.VALUE:
        return False
    covered = (at for at in values if merge.top <= at[0] <= merge.bottom and merge.left <= at[1] <= merge.right)
    return any(values[at] is not first for at in covered)


def _merged_value(values: Mapping[tuple[int, int], Observation], merge: Merge) -> Finding:
    observation = values[merge.top, merge.left]
    cells = f"{column_letters(merge.left + 1)}{merge.top + 1}:{column_letters(merge.right + 1)}{merge.bottom + 1}"
    message = say(
        "{raw} is in the merged cell {cells}, which covers several values; it is used only for the first.",
        raw=observation.raw,
        cells=cells,
    )
    return finding("S275", observation.place, message, say("Unmerge the cells and write each value in its own."))


def hidden_cells(sheet: Sheet, file: str) -> Finding:
    """Return the finding for the hidden rows and columns of a sheet, which are not read."""
    rows = _format_ranges(sheet.hidden_rows, str)
    columns = _format_ranges(sheet.hidden_columns, column_letters)
    if rows and columns:
        message = say("Hidden rows ({rows}) and columns ({columns}) are not read.", rows=rows, columns=columns)
    elif rows:
        message = say("Hidden rows ({rows}) are not read.", rows=rows)
    else:
        message = say("Hidden columns ({columns}) are not read.", columns=columns)
    return finding("S112", Place(file, sheet=sheet.name), message, say("Unhide them if their figures are meant."))


def _format_ranges(numbers: Iterable[int], label: Callable[[int], str]) -> str:
    return ", ".join(label(a) if a == b else f"{label(a)}–{label(b)}" for a, b in ranges_of(numbers))


def ranges_of(numbers: Iterable[int]) -> Sequence[tuple[int, int]]:
    """Group numbers into unbroken ranges: 3, 4, 5, 9 into (3, 5) and (9, 9)."""
    ranges: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return ranges
