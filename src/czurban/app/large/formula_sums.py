"""What an engine needs to judge the formulas of many regions: the sums of figures that decide about their results."""

from collections.abc import Iterator, Sequence

from czurban.checking.each_region import EachRegion
from czurban.computing.engines.engine import BITS, FormulaPlaces, SumsOfFormula, place
from czurban.computing.formula_sums import sums_of
from czurban.model.formulas.formula import Measures


def sums_of_formulas(each: EachRegion, formulas: Sequence[FormulaPlaces]) -> Iterator[SumsOfFormula]:
    """Yield the sums by which an engine judges the results of formulas, in all units that rows have.

    Left out are formulas whose results are rounded or used by another formula, or that may be computed in part.
    """
    plan = each.elsewhere
    used = {term.indicator for formula in plan.formulas for term in formula.terms()}
    for number, (formula, places) in enumerate(zip(plan.formulas[:BITS], formulas, strict=False)):
        if not places.counted or places.any_input or formula.looks_back or formula.rounding is not None:
            continue
        if formula.indicator in used:
            continue
        for part, others in each.of_formulas.items():
            measures, by_id = Measures(others.by_id), others.by_id
            sums = sums_of(formula.expression, by_id[formula.indicator], measures, each.factors)
            if sums is None:
                continue
            which, bits = (str(part).lower(), 1 << number), {term: 1 << n for n, term in enumerate(sums.terms)}
            multiples = [
                (*which, *place(each.number_of(term.indicator)), measure, bits[term], *numbers)
                for (term, measure), numbers in sums.multiples.items()
            ]
            yield SumsOfFormula(which[1], multiples, (*which, *places.result, sum(bits.values()), *sums.least))
