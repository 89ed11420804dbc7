"""Compute the measures that rating rules use, each with the expression that shows how it comes about."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from czurban.model.assessment import Result
from czurban.model.indicator import SUMS, IndicatorKind
from czurban.model.over_time.conditions import Calculation, Expression, Measure, value_of
from czurban.model.over_time.pace import LeadOf, LeadUnit, NotAssessed, Pace
from czurban.model.over_time.score import Measured

_HUNDRED = Fraction(100)
_OF_THE_YEAR: frozenset[str] = frozenset(
    [
        Measure.VALUE,
        Measure.GAP,
        Measure.COMPLETION,
        Measure.SHORTFALL,
        Measure.PROGRESS,
        Measure.CHANGE,
        Measure.GROWTH,
    ]
)


def measures_of(result: Result, pace: Pace) -> dict[str, Measured]:
    """Return the measures of an indicator that can be computed, by name."""
    target = result.indicator.target
    known = {
        Measure.VALUE: result.actual,
        Measure.TARGET: target.interval.exact_bound,
        Measure.BASELINE: target.baseline_value,
        Measure.DUE: pace.due,
    }
    simple = {str(name): value for name, value in known.items() if value is not None}
    measures = {name: Measured(value) for name, value in simple.items()}
    for name, figure in _computed(result, pace):
        if figure is not None:
            measures[str(name)] = Measured(figure, _shown(_expressions(name, result, pace), figure, simple))
    return measures


def not_comparable(result: Result, pace: Pace) -> frozenset[str]:
    """Return the measures that no rule may use: a figure for a part of the year that says nothing of the whole year.

    Before the deadline a sum is rated by what is due by then, and a figure that only the year's end gives is not rated.
    """
    annual = pace.not_assessed is NotAssessed.ANNUAL
    return _OF_THE_YEAR if annual or (result.indicator.kind in SUMS and not pace.is_over) else frozenset()


def _computed(result: Result, pace: Pace) -> Iterator[tuple[Measure, Fraction | None]]:
    value, figures, target = result.actual, result.figures, result.indicator.target
    base, bound = target.baseline_value, target.interval.exact_bound
    grows = result.indicator.kind is IndicatorKind.GROWTH
    yield Measure.PLAN, bound if grows else _growth(bound, base)
    if value is None or figures is None:
        return
    if figures.completion is not None and pace.due:
        yield Measure.ATTAINMENT, value / pace.due * _HUNDRED
    if pace.lead is not None and pace.lead_unit is LeadUnit.POINTS:
        yield Measure.LAG, -pace.lead
    yield Measure.GAP, figures.gap
    yield Measure.COMPLETION, _percent(figures.completion)
    yield Measure.SHORTFALL, _percent(target.interval.shortfall(value))
    yield Measure.PROGRESS, _percent(figures.progress)
    yield Measure.CHANGE, figures.change
    yield Measure.GROWTH, value if grows else _growth(value, base)


def _percent(share: Fraction | None) -> Fraction | None:
    return None if share is None else share * _HUNDRED


def _growth(value: Fraction | None, base: Fraction | None) -> Fraction | None:
    return (value - base) / abs(base) * _HUNDRED if value is not None and base else None


def _difference(left: Expression, right: Expression) -> Calculation:
    return Calculation("-", left, right)


def _share(part: Expression, whole: Expression) -> Calculation:
    return Calculation("*", Calculation("/", part, whole), _HUNDRED)


_SHORT, _PAST = _difference("target", "value"), _difference("value", "target")
_LATE, _EARLY = _difference("due", "value"), _difference("value", "due")
_WAY = _difference("target", "baseline")
_EXPRESSIONS: Mapping[str, Iterable[Expression]] = {
    Measure.PLAN: (_share(_WAY, "baseline"),),
    Measure.GAP: (_PAST, _SHORT),
    Measure.COMPLETION: (_share("value", "target"),),
    Measure.SHORTFALL: (_share(_SHORT, "target"), _share(_PAST, "target")),
    Measure.PROGRESS: (_share(_difference("value", "baseline"), _WAY),),
    Measure.CHANGE: (_difference("value", "baseline"),),
    Measure.GROWTH: (_share(_difference("value", "baseline"), "baseline"),),
    Measure.ATTAINMENT: (_share("value", "due"),),
}
"""How a measure comes about; where there are two, one is for floors and one for ceilings, and the value shows which."""


def _expressions(name: Measure, result: Result, pace: Pace) -> Iterable[Expression]:
    """Return the expressions that a measure may come from, by the kind of the indicator and by what its lead is of."""
    if result.indicator.kind is IndicatorKind.GROWTH and name in (Measure.PLAN, Measure.GROWTH):
        return ("target" if name is Measure.PLAN else "value",)
    if name is not Measure.LAG:
        return _EXPRESSIONS[name]
    match pace.lead_of:
        case LeadOf.TARGET:
            return (_share(_LATE, "target"), _share(_EARLY, "target"))
        case LeadOf.WAY:
            return (_share(_LATE, _WAY),)
        case _:
            return (_LATE, _EARLY)


def _shown(expressions: Iterable[Expression], value: Fraction, values: Mapping[str, Fraction]) -> Expression | None:
    """Return the first expression that gives exactly the value of a measure; None where none does."""
    for expression in expressions:
        try:
            if value_of(expression, values) == value:
                return expression
        except (KeyError, ZeroDivisionError):
            continue
    return None
