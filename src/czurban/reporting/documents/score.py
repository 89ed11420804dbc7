"""Compose the report of `czurban score`: points and bands of indicators, departments and parts, with their working."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from czurban.model.assessment import Assessment, Result
from czurban.model.finding import Message, mark, say
from czurban.model.rating import (
    PACE,
    VERDICT,
    Band,
    Calculation,
    Colour,
    Expression,
    Measure,
    MissingCase,
    MissingPolicy,
    RollUp,
    names_in,
    ordered_names,
)
from czurban.model.score import PointStep, RatedIndicator, Rating, Scores, StepKind, Total
from czurban.model.text import exact, fixed
from czurban.reporting.document import (
    Block,
    Document,
    DocumentTable,
    Heading,
    Item,
    Items,
    Json,
    Paragraph,
    Strip,
    TableCell,
    Tone,
)
from czurban.reporting.documents.check import head
from czurban.reporting.documents.records import FORMAT, exact_text, plan_record
from czurban.reporting.documents.results import actual_text, group_of
from czurban.reporting.labels import figure, number_of
from czurban.reporting.tables import BLANK, TableColumn, count_column, grouped_table, plain_table
from czurban.words.translator import Translator

_TONES = {
    Colour.GREEN: Tone.GOOD,
    Colour.BLUE: Tone.PLAIN,
    Colour.YELLOW: Tone.DOUBT,
    Colour.ORANGE: Tone.DOUBT,
    Colour.RED: Tone.BAD,
    Colour.GREY: Tone.QUIET,
}
NAMES: Mapping[str, str] = {
    Measure.VALUE: mark("value reported"),
    Measure.TARGET: mark("target value"),
    Measure.BASELINE: mark("baseline value"),
    Measure.GAP: mark("gap to the target"),
    Measure.COMPLETION: mark("completion rate"),
    Measure.SHORTFALL: mark("shortfall rate"),
    Measure.PROGRESS: mark("progress rate"),
    Measure.CHANGE: mark("change since the baseline"),
    Measure.GROWTH: mark("growth rate"),
    Measure.PLAN: mark("planned growth rate"),
    Measure.DUE: mark("value due"),
    Measure.ATTAINMENT: mark("attainment rate"),
    Measure.LAG: mark("lag in points"),
    VERDICT: mark("verdict word"),
    PACE: mark("pace word"),
}
"""How the measures of rules are called in reports."""
_CASES = {
    MissingCase.NO_TARGET: mark("without a target"),
    MissingCase.NOT_APPLICABLE: mark("not applicable"),
    MissingCase.NOT_REPORTED: mark("not reported"),
    MissingCase.UNREADABLE: mark("unreadable"),
}
_POLICIES = {
    MissingPolicy.LEAVE_OUT: mark("left out"),
    MissingPolicy.LOWEST: mark("counts as the lowest"),
    MissingPolicy.ZERO: mark("counts as 0"),
}
_WAYS = {
    RollUp.SUM: mark("sum of the points"),
    RollUp.MEAN: mark("mean of the points"),
    RollUp.WEIGHTED_MEAN: mark("mean of the points by weight"),
    RollUp.WORST: mark("the worst counts"),
    RollUp.LATEST: mark("the latest counts"),
    RollUp.ALL_OR_NOTHING: mark("all points or none"),
}
_STEPS = {
    StepKind.NOTHING: mark("less than the full score"),
    StepKind.MOST: mark("at most"),
    StepKind.LEAST: mark("at least"),
    StepKind.LOWEST: mark("the lowest points"),
    StepKind.ZERO: mark("no points"),
}
_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}
_LOOSE = frozenset("+-")
_PLACES = 2
_MOST_SHOWN = 8


class Shown(NamedTuple):
    """Which part of the scores is shown: the results in scope, and the department or category that it stands for."""

    scope: Callable[[Result], bool]
    department: str | None = None
    category: str | None = None


class _Row(NamedTuple):
    """An indicator with what is needed to write about it."""

    rated: RatedIndicator
    scores: Scores

    @property
    def rating(self) -> Rating:
        return self.rated.rating


def score_report(scores: Scores, assessment: Assessment, shown: Shown, translate: Translator) -> Document:
    """Compose the report of the scores that are shown."""
    rated = [each for each in scores.indicators if shown.scope(each.rating.result)]
    departments = [
        total
        for total in scores.departments
        if shown.department in {None, total.name} and (shown.category is None or shown.department)
    ]
    parts = [total for total in scores.parts if shown.category in {None, total.name} and not shown.department]
    title = f"{translate(say('Scores'))} · {scores.plan.title}"
    blocks: list[Block] = [Heading(title), *list(head(assessment, translate))[1:]]
    blocks += _summary(scores, rated, shown, translate)
    if parts:
        blocks += [Heading(translate(say("By part")), 2), _totals_table(scores, parts, say("Part"), translate)]
    if departments:
        heading = Heading(translate(say("By department")), 2)
        blocks += [heading, _totals_table(scores, departments, say("Department"), translate)]
    if rated:
        blocks += [Heading(translate(say("By indicator")), 2), _indicator_table(scores, rated, translate)]
        blocks += [Heading(translate(say("Working")), 2), _working_items(scores, rated, translate)]
    return Document(
        tuple(blocks),
        lambda: score_record(scores, rated, (*parts, *departments), translate),
        lambda: [_record(_Row(each, scores), translate) for each in rated],
        language=translate.language,
    )


def _summary(
    scores: Scores, rated: Sequence[RatedIndicator], shown: Shown, translate: Translator
) -> Iterator[Paragraph]:
    rules = scores.rules
    text = translate(say("Rules: {title}."), title=translate(rules.title) if not rules.file else rules.title)
    text += f" {translate(say('File: {file}.'), file=rules.file)}" if rules.file else ""
    text += f" {translate(say('Source: {source}.'), source=rules.source)}" if rules.source else ""
    yield Paragraph(text, Tone.QUIET)
    ratings = [each.rating for each in rated]
    bands = Counter(_word(rating.band, scores, translate) for rating in ratings if rating.band and not rating.missing)
    listed = tuple(f"{word} {count}" for word, count in bands.items())
    sentence = say("{rated} of {total} indicators are rated: {bands}.") if listed else say("No indicator is rated.")
    yield Paragraph(translate(sentence, rated=bands.total(), total=len(ratings), bands=listed))
    if missing := Counter((rating.missing, rating.policy) for rating in ratings if rating.missing):
        cases = tuple(
            translate(
                say("{count} {case} ({policy})"),
                count=count,
                case=translate(_CASES[case]),
                policy=translate(_POLICIES[policy]),
            )
            for (case, policy), count in missing.items()
            if case and policy
        )
        yield Paragraph(translate(say("Without a rating of their own: {cases}."), cases=cases), Tone.DOUBT)
    if shown.department is None and shown.category is None:
        yield from _total_sentence(scores, translate)


def _total_sentence(scores: Scores, translate: Translator) -> Iterator[Paragraph]:
    total = scores.total
    if total.points is None:
        return
    way = translate(_WAYS[total.way])
    text = translate(say("The plan has {points} points ({way})."), points=_points(total.points, scores), way=way)
    if total.band:
        text += " " + translate(say("Grade: {grade}."), grade=total.band.word)
    yield Paragraph(text, _TONES[total.band.colour] if total.band else Tone.PLAIN)
    if total.veto:
        veto = say("“{name}” is in the band “{band}”, which forfeits all points.")
        band = total.veto.band.word if total.veto.band else ""
        yield Paragraph(translate(veto, name=total.veto.result.indicator.name, band=band), Tone.BAD)


def _word(band: Band | None, scores: Scores, translate: Translator) -> str:
    """Return the word of a band; only the words of the default rules are translated."""
    if band is None:
        return BLANK
    return band.word if scores.rules.file else translate(band.word)


def _points(points: Fraction, scores: Scores) -> str:
    """Write points with two decimals, or more where these would put them on the other side of a grade's bound."""
    bounds = {
        -each.constant / each.factors[0][1]
        for grade in scores.rules.grades
        for cell in grade.when.cells
        for each in cell.comparisons
        if len(each.factors) == 1
    }
    text = exact(points)
    if "/" not in text and len(text.partition(".")[2]) <= _PLACES:
        return text
    places = _PLACES
    while any(_side(points, bound) != _side(Fraction(fixed(points, places)), bound) for bound in bounds):
        places += 1
    return fixed(points, places)


