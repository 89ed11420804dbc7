"""The plan against what was submitted: one result for each indicator, and everything that is wrong."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from czurban.checking.admit import Admission
from czurban.checking.convert import Converted, convert
from czurban.checking.cross_check import cross_check
from czurban.checking.judge import figures, is_due, notes, verdict
from czurban.checking.settle import settle, withdrawn
from czurban.checking.stages import settle_stages
from czurban.checking.year_parts import add_parts, is_part, not_the_year
from czurban.model.assessment import Assessment
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.verdict import Result, Verdict


def assess(plan: Plan, submissions: Sequence[Submission], *, period: Period) -> Assessment:
    """Judge every indicator of the plan by the observations of one period.

    Args:
        plan: the plan.
        submissions: what was sent, all of it together, so that two offices' figures meet.
        period: whose figures are judged; the plan's own, unless another is held against the targets on purpose.
    """
    admission = Admission(plan, period)
    summed = add_parts(plan, (one for submission in submissions for one in submission.observations), period)
    admitted = admission.admit(summed.observations)
    by_indicator: dict[str, list[Observation]] = defaultdict(list)
    for one in admitted:
        by_indicator[one.indicator].append(one)
    findings: list[Finding] = [*summed.findings, *admission.findings, *_claims(submissions, plan)]
    results = [
        result_of(indicator, by_indicator.get(indicator.id, []), plan, period, findings)
        for indicator in plan.indicators
    ]
    findings += cross_check(plan, results, submissions, period)
    stages, faults = settle_stages(plan, submissions)
    findings += faults
    counted = tuple(map(admission.counted, submissions))
    return Assessment(plan, period, tuple(results), tuple(findings), counted, stages)


def _claims(submissions: Sequence[Submission], plan: Plan) -> Iterable[Finding]:
    """What submissions print of the plan's own targets and baselines and is not so."""
    if any(sent.claims or any(one.periods for one in sent.observations) for sent in submissions):
        from czurban.checking.claims import claim_findings, claims_of  # noqa: PLC0415 - few submissions print any

        return claim_findings(claims_of(submissions, plan), plan)
    return ()


def result_of(
    indicator: Indicator, reported: Sequence[Observation], plan: Plan, period: Period, findings: list[Finding]
) -> Result:
    """Judge one indicator by the observations that may be used for it; what is wrong with them joins the findings."""
    due = is_due(indicator.target, period, plan.period)
    silent = [one for one in reported if one.reported is Reading.NOTHING]
    reported = [one for one in reported if one.reported is not Reading.NOTHING]
    if not reported:
        outcome = Verdict.UNREPORTED if due else Verdict.NOT_DUE
        return Result(indicator=indicator, verdict=outcome, notes=notes(indicator, None))
    values: list[Converted] = []
    for one in reported:
        value, doubt = convert(one, indicator)
        values.append(value)
        findings += [doubt] if doubt else []
    settled, faults = settle(values)
    findings += faults
    observation, actual = settled.value.observation, settled.value.actual
    gone = withdrawn(observation, silent)
    findings += [gone] if gone else []
    partial = due and is_part(indicator, period)
    if partial:
        findings.append(not_the_year(observation, indicator))
    if settled.conflict or actual is None or gone or partial:
        outcome = Verdict.UNREADABLE if due else Verdict.NOT_DUE
        return Result(indicator=indicator, verdict=outcome, observation=observation, notes=notes(indicator, None))
    return Result(
        indicator=indicator,
        verdict=verdict(indicator.target, actual) if due else Verdict.NOT_DUE,
        observation=observation,
        actual=actual,
        figures=figures(indicator, actual),
        notes=notes(indicator, actual, approximate=observation.approximate),
    )
