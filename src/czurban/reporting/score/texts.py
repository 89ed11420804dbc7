"""Write the words, the points and the working of ratings."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from czurban.model.finding import mark
from czurban.model.over_time.conditions import PACE, VERDICT, Measure
from czurban.model.over_time.rating import Band, Colour
from czurban.model.over_time.rule_file import MissingCase, MissingPolicy, RollUp
from czurban.model.over_time.score import RatedIndicator, Rating, Scores
from czurban.model.text import exact, fixed
from czurban.reporting.document import Tone
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


def measure_name(name: str, translate: Translator) -> str:
    """Return how a measure is called in reports."""
    return translate(NAMES[name]) if name in NAMES else name
