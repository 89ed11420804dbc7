"""Read the fields of a row: its texts, period, region, unit and status, and make observations of its values."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet

from czurban.model.finding import Message, Place
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, PeriodSource, Reading, Status
from czurban.model.period import Period, parse_period, parse_years
from czurban.model.plan import Plan
from czurban.model.text import cell_text, key
from czurban.reading.sources.sheet import Merge, Row
from czurban.reading.submission.brackets import NO_BRACKET, dated, part_of_year, status_of
from czurban.reading.submission.cell import Chosen, UnitTrouble, ValueCell, choose, plain_unit, same_unit, text_at
from czurban.reading.submission.header_cell import Header, in_year
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.rows import messages
from czurban.reading.submission.surroundings.context import stated_unit
from czurban.reading.submission.surroundings.not_results import is_part, qualifier_kind, remark_kind
from czurban.reading.submission.surroundings.notes import is_lasting
from czurban.reading.submission.surroundings.remarks import RemarkKind, read_remark
from czurban.reading.submission.table import SPANNING, Slot, Slots, SubmissionTable, title_unit

Report = Callable[[str, Row, int | None, Message, Message], None]
_NONE = frozenset("—-/")
_UNDATED = ("", "")
_MOST_PASSED = 1000
_STATUS_ENDS = ("数", "据", "报", "步", "终", "订", "y", "l", "h", "d")
"""The ends of words for a status; only periods with one of these ends are searched for a status."""


class RowFields:
    """Reads the fields of one row after another. `without_period` counts the values with the period of the table."""

    def __init__(
        self, plan: Plan, table: SubmissionTable, slots: Slots, report: Report, merges: Sequence[Merge] = ()
    ) -> None:
        self.plan = plan
        self.table = table
        self.slots = slots
        self.report = report
        self.without_period = 0
        self.narrowed = False
        self.raws: list[str] = []
        self.bracket = NO_BRACKET
        self.note = ""
        self._lasting: tuple[int, str, RemarkKind] | None = None
        self._lasting_period: tuple[int, str] | None = None
        self._spanning = spanning(table)
        self._above: dict[int, str] = {}
        self._passed: list[Row] = []
        self._merged = {(row, merge.left) for merge in merges for row in range(merge.top + 1, merge.bottom + 1)}
        self._dated_texts = _UNDATED
        self._texts: dict[ColumnField, str] = {}
        self._units: dict[tuple[str, str, str, str], Chosen | UnitTrouble] = {}
        self._periods: dict[tuple[tuple[str, str], int | None], Period | None] = {}
        self._title_unit = title_unit(table, plan)
        self._context = table.context
        columns = table.head.columns
        headless = (at for at, text in enumerate(table.head.plain) if not text.strip())
        self._remarks: dict[int, Header | None] = {**columns.remarks, **dict.fromkeys((*columns.unknown, *headless))}
        if ColumnField.STATUS in columns.at:
            self._remarks[columns.at[ColumnField.STATUS]] = columns.headers[ColumnField.STATUS]
        keys = (columns.at[field] for field in SPANNING if field in columns.at)
        self._watched = {*self._spanning, *self._remarks, *keys}

    def take(self, row: Row) -> None:
        """Turn to a row and read its texts."""
        cells, many = row.cells, len(row.cells)
        self._context = self.table.sections.get(row.number, self._context)
        self._keep_for_blanks(row)
        self._texts = {field: self._cell(row, at) for field, at in self.table.head.columns.at.items() if at < many}
        text, part = self._texts.get(ColumnField.PERIOD, ""), self._texts.get(ColumnField.PART, "")
        self._dated_texts = ("" if text in _NONE else text, "" if part in _NONE else part)
        self.raws = [cell_text(cells[slot.at]) if slot.at < many else "" for slot in self.slots.slots]

    def pass_by(self, row: Row) -> None:
        """Note a row that is not read by itself, whose texts hold for blank cells below it."""
        if self._spanning:
            self._passed.append(row)
        if len(self._passed) == _MOST_PASSED:
            self._keep_of_passed()

    def _keep_for_blanks(self, row: Row) -> None:
        """Keep the row's texts for blank cells below it, until a blank row."""
        if not (self._spanning or self._merged):
            return
        self._keep_of_passed()
        if not self._keep(row, self._watched) and not any(map(str.strip, row.cells)):
            self._above.clear()

    def _keep_of_passed(self) -> None:
        """Keep the last text of each column in the rows that were passed by, of which none is blank."""
        missing = {*self._watched}
        while self._passed and missing:
            missing -= self._keep(self._passed.pop(), missing)
        self._passed.clear()

    def _keep(self, row: Row, columns: Iterable[int]) -> AbstractSet[int]:
        texts = {at: text for at in columns if at < len(row.cells) and (text := cell_text(row.cells[at]))}
        self._above.update(texts)
        return texts.keys()

    @property
    def lasts(self) -> bool:
        """Whether a remark in a row above holds for the rows below it."""
        return bool(self._lasting or self._lasting_period)

    def is_complete(self, row: Row) -> bool:
        """Return whether a row has its own text in each column whose blank cells have that of a row above."""
        return all(at < len(row.cells) and row.cells[at].strip() for at in self._spanning)

    def _cell(self, row: Row, at: int) -> str:
        """Return a cell's text, or the one above that spans it: by a merge, or in a column before the names."""
        text = cell_text(row.cells[at])
        if text or not (at in self._spanning or (row.number - 1, at) in self._merged):
            return text
        return self._above.get(at, "")

    def text(self, field: ColumnField) -> str:
        """Return the text of a field in this row; empty where there is none."""
        return self._texts.get(field, "")

    @property
    def names(self) -> tuple[str, str]:
        """The number and the name of the row's indicator, as written."""
        return self.text(ColumnField.NUMBER), self.text(ColumnField.INDICATOR)

    def no_result(self, row: Row, indicator: Indicator) -> tuple[int, str, RemarkKind] | None:
        """Return the column, text and kind of the remark that makes the row's figures no results; None without one."""
        if self._context.kind:
            return 0, self._context.kind_text, self._context.kind
        for at, header in self._remarks.items():
            text = self._cell(row, at) if at < len(row.cells) else ""
            if text and (kind := self._kind(header, text, indicator)):
                if is_lasting(text):
                    self._lasting = at, text, kind
                return at, text, kind
        if self._lasting:
            return self._lasting
        kind = remark_kind(self.note, self.plan, indicator) if self.note else None
        return (0, self.note, kind) if kind else None

    def _kind(self, header: Header | None, text: str, indicator: Indicator) -> RemarkKind | None:
        if header is None and is_part(text):
            return RemarkKind.PART
        if header is None or header.field is not ColumnField.QUALIFIER:
            return remark_kind(text, self.plan, indicator)
        return qualifier_kind(header.text, text, is_whole=self.plan.is_whole(text) or self.plan.is_for(text))

    def remarked_period(self, row: Row, period: Period) -> tuple[int, str] | None:
        """Return the remark with another period than the value's; None without one, or where that has a column."""
        for at, header in self._remarks.items():
            text = text_at(row.cells, at)
            if not text or (header is None and parse_period(text)):
                continue
            remark = read_remark(text)
            if remark.differs(period) and remark.period not in self.slots.periods:
                self._lasting_period = (at, text) if is_lasting(text) else self._lasting_period
                return at, text
        if self._lasting_period and read_remark(self._lasting_period[1]).differs(period):
            return self._lasting_period
        if self.note and read_remark(self.note).differs(period):
            return 0, self.note
        year = self._context.note_year
        if not year or year == period.year or any(year == other.year for other in self.slots.periods):
            return None
        return 0, self._context.note

    def note_on(self, indicator: Indicator) -> None:
        """Turn to the table's note on the row's indicator, or on names with the mark that the row's name has."""
        noted, name = self.table.noted, self.text(ColumnField.INDICATOR)
        mark = next((mark for mark in noted if len(mark) == 1 and mark in name), "")
        self.note = noted.get(indicator.id) or noted.get(mark, "")

    def concerns_plan(self) -> bool:
        """Return whether the row states the plan's period or none."""
        return not self._states_period() or self._stated() == self.plan.period.last_year

    def period(self, row: Row, slot: Slot) -> Period | None:
        """Return the period of a value: that of the row, else of its column, else of the table.

        There is none for a year where a title or a note states that the figures are those of a part of it.
        """
        period = self._period(row, slot)
        if period and period.is_year and self._context.narrowed and self._context.dated in (0, period.year):
            self.narrowed = True
            return None
        return period

    def _period(self, row: Row, slot: Slot) -> Period | None:
        if self._states_period():
            return self._row_period(row, slot)
        if slot.period is None and slot.part:
            self.report("S209", row, slot.at, *messages.lost_period(slot.part))
            return None
        self.without_period += slot.period is None
        if self._context.period != self.table.context.period and len(self.slots.slots) == 1:
            return self._context.period
        return slot.period or self._context.period

    def _states_period(self) -> bool:
        return self._dated_texts != _UNDATED or bool(self.bracket.period or self.bracket.part)

    def _row_period(self, row: Row, slot: Slot) -> Period | None:
        """Return the row's period; a column's part of a year is one of that year, and two years contradict."""
        period = self._stated()
        if period is None:
            at = self.table.head.columns.at
            dates = (ColumnField.PERIOD, ColumnField.PART, ColumnField.INDICATOR)
            text = " ".join(filter(None, (*self._dated_texts, self.bracket.part)))
            words = messages.no_period(text or self.text(ColumnField.INDICATOR))
            self.report("S209", row, next((at[field] for field in dates if field in at), None), *words)
            return None
        if slot.part and period.is_year:
            return in_year(slot.part, period.year)
        if slot.period in (None, period) or not self.slots.periods:
            return period
        if period.is_year and slot.period and period.year == slot.period.year:
            return slot.period
        self.report("S209", row, slot.at, *messages.two_periods(str(period), str(slot.period)))
        return None

    def _stated(self) -> Period | None:
        """Return the period that the row's cells and the bracket behind its name state together, if they agree."""
        dates, year = self._dated_texts, self._context.year
        if (dates, year) not in self._periods:
            self._periods[dates, year] = self._parsed(*dates)
        in_cells, bracket = self._periods[dates, year], self.bracket
        if not (bracket.period or bracket.part):
            return in_cells
        year = in_cells.year if in_cells else self._context.year
        in_name = bracket.period or (part_of_year(bracket.part, year) if year else None)
        if dates == _UNDATED or in_name is None or in_cells == in_name:
            return in_name
        return in_name if in_cells and in_cells.is_year and in_cells.year == in_name.year else None

    def _parsed(self, text: str, part: str) -> Period | None:
        """Read a year and a part of it, in one cell or in two; a part alone is one of the table's year."""
        headers, year = self.table.head.columns.headers, self._context.year
        whole = None
        if text:
            text = dated(text)[0] if text.casefold().endswith(_STATUS_ENDS) else text
            parse = parse_years if self.plan.period.has_years else parse_period
            whole = parse(text) or (part_of_year(text, year) if year else None)
        if not part:
            return whole
        if text and (whole is None or not whole.is_year):
            return None
        year = whole.year if whole else year
        period = parse_period(part) or (part_of_year(part, year, headers[ColumnField.PART].text) if year else None)
        return period if (period and period.year == year) or not whole else None

    def observe(  # noqa: PLR0913, PLR0917 - an observation depends on all of these
        self, row: Row, indicator: Indicator, slot: Slot, cell: ValueCell, raw: str, period: Period, place: Place
    ) -> Observation:
        """Make the observation of one value cell."""
        reported, unit, in_cell = cell.reported, None, False
        if cell.reported is Reading.VALUE:
            chosen = self._unit(row, slot, indicator, cell)
            reported = Reading.UNREADABLE if isinstance(chosen, UnitTrouble) else reported
            unit, in_cell = (None, False) if isinstance(chosen, UnitTrouble) else (chosen.unit, chosen.in_cell)
        return Observation(
            indicator.id,
            reported,
            raw,
            place,
            period,
            self._source(slot),
            cell.amount,
            unit,
            cell.approximate,
            self.region(slot.region),
            self.text(ColumnField.SENDER) or self._context.sender,
            self._status(row),
            self.text(ColumnField.NOTE),
            in_cell,
            self.slots.periods,
            self.slots.regions,
        )

    def _source(self, slot: Slot) -> PeriodSource:
        if self._states_period():
            return PeriodSource.ROW
        return PeriodSource.COLUMN if slot.period else self._context.source

    def region(self, column: str) -> str:
        """Return the region of the row or its column, else of the table; both names if row and column differ."""
        in_row = self._named_region()
        if not column or not in_row:
            return column or in_row or self._context.region
        known = self.plan.regions.find(in_row)
        is_same = key(in_row) == key(column) or (known is not None and known == self.plan.regions.find(column))
        return column if self.plan.is_whole(in_row) or is_same else f"{in_row} {column}"

    def _named_region(self) -> str:
        """Return the region of the row's column or of the bracket behind its name; both names if they differ."""
        in_cell, in_name = self.text(ColumnField.REGION), self.bracket.region
        if in_cell and in_name and in_cell != in_name and not (self.plan.is_for(in_cell) and self.plan.is_for(in_name)):
            return f"{in_cell} {in_name}"
        return in_cell or in_name

    def _unit(self, row: Row, slot: Slot, indicator: Indicator, cell: ValueCell) -> Chosen | UnitTrouble:
        in_column, in_name = self.text(ColumnField.UNIT), self.bracket.unit
        in_name = in_name or stated_unit(self.text(ColumnField.NOTE)) or stated_unit(self.note)
        if in_column and in_name and not same_unit(in_column, in_name, indicator, self.plan.units):
            self.report("S205", row, slot.at, *messages.two_units(in_column, in_name))
            return UnitTrouble.TWO
        column = in_column or in_name or slot.unit
        wanted = (indicator.id, column, cell.unit, cell.scale)
        if wanted not in self._units:
            self._units[wanted] = choose(cell, column, self._title_unit, indicator, self.plan.units)
        chosen = self._units[wanted]
        if isinstance(chosen, UnitTrouble):
            unknown = chosen is UnitTrouble.UNKNOWN
            at_column = unknown and not cell.unit and not cell.scale and in_column
            at = self.table.head.columns.at[ColumnField.UNIT] if at_column else slot.at
            words = messages.unit_trouble(chosen, cell, column, indicator)
            self.report("S204" if unknown else "S205", row, at, *words)
        elif noted := self._other_unit(chosen, indicator):
            self.report("S205", row, slot.at, *messages.noted_unit(self._context.note_unit, noted))
            return UnitTrouble.TWO
        return chosen

    def _other_unit(self, chosen: Chosen, indicator: Indicator) -> str:
        """Return the name of the chosen unit where a note on all figures states another one of its kind."""
        if not self._context.note_unit:
            return ""
        unit, noted = chosen.unit or indicator.unit, self.plan.units.find(plain_unit(self._context.note_unit))
        other = noted is not None and noted.dimension == unit.dimension and noted.factor != unit.factor
        return unit.name if other else ""

    def _status(self, row: Row) -> Status | None:
        text = self.text(ColumnField.STATUS)
        if not text:
            date = self.text(ColumnField.PERIOD)
            return self.bracket.status or (dated(date)[1] if date.casefold().endswith(_STATUS_ENDS) else None)
        status = status_of(text)
        if status is None:
            self.report("S214", row, self.table.head.columns.at[ColumnField.STATUS], *messages.no_status(text))
        return status


def spanning(table: SubmissionTable) -> Sequence[int]:
    """Return the columns before the names whose texts hold for blank cells below: regions, periods, kinds of data."""
    columns = table.head.columns
    first = columns.at.get(ColumnField.INDICATOR, columns.at.get(ColumnField.NUMBER, 0))
    keys = {columns.at[field] for field in SPANNING if field in columns.at}
    headless = {at for at, text in enumerate(table.head.plain) if not text.strip()}
    return sorted(at for at in {*keys, *columns.remarks, *columns.unknown, *headless} if at < first)
