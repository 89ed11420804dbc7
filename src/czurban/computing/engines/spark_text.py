"""Cells of other types as texts, spelled on Spark as other engines and Python spell them."""

from typing import Final

from czurban.computing.engines.spark_sql import text

_BINARY: Final = {"float", "double"}
_ZEROS, _POINT, _POINT_ZERO = r"0+\z", r"\.\z", r"\.0\z"
_PLAIN_ABOVE, _PLAIN_BELOW = -4, 15
"""Powers of ten between which a binary fraction is spelled without an exponent; Java's own are -3 and 6."""


def as_text(cell: str, kind: str) -> str:
    """A cell as text, empty where there is none.

    Args:
        cell: the column as a statement names it.
        kind: its type, as Spark names it.
    """
    said = _fraction(f"CAST({cell} AS STRING)") if kind in _BINARY else f"CAST({cell} AS STRING)"
    return f"COALESCE({said}, '')"


def _fraction(said: str) -> str:
    """The shortest text of a binary fraction, from Java's: 12345678.9 and not 1.23456789E7, 1e+16 and not 1.0E16."""
    power = f"CAST(SUBSTRING_INDEX({said}, 'E', -1) AS INT)"
    plain = _without_zeros(f"CAST(CAST({said} AS DECIMAL(38,21)) AS STRING)")
    digits = f"REGEXP_REPLACE(SUBSTRING_INDEX({said}, 'E', 1), {text(_POINT_ZERO)}, '')"
    with_power = f"CONCAT({digits}, 'e', IF({power} < 0, '-', '+'), IF(ABS({power}) < 10, '0', ''), ABS({power}))"
    words = "WHEN 'NaN' THEN 'nan' WHEN 'Infinity' THEN 'inf' WHEN '-Infinity' THEN '-inf'"
    return (
        f"CASE WHEN INSTR({said}, 'E') = 0 THEN CASE {said} {words} ELSE {said} END "
        f"WHEN {power} BETWEEN {_PLAIN_ABOVE} AND {_PLAIN_BELOW} THEN {plain} ELSE {with_power} END"
    )


def _without_zeros(said: str) -> str:
    """A decimal's text without the zeros at its end, but for one behind the point."""
    shorter = f"REGEXP_REPLACE({said}, {text(_ZEROS)}, '')"
    return f"REGEXP_REPLACE({shorter}, {text(_POINT)}, '.0')"
