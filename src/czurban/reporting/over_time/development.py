"""Draw how indicators developed: as a sparkline, as a line chart, and as a section of a report."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import gcd

from czurban.model.finding import say
from czurban.model.over_time.opinion import month_number
from czurban.model.over_time.trend import Movement, Point, Trend
from czurban.model.period import Period
from czurban.reporting.document import Block, Document, Heading, LineChart, TableCell
from czurban.reporting.documents.results import with_unit
from czurban.reporting.tables import BLANK, TableColumn, figure, plain_table, signed
from czurban.words.translator import Translator

_TICKS = "▁▂▃▄▅▆▇█"
_MOST_TIMES = 72


def sparkline(values: Sequence[Fraction]) -> str:
    """Draw values as bars of eight heights, the lowest value the lowest bar; equal values are all in the middle."""
    low, high = min(values), max(values)
    if low == high:
        return _TICKS[3] * len(values)
    steps = len(_TICKS) - 1
    return "".join(_TICKS[int(steps * (value - low) / (high - low) + Fraction(1, 2))] for value in values)


def line_chart(trend: Trend, translate: Translator) -> LineChart | None:
    """Make the chart of a trend; None with fewer than two figures."""
    points = trend.drawn
    if len(points) < 2:  # noqa: PLR2004 - a line needs two
        return None
    periods = _even([*(period for period, _ in trend.required), *(point.period for point in points)])
    values = {point.period.end: point.value for point in points}
    by_month = any(not period.is_year for period in periods)
    indicator = trend.series.indicator
    closed = indicator.target.interval.closed()
    bounds = {bound for bound in (closed.low, closed.high) if bound is not None}
    return LineChart(
        with_unit(indicator),
        tuple(_end_of(period, by_month=by_month) for period in periods),
        tuple(values.get(period.end) for period in periods),
        tuple(trend.required_at(period) for period in periods),
        tuple(sorted(bounds)),
        (translate(say("Reached")), translate(say("Required path")), translate(say("Target"))),
    )


def _end_of(period: Period, *, by_month: bool) -> str:
    year, month = period.end
    return f"{year}-{month:02}" if by_month else str(year)


def _even(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Put periods in order of time, with those between them, so that equal distances are equal times."""
    known = {month_number(period.end): period for period in periods}
    step = gcd(*(at - min(known) for at in known)) or 1
    times = range(min(known), max(known) + 1, step)
    if len(times) > _MOST_TIMES:
        return tuple(known[at] for at in sorted(known))
    return tuple(known.get(at) or Period((at - 1) // 12, last=(at - 1) % 12 + 1) for at in times)


def drawn_line(points: Sequence[Point]) -> str:
    """Write the first and the last figure, with a sparkline between them."""
    first, last = points[0], points[-1]
    line = sparkline([point.value for point in points])
    start, end = (f"{point.period} {figure(point.value)}" for point in (first, last))
    return f"{start}  {line}  {end}" if len(points) > 1 else end


_TRENDS = (
    TableColumn[Trend](say("Indicator"), lambda each, _: with_unit(each.series.indicator), main=True),
    TableColumn[Trend](say("Development"), lambda each, _: drawn_line(each.drawn)),
    TableColumn[Trend](say("Change to the last period"), lambda each, _: _change(each.to_last), number=True, fold=2),
    TableColumn[Trend](
        say("Change to the year before"), lambda each, _: _change(each.to_year_before), number=True, fold=1
    ),
)


def _change(change: Movement | None) -> TableCell:
    return signed_cell(change.difference) if change else TableCell(BLANK)


def signed_cell(difference: Fraction) -> TableCell:
    """Make the cell of a difference."""
    return TableCell(signed(difference), value=difference)


def with_trends(document: Document, trends: Sequence[Trend], translate: Translator) -> Document:
    """Return a report with the trends of its indicators before its list of findings, or at its end."""
    section = trends_section(trends, translate)
    last = translate(say("Findings"))
    ends = [at for at, block in enumerate(document.blocks) if isinstance(block, Heading) and block.sheet == last]
    place = ends[-1] if ends else len(document.blocks)
    return document._replace(blocks=(*document.blocks[:place], *section, *document.blocks[place:]))


def trends_section(trends: Sequence[Trend], translate: Translator) -> Sequence[Block]:
    """Compose the section of trends, a line of the table and a chart for each; nothing where none has two figures."""
    drawn = [trend for trend in trends if len(trend.drawn) > 1]
    if not drawn:
        return ()
    charts = [chart for chart in (line_chart(trend, translate) for trend in drawn) if chart]
    title = translate(say("Development over time"))
    return (Heading(title, 2), plain_table(_TRENDS, drawn, translate), *charts)
