"""Compose the report of `czurban trend`: the series of an indicator, what it should be, and what methods say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from czurban.model.finding import mark, say
from czurban.model.over_time.opinion import Method, Opinion, Outlook, Silence
from czurban.model.over_time.trend import Movement, Point, Trend
from czurban.model.text import exact, fixed
from czurban.model.unit import Unit
from czurban.reporting.document import Block, Document, Heading, Item, Items, Json, Paragraph, TableCell, Tone
from czurban.reporting.documents.check import sources
from czurban.reporting.documents.listing import indicator_record
from czurban.reporting.documents.records import head_record
from czurban.reporting.documents.results import titled
from czurban.reporting.over_time.development import drawn_line, line_chart, signed_cell
from czurban.reporting.tables import BLANK, TableColumn, actual, figure, plain_table, signed
from czurban.reporting.texts import exact_text
from czurban.words.translator import Translator

METHOD_NAMES = {
    Method.LINEAR: mark("straight line from the baseline to the target"),
    Method.HP: mark("share of the targeted change (Healthy People, US)"),
    Method.STATCAN: mark("ratio of growth rates (Eurostat, Statistics Canada)"),
    Method.DNS: mark("mean change projected (German strategy)"),
}
OUTLOOKS = {
    Outlook.ON_LINE: mark("on the line or ahead of it"),
    Outlook.BEHIND_LINE: mark("behind the line"),
    Outlook.OFF_LINE: mark("moving away from the target"),
    Outlook.MET: mark("target met"),
    Outlook.MISSED: mark("target missed at the deadline"),
    Outlook.IMPROVED: mark("improved"),
    Outlook.LITTLE_CHANGE: mark("little or no change"),
    Outlook.WORSE: mark("worse"),
    Outlook.SIGNIFICANT: mark("significant progress"),
    Outlook.MODERATE: mark("moderate progress"),
    Outlook.INSUFFICIENT: mark("insufficient progress"),
    Outlook.MOVING_AWAY: mark("moving away from the target"),
    Outlook.REACHED: mark("will be reached, or short by less than 5 %"),
    Outlook.NEAR_MISS: mark("will be short by 5 % to 20 %"),
    Outlook.FAR_MISS: mark("will be short by more than 20 %"),
    Outlook.WRONG_WAY: mark("the distance stays the same or grows"),
    Outlook.NONE: mark("no opinion"),
}
SILENCES = {
    Silence.NO_FIGURE: mark("there is no figure"),
    Silence.NO_BASELINE: mark("the plan has no baseline"),
    Silence.NO_WAY: mark("the baseline meets the target"),
    Silence.NOT_ABOVE_ZERO: mark("growth needs figures above zero"),
    Silence.TOO_FEW: mark("a change needs two figures"),
    Silence.AS_IT_IS: mark("a growth rate, a mean or a total of years is compared as it is"),
    Silence.NO_TIME: mark("there is no time between baseline, figure and deadline"),
}
_TONES = {True: Tone.GOOD, False: Tone.BAD, None: Tone.QUIET}
_RATIO = 2


class _SeriesRow(NamedTuple):
    """A figure with the one before it and what the path asks for."""

    point: Point
    before: Point | None
    required: Fraction | None
    trend: Trend


def _value(row: _SeriesRow, _: Translator) -> TableCell:
    about = "约" if row.point.approximate else ""
    text = about + actual(row.point.value, row.trend.series.indicator.target.interval)
    return TableCell(text, value=row.point.value)


def _required(row: _SeriesRow, _: Translator) -> TableCell:
    return TableCell(BLANK) if row.required is None else TableCell(figure(row.required), value=row.required)


def _moved(row: _SeriesRow, _: Translator) -> TableCell:
    point, before = row.point, row.before
    if before is None or before.together != point.together:
        return TableCell(BLANK)
    restarts = row.trend.series.is_sum and before.period.start != point.period.start
    return TableCell(BLANK) if restarts else signed_cell(point.value - before.value)


def _from(row: _SeriesRow, translate: Translator) -> str:
    place = str(row.point.place) if row.point.place else BLANK
    return translate(say("{raw}, added up or derived"), raw=row.point.raw) if row.point.added else place


_SERIES = (
    TableColumn[_SeriesRow](say("Period"), lambda row, _: str(row.point.period), main=True),
    TableColumn[_SeriesRow](say("Value"), _value, number=True),
    TableColumn[_SeriesRow](say("Change"), _moved, number=True, fold=2),
    TableColumn[_SeriesRow](say("Required path"), _required, number=True, fold=3),
    TableColumn[_SeriesRow](say("Source"), _from, fold=1),
)


def _outlook(opinion: Opinion, translate: Translator) -> TableCell:
    text = translate(OUTLOOKS[opinion.outlook])
    if opinion.silence:
        text = translate(say("no opinion: {reason}"), reason=translate(SILENCES[opinion.silence]))
    good = opinion.toward if opinion.in_time is None else opinion.in_time
    return TableCell(text, _TONES[None if opinion.silence else good])


def _measure(opinion: Opinion, unit: Unit, translate: Translator) -> TableCell:
    if opinion.measure is None:
        return TableCell(BLANK)
    if opinion.outlook is Outlook.MISSED:
        distance = _in_unit(figure(opinion.measure * _scale(unit)), unit, translate)
        return TableCell(translate(say("{distance} short"), distance=distance), value=opinion.measure)
    if opinion.method is Method.STATCAN:
        return TableCell(fixed(opinion.measure, _RATIO), value=opinion.measure)
    text = f"{fixed(opinion.measure * 100, 1)}%"
    if opinion.elapsed is not None:
        time = f"{fixed(opinion.elapsed * 100, 1)}%"
        text = translate(say("{share} at {time} of the time"), share=text, time=time)
    if opinion.intervals is not None:
        several = say("{share} short ({count} changes)")
        counted = several if opinion.intervals != 1 else say("{share} short (1 change)")
        text = translate(counted, share=text, count=opinion.intervals)
    return TableCell(text, value=opinion.measure)


def trend_report(trend: Trend, files: Sequence[str], translate: Translator) -> Document:
    """Compose the report of an indicator's figures over time."""
    series = trend.series
    indicator = series.indicator
    blocks: list[Block] = [
        Heading(titled(indicator)),
        Paragraph(sources(trend.plan.source, files, translate), Tone.QUIET),
    ]
    if trend.drawn:
        blocks.append(Paragraph(drawn_line(trend.drawn)))
    blocks.append(Items(tuple(Item(text) for text in _facts(trend, translate))))
    if series.points:
        blocks.append(plain_table(_SERIES, _rows(trend), translate))
    if chart := line_chart(trend, translate):
        blocks.append(chart)
    if trend.opinions:
        blocks += _opinions(trend, translate)
    return Document(
        tuple(blocks), lambda: _record(trend), lambda: list(_row_records(trend)), language=translate.language
    )


