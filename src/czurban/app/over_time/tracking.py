"""Take the pace of a judged plan, for the commands that show it before the deadline."""

from collections.abc import Sequence

from czurban.checking.ledger.entries import ledger_entries
from czurban.model.assessment import Assessment, Verdict
from czurban.model.escalation import EscalationItem, Ground
from czurban.model.ledger import Entry, MilestoneEntry, TargetEntry
from czurban.model.over_time.pace import PaceStatus
from czurban.model.over_time.tracking import Tracking
from czurban.tracking.whole import best_rates, milestone_sentence, track, warnings


def tracking_of(assessment: Assessment) -> Tracking:
    """Take the pace of every target and milestone of a judged plan."""
    entries = ledger_entries(assessment)
    milestones = [entry for entry in entries if isinstance(entry, MilestoneEntry)]
    sent = [value for file in assessment.submissions for value in file.observations]
    taken = track(assessment, milestones, best=best_rates(assessment, sent))
    if not assessment.allotted:
        return taken
    parts = assessment._replace(plan=assessment.plan.for_own_parts(), results=assessment.allotted)
    return taken._replace(allotted=track(parts, (), best=best_rates(parts, sent)).targets)


def early_warnings(tracking: Tracking, entries: Sequence[Entry]) -> tuple[EscalationItem, ...]:
    """Return an item for each target and milestone of these entries that lags, the worst first."""
    targets = {entry.result.indicator.id: entry for entry in entries if isinstance(entry, TargetEntry)}
    items = [
        EscalationItem(
            ground=Ground.BEHIND if target.pace.reachable else Ground.LOST,
            leads=entry.leads,
            place=entry.result.place,
            entry=entry,
            reason=sentence,
        )
        for target, sentence in warnings(tracking.every)
        if (entry := targets.get(target.result.indicator.id)) and entry.verdict is Verdict.NOT_DUE
    ]
    late = (each for each in tracking.milestones if each.status is PaceStatus.BEHIND or each.is_overdue)
    items += [
        EscalationItem(
            ground=Ground.BEHIND,
            leads=each.entry.leads,
            place=each.entry.report.place if each.entry.report else each.entry.milestone.place,
            entry=each.entry,
            reason=milestone_sentence(each),
        )
        for each in late
        if each.entry in entries and each.entry.binding
    ]
    return tuple(items)
