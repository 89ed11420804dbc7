"""Read a workbook of figures: its visible sheets, and the mark that a form has."""

from czurban.model.collection.form_mark import MARK_SHEET
from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, say
from czurban.model.plan import Plan
from czurban.reading.sources.doubtful_cells import doubtful_cells
from czurban.reading.sources.limits import Limits
from czurban.reading.sources.opening import FileKind
from czurban.reading.sources.workbook import LimitError, WorkbookError, mark_cells, read_workbook
from czurban.reading.submission.file_faults import Read, no_table, refused
from czurban.reading.submission.forms.opening import open_form
from czurban.reading.submission.forms.sender import complete
from czurban.reading.submission.forms.stages import take_stages
from czurban.reading.submission.sheet_reader import gathered, left_out, read_sheet


def read_figures(file: str, data: bytes, kind: FileKind, plan: Plan, limits: Limits) -> Read:
    """Read the figures of a workbook's sheets; a sheet without a table is left out where another has one."""
    try:
        sheets, hidden = read_workbook(file, data, kind, limits)
    except WorkbookError as error:
        return no_table(file, error.message, error.hint)
    except LimitError as error:
        return refused(file, error.finding)
    cells = mark_cells(data, [*hidden, *(sheet.name for sheet in sheets)])
    marks = {MARK_SHEET} if cells else set()
    visible = [sheet for sheet in sheets if sheet.name not in marks]
    opened = open_form(visible, cells, Place(file, sheet=MARK_SHEET), plan)
    if not opened.refused:
        take_stages(opened, plan)
    before = [*opened.findings, *(_hidden(file, name) for name in hidden if name not in marks)]
    if opened.refused:
        return opened.unused(file, str(kind)), tuple(before)
    results = [read_sheet(sheet, file, plan, marked=opened.marked) for sheet in opened.sheets]
    readers = [reader for reader in results if reader.headed] or results[:1]
    others = [reader.sheet for reader in results if reader not in readers]
    before += [_left_out(file, sheet.name) for sheet in others if sheet.rows]
    submission, findings = gathered(file, str(kind), readers, before)
    if any(sheet.struck or sheet.merges for sheet in sheets):
        findings = (*findings, *doubtful_cells(sheets, submission.observations))
    return complete(opened, submission._replace(rows=sum(map(left_out, others), submission.rows)), findings, plan)


def _hidden(file: str, name: str) -> Finding:
    message = say("The sheet is hidden and was not read.")
    return finding("S108", Place(file, sheet=name), message, say("Unhide it if its figures are meant."))


def _left_out(file: str, name: str) -> Finding:
    return finding("S111", Place(file, sheet=name), say("The sheet has no table of indicators and values; left out."))
