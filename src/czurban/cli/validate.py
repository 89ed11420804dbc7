"""`czurban validate`: the faults of a plan's files, and of submissions."""

from pathlib import Path
from typing import Annotated

import typer

from czurban.checking.check_plan import check_plan
from czurban.cli.exits import COULD_NOT_RUN, FAILED, FINE
from czurban.cli.options import (
    MAX_SIZE,
    FormatOption,
    LangOption,
    MaxCellOption,
    MaxColumnsOption,
    MaxOption,
    MaxRowsOption,
    MaxSizeOption,
    OutputOption,
    PlanOption,
    VerboseOption,
    limits_of,
)
from czurban.cli.plan_place import plan_folder
from czurban.cli.screen import show, tell
from czurban.cli.session import check_format, open_plan, tell_rows
from czurban.cli.speech import speaker
from czurban.errors import UnreadableError
from czurban.model.finding import Finding, has_errors
from czurban.model.message import mark, say
from czurban.model.observation import Submission
from czurban.reading.limits import LIMITS
from czurban.reading.plan_files import plan_files, read_plan
from czurban.reading.submission import read_submission
from czurban.reporting.findings_report import findings_report
from czurban.reporting.findings_text import MOST_OF_A_KIND, findings_text

ThingsArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="FOLDER|FILE...", help=mark("Plan folders, files of a plan, and submissions.")),
]


def validate(
    things: ThingsArgument = None,
    plan: PlanOption = None,
    form: FormatOption = "text",
    output: OutputOption = None,
    max_findings: MaxOption = MOST_OF_A_KIND,
    max_rows: MaxRowsOption = LIMITS.rows,
    max_columns: MaxColumnsOption = LIMITS.columns,
    max_cell: MaxCellOption = LIMITS.cell,
    max_size: MaxSizeOption = MAX_SIZE,
    verbose: VerboseOption = False,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Read a plan's files, or submissions, and tell every fault with its place."""
    check_format(form)
    files: list[str] = []
    findings: list[Finding] = []
    submissions: list[Submission] = []
    limits = limits_of(max_rows, max_columns, max_cell, max_size)
    for folder, submission in _sorted(things or [plan_folder(plan)]):
        if submission is None:
            loaded, faults = read_plan(folder)
            files += [str(path) for path in plan_files(folder)]
            findings += (*faults, *(check_plan(loaded) if loaded else ()))
        else:
            sent, faults = read_submission(submission, open_plan(plan), limits)
            findings += faults
            submissions.append(sent)
            files.append(str(submission))
    show(findings_report(files, findings, speaker()), form, output)
    tell(findings_text(findings, speaker(), max_findings))
    if verbose:
        tell_rows(submissions)
    raise typer.Exit((FAILED if files else COULD_NOT_RUN) if has_errors(findings) else FINE)


def _sorted(things: list[Path]) -> list[tuple[Path, Path | None]]:
    """Plan folders, each once, and submissions: a YAML file stands for the plan in its folder."""
    found: dict[tuple[Path, Path | None], None] = {}
    for thing in things:
        if not thing.exists():
            raise UnreadableError(say("There is no file {path}.", path=str(thing)), say("Check the name."))
        if thing.is_dir():
            found[thing, None] = None
        elif thing.suffix.lower() in (".yaml", ".yml"):
            found[thing.parent, None] = None
        else:
            found[thing.parent, thing] = None
    return list(found)
