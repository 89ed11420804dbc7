"""Compare two collections of figures, each judged by its plan, or two versions of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from czurban.app.assessing import Judged, assess_all, find_figures, judge_files
from czurban.app.options import Options, Outcome
from czurban.app.progress.trend import series_of
from czurban.app.settings import open_plan
from czurban.errors import UsageError
from czurban.model.finding import say
from czurban.model.over_time.changes import Changes, plan_changes
from czurban.model.plan import Plan
from czurban.reading.sources.opening import TARGETS
from czurban.reporting.over_time.changes import changes_report
from czurban.tracking.changes import earlier_revisions, figure_changes


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareOptions(Options):
    """Which plan judges each collection, and by which figures two versions of a plan are compared.

    `plan` judges the later collection, and also the earlier one if there is no `plan_before`. `figures` are judged by
    both plans where two plans are compared.
    """

    plan: Path | None = None
    plan_before: Path | None = None
    figures: tuple[str | Path, ...] = ()


def compare(before: str | Path, after: str | Path, options: CompareOptions) -> Outcome[Changes]:
    """List what changed between two collections, or between two versions of a plan if both are folders of a plan.

    Raises:
        UsageError: only one is a plan, options contradict that, or the period cannot be read.
        PlanError: a plan cannot be used.
        UnreadableError: a file is not there.
    """
    plans = [_is_plan(before), _is_plan(after)]
    if any(plans) and not all(plans):
        message = say("{before} and {after} are not of one kind: one is a plan.", before=str(before), after=str(after))
        raise UsageError(message, say("Name two folders of a plan, or two collections of figures."))
    if all(plans):
        if options.plan is not None or options.plan_before is not None:
            message = say("--plan and --plan-before are for collections; here two plans are compared.")
            raise UsageError(message, say("Name figures that both judge with --figures."))
        return _compare(open_plan(before), open_plan(after), options.figures, options.figures, options)
    if options.figures:
        raise UsageError(say("--figures is for two plans."), say("Leave it out: both collections have figures."))
    plan = open_plan(options.plan)
    earlier = open_plan(options.plan_before) if options.plan_before is not None else plan
    return _compare(earlier, plan, (before,), (after,), options)


def _is_plan(place: str | Path) -> bool:
    return (Path(place) / TARGETS).is_file()


def _compare(
    old_plan: Plan,
    new_plan: Plan,
    old_files: Sequence[str | Path],
    new_files: Sequence[str | Path],
    options: CompareOptions,
) -> Outcome[Changes]:
    changes = tuple(plan_changes(old_plan, new_plan)) if old_plan is not new_plan else ()
    if not old_files:
        first, last = (assess_all(plan, (), plan.period.each_year()[-1]) for plan in (old_plan, new_plan))
        made = Changes(first, last, plan=changes, with_figures=False)
        return Outcome(value=made, compose=lambda translate: changes_report(made, translate))
    old, new = _judge(old_plan, old_files, options), _judge(new_plan, new_files, options)
    first, last = old.assessment, new.assessment
    history = (series_of(old_plan, first.submissions), series_of(new_plan, last.submissions))
    made = Changes(first, last, tuple(figure_changes(first, last)), tuple(earlier_revisions(*history, last)), changes)
    outcome = new.outcome(made, lambda translate: changes_report(made, translate), last.results)
    same = old_files == new_files
    kept = new.filtered.kept if same else (*old.filtered.kept, *new.filtered.kept)
    filtered = new.filtered._replace(kept=kept, failed=old.filtered.failed or new.filtered.failed)
    notices = (*(notice for notice in old.notices if notice not in new.notices), *new.notices)
    return replace(outcome, filtered=filtered, notices=notices, nothing_read=old.nothing_read and new.nothing_read)


def _judge(plan: Plan, files: Sequence[str | Path], options: CompareOptions) -> Judged:
    return judge_files(plan, find_figures(files), options)
