"""Judge every region of a table: single rows where an engine counts the rest, or all rows of a region together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from czurban.checking.admission import Admission, is_of_no_department
from czurban.checking.assessing import is_judged_part, not_the_year, result_of
from czurban.checking.judging import verdict
from czurban.checking.plausible import convert
from czurban.checking.references import with_known_figures
from czurban.checking.refusals import unknown_region
from czurban.checking.regions import Judge, RegionFinder
from czurban.model.assessment import Result, Verdict
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.row_outcome import ALWAYS, OTHER_PERIODS, MergedRows, Resolved, RowFate, RowOutcome
from czurban.model.text import key

if TYPE_CHECKING:
    from czurban.checking.bounds import Bounds, ValueRange

OF_REPEATS = frozenset({"S210", "S211", "S216", "S225"})
"""The findings on several rows of one indicator."""
NOT_JUDGED = "S228"
"""The finding that columns of figures of other periods are not judged."""
_REPORTED = (RowFate.MET, RowFate.MISSED, RowFate.UNREADABLE, RowFate.SILENT, RowFate.NOTHING)


def _fate(indicator: Indicator, actual: Fraction) -> RowFate:
    judged = verdict(indicator.target, actual)
    return {Verdict.MET: RowFate.MET, Verdict.MISSED: RowFate.MISSED}.get(judged, RowFate.UNREADABLE)


class RegionResults(NamedTuple):
    """One region judged: its results, what was found in its rows, and whether these are about the judged period."""

    resolved: Resolved
    results: tuple[Result, ...]
    findings: tuple[Finding, ...]
    appears: bool


class EachRegion:
    """Judges regions by a plan: each by its own targets, or else by the plan's.

    `elsewhere` is the plan for regions that are not part of the plan's own, and `parts` for those that are; neither
    has targets of its own. `judge` judges everything that was reported for one region, and `judge_formulas` the same
    for the sake of formulas alone, without comparing figures. With `rows_for_parts`, parts of the plan's region are
    judged by all their rows, as if they had targets.
    """

    def __init__(
        self,
        plan: Plan,
        period: Period,
        judge: Judge,
        judge_formulas: Judge | None = None,
        *,
        rows_for_parts: bool = False,
    ) -> None:
        plan = with_known_figures(plan, period)
        self.plan = plan
        self.period = period
        self.elsewhere, self.parts = plan.for_others(are_parts=False), plan.for_others(are_parts=True)
        self._judge, self._judge_formulas = judge, judge_formulas or judge
        self.finder = RegionFinder(plan, rows_for_parts=rows_for_parts)
        self._index = {indicator.id: number for number, indicator in enumerate(plan.indicators)}
        self._admission = Admission(self.elsewhere, period)
        self._inputs = {term.indicator for formula in plan.formulas for term in formula.terms()}
        self._computed_inputs = self._inputs & {formula.indicator for formula in plan.formulas}
        self._ranges: dict[str, Sequence[ValueRange]] = {}
        self._measures: dict[Fraction, int] = {}
        self._senders: dict[tuple[str, str], int] = {}
        self._numbers: dict[str, int] = {}

    def number_of(self, indicator: str) -> int:
        """Return an indicator's place in the plan, -1 for none."""
        return self._index.get(indicator, -1)

    def outcome(self, value: Observation) -> RowOutcome:
        """Judge one row by itself, in a region without targets of its own."""
        number = self._index[value.indicator]
        silent = value.reported is Reading.NOTHING
        if silent and not value.may_withdraw:
            return RowOutcome(number, RowFate.NOTHING if value.period == self.period else RowFate.NONE)
        if self.is_context(value):
            return RowOutcome(number, RowFate.CONTEXT, self._refusals(value))
        if code := self._admission.refusal(value):
            return RowOutcome(number, RowFate.REFUSED if self.is_input(value) else RowFate.NONE, (code,))
        outcome = RowOutcome(number, RowFate.SILENT) if silent else self._judged(value, number)
        return outcome._replace(status=value.status.rank if value.status else -1, sender=self.sender(value))

    def _judged(self, value: Observation, number: int) -> RowOutcome:
        indicator = self.elsewhere.indicators[number]
        if is_judged_part(indicator, self.elsewhere, self.period):
            return RowOutcome(number, RowFate.UNREADABLE, ("S277",), measure=-1)
        if indicator.target.ladder or (indicator.target.relative and indicator.target.is_open):
            return RowOutcome(number, RowFate.CONTEXT)  # a stage is no number, and another figure is in another row
        converted, doubt = convert(value, indicator)
        codes = (doubt.code,) if doubt else ()
        if converted.actual is None:
            return RowOutcome(number, RowFate.UNREADABLE, codes)
        if doubt and indicator.id in self.parts.without_target:
            return RowOutcome(number, RowFate.CONTEXT, codes)  # a part of the plan's region has no such doubt
        fate, measure = _fate(indicator, converted.actual), self.measure(value, indicator)
        return RowOutcome(number, fate, codes, amount=value.amount, measure=measure)

    def measure(self, value: Observation, indicator: Indicator) -> int:
        """Return a number for the unit of a value: amounts of an indicator with the same number can be compared."""
        factor = (value.unit or indicator.unit).factor / indicator.unit.factor
        return self._measures.setdefault(factor, len(self._measures))

    @property
    def factors(self) -> Sequence[Fraction]:
        """How many of their indicator's unit each of the units is that `measure` has numbered."""
        return [*self._measures]

    def sender(self, value: Observation) -> int:
        """Return a number for the department that a row is from, 0 without one (see `collection.senders`)."""
        known = (value.sender, value.place.file)
        if known not in self._senders:
            from czurban.checking.collection.senders import sender_of  # noqa: PLC0415 - for rows of large tables alone

            name = key(sender_of(value, self.plan))
            self._senders[known] = self._numbers.setdefault(name, len(self._numbers) + 1) if name else 0
        return self._senders[known]

    def is_of_no_department(self, sender: str) -> bool:
        """Return whether all that a sender reports is refused, whatever the indicator, as all such senders are."""
        return is_of_no_department(sender, self.elsewhere)

    def merge_rows(self, values: Sequence[Observation], many: int = 0) -> MergedRows:
        """Choose among the rows of one indicator in a region without targets of its own; there may be `many` (R6)."""
        indicator = self.elsewhere.indicators[self._index[values[0].indicator]]
        admitted = Admission(self.elsewhere, self.period).admit(values)
        findings: list[Finding] = []
        actual = result_of(indicator, admitted, self.elsewhere, self.period, findings, many).actual
        fate = RowFate.UNREADABLE if actual is None else _fate(indicator, actual)
        return MergedRows(fate, tuple(fault for fault in findings if fault.code in OF_REPEATS))

    def is_context(self, value: Observation) -> bool:
        """Whether a value that is not used may count: for a part of the year, for a formula, or as an own part."""
        if value.period == self.period:
            may_count = value.indicator in self._computed_inputs or self.plan.own_part(value.indicator, value.sender)
            return bool(may_count) and self._admission.refusal(value) != ""
        flow = self.elsewhere.indicators[self._index[value.indicator]].kind is IndicatorKind.FLOW
        inside = self.period.includes(value.period)
        return self._admission.is_looked_back(value) or (flow and inside and value.period.year == self.period.year)

    def is_input(self, value: Observation) -> bool:
        """Whether a formula takes a figure of the judged period, which no formula gives."""
        return value.period == self.period and value.indicator in self._inputs - self._computed_inputs

    def context(self, other_periods: Iterable[Observation]) -> int:
        """Return what figures of other periods in a row's own columns ask for: ALWAYS where a formula takes one.

        All others are reported, once for a region: OTHER_PERIODS.
        """
        reporting = [value for value in other_periods if value.reported is not Reading.NOTHING or value.may_withdraw]
        if any(map(self._admission.is_looked_back, reporting)):
            return ALWAYS
        return OTHER_PERIODS if reporting else 0

    @cached_property
    def of_formulas(self) -> Mapping[bool, Plan]:
        """The plans for parts and for others, with the indicators that formulas give or take."""
        taken = self._inputs | {formula.indicator for formula in self.plan.formulas}
        plans = {True: self.parts, False: self.elsewhere}
        return {
            is_part: replace(plan, indicators=tuple(each for each in plan.indicators if each.id in taken))
            for is_part, plan in plans.items()
        }

    def _refusals(self, value: Observation) -> tuple[str, ...]:
        code = "" if self._admission.is_looked_back(value) else self._admission.refusal(value)
        return (code,) if code else ()

    def refusal(self, value: Observation) -> str:
        """Return the code of the finding for which a row is not used, whatever its value and region; else nothing."""
        return self._admission.refusal(value)

    def bounds(self, value: Observation) -> "tuple[int, Bounds] | None":
        """Return an indicator's place in the plan, and the bounds for values in the unit that an observation has."""
        from czurban.checking.bounds import compile_bounds, sure_ranges  # noqa: PLC0415 - for engines alone

        number = self._index[value.indicator]
        indicator = self.elsewhere.indicators[number]
        if is_judged_part(indicator, self.elsewhere, self.period):
            return None
        if indicator.id not in self._ranges:
            self._ranges[indicator.id] = sure_ranges(indicator)
        bounds = compile_bounds(indicator, value.unit, self._ranges[indicator.id])
        return (number, bounds) if bounds else None

    def row_findings(self, value: Observation) -> list[Finding]:
        """Return what is wrong with one row by itself, in a region without targets of its own."""
        admission = Admission(self.elsewhere, self.period)
        admitted = [row for row in admission.admit([value]) if row.reported is not Reading.NOTHING]
        findings = list(admission.findings)
        for row in admitted:
            indicator = self.elsewhere.indicators[self._index[row.indicator]]
            if is_judged_part(indicator, self.elsewhere, self.period):
                findings.append(not_the_year(row, indicator))
            elif doubt := convert(row, indicator)[1]:
                findings.append(doubt)
        return findings

    def columns_not_judged(self, values: Sequence[Observation]) -> list[Finding]:
        """Return the finding on columns of other periods among all figures of a region."""
        admission = Admission(self.elsewhere, self.period)
        admission.admit(values)
        return [fault for fault in admission.findings if fault.code == NOT_JUDGED]

    def judge(self, text: str, sent: Sequence[Submission], *, formulas_alone: bool = False) -> RegionResults:
        """Judge one region by everything that was reported for it, as it is judged where it is asked for alone.

        With `formulas_alone` only the indicators that formulas give or take are judged.
        """
        resolved = self.finder.resolve(text)
        values = [value for submission in sent for value in submission.observations]
        if resolved.is_own and self.finder.find(text.strip()) is None:
            return RegionResults(resolved, (), tuple(self.unused(values)), appears=False)
        if formulas_alone:
            assessed = self._judge_formulas(self.of_formulas[resolved.is_part], sent, self.period)
        else:
            assessed = self._judge(self._plan_of(resolved), sent, self.period)
        appears = any(result.has_figure for result in assessed.results) or any(map(self._is_reported, values))
        return RegionResults(resolved, assessed.results, assessed.findings, appears)

    def unused(self, values: Iterable[Observation]) -> Iterator[Finding]:
        """Yield why figures of a name that several regions have are not used: what refuses them anywhere, or the name.

        An engine passes rows that are refused anywhere without asking for their region.
        """
        for value in values:
            if self._refusals(value):
                yield from self.row_findings(value)
            elif value.reported is not Reading.NOTHING:
                yield unknown_region(value, self.plan)

    def _plan_of(self, resolved: Resolved) -> Plan:
        if self.finder.has_targets(resolved.region):
            return self.plan.for_region(resolved.region)
        return self.parts if resolved.is_part or resolved.is_own else self.elsewhere

    def _is_reported(self, value: Observation) -> bool:
        return self.outcome(value).fate in _REPORTED
