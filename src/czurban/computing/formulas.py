"""What the formulas of a plan give, one after another, each with its working or with why it gives nothing.

Where a formula's figures come from: what was reported, or one of the columns that the plan itself prints.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from czurban.model.assessment import Result
from czurban.model.derived import Derived, Failure, FigureSource, Input, Lack, shown, working_text
from czurban.model.formula import Expression, Formula, FormulaTrouble, Measures, Missing, SumOf, Term, addends, terms_of
from czurban.model.indicator import Indicator
from czurban.model.number_range import NumberRange
from czurban.model.observation import Observation
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.text import fixed

Known = Callable[[Term, Indicator], Input]
"""Gives a term's figure as it is known without any formula; one that is not known says why."""
Results = Mapping[str, Result]


def reported(results: Results, refused: Mapping[str, Observation], others: Mapping[Period, Results]) -> Known:
    """Figures as departments sent them; baselines are the plan's.

    Args:
        results: the judged results by indicator.
        refused: a figure that was sent and may not be used, by indicator.
        others: the results of the other periods that formulas name.
    """

    def known(term: Term, indicator: Indicator) -> Input:
        if term.at_baseline:
            return _baseline(term, indicator)
        if term.period:
            return _sent(term, indicator, others.get(term.period, {}).get(indicator.id), None)
        return _sent(term, indicator, results.get(indicator.id), refused.get(indicator.id))

    return known


def baselines(term: Term, item: Indicator) -> Input:
    """The column that the plan starts from."""
    if term.looks_back:
        return Input(term=term, indicator=item, source=FigureSource.BASELINE, lack=Lack.MISSING)
    return _baseline(term, item)


def targets(term: Term, item: Indicator) -> Input:
    """The column of targets, each by its one bound; figures of the year before are the baselines."""
    if term.at_baseline:
        return _baseline(term, item)
    bound = None if term.period else item.target.interval.bound
    return _printed(
        Input(term=term, indicator=item, source=FigureSource.TARGET, place=item.place_of("target")), bound, ""
    )


def _baseline(term: Term, item: Indicator) -> Input:
    base = item.target.baseline
    empty = Input(term=term, indicator=item, source=FigureSource.BASELINE, place=item.place_of("baseline"))
    return _printed(empty, base.value if base else None, "约" if base and base.approximate else "")


def _printed(empty: Input, figure: Decimal | None, about: str) -> Input:
    if figure is None:
        return replace(empty, lack=Lack.MISSING)
    text = f"{about}{figure}{empty.indicator.unit.name}"
    span = None if about else NumberRange.rounded(figure)
    return replace(empty, value=Fraction(figure), text=text, possible=span, approximate=bool(about))


def _sent(term: Term, item: Indicator, result: Result | None, refused: Observation | None) -> Input:
    seen = result.observation if result else None
    place = seen.place if seen else refused.place if refused else None
    empty = Input(term=term, indicator=item, source=FigureSource.REPORTED, place=place)
    if result is None or result.actual is None or seen is None:
        return replace(empty, lack=Lack.UNUSABLE if place else Lack.MISSING)
    unit = seen.unit or item.unit
    text = " ".join(seen.raw.split()) + ("" if seen.unit_in_cell else unit.name)
    span = None
    if seen.amount is not None and not seen.approximate:
        span = NumberRange.rounded(seen.amount).times(unit.factor / item.unit.factor)
    return replace(empty, value=result.actual, text=text, possible=span, approximate=seen.approximate)


_FAILURES = {trouble: Failure(trouble.value) for trouble in FormulaTrouble}


def derive(plan: Plan, known: Known, period: Period | None, *, backward: bool = True) -> Mapping[str, Derived]:
    """Work out every formula, by the id of its indicator; a formula may take what another one gave.

    Args:
        plan: the plan; its formulas stand in an order in which each finds what it needs.
        known: the figures that are known without a formula. One that is known is never replaced.
        period: whose figures they are.
        backward: whether formulas that take figures of another time are to be worked out as well.
    """
    measures = Measures(plan.by_id, plan.units)
    found: dict[str, Derived] = {}
    for formula in plan.formulas:
        inputs = tuple(_input(term, plan.by_id[term.indicator], known, found) for term in formula.terms())
        one = plan.by_id[formula.indicator]
        stated = known(Term(one.id), one)
        empty = replace(_empty(formula, one, inputs, period), stated=stated if stated.value is not None else None)
        looks_back = formula.looks_back and not backward
        found[one.id] = replace(empty, failure=Failure.BACKWARD) if looks_back else _filled(empty, measures)
    return found


