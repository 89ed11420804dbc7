"""Find the tables of targets in a sheet, what each of their columns holds, and the years that they are for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from czurban.errors import UsageError
from czurban.model.finding import say
from czurban.model.observation import Reading
from czurban.model.period import Period, parse_years, periods_in
from czurban.model.plan import Plan
from czurban.model.text import half_width, key, one_line
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.cell import read_cell
from czurban.reading.submission.header import Head, block_head
from czurban.reading.submission.header_cell import Header, understand
from czurban.reading.submission.header_words import LAST_YEAR, ColumnField

_WORDS = {
    "indicator": "measure kpi metric 内容 目标名称 任务指标 发展指标 约束指标 预期指标",
    "target": (
        "goal objective aim 规划目标 规划值 规划目标值 工作目标 年度工作目标 目标任务值 目标年 期末目标 发展目标 "
        "十四五目标"
    ),
    "baseline": "current 现状 现状值 现状数 基础值 基年 基准年 基准 起点值 current_value",
    "sender": (
        "主管部门 主管单位 配合单位 配合部门 协办单位 责任科室 牵头科室 落实单位 实施单位 主要责任单位 主责单位 "
        "主责部门 lead leadagency leaddepartment responsible responsibledepartment agency owner office"
    ),
    "other": "指标性质 指标类型 attribute binding deadline due",
    "qualifier": "领域 维度 目标类别 指标类别 大类 category theme domain area",
}
_ALIKE = {key(word): name for name, words in _WORDS.items() for word in words.split()}
ANY_PLAN = Plan(title="", region="?", period=Period(2000), indicators=(), departments=(), words=_ALIKE)
"""A plan without indicators, whose words are further headers of tables of targets."""
_LEAD = re.compile(r"牵头|主责|主管|主要责任|lead|owner")
_OTHERS = re.compile(r"配合|协办|参与|落实|实施|support")
_DUE = re.compile(r"时限|时间|期限|deadline|due")
BINDING = {"约束性": True, "预期性": False, "约束": True, "预期": False, "binding": True, "expected": False}
BINDING |= {"约束性指标": True, "预期性指标": False, "indicative": False, "anticipatory": False}
_BASELINE_YEAR = re.compile(r"(?:baseline|base|基期|基准|基数)(?:data)?(?:year|年份?|所属年份)")
_NUMERALS = "[一二三四五六七八九十]"
_YEARS = re.compile(
    r"(?:19|20)\d\d\s*年?\s*[-—–~～至到]+\s*(?:19|20)\d\d\s*年?"
    rf"|[“\"‘']{_NUMERALS}+五[”\"’']|(?<!{_NUMERALS}){_NUMERALS}+五(?=规划|时期|期间|目标|发展|主要)"
)
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


@dataclass(frozen=True, slots=True)
class TargetTable:
    """A table: its drafted indicators, the texts above it, remarks below it, and its columns.

    `undated` are the columns headed by a year alone, of which only the plan's period decides what they hold.
    """

    sheet: Sheet
    head: Head
    columns: TargetColumns
    titles: Sequence[str]
    rows: Sequence[Row]


def tables_in(sheet: Sheet) -> Iterator[TargetTable]:
    """Yield the tables of targets in a sheet, each from its header to the next one; a repeated header begins none."""
    heads: list[tuple[Head, TargetColumns]] = []
    repeated: set[int] = set()
    at = 0
    while at < len(sheet.rows):
        head = block_head(sheet, at, ANY_PLAN, later=bool(heads))
        columns = columns_of(head, sheet) if head else TargetColumns()
        if not head or not columns.usable:
            at += 1
            continue
        if heads and heads[-1][0].plain == head.plain:
            repeated.update(range(head.first, head.last + 1))
        else:
            heads.append((head, columns))
        at = max(at, head.last) + 1
    if not heads:
        return
    starts = [_title_start(sheet.rows, head.first) for head, _ in heads[1:]]
    stops = [*starts, len(sheet.rows)]
    for (head, columns), start, stop in zip(heads, [0, *starts], stops, strict=True):
        titles = [*_titles(sheet.rows[start : head.first]), *head.titles]
        rows = [sheet.rows[n] for n in range(head.last + 1, stop) if n not in repeated]
        yield TargetTable(sheet, head, columns, titles, rows)


def _title_start(rows: Sequence[Row], first: int) -> int:
    """Return the index of the first title above a later header: a row of one text behind a blank row."""
    start = first
    while start > 0 and sum(bool(cell.strip()) for cell in rows[start - 1].cells) == 1:
        start -= 1
    return start if start > 0 and not any(cell.strip() for cell in rows[start - 1].cells) else first


def _titles(rows: Sequence[Row]) -> list[str]:
    return [text for row in rows for cell in dict.fromkeys(row.cells) if (text := one_line(cell))]


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
    others = [at for at, text in senders.items() if at not in leads]
    plain = [at for at in others if not _OTHERS.search(senders[at])]
    if not leads and plain:
        leads = plain[:1]
    columns.lead = leads[0] if leads else None
    rest = [at for at in senders if at != columns.lead]
    columns.responsible = rest[0] if rest else None
    columns.ignored += rest[1:]


def dated(columns: TargetColumns, period: Period | None) -> TargetColumns:
    """Return the columns with those headed by a year alone as baselines before the period, and as targets within it.

    上年 is the year before a period of one year.
    """
    if period is None:
        return columns
    before = Period(period.year - 1) if period.is_year else None
    bases = [c._replace(period=before) if c.last_year and not c.period else c for c in columns.baselines]
    bases += [column for column in columns.undated if column.period and column.period.end < period.start]
    within = [column for column in columns.undated if column.period and period.includes(column.period.last_year)]
    used = {column.at for column in (*bases, *within)}
    return replace(
        columns,
        targets=sorted([*columns.targets, *within], key=_order),
        baselines=sorted(bases, key=_order),
        ignored=[*columns.ignored, *(column.at for column in columns.undated if column.at not in used)],
    )


def _order(column: YearColumn) -> tuple[tuple[int, int], int]:
    return (column.period.end if column.period else (0, 0), column.at)


class Stated(NamedTuple):
    """What the caller states of a plan: it goes before what the document prints."""

    title: str | None = None
    region: str | None = None
    period: Period | None = None


class TargetYears(NamedTuple):
    """The plan's period (None where it is open), the period by which columns are read, and the year of the targets."""

    period: Period | None
    columns: Period | None
    last: Period


