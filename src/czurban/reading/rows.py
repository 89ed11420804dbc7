"""The rows of one sheet to observations, each fault told where it stands and costing its own row only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator
from czurban.model.message import Message
from czurban.model.observation import Observation, PeriodSource, Reading, Status
from czurban.model.period import Period, parse_period
from czurban.model.plan import Plan
from czurban.model.text import key
from czurban.reading import row_words as words
from czurban.reading.cell import NOTHING, UNREADABLE, Cell, read_cell
from czurban.reading.columns import Columns, Field, understand
from czurban.reading.context import Context
from czurban.reading.naming import Naming
from czurban.reading.sheet import Row, Sheet
from czurban.reading.units_of import Chosen, Trouble, choose

LONGEST_CELL = 32_767
_STATUS = {
    word: status
    for status, words in {
        Status.PRELIMINARY: "快报 快报数 快报数据 初步 初步数 初步数据 preliminary flash",
        Status.FINAL: "年报 年报数 年报数据 最终 最终数 最终数据 final annual",
        Status.REVISED: "修订 修订数 修订数据 revised",
    }.items()
    for word in words.split()
}


@dataclass(slots=True)
class RowReader:
    """Reads rows under one header. Findings gather in `findings`; rows without a period of their own are counted."""

    plan: Plan
    sheet: Sheet
    columns: Columns
    width: int
    context: Context
    naming: Naming
    findings: list[Finding] = field(default_factory=list)
    without_period: int = 0
    _units: dict[tuple[str, str, str, str], Chosen | Trouble] = field(default_factory=dict)
    _periods: dict[str, Period | None] = field(default_factory=dict)
    _at_hand: Row | None = None
    _texts: dict[Field, str] = field(default_factory=dict)

    def read(self, rows: Sequence[Row]) -> Iterator[Observation]:
        """Yield what the rows report, in order."""
        for row in rows:
            if observation := self._row(row):
                yield observation

    def _text(self, row: Row, one: Field) -> str:
        """The text of a field; those of one row are taken at once, since most are asked for more than once."""
        if row is not self._at_hand:
            cells, many = row.cells, len(row.cells)
            self._at_hand = row
            self._texts = {field: cells[at].strip() for field, at in self.columns.at.items() if at < many}
        return self._texts.get(one, "")

    def _row(self, row: Row) -> Observation | None:
        number, name, raw = (self._text(row, one) for one in (Field.NUMBER, Field.INDICATOR, Field.VALUE))
        if self._is_blank(row, number, name) or self._is_header(name, raw):
            return None
        cell = self._cell(row, raw)
        indicator = self._indicator(row, number, name, reports=cell.reported is not Reading.NOTHING)
        period = self._period(row) if indicator else None
        return self._observe(row, indicator, cell, period) if indicator and period else None

    def _is_blank(self, row: Row, number: str, name: str) -> bool:
        """A row that names nothing and holds at most a note; a lone value in it is told."""
        return not number and not name and not self._text(row, Field.VALUE) and not self._overflow(row)

    def _is_header(self, name: str, raw: str) -> bool:
        return (
            bool(raw)
            and not raw[0].isdigit()
            and all(
                (header := understand(text)) and header.field is one
                for text, one in ((name, Field.INDICATOR), (raw, Field.VALUE))
                if one in self.columns.at
            )
        )

    def _overflow(self, row: Row) -> bool:
        return self.sheet.ragged and any(cell.strip() for cell in row.cells[self.width :])

    def _cell(self, row: Row, raw: str) -> Cell:
        """Read the value cell, and tell what is wrong with the row's shape or the cell's text."""
        value_at = self.columns.at[Field.VALUE]
        if self._overflow(row) or len(row.cells) <= value_at:
            if len(row.cells) <= 1 and value_at > 0:
                return NOTHING  # a heading or a footnote, or a name with nothing behind it
            self._tell("S105", row, None, *words.ragged(len(row.cells), self.width))
            return UNREADABLE
        if len(row.cells) < self.width:
            self._tell("S110", row, None, *words.ragged(len(row.cells), self.width))
        if len(raw) > LONGEST_CELL:
            self._tell("S109", row, Field.VALUE, *words.too_long(raw))
            return UNREADABLE
        cell = read_cell(raw)
        if cell.reported is Reading.UNREADABLE:
            self._tell("S203", row, Field.VALUE, *words.unreadable(raw))
        return cell

    def _indicator(self, row: Row, number: str, name: str, *, reports: bool) -> Indicator | None:
        """Find whose value it is. A row that reports nothing and names nothing known is a heading or a footnote."""
        at = self.columns.at.get(Field.INDICATOR if name else Field.NUMBER)
        found = self.naming.find(number, name, lambda: self.sheet.place(row, at))
        if isinstance(found, Indicator):
            return found
        if reports:
            self.findings.append(found)
        return None

    def _period(self, row: Row) -> Period | None:
        text = self._text(row, Field.PERIOD)
        header = self.columns.headers[Field.VALUE].period
        if not text or text in "—-/":
            self.without_period += header is None
            return header or self.context.period
        if text not in self._periods:
            self._periods[text] = parse_period(text)
        if self._periods[text] is None:
            self._tell("S209", row, Field.PERIOD, *words.no_period(text))
        return self._periods[text]

    def _observe(self, row: Row, indicator: Indicator, cell: Cell, period: Period) -> Observation:
        reported, unit, in_cell = cell.reported, None, False
        if cell.reported is Reading.VALUE:
            chosen = self._unit(row, indicator, cell)
            reported = Reading.UNREADABLE if isinstance(chosen, Trouble) else reported
            unit, in_cell = (None, False) if isinstance(chosen, Trouble) else (chosen.unit, chosen.in_cell)
        return Observation(
            indicator.id,
            reported,
            self._text(row, Field.VALUE),
            self.sheet.place(row, self.columns.at[Field.VALUE]),
            period,
            self._source(row),
            cell.amount,
            unit,
            cell.approximate,
            self._text(row, Field.REGION),
            self._text(row, Field.SENDER),
            self._status(row),
            self._text(row, Field.NOTE),
            in_cell,
        )

    def _source(self, row: Row) -> PeriodSource:
        if self._text(row, Field.PERIOD):
            return PeriodSource.ROW
        return PeriodSource.COLUMN if self.columns.headers[Field.VALUE].period else self.context.source

    def _unit(self, row: Row, indicator: Indicator, cell: Cell) -> Chosen | Trouble:
        column = self._text(row, Field.UNIT) or self.columns.headers[Field.VALUE].unit
        wanted = (indicator.id, column, cell.unit, cell.scale)
        if wanted not in self._units:
            self._units[wanted] = choose(cell, column, self.context.unit, indicator, self.plan.units)
        chosen = self._units[wanted]
        if isinstance(chosen, Trouble):
            code = "S204" if chosen is Trouble.UNKNOWN else "S205"
            in_column = chosen is Trouble.UNKNOWN and not cell.unit and not cell.scale and self._text(row, Field.UNIT)
            place = Field.UNIT if in_column else Field.VALUE
            self._tell(code, row, place, *words.unit_trouble(chosen, cell, column, indicator))
        return chosen

    def _status(self, row: Row) -> Status | None:
        text = self._text(row, Field.STATUS)
        status = _STATUS.get(key(text)) if text else None
        if text and status is None:
            self._tell("S214", row, Field.STATUS, *words.no_status(text))
        return status

    def _tell(self, code: str, row: Row, one: Field | None, message: Message, hint: Message) -> None:
        place = self.sheet.place(row, self.columns.at.get(one) if one else None)
        self.findings.append(finding(code, place, message, hint))
