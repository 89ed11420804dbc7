"""The statements by which an engine writes the rows that fail."""

from collections.abc import Mapping

from czurban.computing.engines.quoting import literal
from czurban.model import text as safe_text

_BLANKS = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
"""Every character that Python strips from a text."""
_UNSAFE = rf"[\x00{safe_text.RUNS_PATTERN}]"
_FORMULA, _NUMBER = f"^{safe_text.FORMULA}", rf"^{safe_text.NUMBER}\z"


def failures(rows: str, merged_name: str) -> str:
    """Select the rows that miss their target or cannot be read, of regions that are not judged again; repeats once."""
    cells = (
        "region_text, i.id AS id, r.period AS period, r.value AS value, r.unit AS unit, i.bound AS bound, row_no, part"
    )
    of = f"FROM ({rows}) r JOIN indicators i ON r.word = i.word AND r.bit = i.bit"
    same = f"{merged_name} s ON r.region = s.region AND r.word = s.word AND r.bit = s.bit"
    left = "silent = 0 AND r.region NOT IN (SELECT region FROM again)"
    alone = f"LEFT JOIN {same} WHERE s.region IS NULL AND {left}" if merged_name else f"WHERE {left}"
    single = f"SELECT {cells}, r.bad AS bad {of} {alone} AND (r.bad <> 0 OR r.met = 0)"
    together = f"""
        UNION ALL
        SELECT region_text, id, period, value, unit, bound, row_no, part, bad FROM (
            SELECT {cells}, s.bad AS bad,
                ROW_NUMBER() OVER (PARTITION BY r.region, r.word, r.bit ORDER BY r.part, row_no) AS nth
            {of} JOIN {same} WHERE {left} AND (s.status < 0 OR r.status = s.last_status)
                AND (s.bad <> 0 OR s.met = 0)
        ) WHERE nth = 1"""
    return f"""
        SELECT region_text AS region, id AS indicator, period, value, unit,
            CASE WHEN bad <> 0 THEN 'unreadable' ELSE 'missed' END AS verdict, bound, row_no AS line, part
        FROM ({single}{together if merged_name else ""})"""


def failing_cells(period: str) -> tuple[str, ...]:
    """Return SQL for the cells of a row that failures have, the period being the same for all."""
    unit = "NULLIF(CASE WHEN sure THEN r.unit ELSE t.unit END, '')"
    cells = {"region_text": _content("r.region"), "value": _content("text"), "unit": unit, "period": period}
    return tuple(f"{text} AS {name}" for name, text in cells.items())


def _content(text: str) -> str:
    """Return SQL for what is seen of a cell, NULL for nothing, without an apostrophe put in front by `safe_csv`."""
    hidden = f"REGEXP_MATCHES({text}, {literal(f'[{safe_text.INVISIBLE}]')})"
    shown = f"CASE WHEN {hidden} THEN TRANSLATE({text}, {literal(safe_text.INVISIBLE)}, '') ELSE {text} END"
    bare = _trimmed(f"({shown})")
    marked = f"SUBSTRING({bare}, 1, 1) = CHR(39) AND REGEXP_MATCHES({bare}, {literal(_FORMULA)})"
    return f"NULLIF(CASE WHEN {marked} THEN {_trimmed(f'SUBSTRING({bare}, 2)')} ELSE {bare} END, '')"


def _trimmed(text: str) -> str:
    return f"TRIM(BOTH {literal(_BLANKS)} FROM {text})"


def all_failures(rows: str, columns: Mapping[str, str], *, as_text: bool) -> str:
    """Select the failing rows of all files in their order, their texts as cells of CSV or as they are."""
    names = ", ".join(columns)
    cells = safe_csv(rows, columns, ", part") if as_text else rows
    return f"SELECT {names} FROM ({cells}) ORDER BY part, line, indicator, region, value"


def safe_csv(statement: str, columns: Mapping[str, str], more: str = "") -> str:
    """Select the rows of a statement with its texts as cells of CSV, as `safe_text.spreadsheet_cell` makes them.

    `more` are further columns, each after a comma, which stay as they are.
    """
    texts = [name for name, kind in columns.items() if kind == "VARCHAR"]
    visible = ", ".join(f"{_visible(name)} AS {name}" if name in texts else name for name in columns)
    cells = ", ".join(f"{_safe_cell(name)} AS {name}" if name in texts else name for name in columns)
    return f"SELECT {cells}{more} FROM (SELECT {visible}{more} FROM ({statement}))"


def _visible(text: str) -> str:
    """Return SQL for a text with its unsafe characters shown. Few texts have any, and TRANSLATE costs much."""
    nul = f"CHR(0), {literal(safe_text.sign_for(safe_text.NUL))}"
    lines = f"REPLACE(REPLACE({text}, CHR(13) || CHR(10), CHR(10)), {nul})"
    unsafe = "".join(chr(code) for first, last in safe_text.RUNS for code in range(first, last + 1))
    translated = f"TRANSLATE({lines}, {literal(unsafe)}, {literal(''.join(map(safe_text.sign_for, unsafe)))})"
    return f"CASE WHEN REGEXP_MATCHES({text}, {literal(_UNSAFE)}) THEN {translated} ELSE {text} END"


def _safe_cell(text: str) -> str:
    """Return SQL for a text with an apostrophe in front where it could be a formula."""
    formula = f"REGEXP_MATCHES({text}, {literal(_FORMULA)}) AND NOT REGEXP_MATCHES({text}, {literal(_NUMBER)})"
    return f"CASE WHEN {formula} THEN CHR(39) || {text} ELSE {text} END"
