"""Read the rows of a table as observations and stated targets and baselines; a fault costs its own row only."""

from collections.abc import Hashable, Iterator, Sequence

from czurban.model.faults import NO_RESULT, finding
from czurban.model.finding import Finding, Message, Place, Severity
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, Reading, RowCount
from czurban.model.plan import Plan
from czurban.model.target import StatedValue
from czurban.model.text import cell_text
from czurban.reading.sources.broken_records import cut_off
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.brackets import NO_BRACKET
from czurban.reading.submission.cell import (
    NOTHING,
    UNREADABLE,
    ValueCell,
    is_split,
    may_be_split,
    plain_number,
    read_cell,
)
from czurban.reading.submission.header_cell import Header
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.keeping import kept_with_plan
from czurban.reading.submission.names import Naming
from czurban.reading.submission.rows import messages
from czurban.reading.submission.rows.fields import RowFields
from czurban.reading.submission.rows.stated import read_stated_value
from czurban.reading.submission.surroundings.asides import is_footnote, is_signature, is_total
from czurban.reading.submission.surroundings.not_results import as_ignored, not_a_result, other_period
from czurban.reading.submission.table import Slots, SubmissionTable

_MOST_PATTERNS = 4096

Pattern = tuple[Sequence[Observation], int]
"""The observations of a row without fault, and how many of its values have the period of the table."""


@kept_with_plan(8)
def _patterns_of(_alike: Hashable, _plan: Plan) -> dict[Sequence[str], Pattern]:
    """Return the patterns of tables with the same header and context, as the files of a collection often have."""
    return {}


