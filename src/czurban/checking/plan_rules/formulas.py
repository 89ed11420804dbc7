"""Rules about a plan's formulas: whether the printed figures keep them, and the targets can all be met.

Why nobody can tell whether a formula holds for what a plan prints: a figure is not there, or it divides by zero.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import reduce

from czurban.model.derived import result_text, working_text
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, say
from czurban.model.formula import Formula, FormulaOutcome, FormulaTrouble, Look, Measures, Term
from czurban.model.indicator import Indicator
from czurban.model.number_range import NOT_NEGATIVE, NumberRange, decimals
from czurban.model.plan import Plan


class _Lack(Enum):
    """Why a printed figure cannot be reckoned with."""

    MISSING = say("missing: {names}")
    ABOUT = say("approximate: {names}")
    RANGE = say("a range: {names}")


def why_undecidable(
    plan: Plan,
    formula: Formula,
    found: tuple[FormulaOutcome | FormulaTrouble, NumberRange | FormulaTrouble],
    *,
    at_baseline: bool,
) -> Message | None:
    """Say why a formula cannot be judged by printed figures; None where it can, or where its units are at fault.

    Args:
        plan: the plan.
        formula: one of its formulas.
        found: what came of it with all that the figures may stand for, and with the figures as they are printed.
        at_baseline: whether these are the baselines; else the targets.
    """
    match found:
        case FormulaTrouble.MISSING, _:
            terms = dict.fromkeys((Term(formula.indicator), *formula.terms()))
            return _lacking([(_called(plan, term), _lack(plan, term, at_baseline=at_baseline)) for term in terms])
        case FormulaTrouble.ZERO, FormulaTrouble.ZERO:
            return say("it divides by zero")
        case FormulaTrouble.ZERO, _:
            return say("it may divide by zero, as far as the figures are rounded")
        case FormulaTrouble.LONG, _:
            return say("it gives more digits than can be written down")
    return None


def _lacking(found: Sequence[tuple[str, _Lack | None]]) -> Message:
    """The figures that are missing, approximate or ranges."""
    kinds = [(kind, [name for name, lack in found if lack is kind]) for kind in _Lack]
    said = [Message(kind.value.text, {"names": "、".join(names)}) for kind, names in kinds if names]
    return reduce(lambda one, other: say("{one}; {other}", one=one, other=other), said)


def _called(plan: Plan, term: Term) -> str:
    """An indicator's name, with what the formula says of the time."""
    time = "@baseline" if term.at_baseline else f"@{term.period}" if term.period else ""
    return f"“{plan.by_id[term.indicator].name}”{time}"


def _lack(plan: Plan, term: Term, *, at_baseline: bool) -> _Lack | None:
    if term.period is not None:
        return _Lack.MISSING  # the plan prints figures of its own period and the baseline's alone
    target = plan.by_id[term.indicator].target
    if not (term.at_baseline or at_baseline):
        return _Lack.RANGE if target.interval.bound is None else None
    if target.baseline is None or target.baseline.value is None:
        return _Lack.MISSING
    return _Lack.ABOUT if target.baseline.approximate else None


@dataclass(frozen=True, slots=True)
class FormulaCheck:
    """A formula held against one column of the plan's figures, and what it came to."""

    formula: Formula
    at_baseline: bool
    outcome: FormulaOutcome | FormulaTrouble
    left: Indicator
    working: str
    exactly: NumberRange | FormulaTrouble

    @property
    def comes_to(self) -> Fraction:
        """What the formula gives by the figures as they are printed."""
        known = self.exactly.low if isinstance(self.exactly, NumberRange) else None
        return Fraction(0) if known is None else known


def cases(plan: Plan) -> Iterator[FormulaCheck]:
    """Every formula with the targets, and with the baselines where it has one and does not look back beyond it."""
    measures = Measures(plan.by_id, plan.units)
    for formula in plan.formulas:
        left = plan.by_id.get(formula.indicator)
        if left is None or any(term.indicator not in plan.by_id for term in formula.terms()):
            continue  # the indicator's own fault has been told
        for at_baseline in (False,) if formula.looks_back or left.target.baseline is None else (False, True):
            look = _printed(measures, NumberRange.rounded, at_baseline=at_baseline)
            outcome = measures.solve(formula.expression, left, look(Term(left.id)), look)
            working = working_text(formula.expression, lambda term, b=at_baseline: _text(plan, term, at_baseline=b))  # type: ignore[misc]
            points = measures.work_out(
                formula.expression, left, _printed(measures, NumberRange.point, at_baseline=at_baseline)
            )
            yield FormulaCheck(formula, at_baseline, outcome, left, working, points)


