"""Find what the columns of a table of targets hold."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from czurban.model.observation import Reading
from czurban.model.period import Period, parse_years
from czurban.model.text import key
from czurban.reading.imports.target_words import ANY_PLAN, BINDING
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.cell import read_cell
from czurban.reading.submission.header import Head
from czurban.reading.submission.header_cell import Header, understand
from czurban.reading.submission.header_words import LAST_YEAR, ColumnField

_LEAD = re.compile(r"牵头|主责|主管|主要责任|lead|owner")
_OTHERS = re.compile(r"配合|协办|参与|落实|实施|support")
_DUE = re.compile(r"时限|时间|期限|deadline|due")
_BASELINE_YEAR = re.compile(r"(?:baseline|base|基期|基准|基数)(?:data)?(?:year|年份?|所属年份)")
_YEARLY = re.compile(r"年均|每年|〔|annual")


class YearColumn(NamedTuple):
    """A column of figures: its index, the year in its header, the unit there, and whether it is headed 上年."""

    at: int
    period: Period | None = None
    unit: str = ""
    last_year: bool = False


@dataclass(slots=True)
class TargetColumns:
    """The indexes of the columns of a table of targets, by what they hold; `ignored` are those that are not used.

    `apart` is set where two columns of names have others in between, as where two tables stand side by side.
    """

    name: int | None = None
    number: int | None = None
    category: int | None = None
    unit: int | None = None
    binding: int | None = None
    lead: int | None = None
    responsible: int | None = None
    deadline: int | None = None
    baseline_year: int | None = None
    part: int | None = None
    baselines: list[YearColumn] = field(default_factory=list)
    targets: list[YearColumn] = field(default_factory=list)
    undated: list[YearColumn] = field(default_factory=list)
    yearly: int | None = None
    apart: bool = False
    notes: list[int] = field(default_factory=list)
    ignored: list[int] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        """Whether the columns are those of a table of targets: a name, and figures to reach."""
        return self.name is not None and bool(self.targets or self.undated)


def columns_of(head: Head, sheet: Sheet) -> TargetColumns:
    """Find what the columns of a header hold."""
    columns = TargetColumns()
    levels: list[int] = []
    senders: dict[int, str] = {}
    rows = sheet.rows[head.last + 1 :]
    for at, text in enumerate(head.texts):
        header, plain = understand(text, ANY_PLAN), key("".join(text))
        if not plain:
            continue
        cells = [cell for row in rows if at < len(row.cells) and (cell := key(row.cells[at]))]
        if cells and all(cell in BINDING for cell in cells):
            columns.binding = at
        elif header and header.field is ColumnField.LEVEL:
            levels.append(at)
        elif (header and header.field is ColumnField.SENDER) or _is_of_departments(text):
            senders[at] = plain
        elif _BASELINE_YEAR.fullmatch(plain):
            columns.baseline_year = at
        elif columns.name == at - 1 and plain.endswith(("其中", "ofwhich")):
            columns.part = at
        else:
            _place(columns, at, header, plain)
    _choose_names(columns, levels)
    _choose_departments(columns, senders)
    _split_names(columns, head, rows)
    return columns


def _is_of_departments(levels: Sequence[str]) -> bool:
    """Return whether one level of a header is for departments: 责任单位 above 牵头 and 配合."""
    headers = [understand((level,), ANY_PLAN) for level in levels if level.strip()]
    return len(headers) > 1 and any(header and header.field is ColumnField.SENDER for header in headers)


def _split_names(columns: TargetColumns, head: Head, rows: Sequence[Row]) -> None:
    """Take the columns of a header over several ones apart: groups at the left, names at the right."""
    while columns.name is not None and (at := columns.name + 1) < len(head.texts) and not key("".join(head.texts[at])):
        cells = [cell for row in rows if at < len(row.cells) and (cell := row.cells[at].strip())]
        if not cells or not all(read_cell(cell).reported is Reading.UNREADABLE for cell in cells):
            return
        if columns.category is None:
            columns.category = columns.name
        columns.name = at


_ROLES = {
    ColumnField.NUMBER: "number",
    ColumnField.INDICATOR: "name",
    ColumnField.UNIT: "unit",
    ColumnField.TARGET: "targets",
    ColumnField.BASELINE: "baselines",
    ColumnField.QUALIFIER: "category",
    ColumnField.NOTE: "notes",
}


def _place(columns: TargetColumns, at: int, header: Header | None, plain: str) -> None:
    """Enter a column by its header. A second column of names shows that the first one holds groups."""
    words = header.text if header else ""
    column = YearColumn(at, header and header.period, header.unit if header else "", words.startswith(LAST_YEAR))
    role = _role(header, plain)
    if role in ("targets", "baselines", "undated") and column.period and not column.period.is_whole_years:
        role = "notes" if role == "targets" else "ignored"  # a part of a year is no year of the plan
    if role == "name" and columns.name is not None and columns.category is None:
        columns.category, columns.name, columns.apart = columns.name, at, at > columns.name + 1
    elif role in ("targets", "baselines", "undated"):
        getattr(columns, role).append(column if column.period else column._replace(period=_years_in(plain)))
    elif role in ("notes", "ignored") or getattr(columns, role) is not None:
        (columns.notes if role == "notes" else columns.ignored).append(at)
    else:
        setattr(columns, role, at)


def _role(header: Header | None, plain: str) -> str:
    """Return the field of `TargetColumns` that a column belongs to."""
    if header and (role := _ROLES.get(header.field)):
        return role
    if header and header.field is ColumnField.VALUE and not header.says_nothing:
        if header.region or header.part:
            return "ignored"
        return "undated" if header.bare else "baselines"
    if header and header.field is ColumnField.OTHER and _DUE.search(plain):
        return "deadline"
    if "目标" in plain and _years_in(plain):
        return "targets"
    return "yearly" if _YEARLY.search(plain) else "ignored"


def _years_in(plain: str) -> Period | None:
    """Return the period of a header such as “十四五”目标 or 到2025年目标."""
    years = re.search(
        r"(?:19|20)\d\d(?:年?[-—~至到]+(?:19|20)\d\d)?年?|[“\"'‘]?[一二三四五六七八九十]+五[”\"'’]?", plain
    )
    return parse_years(years[0]) if years else None


def _choose_names(columns: TargetColumns, levels: Sequence[int]) -> None:
    """Take the deepest level as the column of names, and the first one as the category."""
    if levels and columns.name is None:
        columns.name = levels[-1]
        levels = levels[:-1]
    if levels and columns.category is None:
        columns.category, levels = levels[0], levels[1:]
    columns.ignored += levels


def _choose_departments(columns: TargetColumns, senders: Mapping[int, str]) -> None:
    """Choose the columns of leads and of other departments; one alone is that of leads unless it is for helpers."""
    leads = [at for at, text in senders.items() if _LEAD.search(text)]
    plain = [at for at, text in senders.items() if not _OTHERS.search(text)]
    columns.lead = next(iter(leads or plain), None)
    rest = [at for at in senders if at != columns.lead]
    columns.responsible = next(iter(rest), None)
    columns.ignored += rest[1:]
