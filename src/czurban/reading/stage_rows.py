"""Tables of milestones: the stage that each is reported to have reached."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Any

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import say
from czurban.model.observation import StageReport
from czurban.model.row_count import NO_ROWS, RowCount
from czurban.model.safe_text import stated
from czurban.model.text import half_width, key
from czurban.reading.cell import NOTHING, read_cell
from czurban.reading.header_words import HEADERS, Field
from czurban.reading.naming import shorten
from czurban.reading.sheet import Row, Sheet

_WITHIN = 30


class StageField(StrEnum):
    """What a column of such a table may hold."""

    TASK = "task"
    MILESTONE = "milestone"
    STAGE = "stage"
    SENDER = "sender"
    NOTE = "note"


_HEADERS = {
    StageField.TASK: ("任务", "任务序号", "任务编号", "task"),
    StageField.MILESTONE: ("事项", "事项名称", "任务事项", "milestone"),
    StageField.STAGE: ("目前阶段", "当前阶段", "现阶段", "stage", "current stage"),
    StageField.SENDER: HEADERS[Field.SENDER],
    StageField.NOTE: HEADERS[Field.NOTE],
}
_BY_NAME = {key(name): one for one, names in _HEADERS.items() for name in names}
_NEEDED = {StageField.TASK, StageField.MILESTONE, StageField.STAGE}
_TASK = re.compile(r"^(?:任务|task)?\s*(\d{1,4})(?:\.0)?(?![\d.])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Split:
    """A sheet in two: what stands above its table of milestones, and the stages and faults of that table."""

    above: Sheet
    stages: tuple[StageReport, ...] = ()
    findings: tuple[Finding, ...] = ()
    found: bool = False
    count: RowCount = NO_ROWS


def split(sheet: Any, *, whole: bool) -> Split:  # noqa: ANN401 - a Sheet that is a dataclass too; none is declared so
    """Take the table of milestones off a sheet.

    Args:
        sheet: the sheet.
        whole: look for the table's header in all rows, as in a form where it follows the figures, and not only among
            the first ones.
    """
    for number, row in enumerate(islice(sheet.rows, None if whole else _WITHIN)):
        columns = _columns(row.cells)
        if columns.keys() >= _NEEDED:
            findings: list[Finding] = []
            rows = sheet.rows[number + 1 :]
            stages = tuple(_stages(sheet, rows, columns, findings))
            rest = 1 + len(rows) - len(stages) - len(findings)
            count = RowCount(1 + len(rows), len(stages), len(findings), rest)
            return Split(replace(sheet, rows=sheet.rows[:number]), stages, tuple(findings), found=True, count=count)
    return Split(sheet)


def _columns(cells: Sequence[str]) -> dict[StageField, int]:
    found = {one: at for at, cell in enumerate(cells) if (one := _BY_NAME.get(key(cell)))}
    return found if len(found) == sum(key(cell) in _BY_NAME for cell in cells) else {}


def _stages(
    sheet: Sheet, rows: Sequence[Row], columns: dict[StageField, int], findings: list[Finding]
) -> Iterator[StageReport]:
    for row in rows:
        texts = {one: stated(row.cells[at]) for one, at in columns.items() if at < len(row.cells)}
        stage = texts.get(StageField.STAGE, "")
        if read_cell(stage) == NOTHING:
            continue
        task = _TASK.match(half_width(texts.get(StageField.TASK, "")).strip())
        place = sheet.place(row, columns[StageField.STAGE])
        if task is None:
            findings.append(_no_task(sheet, row, columns[StageField.TASK], texts.get(StageField.TASK, "")))
            continue
        milestone, sender = texts.get(StageField.MILESTONE, ""), texts.get(StageField.SENDER, "")
        yield StageReport(int(task[1]), milestone, stage, place, sender, texts.get(StageField.NOTE, ""))


def _no_task(sheet: Sheet, row: Row, column: int, text: str) -> Finding:
    message = say("“{text}” names no task; the stage is not used.", text=shorten(text))
    return finding("S246", sheet.place(row, column), message, say("Write the task's number, such as 9 or 任务9."))
