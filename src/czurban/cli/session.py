"""What every command needs first: the reader's language, the plan, and things of it by name."""

import sys
from collections.abc import Sequence
from pathlib import Path

from czurban.cli.plan_place import plan_folder
from czurban.cli.progress import progress
from czurban.cli.screen import print_error
from czurban.cli.speech import speaker
from czurban.errors import EngineError, UnknownThingError, UnreadableError, UsageError
from czurban.model.finding import Finding, Findings, say
from czurban.model.indicator import Indicator
from czurban.model.observation import Submission
from czurban.model.period import Period, parse_period
from czurban.model.plan import Plan
from czurban.model.task import Department
from czurban.model.text import nearest
from czurban.reading.sources.opening import Limits
from czurban.reading.submission.files import Read, is_parquet, read_stream, read_submission, unreadable
from czurban.reporting.findings_text import findings_text

STDIN = "<stdin>"


def open_plan(asked: Path | None) -> Plan:
    """Read the plan.

    Raises:
        UnreadableError: it cannot be made sense of; its findings are told first.
    """
    from czurban.reading.plan.files import read_plan  # noqa: PLC0415 - help and completion load neither YAML nor pydantic

    folder = plan_folder(asked)
    plan, findings = read_plan(folder)
    if plan is None:
        print_error(findings_text(findings, speaker()))
        message = say("The plan in {folder} cannot be used as it stands.", folder=str(folder))
        raise UnreadableError(
            message, say("Mend what is told above; `czurban validate {folder}` tells it again.", folder=str(folder))
        )
    return plan


def read_all(files: Sequence[str], plan: Plan, limits: Limits) -> tuple[list[Submission], Findings]:
    """Read every file, `-` being standard input. One that cannot be read costs a finding, and no other file."""
    if "-" in files and sys.stdin is None:
        raise UsageError(say("There is no standard input to read."), say("Name a file instead of -."))
    submissions: list[Submission] = []
    findings: list[Finding] = []
    names = list(dict.fromkeys(files))
    with progress(len(names), say("Reading")) as step:
        for name in names:
            submission, faults = read_one(name, plan, limits)
            submissions.append(submission)
            findings += faults
            step()
    return submissions, tuple(findings)


def read_one(name: str, plan: Plan, limits: Limits) -> Read:
    """Read one file, `-` being standard input: by rows in Python, whatever it is."""
    if name == "-":
        return read_stream(STDIN, sys.stdin.buffer, plan, limits)
    try:
        if not is_parquet(Path(name)):
            return read_submission(Path(name), plan, limits)
        from czurban.cli.parquet_rows import read_parquet  # noqa: PLC0415 - loads an engine

        return read_parquet(Path(name), plan, limits)
    except (UnreadableError, EngineError) as error:
        return unreadable(name, error)


def find_department(plan: Plan, text: str) -> Department:
    """Find a department by any of its names.

    Raises:
        UnknownThingError: there is none; the nearest names are in the hint.
    """
    if office := plan.department(text):
        return office
    near = plan.near_departments(text)
    hint = say("Did you mean {names}?", names=" / ".join(near)) if near else None
    message = say("The plan has no department “{name}”.", name=text)
    raise UnknownThingError(message, hint or say("`czurban list departments` shows every name."))


def find_indicator(plan: Plan, text: str) -> Indicator:
    """Find an indicator by its id, its number or any of its names.

    Raises:
        UnknownThingError: there is none; the nearest names are in the hint.
    """
    if one := plan.indicator(text):
        return one
    near = nearest(text, [name for one in plan.indicators for name in (*one.names, one.id)])
    hint = say("Did you mean {names}?", names=" / ".join(near)) if near else None
    message = say("The plan has no indicator “{name}”.", name=text)
    raise UnknownThingError(message, hint or say("`czurban list indicators` shows every name."))


def choose_period(text: str | None, plan: Plan) -> Period:
    """The period asked for, or the plan's own.

    Raises:
        UsageError: it cannot be read.
    """
    if text is None:
        return plan.period
    period = parse_period(text)
    if period is None:
        raise UsageError(say("“{text}” cannot be read as a period.", text=text), say("Write 2018, 2019Q2 or 2019-06."))
    return period


def print_rows(submissions: Sequence[Submission]) -> None:
    """Print to stderr what became of the rows of each file."""
    from czurban.reporting.findings_text import rows_text  # noqa: PLC0415 - only when it is asked for

    print_error(rows_text(submissions, speaker()))
