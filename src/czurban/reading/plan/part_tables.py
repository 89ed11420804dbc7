"""Open the table of a breakdown, find its header, and read its targets in the unit of the indicator."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, Severity, say
from czurban.model.indicator import Indicator
from czurban.model.observation import Reading
from czurban.model.plan import Plan
from czurban.model.target import Interval
from czurban.model.text import exact, half_width, key
from czurban.model.unit import Unit
from czurban.model.years import Baseline
from czurban.reading.sources.csv_sheet import read_csv
from czurban.reading.sources.limits import LIMITS
from czurban.reading.sources.opening import FileKind, decode, kind_of, read_regular, refusal_of, unreadable_file
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.cell import (
    Chosen,
    UnitTrouble,
    ValueCell,
    choose,
    read_cell,
    same_unit,
    text_at,
)
from czurban.reading.submission.columns import read_columns
from czurban.reading.submission.header import block_at
from czurban.reading.submission.header_cell import Header, HeaderText
from czurban.reading.submission.header_words import LAST_YEAR, ColumnField
from czurban.reading.submission.names import shorten
from czurban.reading.submission.rows.stated import rule_of

Report = Callable[[str, Place, Message, Message], None]
"""Adds a finding: its code, place, message and hint."""


@dataclass(frozen=True, slots=True)
class TargetReader:
    """Reads the targets and baselines of one row.

    `unit` is the text of the row's unit column, or of the bracket behind its name; it may be empty.
    """

    indicator: Indicator
    plan: Plan
    unit: str
    unit_at: Place
    report: Report
    _reported: set[Place] = field(default_factory=set)

    def target(self, raw: str, unit: str, place: Place) -> Interval | None:
        """Read a target; report it and return None where it cannot be read. An empty cell has none.

        A number without a sign has the direction of the plan's target. `unit` is that of the column's header, if any.
        """
        cell = read_cell(raw)
        if cell.reported is Reading.NOTHING:
            return None
        interval: Interval | None
        if cell.amount is not None and not cell.approximate:
            interval = self.indicator.target.interval.with_bound(cell.amount)
        else:
            cell, interval = rule_of(raw)
        if interval is None or interval.is_empty:
            self._report_value(place, say("“{raw}” is not a target.", raw=shorten(raw)))
            return None
        converted = self._converted(interval, cell, unit, place)
        if converted and not converted.same_direction(self.indicator.target.interval):
            values = {"raw": shorten(raw), "own": str(self.indicator.target.interval)}
            message = say("“{raw}” has another direction than the plan's {own}.", **values)
            self.report("P134", place, message, say("Use the sign of the plan's target."))
            return None
        return converted

    def baseline(self, raw: str, unit: str, place: Place) -> Baseline | None:
        """Read a baseline."""
        cell = read_cell(raw)
        if cell.reported is Reading.NOTHING:
            return None
        if cell.amount is None:
            self._report_value(place, say("The baseline “{raw}” cannot be read as a number.", raw=shorten(raw)))
            return None
        converted = self._converted(Interval(cell.amount, cell.amount), cell, unit, place)
        if converted is None:
            return None
        return Baseline(raw if converted.low is None else str(converted.low), converted.low, cell.approximate)

    def _converted(self, interval: Interval, cell: ValueCell, unit: str, place: Place) -> Interval | None:
        """Convert a rule to the indicator's unit; report it and return None where that is not possible."""
        stated = self.unit or unit
        units = self.indicator, self.plan.units
        chosen = choose(cell, stated, "", *units)
        if isinstance(chosen, Chosen) and stated and cell.unit and not same_unit(cell.unit, stated, *units):
            chosen = UnitTrouble.TWO  # a plan states one unit
        if isinstance(chosen, UnitTrouble):
            self._report_unknown_unit(chosen, cell, stated, place)
            return None
        source, target = chosen.unit or self.indicator.unit, self.indicator.unit
        if source.dimension != target.dimension:
            message = say("“{unit}” does not measure what {plan} measures.", unit=source.name, plan=target.name)
            self._report_unit(self.unit_at if self.unit and not chosen.in_cell else place, message)
            return None
        low, high = (self._bound(bound, source) for bound in (interval.low, interval.high))
        if (low is None) is not (interval.low is None) or (high is None) is not (interval.high is None):
            self._report_unit(place, say("The figure in {unit} is not a finite decimal.", unit=target.name))
            return None
        return Interval(low, high, interval.low_open, interval.high_open)

    def _report_unknown_unit(self, trouble: UnitTrouble, cell: ValueCell, stated: str, place: Place) -> None:
        """Report two units that differ, or an unknown unit at its place, once for all cells of the row."""
        written = cell.unit or cell.scale
        if trouble is UnitTrouble.TWO:
            values = {"cell": shorten(written), "stated": shorten(stated)}
            self._report_unit(place, say("The cell says “{cell}” and its row or column says “{stated}”.", **values))
            return
        in_row = bool(stated) and not same_unit(stated, stated, self.indicator, self.plan.units)
        if in_row:
            written, place = stated, self.unit_at if self.unit else place
        if not in_row or place not in self._reported:
            message = say("The plan has no unit “{unit}”.", unit=shorten(written))
            values = {"unit": self.indicator.unit.name, "other": shorten(written)}
            hint = say("Write it in {unit}, or declare “{other}” under units: in targets.yaml.", **values)
            self.report("P134", place, message, hint)
        self._reported.add(place)

    def _bound(self, value: Decimal | None, unit: Unit) -> Decimal | None:
        """Convert a bound to the indicator's unit; None where there is none, or it has no end as a decimal."""
        if value is None or unit.factor == self.indicator.unit.factor:
            return value
        text = exact(Fraction(value) * unit.factor / self.indicator.unit.factor)
        return None if "/" in text else Decimal(text)

    def _report_value(self, place: Place, message: Message) -> None:
        hint = say("Write a number, or a rule such as ≥38 or ≤4.5; write — for no target.")
        self.report("P133", place, message, hint)

    def _report_unit(self, place: Place, message: Message) -> None:
        self.report("P134", place, message, say("Write it in {unit}.", unit=self.indicator.unit.name))