def _side(value: Fraction, bound: Fraction) -> int:
    return (value > bound) - (value < bound)


def _points_cell(points: Fraction | None, scores: Scores, band: Band | None = None) -> TableCell:
    if points is None:
        return TableCell(BLANK, Tone.QUIET)
    return TableCell(_points(points, scores), _TONES[band.colour] if band else Tone.PLAIN, points)


def _band_cell(band: Band | None, scores: Scores, translate: Translator, *, missing: str = "") -> TableCell:
    if band is None:
        return TableCell(missing or BLANK, Tone.QUIET)
    text = _word(band, scores, translate)
    return TableCell(f"{text} ({missing})" if missing else text, _TONES[band.colour])


class _TotalRow(NamedTuple):
    """A roll-up with the scores that it is of."""

    total: Total
    scores: Scores


def _totals_table(scores: Scores, totals: Sequence[Total], title: Message, translate: Translator) -> DocumentTable:
    scored = any(total.points is not None for total in totals)
    columns: list[TableColumn[_TotalRow]] = [
        TableColumn(title, _total_name, main=True),
        count_column(say("Indicators counted"), lambda row: len(row.total.counted)),
        count_column(say("Left out"), lambda row: len(row.total.left_out), fold=3),
    ]
    if scored:
        points = TableColumn[_TotalRow](
            say("Points"), lambda row, _: _points_cell(row.total.points, row.scores, row.total.band), number=True
        )
        columns.append(points)
    if any(total.rank for total in totals):
        columns.append(TableColumn(say("Rank"), lambda row, _: str(row.total.rank or BLANK), number=True))
    if any(total.band for total in totals):
        label = say("Grade") if scores.rules.grades and scored else say("Worst band")
        columns.append(TableColumn(label, lambda row, translate: _band_cell(row.total.band, row.scores, translate)))
    if scored:
        columns.append(TableColumn(say("Working"), _total_working, fold=1))
    return plain_table(columns, [_TotalRow(total, scores) for total in totals], translate)


