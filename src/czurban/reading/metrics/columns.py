"""`records:` of a file of metrics: what each column holds, and how its numbers are read."""

import re

from czurban.model.message import Message, say
from czurban.model.metric import Digits, Means, RecordColumn, Records
from czurban.model.period import Period, parse_period
from czurban.reading.metrics.shapes import ColumnShape, RecordsShape
from czurban.reading.metrics.sheet import Sheet

MOST_DIGITS = 38
_INTEGER = Digits(18, 0)
_DECIMAL = re.compile(r"decimal\(\s*([1-9]\d?)\s*,\s*(\d{1,2})\s*\)", re.IGNORECASE)
_HALF_UP = "half-up"
_TYPES = say(
    "Write type: integer, or decimal(p,s) with p digits of which s stand behind the point, such as decimal(12,2)."
)


def build_records(shape: RecordsShape, sheet: Sheet) -> Records | None:
    """Build the table; None where a column has a fault, since every metric would rest on it."""
    columns = [_column(name, one, sheet) for name, one in shape.columns.items()]
    period = _period(shape, sheet)
    before = len(sheet.findings)
    for means, hint in (
        (Means.REGION, say("Name the region that all records are with whole:, or declare one column of kind region.")),
        (
            Means.PERIOD,
            say("Name the period that all records are of with period:, or declare one column of kind period."),
        ),
    ):
        given = shape.whole if means is Means.REGION else shape.period
        _check_dimension(means, columns, sheet, hint, stated=given is not None)
    if before or len(sheet.findings) > before:
        return None
    return Records(shape.title, tuple(one for one in columns if one), shape.whole or "", period)


def _check_dimension(
    means: Means, columns: list[RecordColumn | None], sheet: Sheet, hint: Message, *, stated: bool
) -> None:
    """One column at most says a dimension; no column for a period is needed where `period:` says it for all."""
    held = [one for one in columns if one and one.means is means]
    place = sheet.place(("records", "columns"))
    if len(held) > 1:
        names = " / ".join(one.name for one in held)
        sheet.tell("P142", place, say("{names} are all of kind {kind}.", names=names, kind=str(means)), hint)
    elif means is Means.PERIOD and bool(held) == stated:
        message = (
            say("Both period: and a column say the period.")
            if stated
            else say("Nothing says which period a record is of.")
        )
        sheet.tell("P142", place, message, hint)
    elif means is Means.REGION and not held and not stated:
        sheet.tell("P142", place, say("Nothing says which region a record is of."), hint)


def _period(shape: RecordsShape, sheet: Sheet) -> Period | None:
    if shape.period is None:
        return None
    period = parse_period(shape.period)
    if period is None:
        message = say("“{text}” cannot be read as a period.", text=shape.period)
        sheet.tell("P106", sheet.place(("records", "period")), message, say("Write a year such as 2019, or 2019年底."))
    return period


def _column(name: str, shape: ColumnShape, sheet: Sheet) -> RecordColumn | None:
    at = ("records", "columns", name)
    for key, means in (("type", Means.NUMBER), ("rounding", Means.NUMBER), ("values", Means.TEXT)):
        if getattr(shape, key) and shape.kind is not means:
            message = say("{key}: is for a column of kind {kind}.", key=key, kind=str(means))
            sheet.tell("P142", sheet.place((*at, key)), message, say("Leave it out, or change kind:."))
            return None
    digits = _digits(shape, at, sheet)
    if shape.rounding not in (None, _HALF_UP):
        message = say("“{text}” is no way of rounding that is known.", text=shape.rounding)
        sheet.tell("P142", sheet.place((*at, "rounding")), message, say("Write rounding: half-up, or leave it out."))
    return RecordColumn(
        name,
        shape.column or name,
        shape.kind,
        digits,
        shape.rounding == _HALF_UP,
        shape.grain,
        tuple(shape.values),
        sheet.place(at),
    )


def _digits(shape: ColumnShape, at: tuple[str, ...], sheet: Sheet) -> Digits | None:
    if shape.type is None:
        if shape.rounding:
            sheet.tell(
                "P142", sheet.place((*at, "rounding")), say("Nothing says to how many decimals is rounded."), _TYPES
            )
        return None
    if shape.type.lower() == "integer":
        return _INTEGER
    found = _DECIMAL.fullmatch(shape.type)
    digits = Digits(int(found[1]), int(found[2])) if found else None
    if digits is None or digits.precision > MOST_DIGITS or digits.scale > digits.precision:
        message = say("“{text}” is no type of numbers.", text=shape.type)
        sheet.tell("P142", sheet.place((*at, "type")), message, _TYPES)
        return None
    return digits
