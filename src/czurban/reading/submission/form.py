"""Forms that come back: whose they are by their mark, whether they may be used, and what they report.

Tables of milestones: the stage that each is reported to have reached.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from typing import Any

from czurban.model.collection import ASIDE, INSTRUCTIONS, FormMark, is_mark, mark_of, parse_mark
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place, has_errors, say
from czurban.model.observation import NO_ROWS, Observation, Reading, RowCount, StageReport, Submission
from czurban.model.plan import Plan
from czurban.model.text import cell_text, half_width, key
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.cell import NOTHING, read_cell
from czurban.reading.submission.header import find_header
from czurban.reading.submission.header_words import HEADERS, ColumnField
from czurban.reading.submission.names import shorten

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
    StageField.SENDER: HEADERS[ColumnField.SENDER],
    StageField.NOTE: HEADERS[ColumnField.NOTE],
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
        texts = {one: cell_text(row.cells[at]) for one, at in columns.items() if at < len(row.cells)}
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


_FORM_AGAIN = say("`czurban template` writes the department's form anew.")
_ASIDE = tuple(half_width(one) for one in ASIDE)
_NAMES = 5


@dataclass(slots=True)
class Opened:
    """A file's sheets of figures, and what was taken off them: the mark, the milestones, columns for the reader."""

    sheets: list[Any]
    marked: bool = False
    sender: str = ""
    refused: bool = False
    stages: tuple[StageReport, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    count: RowCount = NO_ROWS

    def unused(self, file: str, read_as: str) -> Submission:
        """What was sent and may not be used, all its rows refused."""
        count = sum(len(sheet.rows) for sheet in self.sheets) + self.count.read
        return Submission(file, read_as, rows=RowCount(count, refused=count), sender=self.sender)

    def complete(self, given: Submission, plan: Plan) -> tuple[Submission, Findings]:
        """Add what only a form has. The department of a form is the sender of all of it, and it reports its own."""
        rows = given.rows + self.count
        if not self.sender:
            return given._replace(stages=self.stages, rows=rows), ()
        foreign = [
            *_foreign_figures(given.observations, self.sender, plan),
            *_foreign_stages(self.stages, self.sender, plan),
        ]
        if foreign:
            refused = RowCount(rows.read, refused=rows.read)
            unused = Submission(given.file, given.read_as, rows=refused, sender=self.sender)
            return unused, (_foreign(foreign, self.sender),)
        return given._replace(
            observations=tuple(one._replace(sender=self.sender) for one in given.observations),
            stages=tuple(one._replace(sender=self.sender) for one in self.stages),
            sender=self.sender,
            rows=rows,
        ), ()


def open_form(sheets: Sequence[Any], cells: Sequence[str] | None, at: Place, plan: Plan) -> Opened:
    """Take off the sheets what only forms have, and tell a form that may not be used.

    Args:
        sheets: the file's sheets; those of any other file come back as they are.
        cells: the cells of the mark; None where the file has none.
        at: where the mark stands.
        plan: the plan the form shall be of.
    """
    opened = Opened(list(sheets), marked=cells is not None)
    if cells is not None:
        mark = parse_mark(cells)
        opened.sender = _sender(mark, plan) if mark else ""
        opened.findings += _faults(mark, at, plan)
        opened.refused = has_errors(opened.findings)
        opened.sheets = [one for one in sheets if one.name not in INSTRUCTIONS]
        opened.count += _ignored(sum(len(one.rows) for one in sheets if one.name in INSTRUCTIONS))
    if not opened.refused:
        _take_stages(opened, plan)
    return opened


def mark_line(rows: Sequence[Row]) -> list[str] | None:
    """The mark that stands in the first line of a form sent as CSV; None where there is none."""
    return list(rows[0].cells) if rows and is_mark(rows[0].cells) else None


def _take_stages(opened: Opened, plan: Plan) -> None:
    kept = []
    for sheet in opened.sheets:
        parts = split(sheet, whole=opened.marked)
        opened.stages += parts.stages
        opened.findings += parts.findings
        opened.count += parts.count
        if not parts.found or find_header(parts.above, plan) is not None:
            bare = _bare(parts.above, plan) if opened.marked else parts.above
            kept.append(bare)
            opened.count += _ignored(len(parts.above.rows) - len(bare.rows))
        else:
            opened.count += _ignored(len(parts.above.rows))
    opened.sheets = kept


def _ignored(rows: int) -> RowCount:
    """Rows in which nothing is reported: titles, instructions."""
    return RowCount(rows, ignored=rows)


def _bare(sheet: Any, plan: Plan) -> Any:  # noqa: ANN401 - a Sheet that is a dataclass too; none is declared so
    """A sheet of a form from its header on, without the columns that are for its reader only."""
    head = find_header(sheet, plan)
    rows = sheet.rows if head is None else sheet.rows[head.first :]
    aside = {n for n, cell in enumerate(rows[0].cells) if half_width(cell).strip().endswith(_ASIDE)} if rows else set()
    return replace(sheet, rows=[_without(row, aside) for row in rows])


def _without(row: Row, aside: set[int]) -> Row:
    return Row(row.number, ["" if n in aside else cell for n, cell in enumerate(row.cells)])


def _faults(mark: FormMark | None, at: Place, plan: Plan) -> list[Finding]:
    """What stands against using a form, the first reason alone; or what should be known of it."""
    if mark is None:
        message = say("The form's mark is damaged, so nobody can say whose form it is; it is not used.")
        return [finding("S243", at, message, _FORM_AGAIN)]
    office = plan.department(mark.department)
    if office is None:
        message = say("The form is of “{name}”, which the plan does not know; it is not used.", name=mark.department)
        return [finding("S243", at, message, _FORM_AGAIN)]
    own = mark_of(plan, office)
    if mark.period != own.period:
        message = say(
            "The form is of {theirs}, and the plan is for {own}; it is not used.", theirs=mark.period, own=own.period
        )
        return [finding("S241", at, message, _FORM_AGAIN)]
    if (mark.plan, mark.region) != (own.plan, own.region):
        message = say(
            "The form is of “{theirs}” ({region}), another plan; it is not used.",
            theirs=mark.plan,
            region=mark.region,
        )
        return [finding("S240", at, message, say("Name its plan with --plan, or have this plan's form filled in."))]
    if mark.asked != own.asked:
        message = say("Since this form was made, the plan has changed what it asks of {name}.", name=own.department)
        return [finding("S242", at, message, _FORM_AGAIN)]
    return []


def _sender(mark: FormMark, plan: Plan) -> str:
    """The department as the plan prints it now: one that was renamed since keeps its old name as an alias."""
    office = plan.department(mark.department)
    return office.name if office else mark.department


_Foreign = tuple[Place, str]
"""Where something stands that is not the sender's own, and what it is about."""


def _foreign_figures(observations: Sequence[Observation], sender: str, plan: Plan) -> Iterator[_Foreign]:
    for one in observations:
        indicator = plan.indicator(one.indicator)
        if one.reported is Reading.NOTHING or indicator is None:
            continue
        if _is_of_another(one.sender, sender, plan) or sender not in (*indicator.leads, *indicator.reporters):
            yield one.place, indicator.name


def _foreign_stages(stages: Sequence[StageReport], sender: str, plan: Plan) -> Iterator[_Foreign]:
    return ((one.place, one.milestone) for one in stages if _is_of_another(one.sender, sender, plan))


def _is_of_another(named: str, sender: str, plan: Plan) -> bool:
    office = plan.department(named) if named else None
    return bool(named) and (office is None or office.name != sender)


def _foreign(foreign: Sequence[_Foreign], sender: str) -> Finding:
    names = [shorten(name) for _, name in foreign]
    message: Message = say(
        "The form of {name} carries {count} figures that are not its own ({names}), so none of it is used.",
        name=sender,
        count=len(foreign),
        names="、".join(names[:_NAMES]) + ("…" if len(names) > _NAMES else ""),
    )
    return finding("S244", foreign[0][0], message, say("Let each department send its own form."))
