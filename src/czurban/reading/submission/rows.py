"""The rows of one table to observations, each fault told where it stands and costing its own row only.

Names that span rows, by merged cells or by blanks below them: 城镇新增就业 over 市区, 县域 and 合计.

Columns that repeat the plan's own targets and baselines, read so that they can be held against the plan.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, Severity
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, Reading, RowCount
from czurban.model.plan import Plan
from czurban.model.target import Interval, StatedKind, StatedValue
from czurban.model.text import cell_text
from czurban.model.unit import SCALES
from czurban.reading.sources import csv_sheet
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission import names as asides
from czurban.reading.submission import row_words
from czurban.reading.submission.brackets import UnitTrouble, choose
from czurban.reading.submission.cell import NOTHING, UNREADABLE, ValueCell, read_cell, read_target, take_unit
from czurban.reading.submission.context import Context, Slots
from czurban.reading.submission.header_cell import Header
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.names import Naming
from czurban.reading.submission.remarks import not_a_result, other_period
from czurban.reading.submission.row_fields import RowFields
from czurban.reading.submission.table import SubmissionTable

_APART = (
    ColumnField.QUALIFIER,
    ColumnField.REGION,
    ColumnField.PERIOD,
    ColumnField.PART,
    ColumnField.SENDER,
    ColumnField.STATUS,
)
"""Columns that can say which of several rows of one name is which."""


class Spans(NamedTuple):
    """The number and name of rows that have none of their own, and the rows of which nothing says which is the whole.

    Both go by the row's number; of the latter, the first row of a name is the one to be told of.
    """

    names: dict[int, tuple[str, str]]
    parts: dict[int, bool]


def name_spans(table: SubmissionTable) -> Spans:
    """Find the rows of a table that go on with the name above them."""
    columns = table.head.columns
    apart = [columns.at[one] for one in _APART if one in columns.at] + [
        at for at in columns.remarks if _divides(table, at)
    ]
    found = Spans({}, {})
    group: list[Row] = []
    for row in table.rows:
        if _text(row, columns.at.get(ColumnField.INDICATOR)) or _text(row, columns.at.get(ColumnField.NUMBER)):
            group = [row]
        elif group and any(read_cell(_text(row, at)).reported is Reading.VALUE for at in columns.values):
            group.append(row)
            first = group[0]
            found.names[row.number] = (
                _text(first, columns.at.get(ColumnField.NUMBER)),
                _text(first, columns.at.get(ColumnField.INDICATOR)),
            )
            if not any(_text(row, at) for at in apart):
                found.parts.update({one.number: one is first for one in group})
        else:
            group = []
    return found


def _divides(table: SubmissionTable, at: int) -> bool:
    return table.head.columns.remarks[at].field is ColumnField.QUALIFIER


def _text(row: Row, at: int | None) -> str:
    return row.cells[at].strip() if at is not None and at < len(row.cells) else ""


_FIRST_DIGITS = r"[-−]?[1-9]\d{0,2}"
_MORE_DIGITS = r"\d{3}(?:\.\d+)?"


class RowReader:
    """Reads the rows of one table. Findings and claims gather; every row is counted as used, refused or ignored."""

    def __init__(  # noqa: PLR0913 - all that a row is read by
        self,
        plan: Plan,
        sheet: Sheet,
        table: SubmissionTable,
        *,
        slots: Slots,
        claimed: dict[int, Header],
        naming: Naming,
    ) -> None:
        self.plan = plan
        self.sheet = sheet
        self.table = table
        self.slots = slots
        self.claimed = claimed
        self.naming = naming
        self.findings: list[Finding] = []
        self.claims: list[StatedValue] = []
        self.used = self.refused = self.ignored = 0
        self._fields = RowFields(plan, table, slots, self._tell, sheet.merges)
        self._width = len(table.head.texts)
        self._faulty = False
        self._set_aside: dict[Place, str] = {}
        self._used: set[str] = set()
        self._spans = name_spans(table)
        self._known: dict[tuple[str, str], Indicator] = {}

    @property
    def without_period(self) -> int:
        """How many values took their period from elsewhere than the row and its column."""
        return self._fields.without_period

    @property
    def narrowed(self) -> bool:
        """Whether figures for a year were refused because the table's are for a part of it."""
        return self._fields.narrowed

    @property
    def count(self) -> RowCount:
        """What became of the rows; how many were read is counted here, from the table itself."""
        return RowCount(len(self.table.rows), self.used, self.refused, self.ignored)

    def read(self) -> Iterator[Observation]:
        """Yield what the rows report, in order."""
        for row in self.table.rows:
            yield from self.take(row)
        if self._set_aside:
            self._pass_over()

    def take(self, row: Row) -> Sequence[Observation]:
        """Read one row; what is wrong with it is added to the findings."""
        self._faulty = False
        found = self._row(row)
        if any(one.reported is not Reading.NOTHING for one in found):
            self.used += 1
            self._used.update(one.indicator for one in found)
        elif self._faulty:
            self.refused += 1
        else:
            self.ignored += 1
        return found

    def _row(self, row: Row) -> Sequence[Observation]:
        fields = self._fields
        fields.take(row)
        if row.number in self.table.sections:
            return ()
        number, name, raws = fields.text(ColumnField.NUMBER), fields.text(ColumnField.INDICATOR), fields.raws
        if row.number in self._spans.names:
            number, name = self._spans.names[row.number]
        if row.number in self._spans.parts:
            return self._part_unsaid(row, name, raws)
        indicator = self._known.get((number, name))
        if indicator is None and self._is_nothing(row, number, name, raws):
            return ()
        if row is self.sheet.cut and self._is_cut(row, name):
            return self._cut(row)
        cells = self._cells(row, raws)
        indicator = indicator or self._indicator(row, number, name, cells)
        fields.said = self.naming.said.get(name)
        if indicator and self.table.noted:
            fields.note_on(indicator)
        if indicator is None or (self._is_no_result(row, indicator) and any(raws)):
            return ()
        return self._observations(row, indicator, cells)

    def _is_no_result(self, row: Row, indicator: Indicator) -> bool:
        """Whether the row says of its figures that they are no results; then that is told."""
        found = self._fields.no_result(row)
        if found is None:
            return False
        at, text, kind = found
        self._tell("S135", row, at, *not_a_result(text, kind))
        self._set_aside[self.sheet.place(row, at)] = indicator.id
        return True

    def _pass_over(self) -> None:
        """Make notes of the rows that are no results where the table has a result of the same indicator."""
        for number, told in enumerate(self.findings):
            if told.code == "S135" and told.place and self._set_aside.get(told.place) in self._used:
                self.findings[number] = finding("S136", told.place, told.message)
                self.refused, self.ignored = self.refused - 1, self.ignored + 1

    def _part_unsaid(self, row: Row, name: str, raws: Sequence[str]) -> Sequence[Observation]:
        """Refuse rows of which only the first has a name, and nothing says which of them is the whole."""
        if self._spans.parts[row.number]:
            self._tell(
                "S137", row, self.table.head.columns.at.get(ColumnField.INDICATOR), *row_words.parts_unsaid(name)
            )
        self._faulty = self._faulty or any(raws)
        return ()

    def _is_nothing(self, row: Row, number: str, name: str, raws: Sequence[str]) -> bool:
        """Whether the row is blank, or stands beside the rows of the table."""
        if not number and not name:
            return not any(raws) and not self._overflow(row)
        return bool(name) and self.naming.by_name(name) is None and self._is_aside(row, name, raws)

    def _cut(self, row: Row) -> Sequence[Observation]:
        self.findings.append(csv_sheet.cut(self.sheet.place(row)))
        self._faulty = True
        return ()

    def _observations(self, row: Row, indicator: Indicator, cells: Sequence[ValueCell]) -> Sequence[Observation]:
        found = []
        for slot, cell, raw in zip(self.slots.slots, cells, self._fields.raws, strict=True):
            period = self._fields.period(row, slot)
            if period and cell.reported is not Reading.NOTHING and (said := self._fields.remarked_period(row, period)):
                self._tell("S209", row, said[0], *other_period(said[1], period))
                return ()
            if period:
                place = self.sheet.place(row, slot.at)
                found.append(self._fields.observe(row, indicator, slot, cell, raw, period, place))
            else:
                self._faulty = True
        if self.claimed and not any(cell is UNREADABLE for cell in cells):
            self._claims(row, indicator)
        return found

    def _is_aside(self, row: Row, name: str, raws: Sequence[str]) -> bool:
        """Whether a row that names no indicator is a total, told where it has a figure, a footnote or a signature."""
        if asides.is_signature(name):
            return True
        reports = any(read_cell(raw).reported is Reading.VALUE for raw in raws)
        if asides.is_total(name):
            if reports:
                place = self.sheet.place(row, self.table.head.columns.at.get(ColumnField.INDICATOR))
                self.findings.append(finding("S119", place, row_words.total(name)))
            return True
        return not reports and asides.is_footnote(name)

    def _is_cut(self, row: Row, name: str) -> bool:
        """Whether the file's last row is not whole. A lone text is, unless it may be the beginning of a name."""
        if len(row.cells) >= self._width:
            return False
        if len(row.cells) > 1:
            return True
        known = (one for indicator in self.plan.indicators for one in indicator.names)
        return bool(name) and any(one.startswith(name) for one in known)

    def _overflow(self, row: Row) -> bool:
        return self.sheet.ragged and any(cell.strip() for cell in row.cells[self._width :])

    def _parted(self, row: Row) -> int | None:
        """The column of a figure that a thousands separator without quotes has parted: 1,234 before a note."""
        texts = self.table.head.columns.texts
        for slot in self.slots.slots if self.sheet.ragged else ():
            first, *more = [cell.strip() for cell in row.cells[slot.at : slot.at + 2]]
            if more and re.fullmatch(_FIRST_DIGITS, first) and re.fullmatch(_MORE_DIGITS, more[0]):
                behind = [at for at in texts if at > slot.at and at < len(row.cells)]
                if slot.at + 1 in texts or any(row.cells[at].strip().isdecimal() for at in behind):
                    return slot.at
        return None

    def _cells(self, row: Row, raws: Sequence[str]) -> Sequence[ValueCell]:
        """Read the value cells, and tell what is wrong with the row's shape or a cell's text."""
        many, last = len(row.cells), self.slots.slots[-1].at
        if many <= last or (many > self._width and self._overflow(row)):
            if many <= 1 and last > 0:
                return [NOTHING] * len(raws)  # a heading, or a name with nothing behind it
            self._tell("S105", row, None, *row_words.ragged(many, self._width))
            return [UNREADABLE] * len(raws)
        if many < self._width:
            self._tell("S110", row, None, *row_words.ragged(many, self._width))
        if (parted := self._parted(row)) is not None:
            self._tell("S105", row, parted, *row_words.parted(*row.cells[parted : parted + 2]))
            return [UNREADABLE] * len(raws)
        cells = [read_cell(raw) for raw in raws]
        for slot, cell, raw in zip(self.slots.slots, cells, raws, strict=True):
            if cell.reported is Reading.UNREADABLE:
                self._tell("S203", row, slot.at, *row_words.unreadable(raw))
        return cells

    def _indicator(self, row: Row, number: str, name: str, cells: Sequence[ValueCell]) -> Indicator | None:
        """Find whose value it is. A row that reports nothing and names nothing known is a heading or a footnote."""
        at = self.table.head.columns.at.get(ColumnField.INDICATOR if name else ColumnField.NUMBER)
        found = self.naming.find(number, name, lambda: self.sheet.place(row, at))
        if isinstance(found, Indicator):
            self._known[number, name] = found
            if mark := self.naming.marks.pop(name, ""):
                self.findings.append(finding("S117", self.sheet.place(row, at), row_words.marked(name, mark)))
            return found
        if any(cell.reported is not Reading.NOTHING for cell in cells):
            self.findings.append(found)
            self._faulty = True
        return None

    def _claims(self, row: Row, indicator: Indicator) -> None:
        """Take note of targets and baselines that the row prints, unless it is about another period."""
        if not self._fields.concerns_plan():
            return

        unit = self._fields.text(ColumnField.UNIT)
        for at, header in self.claimed.items():
            raw = cell_text(row.cells[at]) if at < len(row.cells) else ""
            place = self.sheet.place(row, at)
            claim = read_stated_value(raw, header, unit, indicator, place, self.plan, self.table.context)
            self.claims += [claim._replace(region=self._fields.region(header.region))] if claim else []

    def _tell(self, code: str, row: Row, at: int | None, message: Message, hint: Message) -> None:
        told = finding(code, self.sheet.place(row, at), message, hint)
        self._faulty = self._faulty or told.severity is Severity.ERROR
        if not self.findings or self.findings[-1] != told:  # a unit that is not known is one fault of the whole row
            self.findings.append(told)


