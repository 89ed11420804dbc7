"""Compute the formulas of a plan from reported figures, or from the figures that the plan prints."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from czurban.model.assessment import Result
from czurban.model.formulas.derived import Derived, FigureSource, Input, Lack, shown, working_text
from czurban.model.formulas.formula import (
    Expression,
    Failure,
    Formula,
    Measures,
    Missing,
    SumOf,
    Term,
    addends,
    evaluate,
    is_flat,
    terms_of,
)
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target.interval import NumberRange
from czurban.model.text import fixed

Known = Callable[[Term, Indicator], Input]
"""Returns a term's figure as it is known without any formula, or why it is not known."""
Results = Mapping[str, Result]


def reported(results: Results, refused: Mapping[str, Observation], others: Mapping[Period, Results]) -> Known:
    """Return a function that gives the figures that were sent, and the plan's baselines.

    `refused` are the figures that were sent and may not be used, and `others` the results of the other periods that
    formulas use.
    """

    def known(term: Term, indicator: Indicator) -> Input:
        if term.at_baseline:
            return _baseline(term, indicator)
        result = others.get(term.period, {}).get(indicator.id) if term.period else results.get(indicator.id)
        return _sent(term, indicator, result, None if term.period else refused.get(indicator.id))

    return known


def amounts(figures: Mapping[str, Fraction | None]) -> Known:
    """Return a function that gives figures of the judged period alone, in the unit of their indicator, without texts.

    None stands for one that was sent and cannot be used.
    """

    def known(term: Term, indicator: Indicator) -> Input:
        if term.at_baseline:
            return _baseline(term, indicator)
        value = None if term.period else figures.get(term.indicator)
        unusable = value is None and term.period is None and term.indicator in figures
        lack = Lack.UNUSABLE if unusable else Lack.MISSING if value is None else None
        return Input(term=term, indicator=indicator, source=FigureSource.REPORTED, value=value, lack=lack)

    return known


def baselines(term: Term, indicator: Indicator) -> Input:
    """Return the figure of a term in the column of baselines."""
    if term.looks_back:
        return Input(term=term, indicator=indicator, source=FigureSource.BASELINE, lack=Lack.MISSING)
    return _baseline(term, indicator)


def targets(term: Term, indicator: Indicator) -> Input:
    """Return the figure of a term in the column of targets: the bound, or the baseline for the year before."""
    if term.at_baseline:
        return _baseline(term, indicator)
    return _printed(term, indicator, FigureSource.TARGET, None if term.period else indicator.target.interval.bound)


def _baseline(term: Term, indicator: Indicator) -> Input:
    base = indicator.target.baseline
    about = base is not None and base.approximate
    return _printed(term, indicator, FigureSource.BASELINE, base.value if base else None, approximate=about)


def _printed(
    term: Term, indicator: Indicator, source: FigureSource, figure: Decimal | None, *, approximate: bool = False
) -> Input:
    empty = Input(term=term, indicator=indicator, source=source, place=indicator.place_of(source))
    if figure is None:
        return replace(empty, lack=Lack.MISSING)
    text = f"{'约' if approximate else ''}{figure}{indicator.unit.name}"
    possible = None if approximate else NumberRange.rounded(figure)
    return replace(empty, value=Fraction(figure), text=text, possible=possible, approximate=approximate)


def _sent(term: Term, indicator: Indicator, result: Result | None, refused: Observation | None) -> Input:
    value = result.observation if result else None
    place = value.place if value else refused.place if refused else None
    if result is None or result.actual is None or value is None:
        lack = Lack.UNUSABLE if place else Lack.MISSING
        return Input(term=term, indicator=indicator, source=FigureSource.REPORTED, place=place, lack=lack)
    unit = value.unit or indicator.unit
    text = " ".join(value.raw.split()) + ("" if value.unit_in_cell else unit.name)
    possible = None
    if value.amount is not None and not value.approximate:
        possible = NumberRange.rounded(value.amount).times(unit.factor / indicator.unit.factor)
    return Input(
        term=term,
        indicator=indicator,
        source=FigureSource.REPORTED,
        value=result.actual,
        text=text,
        place=place,
        possible=possible,
        approximate=value.approximate,
    )


def derive(  # noqa: PLR0913 - most of them seldom
    plan: Plan,
    known: Known,
    period: Period | None,
    *,
    backward: bool = True,
    given: Container[str] = (),
    failures: Mapping[str, Derived] = MappingProxyType({}),
    bare: bool = False,
) -> Mapping[str, Derived]:
    """Compute every formula, by the id of its indicator; a formula may use the result of another one before it.

    What is `known` without a formula, for a period, is never replaced. With `backward`, formulas that use figures of
    other periods are computed too. Those of the indicators `given` are left out: each has a figure that is used or
    cannot be used. `failures` are the results of some formulas (see `lasting_failures`). What is `bare` has no texts,
    and no ranges of possible values.
    """
    derived: dict[str, Derived] = dict(failures)
    for wanted in _wanted(plan):
        formula, indicator = wanted.formula, wanted.indicator
        if indicator.id in given or indicator.id in failures:
            continue
        inputs = tuple([_input(term, each, known, derived) for term, each in wanted.terms])
        stated = known(wanted.itself, indicator)
        empty = Derived(
            formula=formula,
            indicator=indicator,
            period=period,
            inputs=inputs,
            working=""
            if bare
            else working_text(formula.expression, {each.term: each.text for each in inputs}.__getitem__),
            stated=stated if stated.value is not None else None,
            failure=Failure.BACKWARD if formula.looks_back and not backward else None,
        )
        derived[indicator.id] = empty if empty.failure else _filled(empty, wanted, bare=bare)
    return derived


