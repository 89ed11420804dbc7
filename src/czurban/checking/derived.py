"""Values that formulas give, where nobody sent one: judged like any other, and said.

How a verdict came about: every figure sent, used or not and why, and what each formula took.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from czurban.checking.judging import judge_value
from czurban.model.assessment import Assessment, SentFigure, Trace
from czurban.model.derived import Derived, Failure, FigureSource, Input, Lack
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, Severity, say
from czurban.model.indicator import Impossible, Indicator
from czurban.model.observation import Observation, Reading

_ELSEWHERE = frozenset({"S217"})
"""Findings about figures that are nobody's fault: another region's figure leaves the city's own merely missing."""
_SEND = say("Mend the figures it is reckoned from, or send a figure of its own.")


def refused(assessment: Assessment) -> Mapping[str, Observation]:
    """Figures of the period judged that were sent and may not be used, by indicator: the first of each."""
    errors = {one.place for one in assessment.findings if one.severity is Severity.ERROR and one.code not in _ELSEWHERE}
    sent = (one for each in assessment.submissions for one in each.observations if one.period == assessment.period)
    found: dict[str, Observation] = {}
    for one in sent:
        if one.place in errors:
            found.setdefault(one.indicator, one)
    return found


def fill(assessment: Assessment, derivations: Mapping[str, Derived]) -> Assessment:
    """Judge by the formulas' values what nobody sent. What a formula gives beside a reported value is not used."""
    results, findings = [], [*assessment.findings]
    for result in assessment.results:
        derived = None if result.has_figure else derivations.get(result.indicator.id)
        findings += _told(derived) if derived else ()
        if derived is None or derived.value is None:
            results.append(result)
            continue
        actual = None if derived.partial else derived.value
        results.append(
            judge_value(result.indicator, assessment.plan, assessment.period, actual=actual, derived=derived)
        )
    return assessment._replace(results=tuple(results), findings=tuple(findings))


def _told(derived: Derived) -> Iterator[Finding]:
    """What there is to say of a formula's value, or of why there is none. Silence all round needs no words."""
    place, name = derived.formula.place, derived.indicator.name
    if derived.partial:
        lacking = "、".join(one.indicator.name for one in derived.missing)
        message = say(
            "Only a part of “{name}” is known, {sum}; missing: {names}.", name=name, sum=derived.sum, names=lacking
        )
        yield finding("S252", place, message, say("It is not judged. Send what is missing, or a figure of its own."))
    elif derived.value is not None:
        yield finding("S249", place, say("Nobody sent “{name}”; its formula gives {sum}.", name=name, sum=derived.sum))
    elif derived.failure in (Failure.IMPOSSIBLE, Failure.ZERO, Failure.LONG):
        yield finding("S251", place, _impossible(derived), _SEND)
    elif derived.failure is Failure.MIXED:
        message = say(
            "The formula of “{name}” does not measure what {unit} measures.",
            name=name,
            unit=derived.indicator.unit.name,
        )
        yield finding("S250", place, message, say("`czurban validate` tells what it measures (P217)."))
    elif derived.failure is Failure.UNUSABLE:
        yield from _unusable(derived)


def _impossible(derived: Derived) -> Message:
    values = {"name": derived.indicator.name, "sum": derived.sum}
    if derived.failure is Failure.LONG:
        return say("The formula of “{name}” gives more digits than can be written down.", **values)
    if derived.exact is None:
        return say("The formula of “{name}” divides by zero: {sum}.", **values)
    if derived.indicator.impossible(derived.exact) is Impossible.NEGATIVE:
        return say("The formula of “{name}” gives a value below zero, which is not used: {sum}.", **values)
    return say("The formula of “{name}” gives no share from 0 to 100 %, so it is not used: {sum}.", **values)


def _unusable(derived: Derived) -> Iterator[Finding]:
    """One word for each figure that was sent and cannot be used; what only follows from another formula is not told."""
    for one in derived.inputs:
        if one.lack is Lack.UNUSABLE and one.source is FigureSource.REPORTED:
            message = say(
                "“{name}” is not reckoned by its formula: “{input}” was sent and cannot be used ({place}).",
                name=derived.indicator.name,
                input=one.indicator.name,
                place=one.place,
            )
            yield finding("S250", derived.formula.place, message, _SEND)


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

    def _sent(self, one: Indicator) -> Iterator[SentFigure]:
        result = self._results.get(one.id)
        used = result.observation.place if result and result.observation and result.actual is not None else None
        for submission in self.assessment.submissions:
            for seen in submission.observations:
                if seen.indicator == one.id:
                    yield SentFigure(seen, tuple(self._found[seen.place]), seen.place == used, _factor(seen, one))


def _factor(seen: Observation, one: Indicator) -> Fraction | None:
    unit = seen.unit or one.unit
    fits = seen.reported is Reading.VALUE and unit.dimension == one.unit.dimension
    return unit.factor / one.unit.factor if fits else None
