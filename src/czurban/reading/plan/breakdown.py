"""Read the table that breaks a plan's targets down over regions and departments."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place, did_you_mean, say
from czurban.model.indicator import Indicator
from czurban.model.period import Period, parse_years
from czurban.model.plan import Plan
from czurban.model.region import Allotment
from czurban.model.target import Interval
from czurban.model.task import Persons
from czurban.reading.plan.part_tables import (
    PartsHead,
    TargetReader,
    cell_of,
    find_parts_head,
    merged_cells,
    open_sheets,
)
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.cell import text_at
from czurban.reading.submission.columns import counts_rows
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.names import Naming, shorten
from czurban.reading.submission.surroundings.asides import is_footnote, is_signature, is_total

_WHOLE = "全市"
"""Stands for the plan's own region among the codes of regions."""


def read_breakdown(path: Path, plan: Plan) -> tuple[Sequence[Allotment], Findings]:
    """Read every allotment of every sheet with such a table; report and leave out rows with a fault.

    The plan must have its regions already.
    """
    sheets, faults = open_sheets(path, plan)
    reader = _BreakdownReader(plan, list(faults))
    tables = [(sheet, head) for sheet in sheets if (head := find_parts_head(sheet, plan))]
    if not tables and not faults:
        message = say("No header has a column of indicators with a column of targets or of regions.")
        hint = say("Write 指标 and 目标 with 地区 or 部门, or 指标 and a column for each region.")
        reader.findings.append(finding("P132", Place(str(path), 1), message, hint))
    for sheet, head in tables:
        reader.read(sheet, head)
    return reader.allotments, tuple(reader.findings)


@dataclass(frozen=True, slots=True)
class _BreakdownRow:
    """One row of the table, with its header and the texts of merged cells."""

    sheet: Sheet
    row: Row
    head: PartsHead
    merged: dict[tuple[int, int], str]

    def cell(self, at: int) -> str:
        """Return the text of a cell."""
        return text_at(self.row.cells, at)

    def text(self, column: ColumnField) -> str:
        """Return the text of a column, or of the merged cell that covers it; empty where there is no such column."""
        return cell_of(self.row, self.head.at[column], self.merged) if column in self.head.at else ""

    def place(self, column: ColumnField) -> Place:
        """Return the place of a column in this row."""
        return self.sheet.place(self.row, self.head.at.get(column))

    def detail(self, name: str) -> str:
        """Return the text of the column of the due date or of a person; empty where there is none."""
        return cell_of(self.row, self.head.details[name], self.merged) if name in self.head.details else ""

    @property
    def first(self) -> str:
        """Return the first text of the row; empty for a blank row."""
        return next((cell.strip() for cell in self.row.cells if cell.strip()), "")


