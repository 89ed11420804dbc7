"""`czurban check` over large tables, or over every region of the data: which executor, and what is told of it."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from czurban.checking.sift import Sieve, sift
from czurban.checking.survey_rows import failing_rows, survey_rows
from czurban.cli.large_files import LargeFiles
from czurban.cli.large_paths import Engines, expand, is_large
from czurban.cli.large_survey import LargeFile, LargeSurvey, LinesError
from czurban.cli.screen import tell
from czurban.cli.session import read_all
from czurban.cli.speech import speaker
from czurban.computing.engines.engine import Engine
from czurban.errors import BrokenTableError, UnreadableError, UsageError
from czurban.model.faults import FAULTS
from czurban.model.finding import Severity, in_order
from czurban.model.message import say
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.survey import Survey
from czurban.model.verdict import Verdict
from czurban.reading.large.long_table import NotLongError
from czurban.reading.limits import Limits
from czurban.reporting.findings_text import findings_text


class Run(NamedTuple):
    """What a run over large tables was asked for."""

    plan: Plan
    period: Period
    limits: Limits
    engine: str
    memory: int
    most: int
    failures: Path | None = None


def survey_all(names: Sequence[str], run: Run) -> Survey:
    """Hold every region of the files against the plan, by rows in Python or by an engine; write what fails.

    Raises:
        UnreadableError: a file is not there, or is no long table and beyond what rows in Python may take.
    """
    files = expand(names)
    if run.engine == Engines.PYTHON or (run.engine == Engines.AUTO and not any(map(is_large, files))):
        return _by_rows(files, run)
    try:
        with _workshop(run) as (engine, opener):
            return _by_engine(engine, opener, [Path(one) for one in files], run)
    except NotLongError as error:
        if run.engine == Engines.AUTO and all(Path(one).stat().st_size <= run.limits.size for one in files):
            return _by_rows(files, run)
        raise not_long(error) from error


def not_long(error: NotLongError) -> UnreadableError:
    """Why an engine cannot take a table."""
    where = say(" (line {line})", line=error.line) if error.line else ""
    message = say("The table is not one long table that an engine can take: {why}{where}.", why=error.why, where=where)
    hint = say("Send one row for each figure under one header; --engine python reads other tables, up to its limits.")
    return UnreadableError(message, hint)


@contextmanager
def _workshop(run: Run) -> Iterator[tuple[Engine, LargeFiles]]:
    """An engine, and a folder for what is unpacked and mended; both are gone afterwards, whatever happens."""
    from czurban.cli.large_engines import make_engine  # noqa: PLC0415 - the library behind it takes its time

    engine = make_engine(run.engine, run.memory)
    try:
        with tempfile.TemporaryDirectory(prefix="czurban-", ignore_cleanup_errors=True) as folder:
            yield engine, LargeFiles(engine, run.plan, Path(folder), run.limits, run.most)
    finally:
        engine.close()


def _by_engine(engine: Engine, opener: LargeFiles, paths: Sequence[Path], run: Run) -> Survey:
    """Survey the files as they are; where one turns out to be broken, again with what can be split of it."""
    files = [opener.open(one) for one in paths]
    while True:
        large = LargeSurvey(engine, files, run.plan, run.period)
        try:
            found = large.survey(run.most)
            if run.failures:
                large.write_failures(str(run.failures))
        except BrokenTableError:
            broken = [number for number, one in enumerate(files) if one.source.form == "csv" and not one.source.line]
            if not broken:
                raise
            files = [opener.mend(paths[n]) if n in broken else one for n, one in enumerate(files)]
        except LinesError as error:
            files[error.args[0]] = opener.mend(paths[error.args[0]])
        else:
            return found


def _by_rows(files: Sequence[str], run: Run) -> Survey:
    submissions, told = read_all(files, run.plan, run.limits)
    survey, results = survey_rows(run.plan, submissions, run.period, told)
    if run.failures:
        from czurban.computing.engines.failures import write_failures  # noqa: PLC0415 - only where it is asked for

        write_failures(failing_rows(one for _, one in results), run.failures)
    return survey


def tell_survey(survey: Survey, sieve: Sieve, most: int) -> tuple[Survey, bool]:
    """Tell the findings on stderr; return the survey with those that are told, and whether they fail the run."""
    sifted = sift(in_order(survey.findings), sieve)
    left = {one.code for one in sifted.kept}
    codes = {code: many for code, many in survey.codes.items() if code in left}
    tell(findings_text(sifted.kept, speaker(), most, codes))
    bad = {Severity.ERROR, Severity.WARNING} if sieve.strict else {Severity.ERROR}
    return survey._replace(findings=sifted.kept, codes=codes), any(FAULTS[code].severity in bad for code in codes)


def missed(survey: Survey) -> set[Verdict]:
    """The verdicts that any region has."""
    return {verdict for verdict, many in survey.all.items() if many}


def check_engine(name: str) -> str:
    """Return the engine's name.

    Raises:
        UsageError: there is no such engine.
    """
    if name in set(Engines) or name.startswith(("spark", "sc://")):
        return name
    raise UsageError(
        say("There is no engine “{name}”.", name=name), say("Choose from: {names}.", names=", ".join(Engines))
    )


__all__ = ["LargeFile", "Run", "check_engine", "missed", "not_long", "survey_all", "tell_survey"]