def _rows(trend: Trend) -> Iterator[_SeriesRow]:
    points = trend.series.points
    for before, point in zip((None, *points), points, strict=False):
        yield _SeriesRow(point, before, trend.required_at(point.period), trend)


def _facts(trend: Trend, translate: Translator) -> Iterator[str]:
    series, target = trend.series, trend.series.indicator.target
    unit, last = series.indicator.unit.name, series.last
    baseline = target.baseline.printed if target.baseline else BLANK
    start = (target.baseline.period if target.baseline else None) or trend.plan.baseline_period
    since = f"{baseline} ({start})" if start and target.baseline else baseline
    text = say("No target; baseline: {baseline}")
    if target.interval.has_bound:
        text = say("Target: {rule} by {deadline}; baseline: {baseline}")
    yield translate(text, rule=target.interval.in_unit(unit), deadline=target.deadline, baseline=since)
    if last is None:
        yield translate(say("No figure can be used."))
    elif (due := trend.required_at(last.period)) is not None:
        text = say("Required at the end of {period}: {value}")
        yield translate(text, period=last.period, value=f"{figure(due)}{unit}")
    yield from _changes(trend, translate)
    if series.unused:
        text = say(
            "Figures that are not used, because parts are missing, cannot be added up or do not agree: {periods}"
        )
        yield translate(text, periods=", ".join(map(str, series.unused)))


