"""Headers of two rows: 完成情况 over 2018年 and 2019年, by merged cells or by blanks that go on with their left."""

from collections.abc import Sequence

from czurban.model.plan import Plan
from czurban.reading.columns import Columns
from czurban.reading.header_cell import HeaderText, understand
from czurban.reading.sheet import Row, Sheet

_SHORT = 6


def below(sheet: Sheet, at: int, columns: Columns, plan: Plan) -> list[HeaderText] | None:
    """The row of names with the row under it, where that one only divides columns: no name, and headers alone."""
    if at + 1 >= len(sheet.rows):
        return None
    upper, lower = sheet.rows[at].cells, sheet.rows[at + 1].cells
    texts = [cell for cell in lower if cell.strip()]
    if not texts or lower == upper or any(_says_other(upper, lower, column) for column in columns.naming):
        return None
    return _together(sheet, at, columns.naming) if all(understand(text, plan) for text in texts) else None


def above(sheet: Sheet, at: int, columns: Columns, plan: Plan) -> list[HeaderText] | None:
    """The row of names with the row over it, where that one heads groups of columns and is no title.

    A short text over a column of values is a heading even where nothing known is meant: 预测 over 2019年 makes it a
    column that is not known, and reading it as a value would be a wrong one.
    """
    if at == 0:
        return None
    upper, lower = sheet.rows[at - 1].cells, sheet.rows[at].cells
    texts = {index: cell.strip() for index, cell in enumerate(upper) if cell.strip()}
    if not texts or lower == upper or any(_says_other(lower, upper, column) for column in columns.naming):
        return None
    heads = all(
        understand(text, plan) or (index in columns.values and _is_short(text)) for index, text in texts.items()
    )
    return _together(sheet, at - 1, columns.naming) if heads else None


def _is_short(text: str) -> bool:
    return len(text) <= _SHORT and not text.endswith("表") and not {":", "："}.intersection(text)


def _says_other(names: Sequence[str], other: Sequence[str], column: int) -> bool:
    """Whether the other row says something else where the names stand."""
    text = other[column].strip() if column < len(other) else ""
    return bool(text) and text != names[column].strip()


def _together(sheet: Sheet, at: int, naming: Sequence[int]) -> list[HeaderText]:
    """Two rows as pairs; an upper text goes on over the blanks to its right that have a text below."""
    upper, lower = sheet.rows[at], sheet.rows[at + 1]
    width = max(len(upper.cells), len(lower.cells))
    ends = _ends(sheet, upper.number - 1)
    group, end = "", width
    pairs: list[HeaderText] = []
    for index, (high, low) in enumerate(zip(_padded(upper, width), _padded(lower, width), strict=True)):
        if high:
            group, end = (high if low else ""), ends.get(index, width)
        elif not low or index >= end or index in naming:
            group = ""
        pairs.append((high or group, low) if low != high and index not in naming else ("", low or high))
    return pairs


def _padded(row: Row, width: int) -> list[str]:
    return [cell.strip() for cell in row.cells] + [""] * (width - len(row.cells))


def _ends(sheet: Sheet, row: int) -> dict[int, int]:
    """Where the merged cells of a row begin, and the column behind their end."""
    return {merge.left: merge.right + 1 for merge in sheet.merges if merge.top == row and merge.right > merge.left}
