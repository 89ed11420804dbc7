"""Check judged figures against every rule that compares figures; no verdict changes."""

from collections.abc import Callable, Iterator, Mapping

from czurban.checking.submission_rules import comparisons, formulas, surprises
from czurban.checking.submission_rules.judged_figures import JudgedFigures
from czurban.model.finding import Finding

FigureRule = Callable[[JudgedFigures], Iterator[Finding]]

RULES: Mapping[str, FigureRule] = {
    "S220": formulas.formulas_hold,
    "S221": comparisons.likely_change,
    "S222": comparisons.not_copied,
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
}
"""The rule for each code; its docstring is the demand that the catalog prints.

Codes that are missing here belong to reading a file, to admitting its values and to judging them one by one.
"""


def check_figures(figures: JudgedFigures) -> Iterator[Finding]:
    """Check judged figures against every rule, in the order of the codes."""
    for rule in RULES.values():
        yield from rule(figures)
