"""`czurban status`: who has sent what, and what is still missing."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from czurban.checking.department_status import changes, department_statuses
from czurban.checking.finding_filter import filter_findings
from czurban.cli.assessing import assess_all
from czurban.cli.destination import destination, folder_destination
from czurban.cli.exits import FailOn, FailOption, exit_code, read_fail_on
from czurban.cli.options import (
    ForceOption,
    FormatOption,
    LangOption,
    MaxCellOption,
    MaxColumnsOption,
    MaxOption,
    MaxRowsOption,
    MaxSizeOption,
    OutputOption,
    PeriodOption,
    PlanOption,
    limits_of,
)
from czurban.cli.report_folder import file_names, make_folder, refuse_generated
from czurban.cli.screen import print_error, print_written, show
from czurban.cli.sent import find_sent
from czurban.cli.session import choose_period, open_plan, read_all
from czurban.cli.sieving import finding_filter, most_of_a_kind, print_left_out
from czurban.cli.speech import speaker
from czurban.errors import OutputError, UsageError
from czurban.files.outputs import is_own_page, with_digest
from czurban.files.writing import remove_file, write_file
from czurban.model.assessment import Assessment
from czurban.model.collection import DepartmentStatus
from czurban.model.finding import in_order, mark, say
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.text import clean_line
from czurban.reading.sources.find_files import FoundFiles, SkipReason
from czurban.reading.sources.opening import LIMITS, Limits
from czurban.reporting.documents.reminder import reminder
from czurban.reporting.documents.results import BLANK
from czurban.reporting.documents.status import status_report
from czurban.reporting.findings_text import findings_text
from czurban.reporting.formats.registry import render

SheetsArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="SHEETS...", help=mark("Forms that came back: folders, files or patterns.")),
]
SinceOption = Annotated[
    Path | None,
    typer.Option("--since", metavar="FOLDER", help=mark("An earlier copy of the folder: tell what has changed.")),
]
RemindersOption = Annotated[
    str | None,
    typer.Option(
        "--reminders",
        metavar="FOLDER",
        help=mark("Write a letter to each department that owes something."),
    ),
]
ByOption = Annotated[
    str, typer.Option("--by", metavar="TEXT", help=mark("Until when the letters ask for it, such as 1月15日."))
]


def status(
    sheets: SheetsArgument = None,
    since: SinceOption = None,
    reminders: RemindersOption = None,
    by: ByOption = "",
    force: ForceOption = False,
    plan: PlanOption = None,
    period: PeriodOption = None,
    fail_on: FailOption = FailOn.ERROR.value,
    form: FormatOption = None,
    output: OutputOption = None,
    max_findings: MaxOption = None,
    max_rows: MaxRowsOption = None,
    max_columns: MaxColumnsOption = LIMITS.columns,
    max_cell: MaxCellOption = LIMITS.cell,
    max_size: MaxSizeOption = None,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Tell who has sent what, and what is still missing."""
    fails = read_fail_on(fail_on)
    if not sheets:
        message = say("No folder of forms is named.")
        raise UsageError(message, say("Write `czurban status FOLDER`, with the forms that came back in it."))
    sieve, most = finding_filter(()), most_of_a_kind(max_findings)
    sent = find_sent(sheets)
    earlier = find_sent([since]) if since else None
    where = destination(form, output)
    letters = _letters_folder(reminders, [*sheets, *([since] if since else [])], force=force)
    loaded = open_plan(plan)
    judged = choose_period(period, loaded)
    limits = limits_of(max_rows, max_columns, max_cell, max_size)
    now = _judged(sent, loaded, judged, limits)
    before = _judged(earlier, loaded, judged, limits) if earlier else None
    stands = department_statuses(now)
    others = (one.path for one in sent.left_out if one.why is SkipReason.UNKNOWN)
    when = {file: time_of(file) for file in (*(one.file for one in now.submissions), *others)}
    changed = changes(before, now) if before else None
    post = _Post(letters, now, stands, force=force) if letters else None
    show(status_report(now, stands, when, speaker(), changed), where)
    sifted = filter_findings(now.findings, sieve)
    print_error(findings_text(sifted.kept, speaker(), most))
    print_left_out(sifted)
    if post:
        post.write(when, by)
    raise typer.Exit(exit_code(now.results, fails, failed=sifted.failed, submissions=now.submissions))


def time_of(file: str) -> str:
    """Return when a file was last changed, as it is printed; a dash where there is none, or the system does not say."""
    try:
        return f"{dt.datetime.fromtimestamp(Path(file).stat().st_mtime).astimezone():%Y-%m-%d %H:%M}"
    except OSError:
        return BLANK


def _judged(sent: FoundFiles, plan: Plan, period: Period, limits: Limits) -> Assessment:
    submissions, read = read_all(sent.files, plan, limits)
    found = assess_all(plan, submissions, period)
    told = tuple(in_order([*sent.findings, *read, *found.findings]))
    return Assessment(plan, period, found.results, told, found.submissions, found.stages)


def _letters_folder(reminders: str | None, sheets: Sequence[Path], *, force: bool) -> Path | None:
    """Return where letters go; refuse what is no folder for them, before anything is read.

    Raises:
        UsageError: no folder is named.
        OutputError: it is the folder of the forms.
    """
    if reminders is None:
        if force:
            hint = say("A file named with --output is replaced anyway.")
            raise UsageError(say("--force goes with --reminders."), hint)
        return None
    folder = folder_destination(None, reminders, ("text",), "--reminders").path
    if folder and folder.is_dir() and any(place.is_dir() and folder.samefile(place) for place in sheets):
        message = say("{path} is the folder of the forms themselves.", path=str(folder))
        raise OutputError(message, say("Name another folder with --reminders."))
    return folder


class _Post:
    """The letters of one run, and the folder they go to. Earlier letters to who owes nothing now are taken away."""

    def __init__(self, folder: Path, now: Assessment, stands: Sequence[DepartmentStatus], *, force: bool) -> None:
        """Refuse to replace or remove what is not czurban's own letter, before anything is written."""
        self.folder, self.now = folder, now
        names = {office: f"{name}.txt" for office, name in file_names(now.plan.departments).items()}
        self.letters = {names[one.office]: one for one in stands if one.is_incomplete}
        others = [name for name in names.values() if name not in self.letters]
        refuse_generated(folder, (*self.letters, *others), force=force, option="--reminders")
        self.past = [folder / name for name in others if is_own_page(folder / name)]

    def write(self, when: Mapping[str, str], by: str) -> None:
        """Write each letter whole or not at all, and remove those that hold no longer."""
        make_folder(self.folder, "--reminders")
        for name, standing in self.letters.items():
            letter = reminder(standing, self.now, when, speaker(), by)
            write_file(self.folder / name, with_digest(render(letter, "text"), "text"))
        for path in self.past:
            remove_file(path)
            print_error(clean_line(speaker()(say("Removed: {path} (nothing is owed any more)", path=str(path)))) + "\n")
        print_written(self.folder, say("{count} letters", count=len(self.letters)))
