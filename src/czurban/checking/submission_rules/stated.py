"""Compare the targets and baselines that submissions print with the plan's own."""

from collections.abc import Iterator
from fractions import Fraction

from czurban.checking.submission_rules.judged_figures import JudgedFigures
from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.indicator import Indicator
from czurban.model.observation import Reading
from czurban.model.target import Interval, StatedKind, StatedValue
from czurban.model.text import key

_SHOWN = 40
_Bounds = tuple[Fraction | None, Fraction | None, bool, bool]


def same_target(figures: JudgedFigures) -> Iterator[Finding]:
    """A target that a submission prints equals the plan's."""
    for stated, indicator in _stated(figures, StatedKind.TARGET):
        if not _is_target(stated, indicator):
            message = say(
                "The target of “{indicator}” is {raw} here and {own} in the plan; the plan's is used.",
                indicator=indicator.name,
                raw=stated.raw[:_SHOWN],
                own=str(indicator.target.interval),
            )
            yield finding(
                "S226", stated.place, message, say("Ask who changed it; a submission cannot change the plan.")
            )


def same_baseline(figures: JudgedFigures) -> Iterator[Finding]:
    """A baseline that a submission prints equals the plan's."""
    for stated, indicator in _stated(figures, StatedKind.BASELINE):
        baseline = indicator.target.baseline
        if baseline and not _is_baseline(stated, indicator):
            message = say(
                "The baseline of “{indicator}” is {raw} here and {own} in the plan; the plan's is used.",
                indicator=indicator.name,
                raw=stated.raw[:_SHOWN],
                own=baseline.printed,
            )
            yield finding(
                "S227", stated.place, message, say("Ask which is right; a submission cannot change the plan.")
            )


def _stated(figures: JudgedFigures, kind: StatedKind) -> Iterator[tuple[StatedValue, Indicator]]:
    """Yield the targets or the baselines that are printed for indicators of the plan."""
    for stated in _all_stated(figures):
        indicator = figures.plan.indicator(stated.indicator)
        if stated.kind is kind and indicator and indicator.id not in figures.plan.without_target:
            yield stated, indicator


def _all_stated(figures: JudgedFigures) -> Iterator[StatedValue]:
    """Yield every printed target and baseline; a wide table's column of the baseline year holds baselines."""
    plan = figures.plan
    for submission in figures.submissions:
        yield from (stated for stated in submission.stated if plan.is_own_region(stated.region))
        for value in submission.observations:
            is_baseline = value.period == plan.baseline_period and value.period in value.periods
            if is_baseline and value.reported is Reading.VALUE and plan.is_own_region(value.region):
                amount, unit = value.amount, value.unit
                yield StatedValue(StatedKind.BASELINE, value.indicator, value.raw, value.place, amount, None, unit)


def _is_target(stated: StatedValue, indicator: Indicator) -> bool:
    """Return whether it is exactly the plan's rule, a bare number that is its bound, or what the plan itself prints."""
    if key(stated.raw) in {key(cited.printed) for cited in indicator.cited}:
        return True
    factor, rule = _factor(stated, indicator), indicator.target.interval
    if factor is None:
        return False
    if stated.interval is not None:
        return _bounds(stated.interval, factor) == _bounds(rule, Fraction(1))
    return stated.amount is not None and Fraction(stated.amount) * factor == rule.exact_bound


def _is_baseline(stated: StatedValue, indicator: Indicator) -> bool:
    """Return whether it is the same number; a plan without a baseline has none to differ from."""
    baseline, value = indicator.target.baseline, indicator.target.baseline_value
    if baseline is None or value is None or key(stated.raw) == key(baseline.printed):
        return True
    factor = _factor(stated, indicator)
    return factor is not None and stated.amount is not None and Fraction(stated.amount) * factor == value


def _factor(stated: StatedValue, indicator: Indicator) -> Fraction | None:
    """Return how many of the plan's units one of the stated units is; None where they measure different things."""
    unit = stated.unit or indicator.unit
    return unit.factor / indicator.unit.factor if unit.dimension == indicator.unit.dimension else None


def _bounds(interval: Interval, factor: Fraction) -> _Bounds:
    low, high = (None if end is None else Fraction(end) * factor for end in (interval.low, interval.high))
    return low, high, interval.low_open, interval.high_open
