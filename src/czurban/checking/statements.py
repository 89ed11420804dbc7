"""Judge targets without a number by the stage of their ladder that is reported, never by arithmetic (R10)."""

from collections.abc import Sequence

from czurban.checking.collection.senders import senders_of
from czurban.checking.judging import is_due, notes, plan_notes
from czurban.checking.repeats import repeat_notes
from czurban.model.assessment import Result, Verdict
from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation
from czurban.model.period import Period
from czurban.model.plan import Plan


def judge_statement(
    indicator: Indicator, reported: Sequence[Observation], plan: Plan, period: Period, findings: list[Finding]
) -> Result:
    """Judge a target without a number by the stage that is reported; it has no figures (R10).

    It is *met* by the demanded stage or a later one, and *unreadable* by a text that is no stage. Such a text differs
    from any other of its sender, and takes no other sender's stage (R6). What is wrong with the reported stages is
    appended to the findings.
    """
    ladder = indicator.target.ladder
    stages = [ladder.find(value.raw) if ladder else None for value in reported]
    unread = [value for value, stage in zip(reported, stages, strict=True) if stage is None]
    findings += [_no_stage(value, indicator) for value in unread]
    senders = senders_of(reported, plan)
    read = {sender for sender, stage in zip(senders, stages, strict=True) if stage is not None}
    counting = [each for each in zip(senders, reported, stages, strict=True) if each[0] in read]
    alone = bool(counting) and len(counting) < len(reported)
    first, stage = counting[0][1:] if counting else (reported[0], None)
    other = next((each for each in counting if each[2] != stage), None)
    differing = tuple(value for _, value, _ in counting) if other else ()
    if other and stage and other[2]:
        findings.append(_conflict(indicator, (first, stage), other[1:]))
    due = is_due(indicator.target, period, plan.period)
    outcome = Verdict.UNREADABLE if due else Verdict.NOT_DUE
    if due and ladder and stage and not differing:
        outcome = Verdict.MET if ladder.is_met_by(stage) else Verdict.MISSED
    repeats = repeat_notes(differing=bool(differing), alone=alone)
    remarks = (*repeats, *notes(indicator, None), *plan_notes(indicator, plan))
    return Result(indicator=indicator, verdict=outcome, observation=first, notes=remarks, differing=differing)


def _no_stage(value: Observation, indicator: Indicator) -> Finding:
    message = say("“{stage}” is no stage of “{name}”; it is not used.", stage=value.raw[:40], name=indicator.name)
    stages = indicator.target.ladder.stages if indicator.target.ladder else ()
    return finding("S245", value.place, message, say("Choose from: {names}.", names="、".join(stages)))


def _conflict(indicator: Indicator, first: tuple[Observation, str], other: tuple[Observation, str | None]) -> Finding:
    values = {"name": indicator.name, "other": other[1], "one": first[1], "place": first[0].place}
    message = say("“{name}” is {other} here and {one} at {place}, so neither is used.", **values)
    return finding("S248", other[0].place, message, say("Agree on one stage, and delete the other row."))
