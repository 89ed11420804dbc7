"""Check every region of tables of any size: by rows in Python, or by an engine."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from czurban.app.assessing import assess_one_period, read_figures
from czurban.app.finding_filter import filter_findings
from czurban.app.large.engines import Engines
from czurban.app.large.failures import failures_notice, write_results
from czurban.app.large.files import LargeFiles
from czurban.app.large.large_file import LargeFile
from czurban.app.large.listed import first_of_each
from czurban.app.large.options import RunOptions, is_for_engine, run_options
from czurban.app.large.run import RowsInstead, workshop
from czurban.app.large.survey import LargeSurvey, LinesError
from czurban.app.options import CheckOptions, Outcome, skipped_notices
from czurban.checking.each_region import EachRegion
from czurban.checking.survey import survey_rows
from czurban.computing.engines.engine import Engine
from czurban.errors import BrokenTableError, UnreadableError
from czurban.model.finding import Finding, in_order
from czurban.model.observation import Submission
from czurban.model.plan import Plan
from czurban.model.survey import Survey
from czurban.reading.large.long_table import NotLongError
from czurban.reading.sources.find_files import FoundFiles
from czurban.reading.submission.file_faults import Read, unreadable
from czurban.reporting.documents.survey import survey_report


def survey_all(files: Sequence[str], run: RunOptions) -> Survey:
    """Check every region of the files, by rows in Python or by an engine, and write what fails.

    Raises:
        UnreadableError: a file is not there, or is no long table and beyond what rows in Python may take.
    """
    if run.engine == Engines.PYTHON or (run.engine == Engines.AUTO and not is_for_engine(files)):
        return _by_rows(*read_figures(files, run.plan, run.limits), run)
    instead = RowsInstead(run)
    try:
        with workshop(run, files[0] if files else "") as (engine, opener):
            opened, refused = _opened(opener, files, instead)
            if opened:
                return _with_refused(_by_engine(engine, opener, opened, run), refused, files)
    except NotLongError as error:
        refused = [instead.read(name, error) for name in files]
    return _by_rows(
        [submission for submission, _ in refused], [fault for _, faults in refused for fault in faults], run
    )


def _opened(opener: LargeFiles, names: Sequence[str], instead: RowsInstead) -> tuple[dict[str, LargeFile], list[Read]]:
    """Open files; and what is wrong with those that neither an engine nor rows in Python take.

    Raises:
        NotLongError: rows in Python make something of a file that an engine does not take.
    """
    opened: dict[str, LargeFile] = {}
    refused: list[Read] = []
    for name in names:
        try:
            opened[name] = opener.open(name)
        except NotLongError as error:
            submission, findings = instead.read(name, error)
            if submission.observations:
                raise
            refused.append((submission, findings))
        except UnreadableError as error:
            refused.append(unreadable(name, error))
    return opened, refused


def _with_refused(survey: Survey, refused: Sequence[Read], names: Sequence[str]) -> Survey:
    """Add the findings about files that are not read."""
    faults = [fault for _, findings in refused for fault in findings]
    return survey._replace(
        findings=(*survey.findings, *faults),
        codes=Counter(survey.codes) + Counter(fault.code for fault in faults),
        files=tuple(names),
        rows=sum((submission.rows for submission, _ in refused), survey.rows),
    )


def _by_engine(engine: Engine, opener: LargeFiles, opened: Mapping[str, LargeFile], run: RunOptions) -> Survey:
    """Survey the files as they are; where one turns out to be broken, again with what can be split of it."""
    names, files = [*opened], [*opened.values()]
    while True:
        try:
            large = LargeSurvey(engine, files, run)
            survey = large.survey()
            if run.failures:
                large.write_failures(run.failures)
        except BrokenTableError:
            broken = [number for number, file in enumerate(files) if file.may_be_repaired]
            if not broken:
                raise
            files = [opener.repair(Path(names[n])) if n in broken else file for n, file in enumerate(files)]
        except LinesError as error:
            files[error.args[0]] = opener.repair(Path(names[error.args[0]]))
        else:
            return survey


def _by_rows(submissions: Sequence[Submission], faults: Sequence[Finding], run: RunOptions) -> Survey:
    survey, regions = survey_rows(EachRegion(run.plan, run.period, assess_one_period), submissions, faults, run.most)
    if run.failures:
        write_results((result for region in regions for result in region.results), survey.files, run.failures)
    return survey


def _ordered(findings: Sequence[Finding], files: Sequence[str]) -> list[Finding]:
    """Sort findings by file, sheet and line, those of one place by code and text: the same for every engine."""
    order = {file: number for number, file in enumerate(files)}
    alike = sorted(findings, key=lambda each: (each.code, str(each.message)))
    return in_order(sorted(alike, key=lambda each: order.get(each.place.file, len(order)) if each.place else -1))


def check_each_region(plan: Plan, sources: FoundFiles, options: CheckOptions) -> Outcome[Survey]:
    """Check every region's figures against its targets.

    Raises:
        UsageError: there is no such engine, or the period cannot be read.
        UnreadableError: a file is no long table and beyond what rows in Python may take.
    """
    run = run_options(plan, options)
    survey = survey_all(sources.files, run)
    findings = _ordered([*sources.findings, *survey.findings], survey.files)
    kept = filter_findings(findings, options.filter)
    every = Counter(survey.codes) + Counter(finding.code for finding in sources.findings)
    shown = {finding.code for finding in kept.kept}
    codes = {code: many for code, many in every.items() if code in shown}
    unlisted = every - Counter(finding.code for finding in findings)  # of a code that is left out, these are too
    left_out = kept.left_out + sum(many for code, many in unlisted.items() if code not in shown)
    kept = kept._replace(kept=tuple(first_of_each(kept.kept, run.most)), left_out=left_out)
    survey = survey._replace(findings=kept.kept, codes=codes)
    notices = skipped_notices(sources.left_out)
    return Outcome(
        value=survey,
        compose=lambda translate: survey_report(survey, translate),
        filtered=kept,
        more=Counter(codes) - Counter(finding.code for finding in kept.kept),
        notices=(*notices, *([failures_notice(run.failures)] if run.failures else [])),
        reached=frozenset(verdict for verdict, many in survey.all.items() if many),
        nothing_read=not survey.regions,
    )