def _total_name(row: _TotalRow, translate: Translator) -> TableCell:
    counts = Counter(
        (_word(rating.band, row.scores, translate), rating.band.colour) for rating in row.total.counted if rating.band
    )
    strip = Strip(tuple((word, count, _TONES[colour]) for (word, colour), count in counts.items()))
    return TableCell(row.total.name or BLANK, chart=strip if counts else None)


def _total_working(row: _TotalRow, translate: Translator) -> str:
    """Write how the points of a roll-up come about, with the points of its indicators as far as there is room."""
    total = row.total
    if total.points is None:
        return BLANK
    if total.veto and total.veto.band:
        text = say("0 because of {name} ({band})")
        return translate(text, name=total.veto.result.indicator.name, band=total.veto.band.word)
    way = translate(_WAYS[total.way])
    scored = [rating for rating in total.counted if rating.points is not None]
    if len(scored) > _MOST_SHOWN:
        return way
    numbers = [_points(rating.points or Fraction(0), row.scores) for rating in scored]
    if total.way is RollUp.WEIGHTED_MEAN and len({rating.weight for rating in scored}) > 1:
        weights = sum((rating.weight for rating in scored), Fraction(0))
        parts = " + ".join(f"{n} × {figure(rating.weight)}" for n, rating in zip(numbers, scored, strict=True))
        return f"{way}: ({parts}) ÷ {figure(weights)} = {_points(total.points, row.scores)}"
    if total.way in {RollUp.MEAN, RollUp.WEIGHTED_MEAN} and len(numbers) > 1:
        return f"{way}: ({' + '.join(numbers)}) ÷ {len(numbers)} = {_points(total.points, row.scores)}"
    separator = " + " if total.way is RollUp.SUM else translate(say(", "))
    return f"{way}: {separator.join(numbers)}"


def _indicator_table(scores: Scores, rated: Sequence[RatedIndicator], translate: Translator) -> DocumentTable:
    scored = any(each.rating.points is not None for each in rated)
    columns: list[TableColumn[_Row]] = [
        TableColumn(say("No."), lambda row, translate: number_of(row.rating.result.indicator, translate), number=True),
        TableColumn(say("Indicator"), _name, main=True),
        TableColumn(
            say("Reported"),
            lambda row, _: TableCell(actual_text(row.rating.result), value=row.rating.result.actual),
            number=True,
            fold=1,
        ),
        TableColumn(say("Measure"), _measure_cell, fold=3),
        TableColumn(say("Band"), _status_cell),
    ]
    if scored:
        columns.append(
            TableColumn(
                say("Points"), lambda row, _: _points_cell(row.rating.points, row.scores, row.rating.band), number=True
            )
        )
    if len({each.rating.weight for each in rated}) > 1:
        columns.append(TableColumn(say("Weight"), lambda row, _: figure(row.rating.weight), number=True, fold=4))
    if len(scores.periods) > 1:
        columns.append(TableColumn(say("Earlier"), _earlier, fold=2))
    groups = (
        (title, [_Row(each, scores) for each in members])
        for title, members in groupby(rated, key=lambda each: group_of(each.rating.result, scores.plan))
    )
    return grouped_table(columns, groups, translate, say("Category"))


