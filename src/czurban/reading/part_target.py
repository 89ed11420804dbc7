"""One cell of a breakdown to the target it states, in the indicator's own unit, or why it states none."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from czurban.model.digits import exact
from czurban.model.indicator import Indicator
from czurban.model.message import Message, say
from czurban.model.observation import Reading
from czurban.model.place import Place
from czurban.model.plan import Plan
from czurban.model.target import Baseline, Direction, Interval
from czurban.model.unit import Unit
from czurban.reading.cell import Cell, read_cell
from czurban.reading.claims_of import rule_of
from czurban.reading.naming import shorten
from czurban.reading.units_of import Chosen, Trouble, choose, same_unit

Tell = Callable[[str, Place, Message, Message], None]


class TargetReader:
    """Reads the targets and baselines of one row.

    Args:
        indicator: whose target is broken down.
        plan: for its units.
        unit: what the row's unit column or the bracket behind its name says; may be empty.
        unit_at: where that stands.
        tell: takes a fault.
    """

    def __init__(self, indicator: Indicator, plan: Plan, unit: str, unit_at: Place, tell: Tell) -> None:
        self.indicator = indicator
        self.plan = plan
        self.unit = unit
        self.unit_at = unit_at
        self.tell = tell
        self._told: set[Place] = set()

    def target(self, raw: str, unit: str, place: Place) -> Interval | None:
        """Read a target. A bare number goes the way of the whole's; None where there is none, or it was told.

        Args:
            raw: the cell's text.
            unit: what the column's header says; may be empty.
            place: where the cell stands.
        """
        cell = read_cell(raw)
        if cell.reported is Reading.NOTHING:
            return None
        interval: Interval | None
        if cell.amount is not None and not cell.approximate:
            interval = self._same_way(cell.amount)
        else:
            cell, interval = rule_of(raw)
        if interval is None or interval.is_empty:
            self._bad(place, say("“{raw}” is no target.", raw=shorten(raw)))
            return None
        converted = self._converted(interval, cell, unit, place)
        if converted and converted.direction is not self.indicator.target.interval.direction:
            own = str(self.indicator.target.interval)
            message = say("“{raw}” goes another way than the plan's {own}.", raw=shorten(raw), own=own)
            self.tell("P134", place, message, say("Write it with the sign of the plan's target."))
            return None
        return converted

    def baseline(self, raw: str, unit: str, place: Place) -> Baseline | None:
        """Read a baseline."""
        cell = read_cell(raw)
        if cell.reported is Reading.NOTHING:
            return None
        if cell.amount is None:
            self._bad(place, say("The baseline “{raw}” cannot be read as a number.", raw=shorten(raw)))
            return None
        found = self._converted(Interval(cell.amount, cell.amount), cell, unit, place)
        return (
            Baseline(str(found.low) if found.low is not None else raw, found.low, cell.approximate) if found else None
        )

    def _same_way(self, amount: Decimal) -> Interval | None:
        """A bare number as a bound of the plan's own kind; a range has no such bound."""
        own = self.indicator.target.interval
        match own.direction:
            case Direction.FLOOR:
                return Interval(low=amount, low_open=own.low_open)
            case Direction.CEILING:
                return Interval(high=amount, high_open=own.high_open)
            case Direction.EXACT:
                return Interval(amount, amount)
            case _:
                return None

    def _converted(self, interval: Interval, cell: Cell, unit: str, place: Place) -> Interval | None:
        beside = self.unit or unit
        chosen = choose(cell, beside, "", self.indicator, self.plan.units)
        units = self.indicator, self.plan.units
        if isinstance(chosen, Chosen) and beside and cell.unit and not same_unit(cell.unit, beside, *units):
            chosen = Trouble.TWO  # a plan states one unit
        if isinstance(chosen, Trouble):
            self._no_unit(chosen, cell, unit, place)
            return None
        own = chosen.unit or self.indicator.unit
        if own.dimension != self.indicator.unit.dimension:
            message = say(
                "“{unit}” does not measure what {plan} measures.", unit=own.name, plan=self.indicator.unit.name
            )
            self._bad_unit(self.unit_at if self.unit and not chosen.in_cell else place, message)
            return None
        low, high = (self._bound(one, own) for one in (interval.low, interval.high))
        if (low is None) is not (interval.low is None) or (high is None) is not (interval.high is None):
            self._bad_unit(place, say("The figure has no end as a decimal in {unit}.", unit=self.indicator.unit.name))
            return None
        return Interval(low, high, interval.low_open, interval.high_open)

    def _no_unit(self, trouble: Trouble, cell: Cell, unit: str, place: Place) -> None:
        """Tell a unit that is not known where it stands, once for all cells of its row; or two that differ."""
        written, beside = cell.unit or cell.scale, self.unit or unit
        if trouble is Trouble.TWO:
            values = {"cell": shorten(written), "beside": shorten(beside)}
            self._bad_unit(place, say("The cell says “{cell}” and its row or column says “{beside}”.", **values))
            return
        if in_row := bool(beside) and not self._knows(beside):
            written, place = beside, self.unit_at if self.unit else place
        if not in_row or place not in self._told:
            message = say("The plan knows no unit “{unit}”.", unit=shorten(written))
            hint = say(
                "Write it in {unit}, or declare “{other}” under units: in targets.yaml.",
                unit=self.indicator.unit.name,
                other=shorten(written),
            )
            self.tell("P134", place, message, hint)
        self._told.add(place)

    def _knows(self, unit: str) -> bool:
        return same_unit(unit, unit, self.indicator, self.plan.units)

    def _bound(self, value: Decimal | None, unit: Unit) -> Decimal | None:
        """A bound in the indicator's unit; None where it is none, or has no end as a decimal."""
        if value is None or unit.factor == self.indicator.unit.factor:
            return value
        text = exact(Fraction(value) * unit.factor / self.indicator.unit.factor)
        return None if "/" in text else Decimal(text)

    def _bad(self, place: Place, message: Message) -> None:
        self.tell("P133", place, message, say("Write a number, or a rule such as ≥38 or ≤4.5; — for no part."))

    def _bad_unit(self, place: Place, message: Message) -> None:
        self.tell("P134", place, message, say("Write it in {unit}.", unit=self.indicator.unit.name))