def _input(term: Term, item: Indicator, known: Known, found: Mapping[str, Derived]) -> Input:
    """A figure as it was sent or printed; where there is none, what its own formula gave."""
    given = known(term, item)
    if given.value is not None or given.lack is Lack.UNUSABLE or term.looks_back or item.id not in found:
        return given
    source = found[item.id]
    if not source.usable:
        unusable = source.failure not in (None, Failure.MISSING, Failure.BACKWARD)
        return replace(given, source=FigureSource.DERIVED, lack=Lack.UNUSABLE if unusable else Lack.MISSING)
    return Input(
        term=term,
        indicator=item,
        source=FigureSource.DERIVED,
        value=source.value,
        text=f"{source.shown}{item.unit.name}",
        place=source.formula.place,
        possible=source.possible,
        approximate=source.approximate,
    )


def _empty(formula: Formula, item: Indicator, inputs: Sequence[Input], period: Period | None) -> Derived:
    texts = {each.term: each.text for each in inputs}
    working = working_text(formula.expression, texts.__getitem__)
    return Derived(formula=formula, indicator=item, period=period, inputs=tuple(inputs), working=working)


def _filled(empty: Derived, measures: Measures) -> Derived:
    """Work one formula out, whole or as far as its policy allows."""
    lacks = {figure.term: figure.lack for figure in empty.inputs if figure.lack}
    expression, formula = empty.formula.expression, empty.formula
    if lacks and formula.missing is Missing.PARTIAL and Lack.UNUSABLE not in lacks.values():
        expression = _rest(expression, lacks) or expression
    points = {figure.term: None if figure.value is None else NumberRange.point(figure.value) for figure in empty.inputs}
    found = _worked_out(expression, empty, points, measures)
    if isinstance(found, FormulaTrouble):
        lost = found is FormulaTrouble.MISSING and Lack.UNUSABLE in lacks.values()
        return replace(empty, failure=Failure.UNUSABLE if lost else _FAILURES[found])
    may_be = _worked_out(expression, empty, {figure.term: figure.possible for figure in empty.inputs}, measures)
    span = None if isinstance(may_be, FormulaTrouble) else _rounded(may_be, formula.rounding)
    full = _valued(empty, found.low or Fraction(0), partial=expression is not formula.expression)
    return replace(full, possible=span)


def _worked_out(
    expression: Expression, empty: Derived, known: Mapping[Term, NumberRange | None], measures: Measures
) -> NumberRange | FormulaTrouble:
    """What an expression comes to, in the unit of the indicator it gives, by what its inputs are or may be."""
    units = {figure.term: figure.indicator.unit for figure in empty.inputs}

    def look(term: Term) -> NumberRange | None:
        span = known[term]
        return None if span is None else measures.base(span, units[term])

    return measures.work_out(expression, empty.indicator, look)


def _rounded(span: NumberRange, places: int | None) -> NumberRange:
    """Every value that what is within a span may be rounded to, and more."""
    half = Fraction(0) if places is None else Fraction(1, 2 * 10**places)
    return span + NumberRange(-half, half)


def _rest(expression: Expression, lacks: Mapping[Term, Lack]) -> Expression | None:
    """What is left of a sum without the parts that lack a figure; None where nothing is."""
    kept = [part for part in addends(expression) if not any(term in lacks for term in terms_of(part))]
    return SumOf(tuple(kept)) if kept else None


def _valued(empty: Derived, exact: Fraction, *, partial: bool) -> Derived:
    places, one = empty.formula.rounding, empty.indicator
    value = exact if places is None else Fraction(fixed(exact, places))
    about = any(each.approximate for each in empty.inputs)
    text = shown(value, one) if places is None else fixed(value, places)
    full = replace(empty, exact=exact, approximate=about, shown=f"{'约' if about else ''}{text}")
    if one.impossible(value):
        return replace(full, failure=Failure.IMPOSSIBLE)
    return replace(full, value=value, partial=partial)