def lasting_failures(derived: Mapping[str, Derived]) -> Mapping[str, Derived]:
    """Return the formulas without a result whatever the amounts are of the figures that are known and usable.

    The amounts among their inputs mean nothing.
    """
    failures: dict[str, Derived] = {}
    for name, each in derived.items():  # a formula comes after those whose results it uses
        lacks = each.failure in (Failure.MISSING, Failure.UNUSABLE) and is_flat(each.formula.expression)
        others = (figure.indicator.id for figure in each.inputs if figure.indicator.id in derived)
        if (lacks or each.failure in (Failure.BACKWARD, Failure.MIXED)) and all(map(failures.__contains__, others)):
            failures[name] = each
    return failures


class _Wanted(NamedTuple):
    """A formula and its indicator, the term for this, and its terms, each with its indicator.

    `fits` says that it has the dimension of its indicator.
    """

    formula: Formula
    indicator: Indicator
    itself: Term
    terms: Sequence[tuple[Term, Indicator]]
    measures: Measures
    fits: bool


def _wanted(plan: Plan) -> Sequence[_Wanted]:
    """Return the formulas of a plan, with what does not depend on any figure."""
    if _wanted not in plan.kept:
        measures, by_id = Measures(plan.by_id), plan.by_id
        plan.kept[_wanted] = [
            _Wanted(
                formula,
                by_id[formula.indicator],
                Term(formula.indicator),
                [(term, by_id[term.indicator]) for term in formula.terms()],
                measures,
                measures.fits(formula.expression, by_id[formula.indicator]),
            )
            for formula in plan.formulas
        ]
    wanted: Sequence[_Wanted] = plan.kept[_wanted]
    return wanted


def _input(term: Term, indicator: Indicator, known: Known, derived: Mapping[str, Derived]) -> Input:
    """Return a figure as it was sent or printed; where there is none, the result of its formula."""
    given = known(term, indicator)
    if given.value is not None or given.lack is Lack.UNUSABLE or term.looks_back or indicator.id not in derived:
        return given
    source = derived[indicator.id]
    if not source.usable:
        unusable = source.failure not in (None, Failure.MISSING, Failure.BACKWARD)
        return replace(given, source=FigureSource.DERIVED, lack=Lack.UNUSABLE if unusable else Lack.MISSING)
    return replace(
        given,
        source=FigureSource.DERIVED,
        lack=None,
        value=source.value,
        text=f"{source.shown}{indicator.unit.name}",
        place=source.formula.place,
        possible=source.possible,
        approximate=source.approximate,
    )


def _filled(empty: Derived, wanted: _Wanted, *, bare: bool) -> Derived:
    """Compute a formula, completely or as far as its policy allows."""
    lacks = {figure.term: figure.lack for figure in empty.inputs if figure.lack}
    expression, formula, indicator = empty.formula.expression, empty.formula, empty.indicator
    if lacks and formula.missing is Missing.PARTIAL and Lack.UNUSABLE not in lacks.values():
        kept = [part for part in addends(expression) if not any(term in lacks for term in terms_of(part))]
        expression = SumOf(tuple(kept)) if kept else expression
    if not wanted.fits and not wanted.measures.fits(expression, indicator):
        return replace(empty, failure=Failure.MIXED)
    result = _evaluated(expression, empty, wanted.measures, rounded=False)
    if isinstance(result, Failure):
        lost = result is Failure.MISSING and Lack.UNUSABLE in lacks.values()
        return replace(empty, failure=Failure.UNUSABLE if lost else result)
    exact = result.low or Fraction(0)
    value = exact if formula.rounding is None else Fraction(fixed(exact, formula.rounding))
    impossible = indicator.impossible(value) is not None
    full = replace(
        empty,
        exact=exact,
        value=None if impossible else value,
        partial=not impossible and expression is not formula.expression,
        failure=Failure.IMPOSSIBLE if impossible else None,
    )
    if bare:
        return full
    possible = _evaluated(expression, empty, wanted.measures, rounded=True)
    about = any(figure.approximate for figure in empty.inputs)
    text = shown(value, indicator) if formula.rounding is None else fixed(value, formula.rounding)
    known = None if isinstance(possible, Failure) else possible.widened(formula.rounding)
    return replace(full, approximate=about, shown=f"{'约' if about else ''}{text}", possible=known)


def _evaluated(expression: Expression, empty: Derived, measures: Measures, *, rounded: bool) -> NumberRange | Failure:
    """Evaluate an expression in the unit of its indicator, with its inputs or with all that they are rounded from."""
    inputs = {figure.term: figure for figure in empty.inputs}

    def look(term: Term) -> NumberRange | None:
        figure = inputs[term]
        values = figure.possible if rounded or figure.value is None else NumberRange.point(figure.value)
        return None if values is None else measures.base(values, figure.indicator.unit)

    result = evaluate(expression, look)
    return result if isinstance(result, Failure) else measures.own(result, empty.indicator)
