"""One cell of a breakdown to the target it states, in the indicator's own unit, or why it states none.

The table of a breakdown: opened by its content, its header found, its columns settled.
"""

from collections.abc import Callable, Sequence
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
from czurban.model.target import Baseline, Interval
from czurban.model.text import exact, half_width, key
from czurban.model.unit import Unit
from czurban.reading.sources.csv_sheet import read_csv
from czurban.reading.sources.opening import LIMITS, decode, read_regular, unread
from czurban.reading.sources.packed import FileKind, kind_of, no_table
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.brackets import Chosen, UnitTrouble, choose, same_unit
from czurban.reading.submission.cell import ValueCell, read_cell
from czurban.reading.submission.columns import read_columns
from czurban.reading.submission.header_block import block_at
from czurban.reading.submission.header_cell import Header, HeaderText
from czurban.reading.submission.header_words import LAST_YEAR, ColumnField
from czurban.reading.submission.names import shorten
from czurban.reading.submission.rows import rule_of

Tell = Callable[[str, Place, Message, Message], None]


class TargetReader:
    """Reads the targets and baselines of one row.

    Args:
        indicator: whose target is broken down.
        plan: for its units.
        unit: what the row's unit column or the bracket behind its name says; may be empty.
        unit_at: where that stands.
        tell: takes a fault.
    """

    def __init__(self, indicator: Indicator, plan: Plan, unit: str, unit_at: Place, tell: Tell) -> None:
        self.indicator = indicator
        self.plan = plan
        self.unit = unit
        self.unit_at = unit_at
        self.tell = tell
        self._told: set[Place] = set()

    def target(self, raw: str, unit: str, place: Place) -> Interval | None:
        """Read a target. A bare number goes the way of the whole's; None where there is none, or it was told.

        Args:
            raw: the cell's text.
            unit: what the column's header says; may be empty.
            place: where the cell stands.
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
            self._bad(place, say("“{raw}” is no target.", raw=shorten(raw)))
            return None
        converted = self._converted(interval, cell, unit, place)
        if converted and not converted.same_direction(self.indicator.target.interval):
            own = str(self.indicator.target.interval)
            message = say("“{raw}” goes another way than the plan's {own}.", raw=shorten(raw), own=own)
            self.tell("P134", place, message, say("Write it with the sign of the plan's target."))
            return None
        return converted

    def baseline(self, raw: str, unit: str, place: Place) -> Baseline | None:
        """Read a baseline."""
        cell = read_cell(raw)
        if cell.reported is Reading.NOTHING:
            return None
        if cell.amount is None:
            self._bad(place, say("The baseline “{raw}” cannot be read as a number.", raw=shorten(raw)))
            return None
        found = self._converted(Interval(cell.amount, cell.amount), cell, unit, place)
        return (
            Baseline(str(found.low) if found.low is not None else raw, found.low, cell.approximate) if found else None
        )

    def _converted(self, interval: Interval, cell: ValueCell, unit: str, place: Place) -> Interval | None:
        beside = self.unit or unit
        chosen = choose(cell, beside, "", self.indicator, self.plan.units)
        units = self.indicator, self.plan.units
        if isinstance(chosen, Chosen) and beside and cell.unit and not same_unit(cell.unit, beside, *units):
            chosen = UnitTrouble.TWO  # a plan states one unit
        if isinstance(chosen, UnitTrouble):
            self._no_unit(chosen, cell, unit, place)
            return None
        own = chosen.unit or self.indicator.unit
        if own.dimension != self.indicator.unit.dimension:
            message = say(
                "“{unit}” does not measure what {plan} measures.", unit=own.name, plan=self.indicator.unit.name
            )
            self._bad_unit(self.unit_at if self.unit and not chosen.in_cell else place, message)
            return None
        low, high = (self._bound(one, own) for one in (interval.low, interval.high))
        if (low is None) is not (interval.low is None) or (high is None) is not (interval.high is None):
            self._bad_unit(place, say("The figure has no end as a decimal in {unit}.", unit=self.indicator.unit.name))
            return None
        return Interval(low, high, interval.low_open, interval.high_open)

    def _no_unit(self, trouble: UnitTrouble, cell: ValueCell, unit: str, place: Place) -> None:
        """Tell a unit that is not known where it stands, once for all cells of its row; or two that differ."""
        written, beside = cell.unit or cell.scale, self.unit or unit
        if trouble is UnitTrouble.TWO:
            values = {"cell": shorten(written), "beside": shorten(beside)}
            self._bad_unit(place, say("The cell says “{cell}” and its row or column says “{beside}”.", **values))
            return
        if in_row := bool(beside) and not self._knows(beside):
            written, place = beside, self.unit_at if self.unit else place
        if not in_row or place not in self._told:
            message = say("The plan knows no unit “{unit}”.", unit=shorten(written))
            hint = say(
                "Write it in {unit}, or declare “{other}” under units: in targets.yaml.",
                unit=self.indicator.unit.name,
                other=shorten(written),
            )
            self.tell("P134", place, message, hint)
        self._told.add(place)

    def _knows(self, unit: str) -> bool:
        return same_unit(unit, unit, self.indicator, self.plan.units)

    def _bound(self, value: Decimal | None, unit: Unit) -> Decimal | None:
        """A bound in the indicator's unit; None where it is none, or has no end as a decimal."""
        if value is None or unit.factor == self.indicator.unit.factor:
            return value
        text = exact(Fraction(value) * unit.factor / self.indicator.unit.factor)
        return None if "/" in text else Decimal(text)

    def _bad(self, place: Place, message: Message) -> None:
        self.tell("P133", place, message, say("Write a number, or a rule such as ≥38 or ≤4.5; — for no part."))

    def _bad_unit(self, place: Place, message: Message) -> None:
        self.tell("P134", place, message, say("Write it in {unit}.", unit=self.indicator.unit.name))


