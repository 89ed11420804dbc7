"""Judge targets without a number by the stage of their ladder that is reported, never by arithmetic (R10)."""

from collections.abc import Sequence

from czurban.checking.judging import is_due, notes, plan_notes
from czurban.model.assessment import Result, Verdict
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, say
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation
from czurban.model.period import Period
from czurban.model.plan import Plan


def stage_verdict(indicator: Indicator, stage: str | None) -> Verdict:
    """Return *met* for the demanded stage or a later one (R10); *unreadable* for a text that is no stage."""
    ladder = indicator.target.ladder
    if ladder is None or stage is None:
        return Verdict.UNREADABLE
    return Verdict.MET if ladder.is_met_by(stage) else Verdict.MISSED


def judge_statement(
    indicator: Indicator, reported: Sequence[Observation], plan: Plan, period: Period, findings: list[Finding]
) -> Result:
    """Judge a target without a number by the stage that is reported; it has no figures (R10).

    What is wrong with the reported stages is appended to the findings.
    """
    stage, faults = _resolved(reported, indicator)
    findings += faults
    due = is_due(indicator.target, period, plan.period)
    outcome = stage_verdict(indicator, stage) if due else Verdict.NOT_DUE
    remarks = (*notes(indicator, None), *plan_notes(indicator, plan))
    return Result(indicator=indicator, verdict=outcome, observation=reported[0], notes=remarks)


def _resolved(values: Sequence[Observation], indicator: Indicator) -> tuple[str | None, Findings]:
    """Return the stage that was reported, with the findings; none for a text that is no stage, or where two differ."""
    ladder = indicator.target.ladder
    if ladder is None:
        return None, ()
    stages = [ladder.find(value.raw) for value in values]
    for value, stage in zip(values, stages, strict=True):
        if stage is None:
            values_of = {"stage": value.raw[:40], "name": indicator.name}
            message = say("“{stage}” is no stage of “{name}”; it is not used.", **values_of)
            hint = say("Choose from: {names}.", names="、".join(ladder.stages))
            return None, (finding("S245", value.place, message, hint),)
    for value, stage in zip(values, stages, strict=True):
        if stage != stages[0]:
            message = say(
                "“{name}” is {other} here and {one} at {place}, so neither is used.",
                name=indicator.name,
                other=stage,
                one=stages[0],
                place=values[0].place,
            )
            return None, (finding("S248", value.place, message, say("Agree on one stage, and delete the other row.")),)
    return stages[0], ()
