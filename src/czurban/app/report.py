"""Compose reports: of the whole plan, of a department or a task, and of what one verdict depends on."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from czurban.app.assessing import early_tracking, judge_files
from czurban.app.compute import tracer_of
from czurban.app.options import Options, Outcome, ScopedOptions
from czurban.app.plans import find_department, find_indicator, find_task
from czurban.app.settings import moment
from czurban.errors import UsageError
from czurban.model.assessment import Assessment, Result
from czurban.model.finding import say
from czurban.model.ledger import MilestoneEntry, milestones_named
from czurban.model.plan import Plan
from czurban.model.trace import Trace
from czurban.reading.sources.find_files import FoundFiles
from czurban.reading.sources.opening import ALL_FILES, open_regular
from czurban.reporting.document import Document
from czurban.reporting.documents.departments import department_report, task_report
from czurban.reporting.documents.records import Origin
from czurban.reporting.over_time.development import with_trends
from czurban.words.translator import Translator

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions(ScopedOptions):
    """What the report is about: at most one of a department, a task and a category."""

    task: int | str | None = None


def report(plan: Plan, files: FoundFiles, options: ReportOptions) -> Outcome[Assessment]:
    """Report on the whole plan, or on one department, task or category.

    Raises:
        UsageError: the period cannot be read.
        UnknownThingError: the plan has no such department, task or category.
    """
    compose, scope = composer_of(plan, options, files.files)
    judged = judge_files(plan, files, options)
    assessment = judged.assessment
    results = [result for result in assessment.judged if scope(result)]

    def composed(translate: Translator) -> Document:
        from czurban.app.progress.trend import trends_of  # noqa: PLC0415 - the API composes reports without figures over time

        known = trends_of(assessment)
        trends = [known[result.indicator.id] for result in results if result.indicator.id in known]
        return with_trends(compose(assessment, translate), trends, translate)

    tracking = early_tracking(assessment)
    lagging = tracking is not None and tracking.lags(scope)
    return judged.outcome(assessment, composed, results, lagging=lagging)


Composer = Callable[[Assessment, Translator], Document]


def composer_of(plan: Plan, options: ReportOptions, files: Sequence[str]) -> tuple[Composer, Callable[[Result], bool]]:
    """Return how the report is composed, and which results it shows.

    Raises:
        UsageError: more than one of a department, a task and a category is given.
        UnknownThingError: the plan has no such department, task or category.
    """
    if sum(each is not None for each in (options.dept, options.task, options.category)) > 1:
        message = say("--dept, --task, --category and --all-depts are each a report of its own.")
        raise UsageError(message, say("Choose one of them."))
    scope = options.scope(plan)
    if options.dept is not None:
        department = find_department(plan, options.dept)
        return lambda judged, translate: department_report(judged, department, translate, early_tracking(judged)), scope
    if options.task is not None:
        task = find_task(plan, options.task)
        carried = task.quantities
        return (
            lambda judged, translate: task_report(judged, task, translate, early_tracking(judged)),
            lambda result: result.indicator.id in carried,
        )
    from czurban.reporting.documents.whole import whole_report  # noqa: PLC0415 - a report on a part does without

    origin = origin_of(plan, [Path(name) for name in files if name != "-"])

    def whole(judged: Assessment, translate: Translator) -> Document:
        return whole_report(judged, origin, translate, scope=scope, tracking=early_tracking(judged))

    return whole, scope


def origin_of(plan: Plan, files: Sequence[Path]) -> Origin:
    """Return when the report is made, and the SHA-256 of each file of the plan and of the figures.

    If SOURCE_DATE_EPOCH is set (seconds since 1970 in UTC), it replaces the time: the same inputs then give the
    same report to the byte.
    """
    import hashlib  # noqa: PLC0415 - costs a start 4 ms, and only this needs it

    paths = [Path(plan.source) / name for name in dict.fromkeys((*ALL_FILES, plan.breakdown.file)) if name]
    digests = []
    for path in filter(Path.is_file, (*paths, *files)):
        digest = hashlib.sha256()
        try:
            with open_regular(path) as stream:
                while piece := stream.read(_PIECE):
                    digest.update(piece)
        except OSError:
            continue  # nothing of it is in the report, and a finding (S120) says so
        digests.append((str(path), digest.hexdigest()))
    now = moment()
    zone = " UTC" if now.tzinfo is dt.UTC else ""
    return Origin(f"{now:%Y-%m-%d %H:%M}{zone}", tuple(digests))


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyOptions(Options):
    """What to explain: the number, the id or any name of an indicator, or the name of a milestone."""

    indicator: str


def why(plan: Plan, files: FoundFiles, options: WhyOptions) -> Outcome[Trace | tuple[MilestoneEntry, ...]]:
    """Explain the verdict of an indicator, or of the milestones of a name.

    Without files its target is explained, and what its formula gives by the plan's own figures.

    Raises:
        UsageError: the period cannot be read.
        UnknownThingError: the plan has no such indicator.
    """
    from czurban.reporting.documents.why import why_report  # noqa: PLC0415 - a report does without

    named = milestones_named(options.indicator, Assessment(plan, plan.period, ()))
    if named and plan.indicator(options.indicator) is None:
        return _why_milestones(plan, files, options)
    milestones = (milestone.name for task in plan.tasks for milestone in task.milestones)
    indicator = find_indicator(plan, options.indicator, milestones)
    judged = judge_files(plan, files, options)
    assessment = judged.assessment
    trace = tracer_of(assessment).trace(indicator)
    results = [result for result in assessment.results if result.indicator.id == indicator.id]
    tracking = early_tracking(assessment)
    pace = tracking.of(indicator.id) if tracking else None

    def compose(translate: Translator) -> Document:
        return why_report(trace, assessment, translate, judged=bool(files.files), pace=pace)

    return judged.outcome(trace, compose, results, lagging=pace is not None and pace.is_lagging)


def _why_milestones(plan: Plan, files: FoundFiles, options: WhyOptions) -> Outcome[tuple[MilestoneEntry, ...]]:
    from czurban.reporting.milestone_page import milestone_page  # noqa: PLC0415 - for milestones alone

    judged = judge_files(plan, files, options)
    assessment = judged.assessment
    entries = milestones_named(options.indicator, assessment)
    return judged.outcome(entries, lambda translate: milestone_page(entries, assessment, translate), ())
