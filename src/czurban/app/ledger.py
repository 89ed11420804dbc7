"""List the entries of the supervision ledger and the pace of each, and what to escalate to the joint conference."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from czurban.app.assessing import Judged, early_tracking, judge_files
from czurban.app.finding_filter import FilteredFindings, filter_findings
from czurban.app.options import Options, Outcome, ScopedOptions
from czurban.app.plans import scope_names
from czurban.checking.ledger.entries import ledger_entries
from czurban.model.assessment import Result
from czurban.model.escalation import EscalationItem
from czurban.model.ledger import Entry, TargetEntry
from czurban.model.plan import Plan
from czurban.reading.sources.find_files import FoundFiles

if TYPE_CHECKING:
    from czurban.model.over_time.tracking import Tracking


def ledger(plan: Plan, files: FoundFiles, options: ScopedOptions) -> Outcome[Sequence[Entry]]:
    """List every target and milestone with its close-out state.

    Raises:
        UsageError: the period cannot be read.
        UnknownThingError: the plan has no such department or category.
    """
    from czurban.reporting.documents.ledger import ledger_report  # noqa: PLC0415 - what escalates does without

    judged, entries, results = _entries(plan, files, options)
    tracking = early_tracking(judged.assessment)
    return judged.outcome(
        entries,
        lambda translate: ledger_report(judged.assessment, entries, translate, tracking),
        results,
        lagging=_lags(tracking, results),
    )


def escalate(plan: Plan, files: FoundFiles, options: ScopedOptions) -> Outcome[Sequence[EscalationItem]]:
    """List what the joint conference has to decide, the worst first.

    Raises:
        UsageError: the period cannot be read.
        UnknownThingError: the plan has no such department or category.
    """
    from czurban.checking.ledger.escalation import escalation_items, with_warnings  # noqa: PLC0415 - the ledger does without
    from czurban.reporting.documents.escalation import escalation_report  # noqa: PLC0415 - as above

    judged, entries, results = _entries(plan, files, options)
    contradictions = _plan_contradictions(plan, options)
    items = escalation_items(judged.assessment, entries, contradictions.kept)
    tracking = early_tracking(judged.assessment)
    if tracking:
        from czurban.app.over_time.tracking import early_warnings  # noqa: PLC0415 - only before the deadline

        items = with_warnings(items, early_warnings(tracking, entries))
    shown = {result.indicator.id for result in results}
    inside = tracking.within(lambda result: result.indicator.id in shown) if tracking else None
    outcome = judged.outcome(
        items,
        lambda translate: escalation_report(judged.assessment, items, translate, inside),
        results,
        lagging=_lags(tracking, results),
    )
    ours = judged.filtered
    counts = ours._replace(
        left_out=ours.left_out + contradictions.left_out, commented=ours.commented + contradictions.commented
    )
    return replace(outcome, filtered=counts)


def pace(plan: Plan, files: FoundFiles, options: ScopedOptions) -> "Outcome[Tracking]":
    """Compare what each target has reached with the time that has passed.

    Raises:
        UsageError: the period cannot be read.
        UnknownThingError: the plan has no such department or category.
    """
    from czurban.app.over_time.tracking import tracking_of  # noqa: PLC0415 - the ledger of a whole year does without
    from czurban.reporting.documents.tracking.pace import pace_report  # noqa: PLC0415 - as above

    scope, inside = options.scope(plan), _entry_scope(plan, options)
    judged = judge_files(plan, files, options)
    assessment = judged.assessment
    whole = tracking_of(assessment)
    milestones = tuple(each for each in whole.milestones if inside(each.entry))
    tracking = whole.within(scope)._replace(milestones=milestones)
    return judged.outcome(
        tracking,
        lambda translate: pace_report(assessment, tracking, translate),
        [each.result for each in tracking.every],
        lagging=tracking.lags(),
    )


def _entry_scope(plan: Plan, options: ScopedOptions) -> Callable[[Entry], bool]:
    """Return the test that an entry of the ledger must pass: a target as a result, a milestone as its task.

    Raises:
        UnknownThingError: the plan has no such department or category.
    """
    of_result = options.scope(plan)
    office, wanted = scope_names(plan, options.dept, options.category)

    def inside(entry: Entry) -> bool:
        if isinstance(entry, TargetEntry):
            return of_result(entry.result)
        return (office is None or office in entry.leads) and (wanted is None or entry.task.part.title == wanted)

    return inside


def _lags(tracking: "Tracking | None", results: Sequence[Result]) -> bool:
    """Return whether some of the results lag."""
    shown = {result.indicator.id for result in results}
    return tracking is not None and tracking.lags(lambda result: result.indicator.id in shown)


def _entries(plan: Plan, files: FoundFiles, options: ScopedOptions) -> tuple[Judged, list[Entry], list[Result]]:
    """Judge the files; return the entries and the results that the options ask for."""
    inside = _entry_scope(plan, options)
    judged = judge_files(plan, files, options)
    assessment = judged.assessment
    entries = [entry for entry in ledger_entries(assessment) if inside(entry)]
    scope = options.scope(plan)
    return judged, entries, [result for result in assessment.judged if scope(result)]


def _plan_contradictions(plan: Plan, options: Options) -> FilteredFindings:
    """Find contradictions between the plan's own figures, without those that its author has hidden with a reason."""
    from czurban.checking.ledger.escalation import CONTRADICTIONS  # noqa: PLC0415 - as above
    from czurban.checking.plan_rules.registry import check_plan  # noqa: PLC0415 - as above
    from czurban.reading.plan.ignores import read_ignores  # noqa: PLC0415 - as above

    faults = [finding for finding in check_plan(plan) if finding.code in CONTRADICTIONS]
    hidden = [ignore for ignore in read_ignores(Path(plan.source))[0] if ignore.code in CONTRADICTIONS]
    return filter_findings(faults, options.filter, hidden)
