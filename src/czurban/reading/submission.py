"""A file that was sent to a Submission: opened by its content, not by its name, and every fault in it told."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from czurban.errors import UnreadableError
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings
from czurban.model.form_mark import MARK_SHEET
from czurban.model.message import Message, say
from czurban.model.observation import Observation, PeriodSource, Submission
from czurban.model.place import Place
from czurban.model.plan import Plan
from czurban.reading.columns import Field, read_columns, score
from czurban.reading.context import read_context
from czurban.reading.csv_sheet import read_csv
from czurban.reading.encoding import decode
from czurban.reading.form import mark_line, open_form
from czurban.reading.header import find_header, header_findings
from czurban.reading.naming import Naming, counts_rows
from czurban.reading.rows import RowReader
from czurban.reading.sheet import Row, Sheet

_WORKBOOK = {b"PK\x03\x04": "XLSX", b"PK\x05\x06": "XLSX", b"\xd0\xcf\x11\xe0": "XLS"}
_SOURCES = {
    PeriodSource.TITLE: say("Rows without a period are taken as {period}, which the title says."),
    PeriodSource.SHEET: say("Rows without a period are taken as {period}, which the sheet's name says."),
    PeriodSource.FILE: say("Rows without a period are taken as {period}, which the file's name says."),
    PeriodSource.PLAN: say("Rows without a period are taken as {period}, the plan's own."),
}


def read_submission(path: Path, plan: Plan) -> tuple[Submission, Findings]:
    """Read one file of reported figures.

    Raises:
        UnreadableError: there is no such file, it is a folder, or the system does not let it be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError(say("There is no file {path}.", path=str(path)), say("Check the name.")) from error
    except IsADirectoryError as error:
        hint = say("Name the files in it, such as {path}/*.csv.", path=str(path))
        raise UnreadableError(say("{path} is a folder, not a file.", path=str(path)), hint) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableError(say("{path} cannot be read: {reason}.", path=str(path), reason=reason)) from error
    return read_bytes(str(path), data, plan)


def read_bytes(file: str, data: bytes, plan: Plan) -> tuple[Submission, Findings]:
    """Read reported figures from bytes, under the name that places shall carry."""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        return _refused(file, say("The file is empty."), say("Send the sheet with its figures."))
    kind = _WORKBOOK.get(data[:4])
    if kind is None:
        return _read_text(file, data, plan)
    from czurban.reading.workbook import WorkbookError, read_workbook  # noqa: PLC0415 - heavy, for workbooks alone

    try:
        sheets, hidden = read_workbook(file, data)
    except WorkbookError as error:
        return _refused(file, error.message, error.hint)
    from czurban.reading.mark_sheet import mark_cells  # noqa: PLC0415 - as above

    cells = mark_cells(data, [*hidden, *(sheet.name for sheet in sheets)])
    secret = {MARK_SHEET} if cells else set()
    opened = open_form([one for one in sheets if one.name not in secret], cells, Place(file, sheet=MARK_SHEET), plan)
    sheets, findings = opened.sheets, opened.findings
    findings += [_hidden(file, name) for name in hidden if name not in secret]
    if opened.refused:
        return Submission(file, kind, sender=opened.sender), tuple(findings)
    observations: list[Observation] = []
    headed = [sheet for sheet in sheets if find_header(sheet.rows) is not None]
    for sheet in headed or sheets[:1]:
        observations += _read_sheet(sheet, plan, file, findings)
    findings += [_left_out(file, sheet.name) for sheet in sheets if headed and sheet not in headed and sheet.rows]
    submission = opened.submission(file, kind, observations, plan)
    return submission, tuple(findings)


def _read_text(file: str, data: bytes, plan: Plan) -> tuple[Submission, Findings]:
    text = decode(data)
    if text is None:
        hint = say("Send CSV in UTF-8, GBK or UTF-16, or an XLSX or XLS workbook.")
        return _refused(file, say("This is neither a table in text nor a workbook."), hint)
    sheet, broken = read_csv(file, text.text, score)
    opened = open_form([sheet], mark_line(sheet.rows), Place(file, 1), plan)
    findings = opened.findings
    findings += broken
    if opened.refused:
        return Submission(file, text.encoding, sender=opened.sender), tuple(findings)
    observations = [one for part in opened.sheets for one in _read_sheet(part, plan, file, findings)]
    submission = opened.submission(file, text.encoding, observations, plan)
    return submission, tuple(findings)


def _read_sheet(sheet: Sheet, plan: Plan, file: str, findings: list[Finding]) -> list[Observation]:
    at = find_header(sheet.rows)
    columns = read_columns(sheet.rows[at].cells) if at is not None else None
    findings += header_findings(sheet, at, columns)
    if at is None or columns is None or columns.twice:
        return []
    titles = [" ".join(cell for cell in row.cells if cell) for row in sheet.rows[:at]]
    context = read_context(titles, sheet.name, file, plan.period)
    rows = sheet.rows[at + 1 :]
    naming = Naming(plan)
    reader = RowReader(plan, sheet, columns, len(sheet.rows[at].cells), context, naming)
    if counts_rows(naming, _pairs(rows, columns.at)):
        naming.ignore_numbers = True
        findings.append(_only_counts(sheet.place(sheet.rows[at], columns.at[Field.NUMBER])))
    observations = list(reader.read(rows))
    findings += reader.findings
    if reader.without_period:
        findings.append(_period_said(sheet.place(sheet.rows[at]), reader))
    return observations


def _pairs(rows: Sequence[Row], at: dict[Field, int]) -> Iterator[tuple[str, str]]:
    number, name = at.get(Field.NUMBER), at.get(Field.INDICATOR)
    if number is None or name is None:
        return
    for row in rows:
        if len(row.cells) > max(number, name):
            yield row.cells[number].strip(), row.cells[name].strip()


def _period_said(place: Place, reader: RowReader) -> Finding:
    context = reader.context
    if context.period is None:
        message = say("“{said}” does not state one clear period, so rows without one are not used.", said=context.said)
        return finding("S209", place, message, say("Add a period column (年份) with a value such as 2019 or 2019Q2."))
    return finding("S219", place, Message(_SOURCES[context.source].text, {"period": context.period}))


def _refused(file: str, message: Message, hint: Message) -> tuple[Submission, Findings]:
    return Submission(file, ""), (finding("S101", Place(file), message, hint),)


def _hidden(file: str, name: str) -> Finding:
    message = say("The sheet is hidden and was not read.")
    return finding("S108", Place(file, sheet=name), message, say("Unhide it if its figures are meant."))


def _left_out(file: str, name: str) -> Finding:
    return finding("S111", Place(file, sheet=name), say("The sheet has no table of indicators and values; left out."))


def _only_counts(place: Place) -> Finding:
    return finding("S215", place, say("This column only counts the rows; indicators are found by their names."))