def read_stated_value(  # noqa: PLR0913, PLR0917 - what a cell means depends on all of these
    raw: str, header: Header, unit_column: str, indicator: Indicator, place: Place, plan: Plan, context: Context
) -> StatedValue | None:
    """Read a cell of such a column; None where it says nothing."""
    what = StatedKind.TARGET if header.field is ColumnField.TARGET else StatedKind.BASELINE
    cell = read_cell(raw)
    if cell.reported is Reading.NOTHING:
        return None
    amount, interval = cell.amount, None
    if cell.reported is Reading.UNREADABLE:
        amount, (cell, interval) = None, rule_of(raw)
    chosen = choose(cell, unit_column or header.unit, context.unit, indicator, plan.units)
    if isinstance(chosen, UnitTrouble):
        return StatedValue(what, indicator.id, raw, place)
    return StatedValue(what, indicator.id, raw, place, amount, interval, chosen.unit)


def rule_of(raw: str) -> tuple[ValueCell, Interval | None]:
    """A rule such as ≥41% taken apart: its unit as a value cell would have it, and its interval."""
    plain, unit = take_unit(raw)
    scale = unit if unit in SCALES else ""
    rule = read_target(plain)
    return ValueCell(Reading.VALUE, Decimal(0), "" if scale else unit, scale), rule if isinstance(
        rule, Interval
    ) else None
