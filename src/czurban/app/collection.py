"""Write the forms that departments fill in, find out who has reported what, and write letters about the rest."""

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from czurban.app.assessing import assess_all, choose_period, early_tracking, judge_files
from czurban.app.destination import Destination, folder_destination, written
from czurban.app.options import Options, Outcome
from czurban.app.pages.folder import file_names, make_folder, refuse_generated
from czurban.app.plans import find_department
from czurban.app.settings import settings
from czurban.errors import MissingExtraError, OutputError, UsageError
from czurban.files.outputs import LETTERS_NOTE, is_own_page, letters_note
from czurban.files.writing import remove_file, write_file
from czurban.model.assessment import Assessment
from czurban.model.collection.asked import named_in
from czurban.model.collection.sent import DepartmentStatus, LetterHead
from czurban.model.finding import Message, say
from czurban.model.period import Period
from czurban.model.plan import Department, Plan
from czurban.reading.sources.find_files import FoundFiles
from czurban.reading.sources.skipped_files import SkipReason
from czurban.reporting.document import Document
from czurban.reporting.formats.registry import ENDINGS, render
from czurban.reporting.forms.form import PartOfYear, form_of, has_form
from czurban.reporting.forms.form_formats import render_form
from czurban.reporting.tables import BLANK
from czurban.reporting.texts import date_text
from czurban.words.translator import Translator


@dataclass(frozen=True, slots=True)
class CollectionStatus:
    """The figures so far, what each department has reported, and when each file was last changed.

    `counties` are the regions that figures are asked of, each judged by itself, by their codes.
    """

    assessment: Assessment
    departments: Sequence[DepartmentStatus]
    times: Mapping[str, str]
    counties: Mapping[str, Assessment]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusOptions(Options):
    """`since` are the files of an earlier collection, to list what has changed; `every` lists what each unit owes."""

    since: FoundFiles | None = None
    every: bool = False


def status(plan: Plan, files: FoundFiles, options: StatusOptions) -> Outcome[CollectionStatus]:
    """Find out who has reported what, and what is missing.

    Raises:
        UsageError: the period cannot be read.
    """
    from czurban.checking.collection.department_status import department_statuses  # noqa: PLC0415 - forms do without
    from czurban.checking.collection.status_changes import changes, withdrawn  # noqa: PLC0415 - as above
    from czurban.checking.own_parts import every_county  # noqa: PLC0415 - as above
    from czurban.reporting.documents.status import status_report  # noqa: PLC0415 - as above

    judged = judge_files(plan, files, options, as_forms=True)
    now = judged.assessment._replace(findings=judged.everything)
    same_period = replace(options, period=now.period)
    before = judge_files(plan, options.since, same_period, as_forms=True).assessment if options.since else None
    changed = changes(before, now) if before else None
    gone = withdrawn(before, now) if before else ()
    others = tuple(file.path for file in files.left_out if file.why is SkipReason.UNKNOWN)
    times = {file: time_of(file) for file in (*(sent.file for sent in now.submissions), *others)}
    tracking = early_tracking(now)
    counties = every_county(now, judge=assess_all)
    collected = CollectionStatus(now, department_statuses(now, others, counties), times, counties)

    def compose(translate: Translator) -> Document:
        return status_report(
            now,
            collected.departments,
            times,
            translate,
            changes=changed,
            gone=gone,
            every=options.every,
            tracking=tracking,
        )

    return judged.outcome(collected, compose, now.results, lagging=tracking is not None and tracking.lags())


def time_of(file: str) -> str:
    """Return when a file was last changed, as it is printed; a dash where there is none, or the system does not say."""
    try:
        return f"{dt.datetime.fromtimestamp(Path(file).stat().st_mtime).astimezone():%Y-%m-%d %H:%M}"
    except OSError:
        return BLANK


