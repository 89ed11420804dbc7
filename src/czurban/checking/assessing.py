"""Judge every indicator of a plan by the submissions: resolve repeats, judge, and check what was judged."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from czurban.checking.admission import Admission
from czurban.checking.judging import is_due, judge_value
from czurban.checking.plausible import Converted, convert, with_doubts
from czurban.checking.submission_rules.comparisons import JudgedFigures
from czurban.checking.submission_rules.registry import RULES
from czurban.model.assessment import Assessment, Result
from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, say
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.observation import Observation, Reading, StageReport, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.task import TaskNo


def is_part(indicator: Indicator, period: Period) -> bool:
    """Return whether a period is only a part of a sum over the year, which begins on 1 January."""
    covers = period.first == 1 and period.until[1:] >= indicator.target.deadline.until[1:]
    return indicator.kind is IndicatorKind.FLOW and not covers


def is_judged_part(indicator: Indicator, plan: Plan, period: Period) -> bool:
    """Return whether a target is due in a period that is only a part of its sum over the year."""
    due = indicator.id not in plan.without_target and is_due(indicator.target, period, plan.period)
    return due and is_part(indicator, period)


def not_the_year(value: Observation, indicator: Indicator) -> Finding:
    """Return the finding on a value for a part of the year, which is not judged (R5)."""
    message = say(
        "{raw} is for {period}, and “{name}” is summed up over the year to {deadline}; it is not judged.",
        raw=value.raw,
        period=value.period,
        name=indicator.name,
        deadline=f"{value.period.year}-{indicator.target.deadline.last:02}",
    )
    return finding("S277", value.place, message, say("Give the sum of the whole year, or all its parts."))


def assess(
    plan: Plan, submissions: Sequence[Submission], *, period: Period, several: bool = True, compare: bool = True
) -> Assessment:
    """Judge every indicator of the plan by the observations of one period in all submissions together.

    With `several`, figures of other periods may be history. With `compare`, figures are compared with each other, and
    with what is plausible.
    """
    admission = Admission(plan, period, several=several)
    observations = [value for submission in submissions for value in submission.observations]
    findings: list[Finding] = []
    gaps: frozenset[Place] = frozenset()
    if any(value.period != period for value in observations):
        from czurban.checking.year_parts import add_parts  # noqa: PLC0415 - most figures are of the judged period

        observations, findings, gaps = add_parts(plan, observations, period)
    admitted = admission.admit(observations)
    by_indicator: dict[str, list[Observation]] = defaultdict(list)
    for value in admitted:
        by_indicator[value.indicator].append(value)
    findings += (fault for fault in admission.findings if fault.code != "S286" or fault.place not in gaps)
    results = [
        result_of(indicator, by_indicator[indicator.id], plan, period, findings)
        if indicator.id in by_indicator
        else judge_value(indicator, plan, period)
        for indicator in plan.indicators
    ]
    figures = JudgedFigures(plan, results, submissions, period)
    findings += [fault for rule in RULES.values() for fault in rule(figures)] if compare else ()
    results = with_doubts(results, findings)
    stages: Mapping[tuple[TaskNo, str], StageReport] = {}
    if any(submission.stages for submission in submissions):
        from czurban.checking.ledger.milestones import resolve_stages  # noqa: PLC0415 - most files report figures alone

        stages, faults = resolve_stages(plan, submissions, period)
        findings += faults
    counted = tuple(map(admission.counted, submissions))
    return Assessment(plan, period, tuple(results), tuple(findings), counted, stages)


def result_of(  # noqa: PLR0913, PLR0917 - as above
    indicator: Indicator,
    reported: Sequence[Observation],
    plan: Plan,
    period: Period,
    findings: list[Finding],
    many: int = 0,
) -> Result:
    """Judge an indicator by its usable observations, and append what is wrong with them to the findings.

    A figure of a region without a target is resolved like any other, and not compared. `many` is how many
    observations there are in all, where these are only the first.
    """
    silent = [value for value in reported if value.reported is Reading.NOTHING]
    reported = [value for value in reported if value.reported is not Reading.NOTHING]
    if not reported:
        return judge_value(indicator, plan, period)
    if all(value.reported is Reading.WITHHELD for value in reported):
        return judge_value(indicator, plan, period, observation=reported[0])
    reported = [value for value in reported if value.reported is not Reading.WITHHELD]
    if indicator.target.ladder:
        from czurban.checking.statements import judge_statement  # noqa: PLC0415 - few plans have such targets

        return judge_statement(indicator, reported, plan, period, findings)
    values: list[Converted] = []
    for value in reported:
        converted, doubt = convert(value, indicator)
        values.append(converted)
        findings += [doubt] if doubt else []
    partial = is_judged_part(indicator, plan, period)
    if len(values) == 1 and not silent:
        observation, actual = values[0]
        findings += [not_the_year(observation, indicator)] if partial else []
        return judge_value(indicator, plan, period, observation=observation, actual=None if partial else actual)
    from czurban.checking.repeats import resolve_repeats  # noqa: PLC0415 - most figures are reported once

    resolved, faults = resolve_repeats(values, silent, plan, many)
    findings += faults
    observation, actual = resolved.value
    findings += [not_the_year(observation, indicator)] if partial else []
    usable = None if resolved.differing or resolved.withdrawn or partial else actual
    result = judge_value(indicator, plan, period, observation=observation, actual=usable)
    return replace(result, notes=(*resolved.notes, *result.notes), differing=resolved.differing)
