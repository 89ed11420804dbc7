"""Import a printed plan: read a document, write the folder of a plan, and list what a person has to decide."""

import contextlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from czurban.app.validate import ValidateOptions, find_validated, validate
from czurban.app.writing_plans import refuse_plan_folder, whole_years, write_plan_files
from czurban.errors import UnreadableError, cannot_read
from czurban.model.faults import TO_DECIDE, finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.reading.imports.draft import DraftPlan
from czurban.reading.imports.plan_file import Translate
from czurban.reading.imports.tables import DraftRead, plan_of_sheets
from czurban.reading.imports.target_tables import Stated
from czurban.reading.imports.target_words import ANY_PLAN
from czurban.reading.imports.writing import WrittenPlan, write_plan
from czurban.reading.sources.csv_sheet import read_csv
from czurban.reading.sources.limits import LIMITS
from czurban.reading.sources.office_xml import ScanError
from czurban.reading.sources.opening import FileKind, decode, kind_of, read_regular, refusal_of
from czurban.reading.sources.sheet import Sheet
from czurban.reading.submission.columns import score


@dataclass(frozen=True, slots=True)
class ImportedPlan:
    """What was written, how much was read, and what a person has to decide or to know."""

    folder: str
    notices: Sequence[Message]
    findings: Sequence[Finding]
    draft: DraftPlan

    @property
    def summary(self) -> Sequence[Message]:
        """How much was read, and what to do next."""
        read = say(
            "Read: indicators {indicators}, tasks {tasks}, departments {departments}. To decide: {open}.",
            indicators=len(self.draft.indicators),
            tasks=sum(len(part.tasks) for part in self.draft.parts),
            departments=len(self.draft.departments),
            open=sum(each.code == TO_DECIDE for each in self.findings),
        )
        return [read, say("`czurban validate {folder}` checks it.", folder=self.folder)]


def import_plan(  # noqa: PLR0913 - what a document may leave out
    source: str,
    folder: str,
    translate: Translate,
    *,
    period: str | None = None,
    title: str | None = None,
    region: str | None = None,
) -> ImportedPlan:
    """Read a document with a plan's targets, and write them as the files of a plan into a folder.

    The document is text, as Word file, plain text or Markdown, or a table, as XLSX, XLS, ODS or CSV. The years, the
    title and the region are for what it does not print. `translate` makes the text of comments.

    Raises:
        UnreadableError: the document cannot be read, or has no targets.
        UsageError: no year is printed, and none is given.
        OutputError: a file of a plan is in the folder already, or it cannot be written.
    """
    years = None if period is None else whole_years(period)
    refuse_plan_folder(folder)
    read = _read(Path(source), Stated(title, region, years))
    plan = _checked(read.draft, folder, translate)
    notices = write_plan_files(Path(folder), plan.texts)
    return ImportedPlan(folder, notices, [*read.findings, *plan.findings], read.draft)


def _checked(draft: DraftPlan, folder: str, translate: Translate) -> WrittenPlan:
    """Write a draft as texts, in which the faults that validation would find are marked as well.

    For this check what is open is filled in, since a plan that lacks a key hides other faults; no line changes by it.
    """
    filled = [replace(each, kind=each.kind or "growth") for each in draft.indicators]
    last = next((each.deadline for each in filled if each.deadline), None)
    trial = replace(
        draft, title=draft.title or "?", region=draft.region or "?", period=draft.period or last, indicators=filled
    )
    with tempfile.TemporaryDirectory() as place:
        for name, text in write_plan(trial, folder, translate).texts.items():
            (Path(place) / name).write_text(text, encoding="utf-8")
        findings = validate(find_validated([Path(place)]), ValidateOptions()).value
    placed = ((each, each.place) for each in findings if each.place)
    faults = [each._replace(place=place._replace(file=Path(place.file).name)) for each, place in placed]
    return write_plan(draft, folder, translate, faults)


def _read(path: Path, stated: Stated) -> DraftRead:
    """Read a document by its content."""
    try:
        data = read_regular(path, most=LIMITS.size)
    except OSError as error:
        raise cannot_read(path, error) from error
    ending = path.suffix.casefold()
    if ending in (".doc", ".wps", ".pdf", ".ofd", ".rtf"):
        message = say("Files of the type {type} are not read.", type=path.suffix)
        raise UnreadableError(message, say("Save it as a Word file (.docx), or copy its text into a .txt file."))
    if kind_of(data) is FileKind.DOCX or ending in (".txt", ".md", ".markdown"):
        return _read_text(path, data, stated)
    return _read_table(path, data, stated)


def _read_text(path: Path, data: bytes, stated: Stated) -> DraftRead:
    """Read a document of text; text that is only a table with delimiters is read as such."""
    from czurban.reading.imports.text.document import blocks_of_docx, blocks_of_text  # noqa: PLC0415 - for text alone
    from czurban.reading.imports.text.plan_text import read_plan_text  # noqa: PLC0415 - as above

    if kind_of(data) is FileKind.DOCX:
        try:
            return read_plan_text(blocks_of_docx(data, str(path)), path.name, stated)
        except ScanError as error:
            message = say("The Word file is damaged: {part} cannot be read.", part=str(error))
            raise UnreadableError(message, say("Open it in Word and save it again.")) from error
    text = decode(data)
    if text is None:
        raise UnreadableError(say("The file is not text."), say("Send it in UTF-8 or GBK, or as a Word file (.docx)."))
    try:
        return read_plan_text(blocks_of_text(text.text, str(path)), path.name, stated)
    except UnreadableError:
        with contextlib.suppress(UnreadableError):
            return _read_table(path, data, stated)
        raise


def _read_table(path: Path, data: bytes, stated: Stated) -> DraftRead:
    """Read the sheets of a table."""
    kind, file = kind_of(data), str(path)
    if why := refusal_of(kind):
        raise UnreadableError(*why)
    sheets: Sequence[Sheet]
    findings: Sequence[Finding]
    if kind is FileKind.TEXT:
        text = decode(data)
        if text is None:
            hint = say("Send CSV in UTF-8, GBK or UTF-16, or an XLSX, XLS or ODS workbook.")
            raise UnreadableError(say("This is neither a table in text nor a workbook."), hint)
        sheet, findings = read_csv(file, text.text, partial(score, plan=ANY_PLAN), cut=text.cut)
        sheets = [sheet]
    else:
        from czurban.reading.sources.workbook import read_workbook  # noqa: PLC0415 - heavy

        sheets, hidden = read_workbook(file, data, kind, LIMITS)
        message, hint = say("The sheet is hidden and was not read."), say("Unhide it if its figures are meant.")
        findings = [finding("S108", Place(file, sheet=name), message, hint) for name in hidden]
    read = plan_of_sheets(sheets, path.name, stated)
    return read._replace(findings=[*findings, *read.findings])