_HEADER_WITHIN = 30
_TARGET_WORDS = "分解目标 分解目标值 目标分解 分解数 分解值 分解指标 分解任务 下达目标 下达任务 下达数 任务数"
_TARGET = frozenset(map(key, _TARGET_WORDS.split()))
"""Headers that only a breakdown uses for its column of targets."""


_DETAILS = {
    **dict.fromkeys(("完成时限", "完成时间", "时限", "期限", "deadline", "due"), "deadline"),
    **dict.fromkeys(("分管领导", "leader"), "leader"),
    **dict.fromkeys(("具体责任人", "责任人", "负责人", "联系人", "person"), "person"),
    **dict.fromkeys(("联系电话", "电话", "phone"), "phone"),
}
"""Headers of the due date of a part and of the persons who answer for it."""


class PartsHead(NamedTuple):
    """The header of such a table: the index of its last row, the columns of its fields, and the columns that count.

    `details` are the columns of the due date and of the persons, by what they have. `targets` and `baselines` are by
    column; in a wide table each column has a region.
    """

    last: int
    at: dict[ColumnField, int]
    headers: dict[ColumnField, Header]
    targets: dict[int, Header]
    baselines: dict[int, Header]
    unknown: Sequence[int]
    texts: Sequence[str]
    details: Mapping[str, int]


def open_sheets(path: Path, plan: Plan) -> tuple[list[Sheet], list[Finding]]:
    """Read every sheet of the file; report a file that cannot be read (P132)."""
    try:
        data = read_regular(path, path.parent, LIMITS.size)
    except OSError as error:
        return [], [unreadable_file("P132", path, error, LIMITS.size)]
    kind = kind_of(data)
    if refusal := refusal_of(kind):
        return [], [finding("P132", Place(str(path)), *refusal)]
    return _text(path, data, plan) if kind is FileKind.TEXT else _workbook(path, data, kind)


def _text(path: Path, data: bytes, plan: Plan) -> tuple[list[Sheet], list[Finding]]:
    text = decode(data)
    if text is None:
        return [], [_table_fault(Place(str(path)), say("This is neither a table in text nor a workbook."))]
    sheet, broken = read_csv(str(path), text.text, partial(_score, plan=plan), LIMITS, cut=text.cut)
    return [sheet], [fault._replace(code="P132", severity=Severity.ERROR) for fault in broken]


def _score(cells: Sequence[str], plan: Plan) -> int:
    columns = read_columns(_plain_headers(cells), plan)
    return len(columns.at) + len(columns.stated) + len(columns.values)


