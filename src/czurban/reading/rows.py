"""The rows of one table to observations, each fault told where it stands and costing its own row only."""

import re
from collections.abc import Iterator, Sequence

from czurban.model.claim import Claim
from czurban.model.faults import finding
from czurban.model.finding import Finding, Severity
from czurban.model.indicator import Indicator
from czurban.model.message import Message
from czurban.model.observation import Observation, Reading
from czurban.model.place import Place
from czurban.model.plan import Plan
from czurban.model.row_count import RowCount
from czurban.model.safe_text import stated
from czurban.reading import asides, csv_words
from czurban.reading import row_words as words
from czurban.reading.cell import NOTHING, UNREADABLE, Cell, read_cell
from czurban.reading.columns import Field
from czurban.reading.header_cell import Header
from czurban.reading.name_spans import name_spans
from czurban.reading.naming import Naming
from czurban.reading.remarks import not_a_result, other_period
from czurban.reading.row_fields import RowFields
from czurban.reading.sheet import Row, Sheet
from czurban.reading.slots import Slots
from czurban.reading.table import Table

_FIRST_DIGITS = r"[-−]?[1-9]\d{0,2}"
_MORE_DIGITS = r"\d{3}(?:\.\d+)?"


class RowReader:
    """Reads the rows of one table. Findings and claims gather; every row is counted as used, refused or ignored."""

    def __init__(  # noqa: PLR0913 - all that a row is read by
        self, plan: Plan, sheet: Sheet, table: Table, *, slots: Slots, claimed: dict[int, Header], naming: Naming
    ) -> None:
        self.plan = plan
        self.sheet = sheet
        self.table = table
        self.slots = slots
        self.claimed = claimed
        self.naming = naming
        self.findings: list[Finding] = []
        self.claims: list[Claim] = []
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
        number, name, raws = fields.text(Field.NUMBER), fields.text(Field.INDICATOR), fields.raws
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
            self._tell("S137", row, self.table.head.columns.at.get(Field.INDICATOR), *words.parts_unsaid(name))
        self._faulty = self._faulty or any(raws)
        return ()

    def _is_nothing(self, row: Row, number: str, name: str, raws: Sequence[str]) -> bool:
        """Whether the row is blank, or stands beside the rows of the table."""
        if not number and not name:
            return not any(raws) and not self._overflow(row)
        return bool(name) and self.naming.by_name(name) is None and self._is_aside(row, name, raws)

    def _cut(self, row: Row) -> Sequence[Observation]:
        self.findings.append(csv_words.cut(self.sheet.place(row)))
        self._faulty = True
        return ()

    def _observations(self, row: Row, indicator: Indicator, cells: Sequence[Cell]) -> Sequence[Observation]:
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
                place = self.sheet.place(row, self.table.head.columns.at.get(Field.INDICATOR))
                self.findings.append(finding("S119", place, words.total(name)))
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

    def _cells(self, row: Row, raws: Sequence[str]) -> Sequence[Cell]:
        """Read the value cells, and tell what is wrong with the row's shape or a cell's text."""
        many, last = len(row.cells), self.slots.slots[-1].at
        if many <= last or (many > self._width and self._overflow(row)):
            if many <= 1 and last > 0:
                return [NOTHING] * len(raws)  # a heading, or a name with nothing behind it
            self._tell("S105", row, None, *words.ragged(many, self._width))
            return [UNREADABLE] * len(raws)
        if many < self._width:
            self._tell("S110", row, None, *words.ragged(many, self._width))
        if (parted := self._parted(row)) is not None:
            self._tell("S105", row, parted, *words.parted(*row.cells[parted : parted + 2]))
            return [UNREADABLE] * len(raws)
        cells = [read_cell(raw) for raw in raws]
        for slot, cell, raw in zip(self.slots.slots, cells, raws, strict=True):
            if cell.reported is Reading.UNREADABLE:
                self._tell("S203", row, slot.at, *words.unreadable(raw))
        return cells

    def _indicator(self, row: Row, number: str, name: str, cells: Sequence[Cell]) -> Indicator | None:
        """Find whose value it is. A row that reports nothing and names nothing known is a heading or a footnote."""
        at = self.table.head.columns.at.get(Field.INDICATOR if name else Field.NUMBER)
        found = self.naming.find(number, name, lambda: self.sheet.place(row, at))
        if isinstance(found, Indicator):
            self._known[number, name] = found
            if mark := self.naming.marks.pop(name, ""):
                self.findings.append(finding("S117", self.sheet.place(row, at), words.marked(name, mark)))
            return found
        if any(cell.reported is not Reading.NOTHING for cell in cells):
            self.findings.append(found)
            self._faulty = True
        return None

    def _claims(self, row: Row, indicator: Indicator) -> None:
        """Take note of targets and baselines that the row prints, unless it is about another period."""
        if not self._fields.concerns_plan():
            return
        from czurban.reading.claims_of import read_claim  # noqa: PLC0415 - only where a table has such columns

        unit = self._fields.text(Field.UNIT)
        for at, header in self.claimed.items():
            raw = stated(row.cells[at]) if at < len(row.cells) else ""
            place = self.sheet.place(row, at)
            claim = read_claim(raw, header, unit, indicator, place, self.plan, self.table.context)
            self.claims += [claim._replace(region=self._fields.region(header.region))] if claim else []

    def _tell(self, code: str, row: Row, at: int | None, message: Message, hint: Message) -> None:
        told = finding(code, self.sheet.place(row, at), message, hint)
        self._faulty = self._faulty or told.severity is Severity.ERROR
        if not self.findings or self.findings[-1] != told:  # a unit that is not known is one fault of the whole row
            self.findings.append(told)
