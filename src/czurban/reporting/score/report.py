"""Compose the report of `czurban score`: points and bands of indicators, departments and parts, with their working."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from czurban.model.assessment import Assessment, Result
from czurban.model.finding import Message, say
from czurban.model.over_time.rating import Band, ordered_names
from czurban.model.over_time.rule_file import RollUp
from czurban.model.over_time.score import RatedIndicator, Scores, ScoreTotal
from czurban.reporting.document import (
    Block,
    Document,
    DocumentTable,
    Heading,
    Item,
    Items,
    Paragraph,
    Strip,
    TableCell,
    Tone,
)
from czurban.reporting.documents.check import head
from czurban.reporting.documents.results import binding_lines, category_of, figure_cell, name_cell
from czurban.reporting.score.records import indicator_score_record, score_record
from czurban.reporting.score.texts import (
    CASES,
    COLOURS,
    POLICIES,
    WAYS,
    ScoreRow,
    band_word,
    brief_text,
    measure_name,
    points_text,
)
from czurban.reporting.score.working import working
from czurban.reporting.tables import BLANK, TableColumn, count_column, figure, grouped_table, number_of, plain_table
from czurban.words.translator import Translator

_MOST_SHOWN = 8


class Shown(NamedTuple):
    """Which part of the scores is shown: the results in scope, and the department or category that it stands for."""

    scope: Callable[[Result], bool]
    department: str | None = None
    category: str | None = None


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
    blocks += binding_lines([each.rating.result for each in rated], translate)
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
        lambda: [indicator_score_record(ScoreRow(each, scores), translate) for each in rated],
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
    banded = (rating.band for rating in ratings if rating.band and not rating.missing)
    bands = Counter(band_word(band, scores, translate) for band in banded)
    listed = tuple(f"{word} {count}" for word, count in bands.items())
    sentence = say("{rated} of {total} indicators are rated: {bands}.") if listed else say("No indicator is rated.")
    yield Paragraph(translate(sentence, rated=bands.total(), total=len(ratings), bands=listed))
    if missing := Counter((rating.missing, rating.policy) for rating in ratings if rating.missing):
        cases = tuple(
            say("{count} {case} ({policy})", count=count, case=Message(CASES[case]), policy=Message(POLICIES[policy]))
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
    way = translate(WAYS[total.way])
    text = translate(say("The plan has {points} points ({way})."), points=points_text(total.points, scores), way=way)
    if total.band:
        text += " " + translate(say("Grade: {grade}."), grade=total.band.word)
    yield Paragraph(text, COLOURS[total.band.colour] if total.band else Tone.PLAIN)
    if total.veto:
        veto = say("“{name}” is in the band “{band}”, which forfeits all points.")
        band = total.veto.band.word if total.veto.band else ""
        yield Paragraph(translate(veto, name=total.veto.result.indicator.name, band=band), Tone.BAD)


def _points_cell(points: Fraction | None, scores: Scores, band: Band | None = None) -> TableCell:
    if points is None:
        return TableCell(BLANK, Tone.QUIET)
    return TableCell(points_text(points, scores), COLOURS[band.colour] if band else Tone.PLAIN, points)


def _band_cell(band: Band | None, scores: Scores, translate: Translator, *, missing: str = "") -> TableCell:
    if band is None:
        return TableCell(missing or BLANK, Tone.QUIET)
    text = band_word(band, scores, translate)
    return TableCell(f"{text} ({missing})" if missing else text, COLOURS[band.colour])


def _totals_table(scores: Scores, totals: Sequence[ScoreTotal], title: Message, translate: Translator) -> DocumentTable:
    scored = any(total.points is not None for total in totals)
    columns: list[TableColumn[ScoreTotal]] = [
        TableColumn(title, lambda total, words: _total_name(total, scores, words), main=True),
        count_column(say("Indicators counted"), lambda total: len(total.counted)),
        count_column(say("Left out"), lambda total: len(total.left_out), fold=3),
    ]
    if scored:
        points = TableColumn[ScoreTotal](
            say("Points"), lambda total, _: _points_cell(total.points, scores, total.band), number=True
        )
        columns.append(points)
    if any(total.rank for total in totals):
        columns.append(TableColumn(say("Rank"), lambda total, _: str(total.rank or BLANK), number=True))
    if any(total.band for total in totals):
        label = say("Grade") if scores.rules.grades and scored else say("Worst band")
        columns.append(TableColumn(label, lambda total, words: _band_cell(total.band, scores, words)))
    if scored:
        columns.append(TableColumn(say("Working"), lambda total, words: _total_working(total, scores, words), fold=1))
    return plain_table(columns, totals, translate)


def _total_name(total: ScoreTotal, scores: Scores, translate: Translator) -> TableCell:
    bands = (rating.band for rating in total.counted if rating.band)
    counts = Counter((band_word(band, scores, translate), band.colour) for band in bands)
    strip = Strip(tuple((word, count, COLOURS[colour]) for (word, colour), count in counts.items()))
    return TableCell(total.name or BLANK, chart=strip if counts else None)


def _total_working(total: ScoreTotal, scores: Scores, translate: Translator) -> str:
    """Write how the points of a roll-up come about, with the points of its indicators as far as there is room."""
    if total.points is None:
        return BLANK
    if total.veto and total.veto.band:
        text = say("0 because of {name} ({band})")
        return translate(text, name=total.veto.result.indicator.name, band=total.veto.band.word)
    way = translate(WAYS[total.way])
    scored = [rating for rating in total.counted if rating.points is not None]
    if len(scored) > _MOST_SHOWN:
        return way
    numbers = [points_text(rating.points or Fraction(0), scores) for rating in scored]
    if total.way is RollUp.WEIGHTED_MEAN and len({rating.weight for rating in scored}) > 1:
        weights = sum((rating.weight for rating in scored), Fraction(0))
        parts = " + ".join(f"{n} × {figure(rating.weight)}" for n, rating in zip(numbers, scored, strict=True))
        return f"{way}: ({parts}) ÷ {figure(weights)} = {points_text(total.points, scores)}"
    if total.way in {RollUp.MEAN, RollUp.WEIGHTED_MEAN} and len(numbers) > 1:
        return f"{way}: ({' + '.join(numbers)}) ÷ {len(numbers)} = {points_text(total.points, scores)}"
    separator = " + " if total.way is RollUp.SUM else translate(say(", "))
    return f"{way}: {separator.join(numbers)}"


def _indicator_table(scores: Scores, rated: Sequence[RatedIndicator], translate: Translator) -> DocumentTable:
    scored = any(each.rating.points is not None for each in rated)
    columns: list[TableColumn[ScoreRow]] = [
        TableColumn(say("No."), lambda row, translate: number_of(row.rating.result.indicator, translate), number=True),
        TableColumn(say("Indicator"), lambda row, _: name_cell(row.rating.result.indicator), main=True),
        TableColumn(say("Reported"), lambda row, _: figure_cell(row.rating.result), number=True, fold=1),
        TableColumn(say("Measure"), _measure_cell, fold=3),
        TableColumn(say("Band"), _status_cell),
    ]
    if scored:
        points = TableColumn[ScoreRow](
            say("Points"), lambda row, _: _points_cell(row.rating.points, scores, row.rating.band), number=True
        )
        columns.append(points)
    if len({each.rating.weight for each in rated}) > 1:
        columns.append(TableColumn(say("Weight"), lambda row, _: figure(row.rating.weight), number=True, fold=4))
    if len(scores.periods) > 1:
        columns.append(TableColumn(say("Earlier"), _earlier, fold=2))
    groups = (
        (title, [ScoreRow(each, scores) for each in members])
        for title, members in groupby(rated, key=lambda each: category_of(each.rating.result.indicator, scores.plan))
    )
    return grouped_table(columns, groups, translate, say("Category"))


def _status_cell(row: ScoreRow, translate: Translator) -> TableCell:
    rating = row.rating
    missing = translate(CASES[rating.missing]) if rating.missing else ""
    return _band_cell(rating.band, row.scores, translate, missing=missing)


def _earlier(row: ScoreRow, translate: Translator) -> str:
    """Write the earlier ratings, the oldest first."""
    ratings = [rating for rating in row.rated.history[:-1] if rating.band and not rating.missing]
    texts = (f"{rating.period}: {brief_text(rating, row.scores, translate)}" for rating in ratings)
    return translate(say("; ")).join(texts) or BLANK


def _working_items(scores: Scores, rated: Sequence[RatedIndicator], translate: Translator) -> Items:
    """List the working of every rating, and how the indicators that are left out were handled."""
    items = []
    for each in rated:
        indicator = each.rating.result.indicator
        lines = tuple(Item(line) for line in working(ScoreRow(each, scores), translate))
        items.append(Item(f"{number_of(indicator, translate)} {indicator.name}", lines))
    return Items(tuple(items))


def _measure_cell(row: ScoreRow, translate: Translator) -> str:
    """Write the measures that the band depends on."""
    rating = row.rating
    names = rating.band.when.names if rating.band and not rating.missing else ()
    known = [name for name in ordered_names(names) if name in rating.measures]
    texts = (f"{measure_name(name, translate)} {figure(rating.measures[name].value)}" for name in known)
    return translate(say(", ")).join(texts) or BLANK
