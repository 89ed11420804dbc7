"""Judge the targets that are relative to another figure: of another indicator, or of a larger region such as 全国."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from czurban.checking.judging import judge_value
from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, say
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, Reading
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target import OtherFigure, Target
from czurban.model.text import key


def with_known_figures(plan: Plan, period: Period) -> Plan:
    """Return the plan with the bounds that follow from the figures that it has for a period itself."""
    if not any(indicator.target.other for indicator in plan.indicators):
        return plan
    return replace(plan, indicators=tuple(_known(indicator, period) for indicator in plan.indicators))


def _known(indicator: Indicator, period: Period) -> Indicator:
    other = indicator.target.other
    figure = _of_plan(other, period) if other else None
    return indicator if figure is None else replace(indicator, target=indicator.target.by_figure(figure))


def _of_plan(other: OtherFigure, period: Period) -> Fraction | None:
    """Return the figure that the plan has for a period."""
    return next((figure for at, figure in other.figures.items() if at.end == period.end and at.first == 1), None)


def compare_others(assessment: Assessment) -> Assessment:
    """Judge again every target that is relative to another figure, now that all other figures are known.

    The figure is that of the plan for the judged period, else the one that was sent for the larger region, else that
    of the other indicator. Without any the target cannot be judged, which is reported where its own figure was sent.
    """
    results, findings = [], [*assessment.findings]
    for result in assessment.results:
        other = result.indicator.target.other
        if other is None or not result.indicator.target.is_open:
            results.append(result)
            continue
        judged, fault = _compared(result, other, assessment)
        results.append(judged)
        findings += [fault] if fault else []
    return assessment._replace(results=tuple(results), findings=tuple(findings))


def _compared(result: Result, other: OtherFigure, assessment: Assessment) -> tuple[Result, Finding | None]:
    """Judge one target by its other figure; report why it cannot be judged."""
    figures = set(_figures(result.indicator, other, assessment))
    if len(figures) == 1:
        target = result.indicator.target.by_figure(*figures)
        if not target.is_open:
            return _judged(result, target, assessment), None
    place = result.place or result.indicator.place_of("target")
    sent = result.actual is not None and result.verdict is not Verdict.NOT_DUE
    fault = finding("S295", place, _unknown(result, other, len(figures)), _hint(result, other, assessment))
    return result, fault if sent else None


def _judged(result: Result, target: Target, assessment: Assessment) -> Result:
    again = judge_value(
        replace(result.indicator, target=target),
        assessment.plan,
        assessment.period,
        observation=result.observation,
        actual=result.actual,
        derived=result.derived,
    )
    return replace(again, of=result.of, age=result.age)


def _figures(indicator: Indicator, other: OtherFigure, assessment: Assessment) -> Iterator[Fraction]:
    """Yield the figures for the judged period from the first source that has any, in the indicator's unit."""
    known = _of_plan(other, assessment.period)
    sent = list(_sent(indicator, other, assessment)) if known is None else [known]
    if sent:
        yield from sent
        return
    judged = assessment.by_id.get(other.id)
    ratio = judged.indicator.unit.ratio(indicator.unit) if judged else None
    if judged and ratio is not None and judged.actual is not None:
        yield judged.actual * ratio


def _sent(indicator: Indicator, other: OtherFigure, assessment: Assessment) -> Iterator[Fraction]:
    """Yield the figures that were sent for a region of this name."""
    for submission in assessment.submissions:
        for value in submission.observations:
            if _is_other(value, indicator, other) and value.period == assessment.period and value.amount is not None:
                ratio = (value.unit or indicator.unit).ratio(indicator.unit)
                if value.reported is Reading.VALUE and ratio is not None:
                    yield Fraction(value.amount) * ratio


def _is_other(value: Observation, indicator: Indicator, other: OtherFigure) -> bool:
    return value.indicator == indicator.id and bool(value.region) and key(value.region) == key(other.reference.name)


def _unknown(result: Result, other: OtherFigure, many: int) -> Message:
    values = {"name": result.indicator.name, "rule": result.indicator.target.interval, "other": other.reference.label}
    if many > 1:
        return say("“{name}” is to be {rule}, and the figures of {other} do not agree; it is not judged.", **values)
    if many:
        return say("“{name}” is to be {rule}, and that bound has no last decimal; it is not judged.", **values)
    return say("“{name}” is to be {rule}, and the figure of {other} is not known; it is not judged.", **values)


def _hint(result: Result, other: OtherFigure, assessment: Assessment) -> Message:
    period, name = assessment.period, other.reference.name
    if other.id:
        named = assessment.by_id.get(other.id)
        name = named.indicator.name if named else other.id
        return say("Send the figure of “{name}” for {period}.", name=name, period=period)
    values = {"name": result.indicator.name, "region": name, "figures": f"{{{period}: 61.5}}", "period": period}
    return say(
        "Write reference: {figures} with the figure in targets.yaml, or send a row of “{name}” for {period} with the "
        "region {region}.",
        **values,
    )
