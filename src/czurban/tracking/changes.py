"""Compare two judged collections, and find what makes a verdict or a pace another one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.indicator import Indicator
from czurban.model.over_time.changes import (
    Cause,
    ChangeKind,
    EarlierRevision,
    FigureChange,
    Side,
)
from czurban.model.over_time.pace import KEEPING, LAGGING, PaceStatus
from czurban.model.over_time.trend import Series
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target import Interval
from czurban.tracking.elapsed import Moment
from czurban.tracking.years import pace_in_plan

_WITHOUT_FIGURE = frozenset({Verdict.UNREPORTED, Verdict.UNREADABLE})


def figure_changes(before: Assessment, after: Assessment) -> Iterator[FigureChange]:
    """Yield how each indicator changed, in the order of the later plan; indicators that it dropped come last."""
    old, new = _sides(before), _sides(after)
    for name in dict.fromkeys((*new, *old)):
        yield _change(old.get(name), new.get(name), before.plan, after.plan)


def _sides(assessment: Assessment) -> dict[str, Side]:
    return {result.indicator.id: _side(result, assessment) for result in assessment.results}


def _side(result: Result, assessment: Assessment) -> Side:
    pace = _pace(result, assessment.plan, assessment.period) if result.verdict is Verdict.NOT_DUE else None
    return Side(result, assessment.period, pace)


def _pace(result: Result, plan: Plan, period: Period) -> PaceStatus:
    return pace_in_plan(result, plan, Moment.at_end(plan.period.start, period), period).status


def _change(old: Side | None, new: Side | None, old_plan: Plan, new_plan: Plan) -> FigureChange:
    present = new or old
    assert present is not None  # noqa: S101 - the name is from one of them
    indicator = present.result.indicator
    if old is None or new is None:
        figure = present.result.actual is not None
        kind = (ChangeKind.NEW if new else ChangeKind.WITHDRAWN) if figure else ChangeKind.SAME
        return FigureChange(indicator, kind, old, new)
    earlier, later = _in_unit(old, indicator), new.result.actual
    difference = later - earlier if earlier is not None and later is not None else None
    kind = _kind(earlier, later, old.figure_period, new.figure_period)
    if old.result.actual is None:
        kind = _kind_of_texts(old.result, new.result)
    flipped = old.status is not new.status
    causes = _causes(old, new, old_plan, new_plan) if flipped else ()
    return FigureChange(indicator, kind, old, new, difference, causes)


def _in_unit(side: Side, indicator: Indicator) -> Fraction | None:
    """Return a figure in the unit of the later plan; None where there is none, or the units do not fit."""
    ratio = side.result.indicator.unit.ratio(indicator.unit)
    return None if side.result.actual is None or ratio is None else side.result.actual * ratio


def _kind(before: Fraction | None, after: Fraction | None, old: Period, new: Period) -> ChangeKind:
    if before is None or after is None:
        if before == after:
            return ChangeKind.SAME
        return ChangeKind.NEW if before is None else ChangeKind.WITHDRAWN
    if old != new:
        return ChangeKind.LATER if old.until <= new.until else ChangeKind.WITHDRAWN
    return ChangeKind.SAME if before == after else ChangeKind.REVISED


def _kind_of_texts(old: Result, new: Result) -> ChangeKind:
    """Return how what had no value changed: nothing was sent, or a stage, or what cannot be judged."""
    if not old.has_figure or not new.has_figure:
        return (ChangeKind.SAME, ChangeKind.NEW, ChangeKind.WITHDRAWN)[new.has_figure - old.has_figure]
    if new.actual is not None:
        return ChangeKind.USABLE
    return ChangeKind.SAME if old.raw == new.raw else ChangeKind.REVISED


def _causes(old: Side, new: Side, old_plan: Plan, new_plan: Plan) -> tuple[Cause, ...]:
    """Return what alone, changed in the earlier collection, gives the later status.

    The target of a step that is due by now comes with the time: only what the plans ask for in one period is compared.
    """
    first, last = old.result, new.result
    asked, asks = (_asked(plan, last.indicator, new.figure_period) for plan in (old_plan, new_plan))
    if not first.indicator.unit.ratio(last.indicator.unit) or _formula(first, old_plan) != _formula(last, new_plan):
        return (Cause.RULE,)
    other_text = first.verdict in _WITHOUT_FIGURE or (last.actual is None and first.raw != last.raw)
    changed = {
        Cause.FIGURE: other_text or _in_unit(old, last.indicator) != last.actual,
        Cause.TARGET: _bounds(asked) != _bounds(asks),
        Cause.RULE: _rule(asked) != _rule(asks),
        Cause.TIME: (old.period, old.figure_period) != (new.period, new.figure_period),
    }
    if sum(changed.values()) == 1:
        return tuple(cause for cause, is_changed in changed.items() if is_changed)
    alone = tuple(
        cause
        for cause, is_changed in changed.items()
        if is_changed and _alike(_with(cause, old, new, old_plan, new_plan), new.status)
    )
    return alone or (Cause.TOGETHER,)


def _asked(plan: Plan, indicator: Indicator, period: Period) -> Indicator:
    """Return an indicator as a plan judges its figure of a period."""
    judged = plan.by_id.get(indicator.id, indicator)
    return replace(judged, target=judged.target.at(period))


def _alike(first: Verdict | PaceStatus | None, second: Verdict | PaceStatus) -> bool:
    """Return whether two are the same, or both keep the pace, or both lag."""
    return first is second or any(first in group and second in group for group in (KEEPING, LAGGING))


def _formula(result: Result, plan: Plan) -> str:
    """Return the formula that gives a figure; empty where the figure was sent."""
    formula = plan.formula(result.indicator.id) if result.derived else None
    return formula.text if formula else ""


def _bounds(indicator: Indicator) -> tuple[object, ...]:
    interval, unit = indicator.target.interval, indicator.unit.factor
    return tuple(None if bound is None else Fraction(bound) * unit for bound in (interval.low, interval.high))


def _rule(indicator: Indicator) -> tuple[object, ...]:
    target, interval = indicator.target, indicator.target.interval
    ends = (interval.direction, interval.low_open, interval.high_open)
    return (*ends, target.deadline, target.over, target.steps, target.path, indicator.kind, indicator.annual)


def _with(cause: Cause, old: Side, new: Side, plan: Plan, new_plan: Plan) -> Verdict | PaceStatus | None:
    """Return the earlier status with one thing as it is later."""
    indicator, period, value = old.result.indicator, old.period, old.result.actual
    later = _asked(new_plan, indicator, old.figure_period)
    if cause is Cause.FIGURE:
        value = new.result.actual
    elif cause is Cause.TIME:
        period, indicator = new.period, _asked(plan, indicator, new.figure_period)
    elif cause is Cause.TARGET:
        indicator = _with_bound(indicator, later.target.interval.bound, later.target.interval)
    else:
        indicator = _with_bound(later, indicator.target.interval.bound, later.target.interval)
    return _status(indicator, value, period, plan)


def _with_bound(indicator: Indicator, bound: Decimal | None, otherwise: Interval) -> Indicator:
    """Return an indicator with another bound of its rule, or with another rule if it has no single bound."""
    interval = indicator.target.interval.with_bound(bound) if bound is not None else None
    return replace(indicator, target=indicator.target._replace(interval=interval or otherwise))


def _status(indicator: Indicator, value: Fraction | None, period: Period, plan: Plan) -> Verdict | PaceStatus:
    due = period.start < plan.period.start or period.until >= indicator.target.deadline.until
    if value is None:
        return Verdict.UNREPORTED if due else PaceStatus.UNREPORTED
    if due:
        return Verdict.MET if value in indicator.target.interval else Verdict.MISSED
    with_rule = tuple(indicator if each.id == indicator.id else each for each in plan.indicators)
    judged = Result(indicator=indicator, verdict=Verdict.NOT_DUE, actual=value)
    return _pace(judged, replace(plan, indicators=with_rule), period)


def earlier_revisions(
    before: Mapping[str, Series], after: Mapping[str, Series], assessment: Assessment
) -> Iterator[EarlierRevision]:
    """Yield figures that both collections have and that differ, of periods before that of the figure that is judged."""
    judged = {name: (result.of or assessment.period).until for name, result in assessment.by_id.items()}
    for name, series in after.items():
        old = {point.period: point.value for point in before[name].points} if name in before else {}
        for point in series.points:
            if (
                point.period.until < judged.get(name, assessment.period.until)
                and old.get(point.period, point.value) != point.value
            ):
                yield EarlierRevision(series.indicator, point.period, old[point.period], point.value)
