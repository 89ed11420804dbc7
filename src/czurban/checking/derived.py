"""Judge the values that formulas give where none were sent, and trace how each verdict was reached."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from czurban.checking.judging import judge_value
from czurban.model.assessment import Assessment, Verdict
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, Severity, say
from czurban.model.formulas.derived import Derived, FigureSource, Input, Lack
from czurban.model.formulas.formula import Failure
from czurban.model.indicator import Impossible, Indicator
from czurban.model.observation import Observation, Reading
from czurban.model.trace import SentFigure, Trace

_ELSEWHERE = frozenset({"S217"})
"""Findings that refuse no figure of the plan's region, whose own figure is merely missing then."""
_SEND = say("Correct the figures that it is computed from, or send a figure of its own.")


def refused(assessment: Assessment) -> Mapping[str, Observation]:
    """Return the first figure of the judged period for each indicator that was sent and may not be used."""
    errors = {
        fault.place
        for fault in assessment.findings
        if fault.severity is Severity.ERROR and fault.code not in _ELSEWHERE
    }
    values: dict[str, Observation] = {}
    for submission in assessment.submissions:
        for value in submission.observations:
            if value.period == assessment.period and value.place in errors:
                values.setdefault(value.indicator, value)
    return values


def fill(assessment: Assessment, derivations: Mapping[str, Derived]) -> Assessment:
    """Judge indicators for which no figure was sent by the values that their formulas give."""
    results, findings = [], [*assessment.findings]
    region = _region(assessment)
    for result in assessment.results:
        derived = None if result.has_figure else derivations.get(result.indicator.id)
        for fault in _findings_on(derived) if derived else ():
            message = say("{region}: {message}", region=region, message=fault.message) if region else fault.message
            findings.append(fault._replace(message=message))
        if derived is None or derived.value is None:
            results.append(result)
            continue
        actual = None if derived.partial else derived.value
        results.append(
            judge_value(result.indicator, assessment.plan, assessment.period, actual=actual, derived=derived)
        )
    return assessment._replace(results=tuple(results), findings=tuple(findings))


def _region(assessment: Assessment) -> str:
    """Return the name of the judged region as a formula's findings need it, whose place is the plan; else nothing."""
    plan = assessment.plan
    if not plan.any_region:
        return plan.region if plan.within else ""
    return next((value.region for sent in assessment.submissions for value in sent.observations if value.region), "")


def _findings_on(derived: Derived) -> Iterator[Finding]:
    """Report a formula's value, or why there is none; nothing if none of its figures was sent."""
    place, name = derived.formula.place, derived.indicator.name
    if derived.partial:
        names = "、".join(figure.indicator.name for figure in derived.missing)
        message = say(
            "Only a part of “{name}” is known, {sum}; missing: {names}.", name=name, sum=derived.sum, names=names
        )
        yield finding("S252", place, message, say("It is not judged. Send what is missing, or a figure of its own."))
    elif derived.value is not None:
        message = say("No figure was sent for “{name}”; its formula gives {sum}.", name=name, sum=derived.sum)
        yield finding("S249", place, message)
    elif derived.failure in (Failure.IMPOSSIBLE, Failure.ZERO, Failure.LONG):
        yield finding("S251", place, _impossible(derived), _SEND)
    elif derived.failure is Failure.MIXED:
        message = say(
            "The formula of “{name}” does not measure what {unit} measures.",
            name=name,
            unit=derived.indicator.unit.name,
        )
        yield finding("S250", place, message, say("`czurban validate` shows what it measures (P217)."))
    elif derived.failure is Failure.UNUSABLE:
        yield from _unusable(derived)


def _impossible(derived: Derived) -> Message:
    values = {"name": derived.indicator.name, "sum": derived.sum}
    if derived.failure is Failure.LONG:
        return say("The formula of “{name}” gives more digits than can be printed.", **values)
    if derived.exact is None:
        return say("The formula of “{name}” divides by zero: {sum}.", **values)
    if derived.indicator.impossible(derived.exact) is Impossible.NEGATIVE:
        return say("The formula of “{name}” gives a value below zero, which is not used: {sum}.", **values)
    return say("The formula of “{name}” gives no share from 0 to 100 %, so it is not used: {sum}.", **values)


