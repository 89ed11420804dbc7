"""Read what titles, sheet names and file names state for all rows, and what headers state for columns of values."""

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, say
from czurban.model.observation import PeriodSource
from czurban.model.period import Period, StatedPeriods, periods_in
from czurban.model.plan import Plan
from czurban.model.text import half_width
from czurban.model.unit import Units
from czurban.model.vocabulary import remark_words
from czurban.reading.submission.columns import Columns
from czurban.reading.submission.header_cell import Header, in_year
from czurban.reading.submission.header_words import LAST_YEAR, ColumnField
from czurban.reading.submission.names import shorten
from czurban.reading.submission.surroundings.remarks import RemarkKind, clauses_of
from czurban.reading.submission.surroundings.stated import narrower, stated_region, stated_sender, titled_area

DECEMBER = 12
_UNIT = (
    r"(?<!填报)(?<![填制]表)(?<![报呈]送)(?<![上编]报)(?<!责任)(?:计量)?单位"
    r"(?P<sign>:|[均都皆]?[为是]:?|统一为|\(|)\s*(?P<unit>[^\s,;)]+)"
    r"|[以按用](?P<before>[^\s,;以按用]{1,6})为单位"
)
"""The statement of a unit above or below a table, and not that of a department."""
_OF_ALL = (
    r"(?:以上|上述|以下|下列|表中|本表|表内|所有|全部|各项?|均|数据|指标|数值|数|的|金额|人口|比[率例重]|占比|计量|货币|统计)*"
    r"(?=(?:计量)?单位|[以按用][^\s,;]{1,6}为单位)"
)
"""The beginning of a statement of the unit of all figures of a table."""
_SHARE = (
    r"(?:以上|上述|以下|下列|表中|本表|表内|所有|全部|各项?|均|皆|都|数据|指标|数值|数|比[率例重]|占比)+"
    r"[为是系](?P<unit>%|‰|[百千]分[比数率])"
)
"""A statement of the unit of all figures without the word 单位: 以上数据均为千分数."""

_OF_NO_RESULTS = rf"(?:{'|'.join(remark_words.TITLES_OF_NO_RESULTS.split())})(?:一览|统计|情况)?表?(?:\(.*\))?$"
_FORECASTS = ("预计", "预测", "预估", "估算", "测算", "推算", "暂估", "模拟", "forecast", "projected", "projection")


class Context(NamedTuple):
    """The defaults for the rows of a table: period, unit, region and sender, and doubts about all of its figures.

    `period` is None where `source_text`, which states it, is not one clear period; `source` is where that text is.
    `year` is that of the period, or of a text that is unclear only about the part of its year.
    `of_targets` is set where the title or the sheet's name is about targets and not about results, `file_of_targets`
    where the file's name is, which counts where no column of the table is headed 目标. `of_results` is set where one of
    them has a word such as 完成.
    `doubted` is set where a line below the header states another period. `narrowed` is a text that says that the
    figures are those of a part of the year, so that none is used for the whole. `kind` is why the figures are no
    results, by a title or such a line, and `kind_text` its text. `note` is a note with a year, `note_year`, which no
    value may contradict, and `note_unit` the unit of a note below the header.
    `dated` is the year of `narrowed` where that is a document's date, as in 填报日期：2019年11月10日.
    """

    period: Period | None
    source: PeriodSource
    source_text: str
    unit: str = ""
    year: int | None = None
    of_targets: bool = False
    region: str = ""
    sender: str = ""
    doubted: bool = False
    narrowed: str = ""
    kind: RemarkKind | None = None
    kind_text: str = ""
    file_of_targets: bool = False
    of_results: bool = False
    note: str = ""
    note_year: int = 0
    note_unit: str = ""
    dated: int = 0


def read_context(titles: Sequence[str], sheet: str, file: str, plan: Plan) -> Context:
    """Return the defaults for rows that do not state their period, unit, region or sender.

    The nearest text counts: the titles above the header, then the sheet's name, the file's name, and the plan's period.
    A text with two periods, with a part of a year but no year, or with a year of two digits leaves the period unknown.
    A plan of several years gives no period: its rows have to state theirs.
    """
    several = plan.period.has_years
    unit = next(filter(None, map(stated_unit, titles)), "")
    stem = PurePath(file).stem
    here = Context(
        None if several else plan.period,
        PeriodSource.PLAN,
        "",
        unit,
        None if several else plan.period.year,
        is_about_targets(" ".join((*titles, sheet))),
        stated_region(titles, (sheet, stem), plan),
        stated_sender(titles, (sheet, stem), plan),
    )
    names = " ".join((*titles, sheet, stem))
    of_results = any(word in names for word in remark_words.REACHED.split())
    here = here._replace(file_of_targets=is_about_targets(names), of_results=of_results)
    area, only_part = titled_area(titles, sheet, plan, stem)
    if area:
        here = here._replace(kind=RemarkKind.PART, kind_text=area) if only_part else here._replace(region=area)
    if word := narrower(names, plan):
        here = here._replace(kind=RemarkKind.PART, kind_text=word)
    if kind := title_kind((*titles, sheet, stem), plan.period.year):
        here = here._replace(kind=kind, kind_text=names.strip())
    for source, texts in ((PeriodSource.TITLE, titles), (PeriodSource.SHEET, [sheet]), (PeriodSource.FILE, [stem])):
        if not (source_text := " ".join(text for text in texts if text.strip())):
            continue
        stated = periods_in(source_text)
        if stated.periods or stated.vague:
            return _stating(here, stated, source, source_text)
    return here


