"""Columns that repeat the plan's own targets and baselines, read so that they can be held against the plan."""

from decimal import Decimal

from czurban.model.claim import Claim, Claimed
from czurban.model.indicator import Indicator
from czurban.model.observation import Reading
from czurban.model.place import Place
from czurban.model.plan import Plan
from czurban.model.target import Interval
from czurban.model.unit import SCALES
from czurban.reading.cell import Cell, read_cell
from czurban.reading.context import Context
from czurban.reading.header_cell import Header
from czurban.reading.header_words import Field
from czurban.reading.target_text import read_target, take_unit
from czurban.reading.units_of import Trouble, choose


def read_claim(  # noqa: PLR0913, PLR0917 - what a cell means depends on all of these
    raw: str, header: Header, unit_column: str, indicator: Indicator, place: Place, plan: Plan, context: Context
) -> Claim | None:
    """Read a cell of such a column; None where it says nothing."""
    what = Claimed.TARGET if header.field is Field.TARGET else Claimed.BASELINE
    cell = read_cell(raw)
    if cell.reported is Reading.NOTHING:
        return None
    amount, interval = cell.amount, None
    if cell.reported is Reading.UNREADABLE:
        amount, (cell, interval) = None, rule_of(raw)
    chosen = choose(cell, unit_column or header.unit, context.unit, indicator, plan.units)
    if isinstance(chosen, Trouble):
        return Claim(what, indicator.id, raw, place)
    return Claim(what, indicator.id, raw, place, amount, interval, chosen.unit)


def rule_of(raw: str) -> tuple[Cell, Interval | None]:
    """A rule such as ≥41% taken apart: its unit as a value cell would have it, and its interval."""
    plain, unit = take_unit(raw)
    scale = unit if unit in SCALES else ""
    rule = read_target(plain)
    return Cell(Reading.VALUE, Decimal(0), "" if scale else unit, scale), rule if isinstance(rule, Interval) else None
