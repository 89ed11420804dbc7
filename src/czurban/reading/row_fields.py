"""The fields of the row at hand: its texts, its period, its unit, its status, made into observations."""

from collections.abc import Callable

from czurban.model.indicator import Indicator
from czurban.model.message import Message
from czurban.model.observation import Observation, PeriodSource, Reading, Status
from czurban.model.period import Period, parse_period
from czurban.model.place import Place
from czurban.model.plan import Plan
from czurban.model.text import key
from czurban.reading import row_words as words
from czurban.reading.cell import Cell
from czurban.reading.columns import Field
from czurban.reading.header_cell import in_year
from czurban.reading.header_words import WHOLE
from czurban.reading.sheet import Row
from czurban.reading.slots import Slot, Slots
from czurban.reading.table import Table
from czurban.reading.units_of import Chosen, Trouble, choose

Tell = Callable[[str, Row, int | None, Message, Message], None]
_STATUS = {
    word: status
    for status, words in {
        Status.PRELIMINARY: "快报 快报数 快报数据 初步 初步数 初步数据 preliminary flash",
        Status.FINAL: "年报 年报数 年报数据 最终 最终数 最终数据 final annual",
        Status.REVISED: "修订 修订数 修订数据 revised",
    }.items()
    for word in words.split()
}
_NONE = "—-/"


class RowFields:
    """What one row after another says beside its name. `without_period` counts values that take theirs from above."""

    def __init__(self, plan: Plan, table: Table, slots: Slots, tell: Tell) -> None:
        self.plan = plan
        self.table = table
        self.slots = slots
        self.tell = tell
        self.without_period = 0
        self.raws: list[str] = []
        self._texts: dict[Field, str] = {}
        self._units: dict[tuple[str, str, str, str], Chosen | Trouble] = {}
        self._periods: dict[str, Period | None] = {}

    def take(self, row: Row) -> None:
        """Turn to a row; its texts are taken at once, since most are asked for more than once."""
        cells, many = row.cells, len(row.cells)
        self._texts = {one: cells[at].strip() for one, at in self.table.head.columns.at.items() if at < many}
        self.raws = [cells[slot.at].strip() if slot.at < many else "" for slot in self.slots.slots]

    def text(self, one: Field) -> str:
        """The text of a field in this row; empty where there is none."""
        return self._texts.get(one, "")

    def concerns_plan(self) -> bool:
        """Whether the row is about the plan's own period, as far as it says."""
        text = self.text(Field.PERIOD)
        return not text or text in _NONE or self._parsed(text) == self.plan.period

    def period(self, row: Row, slot: Slot) -> Period | None:
        """The period of a value: the row's own, else its column's, else the table's."""
        text = self.text(Field.PERIOD)
        if text and text not in _NONE:
            return self._own(row, slot, text)
        if slot.period is None and slot.part:
            self.tell("S209", row, slot.at, *words.lost_period(slot.part))
            return None
        self.without_period += slot.period is None
        return slot.period or self.table.context.period

    def _own(self, row: Row, slot: Slot, text: str) -> Period | None:
        """What the row states; a column's part of a year is one of that year, and two years contradict each other."""
        own = self._parsed(text)
        if own is None:
            self.tell("S209", row, self.table.head.columns.at[Field.PERIOD], *words.no_period(text))
            return None
        if slot.part and own.is_year:
            return in_year(slot.part, own.year)
        if slot.period in (None, own) or not self.slots.periods:
            return own
        if own.is_year and slot.period and own.year == slot.period.year:
            return slot.period
        self.tell("S209", row, slot.at, *words.two_periods(str(own), str(slot.period)))
        return None

    def _parsed(self, text: str) -> Period | None:
        if text not in self._periods:
            self._periods[text] = parse_period(text)
        return self._periods[text]

    def observe(  # noqa: PLR0913, PLR0917 - an observation has as many sides
        self, row: Row, indicator: Indicator, slot: Slot, cell: Cell, raw: str, period: Period, place: Place
    ) -> Observation:
        """Make the observation of one value cell."""
        reported, unit, in_cell = cell.reported, None, False
        if cell.reported is Reading.VALUE:
            chosen = self._unit(row, slot, indicator, cell)
            reported = Reading.UNREADABLE if isinstance(chosen, Trouble) else reported
            unit, in_cell = (None, False) if isinstance(chosen, Trouble) else (chosen.unit, chosen.in_cell)
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
            self._region(slot),
            self.text(Field.SENDER),
            self._status(row),
            self.text(Field.NOTE),
            in_cell,
            self.slots.periods,
            self.slots.regions,
        )

    def _source(self, slot: Slot) -> PeriodSource:
        if self.text(Field.PERIOD):
            return PeriodSource.ROW
        return PeriodSource.COLUMN if slot.period else self.table.context.source

    def _region(self, slot: Slot) -> str:
        """The row's region or its column's; both together where they differ, which is then nobody's."""
        own = self.text(Field.REGION)
        if not slot.region or not own:
            return slot.region or own
        return slot.region if key(own) == slot.region or own in WHOLE else f"{own} {slot.region}"

    def _unit(self, row: Row, slot: Slot, indicator: Indicator, cell: Cell) -> Chosen | Trouble:
        beside = self.text(Field.UNIT)
        column = beside or slot.unit
        wanted = (indicator.id, column, cell.unit, cell.scale)
        if wanted not in self._units:
            self._units[wanted] = choose(cell, column, self.table.context.unit, indicator, self.plan.units)
        chosen = self._units[wanted]
        if isinstance(chosen, Trouble):
            code = "S204" if chosen is Trouble.UNKNOWN else "S205"
            in_column = chosen is Trouble.UNKNOWN and not cell.unit and not cell.scale and beside
            at = self.table.head.columns.at[Field.UNIT] if in_column else slot.at
            self.tell(code, row, at, *words.unit_trouble(chosen, cell, column, indicator))
        return chosen

    def _status(self, row: Row) -> Status | None:
        text = self.text(Field.STATUS)
        status = _STATUS.get(key(text)) if text else None
        if text and status is None:
            self.tell("S214", row, self.table.head.columns.at[Field.STATUS], *words.no_status(text))
        return status