_WITHIN = 30
_WORDS = "分解目标 分解目标值 目标分解 分解数 分解值 分解指标 分解任务 下达目标 下达任务 下达数 任务数"
_TARGET = frozenset(map(key, _WORDS.split()))
"""What only a breakdown calls its column of targets."""


class PartsHead(NamedTuple):
    """The header of such a table: its last row's index, where the fields are, and the columns that count.

    `targets` and `baselines` go by column; a column of a wide table has its region.
    """

    last: int
    at: dict[ColumnField, int]
    headers: dict[ColumnField, Header]
    targets: dict[int, Header]
    baselines: dict[int, Header]
    unknown: Sequence[int]
    texts: Sequence[str]


def open_sheets(path: Path, plan: Plan) -> tuple[list[Sheet], list[Finding]]:
    """Read every sheet of the file; what cannot be read is a finding (P132)."""
    try:
        data = read_regular(path, path.parent, LIMITS.size)
    except OSError as error:
        return [], [unread("P132", path, error, LIMITS.size)]
    kind = kind_of(data)
    if why := no_table(kind):
        return [], [finding("P132", Place(str(path)), *why)]
    return _text(path, data, plan) if kind is FileKind.TEXT else _workbook(path, data, kind)


def _text(path: Path, data: bytes, plan: Plan) -> tuple[list[Sheet], list[Finding]]:
    text = decode(data)
    if text is None:
        return [], [_bad(Place(str(path)), say("This is neither a table in text nor a workbook."))]
    sheet, broken = read_csv(str(path), text.text, partial(_score, plan=plan), LIMITS, cut=text.cut)
    return [sheet], [one._replace(code="P132", severity=Severity.ERROR) for one in broken]


def _score(cells: Sequence[str], plan: Plan) -> int:
    columns = read_columns(_worded(cells), plan)
    return len(columns.at) + len(columns.stated) + len(columns.values)


