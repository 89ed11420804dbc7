"""Figures judged, and what nobody sent reckoned by the plan's formulas: what every report on figures stands on."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from czurban.checking.assessing import assess
from czurban.model.assessment import Assessment
from czurban.model.finding import Findings, say
from czurban.model.observation import Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.words.speaker import Speaker

if TYPE_CHECKING:  # loaded only where a figure is missing that a formula may give
    from czurban.model.derived import Derived


def assess_all(plan: Plan, submissions: Sequence[Submission], period: Period) -> Assessment:
    """Judge every indicator; one that nobody sent is judged by what its formula gives."""
    found = assess(plan, submissions, period=period)
    results = {one.indicator.id: one for one in found.results}
    if all(results[one.indicator].has_figure for one in plan.formulas):
        return found
    from czurban.checking.derived import fill  # noqa: PLC0415 - a start need not load it where everything was sent

    others = _looked_back(found)
    faults = [fault for one in others.values() for fault in one.findings]
    whole = found._replace(findings=(*found.findings, *faults))
    return fill(whole, derivations(found, others))


def derivations(assessment: Assessment, others: Mapping[Period, Assessment] | None = None) -> "Mapping[str, Derived]":
    """What every formula gives by the figures of an assessment, whether or not its indicator was sent as well."""
    from czurban.checking.derived import refused  # noqa: PLC0415 - as above
    from czurban.computing.formulas import (  # noqa: PLC0415 - loaded only where it is needed
        derive,
        reported,
    )

    plan, period = assessment.plan, assessment.period
    before = _looked_back(assessment) if others is None else others
    known = reported(
        {one.indicator.id: one for one in assessment.results},
        refused(assessment),
        {period: {one.indicator.id: one for one in found.results} for period, found in before.items()},
    )
    return derive(plan, known, period, backward=period == plan.period)


def _looked_back(assessment: Assessment) -> Mapping[Period, Assessment]:
    """The figures of other periods that formulas take, judged by themselves, with what was found in those alone."""
    plan = assessment.plan
    if assessment.period != plan.period:
        return {}
    wanted = {(term.indicator, term.period) for one in plan.formulas for term in one.terms() if term.period}
    found = {}
    for period in dict.fromkeys(period for _, period in wanted if period):
        ours = [
            one._replace(observations=tuple(seen for seen in one.observations if (seen.indicator, period) in wanted))
            for one in assessment.submissions
        ]
        judged = assess(plan, ours, period=period)
        places = {seen.place for one in ours for seen in one.observations if seen.period == period}
        faults: Findings = tuple(one for one in judged.findings if one.place in places)
        found[period] = judged._replace(findings=faults)
    return found


def printed_columns(plan: Plan, speak: Speaker) -> "Mapping[str, Mapping[str, Derived]]":
    """What every formula gives by each column that the plan prints, under what the column is called."""
    from czurban.computing.formulas import (  # noqa: PLC0415 - as above
        baselines,
        derive,
        targets,
    )

    start, end = plan.baseline_period, plan.period
    first = speak(say("{period}, by the baselines"), period=start) if start else speak(say("By the baselines"))
    return {
        first: derive(plan, baselines, start, backward=False),
        speak(say("{period}, by the targets"), period=end): derive(plan, targets, end),
    }