def _name(row: _Row, _: Translator) -> TableCell:
    indicator = row.rating.result.indicator
    return TableCell(f"{indicator.name}（{indicator.unit.name}）", anchor=indicator.id)


def _status_cell(row: _Row, translate: Translator) -> TableCell:
    rating = row.rating
    missing = translate(_CASES[rating.missing]) if rating.missing else ""
    return _band_cell(rating.band, row.scores, translate, missing=missing)


def _earlier(row: _Row, translate: Translator) -> str:
    """Write the earlier ratings, the oldest first."""
    ratings = [rating for rating in row.rated.history[:-1] if rating.band and not rating.missing]
    texts = (f"{rating.period}: {_brief(rating, row.scores, translate)}" for rating in ratings)
    return translate(say("; ")).join(texts) or BLANK


def _brief(rating: Rating, scores: Scores, translate: Translator) -> str:
    """Write the measure that a band depends on, and the band."""
    word = _word(rating.band, scores, translate)
    names = [name for name in (rating.band.when.names if rating.band else ()) if name in rating.measures]
    if len(names) != 1:
        return word
    return f"{tenths(rating.measures[names[0]].value)} {word}"


def tenths(value: Fraction) -> str:
    """Write a number with one decimal."""
    text = fixed(value, 1)
    return text if "." in text else f"{text}.0"


def working(rating: Rating, scores: Scores, translate: Translator) -> list[str]:
    """Write how a rating comes about: its measures with their values, its condition, and the steps of its points."""
    steps = [_step_text(step, rating, translate) for step in rating.steps]
    if rating.missing:
        case, policy = translate(_CASES[rating.missing]), translate(_POLICIES[rating.policy or MissingPolicy.LEAVE_OUT])
        return [f"{case}{translate(say(': '))}{policy}", *steps]
    if rating.band is None:
        return steps
    measures = [_measure_text(name, rating, translate) for name in _used(rating)]
    condition = f"{rating.band.when.text} → {_word(rating.band, scores, translate)}"
    return [*measures, condition, *steps]


def _working_items(scores: Scores, rated: Sequence[RatedIndicator], translate: Translator) -> Items:
    """List the working of every rating, and how the indicators that are left out were handled."""
    items = []
    for each in rated:
        indicator = each.rating.result.indicator
        lines = tuple(Item(line) for line in working(each.rating, scores, translate))
        items.append(Item(f"{number_of(indicator, translate)} {indicator.name}", lines))
    return Items(tuple(items))


def _measure_cell(row: _Row, translate: Translator) -> str:
    """Write the measures that the band depends on."""
    rating = row.rating
    names = rating.band.when.names if rating.band and not rating.missing else ()
    known = [name for name in ordered_names(names) if name in rating.measures]
    texts = (f"{_label(name, translate)} {figure(rating.measures[name].value)}" for name in known)
    return translate(say(", ")).join(texts) or BLANK


def _used(rating: Rating) -> Sequence[str]:
    """Return the names that the band and the points of a rating depend on, without figures that need no working."""
    band = rating.band
    used = set(band.when.names) if band else set()
    if band and band.points and not rating.rank:
        used |= names_in(band.points.expression)
    for step in rating.steps:
        used |= names_in(step.expression) if step.expression is not None else set()
    return [name for name in ordered_names(used) if name in rating.measures]


def _label(name: str, translate: Translator) -> str:
    return translate(NAMES[name]) if name in NAMES else name


def _measure_text(name: str, rating: Rating, translate: Translator) -> str:
    measured = rating.measures[name]
    value = figure(measured.value)
    if measured.expression is None:
        return f"{_label(name, translate)} = {value}"
    symbols = written(measured.expression, lambda part: _label(part, translate))
    numbers = written(measured.expression, lambda part: figure(rating.measures[part].value))
    return f"{_label(name, translate)} = {symbols} = {numbers} = {value}"


