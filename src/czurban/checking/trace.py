"""Trace how the verdict on an indicator was reached."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from czurban.model.assessment import Assessment, Verdict
from czurban.model.finding import Finding, Place
from czurban.model.formulas.derived import Derived, Input
from czurban.model.indicator import Indicator
from czurban.model.observation import Reading
from czurban.model.trace import SentFigure, Trace

_PLAN_CODES = ("P214", "P216", "P217")
"""Findings on the plan's own figures and targets that belong to a formula."""
_DEEPEST = 12
"""The largest depth of formulas within formulas in a trace; deeper ones can be traced by themselves."""


class Tracer:
    """Traces the figures of an assessment.

    `derivations` are the results of every formula with the figures that were sent, `columns` those with each column
    that the plan prints, and `of_the_plan` the findings on the plan itself.
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
