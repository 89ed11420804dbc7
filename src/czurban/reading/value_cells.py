"""Value cells of a workbook whose look says something that their text does not: struck through, or merged over rows."""

from collections.abc import Iterable, Iterator, Mapping

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import say
from czurban.model.observation import Observation, Reading
from czurban.reading.addresses import cell_at, column_letters
from czurban.reading.sheet import Merge
from czurban.reading.workbook import WorkbookSheet


def doubtful_cells(sheets: Iterable[WorkbookSheet], observations: Iterable[Observation]) -> Iterator[Finding]:
    """Report values that are struck through, and values whose merged cell covers those of other indicators."""
    marked = {one.name: one for one in sheets if one.struck or one.merges}
    cells: dict[str, dict[tuple[int, int], Observation]] = {}
    for one in observations:
        at = cell_at(one.place.cell or "")
        if one.place.sheet in marked and at:
            cells.setdefault(one.place.sheet, {})[at] = one
    for name, values in cells.items():
        sheet = marked[name]
        yield from (_struck(one) for at, one in values.items() if at in sheet.struck and one.reported is Reading.VALUE)
        yield from (_merged(values[merge.top, merge.left], merge) for merge in sheet.merges if _covers(merge, values))


def _covers(merge: Merge, values: Mapping[tuple[int, int], Observation]) -> bool:
    """Whether a merged range holds a value at its top left and the empty value cell of another row or column."""
    first = values.get((merge.top, merge.left))
    if first is None or first.reported is not Reading.VALUE:
        return False
    inside = (at for at in values if merge.top <= at[0] <= merge.bottom and merge.left <= at[1] <= merge.right)
    return any(values[at] is not first for at in inside)


def _struck(one: Observation) -> Finding:
    message = say("{raw} is struck through, and is used all the same.", raw=one.raw)
    return finding("S275", one.place, message, say("Delete the cell's content if it no longer counts."))


def _merged(one: Observation, merge: Merge) -> Finding:
    cells = f"{column_letters(merge.left + 1)}{merge.top + 1}:{column_letters(merge.right + 1)}{merge.bottom + 1}"
    message = say(
        "{raw} stands in the merged cell {cells}, which covers more values than one; it is used for the first alone.",
        raw=one.raw,
        cells=cells,
    )
    return finding("S275", one.place, message, say("Unmerge the cells and write each value in its own."))
