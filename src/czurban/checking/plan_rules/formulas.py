"""Check a plan's formulas: whether its printed figures agree with them, and its targets can all be met."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import reduce
from types import MappingProxyType

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, say
from czurban.model.formulas.derived import result_text, working_text
from czurban.model.formulas.formula import Failure, Formula, FormulaOutcome, Look, Measures, Term
from czurban.model.indicator import Indicator
from czurban.model.plan import Plan
from czurban.model.target.interval import NOT_NEGATIVE, NumberRange, decimals


class _Lack(Enum):
    """Why a printed figure cannot be used in a formula."""

    MISSING = say("missing: {names}")
    ABOUT = say("approximate: {names}")
    RANGE = say("a range: {names}")


@dataclass(frozen=True, slots=True)
class FormulaCheck:
    """A formula with its outcome for one column of the plan's figures: the targets, or the baselines."""

    formula: Formula
    at_baseline: bool
    outcome: FormulaOutcome | Failure
    left: Indicator
    working: str
    exactly: NumberRange | Failure

    @property
    def result(self) -> Fraction:
        """The result of the formula with the figures as printed."""
        known = self.exactly.low if isinstance(self.exactly, NumberRange) else None
        return Fraction(0) if known is None else known


def cases(plan: Plan) -> Iterator[FormulaCheck]:
    """Yield every formula with the targets, and with the baselines where these are enough."""
    measures = Measures(plan.by_id)
    for formula in plan.formulas:
        left = plan.by_id.get(formula.indicator)
        if left is None or any(term.indicator not in plan.by_id for term in formula.terms()):
            continue  # reported as a fault of the indicator
        for at_baseline in (False,) if formula.looks_back or left.target.baseline is None else (False, True):
            look = _printed(measures, NumberRange.rounded, at_baseline=at_baseline)
            outcome = measures.solve(formula.expression, left, look(Term(left.id)), look)
            working = working_text(formula.expression, lambda term, b=at_baseline: _text(plan, term, at_baseline=b))  # type: ignore[misc]
            exact = _printed(measures, NumberRange.point, at_baseline=at_baseline)
            points = measures.work_out(formula.expression, left, exact)
            yield FormulaCheck(formula, at_baseline, outcome, left, working, points)


def _printed(measures: Measures, spread: Callable[[Decimal], NumberRange], *, at_baseline: bool) -> Look:
    """Return a function that gives printed figures as ranges; None for one that is missing or approximate."""

    def look(term: Term) -> NumberRange | None:
        indicator = measures.indicators[term.indicator]
        if term.period is not None:
            return None  # the plan only prints figures of its own period and the baseline's
        if term.at_baseline or at_baseline:
            base = indicator.target.baseline
            figure = base.value if base is not None and not base.approximate else None
        else:
            figure = indicator.target.interval.bound
        return None if figure is None else measures.base(spread(figure), indicator.unit)

    return look


def _text(plan: Plan, term: Term, *, at_baseline: bool) -> str:
    indicator = plan.by_id[term.indicator]
    base, target = indicator.target.baseline, indicator.target.interval
    if term.period is not None:
        return "—"
    figure = (base.printed if base else "—") if term.at_baseline or at_baseline else target.bound
    return f"{target if figure is None else figure}{indicator.unit.name}"


def kept(plan: Plan) -> Iterator[Finding]:
    """A formula that agrees with the printed figures is listed with its working."""
    for case in cases(plan):
        if isinstance(case.outcome, FormulaOutcome) and case.outcome.holds:
            message = _sum(plan, case, say("{sum}, as printed: {left}."))
            yield finding("P213", case.formula.place, message)


def broken(plan: Plan) -> Iterator[Finding]:
    """The printed figures agree with the plan's formulas, as far as rounding goes."""
    for case in cases(plan):
        if isinstance(case.outcome, FormulaOutcome) and not case.outcome.holds:
            message = _sum(plan, case, say("{sum}, not {left} as printed for “{name}”."))
            yield finding("P214", case.formula.place, message, _needs(plan, case))


def undecidable(plan: Plan) -> Iterator[Finding]:
    """A formula that cannot be checked because a figure is missing is listed."""
    for case in cases(plan):
        if not case.at_baseline and plan.by_id[case.formula.indicator].input_only:
            continue
        if why := _why_undecidable(plan, case):
            column = say("baseline") if case.at_baseline else say("target")
            values = {"text": case.formula.equation, "column": column, "why": why, "working": case.working}
            message = say("{text} cannot be checked for the {column}: {why} ({working}).", **values)
            yield finding("P215", case.formula.place, message)


def _why_undecidable(plan: Plan, case: FormulaCheck) -> Message | None:
    """Return why a formula cannot be checked by printed figures; None where it can, or where its units are wrong."""
    match case.outcome, case.exactly:
        case Failure.MISSING, _:
            terms = dict.fromkeys((Term(case.left.id), *case.formula.terms()))
            return _unusable([(_named(plan, term), _lack(plan, term, at_baseline=case.at_baseline)) for term in terms])
        case Failure.ZERO, Failure.ZERO:
            return say("it divides by zero")
        case Failure.ZERO, _:
            return say("it may divide by zero, as far as the figures are rounded")
        case Failure.LONG, _:
            return say("it gives more digits than can be printed")
    return None