def letters_folder(reminders: str | None, sheets: Sequence[Path], *, force: bool) -> Path | None:
    """Return the folder for letters; refuse a wrong one before anything is read.

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


LETTER_FORMATS = ("text", "docx")
"""The formats of letters; Word is left out where the package for it is not installed."""


class Letters:
    """The letters of one run, and their folder. Earlier letters to departments that owe nothing now are removed."""

    def __init__(self, folder: Path, status: CollectionStatus, *, force: bool) -> None:
        """Refuse to replace or remove a file that is not czurban's own letter, before anything is written.

        Raises:
            OutputError: there is such a file.
        """
        from czurban.checking.collection.owed import OwedFinder  # noqa: PLC0415 - for letters alone

        self.folder, self.status = folder, status
        offices = status.assessment.plan.offices
        self.names = file_names(office.name for office in offices)
        self.unread = _unread_files(status)
        ours = OwedFinder(status.assessment)
        finders = {code: OwedFinder(county, status.assessment) for code, county in status.counties.items()}
        self.owed = {each.office: finders.get(each.office.region, ours).of(each) for each in status.departments}
        self.owing = [each for each in status.departments if self.owed[each.office] and not self._waits(each)]
        kept = {name for each in self.owing for name in self._files(each.office)}
        every = [name for office in offices for name in self._files(office)]
        refuse_generated(folder, every, force=force, option="--reminders")
        self.past = [folder / name for name in every if name not in kept and is_own_page(folder / name)]

    def _waits(self, department: DepartmentStatus) -> bool:
        """Return whether nothing of a department could be read but a file of its name that is no table."""
        return department.office.name in self.unread and {*self.unread.values()}.issuperset(department.files)

    def _files(self, office: Department) -> list[str]:
        return [f"{self.names[office.name]}{ENDINGS[form][0]}" for form in LETTER_FORMATS]

    def write(self, translate: Translator, head: LetterHead) -> list[Message]:
        """Write each letter whole or not at all, and remove those to departments that owe nothing any more.

        Args:
            translate: the language of the letters.
            head: who sends them, and their dates.

        Returns:
            Sentences that say what was removed, left out and written.

        Raises:
            OutputError: the folder cannot be made, or a file in it cannot be written.
        """
        from czurban.reporting.documents.reminder import reminder  # noqa: PLC0415 - for letters alone

        make_folder(self.folder, "--reminders")
        now, times = self.status.assessment, self.status.times
        notices: list[Message] = []
        letters: dict[str, bytes] = {}
        for department in self.owing:
            letter = reminder(department, self.owed[department.office], now, times, head, translate)
            rendered, notices = self._rendered(letter, department.office)
            letters |= rendered
        for name, data in letters.items():
            write_file(self.folder / name, data)
        write_file(self.folder / LETTERS_NOTE, letters_note(letters))
        for path in self.past:
            remove_file(path)
            notices.append(say("Removed: {path} (nothing is owed any more)", path=str(path)))
        notices += self._notes(head)
        return [*notices, written(self.folder, say("{count} letters", count=len(self.owing)))]

    def _rendered(self, letter: Document, office: Department) -> tuple[dict[str, bytes], list[Message]]:
        """Return a letter in each format, by its file's name, and sentences on one that cannot be written here."""
        rendered: dict[str, bytes] = {}
        missing: list[Message] = []
        for form, name in zip(LETTER_FORMATS, self._files(office), strict=True):
            try:
                rendered[name] = render(letter, form)
            except MissingExtraError as error:
                missing = [error.message, *([error.hint] if error.hint else [])]
        return rendered, missing

    def _notes(self, head: LetterHead) -> list[Message]:
        """Return sentences on departments whose file was not read, and on letters without a sender."""
        silent = [each.office.name for each in self.status.departments if each.is_incomplete and self._waits(each)]
        notes = [
            say("No letter to {name}: {path} is there and is no table; please look into it.", name=name, path=path)
            for name in silent
            for path in [self.unread[name]]
        ]
        if self.owing and not head.sender:
            notes.append(say("The letters name no sender: write `issuer:` in the plan, or [tool.czurban.letters]."))
        return notes


def _unread_files(status: CollectionStatus) -> Mapping[str, str]:
    """Return the files that were not read, by the department that their names have."""
    plan = status.assessment.plan
    read = {submission.file for submission in status.assessment.submissions}
    named = ((named_in(file, plan), file) for file in status.times if file not in read)
    return {office.name: file for office, file in named if office}


def letter_head(plan: Plan, translate: Translator, by: str, today: dt.date) -> LetterHead:
    """Return who sends letters and when: as the settings say, else as the plan does; the date is else today's."""
    issuer = plan.issuer
    head = LetterHead(issuer.name, issuer.contact, issuer.phone, today.isoformat())._replace(**settings().letters)
    return head._replace(date=_long_date(head.date, translate), by=_long_date(by or head.by, translate))


