"""`czurban check` over large tables, or over every region of the data: which executor, and what is told of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from czurban.checking.finding_filter import FindingFilter, filter_findings
from czurban.checking.survey import survey_rows
from czurban.cli.destination import Destination
from czurban.cli.exits import COULD_NOT_RUN, FailOn, exit_by_verdicts
from czurban.cli.failures import print_failures, write_results
from czurban.cli.large_asked import RunOptions
from czurban.cli.large_files import LargeFiles
from czurban.cli.large_paths import Engines, is_large
from czurban.cli.large_rows import RowsInstead
from czurban.cli.large_run import workshop
from czurban.cli.large_survey import LargeFile, LargeSurvey, LinesError
from czurban.cli.screen import print_error, show
from czurban.cli.session import read_all
from czurban.cli.speech import speaker
from czurban.computing.engines.engine import Engine
from czurban.errors import BrokenTableError, UnreadableError
from czurban.model.assessment import Survey
from czurban.model.finding import Finding, in_order
from czurban.model.observation import Submission
from czurban.reading.large.long_table import NotLongError
from czurban.reading.sources.find_files import FoundFiles
from czurban.reading.submission.files import Read, unreadable
from czurban.reporting.documents.survey import survey_report
from czurban.reporting.findings_text import findings_text


def survey_all(files: Sequence[str], run: RunOptions) -> Survey:
    """Hold every region of the files against the plan, by rows in Python or by an engine; write what fails.

    Raises:
        UnreadableError: a file is not there, or is no long table and beyond what rows in Python may take.
    """
    if run.engine == Engines.PYTHON or (run.engine == Engines.AUTO and not any(map(is_large, files))):
        return _by_rows(*read_all(files, run.plan, run.limits), run)
    instead = RowsInstead(run)
    try:
        with workshop(run, files[0] if files else "") as (engine, opener):
            opened, refused = _opened(opener, files, instead)
            if opened:
                return _beside(_by_engine(engine, opener, opened, run), refused, files)
    except NotLongError as error:
        refused = [instead.read(one, error) for one in files]
    return _by_rows([one for one, _ in refused], [one for _, told in refused for one in told], run)


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


def _beside(survey: Survey, refused: Sequence[Read], names: Sequence[str]) -> Survey:
    """The survey with what is said of files that are not read."""
    told = [one for _, findings in refused for one in findings]
    return survey._replace(
        findings=(*survey.findings, *told),
        codes=Counter(survey.codes) + Counter(one.code for one in told),
        files=tuple(names),
        rows=sum((submission.rows for submission, _ in refused), survey.rows),
    )


def _by_engine(engine: Engine, opener: LargeFiles, opened: Mapping[str, LargeFile], run: RunOptions) -> Survey:
    """Survey the files as they are; where one turns out to be broken, again with what can be split of it."""
    names, files = [*opened], [*opened.values()]
    while True:
        try:
            large = LargeSurvey(engine, files, run.plan, run.period)
            found = large.survey(run.most)
            if run.failures:
                large.write_failures(run.failures)
        except BrokenTableError:
            broken = [number for number, one in enumerate(files) if one.may_be_mended]
            if not broken:
                raise
            files = [opener.mend(Path(names[n])) if n in broken else one for n, one in enumerate(files)]
        except LinesError as error:
            files[error.args[0]] = opener.mend(Path(names[error.args[0]]))
        else:
            return found


def _by_rows(submissions: Sequence[Submission], told: Sequence[Finding], run: RunOptions) -> Survey:
    survey, results = survey_rows(run.plan, submissions, run.period, told)
    if run.failures:
        write_results((one for _, one in results), run.failures)
    return survey


def _told(survey: Survey, sieve: FindingFilter) -> tuple[Survey, bool]:
    """The survey with the findings that are told, and whether they fail the run."""
    sifted = filter_findings(in_order(survey.findings), sieve)
    left = {one.code for one in sifted.kept}
    codes = {code: many for code, many in survey.codes.items() if code in left}
    return survey._replace(findings=sifted.kept, codes=codes), sifted.failed


def check_each_region(
    sent: FoundFiles, run: RunOptions, sieve: FindingFilter, fails: FailOn, where: Destination
) -> int:
    """Hold every region against the plan, show what came of it, and return the exit code.

    Args:
        sent: the files, a cluster's among them.
        run: what was asked for.
        sieve: which findings are told.
        fails: what makes the exit code 1.
        where: where the report goes, and its format.
    """
    survey = survey_all(sent.files, run)
    codes = Counter(survey.codes) + Counter(one.code for one in sent.findings)
    survey, failed = _told(survey._replace(findings=(*sent.findings, *survey.findings), codes=codes), sieve)
    if run.failures:
        print_failures(run.failures)
    show(survey_report(survey, speaker()), where)
    print_error(findings_text(survey.findings, speaker(), run.most, _more(survey)))
    if not survey.regions:
        return COULD_NOT_RUN
    return exit_by_verdicts((one for one, many in survey.all.items() if many), fails, failed=failed)


def _more(survey: Survey) -> Counter[str]:
    """How many findings of each code there are beside those that were kept."""
    return Counter(survey.codes) - Counter(one.code for one in survey.findings)
