"""The columns of values of one table: each with the period, the region and the unit that its header states."""

from collections.abc import Sequence
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import say
from czurban.model.period import Period
from czurban.model.place import Place
from czurban.model.plan import Plan
from czurban.reading.columns import Columns
from czurban.reading.context import Context
from czurban.reading.header_cell import Header, in_year
from czurban.reading.header_words import LAST_YEAR, Field
from czurban.reading.naming import shorten


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
    if header.field is Field.TARGET:
        return of_plan if header.period is None else header.period == plan.period
    if header.period:
        return header.period == plan.baseline_period
    if header.text.startswith(LAST_YEAR):
        base = plan.baseline_period
        return base is not None and context.year is not None and context.year - 1 == base.year
    return of_plan