def _printed(measures: Measures, spread: Callable[[Decimal], NumberRange], *, at_baseline: bool) -> Look:
    """Printed figures, each as the values it stands for; None for one that is missing or approximate."""

    def look(term: Term) -> NumberRange | None:
        one = measures.indicators[term.indicator]
        if term.period is not None:
            return None  # the plan prints figures of its own period and the baseline's alone
        if term.at_baseline or at_baseline:
            base = one.target.baseline
            figure = base.value if base is not None and not base.approximate else None
        else:
            figure = one.target.interval.bound
        return None if figure is None else measures.base(spread(figure), one.unit)

    return look


def _text(plan: Plan, term: Term, *, at_baseline: bool) -> str:
    one = plan.by_id[term.indicator]
    base = one.target.baseline
    if term.period is not None:
        return "—"
    target = one.target.interval
    figure = (base.printed if base else "—") if term.at_baseline or at_baseline else target.bound
    return f"{target if figure is None else figure}{one.unit.name}"


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
        if why := why_undecidable(plan, case.formula, (case.outcome, case.exactly), at_baseline=case.at_baseline):
            message = say(
                "Whether {text} holds for the {column} cannot be told: {why} ({working}).",
                text=case.formula.equation,
                column=say("baseline") if case.at_baseline else say("target"),
                why=why,
                working=case.working,
            )
            yield finding("P215", case.formula.place, message)


def feasible_together(plan: Plan) -> Iterator[Finding]:
    """The targets in a formula can all be met at once."""
    for case in cases(plan):
        if not case.at_baseline and not _feasible(plan, case):
            names = "、".join(dict.fromkeys(one.name for one in _indicators(plan, case)))
            message = say("The targets of {names} cannot all be met: {text}.", names=names, text=case.formula.equation)
            yield finding("P216", case.formula.place, message, say("Check the figures and which way is better."))


def same_measure(plan: Plan) -> Iterator[Finding]:
    """A formula has the dimension of its indicator."""
    for case in cases(plan):
        if case.outcome is FormulaTrouble.MIXED and not case.at_baseline:
            yield finding("P217", case.formula.place, _mixed(plan, case), say("Check the units of its indicators."))


def _mixed(plan: Plan, case: FormulaCheck) -> Message:
    """Both units by name: what the formula makes of its indicators' units, and what the indicator is in."""
    found = working_text(case.formula.expression, lambda term: plan.by_id[term.indicator].unit.name)
    values = {"found": found, "name": case.left.name, "unit": case.left.unit.name}
    if Measures(plan.by_id, plan.units).powers(case.formula.expression) is None:
        return say("{found} adds or compares what does not measure the same, and gives no {unit} (“{name}”).", **values)
    return say("The formula gives {found}, and “{name}” is in {unit}, which measures something else.", **values)


def _sum(plan: Plan, case: FormulaCheck, sentence: Message) -> Message:
    left = _text(plan, Term(case.left.id), at_baseline=case.at_baseline)
    total = f"{case.working} {result_text(case.comes_to, _decimals(case), case.left)}"
    return Message(sentence.text, {"sum": total, "left": left, "name": case.left.name})


def _decimals(case: FormulaCheck) -> int:
    base = case.left.target.baseline
    figure = (base.value if base else None) if case.at_baseline else case.left.target.interval.bound
    return decimals(figure)


def _indicators(plan: Plan, case: FormulaCheck) -> tuple[Indicator, ...]:
    names = dict.fromkeys((case.left.id, *(term.indicator for term in case.formula.terms())))
    return tuple(plan.by_id[name] for name in names)


def _feasible(plan: Plan, case: FormulaCheck, changed: Mapping[str, NumberRange] | None = None) -> bool:
    """Return whether some values meet all targets and the formula; True where that cannot be decided.

    Args:
        plan: the plan.
        case: the formula.
        changed: by the indicator's id, values to take instead of those that meet its target.
    """
    accepted = {one.id: one.target.interval.closed() for one in _indicators(plan, case)} | dict(changed or {})
    measures = Measures(plan.by_id, plan.units)
    baseline = _printed(measures, NumberRange.rounded, at_baseline=True)

    def look(term: Term) -> NumberRange | None:
        if term.looks_back:
            return baseline(term)
        one = plan.by_id[term.indicator]
        span = accepted[one.id]
        return measures.base(span.within(NOT_NEGATIVE), one.unit) if span.meets(NOT_NEGATIVE) else None

    outcome = measures.solve(case.formula.expression, case.left, look(Term(case.left.id)), look)
    return isinstance(outcome, FormulaTrouble) or outcome.holds


def _needs(plan: Plan, case: FormulaCheck) -> Message:
    """What the contradiction means for the targets: which of them must stay as it is read."""
    if not case.at_baseline and _feasible(plan, case):
        for one in _indicators(plan, case):
            opposite = one.target.interval.opposite()
            if opposite and not _feasible(plan, case, {one.id: opposite}):
                return say(
                    "The targets can all be met, because “{name}” is {way}; read the other way they could not.",
                    name=one.name,
                    way=one.target.interval.direction_name,
                )
    return say("Check the figures, their units and what each of them counts.")
