"""Where a formula's figures come from: what was reported, or one of the columns that the plan itself prints."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from czurban.model.derived import Input, Lack, Source
from czurban.model.formula import Term
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation
from czurban.model.period import Period
from czurban.model.span import Span
from czurban.model.verdict import Result

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

    def known(term: Term, one: Indicator) -> Input:
        if term.at_baseline:
            return _baseline(term, one)
        if term.period:
            return _sent(term, one, others.get(term.period, {}).get(one.id), None)
        return _sent(term, one, results.get(one.id), refused.get(one.id))

    return known


def baselines(term: Term, one: Indicator) -> Input:
    """The column that the plan starts from."""
    if term.looks_back:
        return Input(term=term, indicator=one, source=Source.BASELINE, lack=Lack.MISSING)
    return _baseline(term, one)


def targets(term: Term, one: Indicator) -> Input:
    """The column of targets, each by its one bound; figures of the year before are the baselines."""
    if term.at_baseline:
        return _baseline(term, one)
    bound = None if term.period else one.target.interval.bound
    return _printed(Input(term=term, indicator=one, source=Source.TARGET, place=one.at("target")), bound, "")


def _baseline(term: Term, one: Indicator) -> Input:
    base = one.target.baseline
    empty = Input(term=term, indicator=one, source=Source.BASELINE, place=one.at("baseline"))
    return _printed(empty, base.value if base else None, "约" if base and base.approximate else "")


def _printed(empty: Input, figure: Decimal | None, about: str) -> Input:
    if figure is None:
        return replace(empty, lack=Lack.MISSING)
    text = f"{about}{figure}{empty.indicator.unit.name}"
    span = None if about else Span.rounded(figure)
    return replace(empty, value=Fraction(figure), text=text, span=span, approximate=bool(about))


def _sent(term: Term, one: Indicator, result: Result | None, refused: Observation | None) -> Input:
    seen = result.observation if result else None
    place = seen.place if seen else refused.place if refused else None
    empty = Input(term=term, indicator=one, source=Source.REPORTED, place=place)
    if result is None or result.actual is None or seen is None:
        return replace(empty, lack=Lack.UNUSABLE if place else Lack.MISSING)
    unit = seen.unit or one.unit
    text = " ".join(seen.raw.split()) + ("" if seen.unit_in_cell else unit.name)
    span = None
    if seen.amount is not None and not seen.approximate:
        span = Span.rounded(seen.amount).times(unit.factor / one.unit.factor)
    return replace(empty, value=result.actual, text=text, span=span, approximate=seen.approximate)
