"""A table of what regions and departments are to reach, to the parts of a plan's targets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place, say
from czurban.model.indicator import Indicator
from czurban.model.plan import Plan
from czurban.model.region import Allotment
from czurban.model.target import Interval
from czurban.reading.plan.part_tables import PartsHead, TargetReader, cell_of, filled, find_parts_head, open_sheets
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.names import Naming, counts_rows, is_footnote, is_signature, is_total, shorten

_WHOLE = "全市"
"""Stands for the plan's own region among the codes of its parts."""


def read_breakdown(path: Path, plan: Plan) -> tuple[Sequence[Allotment], Findings]:
    """Read every part of every sheet that has such a table.

    The plan must have its regions already. A row with a fault is told and left out.
    """
    sheets, told = open_sheets(path, plan)
    findings = list(told)
    reader = _Reader(plan, findings)
    headed = [(sheet, head) for sheet in sheets if (head := find_parts_head(sheet, plan))]
    if not headed and not told:
        message = say("No header names a column of indicators and one of targets, or of regions.")
        hint = say("Write 指标 and 目标 with 地区 or 部门, or 指标 and a column for each region.")
        findings.append(finding("P132", Place(str(path), 1), message, hint))
    for sheet, head in headed:
        reader.read(sheet, head)
    return reader.parts, tuple(findings)


