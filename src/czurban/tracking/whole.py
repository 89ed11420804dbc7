"""Take the pace of every target and milestone of a plan."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.ledger import MilestoneEntry
from czurban.model.pace import NotAssessed, Pace, PacedMilestone, PacedTarget, PaceStatus, Tracking
from czurban.model.plan import Plan
from czurban.model.text import key
from czurban.tracking.elapsed import Month, clock
from czurban.tracking.pace import Moment, pace_of
from czurban.tracking.years import pace_over_years


def track(
    assessment: Assessment,
    milestones: Iterable[MilestoneEntry],
    *,
    day: int | None = None,
    best: Mapping[str, Fraction] | None = None,
) -> Tracking:
    """Return the pace of every target and milestone at the end of the judged period.

    Args:
        assessment: the plan with the figures so far; a sum's is what has been reached since the beginning.
        milestones: the milestones with their reported stages.
        day: the day of the period's last month at which it ends; None for the end of the month.
        best: the best rate so far of an indicator, by its id, where one is known.
    """
    plan, period = assessment.plan, assessment.period
    moment = Moment(plan.period.start, period.end, day)
    rates = best or {}

    def pace(result: Result) -> Pace:
        fastest = rates.get(result.indicator.id)
        if plan.period.has_years:
            return pace_over_years(result, plan, moment, period, best=fastest)
        return pace_of(result, moment, best=fastest)

    targets = tuple(PacedTarget(result, pace(result)) for result in assessment.results)
    whole = clock(plan.period.start, plan.period.end, period.end, day=day)
    return Tracking(plan, period, whole, targets, tuple(_milestone(entry, plan, period.end) for entry in milestones))


def _milestone(entry: MilestoneEntry, plan: Plan, at: Month) -> PacedMilestone:
    """Compare the stage of a milestone with the one that is due; at the end of the plan this is the demanded stage."""
    milestone = entry.milestone
    over = at >= plan.period.end
    passed = [point.stage for point in milestone.path if point.period.end <= at]
    due = milestone.stage if over else (passed[-1] if passed else "")
    rungs = {key(stage): number for number, stage in enumerate(plan.ladders.get(milestone.ladder, ()))}
    reached = rungs.get(key(entry.report.stage)) if entry.report else None
    demanded = rungs.get(key(milestone.stage))
    if reached is None or demanded is None:
        unreadable = entry.report is not None or entry.verdict is Verdict.UNREADABLE
        if not due and not unreadable:
            return PacedMilestone(entry, PaceStatus.NOT_ASSESSED, not_assessed=NotAssessed.NO_STAGE_DUE)
        return PacedMilestone(entry, PaceStatus.UNREADABLE if unreadable else PaceStatus.UNREPORTED, due)
    left = max(0, demanded - reached)
    if not left:
        return PacedMilestone(entry, PaceStatus.ACHIEVED_EARLY, due, left)
    if not due:
        return PacedMilestone(entry, PaceStatus.NOT_ASSESSED, due, left, NotAssessed.NO_STAGE_DUE)
    asked = rungs.get(key(due), demanded)
    if reached < asked or over:
        return PacedMilestone(entry, PaceStatus.BEHIND, due, left)
    return PacedMilestone(entry, PaceStatus.AHEAD if reached > asked else PaceStatus.ON_PACE, due, left)