class RowReader:
    """Reads the rows of one table; collects findings and stated values, and counts rows as used, refused or ignored.

    `no_results` are the places of remarks that make figures no results, with the indicator.
    """

    def __init__(  # noqa: PLR0913 - the reading of a row depends on all of these
        self,
        plan: Plan,
        sheet: Sheet,
        table: SubmissionTable,
        *,
        slots: Slots,
        stated_columns: dict[int, Header],
        naming: Naming,
    ) -> None:
        self.plan = plan
        self.sheet = sheet
        self.table = table
        self.slots = slots
        self.stated_columns = stated_columns
        self.naming = naming
        self.findings: list[Finding] = []
        self.stated_values: list[StatedValue] = []
        self.used = self.refused = self.ignored = 0
        self.fields = RowFields(plan, table, slots, self._report, sheet.merges)
        self._width = len(table.head.texts)
        self._faulty = False
        self.no_results: dict[Place, str] = {}
        self._used: set[str] = set()
        self._continued = table.continued
        self._known: dict[tuple[str, str], Indicator] = {}
        self._region_at = table.head.columns.at.get(ColumnField.REGION)
        self._names_at = table.head.columns.at.get(ColumnField.INDICATOR)
        self._varying = [slot.at for slot in slots.slots] + ([] if self._region_at is None else [self._region_at])
        self._last, self._words = max(self._varying), table.head.columns.texts
        self._may_repeat = not (stated_columns or sheet.merges)
        self._concerned = {*table.continued.names, *table.continued.parts, *([sheet.cut.number] if sheet.cut else ())}
        alike = (tuple(table.head.texts), table.context, slots, naming.ignore_numbers, sheet.ragged)
        by_itself = table.sections or table.noted
        self._strange: dict[Sequence[str], Finding] = {}
        self._patterns: dict[Sequence[str], Pattern] = {} if by_itself else _patterns_of(alike, plan)

    @property
    def count(self) -> RowCount:
        """The numbers of rows that were read, used, refused and ignored."""
        return RowCount(len(self.table.rows), self.used, self.refused, self.ignored)

    def read(self) -> Iterator[Observation]:
        """Yield the observations of all rows, in order."""
        for row in self.table.rows:
            yield from self.take(row)
        if self.no_results:
            self._ignore_no_results()

    def take(self, row: Row) -> Sequence[Observation]:
        """Read one row, and add its faults to the findings."""
        self._faulty = False
        texts = self._texts_but_values(row)
        pattern, strange = self._patterns.get(texts), self._strange.get(texts)
        if pattern and (alike := self._by_pattern(row, *pattern)):
            self.used += 1
            self._used.add(alike[0].indicator)
            return alike
        if strange and self._is_plain(row):
            self.findings.append(strange._replace(place=self.sheet.place(row, self._names_at)))
            self.fields.pass_by(row)
            self.refused += 1
            return ()
        findings, undated = len(self.findings), self.fields.without_period
        observations = self._row(row)
        faults = self.findings[findings:]
        if texts and not faults and self._is_pattern(row, observations):
            self._patterns[texts] = (observations, self.fields.without_period - undated)
        elif texts and self._is_strange(row, faults):
            self._strange[texts] = faults[0]
        if reporting := [value.indicator for value in observations if value.reported is not Reading.NOTHING]:
            self.used += 1
            self._used.update(reporting)
        elif self._faulty:
            self.refused += 1
        else:
            self.ignored += 1
        return observations

    def _texts_but_values(self, row: Row) -> Sequence[str]:
        """Return a row's texts with those of its values and its region left out; none where other rows concern it."""
        number = row.number
        if number in self.table.sections:
            self._patterns.clear()  # they hold where the section above does
            return ()
        if number in self._concerned or self.fields.lasts or not self._may_repeat:
            return ()
        cells = list(row.cells)
        if len(cells) <= self._last:
            return ()
        for at in self._varying:
            cells[at] = ""
        return tuple(cells)

    def _is_pattern(self, row: Row, observations: Sequence[Observation]) -> bool:
        """Whether a row was read without fault, so that rows with other numbers and another region are read alike."""
        return (
            len(observations) == len(self.slots.slots)
            and len(self._patterns) < _MOST_PATTERNS
            and self.fields.is_complete(row)
            and self._is_plain(row)
            and all(value.region == self._region(row, value) for value in observations)
        )

    def _is_plain(self, row: Row) -> bool:
        """Whether each value is a number without a unit that cannot be split."""
        columns, cells = [slot.at for slot in self.slots.slots], row.cells
        return all(plain_number(cells[at]) and not may_be_split(cells, at, self._words) for at in columns)

    def _is_strange(self, row: Row, faults: Sequence[Finding]) -> bool:
        """Whether the only fault of a row is a name that the plan does not have, as of rows with other numbers."""
        is_alone = [fault.code for fault in faults] == ["S201"] and len(self._strange) < _MOST_PATTERNS
        return is_alone and self.fields.text(ColumnField.INDICATOR) != "" and self._is_plain(row)

    def _region(self, row: Row, value: Observation) -> str:
        """Return the region in a row's column of regions; that of a value like it, where there is no such column."""
        return value.region if self._region_at is None else cell_text(row.cells[self._region_at])

    def _by_pattern(self, row: Row, like_values: Sequence[Observation], undated: int) -> Sequence[Observation]:
        """Read a row as one before that differs only in plain numbers and in the region; nothing where it is not so."""
        observations: list[Observation] = []
        for slot, like in zip(self.slots.slots, like_values, strict=True):
            number, region = plain_number(row.cells[slot.at]), self._region(row, like)
            if number is None or (not region and self._region_at is not None):
                return ()
            raw, amount, about = number
            observations.append(like.with_value(raw, self.sheet.place(row, slot.at), amount, region, about=about))
        self.fields.pass_by(row)
        self.fields.without_period += undated
        return observations

    def _row(self, row: Row) -> Sequence[Observation]:
        fields = self.fields
        fields.take(row)
        if row.number in self.table.sections:
            return ()
        (number, name), raws = fields.names, fields.raws
        if row.number in self._continued.names:
            number, name = self._continued.names[row.number]
        if row.number in self._continued.parts:
            return self._refuse_parts(row, name, raws)
        indicator = self._known.get((number, name))
        if indicator is None and self._is_nothing(row, number, name, raws):
            return ()
        if row is self.sheet.cut and self._is_cut(row, name):
            return self._cut(row)
        cells = self._cells(row, raws)
        indicator = indicator or self._find_indicator(row, number, name, cells)
        fields.bracket = self.naming.brackets.get(name, NO_BRACKET)
        if indicator and self.table.noted:
            fields.note_on(indicator)
        no_result = indicator is not None and self._is_no_result(row, indicator)
        if indicator is None or (no_result and any(raws)):
            return ()
        observations = self._observations(row, indicator, cells)
        return [value for value in observations if not no_result or value.reported is Reading.NOTHING]

    def _is_no_result(self, row: Row, indicator: Indicator) -> bool:
        """Whether the row makes its figures no results; then it is reported."""
        remark = self.fields.no_result(row, indicator)
        if remark is None:
            return False
        at, text, kind = remark
        self._report(NO_RESULT, row, at, *not_a_result(text, kind))
        self.no_results[self.sheet.place(row, at)] = indicator.id
        return True

    def _ignore_no_results(self) -> None:
        """Ignore rows that are no results where the table has a result of the same indicator."""
        for number, fault in enumerate(self.findings):
            if fault.code == NO_RESULT and fault.place and self.no_results.get(fault.place) in self._used:
                self.findings[number] = as_ignored(fault)
                self.refused, self.ignored = self.refused - 1, self.ignored + 1

    def _refuse_parts(self, row: Row, name: str, raws: Sequence[str]) -> Sequence[Observation]:
        """Refuse rows of which only the first has a name, and no column states which of them is the whole."""
        if self._continued.parts[row.number]:
            at = self.table.head.columns.at.get(ColumnField.INDICATOR)
            self._report("S137", row, at, *messages.parts_unsaid(name))
        self._faulty = self._faulty or any(raws)
        return ()

    def _is_nothing(self, row: Row, number: str, name: str, raws: Sequence[str]) -> bool:
        """Whether the row is blank, or is no row of figures."""
        if not number and not name:
            return not any(raws) and not self._overflow(row)
        return bool(name) and self.naming.by_name(name) is None and self._is_aside(row, name, raws)

    def _cut(self, row: Row) -> Sequence[Observation]:
        self.findings.append(cut_off(self.sheet.place(row)))
        self._faulty = True
        return ()

    def _observations(self, row: Row, indicator: Indicator, cells: Sequence[ValueCell]) -> Sequence[Observation]:
        fields = self.fields
        observations = []
        for slot, cell, raw in zip(self.slots.slots, cells, fields.raws, strict=True):
            period = fields.period(row, slot)
            if period and cell.reported is not Reading.NOTHING and (remark := fields.remarked_period(row, period)):
                self._report("S209", row, remark[0], *other_period(remark[1], period))
                return ()
            if period:
                place = self.sheet.place(row, slot.at)
                observations.append(fields.observe(row, indicator, slot, cell, raw, period, place))
            else:
                self._faulty = True
        if self.stated_columns and not any(cell is UNREADABLE for cell in cells):
            self._read_stated_values(row, indicator)
        return observations

    def _is_aside(self, row: Row, name: str, raws: Sequence[str]) -> bool:
        """Whether a row without an indicator is a footnote, a signature or a total; report a total with a figure."""
        if is_signature(name):
            return True
        reports = any(read_cell(raw).reported is Reading.VALUE for raw in raws)
        if is_total(name):
            if reports:
                place = self.sheet.place(row, self.table.head.columns.at.get(ColumnField.INDICATOR))
                self.findings.append(finding("S119", place, messages.total(name)))
            return True
        return not reports and is_footnote(name)

    def _is_cut(self, row: Row, name: str) -> bool:
        """Whether the file's last row is incomplete. A single text is, if it may be the beginning of a name."""
        if len(row.cells) >= self._width:
            return False
        if len(row.cells) > 1:
            return True
        names = (known for indicator in self.plan.indicators for known in indicator.names)
        return bool(name) and any(known.startswith(name) for known in names)

    def _overflow(self, row: Row) -> bool:
        return self.sheet.ragged and any(cell.strip() for cell in row.cells[self._width :])

    def _split_figure(self, row: Row) -> int | None:
        """Return the column of a figure that is split by a thousands separator without quotes: 1,234 before a note."""
        for slot in self.slots.slots if self.sheet.ragged else ():
            if is_split(row.cells, slot.at, self._words):
                return slot.at
        return None

    def _cells(self, row: Row, raws: Sequence[str]) -> Sequence[ValueCell]:
        """Read the value cells, and report faults of the row's width and of a cell's text."""
        many, last = len(row.cells), self.slots.slots[-1].at
        if many <= last or (many > self._width and self._overflow(row)):
            if many <= 1 and last > 0:
                return [NOTHING] * len(raws)  # a heading, or a name alone
            self._report("S105", row, None, *messages.ragged(many, self._width))
            return [UNREADABLE] * len(raws)
        if many < self._width:
            self._report("S110", row, None, *messages.ragged(many, self._width))
        if (split := self._split_figure(row)) is not None:
            self._report("S105", row, split, *messages.split_figure(*row.cells[split : split + 2]))
            return [UNREADABLE] * len(raws)
        cells = [read_cell(raw) for raw in raws]
        for slot, cell, raw in zip(self.slots.slots, cells, raws, strict=True):
            if cell.reported is Reading.UNREADABLE and not self.naming.is_statement(*self.fields.names):
                from czurban.reading.submission.rows.unreadable import unreadable  # noqa: PLC0415 - few files have such cells

                self._report("S203", row, slot.at, *unreadable(raw))
        return cells

    def _find_indicator(self, row: Row, number: str, name: str, cells: Sequence[ValueCell]) -> Indicator | None:
        """Find the row's indicator. A row with no value and no known name is a heading or a footnote."""
        at = self.table.head.columns.at.get(ColumnField.INDICATOR if name else ColumnField.NUMBER)
        indicator = self.naming.find(number, name, lambda: self.sheet.place(row, at))
        if isinstance(indicator, Indicator):
            self._known[number, name] = indicator
            if mark := self.naming.marks.pop(name, ""):
                self.findings.append(finding("S117", self.sheet.place(row, at), messages.marked(name, mark)))
                self._patterns = {}  # the next table has to report the mark again
            return indicator
        if any(cell.reported is not Reading.NOTHING for cell in cells):
            self.findings.append(indicator)
            self._faulty = True
        elif self.naming.is_several_cells(name):
            self._report("S105", row, at, *messages.several_cells(name))
        return None

    def _read_stated_values(self, row: Row, indicator: Indicator) -> None:
        """Read the targets and baselines that the row states, unless it is about another period."""
        if not self.fields.concerns_plan():
            return
        unit = self.fields.text(ColumnField.UNIT)
        for at, header in self.stated_columns.items():
            raw = cell_text(row.cells[at]) if at < len(row.cells) else ""
            place = self.sheet.place(row, at)
            value = read_stated_value(raw, header, unit, indicator, place, self.plan, self.table.context)
            self.stated_values += [value._replace(region=self.fields.region(header.region))] if value else []

    def _report(self, code: str, row: Row, at: int | None, message: Message, hint: Message) -> None:
        fault = finding(code, self.sheet.place(row, at), message, hint)
        self._faulty = self._faulty or fault.severity is Severity.ERROR
        if not self.findings or self.findings[-1] != fault:  # an unknown unit is one fault of the whole row
            self.findings.append(fault)
