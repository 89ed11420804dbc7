"""The fields of the row at hand: its texts, its period, its unit, its status, made into observations."""

from collections.abc import Callable, Sequence

from czurban.model.finding import Message, Place
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, PeriodSource, Reading, Status
from czurban.model.period import Period, parse_period
from czurban.model.plan import Plan
from czurban.model.text import cell_text, key
from czurban.reading.sources.sheet import Merge, Row
from czurban.reading.submission import row_words
from czurban.reading.submission.brackets import (
    Chosen,
    Said,
    UnitTrouble,
    choose,
    dated,
    part_of_year,
    plain_unit,
    same_unit,
    status_of,
)
from czurban.reading.submission.cell import ValueCell
from czurban.reading.submission.context import Slot, Slots, stated_unit
from czurban.reading.submission.header_cell import Header, in_year
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.remarks import RemarkKind, is_part, qualifier_kind, read_remark
from czurban.reading.submission.stated import remark_kind
from czurban.reading.submission.table import SubmissionTable

Tell = Callable[[str, Row, int | None, Message, Message], None]
_NONE = frozenset("—-/")
_UNDATED = ("", "")
_SPANNING = (ColumnField.REGION, ColumnField.PERIOD, ColumnField.PART)
_ENDS = ("数", "据", "报", "步", "终", "订", "y", "l", "h", "d")
"""How the row_words for a status end; most periods do not, and are not searched for one."""


