"""Read cells that state targets and baselines of the plan."""

from decimal import Decimal

from czurban.model.finding import Place
from czurban.model.indicator import Indicator
from czurban.model.observation import Reading
from czurban.model.plan import Plan
from czurban.model.target import Interval, StatedKind, StatedValue
from czurban.model.unit import SCALES
from czurban.reading.phrases.phrase import read_target
from czurban.reading.phrases.tokens import take_unit
from czurban.reading.submission.cell import UnitTrouble, ValueCell, choose, read_cell
from czurban.reading.submission.header_cell import Header
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.surroundings.context import Context


def rule_of(raw: str) -> tuple[ValueCell, Interval | None]:
    """Read a rule such as ≥41% as a value cell with its unit, and as an interval."""
    plain, unit = take_unit(raw)
    rule = read_target(plain)
    unit, scale = ("", unit) if unit in SCALES else (unit, "")
    cell = ValueCell(Reading.VALUE, Decimal(0), unit, scale)
    return cell, rule if isinstance(rule, Interval) else None


def read_stated_value(  # noqa: PLR0913, PLR0917 - the meaning of a cell depends on all of these
    raw: str, header: Header, unit_column: str, indicator: Indicator, place: Place, plan: Plan, context: Context
) -> StatedValue | None:
    """Read a cell of a column of targets or baselines; None where it is empty."""
    kind = StatedKind.TARGET if header.field is ColumnField.TARGET else StatedKind.BASELINE
    cell = read_cell(raw)
    if cell.reported is Reading.NOTHING:
        return None
    amount, interval = cell.amount, None
    if cell.reported is Reading.UNREADABLE:
        amount, (cell, interval) = None, rule_of(raw)
    chosen = choose(cell, unit_column or header.unit, context.unit, indicator, plan.units)
    if isinstance(chosen, UnitTrouble):
        return StatedValue(kind, indicator.id, raw, place)
    return StatedValue(kind, indicator.id, raw, place, amount, interval, chosen.unit)