def _unusable(derived: Derived) -> Iterator[Finding]:
    """Report each figure that was sent and cannot be used; results of other formulas are reported there."""
    for figure in derived.inputs:
        if figure.lack is Lack.UNUSABLE and figure.source is FigureSource.REPORTED:
            message = say(
                "“{name}” is not computed by its formula: “{input}” was sent and cannot be used ({place}).",
                name=derived.indicator.name,
                input=figure.indicator.name,
                place=figure.place,
            )
            yield finding("S250", derived.formula.place, message, _SEND)


_PLAN_CODES = ("P214", "P216", "P217")
"""Findings on the plan's own figures and targets that belong to a formula."""
_DEEPEST = 12
"""The largest depth of formulas within formulas in a trace; deeper ones can be traced by themselves."""


class Tracer:
    """Traces the figures of an assessment.

    Args:
        assessment: the judged plan.
        derivations: the result of every formula with the figures that were sent.
        columns: the results of every formula with each column that the plan prints.
        of_the_plan: the findings on the plan itself.
    """

    def __init__(
        self,
        assessment: Assessment,
        derivations: Mapping[str, Derived],
        columns: tuple[Mapping[str, Derived], ...],
        of_the_plan: Iterable[Finding],
    ) -> None:
        self.assessment = assessment
        self.derivations = derivations
        self.columns = columns
        self._results = assessment.by_id
        self._findings: dict[Place | None, list[Finding]] = defaultdict(list)
        for fault in assessment.findings:
            self._findings[fault.place].append(fault)
        self._of_the_plan = [fault for fault in of_the_plan if fault.code in _PLAN_CODES]
        self._traced: set[str] = set()

    def trace(self, indicator: Indicator) -> Trace:
        """Return the whole tree of an indicator; an indicator that occurs twice is expanded once."""
        self._traced = set()
        parts = [part for part in self.assessment.plan.allotted if part.whole == indicator.id]
        trace = self._trace(indicator, None, 0)
        return trace._replace(parts=tuple(self._trace(part, None, 0) for part in parts)) if parts else trace

    def _trace(self, indicator: Indicator, source: Input | None, depth: int) -> Trace:
        if source is not None and source.term.looks_back:
            return Trace(indicator=indicator, result=None, source=source)
        result, derived = self._results.get(indicator.id), self.derivations.get(indicator.id)
        if indicator.id in self._traced or depth > _DEEPEST:
            return Trace(indicator=indicator, result=result, source=source, again=True)
        self._traced.add(indicator.id)
        place = derived.formula.place if derived else None
        return Trace(
            indicator=indicator,
            result=result,
            source=source,
            sent=tuple(self._sent(indicator)),
            derived=derived,
            columns=tuple(column[indicator.id] for column in self.columns if indicator.id in column),
            below=tuple(self._trace(figure.indicator, figure, depth + 1) for figure in derived.inputs)
            if derived
            else (),
            findings=tuple(self._findings[place]) if derived else (),
            of_the_plan=tuple(fault for fault in self._of_the_plan if derived and fault.place == place),
        )

    def _sent(self, indicator: Indicator) -> Iterator[SentFigure]:
        result = self._results.get(indicator.id)
        judged = result is not None and (result.actual is not None or result.verdict in (Verdict.MET, Verdict.MISSED))
        used = result.observation.place if result and result.observation and judged else None
        every = [value for file in self.assessment.submissions for value in file.observations]
        sent = [value for value in every if value.indicator == indicator.id]
        years = result.of if result and used and result.of and result.of.has_years else None
        together = years if years not in {value.period for value in sent} else None
        for value in sent:
            whole = self.assessment.refusal_of(value.place.file) if value.reported is Reading.WITHHELD else None
            findings = (*self._findings[value.place], *([whole] if whole else []))
            unit = (value.unit or indicator.unit) if value.reported is Reading.VALUE else None
            factor = unit.ratio(indicator.unit) if unit else None
            is_part = together is not None and together.includes(value.period)
            yield SentFigure(value, findings, value.place == used or is_part, factor)