def _workbook(path: Path, data: bytes, kind: FileKind) -> tuple[list[Sheet], list[Finding]]:
    from czurban.reading.sources.workbook import LimitError, WorkbookError, read_workbook  # noqa: PLC0415 - heavy, for workbooks alone

    try:
        sheets, _ = read_workbook(str(path), data, kind, LIMITS)
    except WorkbookError as error:
        return [], [finding("P132", Place(str(path)), error.message, error.hint)]
    except LimitError as error:
        return [], [error.finding._replace(code="P132")]
    message = say("Hidden rows and columns hold something, and it is not clear whether they count.")
    hidden = [sheet for sheet in sheets if sheet.hidden_rows or sheet.hidden_columns]
    return list(sheets), [_table_fault(Place(str(path), sheet=sheet.name), message) for sheet in hidden]


def _table_fault(place: Place, message: Message) -> Finding:
    return finding("P132", place, message, say("Unhide everything that counts, and save the file as CSV or XLSX."))


def find_parts_head(sheet: Sheet, plan: Plan) -> PartsHead | None:
    """Return the first row, or pair of rows, that names indicators and has a column of targets; None without one."""
    for at in range(min(_HEADER_WITHIN, len(sheet.rows))):
        naming = read_columns(_plain_headers(sheet.rows[at].cells), plan).naming
        if naming:
            block = block_at(sheet, at, naming, plan)
            head = _parts_head(block.last, block.texts, plan)
            if head.targets:
                return head
    return None


def _plain_headers(cells: Sequence[HeaderText]) -> list[HeaderText]:
    """Return headers with 分解目标 and the like as 目标."""
    plain = []
    for cell in cells:
        name, bracket, rest = half_width(cell).partition("(") if isinstance(cell, str) else ("", "", "")
        plain.append(f"目标{bracket}{rest}" if key(name) in _TARGET else cell)
    return plain


def _parts_head(last: int, texts: Sequence[HeaderText], plan: Plan) -> PartsHead:
    """Choose the columns of a header that count: not those of another year, nor of results."""
    columns = read_columns(_plain_headers(texts), plan)
    stated = columns.stated.items()
    targets = {n: head for n, head in stated if head.field is ColumnField.TARGET and _is_of_plan(head, plan)}
    baselines = {n: head for n, head in stated if head.field is ColumnField.BASELINE and _is_of_baseline(head, plan)}
    if not targets:
        bare = columns.values.items()
        targets = {n: head for n, head in bare if head.bare and head.region and _is_of_plan(head, plan)}
    others = {*columns.unknown, *columns.stated, *columns.values} - {*targets, *baselines}
    plain = [text if isinstance(text, str) else " ".join(part for part in text if part) for text in texts]
    details = {_DETAILS[key(text)]: n for n, text in enumerate(plain) if key(text) in _DETAILS}
    unknown = sorted(n for n in others if plain[n].strip() and n not in details.values())
    return PartsHead(last, columns.at, columns.headers, targets, baselines, unknown, plain, details)


def _is_of_plan(header: Header, plan: Plan) -> bool:
    return not header.part and header.period in (None, plan.period.last_year)


def _is_of_baseline(header: Header, plan: Plan) -> bool:
    base = plan.baseline_period
    if header.text.startswith(LAST_YEAR):
        return base is not None and base.year == plan.period.year - 1
    return not header.part and header.period in (None, base)


_FIELDS = (ColumnField.NUMBER, ColumnField.INDICATOR, ColumnField.UNIT, ColumnField.REGION, ColumnField.SENDER)


def merged_cells(sheet: Sheet, head: PartsHead) -> dict[tuple[int, int], str]:
    """Return the texts of merged cells for the further rows they cover, by row number and column."""
    columns = {head.at[name] for name in _FIELDS if name in head.at}
    rows = {row.number: row for row in sheet.rows}
    texts: dict[tuple[int, int], str] = {}
    for merge in sheet.merges:
        first = rows.get(merge.top + 1)
        if merge.left not in columns or first is None or merge.left >= len(first.cells):
            continue
        for number in range(merge.top + 2, min(merge.bottom + 1, max(rows)) + 1):
            texts[number, merge.left] = first.cells[merge.left]
    return texts


def cell_of(row: Row, at: int, merged: dict[tuple[int, int], str]) -> str:
    """Return the text of a cell, or of the merged cell that covers it."""
    return text_at(row.cells, at) or merged.get((row.number, at), "").strip()