def _unusable(lacks: Sequence[tuple[str, _Lack | None]]) -> Message:
    """List the figures that are missing, approximate or ranges."""
    kinds = [(kind, [name for name, lack in lacks if lack is kind]) for kind in _Lack]
    lists = [Message(kind.value.text, {"names": "、".join(names)}) for kind, names in kinds if names]
    return reduce(lambda left, right: say("{one}; {other}", one=left, other=right), lists)


def _named(plan: Plan, term: Term) -> str:
    """Return an indicator's name with the period that the formula states."""
    time = "@baseline" if term.at_baseline else f"@{term.period}" if term.period else ""
    return f"“{plan.by_id[term.indicator].name}”{time}"


def _lack(plan: Plan, term: Term, *, at_baseline: bool) -> _Lack | None:
    if term.period is not None:
        return _Lack.MISSING  # the plan only prints figures of its own period and the baseline's
    target = plan.by_id[term.indicator].target
    if not (term.at_baseline or at_baseline):
        if not target.interval.has_bound:
            return _Lack.MISSING
        return _Lack.RANGE if target.interval.bound is None else None
    if target.baseline is None or target.baseline.value is None:
        return _Lack.MISSING
    return _Lack.ABOUT if target.baseline.approximate else None


def feasible_together(plan: Plan) -> Iterator[Finding]:
    """The targets in a formula can all be met at once."""
    for case in cases(plan):
        if not case.at_baseline and not _feasible(plan, case):
            names = "、".join(dict.fromkeys(indicator.name for indicator in _indicators(plan, case)))
            message = say("The targets of {names} cannot all be met: {text}.", names=names, text=case.formula.equation)
            yield finding("P216", case.formula.place, message, say("Check the figures and which way is better."))


def same_measure(plan: Plan) -> Iterator[Finding]:
    """A formula has the dimension of its indicator."""
    for case in cases(plan):
        if case.outcome is Failure.MIXED and not case.at_baseline:
            yield finding("P217", case.formula.place, _mixed(plan, case), say("Check the units of its indicators."))


def _mixed(plan: Plan, case: FormulaCheck) -> Message:
    """Name both units: the one that the formula gives, and the indicator's."""
    given = working_text(case.formula.expression, lambda term: plan.by_id[term.indicator].unit.name)
    values = {"found": given, "name": case.left.name, "unit": case.left.unit.name}
    if Measures(plan.by_id).powers(case.formula.expression) is None:
        return say("{found} adds or compares different dimensions, and gives no {unit} (“{name}”).", **values)
    return say("The formula gives {found}, and “{name}” is in {unit}, which measures something else.", **values)


def _sum(plan: Plan, case: FormulaCheck, sentence: Message) -> Message:
    left = _text(plan, Term(case.left.id), at_baseline=case.at_baseline)
    total = f"{case.working} {result_text(case.result, _decimals(case), case.left)}"
    return Message(sentence.text, {"sum": total, "left": left, "name": case.left.name})


def _decimals(case: FormulaCheck) -> int:
    base = case.left.target.baseline
    figure = (base.value if base else None) if case.at_baseline else case.left.target.interval.bound
    return decimals(figure)


def _indicators(plan: Plan, case: FormulaCheck) -> tuple[Indicator, ...]:
    names = dict.fromkeys((case.left.id, *(term.indicator for term in case.formula.terms())))
    return tuple(plan.by_id[name] for name in names)


def _feasible(plan: Plan, case: FormulaCheck, changed: Mapping[str, NumberRange] = MappingProxyType({})) -> bool:
    """Return whether some values meet all targets and the formula; True where that cannot be decided.

    Values that are `changed`, by the indicator's id, take the place of those that meet its target.
    """
    accepted = {each.id: changed.get(each.id, each.target.interval.closed()) for each in _indicators(plan, case)}
    measures = Measures(plan.by_id)
    baseline = _printed(measures, NumberRange.rounded, at_baseline=True)

    def look(term: Term) -> NumberRange | None:
        if term.looks_back:
            return baseline(term)
        values, unit = accepted[term.indicator], plan.by_id[term.indicator].unit
        return measures.base(values.within(NOT_NEGATIVE), unit) if values.meets(NOT_NEGATIVE) else None

    outcome = measures.solve(case.formula.expression, case.left, look(Term(case.left.id)), look)
    return isinstance(outcome, Failure) or outcome.holds


def _needs(plan: Plan, case: FormulaCheck) -> Message:
    """Return the hint on a contradiction, which names a target whose direction must be as it is."""
    if not case.at_baseline and _feasible(plan, case):
        for indicator in _indicators(plan, case):
            opposite = indicator.target.interval.opposite()
            if opposite and not _feasible(plan, case, {indicator.id: opposite}):
                return say(
                    "The targets can all be met, because “{name}” is {way}; read the other way they could not.",
                    name=indicator.name,
                    way=indicator.target.interval.direction_name,
                )
    return say("Check the figures, their units and what each of them counts.")
