"""Take the pace of a plan's targets by the figures so far."""

from dataclasses import replace

from czurban.app.assessing import judge_files
from czurban.app.ledger import LedgerOptions
from czurban.app.options import Outcome
from czurban.app.plans import asked_day, entry_scope, scope_of
from czurban.checking.milestones import ledger_entries
from czurban.model.assessment import Assessment
from czurban.model.ledger import MilestoneEntry
from czurban.model.pace import LAGGING, Tracking
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.sources.find_files import FoundFiles
from czurban.reporting.documents.pace import pace_report
from czurban.tracking.whole import best_rates, track


def pace(plan: Plan, files: FoundFiles, options: LedgerOptions) -> Outcome[Tracking]:
    """Compare what each target has reached with the time that has passed.

    Raises:
        UsageError: the period cannot be read.
        UnknownThingError: the plan has no such department or category.
    """
    scope, inside = scope_of(plan, options.dept, options.category), entry_scope(plan, options.dept, options.category)
    day = asked_day(options.period)
    judged = judge_files(plan, files, options)
    assessment = judged.assessment
    whole = tracking_of(assessment, day)
    tracking = whole._replace(
        targets=tuple(each for each in whole.targets if scope(each.result)),
        milestones=tuple(each for each in whole.milestones if inside(each.entry)),
    )
    results = [each.result for each in tracking.targets]
    outcome = judged.outcome(tracking, lambda translate: pace_report(assessment, tracking, translate), results)
    return replace(outcome, lagging=lags(tracking))


def tracking_of(assessment: Assessment, day: int | None = None) -> Tracking:
    """Take the pace of every target and milestone of a judged plan; `day` is that of the date asked for."""
    entries = ledger_entries(assessment, assessment.stages)
    milestones = [entry for entry in entries if isinstance(entry, MilestoneEntry)]
    sent = [value for file in assessment.submissions for value in file.observations]
    return track(assessment, milestones, day=day, best=best_rates(assessment, sent, day))


def early_tracking(assessment: Assessment, asked: str | int | Period | None) -> Tracking | None:
    """Return the pace where the judged period ends before the plan does; None otherwise."""
    plan, period = assessment.plan, assessment.period
    if not plan.period.start <= period.end < plan.period.end:
        return None
    return tracking_of(assessment, asked_day(asked))


def lags(tracking: Tracking) -> bool:
    """Return whether some target lags."""
    return any(each.pace.status in LAGGING for each in tracking.targets)