def _step_text(step: PointStep, rating: Rating, translate: Translator) -> str:
    after = figure(step.after)
    if step.kind is StepKind.RANK:
        return translate(say("rank {rank}: {points} points"), rank=rating.rank, points=after)
    if step.kind in _STEPS:
        return f"{translate(_STEPS[step.kind])}: {after}"
    numbers = written(step.expression or step.points, lambda part: figure(rating.measures[part].value))
    if step.kind is StepKind.BAND:
        text = numbers if isinstance(step.expression, Fraction) else f"{numbers} = {after}"
        return translate(say("{points} points"), points=text)
    times = f" × {figure(step.times)}" if step.times is not None else ""
    sign = "+" if step.points >= 0 else "−"
    return f"{step.name}: {numbers}{times} → {sign}{figure(abs(step.points))} = {after}"


def written(expression: Expression, name: Callable[[str], str]) -> str:
    """Write an expression, with its names as given and brackets only where they are needed."""
    if isinstance(expression, Fraction):
        return figure(expression)
    if isinstance(expression, str):
        return name(expression)
    left, right = (written(side, name) for side in (expression.left, expression.right))
    if expression.sign not in _LOOSE and _is_loose(expression.left):
        left = f"({left})"
    divides = expression.sign == "/" and isinstance(expression.right, Calculation)
    if divides or (expression.sign != "+" and _is_loose(expression.right)):
        right = f"({right})"
    return f"{left}{_SIGNS[expression.sign]}{right}"


def _is_loose(expression: Expression) -> bool:
    return isinstance(expression, Calculation) and expression.sign in _LOOSE


def score_record(
    scores: Scores, rated: Sequence[RatedIndicator], totals: Sequence[Total], translate: Translator
) -> dict[str, Json]:
    """Make the record of the scores."""
    rules = scores.rules
    return {
        "format": FORMAT,
        "plan": plan_record(scores.plan),
        "period": str(scores.period),
        "periods": [str(period) for period in scores.periods],
        "rules": {
            "title": rules.title,
            "source": rules.source,
            "file": rules.file or None,
            "missing": {str(case): str(policy) for case, policy in rules.missing.items()},
            "rollups": {str(level): str(way) for level, way in rules.rollups.items()},
        },
        "total": _total_record(scores.total),
        "totals": [_total_record(total) for total in totals],
        "indicators": [
            {
                **_record(_Row(each, scores), translate),
                "measures": {name: exact(measured.value) for name, measured in each.rating.measures.items()},
                "history": [_history_record(rating) for rating in each.history],
            }
            for each in rated
        ],
    }


def _total_record(total: Total) -> dict[str, Json]:
    return {
        "level": str(total.level),
        "name": total.name or None,
        "way": str(total.way),
        "points": exact_text(total.points),
        "status": total.band.status if total.band else None,
        "rank": total.rank,
        "counted": [rating.result.indicator.id for rating in total.counted],
        "left_out": [rating.result.indicator.id for rating in total.left_out],
        "veto": total.veto.result.indicator.id if total.veto else None,
    }


def _history_record(rating: Rating) -> dict[str, Json]:
    return {
        "period": str(rating.period),
        "actual": exact_text(rating.result.actual),
        "status": rating.band.status if rating.band else None,
        "points": exact_text(rating.points),
        "missing": str(rating.missing) if rating.missing else None,
    }


def _record(row: _Row, translate: Translator) -> dict[str, Json]:
    """Make the record of an indicator, flat so that it can be a row of CSV."""
    rating = row.rating
    indicator = rating.result.indicator
    part = row.scores.plan.part_of(indicator)
    return {
        "id": indicator.id,
        "no": indicator.no,
        "name": indicator.name,
        "unit": indicator.unit.name,
        "category": indicator.category or (part.title if part else None),
        "lead": list(indicator.leads),
        "target": str(indicator.target.interval),
        "actual": exact_text(rating.result.actual),
        "verdict": str(rating.result.verdict),
        "pace": str(rating.pace.status),
        "rule": rating.rule.id if rating.rule else None,
        "status": rating.band.status if rating.band else None,
        "word": rating.band.word if rating.band else None,
        "colour": str(rating.band.colour) if rating.band else None,
        "points": exact_text(rating.points),
        "full": exact_text(rating.full),
        "rank": rating.rank,
        "weight": exact(rating.weight),
        "missing": str(rating.missing) if rating.missing else None,
        "policy": str(rating.policy) if rating.policy else None,
        "working": translate(say("; ")).join(working(rating, row.scores, translate)),
    }
