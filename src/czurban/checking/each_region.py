"""Judge every region of a table: single rows where an engine counts the rest, or all rows of a region together."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from czurban.checking.admission import Admission, unknown_region
from czurban.checking.assessing import is_judged_part, not_the_year, result_of
from czurban.checking.bounds import Bounds, ValueRange, compile_bounds, sure_ranges
from czurban.checking.judging import convert, verdict
from czurban.checking.regions import Judge, RegionFinder
from czurban.model.assessment import Result, Verdict
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.observation import MergedRows, Observation, Reading, Resolved, RowFate, RowOutcome, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.region import WHOLE_WORDS
from czurban.model.text import key

_FAMILY_DIGITS = 2
_LEAST_DIGITS = 4
_FATES = {Verdict.MET: RowFate.MET, Verdict.MISSED: RowFate.MISSED}
OF_REPEATS = frozenset({"S210", "S211", "S216", "S225"})
"""The findings on several rows of one indicator."""
_REPORTED = (RowFate.MET, RowFate.MISSED, RowFate.UNREADABLE, RowFate.SILENT, RowFate.NOTHING)


class RegionResults(NamedTuple):
    """One region judged: its results, what was found in its rows, and whether these are about the judged period."""

    resolved: Resolved
    results: tuple[Result, ...]
    findings: tuple[Finding, ...]
    appears: bool


class EachRegion:
    """Judges regions by a plan: each by its own targets, or else by the plan's.

    `elsewhere` is the plan for regions that are not part of the plan's own, and `parts` for those that are; neither
    has targets of its own.
    """

    def __init__(self, plan: Plan, period: Period, judge: Judge, *, rows_for_parts: bool = False) -> None:
        """Derive the plans for regions without targets of their own.

        Args:
            plan: the plan.
            period: the period to judge.
            judge: judges everything that was reported for one region.
            rows_for_parts: whether parts of the plan's region are judged by all their rows, as if they had targets.
        """
        self._rows_for_parts = rows_for_parts
        self.own_name = key(plan.region)
        self.plan = plan
        self.period = period
        self.elsewhere, self.parts = plan.for_others(are_parts=False), plan.for_others(are_parts=True)
        self._judge = judge
        self._finder = RegionFinder(plan)
        self._index = {indicator.id: number for number, indicator in enumerate(plan.indicators)}
        self._admission = Admission(self.elsewhere, period)
        self._inputs = {term.indicator for formula in plan.formulas for term in formula.terms()}
        self._ranges: dict[str, Sequence[ValueRange]] = {}
        self._measures: dict[Fraction, int] = {}

    def resolve(self, text: str) -> Resolved:
        """Return which region a text means: the plan's own, one of its hierarchy, else the one that is called so."""
        code = self._finder.find(text.strip())
        if code is None:
            name = key(text.strip())
            return Resolved(name, self._family(name), is_own=bool(self.plan.regions.matching(text)))
        region = self.plan.regions.with_code(code)
        is_own = code == self._finder.home or bool(self.plan.breakdown.of_region(code))
        is_part = not is_own and region is not None and self.plan.is_other_level(region)
        is_own = is_own or (is_part and self._rows_for_parts)
        return Resolved(code, self._family(code), is_own=is_own, is_part=is_part and not is_own)

    def known_texts(self) -> Iterable[str]:
        """Return what may be written for a region of the plan, without spaces and in lower case.

        A text that ends with the name of the plan's own region, `own_name`, means this region too.
        """
        return {*self.plan.regions.texts, *WHOLE_WORDS, self.own_name[:-1]}

    def _family(self, region: str) -> str:
        """Return the region above where the plan knows it, else what a code begins with; all others are one family."""
        regions = self.plan.regions
        if region == self._finder.home and not regions:
            return region
        if known := regions.find(region):
            return regions.full_name(regions.parent(known) or known)
        return region[:_FAMILY_DIGITS] if region.isdecimal() and len(region) >= _LEAST_DIGITS else ""

    def outcome(self, value: Observation) -> RowOutcome:
        """Judge one row by itself, in a region without targets of its own."""
        number = self._index[value.indicator]
        silent = value.reported is Reading.NOTHING
        if silent and not value.status:
            return RowOutcome(number, RowFate.NOTHING if value.period == self.period else RowFate.NONE)
        if self.is_context(value):
            return RowOutcome(number, RowFate.CONTEXT, self._refusals(value))
        if code := self._admission.refusal(value):
            return RowOutcome(number, RowFate.NONE, (code,))
        outcome = RowOutcome(number, RowFate.SILENT) if silent else self._judged(value, number)
        return outcome._replace(status=value.status.rank if value.status else -1)

    def _judged(self, value: Observation, number: int) -> RowOutcome:
        indicator = self.elsewhere.indicators[number]
        if is_judged_part(indicator, self.elsewhere, self.period):
            return RowOutcome(number, RowFate.UNREADABLE, ("S277",), measure=-1)
        converted, doubt = convert(value, indicator)
        codes = (doubt.code,) if doubt else ()
        if converted.actual is None:
            return RowOutcome(number, RowFate.UNREADABLE, codes)
        if doubt and indicator.id in self.parts.without_target:
            return RowOutcome(number, RowFate.CONTEXT, codes)  # a part of the plan's region has no such doubt
        fate = _FATES[verdict(indicator.target, converted.actual)]
        return RowOutcome(number, fate, codes, amount=value.amount, measure=self.measure(value, indicator))

    def measure(self, value: Observation, indicator: Indicator) -> int:
        """Return a number for the unit of a value: amounts of an indicator with the same number can be compared."""
        factor = (value.unit or indicator.unit).factor / indicator.unit.factor
        return self._measures.setdefault(factor, len(self._measures))

    def merge_rows(self, values: Sequence[Observation], many: int = 0) -> MergedRows:
        """Choose among the rows of one indicator in a region without targets of its own (R6).

        Args:
            values: the rows, or the first of them.
            many: how many there are in all.
        """
        indicator = self.elsewhere.indicators[self._index[values[0].indicator]]
        admitted = Admission(self.elsewhere, self.period).admit(values)
        findings: list[Finding] = []
        actual = result_of(indicator, admitted, self.elsewhere, self.period, findings, many).actual
        fate = RowFate.UNREADABLE if actual is None else _FATES[verdict(indicator.target, actual)]
        return MergedRows(fate, tuple(fault for fault in findings if fault.code in OF_REPEATS))

    def is_context(self, value: Observation) -> bool:
        """Whether a value that is not used counts with others: for a part of the year, or where a formula takes it."""
        if value.period == self.period:
            return value.indicator in self._inputs and self._admission.refusal(value) != ""
        flow = self.elsewhere.indicators[self._index[value.indicator]].kind is IndicatorKind.FLOW
        inside = self.period.includes(value.period)
        return self._admission.is_looked_back(value) or (flow and inside and value.period.year == self.period.year)

    def _refusals(self, value: Observation) -> tuple[str, ...]:
        code = "" if self._admission.is_looked_back(value) else self._admission.refusal(value)
        return (code,) if code else ()

    def refusal(self, value: Observation) -> str:
        """Return the code of the finding for which a row is not used, whatever its value and region; else nothing."""
        return self._admission.refusal(value)

    def bounds(self, value: Observation) -> tuple[int, Bounds] | None:
        """Return an indicator's place in the plan, and the bounds for values in the unit that an observation has."""
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

    def judge(self, text: str, submissions: Sequence[Submission]) -> RegionResults:
        """Judge one region by everything that was reported for it, as it is judged where it is asked for alone."""
        resolved = self.resolve(text)
        values = [value for sent in submissions for value in sent.observations]
        if resolved.is_own and self._finder.find(text.strip()) is None:
            return RegionResults(resolved, (), tuple(self.unused(values)), appears=False)
        assessed = self._judge(self._plan_of(resolved), submissions, self.period)
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
        if resolved.is_own:
            return self.plan.for_region(resolved.region)
        return self.parts if resolved.is_part else self.elsewhere

    def _is_reported(self, value: Observation) -> bool:
        return self.outcome(value).fate in _REPORTED
