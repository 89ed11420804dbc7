"""Take the pace of a plan's targets by the figures so far."""

from dataclasses import replace

from czurban.app.assessing import judge_files
from czurban.app.ledger import LedgerOptions, entry_scope
from czurban.app.options import Outcome
from czurban.app.over_time.tracking import tracking_of
from czurban.app.plans import scope_of
from czurban.model.over_time.tracking import Tracking
from czurban.model.plan import Plan
from czurban.reading.sources.find_files import FoundFiles
from czurban.reporting.documents.tracking.pace import pace_report


def pace(plan: Plan, files: FoundFiles, options: LedgerOptions) -> Outcome[Tracking]:
    """Compare what each target has reached with the time that has passed.

    Raises:
        UsageError: the period cannot be read.
        UnknownThingError: the plan has no such department or category.
    """
    scope, inside = scope_of(plan, options.dept, options.category), entry_scope(plan, options.dept, options.category)
    judged = judge_files(plan, files, options)
    assessment = judged.assessment
    whole = tracking_of(assessment)
    tracking = whole.within(scope)._replace(
        milestones=tuple(each for each in whole.milestones if inside(each.entry)),
    )
    results = [each.result for each in tracking.every]
    outcome = judged.outcome(tracking, lambda translate: pace_report(assessment, tracking, translate), results)
    return replace(outcome, lagging=tracking.lags())
