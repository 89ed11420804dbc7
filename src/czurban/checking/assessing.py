"""Judge every indicator of a plan by the submissions: resolve repeats, judge, and check what was judged."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from czurban.checking.admission import Admission
from czurban.checking.judging import Converted, convert, is_due, judge_value
from czurban.checking.submission_rules.comparisons import JudgedFigures
from czurban.checking.submission_rules.registry import check_figures
from czurban.model.assessment import Assessment, Result, with_doubts
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Place, say
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


class Resolution(NamedTuple):
    """The value that counts; `conflict` is set where values differ and their status does not order them."""

    value: Converted
    conflict: bool = False


def resolve_repeats(values: Sequence[Converted], many: int = 0) -> tuple[Resolution, Findings]:
    """Choose among the values reported for one indicator, region and period; there is at least one.

    A later status (revised over final over preliminary) replaces an earlier one. Of values with the same status, equal
    ones count once, with a warning, and different ones conflict. A value that cannot be read differs from any other.
    Where `values` are only the first, `many` is how many there are in all.
    """
    ranks = [rank for value in values if (rank := _rank(value)) is not None]
    best = max(ranks) if len(ranks) == len(values) else None  # a value without a status has no order
    latest = [value for value in values if best is None or _rank(value) == best]
    findings = [_superseded(value, latest[0]) for value in values if best is not None and _rank(value) != best]
    first, many = latest[0], max(len(latest), many if len(latest) == len(values) else 0)
    other = next((value for value in latest[1:] if value.actual is None or value.actual != first.actual), None)
    if other is not None:
        if first.actual is not None or other.actual is not None:
            findings.append(_conflict(first, other, many))
        return Resolution(first, conflict=True), tuple(findings)
    if len(latest) > 1:
        findings.append(_repeated(first, latest[1], many))
    return Resolution(first), tuple(findings)


def withdrawn(used: Observation, silent: Sequence[Observation]) -> Finding | None:
    """Report a row with a later status that reports nothing, which withdraws the figure before it (R6)."""
    rank = used.status.rank if used.status else -1
    later = next((row for row in silent if row.status and row.status.rank > rank), None)
    if later is None:
        return None
    message = say(
        "This row reports nothing and has a later status than {raw} at {place}, which is therefore not used.",
        raw=used.raw,
        place=used.place,
    )
    return finding("S225", later.place, message, say("Write the figure here, or delete one of the rows."))


def _rank(value: Converted) -> int | None:
    return value.observation.status.rank if value.observation.status else None


def _superseded(earlier: Converted, later: Converted) -> Finding:
    message = say(
        "{earlier} is an earlier figure; {later} at {place} replaces it.",
        earlier=earlier.observation.raw,
        later=later.observation.raw,
        place=later.observation.place,
    )
    return finding("S216", earlier.observation.place, message)


def _conflict(first: Converted, other: Converted, count: int) -> Finding:
    message = say(
        "{other} here and {one} at {place} do not agree ({count} values in all), so neither is used.",
        one=_shown(first),
        other=_shown(other),
        place=first.observation.place,
        count=count,
    )
    hint = say("Delete the wrong one, or add a status column that states which is 快报, 年报 or 修订.")
    return finding("S210", other.observation.place, message, hint)


def _repeated(first: Converted, other: Converted, count: int) -> Finding:
    message = say("The same value is already at {place} ({count} in all).", place=first.observation.place, count=count)
    return finding("S211", other.observation.place, message, say("Keep one of them."))


def _shown(value: Converted) -> str:
    unit = value.observation.unit
    return value.observation.raw + (unit.name if unit and not value.observation.unit_in_cell else "")


def assess(plan: Plan, submissions: Sequence[Submission], *, period: Period, several: bool = True) -> Assessment:
    """Judge every indicator of the plan by the observations of one period.

    Args:
        plan: the plan.
        submissions: all submissions together, so that figures of different departments are compared.
        period: the judged period; the plan's own, unless another is judged on purpose.
        several: whether figures of other periods may be history.
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
    reported = (fault for fault in admission.findings if fault.code != "S286" or fault.place not in gaps)
    findings += reported
    results = [
        result_of(indicator, by_indicator[indicator.id], plan, period, findings)
        if indicator.id in by_indicator
        else judge_value(indicator, plan, period)
        for indicator in plan.indicators
    ]
    findings += check_figures(JudgedFigures(plan, results, submissions, period))
    results = with_doubts(results, findings)
    stages: Mapping[tuple[TaskNo, str], StageReport] = {}
    if any(submission.stages for submission in submissions):
        from czurban.checking.milestones import resolve_stages  # noqa: PLC0415 - most files report figures alone

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
    resolved, faults = resolve_repeats(values, many)
    findings += faults
    observation, actual = resolved.value.observation, resolved.value.actual
    gone = withdrawn(observation, silent)
    findings += [gone] if gone else []
    partial = is_judged_part(indicator, plan, period)
    if partial:
        findings.append(not_the_year(observation, indicator))
    usable = None if resolved.conflict or gone or partial else actual
    return judge_value(indicator, plan, period, observation=observation, actual=usable)