def _long_date(text: str, translate: Translator) -> str:
    """Write a date such as 2020-01-15 in words; any other text stays as it is."""
    try:
        return date_text(dt.date.fromisoformat(text), translate)
    except ValueError:
        return text


def form(  # noqa: PLR0913, PLR0917 - what is written, how, and for when
    plan: Plan, department: Department, kind: str, translate: Translator, part: PartOfYear | None = None, by: str = ""
) -> bytes:
    """Return a department's form in a format: `xlsx` or `csv`. It asks for an answer by the date `by`, if given."""
    until = _long_date(by or settings().letters.get("by", ""), translate)
    if part and department.region:
        part = _with_dues(plan.for_region(department.region), part.period, plan.breakdown.of_region(department.region))
    return render_form(form_of(plan, department, translate, part, until), kind)


def part_of_year(plan: Plan, asked: str | None) -> PartOfYear | None:
    """Return the part of the year that forms are asked for, with what is due at its end; None for the plan's period.

    Raises:
        UsageError: the period cannot be read, or does not lie within the plan's.
    """
    if asked is None:
        return None
    period = choose_period(asked, plan).since_january(plan.period)
    if plan.is_own_period(period):
        return None
    if not plan.period.includes(period):
        message = say("{period} does not lie within the plan's period, {plan}.", period=period, plan=plan.period)
        raise UsageError(message, say("Write 2018, 2019Q2, 2019-06 or 2019-01..06; a date as 2019-07-27."))
    return _with_dues(plan, period)


def _with_dues(plan: Plan, period: Period, wanted: Container[str] | None = None) -> PartOfYear:
    """Return a part of the year with what is due at its end of every indicator, or of the wanted ones."""
    from czurban.tracking.due import due_by  # noqa: PLC0415 - as above
    from czurban.tracking.elapsed import Moment  # noqa: PLC0415 - only before the deadline

    moment = Moment.at_end(plan.period.start, period)
    every = (*plan.indicators, *plan.allotted)
    dues = ((each.id, due_by(each, moment)) for each in every if wanted is None or each.id in wanted)
    return PartOfYear(period, {name: due for name, due in dues if due is not None})


def asked_departments(plan: Plan, name: str | None, *, single: bool = False) -> list[Department]:
    """Return the unit of this name; without a name, every one that the plan asks for something.

    A unit is a department, or a region that figures are asked of; the name of a group of regions means all of them.

    Raises:
        UnknownThingError: the plan has no such department.
        UsageError: the plan asks it for nothing; or for several forms, and one `single` file is to be written.
    """
    if name is None:
        return [unit for unit in plan.offices if has_form(plan, unit)]
    department = plan.department(name) or plan.county(name) or find_department(plan, name)
    regions = (plan.counties.get(code) for code in plan.regions_of(department))
    offices = [each for each in (department, *regions) if each and has_form(plan, each)]
    if single and len(offices) > 1:
        message = say("{name} has several forms: {names}.", name=name, names=tuple(office.name for office in offices))
        raise UsageError(message, say("Name a folder, or one of them."))
    if offices:
        return offices
    message = say("The plan asks {name} for no figure and no milestone.", name=department.name)
    raise UsageError(message, say("`czurban show {name}` shows its tasks.", name=department.name))


def write_forms(  # noqa: PLR0913 - what is written, where, how
    plan: Plan,
    departments: Sequence[Department],
    where: Destination,
    translate: Translator,
    *,
    single: bool,
    force: bool,
    part: PartOfYear | None = None,
    by: str = "",
) -> list[Message]:
    """Write each department's form to its own file, none if one may not be written; return a sentence for each.

    `where` is the folder, or the file where a `single` form is written. The forms are for a `part` of the year, or for
    the plan's period, and are asked for `by` a date, which the settings may have too.

    Raises:
        OutputError: a file exists already, or cannot be written.
    """
    path, ending = where.path or Path(), ENDINGS[where.form][0]
    names = file_names(office.name for office in plan.offices)
    folder = path.parent if single else path
    files = {path.name if single else f"{names[department.name]}{ending}": department for department in departments}
    refuse_generated(folder, files, force=force, replaces_pages=False)
    forms = {
        folder / name: form(plan, department, where.form, translate, part, by) for name, department in files.items()
    }
    make_folder(folder)
    notices = []
    for file, data in forms.items():
        write_file(file, data, new=not force)
        notices.append(written(file, where.form))
    return notices