class RowFields:
    """What one row after another says beside its name. `without_period` counts values that take theirs from above."""

    def __init__(
        self, plan: Plan, table: SubmissionTable, slots: Slots, tell: Tell, merges: Sequence[Merge] = ()
    ) -> None:
        self.plan = plan
        self.table = table
        self.slots = slots
        self.tell = tell
        self.without_period = 0
        self.narrowed = False
        self.raws: list[str] = []
        self.said: Said | None = None
        self.note = ""
        self._over = spanning(table)
        self._above: dict[int, str] = {}
        self._spanned = {(row, one.left) for one in merges for row in range(one.top + 1, one.bottom + 1)}
        self._dates = _UNDATED
        self._texts: dict[ColumnField, str] = {}
        self._units: dict[tuple[str, str, str, str], Chosen | UnitTrouble] = {}
        self._periods: dict[tuple[tuple[str, str], int | None], Period | None] = {}
        self._title_unit = _title_unit(table, plan)
        self._context = table.context
        columns = table.head.columns
        headless = (at for at, text in enumerate(table.head.plain) if not text.strip())
        self._remarks: dict[int, Header | None] = {**columns.remarks, **dict.fromkeys((*columns.unknown, *headless))}
        if ColumnField.STATUS in columns.at:
            self._remarks[columns.at[ColumnField.STATUS]] = columns.headers[ColumnField.STATUS]
        self._watched = {*self._over, *self._remarks, *(columns.at[one] for one in _SPANNING if one in columns.at)}

    def take(self, row: Row) -> None:
        """Turn to a row; its texts are taken at once, since most are asked for more than once."""
        cells, many = row.cells, len(row.cells)
        self._context = self.table.sections.get(row.number, self._context)
        self._go_on(row)
        self._texts = {one: self._cell(row, at) for one, at in self.table.head.columns.at.items() if at < many}
        text, part = self._texts.get(ColumnField.PERIOD, ""), self._texts.get(ColumnField.PART, "")
        self._dates = ("" if text in _NONE else text, "" if part in _NONE else part)
        self.raws = [cell_text(cells[slot.at]) if slot.at < many else "" for slot in self.slots.slots]

    def _go_on(self, row: Row) -> None:
        """Note what the row says for those below it, whose cells are blank; a blank row ends it."""
        cells = row.cells
        if self._watched and not any(map(str.strip, cells)):
            self._above.clear()
        for at in self._watched:
            if at < len(cells) and (text := cell_text(cells[at])):
                self._above[at] = text

    def _cell(self, row: Row, at: int) -> str:
        """A cell's text, or the one above that spans it: merged, or where the column stands before the names."""
        text = cell_text(row.cells[at])
        if text or not (at in self._over or (row.number - 1, at) in self._spanned):
            return text
        return self._above.get(at, "")

    def text(self, one: ColumnField) -> str:
        """The text of a field in this row; empty where there is none."""
        return self._texts.get(one, "")

    def no_result(self, row: Row) -> tuple[int, str, RemarkKind] | None:
        """The cell that says that the row's figures are no results of the whole; None where none does."""
        if self._context.kind:
            return 0, self._context.kind_said, self._context.kind
        for at, header in self._remarks.items():
            text = self._cell(row, at) if at < len(row.cells) else ""
            if text and (kind := self._kind(header, text)):
                return at, text, kind
        kind = remark_kind(self.note, self.plan) if self.note else None
        return (0, self.note, kind) if kind else None

    def _kind(self, header: Header | None, text: str) -> RemarkKind | None:
        if header is None and is_part(text):
            return RemarkKind.PART
        if header is None or header.field is not ColumnField.QUALIFIER:
            return remark_kind(text, self.plan)
        return qualifier_kind(header.text, text, is_whole=self.plan.is_whole(text) or self.plan.is_for(text))

    def remarked_period(self, row: Row, period: Period) -> tuple[int, str] | None:
        """The note that states another period than a value's; None where there is none, or its column is there too."""
        for at, header in self._remarks.items():
            text = row.cells[at].strip() if at < len(row.cells) else ""
            if not text or (header is None and parse_period(text)):
                continue
            remark = read_remark(text)
            if remark.differs(period) and remark.period not in self.slots.periods:
                return at, text
        return (0, self.note) if self.note and read_remark(self.note).differs(period) else None

    def note_on(self, indicator: Indicator) -> None:
        """Turn to what a note of the table says of the row's indicator, or of names with a mark that the row's has."""
        noted = self.table.noted
        mark = next((one for one in noted if len(one) == 1 and one in self.text(ColumnField.INDICATOR)), "")
        self.note = noted.get(indicator.id) or noted.get(mark, "")

    def concerns_plan(self) -> bool:
        """Whether the row is about the plan's own period, as far as it says."""
        return not self._states_period() or self._stated() == self.plan.period

    def period(self, row: Row, slot: Slot) -> Period | None:
        """The period of a value: the row's own, else its column's, else the table's.

        A figure for a year is none where a title or a note says that the figures are those of a part of it.
        """
        found = self._period(row, slot)
        if found and found.is_year and self._context.narrowed:
            self.narrowed = True
            return None
        return found

    def _period(self, row: Row, slot: Slot) -> Period | None:
        if self._states_period():
            return self._own(row, slot)
        if slot.period is None and slot.part:
            self.tell("S209", row, slot.at, *row_words.lost_period(slot.part))
            return None
        self.without_period += slot.period is None
        if self._context.period != self.table.context.period and len(self.slots.slots) == 1:
            return self._context.period
        return slot.period or self._context.period

    def _states_period(self) -> bool:
        return self._dates != _UNDATED or bool(self.said and (self.said.period or self.said.part))

    def _own(self, row: Row, slot: Slot) -> Period | None:
        """What the row states; a column's part of a year is one of that year, and two years contradict each other."""
        own = self._stated()
        if own is None:
            at = self.table.head.columns.at
            column = next(
                (at[one] for one in (ColumnField.PERIOD, ColumnField.PART, ColumnField.INDICATOR) if one in at), None
            )
            said = " ".join(filter(None, (*self._dates, self.said.part if self.said else "")))
            self.tell("S209", row, column, *row_words.no_period(said or self.text(ColumnField.INDICATOR)))
            return None
        if slot.part and own.is_year:
            return in_year(slot.part, own.year)
        if slot.period in (None, own) or not self.slots.periods:
            return own
        if own.is_year and slot.period and own.year == slot.period.year:
            return slot.period
        self.tell("S209", row, slot.at, *row_words.two_periods(str(own), str(slot.period)))
        return None

    def _stated(self) -> Period | None:
        """The period that the row's cells and the bracket behind its name state together; None where they do not."""
        dates, year = self._dates, self._context.year
        if (dates, year) not in self._periods:
            self._periods[dates, year] = self._parsed(*dates)
        own, said = self._periods[dates, year], self.said
        if said is None or not (said.period or said.part):
            return own
        year = own.year if own else self._context.year
        bracket = said.period or (part_of_year(said.part, year) if year else None)
        if dates == _UNDATED or bracket is None or own == bracket:
            return bracket
        return bracket if own and own.is_year and own.year == bracket.year else None

    def _parsed(self, text: str, part: str) -> Period | None:
        """A year and a part of it, in one cell or in two; a part alone is one of the table's year."""
        headers, year = self.table.head.columns.headers, self._context.year
        whole = None
        if text:
            text = dated(text)[0] if text.casefold().endswith(_ENDS) else text
            whole = parse_period(text) or (part_of_year(text, year) if year else None)
        if not part:
            return whole
        if text and (whole is None or not whole.is_year):
            return None
        year = whole.year if whole else year
        own = parse_period(part) or (part_of_year(part, year, headers[ColumnField.PART].text) if year else None)
        return own if (own and own.year == year) or not whole else None

    def observe(  # noqa: PLR0913, PLR0917 - an observation has as many sides
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
        """The row's region or its column's; both where they differ, which is nobody's; else the table's."""
        own = self._named_region()
        if not column or not own:
            return column or own or self._context.region
        return column if self.plan.is_whole(own) or self._is_same(own, column) else f"{own} {column}"

    def _is_same(self, one: str, other: str) -> bool:
        """Whether two texts name one region: spelled alike, or known to the plan as one."""
        found = self.plan.regions.find(one)
        return key(one) == key(other) or (found is not None and found == self.plan.regions.find(other))

    def _named_region(self) -> str:
        """What the row's column and the bracket behind its name say; both where they differ, which is nobody's."""
        own, named = self.text(ColumnField.REGION), self.said.region if self.said else ""
        if own and named and own != named and not (self.plan.is_for(own) and self.plan.is_for(named)):
            return f"{own} {named}"
        return own or named

    def _unit(self, row: Row, slot: Slot, indicator: Indicator, cell: ValueCell) -> Chosen | UnitTrouble:
        beside, named = self.text(ColumnField.UNIT), self.said.unit if self.said else ""
        named = named or stated_unit(self.text(ColumnField.NOTE))
        if beside and named and not same_unit(beside, named, indicator, self.plan.units):
            self.tell("S205", row, slot.at, *row_words.two_units(beside, named))
            return UnitTrouble.TWO
        column = beside or named or slot.unit
        wanted = (indicator.id, column, cell.unit, cell.scale)
        if wanted not in self._units:
            self._units[wanted] = choose(cell, column, self._title_unit, indicator, self.plan.units)
        chosen = self._units[wanted]
        if isinstance(chosen, UnitTrouble):
            code = "S204" if chosen is UnitTrouble.UNKNOWN else "S205"
            in_column = chosen is UnitTrouble.UNKNOWN and not cell.unit and not cell.scale and beside
            at = self.table.head.columns.at[ColumnField.UNIT] if in_column else slot.at
            self.tell(code, row, at, *row_words.unit_trouble(chosen, cell, column, indicator))
        return chosen

    def _status(self, row: Row) -> Status | None:
        text = self.text(ColumnField.STATUS)
        if not text:
            named = self.said.status if self.said else None
            return named or (
                dated(date)[1] if (date := self.text(ColumnField.PERIOD)).casefold().endswith(_ENDS) else None
            )
        status = status_of(text)
        if status is None:
            self.tell("S214", row, self.table.head.columns.at[ColumnField.STATUS], *row_words.no_status(text))
        return status


def spanning(table: SubmissionTable) -> Sequence[int]:
    """Return the columns before the names whose texts hold for blank cells below: regions, periods, kinds of data."""
    columns = table.head.columns
    first = columns.at.get(ColumnField.INDICATOR, columns.at.get(ColumnField.NUMBER, 0))
    keys = {columns.at[one] for one in _SPANNING if one in columns.at}
    headless = {at for at, text in enumerate(table.head.plain) if not text.strip()}
    return sorted(at for at in {*keys, *columns.remarks, *columns.unknown, *headless} if at < first)


def goes_on(table: SubmissionTable) -> bool:
    """Return whether a row of a table goes on with what a row above it says of region, period or kind."""
    over = spanning(table)
    above: set[int] = set()
    for row in table.rows if over else ():
        filled = {at for at in over if at < len(row.cells) and row.cells[at].strip()}
        if above - filled and any(map(str.strip, row.cells)):
            return True
        above |= filled
    return False


def _title_unit(table: SubmissionTable, plan: Plan) -> str:
    """The unit that the header of the names or of the units states, else the title: 指标名称（万人）, 单位（人）."""
    headers = table.head.columns.headers
    said = [
        headers[one].unit for one in (ColumnField.UNIT, ColumnField.INDICATOR) if one in headers and headers[one].unit
    ]
    return next((unit for unit in said if plan.units.find(plain_unit(unit))), table.context.unit)