@dataclass(slots=True)
class _Reader:
    """The parts and the faults of one file while it is read."""

    plan: Plan
    findings: list[Finding]
    parts: list[Allotment] = field(default_factory=list)
    _seen: dict[tuple[str, str, str], Allotment] = field(default_factory=dict)
    _sheet: Sheet | None = None

    def read(self, sheet: Sheet, head: PartsHead) -> None:
        """Read one table."""
        self._sheet = sheet
        self._unknown(sheet, head)
        rows = sheet.rows[head.last + 1 :]
        spanned = filled(sheet, head)
        naming = Naming(self.plan)
        number, name = head.at.get(ColumnField.NUMBER), head.at.get(ColumnField.INDICATOR)
        if number is not None and name is not None:
            pairs = ((cell_of(row, number, spanned), cell_of(row, name, spanned)) for row in rows)
            naming.ignore_numbers = counts_rows(naming, ((a, b) for a, b in pairs if b))
        for row in rows:
            self._row(_Row(sheet, row, head, spanned), naming)

    def _unknown(self, sheet: Sheet, head: PartsHead) -> None:
        if head.unknown:
            names = "、".join(f"“{shorten(head.texts[n])}”" for n in head.unknown)
            place = sheet.place(sheet.rows[head.last], head.unknown[0])
            message = say("Columns that say nothing of a part are left out: {names}.", names=names)
            self.findings.append(finding("P136", place, message))

    def _row(self, row: "_Row", naming: Naming) -> None:
        number, name = row.text(ColumnField.NUMBER), row.text(ColumnField.INDICATOR)
        if row.is_blank or is_footnote(name or row.first) or is_signature(name or row.first):
            return
        found = naming.find(number, name, lambda: row.place(ColumnField.INDICATOR if name else ColumnField.NUMBER))
        if isinstance(found, Finding):
            if row.reports:
                self.findings.append(found._replace(code="P111" if found.code == "S201" else "P133"))
            return
        said = naming.brackets.get(name)
        if said and (said.period not in (None, self.plan.period) or said.part or said.region or said.status):
            message = say("The bracket behind “{name}” says something that no part can have.", name=shorten(name))
            self._tell("P133", row.place(ColumnField.INDICATOR), message, say("Write the indicator's name alone."))
            return
        in_name = said.unit if said else ""
        unit_at = row.place(ColumnField.INDICATOR if in_name else ColumnField.UNIT)
        reader = TargetReader(found, self.plan, in_name or row.text(ColumnField.UNIT), unit_at, self._tell)
        for at in row.head.targets:
            self._part(row, at, found, reader)

    def _part(self, row: "_Row", at: int, indicator: Indicator, reader: TargetReader) -> None:
        header, place = row.head.targets[at], row.sheet.place(row.row, at)
        interval = reader.target(row.cell(at), header.unit, place)
        if interval is None:
            return
        whose = self._whose(row, header.region, place)
        if whose is None:
            return
        region, office = whose
        if region == _WHOLE:
            self._whole(indicator, interval, row.cell(at), place)
            return
        base_at = next((n for n, one in row.head.baselines.items() if one.region == header.region), None)
        base_header = row.head.baselines.get(base_at) if base_at is not None else None
        baseline = None
        if base_at is not None and base_header is not None:
            baseline = reader.baseline(row.cell(base_at), base_header.unit, row.sheet.place(row.row, base_at))
        target = indicator.target._replace(interval=interval, baseline=baseline)
        self._keep(Allotment(indicator.id, target, region, office, place))

    def _keep(self, one: Allotment) -> None:
        whose = (one.indicator, one.region, "" if one.region else one.department)
        other = self._seen.setdefault(whose, one)
        if other is not one:
            message = say("This part stands at {place} already.", place=other.place)
            self._tell("P135", one.place, message, say("Keep one of the two."))
            return
        self.parts.append(one)

    def _whose(self, row: "_Row", column: str, place: Place) -> tuple[str, str] | None:
        """The region's code and the department's name of a part; 全市 for the whole; None where that was told."""
        stated, office = row.text(ColumnField.REGION), row.text(ColumnField.SENDER)
        if column and stated and self._code(stated) != self._code(column):
            message = say("The row says “{row}” and its column says “{column}”.", row=stated, column=column)
            self._tell("P131", place, message, say("Say the region once: in the row, or in the header."))
            return None
        region = column or stated
        if not region and not office:
            message = say("The row does not say whose part it is.")
            self._tell("P133", place, message, say("Write the region or the department beside it."))
            return None
        code = self._region(region, place) if region else ""
        names = self._offices(office, place) if office else ()
        if code is None or names is None:
            return None
        if not code and len(names) > 1:
            message = say("“{name}” are several departments, and a part is one's.", name=office)
            self._tell("P131", place, message, say("Write a row for each."))
            return None
        return code, "、".join(names)

    def _code(self, text: str) -> str | None:
        """The code of a region; 全市 where it is the plan's own."""
        if self.plan.is_whole(text) or is_total(text) or self.plan.is_for(text):
            return _WHOLE
        found = self.plan.regions.find(text)
        return found.code if found else None

    def _region(self, text: str, place: Place) -> str | None:
        if (code := self._code(text)) is not None:
            return code
        found = self.plan.regions.matching(text)
        if found:
            names = " / ".join(f"{self.plan.regions.full_name(one)} {one.code}" for one in found)
            message = say("“{region}” may be {names}.", region=shorten(text), names=names)
            hint = say("Write the code, or the name behind that of the region above.")
        else:
            message = say("“{region}” is none of the plan's regions.", region=shorten(text))
            near = self.plan.regions.near(text)
            hint = say("Did you mean {names}?", names=" / ".join(near)) if near else say("Add it to regions.yaml.")
        self._tell("P131", place, message, hint)
        return None

    def _offices(self, text: str, place: Place) -> tuple[str, ...] | None:
        """Printed names of departments; None where one is not known."""
        whole = self.plan.department(text)
        names = [text] if whole else [name.strip() for name in text.replace("，", "、").split("、") if name.strip()]
        found = [self.plan.department(name) for name in names]
        for name, office in zip(names, found, strict=True):
            if office is None:
                near = self.plan.near_departments(name)
                hint = say("Did you mean {names}?", names=" / ".join(near)) if near else None
                message = say("The plan has no department “{name}”.", name=shorten(name))
                self._tell("P131", place, message, hint or say("`czurban list departments` shows every name."))
                return None
        return tuple(office.name for office in found if office)

    def _whole(self, indicator: Indicator, interval: Interval, raw: str, place: Place) -> None:
        own = indicator.target.interval
        if interval != own:
            values = {"name": indicator.name, "raw": shorten(raw), "own": str(own)}
            message = say("The whole of “{name}” stands here as {raw}, and the plan's target is {own}.", **values)
            self._tell("P130", place, message, say("Ask which is right, and write it in both places."))

    def _tell(self, code: str, place: Place | None, message: Message, hint: Message) -> None:
        self.findings.append(finding(code, place, message, hint))


@dataclass(frozen=True, slots=True)
class _Row:
    """One row with what it is read by."""

    sheet: Sheet
    row: Row
    head: PartsHead
    spanned: dict[tuple[int, int], str]

    def cell(self, at: int) -> str:
        """The text of a cell as it stands."""
        return self.row.cells[at].strip() if at < len(self.row.cells) else ""

    def text(self, one: ColumnField) -> str:
        """The text of a field; of the merged cell that covers it where it has none."""
        return cell_of(self.row, self.head.at[one], self.spanned) if one in self.head.at else ""

    def place(self, one: ColumnField) -> Place:
        """Where a field stands."""
        return self.sheet.place(self.row, self.head.at.get(one))

    @property
    def first(self) -> str:
        """The first text of the row."""
        return next((cell.strip() for cell in self.row.cells if cell.strip()), "")

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.first

    @property
    def reports(self) -> bool:
        """Whether a column of targets holds something."""
        return any(self.cell(at) for at in self.head.targets)
