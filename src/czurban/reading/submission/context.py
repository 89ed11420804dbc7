"""What a sheet says once for all its rows, in its title, its name, or the file's name: period, unit, region, sender.

The columns of values of one table: each with the period, the region and the unit that its header states.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, say
from czurban.model.observation import PeriodSource
from czurban.model.period import Period, Stated, periods_in
from czurban.model.plan import Plan
from czurban.model.text import half_width
from czurban.model.unit import Units
from czurban.reading.submission.columns import Columns
from czurban.reading.submission.header_cell import Header, in_year
from czurban.reading.submission.header_words import LAST_YEAR, ColumnField
from czurban.reading.submission.names import shorten
from czurban.reading.submission.remarks import RemarkKind, speaks_of_targets, title_kind
from czurban.reading.submission.stated import stated_region, stated_sender

DECEMBER = 12
_UNIT = r"(?<!填报)(?<![填制]表)(?<![报呈]送)(?<![上编]报)(?<!责任)(?:计量)?单位(?P<sign>[:为])\s*(?P<unit>[^\s,;)]+)"
"""Compiled when first used: few tables name a unit above them."""


class Context(NamedTuple):
    """The period for rows that state none, and who said so; None where what was said is not one clear period.

    `year` is that of the period, or of a statement that is unclear about no more than the part of its year.
    `of_targets` says that the title or the sheet's name speaks of targets and not of what was reached;
    `file_of_targets` that the file's name does, which holds where no column of the table is headed 目标.
    `region` and `sender` hold for rows that name none.
    `doubted` says that a line below the header states another period. `narrowed` is a text that says that the figures
    are those of a part of the year, so that no row and no column is sure to be for the whole. `kind` is what the title
    or such a line makes of all figures where they are no results, and `kind_said` its text.
    """

    period: Period | None
    source: PeriodSource
    said: str
    unit: str = ""
    year: int | None = None
    of_targets: bool = False
    region: str = ""
    sender: str = ""
    doubted: bool = False
    narrowed: str = ""
    kind: RemarkKind | None = None
    kind_said: str = ""
    file_of_targets: bool = False


def read_context(titles: Sequence[str], sheet: str, file: str, plan: Plan) -> Context:
    """Find what holds for rows that do not say it themselves.

    The nearest statement counts: the title rows above the header, the sheet's name, the file's name, at last the plan's
    own period. A statement that names two periods, or a part of a year or a year of two digits without saying which
    year, leaves the period unknown: better no verdict than one about another period.
    """
    unit = next(filter(None, map(stated_unit, titles)), "")
    stem = PurePath(file).stem
    here = Context(
        plan.period,
        PeriodSource.PLAN,
        "",
        unit,
        plan.period.year,
        speaks_of_targets(" ".join((*titles, sheet))),
        stated_region(titles, (sheet, stem), plan),
        stated_sender(titles, (sheet, stem), plan),
    )
    here = here._replace(file_of_targets=speaks_of_targets(" ".join((*titles, sheet, stem))))
    if kind := title_kind((*titles, sheet, stem), plan.period.year):
        here = here._replace(kind=kind, kind_said=" ".join((*titles, sheet, stem)).strip())
    for source, texts in ((PeriodSource.TITLE, titles), (PeriodSource.SHEET, [sheet]), (PeriodSource.FILE, [stem])):
        said = " ".join(text for text in texts if text.strip())
        stated = periods_in(said)
        if stated.periods or stated.vague:
            return _stating(here, stated, source, said)
    return here


def stated_unit(text: str) -> str:
    """Return the unit of 单位：万人; empty where a text states none."""
    found = re.search(_UNIT, half_width(text)) if "单位" in text else None
    if found is None or (found["sign"] == "为" and not Units().find(found["unit"])):
        return ""
    return found["unit"]


def _stating(context: Context, stated: Stated, source: PeriodSource, said: str) -> Context:
    """The context with a statement's period, or without any where the statement is not clear."""
    years = {period.year for period in stated.periods}
    clear = len(stated.periods) == 1 and not stated.vague
    period = next(iter(stated.periods)) if clear else None
    narrowed = said if period and period.last < DECEMBER else ""
    year = years.pop() if len(years) == 1 else None
    return context._replace(period=period, source=source, said=said, year=year, narrowed=narrowed)


class Slot(NamedTuple):
    """One column of values, with what its header states: a `part` of a year is a period in the table's year."""

    at: int
    unit: str = ""
    period: Period | None = None
    region: str = ""
    part: str = ""


class Slots(NamedTuple):
    """All columns of values, and the two that mean the same where there are such: then nothing is read."""

    slots: Sequence[Slot]
    same: tuple[int, int] | None = None
    periods: frozenset[Period] = frozenset()
    regions: frozenset[str] = frozenset()


def slots_of(columns: Columns, context: Context) -> Slots:
    """Settle what each column of values means. A header without a period means that of the table."""
    slots = [_slot(at, header, context) for at, header in columns.values.items()]
    seen: dict[tuple[Period | None, str], int] = {}
    for slot in slots:
        meant = (slot.period or context.period, slot.region)
        if meant in seen:
            return Slots(slots, (seen[meant], slot.at))
        seen[meant] = slot.at
    if len(slots) < 2:  # noqa: PLR2004 - a wide table has at least two
        return Slots(slots)
    periods = frozenset(period for period, _ in seen if period)
    regions = frozenset(region for _, region in seen)
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
        period = Period(stated.year, 1, stated.last)
    return Slot(at, header.unit, period, header.region, "" if header.period else header.part)


def wide(place: Place, slots: Slots, texts: Sequence[str], context: Context) -> Finding:
    """Say that a table is read as a wide one, and what each of its columns means."""
    meant = "; ".join(
        f"“{shorten(texts[slot.at])}” = "
        + " ".join(part for part in (slot.region, str(slot.period or context.period or "?")) if part)
        for slot in slots.slots
    )
    message = say("The table has a column of values for each period or region: {columns}.", columns=meant)
    return finding("S118", place, message)


def concerns(header: Header, plan: Plan, context: Context) -> bool:
    """Whether a column of targets or baselines is about the plan's own: those of another year are not."""
    of_plan = context.year == plan.period.year
    if header.field is ColumnField.TARGET:
        return of_plan if header.period is None else header.period == plan.period
    if header.period:
        return header.period == plan.baseline_period
    if header.text.startswith(LAST_YEAR):
        base = plan.baseline_period
        return base is not None and context.year is not None and context.year - 1 == base.year
    return of_plan
