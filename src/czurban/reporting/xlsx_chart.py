"""Strips of a table as a chart of the spreadsheet program's own, drawn from the cells beside it."""

from collections.abc import Iterator
from typing import Any

from czurban.reporting.document import Strip, Tone
from czurban.reporting.xlsx_looks import BAR
from czurban.reporting.xlsx_table import Flat

_WIDTH, _BAR, _FRAME = 860, 26, 70
_ROW = 20  # points of the screen that a row is high


def strips(table: Flat) -> dict[int, Tone]:
    """The columns that hold the parts of its rows' strips, by number, with their tones; none if it has no strips."""
    charts = [cell.chart for row in table.rows for cell in row if isinstance(cell.chart, Strip)]
    tones = {word: tone for chart in charts for word, count, tone in chart.parts if count}
    return {i: tones[column.title] for i, column in enumerate(table.columns) if column.title in tones}


def draw(book: Any, sheet: Any, table: Flat, head: int, top: int) -> int:  # noqa: ANN401 - the library ships no types
    """Draw the chart at the row `top` for the table with its head in the row `head`; how many rows it covers."""
    parts = strips(table)
    if not parts:
        return 0
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for series in _series(sheet.get_name(), table, head, parts):
        chart.add_series(series)
    _dress(chart)
    height = _FRAME + _BAR * len(table.rows)
    chart.set_size({"width": _WIDTH, "height": height})
    sheet.insert_chart(top, 0, chart, {"object_position": 2, "x_offset": 4, "y_offset": 8})
    return -(-height // _ROW) + 2


def _series(name: str, table: Flat, head: int, parts: dict[int, Tone]) -> Iterator[dict[str, object]]:
    main = next((i for i, column in enumerate(table.columns) if column.main), 0)
    first, last = head + 1, head + len(table.rows)
    for i, tone in parts.items():
        white = "#FFFFFF" if tone in {Tone.GOOD, Tone.BAD} else "#1F2328"
        yield {
            "name": [name, head, i],
            "categories": [name, first, main, last, main],
            "values": [name, first, i, last, i],
            "fill": {"color": BAR[tone]},
            "gap": 45,
            "data_labels": {"value": True, "num_format": "0;;;", "font": {"color": white, "size": 9}},
        }


def _dress(chart: Any) -> None:  # noqa: ANN401
    font = {"name": "宋体", "size": 9}
    chart.set_title({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": font, "line": {"none": True}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_chartarea({"border": {"none": True}})
