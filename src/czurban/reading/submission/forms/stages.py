"""Read tables of milestones, and separate them from the tables of figures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import islice
from typing import Any

from czurban.model.faults import finding
from czurban.model.finding import Finding, say
from czurban.model.observation import RowCount, StageReport
from czurban.model.period import Period, parse_period
from czurban.model.plan import Plan
from czurban.model.text import TASK_NUMBER, cell_text, half_width, key, task_no
from czurban.model.vocabulary.header_words import ASIDE
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.cell import NOTHING, read_cell
from czurban.reading.submission.forms.opening import Opened
from czurban.reading.submission.header import Head, find_header
from czurban.reading.submission.header_words import HEADERS, ColumnField
from czurban.reading.submission.names import shorten
from czurban.reading.submission.rows.messages import no_period

_WITHIN = 30
_FOR_READERS = tuple(map(half_width, ASIDE))


class StageField(StrEnum):
    """Represents a column of a table of milestones."""

    TASK = "task"
    MILESTONE = "milestone"
    STAGE = "stage"
    SENDER = "sender"
    NOTE = "note"
    PERIOD = "period"


_HEADERS = {
    StageField.TASK: ("任务", "任务序号", "任务编号", "task"),
    StageField.MILESTONE: ("事项", "事项名称", "任务事项", "milestone"),
    StageField.STAGE: ("目前阶段", "当前阶段", "现阶段", "stage", "current stage"),
    StageField.SENDER: HEADERS[ColumnField.SENDER],
    StageField.NOTE: HEADERS[ColumnField.NOTE],
    StageField.PERIOD: HEADERS[ColumnField.PERIOD],
}
_BY_NAME = {key(name): field for field, names in _HEADERS.items() for name in names}
_REQUIRED = {StageField.TASK, StageField.MILESTONE, StageField.STAGE}
_TASK = re.compile(rf"^(?:任务|task)?\s*({TASK_NUMBER})(?![\w(])(?!\.\d)", re.IGNORECASE)


def take_stages(opened: Opened, plan: Plan) -> None:
    """Take the tables of milestones off the sheets of a file; a sheet without another table is not kept.

    In a form such a table follows the figures, so that its header is searched in all rows and not only the first ones.
    """
    sheets, opened.sheets = opened.sheets, []
    for sheet in sheets:
        rows = enumerate(islice(sheet.rows, None if opened.marked else _WITHIN))
        at = next((n for n, row in rows if _columns(row.cells).keys() >= _REQUIRED), None)
        above = sheet if at is None else replace(sheet, rows=sheet.rows[:at])
        if at is not None:
            findings: list[Finding] = []
            stages = tuple(_stages(sheet, at, opened.period, findings))
            many = len(sheet.rows) - at
            opened.stages += stages
            opened.findings += findings
            opened.count += RowCount(many, len(stages), len(findings), many - len(stages) - len(findings))
        head = find_header(above, plan)
        if at is None or head is not None:
            bare = _for_reading(above, head) if opened.marked else above
            opened.sheets.append(bare)
            opened.ignore(len(above.rows) - len(bare.rows))
        else:
            opened.ignore(len(above.rows))


def _columns(cells: Sequence[str]) -> dict[StageField, int]:
    columns = {field: at for at, cell in enumerate(cells) if (field := _BY_NAME.get(key(cell)))}
    return columns if len(columns) == sum(key(cell) in _BY_NAME for cell in cells) else {}


def _stages(sheet: Sheet, at: int, period: Period | None, findings: list[Finding]) -> Iterator[StageReport]:
    """Yield the stages of a table by its header's index; `period` is that of stages that state none."""
    columns = _columns(sheet.rows[at].cells)
    for row in sheet.rows[at + 1 :]:
        texts = {field: cell_text(row.cells[at]) for field, at in columns.items() if at < len(row.cells)}
        stage = texts.get(StageField.STAGE, "")
        if read_cell(stage) == NOTHING:
            continue
        task = _TASK.match(half_width(texts.get(StageField.TASK, "")).strip())
        place = sheet.place(row, columns[StageField.STAGE])
        number = task_no(task[1].removesuffix(".0")) if task else None
        if number is None:
            findings.append(_no_task(sheet, row, columns[StageField.TASK], texts.get(StageField.TASK, "")))
            continue
        stated = parse_period(date) if (date := texts.get(StageField.PERIOD, "")) else None
        if date and stated is None:
            findings.append(finding("S209", sheet.place(row, columns[StageField.PERIOD]), *no_period(date)))
            continue
        milestone, sender = texts.get(StageField.MILESTONE, ""), texts.get(StageField.SENDER, "")
        note = texts.get(StageField.NOTE, "")
        yield StageReport(number, milestone, stage, place, sender, note, period=stated or period)


def _no_task(sheet: Sheet, row: Row, column: int, text: str) -> Finding:
    message = say("“{text}” names no task; the stage is not used.", text=shorten(text))
    return finding("S246", sheet.place(row, column), message, say("Write the task's number, such as 9 or 任务9."))


def _for_reading(sheet: Any, head: Head | None) -> Any:  # noqa: ANN401 - a Sheet that is a dataclass; no type declares both
    """Return a sheet of a form from its header on, with the columns blank that are only for those who fill it in."""
    rows = sheet.rows if head is None else sheet.rows[head.first :]
    header = rows[0].cells if rows else ()
    blank = {n for n, cell in enumerate(header) if half_width(cell).strip().endswith(_FOR_READERS)}
    kept = [Row(row.number, ["" if n in blank else cell for n, cell in enumerate(row.cells)]) for row in rows]
    return replace(sheet, rows=kept)
