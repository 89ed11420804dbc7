"""How a column is read, by what the metrics say it holds and the type it is stored in."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import say
from czurban.model.metric import Digits, Means, RecordColumn
from czurban.model.place import Place
from czurban.model.text import nearest

_WHOLE = {
    "TINYINT": 3,
    "SMALLINT": 5,
    "INTEGER": 10,
    "INT": 10,
    "BIGINT": 19,
    "UTINYINT": 3,
    "USMALLINT": 5,
    "UINTEGER": 10,
    "UBIGINT": 20,
}
_BINARY = frozenset({"FLOAT", "DOUBLE", "REAL"})
_DECIMAL = re.compile(r"DECIMAL\((\d+),\s*(\d+)\)")
_MOMENTS = frozenset({"TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ"})
"""On New Year's Eve the same moment lies in two years: by the clock of the computer that reads it."""
_SPELLED = frozenset({"VARCHAR", "STRING", "TEXT", "DATE", "HUGEINT", "UHUGEINT", "BOOLEAN"})


class Way(StrEnum):
    """Whether a column's values are taken as they are stored, or from their texts."""

    STORED = "stored"
    TEXT = "text"


class Taken(NamedTuple):
    """A column, how its values are taken, and what type the number has then. `binary` says that it was no decimal."""

    column: RecordColumn
    way: Way
    digits: Digits | None = None
    binary: bool = False

    @property
    def rounds(self) -> bool:
        """Whether a number may have more decimals than are taken."""
        return self.binary or self.column.rounds


def take(column: RecordColumn, types: Mapping[str, str], place: Place) -> Taken | Finding:
    """Settle how a column is read, or tell why it cannot be."""
    stored = types.get(column.column, "").upper()
    if not stored:
        near = nearest(column.column, types) or tuple(types)[:6]
        message = say("The records have no column “{column}”.", column=column.column)
        hint = say("Did you mean {names}? The metrics say it under records: columns:.", names=" / ".join(near))
        return finding("S278", place, message, hint)
    if column.means is Means.NUMBER:
        return _number(column, stored, place)
    if stored in _MOMENTS:
        message = say(
            "The column “{column}” holds moments ({type}), whose day is another one elsewhere.",
            column=column.column,
            type=stored,
        )
        return finding("S278", place, message, say("Store the days as dates, or declare another column."))
    if not _has_text(stored):
        message = say(
            "The column “{column}” is stored as {type}, which is no {kind}.",
            column=column.column,
            type=stored,
            kind=str(column.means),
        )
        return finding("S278", place, message, say("Store it as text, or declare another column."))
    native = column.means is Means.FLAG and stored == "BOOLEAN"
    return Taken(column, Way.STORED if native else Way.TEXT)


def _has_text(stored: str) -> bool:
    """Whether a type has texts that are the same to every engine; 450721.0 is no code of a region."""
    return stored in _SPELLED or stored in _WHOLE or stored.startswith("TIMESTAMP")


def _number(column: RecordColumn, stored: str, place: Place) -> Taken | Finding:
    own = _own_digits(stored)
    binary = stored in _BINARY
    if own is None and not binary and stored not in ("VARCHAR", "STRING", "TEXT", "HUGEINT", "UHUGEINT"):
        message = say(
            "The column “{column}” is stored as {type}, which is no number.", column=column.column, type=stored
        )
        return finding("S278", place, message, say("Store it as a number or as text, or declare another column."))
    if column.digits is None and own is None:
        return _undeclared(column.column, stored, place, binary=binary)
    digits = column.digits or own
    fits = own is not None and digits is not None and own.scale <= digits.scale and own.whole <= digits.whole
    return Taken(column, Way.STORED if fits else Way.TEXT, digits, binary)


def _own_digits(stored: str) -> Digits | None:
    if stored in _WHOLE:
        return Digits(_WHOLE[stored], 0)
    found = _DECIMAL.fullmatch(stored)
    return Digits(int(found[1]), int(found[2])) if found else None


def _undeclared(name: str, stored: str, place: Place, *, binary: bool) -> Finding:
    message = (
        say(
            "“{column}” holds binary floating-point numbers ({type}), which are not the decimals they look like.",
            column=name,
            type=stored,
        )
        if binary
        else say(
            "“{column}” is stored as {type}, and nothing says how many digits its numbers have.",
            column=name,
            type=stored,
        )
    )
    hint = say("Declare them under records: columns: {column}: type: decimal(12,2), or integer.", column=name)
    return finding("S279", place, message, hint)
