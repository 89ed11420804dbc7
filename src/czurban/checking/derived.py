"""Judge the values that formulas give where none were sent."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from czurban.checking.judging import judge_value
from czurban.model.assessment import Assessment
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Severity, say
from czurban.model.formulas.derived import Derived, FigureSource, Input, Lack
from czurban.model.formulas.formula import Failure
from czurban.model.indicator import Impossible
from czurban.model.observation import Observation

_ELSEWHERE = "S217"
"""The finding that refuses no figure of the plan's region, whose own figure is merely missing then."""
_SEND = say("Correct the figures that it is computed from, or send a figure of its own.")


def refused(assessment: Assessment) -> Mapping[str, Observation]:
    """Return the first figure of the judged period for each indicator that was sent and may not be used."""
    faults = (fault for fault in assessment.findings if fault.code != _ELSEWHERE)
    errors = {fault.place for fault in faults if fault.severity is Severity.ERROR}
    values: dict[str, Observation] = {}
    for submission in assessment.submissions:
        for value in submission.observations:
            if value.period == assessment.period and value.place in errors:
                values.setdefault(value.indicator, value)
    return values


def fill(assessment: Assessment, derivations: Mapping[str, Derived]) -> Assessment:
    """Judge indicators for which no figure was sent by the values that their formulas give."""
    results, findings = [], [*assessment.findings]
    name = _region_names(assessment, derivations)
    for result in assessment.results:
        derived = None if result.has_figure else derivations.get(result.indicator.id)
        for fault in _findings_on(derived) if derived else ():
            region = name(derived) if derived else ""
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


def _region_names(assessment: Assessment, derivations: Mapping[str, Derived]) -> Callable[[Derived], str]:
    """Return what names the judged region in a formula's findings, whose place is the plan; nothing for the plan's own.

    It is the name that the plan has, or else what is written next to the first figure that the formula takes: there
    may be other rows of the region, in another spelling, of which an engine does not know.
    """
    plan = assessment.plan
    if not plan.any_region:
        return lambda _: plan.region if plan.within else ""
    values = [value for sent in assessment.submissions for value in sent.observations if value.region]
    written = {value.place: value.region for value in values}

    def first(derived: Derived) -> str:
        for figure in derived.inputs:
            below = derivations.get(figure.indicator.id) if figure.source is FigureSource.DERIVED else None
            if text := first(below) if below else written.get(figure.place, "") if figure.place else "":
                return text
        return ""

    def name(derived: Derived) -> str:
        text = first(derived) or next((value.region for value in values), "")
        known = plan.regions.find(text)
        return known.name if known else text

    return name


def codes_of(derived: Derived) -> Sequence[str]:
    """Return the codes of the findings on a formula's value, or on why there is none (see `_findings_on`)."""
    if derived.partial:
        return ("S252",)
    if derived.value is not None:
        return ("S249",)
    if derived.failure in (Failure.IMPOSSIBLE, Failure.ZERO, Failure.LONG):
        return ("S251",)
    if derived.failure is Failure.MIXED:
        return ("S250",)
    return ("S250",) * len(_unusable(derived)) if derived.failure is Failure.UNUSABLE else ()


def _findings_on(derived: Derived) -> Iterator[Finding]:
    """Report a formula's value, or why there is none; nothing if none of its figures was sent."""
    codes, place, name = codes_of(derived), derived.formula.place, derived.indicator.name
    if derived.failure is Failure.UNUSABLE:
        yield from map(partial(_lost, derived), _unusable(derived))
    elif "S252" in codes:
        names = "、".join(figure.indicator.name for figure in derived.missing)
        message = say(
            "Only a part of “{name}” is known, {sum}; missing: {names}.", name=name, sum=derived.sum, names=names
        )
        yield finding("S252", place, message, say("It is not judged. Send what is missing, or a figure of its own."))
    elif "S249" in codes:
        message = say("No figure was sent for “{name}”; its formula gives {sum}.", name=name, sum=derived.sum)
        yield finding("S249", place, message)
    elif "S251" in codes:
        yield finding("S251", place, _impossible(derived), _SEND)
    elif "S250" in codes:
        unit = derived.indicator.unit.name
        message = say("The formula of “{name}” does not measure what {unit} measures.", name=name, unit=unit)
        yield finding("S250", place, message, say("`czurban validate` shows what it measures (P217)."))


def _impossible(derived: Derived) -> Message:
    values = {"name": derived.indicator.name, "sum": derived.sum}
    if derived.failure is Failure.LONG:
        return say("The formula of “{name}” gives more digits than can be printed.", **values)
    if derived.exact is None:
        return say("The formula of “{name}” divides by zero: {sum}.", **values)
    if derived.indicator.impossible(derived.exact) is Impossible.NEGATIVE:
        return say("The formula of “{name}” gives a value below zero, which is not used: {sum}.", **values)
    return say("The formula of “{name}” gives no share from 0 to 100 %, so it is not used: {sum}.", **values)


def _unusable(derived: Derived) -> Sequence[Input]:
    """Return the figures that were sent and cannot be used; results of other formulas are reported there."""
    figures = (figure for figure in derived.inputs if figure.lack is Lack.UNUSABLE)
    return [figure for figure in figures if figure.source is FigureSource.REPORTED]


def _lost(derived: Derived, figure: Input) -> Finding:
    message = say(
        "“{name}” is not computed by its formula: “{input}” was sent and cannot be used ({place}).",
        name=derived.indicator.name,
        input=figure.indicator.name,
        place=figure.place,
    )
    return finding("S250", derived.formula.place, message, _SEND)
