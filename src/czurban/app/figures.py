"""Find the files of figures, and read each of them."""

import sys
from collections.abc import Sequence
from pathlib import Path

from czurban.app.options import Progress, joined, no_progress
from czurban.errors import EngineError, UnreadableError, UsageError
from czurban.files.inputs import note_inputs, tracked_inputs
from czurban.model.finding import Finding, Findings, Message, say
from czurban.model.observation import Submission
from czurban.model.plan import Plan
from czurban.reading.sources.find_files import FoundFiles, SkippedFile, SkipReason, find_files
from czurban.reading.sources.opening import LIMITS, Limits
from czurban.reading.submission.files import Read, is_parquet, read_stream, read_submission, unreadable

inputs_of_run = tracked_inputs
"""The context in which a run registers its inputs, so that no output replaces one."""

__all__ = ["find_figures", "inputs_of_run", "note_inputs", "read_figures", "read_file", "skipped_notices"]
STDIN = "<stdin>"
_MOST = 5
_USUAL = (SkipReason.HIDDEN, SkipReason.LOCK, SkipReason.UNFINISHED)
"""Files that no user would expect to be read: named last."""


def find_figures(names: Sequence[str | Path] | None, *, elsewhere: bool = False) -> FoundFiles:
    """Find the files that names, folders and patterns stand for, and register them as inputs of the run.

    Args:
        names: files, folders and patterns; `-` is standard input.
        elsewhere: whether addresses of a cluster's storage are taken too.

    Raises:
        UnreadableError: a file is not there, or a folder or pattern has no table.
    """
    files = find_files(names or (), elsewhere=elsewhere)
    note_inputs(*files.files)
    return files


def skipped_notices(skipped: Sequence[SkippedFile]) -> tuple[Message, ...]:
    """Return a sentence about the files of folders that were not read and why: a few by name, and how many more."""
    if not skipped:
        return ()
    first = sorted(skipped, key=lambda file: file.why in _USUAL)[:_MOST]
    names = joined(say("{path} ({why})", path=file.path, why=Message(file.why)) for file in first)
    more = len(skipped) - _MOST
    if more > 0:
        return (say("Left out: {names}, and {count} more.", names=names, count=more),)
    return (say("Left out: {names}.", names=names),)


def read_figures(
    files: Sequence[str], plan: Plan, limits: Limits = LIMITS, progress: Progress = no_progress
) -> tuple[list[Submission], Findings]:
    """Read every file, `-` being standard input. One that cannot be read costs a finding, and no other file.

    Raises:
        UsageError: standard input is asked for and there is none.
    """
    if "-" in files and sys.stdin is None:
        raise UsageError(say("There is no standard input to read."), say("Name a file instead of -."))
    submissions: list[Submission] = []
    findings: list[Finding] = []
    names = list(dict.fromkeys(files))
    with progress(len(names), say("Reading")) as step:
        for name in names:
            submission, faults = read_file(name, plan, limits)
            submissions.append(submission)
            findings += faults
            step()
    return submissions, tuple(findings)


def read_file(name: str, plan: Plan, limits: Limits) -> Read:
    """Read one file by rows in Python, whatever its format; `-` is standard input."""
    if name == "-":
        return read_stream(STDIN, sys.stdin.buffer, plan, limits)
    try:
        if not is_parquet(Path(name)):
            return read_submission(Path(name), plan, limits)
        from czurban.app.parquet_rows import read_parquet  # noqa: PLC0415 - loads an engine

        return read_parquet(Path(name), plan, limits)
    except (UnreadableError, EngineError) as error:
        return unreadable(name, error)
