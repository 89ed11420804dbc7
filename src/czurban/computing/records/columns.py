"""Decide how a column of records is read: its values as they are stored, or from their texts."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from czurban.computing.engines.quoting import literal, quoted
from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, say
from czurban.model.formulas.metric import Digits, Means, RecordColumn
from czurban.model.text import nearest

_SIGNED = {"TINYINT": 3, "SMALLINT": 5, "INTEGER": 10, "INT": 10, "BIGINT": 19}
_WHOLE = _SIGNED | {"UTINYINT": 3, "USMALLINT": 5, "UINTEGER": 10, "UBIGINT": 20}
"""The digits of whole numbers."""
_BINARY = frozenset({"FLOAT", "DOUBLE", "REAL"})
_DECIMAL = re.compile(r"DECIMAL\((\d+),\s*(\d+)\)")
_MOMENTS = frozenset({"TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ"})
"""Types of moments, whose year depends on the time zone of the computer that reads them."""
_NUMBER_TEXTS = frozenset({"VARCHAR", "STRING", "TEXT", "HUGEINT", "UHUGEINT"})
_TEXTUAL = _NUMBER_TEXTS | {"DATE", "BOOLEAN"}
_LONGEST = 30
"""The largest number of decimals that an engine rounds reliably."""
_END = "\\z"
"""The end of a text for every engine; for some, `$` also matches before a last line break."""
_PLAIN_ID = "([0-9A-Z]{1,64}|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,64})"
"""An id that is taken as it is: digits and capital letters, a UUID, or a hash. Others are read in Python."""


class ReadColumn(NamedTuple):
    """A column, whether its values are used as they are stored or read from their texts, and the type of its numbers.

    It is `binary` if the numbers are stored as floats.
    """

    column: RecordColumn
    as_stored: bool
    digits: Digits | None = None
    binary: bool = False

    @property
    def rounds(self) -> bool:
        """Whether a number may have more decimals than its type."""
        return self.binary or self.column.rounds


def take(column: RecordColumn, types: Mapping[str, str], place: Place) -> ReadColumn | Finding:
    """Decide how a column is read, or return the finding why it cannot be."""
    stored = types.get(column.column, "").upper()
    values = {"column": column.column, "type": stored, "kind": str(column.means)}
    hint = say("Store it as text, or declare another column.")
    if not stored:
        near = nearest(column.column, types) or tuple(types)[:6]
        message = say("The records have no column “{column}”.", **values)
        hint = say("Did you mean {names}? The columns are declared under records: columns:.", names=" / ".join(near))
    elif column.means is Means.NUMBER:
        return _stored_number(column, stored, place)
    elif stored in _MOMENTS:
        message = say("The column “{column}” holds moments ({type}), whose day depends on the time zone.", **values)
        hint = say("Store the days as dates, or declare another column.")
    elif not (stored in _TEXTUAL or stored in _WHOLE or stored.startswith("TIMESTAMP")):  # 450721.0 is no code
        message = say("The column “{column}” is stored as {type}, which is no {kind}.", **values)
    else:
        return ReadColumn(column, as_stored=column.means is Means.FLAG and stored == "BOOLEAN")
    return finding("S278", place, message, hint)


def _stored_number(column: RecordColumn, stored: str, place: Place) -> ReadColumn | Finding:
    native, binary = _native_digits(stored), stored in _BINARY
    values = {"column": column.column, "type": stored}
    if native is None and not binary and stored not in _NUMBER_TEXTS:
        message = say("The column “{column}” is stored as {type}, which is no number.", **values)
        return finding("S278", place, message, say("Store it as a number or as text, or declare another column."))
    digits = column.digits or native
    if digits is None:
        message = say("“{column}” is stored as {type}, and the digits of its numbers are not declared.", **values)
        if binary:
            message = say(
                "“{column}” holds binary floating-point numbers ({type}), which are not the decimals they look like.",
                **values,
            )
        hint = say("Declare them under records: columns: {column}: type: decimal(12,2), or integer.", **values)
        return finding("S279", place, message, hint)
    fits = native is not None and native.scale <= digits.scale and native.whole <= digits.whole
    return ReadColumn(column, fits, digits, binary)


def _native_digits(stored: str) -> Digits | None:
    if stored in _WHOLE:
        return Digits(_WHOLE[stored], 0)
    match = _DECIMAL.fullmatch(stored)
    return Digits(int(match[1]), int(match[2])) if match else None


def source_text(taken: ReadColumn) -> str:
    """Return the text of a column's value, in SQL."""
    return f"CAST(r.{quoted(taken.column.column)} AS VARCHAR)"


def plain(taken: ReadColumn) -> str:
    """Return the condition, in SQL, that a text is a plain number of the right size, or a plain id.

    A cast keeps every digit then, or rounds half up where decimals may be rounded; tests check this for every engine.
    """
    if taken.column.means is Means.ID:
        return _matches(taken, _PLAIN_ID)
    longer = _long(taken)
    return f"({_exact(taken)} OR {longer})" if longer else _exact(taken)


def rounded(taken: ReadColumn) -> str:
    """Return the condition, in SQL, that a plain number has more decimals than its type; empty where none may have."""
    longer = _long(taken)
    return f"{longer} AND NOT {_exact(taken)}" if longer else ""


def _exact(taken: ReadColumn) -> str:
    """Return the condition, in SQL, that a cast keeps every digit of a number."""
    digits = digits_in(taken)
    whole = f"[0-9]{{1,{digits.whole}}}" if digits.whole else "0"
    decimals = f"(\\.[0-9]{{1,{digits.scale}}}0*)?" if digits.scale else "(\\.0+)?"
    return _matches(taken, f"[+-]?0*{whole}{decimals}")


def _long(taken: ReadColumn) -> str:
    """Return the same for any number of decimals; empty where decimals may not be rounded.

    Rounding up may need one more digit before the point.
    """
    whole = digits_in(taken).whole - 1
    if not taken.rounds or not whole > 0:
        return ""
    return _matches(taken, f"[+-]?0*[0-9]{{1,{whole}}}\\.[0-9]{{1,{_LONGEST}}}")


def _matches(taken: ReadColumn, form: str) -> str:
    return f"REGEXP_MATCHES({source_text(taken)}, {literal('^' + form + _END)})"


def digits_in(taken: ReadColumn) -> Digits:
    """Return the type of a column of numbers."""
    assert taken.digits is not None  # noqa: S101 - only called for numbers
    return taken.digits
