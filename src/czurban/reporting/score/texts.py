"""Write the words, the points and the working of ratings."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from czurban.model.finding import mark, say
from czurban.model.over_time.conditions import PACE, VERDICT, Calculation, Expression, Measure, names_in
from czurban.model.over_time.rating import Band, Colour, ordered_names
from czurban.model.over_time.rule_file import Level, MissingCase, MissingPolicy, RollUp
from czurban.model.over_time.score import PointStep, RatedIndicator, Rating, Scores, StepKind
from czurban.model.text import exact, fixed
from czurban.reporting.document import Tone
from czurban.reporting.labels import figure
from czurban.reporting.tables import BLANK
from czurban.words.translator import Translator

COLOURS = {
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
CASES = {
    MissingCase.NO_TARGET: mark("without a target"),
    MissingCase.NOT_APPLICABLE: mark("not applicable"),
    MissingCase.NOT_REPORTED: mark("not reported"),
    MissingCase.UNREADABLE: mark("unreadable"),
}
POLICIES = {
    MissingPolicy.LEAVE_OUT: mark("left out"),
    MissingPolicy.LOWEST: mark("counts as the lowest"),
    MissingPolicy.ZERO: mark("counts as 0"),
}
WAYS = {
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


class ScoreRow(NamedTuple):
    """An indicator with what is needed to write about it."""

    rated: RatedIndicator
    scores: Scores

    @property
    def rating(self) -> Rating:
        """The rating of the judged period."""
        return self.rated.rating


def band_word(band: Band | None, scores: Scores, translate: Translator) -> str:
    """Return the word of a band; only the words of the default rules are translated."""
    if band is None:
        return BLANK
    return band.word if scores.rules.file else translate(band.word)


def points_text(points: Fraction, scores: Scores) -> str:
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


def brief_text(rating: Rating, scores: Scores, translate: Translator) -> str:
    """Write the measure that a band depends on, and the band."""
    word = band_word(rating.band, scores, translate)
    names = [name for name in (rating.band.when.names if rating.band else ()) if name in rating.measures]
    if len(names) != 1:
        return word
    return f"{tenths(rating.measures[names[0]].value)} {word}"


def tenths(value: Fraction) -> str:
    """Write a number with one decimal."""
    text = fixed(value, 1)
    return text if "." in text else f"{text}.0"


def working(row: ScoreRow, translate: Translator) -> list[str]:
    """Write how a rating comes about: the period that decides, its measures, its condition, and its points."""
    rating, scores = row.rating, row.scores
    lines = _rating_working(rating, scores, translate)
    way = scores.rules.rollups[Level.PERIODS]
    counted = [each for each in row.rated.history if each.counts]
    if way is RollUp.LATEST or not counted or len(row.rated.history) == 1:
        return lines
    if way is RollUp.WORST:
        return [translate(say("{way}: that is {period}"), way=translate(WAYS[way]), period=rating.period), *lines]
    points = [f"{each.period} {figure(each.points)}" for each in counted if each.points is not None]
    if rating.points is None or not points:
        return lines
    listed = translate(say("; ")).join(points)
    return [*lines, f"{translate(WAYS[way])}{translate(say(': '))}{listed} → {figure(rating.points)}"]


def _rating_working(rating: Rating, scores: Scores, translate: Translator) -> list[str]:
    steps = [_step_text(step, rating, translate) for step in rating.steps]
    if rating.missing:
        case, policy = translate(CASES[rating.missing]), translate(POLICIES[rating.policy or MissingPolicy.LEAVE_OUT])
        return [f"{case}{translate(say(': '))}{policy}", *steps]
    if rating.band is None:
        return steps
    measures = [_measure_text(name, rating, translate) for name in _used(rating)]
    condition = f"{rating.band.when.text} → {band_word(rating.band, scores, translate)}"
    return [*measures, condition, *steps]


def _used(rating: Rating) -> Sequence[str]:
    """Return the names that the band and the points of a rating depend on, without figures that need no working."""
    band = rating.band
    used = set(band.when.names) if band else set()
    if band and band.points and not rating.rank:
        used |= names_in(band.points.expression)
    for step in rating.steps:
        used |= names_in(step.expression) if step.expression is not None else set()
    return [name for name in ordered_names(used) if name in rating.measures]


def measure_name(name: str, translate: Translator) -> str:
    """Return how a measure is called in reports."""
    return translate(NAMES[name]) if name in NAMES else name


def _measure_text(name: str, rating: Rating, translate: Translator) -> str:
    measured = rating.measures[name]
    value = figure(measured.value)
    if measured.expression is None:
        return f"{measure_name(name, translate)} = {value}"
    symbols = written(measured.expression, lambda part: measure_name(part, translate))
    numbers = written(measured.expression, lambda part: figure(rating.measures[part].value))
    return f"{measure_name(name, translate)} = {symbols} = {numbers} = {value}"


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
