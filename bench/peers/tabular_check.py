"""frictionless: a schema with a decimal column, and a check of one's own in the documented way, row by row; decimals.

Not done: units, cells as people write them (each is a type error, reported with its line), one region's indicator
reported twice.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from asked import COLUMNS, answer, asked
from frictionless import Check, Checklist, Schema, errors, fields
from frictionless.resources import TableResource

question = asked()
BOUNDS = {
    bound.indicator: (Decimal(bound.low or "-Infinity"), Decimal(bound.high or "Infinity")) for bound in question.bounds
}
rows: Counter[str] = Counter()


class BoundCheck(Check):  # type: ignore[misc]
    """A value outside the bound of its indicator is an error at its row."""

    type = "bound"
    Errors = (errors.RowConstraintError,)

    def validate_row(self, row: Any) -> Iterator[errors.Error]:  # noqa: ANN401
        """Tell of the row's value if it is outside its bound."""
        name, value = row["指标"], row["数值"]
        rows[name] += 1
        low, high = BOUNDS[name]
        if value is not None and not low <= value <= high:
            yield errors.RowConstraintError.from_row(row, note=name)


columns = [fields.NumberField(name=name) if name == "数值" else fields.StringField(name=name) for name in COLUMNS]
resource = TableResource(path=question.table.name, basepath=str(question.table.parent), schema=Schema(fields=columns))
report = resource.validate(Checklist(checks=[BoundCheck()]), limit_errors=0)
found = report.task.errors
if strange := [error for error in found if error.type not in {"row-constraint", "type-error"}]:
    raise SystemExit(strange[0].message)
missed = Counter(error.note for error in found if error.type == "row-constraint")
unread = Counter(error.cells[1] for error in found if error.type == "type-error")
answer({name: (rows[name] - missed[name] - unread[name], missed[name]) for name in rows}, unread.total())
