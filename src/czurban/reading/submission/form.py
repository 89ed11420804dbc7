"""Read forms that are sent back: check their mark, take off what only forms have, and read tables of milestones."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from typing import Any

from czurban.model.collection.asked import named_in, not_asked
from czurban.model.collection.form_mark import INSTRUCTIONS, FormMark, is_mark, mark_of, parse_mark
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place, has_errors, say
from czurban.model.observation import NO_ROWS, Observation, Reading, RowCount, StageReport, Submission
from czurban.model.period import parse_period
from czurban.model.plan import Department, Plan
from czurban.model.text import TASK_NUMBER, cell_text, half_width, key, task_no
from czurban.model.vocabulary.header_words import ASIDE
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.cell import NOTHING, read_cell
from czurban.reading.submission.header import find_header
from czurban.reading.submission.header_words import HEADERS, ColumnField
from czurban.reading.submission.names import shorten
from czurban.reading.submission.row_words import no_period

_WITHIN = 30


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


@dataclass(frozen=True, slots=True)
class Split:
    """The part of a sheet above its table of milestones, and the stages and faults of that table."""

    above: Sheet
    stages: tuple[StageReport, ...] = ()
    findings: tuple[Finding, ...] = ()
    has_table: bool = False
    count: RowCount = NO_ROWS


def split(sheet: Any, *, whole: bool) -> Split:  # noqa: ANN401 - a Sheet that is a dataclass; no type declares both
    """Separate the table of milestones from a sheet.

    Args:
        sheet: the sheet.
        whole: whether to look for the table's header in all rows, as in a form where it follows the figures, and not
            only in the first rows.
    """
    for number, row in enumerate(islice(sheet.rows, None if whole else _WITHIN)):
        columns = _columns(row.cells)
        if columns.keys() >= _REQUIRED:
            findings: list[Finding] = []
            rows = sheet.rows[number + 1 :]
            stages = tuple(_stages(sheet, rows, columns, findings))
            rest = 1 + len(rows) - len(stages) - len(findings)
            count = RowCount(1 + len(rows), len(stages), len(findings), rest)
            return Split(replace(sheet, rows=sheet.rows[:number]), stages, tuple(findings), has_table=True, count=count)
    return Split(sheet)


def _columns(cells: Sequence[str]) -> dict[StageField, int]:
    columns = {field: at for at, cell in enumerate(cells) if (field := _BY_NAME.get(key(cell)))}
    return columns if len(columns) == sum(key(cell) in _BY_NAME for cell in cells) else {}


def _stages(
    sheet: Sheet, rows: Sequence[Row], columns: dict[StageField, int], findings: list[Finding]
) -> Iterator[StageReport]:
    for row in rows:
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
        period = parse_period(date) if (date := texts.get(StageField.PERIOD, "")) else None
        if date and period is None:
            findings.append(finding("S209", sheet.place(row, columns[StageField.PERIOD]), *no_period(date)))
            continue
        milestone, sender = texts.get(StageField.MILESTONE, ""), texts.get(StageField.SENDER, "")
        note = texts.get(StageField.NOTE, "")
        yield StageReport(number, milestone, stage, place, sender, note, period=period)


def _no_task(sheet: Sheet, row: Row, column: int, text: str) -> Finding:
    message = say("“{text}” names no task; the stage is not used.", text=shorten(text))
    return finding("S246", sheet.place(row, column), message, say("Write the task's number, such as 9 or 任务9."))


_NEW_FORM = say("`czurban template` writes a new form for the department.")
_FOR_READERS = tuple(map(half_width, ASIDE))
_MOST_NAMES = 5


@dataclass(slots=True)
class Opened:
    """The sheets of figures of a file, and what only forms have: sender, code of its region, stages and findings."""

    sheets: list[Any]
    marked: bool = False
    sender: str = ""
    region: str = ""
    refused: bool = False
    stages: tuple[StageReport, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    count: RowCount = NO_ROWS

    def unused(self, file: str, read_as: str) -> Submission:
        """Return the submission of a form that may not be used, all its rows refused."""
        count = sum(len(sheet.rows) for sheet in self.sheets) + self.count.read
        return Submission(file, read_as, rows=RowCount(count, refused=count), sender=self.sender, region=self.region)

    def complete(self, given: Submission, plan: Plan) -> tuple[Submission, Findings]:
        """Add the sender and the stages; refuse a form with figures that its department does not report."""
        rows = given.rows + self.count
        if not self.sender:
            return given._replace(stages=self.stages, rows=rows), ()
        if county := plan.counties.get(self.region):
            foreign = list(not_asked(plan, county, given.observations, self.stages))
        else:
            figures = _foreign_figures(given.observations, self.sender, plan)
            foreign = [*figures, *_foreign_stages(self.stages, self.sender, plan)]
        if foreign:
            return self._withheld(given, foreign), (_foreign(foreign, self.sender),)
        return given._replace(
            observations=tuple(map(self._signed, given.observations)),
            stages=tuple(stage._replace(sender=self.sender) for stage in self.stages),
            sender=self.sender,
            region=self.region,
            rows=rows,
        ), ()

    def _signed(self, value: Observation) -> Observation:
        return value._replace(sender=self.sender, region=self.region or value.region)

    def _withheld(self, given: Submission, foreign: Sequence["_Foreign"]) -> Submission:
        """Return the submission of a form with others' figures: its department's own are kept, and none is usable."""
        places = {place for place, _ in foreign}
        count = given.rows.read + self.count.read
        return Submission(
            given.file,
            given.read_as,
            tuple(
                self._signed(value)._replace(reported=Reading.WITHHELD, amount=None)
                for value in given.observations
                if value.place not in places and value.reported is not Reading.NOTHING
            ),
            rows=RowCount(count, refused=count),
            stages=tuple(
                stage._replace(sender=self.sender, withheld=True) for stage in self.stages if stage.place not in places
            ),
            sender=self.sender,
            region=self.region,
        )


def open_form(sheets: Sequence[Any], cells: Sequence[str] | None, at: Place, plan: Plan) -> Opened:
    """Separate what only forms have from the sheets, and check whether a form may be used.

    Args:
        sheets: the file's sheets; those of any other file are returned unchanged.
        cells: the cells of the mark; None where the file has none.
        at: the place of the mark.
        plan: the plan that the form must belong to.
    """
    opened = Opened(list(sheets), marked=cells is not None)
    mark = parse_mark(cells) if cells is not None else None
    if cells is not None:
        misnamed = _misnamed(mark, at, plan) if mark else []
        opened.sender = _sender(mark, plan) if mark and not misnamed else ""
        opened.region = mark.county if mark and not misnamed else ""
        opened.findings += misnamed or _mark_findings(mark, at, plan)
        opened.refused = has_errors(opened.findings)
        opened.sheets = [sheet for sheet in sheets if sheet.name not in INSTRUCTIONS]
        opened.count += _ignored(sum(len(sheet.rows) for sheet in sheets if sheet.name in INSTRUCTIONS))
    if not opened.refused:
        _take_stages(opened, plan)
        if mark and (period := parse_period(mark.period)):
            dated = (stage if stage.period else stage._replace(period=period) for stage in opened.stages)
            opened.stages = tuple(dated)
    return opened


def mark_line(rows: Sequence[Row]) -> list[str] | None:
    """Return the mark in the first line of a form sent as CSV; None where there is none."""
    return list(rows[0].cells) if rows and is_mark(rows[0].cells) else None


def _take_stages(opened: Opened, plan: Plan) -> None:
    kept = []
    for sheet in opened.sheets:
        parts = split(sheet, whole=opened.marked)
        opened.stages += parts.stages
        opened.findings += parts.findings
        opened.count += parts.count
        if not parts.has_table or find_header(parts.above, plan) is not None:
            bare = _for_reading(parts.above, plan) if opened.marked else parts.above
            kept.append(bare)
            opened.count += _ignored(len(parts.above.rows) - len(bare.rows))
        else:
            opened.count += _ignored(len(parts.above.rows))
    opened.sheets = kept


def _ignored(rows: int) -> RowCount:
    """Count rows without figures: titles, instructions."""
    return RowCount(rows, ignored=rows)


def _for_reading(sheet: Any, plan: Plan) -> Any:  # noqa: ANN401 - a Sheet that is a dataclass; no type declares both
    """Return a sheet of a form from its header on, with the columns blank that are only for those who fill it in."""
    head = find_header(sheet, plan)
    rows = sheet.rows if head is None else sheet.rows[head.first :]
    header = rows[0].cells if rows else ()
    blank = {n for n, cell in enumerate(header) if half_width(cell).strip().endswith(_FOR_READERS)}
    kept = [Row(row.number, ["" if n in blank else cell for n, cell in enumerate(row.cells)]) for row in rows]
    return replace(sheet, rows=kept)


def _mark_findings(mark: FormMark | None, at: Place, plan: Plan) -> list[Finding]:
    """Return the first reason against using a form, or a warning about it."""
    if mark is None:
        message = say("The form's mark is damaged, so its department is not known; it is not used.")
        return [finding("S243", at, message, _NEW_FORM)]
    office = _unit(mark, plan)
    if office is None:
        message = say("The form is of “{name}”, which the plan does not know; it is not used.", name=mark.department)
        return [finding("S243", at, message, _NEW_FORM)]
    current = mark_of(plan, office)
    part = parse_period(mark.period)
    if mark.period != current.period and not (part and plan.period.includes(part)):
        message = say(
            "The form is of {theirs}, and the plan is for {own}; it is not used.",
            theirs=mark.period,
            own=current.period,
        )
        return [finding("S241", at, message, _NEW_FORM)]
    if (mark.plan, mark.region) != (current.plan, current.region):
        message = say(
            "The form is of “{theirs}” ({region}), another plan; it is not used.",
            theirs=mark.plan,
            region=mark.region,
        )
        return [finding("S240", at, message, say("Name its plan with --plan, or have this plan's form filled in."))]
    if mark.asked != current.asked:
        message = say("Since this form was made, the plan has changed what {name} reports.", name=current.department)
        return [finding("S242", at, message, _NEW_FORM)]
    return []


def _misnamed(mark: FormMark, at: Place, plan: Plan) -> list[Finding]:
    """Return an error if the file is named after another unit than the form is of, as a copied form is."""
    office, named = _unit(mark, plan), named_in(at.file, plan)
    if office is None or named is None or named.name == office.name or (office.region and office.name in at.file):
        return []
    names = {"named": named.name, "name": office.name}
    message = say(
        "The name of the file is of {named}, and the form in it of {name}; whose figures these are is not known, "
        "so none of it is used.",
        **names,
    )
    hint = say("Have {named} fill in its own form; if {name} filled in this one, rename the file.", **names)
    return [finding("S243", at, message, hint)]


def _unit(mark: FormMark, plan: Plan) -> Department | None:
    return plan.counties.get(mark.county) if mark.county else plan.department(mark.department)


def _sender(mark: FormMark, plan: Plan) -> str:
    """Return the unit by its current name in the plan; a renamed department has its old name as an alias."""
    office = _unit(mark, plan)
    return office.name if office else mark.department


_Foreign = tuple[Place, str]
"""The place of a figure or stage that the sender does not report, and the indicator or milestone."""


def _foreign_figures(observations: Sequence[Observation], sender: str, plan: Plan) -> Iterator[_Foreign]:
    for value in observations:
        indicator = plan.indicator(value.indicator)
        if value.reported is Reading.NOTHING or indicator is None:
            continue
        reported = plan.own_part(value.indicator, value.region) or indicator
        if _is_of_another(value.sender, sender, plan) or sender not in (*reported.leads, *reported.reporters):
            yield value.place, indicator.name


def _foreign_stages(stages: Sequence[StageReport], sender: str, plan: Plan) -> Iterator[_Foreign]:
    return ((stage.place, stage.milestone) for stage in stages if _is_of_another(stage.sender, sender, plan))


def _is_of_another(named: str, sender: str, plan: Plan) -> bool:
    office = plan.department(named) if named else None
    return bool(named) and (office is None or office.name != sender)


def _foreign(foreign: Sequence[_Foreign], sender: str) -> Finding:
    names = [shorten(name) for _, name in foreign]
    message: Message = say(
        "The form of {name} has figures that it does not report ({count}: {names}), so none of it is used.",
        name=sender,
        count=len(foreign),
        names="、".join(names[:_MOST_NAMES]) + ("…" if len(names) > _MOST_NAMES else ""),
    )
    return finding("S244", foreign[0][0], message, say("Let each department send its own form."))