def title_kind(texts: Iterable[str], year: int) -> RemarkKind | None:
    """Return whether titles are about forecasts or withdrawn figures; forecasts of another year do not count."""
    whole = half_width(" ".join(texts)).casefold()
    if "作废" in whole:
        return RemarkKind.WITHDRAWN
    if not any(word in whole for word in _FORECASTS):
        return None
    whole = re.sub(rf"(?!{year})(?:19|20)\d\d年?度?(?:{'|'.join(_FORECASTS)})", "", whole)
    return RemarkKind.FORECAST if re.search(rf"(?<![不非勿无])(?:{'|'.join(_FORECASTS)})", whole) else None


def is_about_targets(text: str) -> bool:
    """Return whether a title or a name is about targets, growth or ranks, and not about results."""
    if re.search(_OF_NO_RESULTS, half_width(text).strip()):
        return True
    if not any(word in text.casefold() for word in remark_words.TARGETS.split()):
        return False
    return any(word in text for word in remark_words.SET.split()) or not any(
        word in text for word in remark_words.REACHED.split()
    )


def stated_unit(text: str) -> str:
    """Return the unit of 单位：万人; empty where a text states none."""
    match = re.search(_UNIT, half_width(text)) if "单位" in text else None
    if match is None:
        return ""
    unit = match["unit"] or match["before"]
    return unit if match["sign"] == ":" or Units().find(unit) else ""


def noted_unit(line: str) -> str:
    """Return the unit that a note states for all figures: 注：以上单位为‰, 单位均为万人; not 注：出生率单位为‰."""
    if match := next(filter(None, (re.fullmatch(_SHARE, clause) for clause in clauses_of(line))), None):
        return match["unit"]
    clauses = clauses_of(re.sub(r"单位[(（]([^()（）]+)[)）]", r"单位:\1", line)) if "单位" in line else ()
    return next((unit for clause in clauses if re.match(_OF_ALL, clause) and (unit := stated_unit(clause))), "")


def _stating(context: Context, stated: StatedPeriods, source: PeriodSource, source_text: str) -> Context:
    """Return the context with the period of a text, or without any where the text is not clear."""
    years = {period.year for period in stated.periods}
    clear = len(stated.periods) == 1 and not stated.vague
    period = next(iter(stated.periods)) if clear else None
    narrowed = source_text if period and (period.last < DECEMBER or period.day) else ""
    year = years.pop() if len(years) == 1 else None
    return context._replace(period=period, source=source, source_text=source_text, year=year, narrowed=narrowed)


class Slot(NamedTuple):
    """One column of values and what its header states; `part` is a part of the table's year."""

    at: int
    unit: str = ""
    period: Period | None = None
    region: str = ""
    part: str = ""


class Slots(NamedTuple):
    """All columns of values; `same` are two that mean the same, so that nothing is read."""

    slots: tuple[Slot, ...]
    same: tuple[int, int] | None = None
    periods: frozenset[Period] = frozenset()
    regions: frozenset[str] = frozenset()


def slots_of(columns: Columns, context: Context) -> Slots:
    """Resolve the period and the region of each column of values. A header without a period means that of the table."""
    slots = tuple(_slot(at, header, context) for at, header in columns.values.items())
    meanings: dict[tuple[Period | None, str], int] = {}
    for slot in slots:
        meaning = (slot.period or context.period, slot.region)
        if meaning in meanings:
            return Slots(slots, (meanings[meaning], slot.at))
        meanings[meaning] = slot.at
    periods = frozenset(period for period, _ in meanings if period)
    regions = frozenset(region for _, region in meanings)
    return Slots(
        slots,
        periods=periods if len(periods) > 1 else frozenset(),
        regions=regions if len(regions) > 1 else frozenset(),
    )


def _slot(at: int, header: Header, context: Context) -> Slot:
    period = header.period
    if header.part and period is None:
        period = in_year(header.part, context.year) if context.year else None
    if header.cumulative and (stated := period or context.period):
        period = stated._replace(first=1)
    return Slot(at, header.unit, period, header.region, "" if header.period else header.part)


def wide(place: Place, slots: Slots, texts: Sequence[str], context: Context) -> Finding:
    """Report that a table is read as a wide one, with the meaning of each of its columns."""
    meanings = tuple(
        f"“{shorten(texts[slot.at])}” = "
        + " ".join(part for part in (slot.region, str(slot.period or context.period or "?")) if part)
        for slot in slots.slots
    )
    message = say("The table has a column of values for each period or region: {columns}.", columns=meanings)
    return finding("S118", place, message)


def concerns(header: Header, plan: Plan, context: Context) -> bool:
    """Return whether a column states targets or baselines of the plan, and not those of another year.

    A column of targets without a year may be those of a single year of a plan of several years.
    """
    several = plan.period.has_years
    of_plan = context.year == plan.period.year and not several
    if header.field is ColumnField.TARGET:
        return of_plan if header.period is None else header.period == plan.period.last_year
    if header.period:
        return header.period == plan.baseline_period
    if header.text.startswith(LAST_YEAR):
        base = plan.baseline_period
        return base is not None and context.year is not None and context.year - 1 == base.year
    return of_plan or several
