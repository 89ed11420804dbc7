"""Figures of a region that has no target for them: they are settled like any other, and held against nothing."""

from collections.abc import Sequence
from dataclasses import replace

from czurban.checking.admit import Admission
from czurban.checking.convert import convert
from czurban.checking.regional_words import no_target
from czurban.checking.settle import settle, withdrawn
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target import Interval
from czurban.model.verdict import Note, Result, Verdict


def unjudged(held: Plan, submissions: Sequence[Submission], period: Period) -> tuple[list[Result], list[Finding]]:
    """Settle what was reported for the indicators that a region has no target of (`Plan.left_out`).

    A figure is neither met nor missed then but cannot be judged; it still counts in a total over regions.
    """
    open_ended = tuple(_without_target(one) for one in held.left_out)
    admission = Admission(replace(held, indicators=open_ended), period)
    wanted = {one.id for one in open_ended}
    seen = admission.admit(one for sent in submissions for one in sent.observations if one.indicator in wanted)
    findings = [one for one in admission.findings if one.code == "S212"]  # the others were told with the rest
    results = [_result(one, [row for row in seen if row.indicator == one.id], findings) for one in open_ended]
    told = [(one.observation, one.indicator) for one in results if one.observation]
    if told:
        findings.append(no_target(told[0][0], [indicator for _, indicator in told], held))
    return results, findings


def _without_target(one: Indicator) -> Indicator:
    return replace(one, target=one.target._replace(interval=Interval(), baseline=None))


def _result(indicator: Indicator, rows: Sequence[Observation], findings: list[Finding]) -> Result:
    reported = [one for one in rows if one.reported is not Reading.NOTHING]
    if not reported:
        return Result(indicator=indicator, verdict=Verdict.UNREPORTED, notes=(Note.NO_TARGET,))
    converted = [convert(one, indicator) for one in reported]
    findings += [doubt for _, doubt in converted if doubt]
    settled, faults = settle([value for value, _ in converted])
    seen, actual = settled.value.observation, settled.value.actual
    gone = withdrawn(seen, [one for one in rows if one.reported is Reading.NOTHING])
    findings += [*faults, *([gone] if gone else [])]
    usable = None if settled.conflict or gone else actual
    return Result(
        indicator=indicator, verdict=Verdict.UNREADABLE, observation=seen, actual=usable, notes=(Note.NO_TARGET,)
    )