def _changes(trend: Trend, translate: Translator) -> Iterator[str]:
    year = say("Change since the same time of last year, {period}: {difference}")
    for change, text in ((trend.to_last, say("Change since {period}: {difference}")), (trend.to_year_before, year)):
        if change is not None and not (text is year and change == trend.to_last):
            yield translate(text, period=change.since, difference=_difference(change, trend, translate))


def _difference(change: Movement, trend: Trend, translate: Translator) -> str:
    unit = trend.series.indicator.unit
    text = _in_unit(signed(change.difference * _scale(unit)), unit, translate)
    if unit.is_share:
        return text
    if change.before > 0 and trend.series.last and trend.series.last.period[1:] == change.since[1:]:
        text += f" ({signed(Fraction(fixed(change.difference / change.before * 100, 1)))}%)"
    return text


def _scale(unit: Unit) -> Fraction:
    """Return what a difference is multiplied with to be in percentage points, for shares; else 1."""
    return unit.factor if unit.is_share else Fraction(1)


def _in_unit(number: str, unit: Unit, translate: Translator) -> str:
    """Write a difference with its unit, that of shares in percentage points."""
    return translate(say("{points} percentage points"), points=number) if unit.is_share else f"{number}{unit.name}"


def _opinions(trend: Trend, translate: Translator) -> Iterable[Block]:
    yield Heading(translate(say("Second opinions")), 2)
    unit = trend.series.indicator.unit
    columns: tuple[TableColumn[Opinion], ...] = (
        TableColumn(say("Method of evaluation"), lambda each, words: words(METHOD_NAMES[each.method]), main=True),
        TableColumn(say("Opinion"), _outlook),
        TableColumn(say("Number"), lambda each, words: _measure(each, unit, words), number=True, fold=2),
    )
    yield plain_table(columns, trend.opinions, translate)
    direction = say("The methods disagree on whether the figure moves towards the target.")
    time = say("The methods disagree on whether the target will be reached in time.")
    differences = [(trend.differ_in_direction, direction), (trend.differ_in_time, time)]
    yield from (Paragraph(translate(text), Tone.DOUBT) for differ, text in differences if differ)
    if not any(differ for differ, _ in differences) and sum(opinion.silence is None for opinion in trend.opinions) > 1:
        yield Paragraph(translate(say("The methods do not contradict each other.")), Tone.QUIET)


def _record(trend: Trend) -> dict[str, Json]:
    series, pace = trend.series, trend.pace
    return {
        **head_record(trend.plan, trend.period),
        "indicator": indicator_record(series.indicator, trend.plan),
        "series": list(_row_records(trend)),
        "unused": list(map(str, series.unused)),
        "required": [{"period": str(period), "value": exact(value)} for period, value in trend.required],
        "pace": str(pace.status) if pace else None,
        "to_last": _change_record(trend.to_last),
        "to_year_before": _change_record(trend.to_year_before),
        "opinions": [_opinion_record(opinion) for opinion in trend.opinions],
        "differ_in_direction": trend.differ_in_direction,
        "differ_in_time": trend.differ_in_time,
    }


def _row_records(trend: Trend) -> Iterator[Mapping[str, Json]]:
    for row in _rows(trend):
        point = row.point
        yield {
            "period": str(point.period),
            "value": exact(point.value),
            "required": exact_text(row.required),
            "reported": point.raw,
            "added": point.added,
            "approximate": point.approximate,
            "place": str(point.place) if point.place else None,
        }


def _change_record(change: Movement | None) -> Json:
    if change is None:
        return None
    return {"since": str(change.since), "before": exact(change.before), "difference": exact(change.difference)}


def _opinion_record(opinion: Opinion) -> Mapping[str, Json]:
    return {
        "method": str(opinion.method),
        "outlook": str(opinion.outlook),
        "measure": exact_text(opinion.measure),
        "toward": opinion.toward,
        "in_time": opinion.in_time,
        "reason": str(opinion.silence) if opinion.silence else None,
        "elapsed": exact_text(opinion.elapsed),
        "intervals": opinion.intervals,
    }
