"""How a verdict came about: every figure sent, used or not and why, and what each formula took."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from czurban.model.assessment import Assessment
from czurban.model.derived import Derived, Input
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, Reading
from czurban.model.place import Place
from czurban.model.trace import Sent, Trace

_TOLD = ("P214", "P216", "P217")
"""What a plan's figures and targets say against its formula."""
_DEEPEST = 12
"""Levels of formulas within formulas; what lies deeper is asked for by its own name."""


class Tracer:
    """Traces the figures of one assessment.

    Args:
        assessment: the judged plan.
        derivations: what every formula gives by the figures that were sent.
        columns: what every formula gives by each column that the plan prints.
        of_the_plan: what was found in the plan itself.
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
        self._results = {one.indicator.id: one for one in assessment.results}
        self._found: dict[Place | None, list[Finding]] = defaultdict(list)
        for one in assessment.findings:
            self._found[one.place].append(one)
        self._of_the_plan = [one for one in of_the_plan if one.code in _TOLD]
        self._told: set[str] = set()

    def trace(self, one: Indicator) -> Trace:
        """The whole tree of an indicator; what stands in it twice is told once."""
        self._told = set()
        return self._trace(one, None, 0)

    def _trace(self, one: Indicator, source: Input | None, depth: int) -> Trace:
        derived = self.derivations.get(one.id)
        if source is not None and source.term.looks_back:
            return Trace(indicator=one, result=None, source=source)
        if one.id in self._told or depth > _DEEPEST:
            return Trace(indicator=one, result=self._results.get(one.id), source=source, again=True)
        self._told.add(one.id)
        inputs = derived.inputs if derived else ()
        return Trace(
            indicator=one,
            result=self._results.get(one.id),
            source=source,
            sent=tuple(self._sent(one)),
            derived=derived,
            columns=tuple(column[one.id] for column in self.columns if one.id in column),
            below=tuple(self._trace(each.indicator, each, depth + 1) for each in inputs),
            findings=tuple(self._found[derived.formula.place]) if derived else (),
            of_the_plan=tuple(each for each in self._of_the_plan if derived and each.place == derived.formula.place),
        )

    def _sent(self, one: Indicator) -> Iterator[Sent]:
        result = self._results.get(one.id)
        used = result.observation.place if result and result.observation and result.actual is not None else None
        for submission in self.assessment.submissions:
            for seen in submission.observations:
                if seen.indicator == one.id:
                    yield Sent(seen, tuple(self._found[seen.place]), seen.place == used, _factor(seen, one))


def _factor(seen: Observation, one: Indicator) -> Fraction | None:
    unit = seen.unit or one.unit
    fits = seen.reported is Reading.VALUE and unit.dimension == one.unit.dimension
    return unit.factor / one.unit.factor if fits else None
