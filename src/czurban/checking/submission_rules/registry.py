"""List every rule that compares judged figures; none of them changes a verdict."""

from collections.abc import Callable, Iterator, Mapping

from czurban.checking.submission_rules import comparisons, surprises
from czurban.checking.submission_rules.comparisons import JudgedFigures
from czurban.model.finding import Finding

FigureRule = Callable[[JudgedFigures], Iterator[Finding]]

RULES: Mapping[str, FigureRule] = {
    "S220": comparisons.formulas_hold,
    "S221": surprises.likely_change,
    "S222": surprises.not_copied,
    "S223": comparisons.never_falls,
    "S224": comparisons.sums_up,
    "S226": comparisons.same_target,
    "S227": comparisons.same_baseline,
    "S268": surprises.in_plausible_range,
    "S269": surprises.not_the_baseline,
    "S270": surprises.fits_its_indicator,
    "S271": surprises.whole_number,
    "S272": surprises.no_leading_zero,
    "S273": surprises.expected_sign,
    "S274": surprises.unit_of_the_plan,
    "S292": comparisons.parts_make_the_sum,
}
"""The rule for each code, in the order in which figures are checked; its docstring is the demand of the catalog.

Codes that are missing here belong to reading a file, to admitting its values and to judging them one by one.
"""
