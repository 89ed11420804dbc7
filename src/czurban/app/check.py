"""Check figures against the targets of a plan: its own region's, another region's, or those of every region."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from czurban.app.assessing import (
    assess_all,
    choose_period,
    early_tracking,
    filtered,
    find_figures,
    judged_period,
    read_figures,
)
from czurban.app.options import CheckOptions, Outcome, skipped_notices
from czurban.errors import UsageError
from czurban.model.assessment import Assessment, Result
from czurban.model.finding import Finding, Message, say
from czurban.model.observation import Submission
from czurban.model.plan import Plan
from czurban.model.survey import Survey
from czurban.reading.sources.find_files import FoundFiles
from czurban.reporting.document import Document
from czurban.reporting.documents.check import check_report
from czurban.words.translator import Translator

_SURELY_FEW = 400_000
_HEAVY = (".parquet", ".gz", ".zst")


def check(
    plan: Plan, files: FoundFiles | Sequence[str | Path], options: CheckOptions
) -> Outcome[Assessment] | Outcome[Survey]:
    """Check figures against the targets.

    Args:
        plan: the plan.
        files: the files of figures, or names, folders and patterns to find them by.
        options: what the check is about.

    Returns:
        The assessment; with `each_region` the survey of all regions.

    Raises:
        UsageError: no file is given, or options contradict each other or the plan.
        UnreadableError: a file is not there.
        EngineError: an engine cannot answer.
    """
    sources = files if isinstance(files, FoundFiles) else find_figures(files, elsewhere=not options.is_of_one_region)
    if not sources.files:
        raise no_figures()
    if options.failures is not None:
        from czurban.app.large.failures import check_failures  # noqa: PLC0415 - only where it is asked for

        check_failures(options.failures, options.engine, options.output, each_region=options.each_region)
    if options.each_region:
        if options.is_of_one_region:
            raise UsageError(say("--each-region is about every region."), say("Leave out --region and --by, or it."))
        if options.dept is not None or options.category is not None or options.only:
            message = say("--each-region counts the verdicts on all indicators.")
            raise UsageError(message, say("Leave out --dept, --category and --only, or it."))
        from czurban.app.large.check import check_each_region  # noqa: PLC0415 - few runs are of every region

        return check_each_region(plan, sources, options)
    return _check(plan, sources, options)


def no_figures() -> UsageError:
    """Return the error that no file is given."""
    return UsageError(say("No file of figures is given."), say("Write `czurban check FILE`, or - for standard input."))


def _check(plan: Plan, sources: FoundFiles, options: CheckOptions) -> Outcome[Assessment]:
    period = choose_period(options.period, plan)
    scope = options.scope(plan)
    submissions, findings, more, notices = _read(plan, sources, options)
    if _is_plain(sources, options):  # an engine has taken the rows of a single period
        period, chosen = judged_period(options.period, plan, submissions, any_region=options.is_of_one_region)
        notices = (*chosen, *notices)
    regional = None
    if options.is_of_one_region:
        from czurban.app.regions import judge_regions  # noqa: PLC0415 - few checks are of regions

        regional = judge_regions(plan, submissions, period, options.region, options.by)
    assessed = regional.whole if regional else assess_all(plan, submissions, period)
    every = regional.results if regional else assessed.judged
    notices += _write_failures(every, sources.files, options)
    if more:  # where rows were only counted, not all parts of a total were read
        assessed = assessed._replace(findings=tuple(each for each in assessed.findings if each.code != "S224"))
    judged = filtered(assessed, [*sources.findings, *findings], options.filter, skipped_notices(sources.left_out))
    tracking = None if regional else early_tracking(judged.assessment)
    only, shows_every = options.only, options.every

    def compose(translate: Translator) -> Document:
        if regional and regional.below:
            from czurban.app.regions import compose_regions  # noqa: PLC0415 - few checks are of regions

            return compose_regions(regional, judged.assessment, translate, scope=scope, only=only)
        return check_report(judged.assessment, translate, scope=scope, only=only, tracking=tracking, every=shows_every)

    lagging = tracking is not None and tracking.lags(scope)
    outcome = judged.outcome(judged.assessment, compose, filter(scope, every), lagging=lagging)
    return replace(outcome, more=more, notices=(*judged.notices, *notices))


def _read(
    plan: Plan, sources: FoundFiles, options: CheckOptions
) -> tuple[list[Submission], Sequence[Finding], Mapping[str, int], tuple[Message, ...]]:
    """Read the files, large ones through an engine; also return findings that were only counted, and notices."""
    if _is_plain(sources, options):
        submissions, findings = read_figures(sources.files, plan, options.limits, options.progress)
        return submissions, findings, {}, ()
    from czurban.app.large.city import read_large  # noqa: PLC0415 - few files are large
    from czurban.app.large.options import run_options  # noqa: PLC0415 - as above

    large = read_large(sources.files, run_options(plan, options))
    return large.submissions, large.findings, large.more, large.notices


def _is_plain(sources: FoundFiles, options: CheckOptions) -> bool:
    """Return whether the files are read by rows in Python."""
    return options.is_of_one_region or (options.engine == "auto" and all(map(is_ordinary, sources.files)))


def _write_failures(results: Iterable[Result], files: Sequence[str], options: CheckOptions) -> tuple[Message, ...]:
    """Write the rows that miss their target or cannot be read, where a file is named for them."""
    if options.failures is None:
        return ()
    from czurban.app.large.failures import failures_notice, write_results  # noqa: PLC0415 - where they are asked for

    write_results(results, files, options.failures)
    return (failures_notice(options.failures),)


def is_ordinary(name: str) -> bool:
    """Whether a file is surely small enough for rows in Python, by its name and size alone."""
    path = Path(name)
    try:
        return name == "-" or (
            path.suffix.lower() not in _HEAVY and path.stat().st_size <= _SURELY_FEW and path.is_file()
        )
    except OSError:
        return "://" not in name and not any(sign in name for sign in "*?[") and not name.startswith("table:")
