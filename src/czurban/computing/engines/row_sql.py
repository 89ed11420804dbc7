"""Select the rows of a large table with their shape and their value, and read the keys of those left to Python."""

import re
from collections.abc import Sequence

from czurban.computing.engines.engine import TEXT, Fields, FreeTexts, KnownShapes
from czurban.computing.engines.quoting import literal, quoted
from czurban.model.row_outcome import Texts

CANONICAL = r"^ *[+-]?[0-9]{1,20}(\.[0-9]{1,8})? *\z"
"""A number that an engine may cast as it is; all others are read in Python. `\\z` and not `$`, which in Java also
matches before a line end, and no TRIM, which costs as much as the cast."""
ANY_NUMBER = "1"
"""What stands for a plain number of another period among the texts of a shape."""
SEPARATOR, PASSED = "CHR(1)", "CHR(2)"
KNOWN, WHOLE = "CHR(5)", "CHR(6)"
"""How the key of a row begins: after PASSED comes its shape, after KNOWN its shape and value, after WHOLE all cells."""


def deciding(shapes: Sequence[Texts], columns: int) -> tuple[int, ...]:
    """Return the one column that differs between all shapes, if there is one, else all: those to join by."""
    for column in range(columns):
        if len({texts[column] for texts in shapes}) == len(shapes):
            return (column,)
    return tuple(range(columns))


def is_canonical(text: str) -> bool:
    """Whether a text is such a number."""
    return re.search(CANONICAL.replace(r"\z", r"\Z"), text) is not None


def cells_of(text: str) -> list[str]:
    """Split a text that `whole` joined into cells."""
    cells = text.split("\x01")
    return [cell.replace("\x03\x04", "\x01").replace("\x03\x05", "\x03") for cell in cells] if "\x03" in text else cells


def _escaped(text: str) -> str:
    """Return SQL that escapes the separator in a text; `cells_of` restores it."""
    return f"REPLACE(REPLACE({text}, CHR(3), CHR(3) || CHR(5)), {SEPARATOR}, CHR(3) || CHR(4))"


def key_of(text: str) -> tuple[int, str] | list[str]:
    """Read a key that `judged_rows` made: the number of a known shape and a value, or all cells of a row."""
    if text[0] == "\x05":
        shape, _, value_ = text[1:].partition("\x01")
        return int(shape), value_
    return cells_of(text[1:])


def _text(fields: Fields) -> str:
    name = quoted(fields.value)
    return f"COALESCE(CAST({name} AS VARCHAR), '')" if fields.exact else name


def _value(fields: Fields) -> str:
    """Return SQL for the value as DECIMAL(28,8), NULL where it is not plain."""
    name = quoted(fields.value)
    if fields.exact:
        return name
    return f"CASE WHEN REGEXP_MATCHES({name}, '{CANONICAL}') THEN CAST({name} AS DECIMAL(28,8)) END"


def region_of(fields: Fields) -> str:
    """Return SQL for the region of a row as written; empty where the table has none."""
    return quoted(fields.region) if fields.region else "''"


def shape_text(column: str, fields: Fields) -> str:
    """Return SQL for a text of a row's shape."""
    name, free = quoted(column), fields.free.get(column)
    if column in fields.other_periods:
        return f"CASE WHEN REGEXP_MATCHES({name}, '{CANONICAL}') THEN '{ANY_NUMBER}' ELSE {name} END"
    if free is None or (free.saying is None and not free.sure):
        return name
    *others, (_, stand_in) = free.stand_ins
    whens = " ".join(f"WHEN REGEXP_MATCHES({name}, {literal(text)}) THEN {literal(other)}" for text, other in others)
    says = f"{free.saying}.{TEXT} IS NOT NULL" if free.saying else ""
    if free.saying is None:
        says = f"NOT REGEXP_MATCHES({name}, {literal(free.sure)})"
    lacks = " AND ".join(f"{quoted(needed)} = ''" for needed in free.needs)
    same = " OR ".join(filter(None, (f"{name} = ''", says, lacks and f"({lacks})")))
    return f"CASE WHEN {same} THEN {name} {whens} ELSE {literal(stand_in)} END"


def with_free_texts(rows: str, fields: Fields) -> str:
    """Return a view or selection joined with the texts that say something, of which there are few."""
    joins = (
        f" LEFT JOIN {free.saying} ON {_alike(f'r.{quoted(column)}', free)} = {free.saying}.{TEXT}"
        for column, free in fields.free.items()
        if free.saying
    )
    return f"{rows} r{''.join(joins)}"


def free_texts(view: str, column: str, free: FreeTexts) -> str:
    """Select the different texts of a column, without those that surely say nothing."""
    name = quoted(column)
    unsure = f" AND NOT REGEXP_MATCHES({name}, {literal(free.sure)})" if free.sure else ""
    return f"SELECT DISTINCT {_alike(name, free)} FROM {quoted(view)} WHERE {name} <> ''{unsure}"


def _alike(name: str, free: FreeTexts) -> str:
    """Return SQL for a text with long numbers that are like one another."""
    if not (numbers := free.long_numbers):
        return name
    same = f"REGEXP_REPLACE({name}, {literal(numbers.number)}, {literal(numbers.stand_in)}, 'g')"
    other = f"LENGTH({name}) > {numbers.most} OR REGEXP_MATCHES({name}, {literal(numbers.unless)})"
    return f"CASE WHEN {other} THEN {name} ELSE {same} END"


def judged_rows(rows: str, fields: Fields, known: KnownShapes, extra: str = "") -> str:
    """Select every row of a view or selection with its shape: it is `sure`, `passed` by its shape, or for Python.

    What is for Python has a key, `odd`.

    The key of a row whose shape is known is short, since an engine sorts millions of them. The text of an exact column
    is made only where it is needed, which is seldom.
    """
    cells = ", ".join(f"{shape_text(column, fields)} AS s{n}" for n, column in enumerate(fields.shape))
    on = " AND ".join(f"r.s{n} = k.k{n}" for n in known.by)
    same = " AND ".join(f"s{n} = k{n}" for n in range(len(fields.shape)) if n not in known.by) or "shape IS NOT NULL"
    passed = f"COALESCE(skipped AND {same} AND v IS NOT NULL, FALSE)" if known.passes else "FALSE"
    when_passed = f"WHEN passed THEN {PASSED} || shape" if known.passes else ""
    text = "COALESCE(CAST(v AS VARCHAR), '')" if fields.exact else "text"
    whole_row = f" || {SEPARATOR} || ".join(map(_escaped, [*(f"s{n}" for n in range(len(fields.shape))), text]))
    return f"""
        SELECT *, CASE WHEN sure THEN '' {when_passed}
            WHEN {same} THEN {KNOWN} || shape || {SEPARATOR} || {text} ELSE {WHOLE} || {whole_row} END AS odd
        FROM (
            SELECT *, COALESCE({same} AND v BETWEEN sure_low AND sure_high, FALSE) AS sure, {passed} AS passed
            FROM (
                SELECT {region_of(fields)} AS region, {cells}, {_text(fields)} AS text, {_value(fields)} AS v{extra}
                FROM {with_free_texts(rows, fields)}
            ) r LEFT JOIN {quoted(known.table)} k ON {on}
        )"""


def whole(columns: Sequence[str], exact: Sequence[str]) -> str:
    """Return SQL for all cells of a row as one text, in the order of the table's columns."""
    texts = (f"CAST({quoted(column)} AS VARCHAR)" if column in exact else quoted(column) for column in columns)
    return f" || {SEPARATOR} || ".join(f"COALESCE({_escaped(text)}, '')" for text in texts)
