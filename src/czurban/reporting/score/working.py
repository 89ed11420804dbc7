"""Write the working of ratings: the period that decides, the measures, the condition and the points."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from czurban.model.finding import mark, say
from czurban.model.over_time.conditions import Calculation, Expression, names_in
from czurban.model.over_time.rating import ordered_names
from czurban.model.over_time.rule_file import Level, MissingPolicy, RollUp
from czurban.model.over_time.score import PointStep, Rating, Scores, StepKind
from czurban.reporting.score.texts import CASES, POLICIES, WAYS, ScoreRow, band_word, measure_name
from czurban.reporting.tables import figure
from czurban.words.translator import Translator

_STEPS = {
    StepKind.NOTHING: mark("less than the full score"),
    StepKind.MOST: mark("at most"),
    StepKind.LEAST: mark("at least"),
    StepKind.LOWEST: mark("the lowest points"),
    StepKind.ZERO: mark("no points"),
}
_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}
_LOOSE = frozenset("+-")


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