@dataclass(slots=True)
class _BreakdownReader:
    """Reads the tables of one file and collects allotments and findings."""

    plan: Plan
    findings: list[Finding]
    allotments: list[Allotment] = field(default_factory=list)
    _known: dict[tuple[str, str, str], Allotment] = field(default_factory=dict)

    def read(self, sheet: Sheet, head: PartsHead) -> None:
        """Read one table."""
        if head.unknown:
            names = "、".join(f"“{shorten(head.texts[n])}”" for n in head.unknown)
            place = sheet.place(sheet.rows[head.last], head.unknown[0])
            message = say("Columns without targets are left out: {names}.", names=names)
            self.findings.append(finding("P136", place, message))
        merged = merged_cells(sheet, head)
        rows = [_BreakdownRow(sheet, row, head, merged) for row in sheet.rows[head.last + 1 :]]
        naming = Naming(self.plan)
        if ColumnField.NUMBER in head.at and ColumnField.INDICATOR in head.at:
            pairs = ((row.text(ColumnField.NUMBER), row.text(ColumnField.INDICATOR)) for row in rows)
            naming.ignore_numbers = counts_rows(naming, ((number, name) for number, name in pairs if name))
        for row in rows:
            self._read_row(row, naming)

    def _read_row(self, row: _BreakdownRow, naming: Naming) -> None:
        number, name = row.text(ColumnField.NUMBER), row.text(ColumnField.INDICATOR)
        if not row.first or is_footnote(name or row.first) or is_signature(name or row.first):
            return
        indicator = naming.find(number, name, lambda: row.place(ColumnField.INDICATOR if name else ColumnField.NUMBER))
        if isinstance(indicator, Finding):
            if any(row.cell(at) for at in row.head.targets):
                code = "P111" if indicator.code == "S201" else "P133"
                self.findings.append(indicator._replace(code=code))
            return
        bracket = naming.brackets.get(name)
        if bracket and (
            bracket.period not in (None, self.plan.period.last_year) or bracket.part or bracket.region or bracket.status
        ):
            message = say("The bracket after “{name}” does not apply to a breakdown.", name=shorten(name))
            self._report("P133", row.place(ColumnField.INDICATOR), message, say("Write only the indicator's name."))
            return
        unit_in_name = bracket.unit if bracket else ""
        unit_at = row.place(ColumnField.INDICATOR if unit_in_name else ColumnField.UNIT)
        unit = unit_in_name or row.text(ColumnField.UNIT)
        reader = TargetReader(indicator, self.plan, unit, unit_at, self._report)
        for at in row.head.targets:
            self._read_target(row, at, indicator, reader)

    def _read_target(self, row: _BreakdownRow, at: int, indicator: Indicator, reader: TargetReader) -> None:
        header, place = row.head.targets[at], row.sheet.place(row.row, at)
        interval = reader.target(row.cell(at), header.unit, place)
        if interval is None:
            return
        owner = self._owner(row, header.region, place)
        if owner is None:
            return
        region, department = owner
        if region == _WHOLE:
            self._check_whole(indicator, interval, row.cell(at), place)
            return
        bases = ((n, base.unit) for n, base in row.head.baselines.items() if base.region == header.region)
        base = next(bases, None)
        baseline = reader.baseline(row.cell(base[0]), base[1], row.sheet.place(row.row, base[0])) if base else None
        target = indicator.target.for_part(interval, self._deadline(row, indicator), baseline)
        persons = Persons(*(row.detail(name) for name in ("leader", "person", "phone")))
        allotment = Allotment(indicator.id, target, region, department, place, persons)
        other = self._known.setdefault((indicator.id, region, "" if region else department), allotment)
        if other is allotment:
            self.allotments.append(allotment)
        else:
            message = say("This target is already given at {place}.", place=other.place)
            self._report("P135", place, message, say("Keep one of the two."))

    def _deadline(self, row: _BreakdownRow, indicator: Indicator) -> Period:
        """Return the due date of a row, else that of the target; report one that is no date or later than that."""
        text, whole = row.detail("deadline"), indicator.target.deadline
        period = parse_years(text) if text else whole
        if period is not None and period.until <= whole.until:
            return period.last_year
        place = row.sheet.place(row.row, row.head.details["deadline"])
        message = say("“{text}” is no due date up to {deadline}.", text=shorten(text), deadline=whole)
        self._report("P133", place, message, say("Write a date such as 2019年6月底 or 2019-06-30, or leave it empty."))
        return whole

    def _owner(self, row: _BreakdownRow, column: str, place: Place) -> tuple[str, str] | None:
        """Return the region's code and the department's name of a part; report it and return None where unclear.

        The code of the plan's own region is 全市.
        """
        in_row, department = row.text(ColumnField.REGION), row.text(ColumnField.SENDER)
        if column and in_row and self._code(in_row) != self._code(column):
            message = say("The row says “{row}” and its column says “{column}”.", row=in_row, column=column)
            self._report("P131", place, message, say("Write the region once: in the row, or in the header."))
            return None
        region = column or in_row
        if not region and not department:
            message = say("The row names neither a region nor a department.")
            self._report("P133", place, message, say("Write the region or the department in the row."))
            return None
        code = self._region(region, place) if region else ""
        names = self._departments(department, place) if department else ()
        if code is None or names is None:
            return None
        if not code and len(names) > 1:
            message = say("“{name}” names several departments, but a target is for one.", name=department)
            self._report("P131", place, message, say("Write a row for each."))
            return None
        return code, "、".join(names)

    def _code(self, text: str) -> str | None:
        """Return the code of a region, 全市 for the plan's own; None for a text that names no region."""
        if self.plan.is_whole(text) or is_total(text) or self.plan.is_for(text):
            return _WHOLE
        region = self.plan.regions.find(text)
        return region.code if region else None

    def _region(self, text: str, place: Place) -> str | None:
        """Return the code of a region; report a text that names none, or several."""
        if (code := self._code(text)) is not None:
            return code
        regions = self.plan.regions
        if candidates := regions.matching(text):
            names = " / ".join(f"{regions.full_name(region)} {region.code}" for region in candidates)
            message = say("“{region}” may be {names}.", region=shorten(text), names=names)
            hint = say("Write the code, or put the name of the parent region before the name.")
        else:
            message = say("“{region}” is not one of the plan's regions.", region=shorten(text))
            hint = did_you_mean(regions.near(text)) or say("Add it to regions.yaml.")
        self._report("P131", place, message, hint)
        return None

    def _departments(self, text: str, place: Place) -> tuple[str, ...] | None:
        """Return the printed names of departments; report one that is not known and return None."""
        names = [text] if self.plan.department(text) else text.replace("，", "、").split("、")
        printed = []
        for name in filter(None, map(str.strip, names)):
            department = self.plan.department(name)
            if department is None:
                message = say("The plan has no department “{name}”.", name=shorten(name))
                hint = did_you_mean(self.plan.near_departments(name))
                self._report("P131", place, message, hint or say("`czurban list departments` shows every name."))
                return None
            printed.append(department.name)
        return tuple(printed)

    def _check_whole(self, indicator: Indicator, interval: Interval, raw: str, place: Place) -> None:
        """Report a row for the whole region that differs from the plan's target."""
        target = indicator.target.interval
        if interval != target:
            values = {"name": indicator.name, "raw": shorten(raw), "own": str(target)}
            message = say("The total of “{name}” is {raw} here, but the plan's target is {own}.", **values)
            self._report("P130", place, message, say("Ask which is right, and write it in both places."))

    def _report(self, code: str, place: Place | None, message: Message, hint: Message) -> None:
        self.findings.append(finding(code, place, message, hint))
