"""Draw line charts: as lines of a page, and as charts that Excel and Word draw themselves."""

import io
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from html import escape
from typing import Any, NamedTuple

from czurban.model.text import fixed
from czurban.reporting.document import LineChart
from czurban.reporting.tables import figure

WIDTH, HEIGHT = 480, 220
"""The size of a chart in a workbook or bulletin, in pixels."""
_PAGE_WIDTH, _PAGE_HEIGHT = 360, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 12, 10, 22
_COLOURS = {"reached": "#1F2328", "path": "#7D8894", "goal": "#0A5EA8"}
_FONT = {"name": "宋体", "size": 9}


class DrawnLine(NamedTuple):
    """A line of a page's chart: its kind, its name and its points as SVG writes them."""

    kind: str
    name: str
    points: str


class ChartMark(NamedTuple):
    """A text of a page's chart, with its position."""

    x: str
    y: str
    anchor: str
    text: str


class LinePlan(NamedTuple):
    """The layout of a page's chart; the scale is that of all its lines and does not begin at zero."""

    title: str
    description: str
    width: int
    height: int
    lines: tuple[DrawnLine, ...]
    legend: tuple[DrawnLine, ...]
    dots: tuple[tuple[str, str], ...]
    marks: tuple[ChartMark, ...]


def kinds_of(chart: LineChart) -> tuple[str, ...]:
    """Return the kind of each line of a chart."""
    reached, path, _ = chart.names
    return tuple("reached" if name == reached else "path" if name == path else "goal" for name, _ in chart.lines)


def plan_lines(chart: LineChart) -> LinePlan:
    """Lay out a chart for a page."""
    values = [value for _, line in chart.lines for value in line if value is not None]
    low, high = min(values), max(values)
    span, steps = (high - low) or Fraction(1), max(len(chart.periods) - 1, 1)

    def place(at: int, value: Fraction) -> tuple[str, str]:
        x = _LEFT + Fraction(_PAGE_WIDTH - _LEFT - _RIGHT) * at / steps
        y = _PAGE_HEIGHT - _BOTTOM - (_PAGE_HEIGHT - _BOTTOM - _TOP) * (value - low) / span
        return fixed(x, 1), fixed(y, 1)

    lines = tuple(
        DrawnLine(kind, name, " ".join(",".join(place(at, value)) for at, value in _known(line)))
        for kind, (name, line) in zip(kinds_of(chart), chart.lines, strict=True)
    )
    bottom = str(_PAGE_HEIGHT - 6)
    marks = (
        *(ChartMark(str(_LEFT - 6), place(0, value)[1], "end", figure(value)) for value in dict.fromkeys((low, high))),
        ChartMark(str(_LEFT), bottom, "start", chart.periods[0]),
        ChartMark(str(_PAGE_WIDTH - _RIGHT), bottom, "end", chart.periods[-1]),
    )
    return LinePlan(
        chart.title,
        f"{chart.title}: " + ", ".join(f"{chart.periods[at]} {figure(value)}" for at, value in _known(chart.figures)),
        _PAGE_WIDTH,
        _PAGE_HEIGHT,
        lines,
        tuple({line.name: line for line in lines}.values()),
        tuple(place(at, value) for at, value in _known(chart.figures)),
        marks,
    )


def _known(line: tuple[Fraction | None, ...]) -> Iterator[tuple[int, Fraction]]:
    return ((at, value) for at, value in enumerate(line) if value is not None)


def svg(chart: LineChart) -> str:
    """Draw a chart as an SVG picture that is complete by itself."""
    plan = plan_lines(chart)
    lines = "".join(
        f'<polyline fill="none" stroke="{_COLOURS[line.kind]}" stroke-width="{2 if line.kind == "reached" else 1}"'
        f' points="{line.points}"/>'
        for line in plan.lines
    )
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="2.5" fill="{_COLOURS["reached"]}"/>' for x, y in plan.dots)
    marks = "".join(
        f'<text x="{mark.x}" y="{mark.y}" font-size="9" text-anchor="{mark.anchor}">{escape(mark.text)}</text>'
        for mark in plan.marks
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {plan.width} {plan.height}">'
    return f"{head}{lines}{dots}{marks}</svg>"


def line_chart(book: Any, sheet: str, top: int, chart: LineChart) -> Any:  # noqa: ANN401 - the library ships no types
    """Make a chart of a workbook by the figures that `write_chart_figures` writes to a sheet from the row `top` on."""
    drawn = book.add_chart({"type": "line"})
    first, last = top + 1, top + len(chart.periods)
    for column, kind in enumerate(kinds_of(chart), 1):
        line = {"color": _COLOURS[kind], "width": 2 if kind == "reached" else 1.25}
        drawn.add_series(
            {
                "name": [sheet, top, column],
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, column, last, column],
                "line": {**line, "dash_type": "dash"} if kind == "path" else line,
                "marker": {"type": "circle", "size": 5} if kind == "reached" else {"type": "none"},
            }
        )
    drawn.set_title({"name": chart.title, "name_font": {**_FONT, "size": 11, "bold": False}})
    drawn.set_x_axis({"num_font": _FONT})
    drawn.set_y_axis({"num_font": _FONT, "major_gridlines": {"visible": True, "line": {"color": "#E4E8EC"}}})
    drawn.set_legend({"position": "bottom", "font": _FONT})
    drawn.set_chartarea({"border": {"none": True}})
    drawn.show_blanks_as("span")
    drawn.set_size({"width": WIDTH, "height": HEIGHT})
    return drawn


def write_chart_figures(sheet: Any, top: int, chart: LineChart) -> None:  # noqa: ANN401
    """Write a chart's figures: the periods in the first column, a line in each of the others."""
    sheet.write_string(top, 0, chart.title)
    for column, (name, line) in enumerate(chart.lines, 1):
        sheet.write_string(top, column, name)
        for row, value in enumerate(line, top + 1):
            if value is not None:
                sheet.write_number(row, column, float(value))
    for row, period in enumerate(chart.periods, top + 1):
        sheet.write_string(row, 0, period)


def chart_xml(chart: LineChart) -> bytes:
    """Return a chart as a part of a Word document, with its figures inside; Excel's library makes the same markup."""
    import xlsxwriter  # noqa: PLC0415 - a page needs no workbook

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Figures")
    sheet.insert_chart(0, 0, line_chart(book, "Figures", 0, chart))
    write_chart_figures(sheet, 0, chart)
    book.close()
    with zipfile.ZipFile(stream) as packed:
        return packed.read("xl/charts/chart1.xml")
