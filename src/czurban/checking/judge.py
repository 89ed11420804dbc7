"""A value against a target: the verdict, and the figures and notes that stand beside it."""

from fractions import Fraction

from czurban.model.indicator import ADDS_UP, Indicator
from czurban.model.period import Period
from czurban.model.target import Basis, Direction, Target
from czurban.model.verdict import Figures, NoProgress, Note, Verdict

_WHOLE_SHARE = 100


def is_due(target: Target, judged: Period, plan: Period) -> bool:
    """Whether a period can be held against a target.

    Inside the plan's time a period that ends before the deadline cannot. A period before the plan's begins is held
    against the target on purpose: how far there was to go.
    """
    return judged.start < plan.start or judged.end >= target.deadline.end


def verdict(target: Target, actual: Fraction) -> Verdict:
    """Met or missed: inside the interval or not, by exact comparison."""
    return Verdict.MET if actual in target.interval else Verdict.MISSED


def figures(indicator: Indicator, actual: Fraction) -> Figures:
    """Compute what is shown beside a value; all exact."""
    target = indicator.target
    base = baseline_of(target)
    progress = progress_of(target, actual)
    return Figures(
        gap=target.interval.gap(actual),
        change=None if base is None else actual - base,
        completion=completion_of(indicator, actual),
        progress=progress if isinstance(progress, Fraction) else None,
        no_progress=progress if isinstance(progress, NoProgress) else None,
    )


def baseline_of(target: Target) -> Fraction | None:
    """The baseline as a number, if one is known."""
    value = target.baseline.value if target.baseline else None
    return None if value is None else Fraction(value)


def completion_of(indicator: Indicator, actual: Fraction) -> Fraction | None:
    """Actual ÷ target (完成率), uncapped, for floors of amounts; None for ceilings, ranges, rates and a target of 0."""
    interval = indicator.target.interval
    if interval.direction is not Direction.FLOOR or indicator.kind not in ADDS_UP or not interval.low:
        return None
    return actual / Fraction(interval.low)


def progress_of(target: Target, actual: Fraction) -> Fraction | NoProgress:
    """(actual − baseline) ÷ (target − baseline), where the baseline is on the wrong side of the target."""
    base = baseline_of(target)
    if base is None:
        return NoProgress.NO_BASELINE
    if base in target.interval or base == (edge := target.interval.edge(base)):
        return NoProgress.MET_AT_BASELINE
    return (actual - base) / (edge - base)


def notes(indicator: Indicator, actual: Fraction | None, *, approximate: bool = False) -> tuple[Note, ...]:
    """What is worth saying beside the verdict; never changes it."""
    found: list[Note] = []
    target, interval = indicator.target, indicator.target.interval
    base = baseline_of(target)
    bound = None if interval.bound is None else Fraction(interval.bound)
    if base is not None and actual is not None and actual in interval and interval.worse(actual, base):
        found.append(Note.WORSE_THAN_BASELINE)
    if base is not None and bound is not None and interval.worse(bound, base):
        found.append(Note.TARGET_BELOW_BASELINE)
    elif base is not None and base in interval:
        found.append(Note.MET_AT_BASELINE)
    if actual is not None and actual == bound and not _at_the_end(indicator, bound):
        found.append(Note.COPIED)
    if approximate:
        found.append(Note.APPROXIMATE)
    if target.baseline and target.baseline.approximate:
        found.append(Note.APPROXIMATE_BASELINE)
    if target.basis is Basis.INTERPRETED:
        found.append(Note.INTERPRETED)
    return tuple(found)


def _at_the_end(indicator: Indicator, bound: Fraction) -> bool:
    """Whether the target is 100 %, which a share can equal but not pass."""
    return indicator.unit.is_share and bound * indicator.unit.factor == _WHOLE_SHARE
