"""Values that formulas give, where nobody sent one: judged like any other, and said."""

from collections.abc import Iterator, Mapping

from czurban.checking.judge import figures, is_due, notes, verdict
from czurban.model.assessment import Assessment
from czurban.model.derived import Derived, Failure, Lack, Source
from czurban.model.faults import finding
from czurban.model.finding import Finding, Severity
from czurban.model.indicator import Impossible
from czurban.model.message import Message, say
from czurban.model.observation import Observation
from czurban.model.period import Period
from czurban.model.verdict import Note, Result, Verdict

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
    for one in assessment.results:
        derived = derivations.get(one.indicator.id)
        if derived is None or one.told:
            results.append(one)
            continue
        results.append(_judged(one, derived, assessment.period, assessment.plan.period))
        findings += _told(derived)
    return assessment._replace(results=tuple(results), findings=tuple(findings))


def _judged(bare: Result, derived: Derived, judged: Period, plan: Period) -> Result:
    one, value = bare.indicator, derived.value
    if value is None:
        return bare
    due = is_due(one.target, judged, plan)
    if derived.partial:
        outcome, beside = Verdict.UNREADABLE if due else Verdict.NOT_DUE, (*notes(one, None), Note.PARTIAL)
        return Result(indicator=one, verdict=outcome, notes=beside, derived=derived)
    return Result(
        indicator=one,
        verdict=verdict(one.target, value) if due else Verdict.NOT_DUE,
        actual=value,
        figures=figures(one, value),
        notes=(Note.DERIVED, *notes(one, value, approximate=derived.approximate)),
        derived=derived,
    )


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
        if one.lack is Lack.UNUSABLE and one.source is Source.REPORTED:
            message = say(
                "“{name}” is not reckoned by its formula: “{input}” was sent and cannot be used ({place}).",
                name=derived.indicator.name,
                input=one.indicator.name,
                place=one.place,
            )
            yield finding("S250", derived.formula.place, message, _SEND)