def years_of(tables: Sequence[TargetTable], titles: Sequence[str], stated: Stated) -> TargetYears:
    """Find the period of the plan: stated, in a title, or that of the columns of targets."""
    targets = sorted({c.period for table in tables for c in table.columns.targets if c.period}, key=lambda p: p.end)
    undated = sorted({c.period for table in tables for c in table.columns.undated if c.period}, key=lambda p: p.end)
    titled = _period_in(titles)
    if stated.period:
        return TargetYears(stated.period, stated.period, stated.period.last_year)
    if titled and all(titled.includes(period.last_year) for period in targets):
        return TargetYears(titled, titled, titled.last_year)
    if not targets:
        raise _no_year(undated)
    bases = {c.period.year for table in tables for c in table.columns.baselines if c.period}
    first, last = targets[0], targets[-1].last_year
    span = last.year - first.year + 1
    whole = Period(first.year, years=span)
    follows = not bases or max(bases) >= first.year - 1
    complete = len(targets) == span
    return TargetYears(whole if follows and complete else None, whole, last)


def _no_year(undated: Sequence[Period]) -> UsageError:
    if len(undated) > 1:
        names = ", ".join(map(str, undated))
        message = say(
            "The columns {names} are headed by years alone, and no title says which are of the plan.", names=names
        )
        hint = say(
            "Write the plan's years with --period, such as --period {example}.",
            example=f"{undated[0].year + 1}-{undated[-1].year}",
        )
        return UsageError(message, hint)
    message = say("The document does not say which year its targets are for.")
    return UsageError(message, say("Write it with --period, such as --period 2019 or --period 2021-2025."))


def _period_in(titles: Sequence[str]) -> Period | None:
    """Return the one period of whole years that titles name."""
    named: set[Period] = set()
    for title in titles:
        plain = half_width(title)
        several = {period for match in _YEARS.finditer(title) if (period := parse_years(match[0]))}
        single = set() if several else {period for period in periods_in(plain).periods if period.is_whole_years}
        named |= several or single
    several = {period for period in named if period.has_years}
    chosen = several or named
    return next(iter(chosen)) if len(chosen) == 1 else None