def _workbook(path: Path, data: bytes, kind: FileKind) -> tuple[list[Sheet], list[Finding]]:
    from czurban.reading.sources.workbook import LimitError, WorkbookError, read_workbook  # noqa: PLC0415 - heavy, for workbooks alone

    try:
        sheets, _ = read_workbook(str(path), data, kind, LIMITS)
    except WorkbookError as error:
        return [], [finding("P132", Place(str(path)), error.message, error.hint)]
    except LimitError as error:
        return [], [error.finding._replace(code="P132")]
    message = say("Hidden rows and columns hold something; nobody can tell whether they count.")
    secret = [one for one in sheets if one.hidden_rows or one.hidden_columns]
    return list(sheets), [_bad(Place(str(path), sheet=one.name), message) for one in secret]


def _bad(place: Place, message: Message) -> Finding:
    return finding("P132", place, message, say("Show everything that counts, and save it as CSV or XLSX."))


def find_parts_head(sheet: Sheet, plan: Plan) -> PartsHead | None:
    """Find the first row, or pair of rows, that names indicators and has a column of targets."""
    for at in range(min(_WITHIN, len(sheet.rows))):
        if head := _head_at(sheet, at, plan):
            return head
    return None


def _head_at(sheet: Sheet, at: int, plan: Plan) -> PartsHead | None:
    naming = read_columns(_worded(sheet.rows[at].cells), plan).naming
    if not naming:
        return None
    block = block_at(sheet, at, naming, plan)
    head = _settled(block.last, block.texts, plan)
    return head if head.targets else None


def _worded(cells: Sequence[HeaderText]) -> list[HeaderText]:
    return [_plain_word(cell) if isinstance(cell, str) else cell for cell in cells]


def _plain_word(cell: str) -> str:
    """分解目标 and the like as 目标, whatever bracket follows."""
    name, bracket, rest = half_width(cell).partition("(")
    return f"目标{bracket}{rest}" if key(name) in _TARGET else cell


def _settled(last: int, texts: Sequence[HeaderText], plan: Plan) -> PartsHead:
    """The columns of a header: those of another year, or of values that were reached, do not count."""
    columns = read_columns(_worded(texts), plan)
    targets = {n: one for n, one in columns.stated.items() if one.field is ColumnField.TARGET and _of_plan(one, plan)}
    bases = {n: one for n, one in columns.stated.items() if one.field is ColumnField.BASELINE and _of_base(one, plan)}
    bare = {n: one for n, one in columns.values.items() if one.bare and one.region and _of_plan(one, plan)}
    targets |= bare if not targets else {}
    used = {*targets, *bases}
    others = (*columns.unknown, *columns.stated, *columns.values)
    plain = [text if isinstance(text, str) else " ".join(part for part in text if part) for text in texts]
    unknown = sorted({n for n in others if n not in used and plain[n].strip()})
    return PartsHead(last, columns.at, columns.headers, targets, bases, unknown, plain)


def _of_plan(one: Header, plan: Plan) -> bool:
    return not one.part and one.period in (None, plan.period)


def _of_base(one: Header, plan: Plan) -> bool:
    base = plan.baseline_period
    if one.text.startswith(LAST_YEAR):
        return base is not None and base.year == plan.period.year - 1
    return not one.part and one.period in (None, base)


def filled(sheet: Sheet, head: PartsHead) -> dict[tuple[int, int], str]:
    """What merged cells say for the rows they span, by row number and column; nothing else is carried down."""
    columns = {
        head.at[one]
        for one in (ColumnField.NUMBER, ColumnField.INDICATOR, ColumnField.UNIT, ColumnField.REGION, ColumnField.SENDER)
        if one in head.at
    }
    rows = {row.number: row for row in sheet.rows}
    found: dict[tuple[int, int], str] = {}
    for merge in sheet.merges:
        first = rows.get(merge.top + 1)
        if merge.left not in columns or first is None or merge.left >= len(first.cells):
            continue
        for number in range(merge.top + 2, min(merge.bottom + 1, max(rows)) + 1):
            found[number, merge.left] = first.cells[merge.left]
    return found


def cell_of(row: Row, at: int, spanned: dict[tuple[int, int], str]) -> str:
    """The text of a cell, or of the merged cell that covers it."""
    own = row.cells[at].strip() if at < len(row.cells) else ""
    return own or spanned.get((row.number, at), "").strip()
