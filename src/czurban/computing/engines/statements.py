"""The statements that judge large tables, in the portable part of SQL: they compare and count, and compute nothing."""

from collections.abc import Mapping, Sequence

from czurban.computing.engines.engine import Fields, KnownShapes
from czurban.model import text as safe_text

CANONICAL = r"^ *[+-]?[0-9]{1,20}(\.[0-9]{1,8})? *\z"
"""A number that an engine may cast as it is; all others are read in Python. `\\z` and not `$`, which in Java also
matches before a line end, and no TRIM, which costs as much as the cast."""
CODE = r"^[0-9]{4,20}\z"
"""A region that is its own key: digits alone."""
PLAIN_NAME = r"^[0-9a-z一-龥]+\z"
"""The name of a region that is its own key (see `model.text.key`)."""
GROUP_DIGITS = 2
SEPARATOR, PASSED = "CHR(1)", "CHR(2)"
KNOWN, WHOLE = "CHR(5)", "CHR(6)"
"""How the key of a row begins: after PASSED comes its shape, after KNOWN its shape and value, after WHOLE all cells."""

_BLANKS = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
"""Every character that Python strips from a text."""
_UNSAFE = rf"[\x00{safe_text.RUNS_PATTERN}]"
_FORMULA, _NUMBER = f"^{safe_text.FORMULA}", rf"^{safe_text.NUMBER}\z"


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


def quoted(name: str) -> str:
    """Return a name in SQL's quotation marks."""
    return '"' + name.replace('"', '""') + '"'


def _value_text(fields: Fields) -> str:
    name = quoted(fields.value)
    return f"COALESCE(CAST({name} AS VARCHAR), '')" if fields.exact else name


def _value(fields: Fields) -> str:
    """Return SQL for the value as DECIMAL(28,8), NULL where it is not plain."""
    name = quoted(fields.value)
    if fields.exact:
        return name
    return f"CASE WHEN REGEXP_MATCHES({name}, '{CANONICAL}') THEN CAST({name} AS DECIMAL(28,8)) END"


def _region(fields: Fields) -> str:
    return quoted(fields.region) if fields.region else "''"


def judged_rows(rows: str, fields: Fields, known: KnownShapes, extra: str = "") -> str:
    """Select every row of a view or selection with its shape: it is `sure`, `passed` by its shape, or for Python.

    What is for Python has a key, `odd`.

    The key of a row whose shape is known is short, since an engine sorts millions of them. The text of an exact column
    is made only where it is needed, which is seldom.
    """
    cells = ", ".join(f"{quoted(column)} AS s{n}" for n, column in enumerate(fields.shape))
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
                SELECT {_region(fields)} AS region, {cells}, {_value_text(fields)} AS text, {_value(fields)} AS v{extra}
                FROM {rows}
            ) r LEFT JOIN {quoted(known.table)} k ON {on}
        )"""


def whole(columns: Sequence[str], exact: Sequence[str]) -> str:
    """Return SQL for all cells of a row as one text, in the order of the table's columns."""
    texts = (f"CAST({quoted(column)} AS VARCHAR)" if column in exact else quoted(column) for column in columns)
    return f" || {SEPARATOR} || ".join(f"COALESCE({_escaped(text)}, '')" for text in texts)


def finding_codes(judged: str, number: int, shapes: Sequence[int]) -> str:
    """Select rows that have findings, and those passed by one of these shapes, with their number, cells and codes."""
    passed = f"passed AND shape IN ({', '.join(f'{_literal(str(shape))}' for shape in shapes)})" if shapes else "1 = 0"
    return f"""
        SELECT row_no, cells, finding_codes FROM (
            SELECT r.row_no, r.cells, CASE WHEN {passed} THEN r.odd ELSE t.finding_codes END AS finding_codes
            FROM ({judged}) r LEFT JOIN resolved_{number} t ON r.odd = t.odd WHERE NOT sure
        ) WHERE finding_codes <> ''"""


def again_texts(again: str, names: str) -> str:
    """Select how each of these regions is written."""
    return f"""
        SELECT raw, region FROM {names} WHERE region IN (SELECT region FROM {again})
        UNION ALL
        SELECT DISTINCT region AS raw, region FROM {again} WHERE region NOT IN (SELECT raw FROM {names})"""


def of_texts(view: str, fields: Fields, texts: str) -> str:
    """Select the rows of a view whose region is written in one of these ways."""
    return f"(SELECT * FROM {quoted(view)} WHERE {_region(fields)} IN (SELECT raw FROM {texts}))"


def again_rows(view: str, number: int, fields: Fields, cells: str, row_no: str) -> str:
    """Select all rows of the regions that have to be judged again."""
    return f"""
        SELECT a.region AS region, {number} AS part, r.row_no AS row_no, r.cells AS cells
        FROM (SELECT {_region(fields)} AS raw, {row_no} AS row_no, {cells} AS cells FROM {quoted(view)}) r
            JOIN again_texts a ON r.raw = a.raw"""


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
    """Return SQL for the content of a cell, NULL for none, without an apostrophe that `safe_csv` has put in front."""
    bare = _trimmed(text)
    marked = f"SUBSTRING({bare}, 1, 1) = CHR(39) AND REGEXP_MATCHES({bare}, {_literal(_FORMULA)})"
    return f"NULLIF(CASE WHEN {marked} THEN {_trimmed(f'SUBSTRING({bare}, 2)')} ELSE {bare} END, '')"


def _trimmed(text: str) -> str:
    return f"TRIM(BOTH {_literal(_BLANKS)} FROM {text})"


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
    nul = f"CHR(0), {_literal(safe_text.sign_for(safe_text.NUL))}"
    lines = f"REPLACE(REPLACE({text}, CHR(13) || CHR(10), CHR(10)), {nul})"
    unsafe = "".join(chr(code) for first, last in safe_text.RUNS for code in range(first, last + 1))
    translated = f"TRANSLATE({lines}, {_literal(unsafe)}, {_literal(''.join(map(safe_text.sign_for, unsafe)))})"
    return f"CASE WHEN REGEXP_MATCHES({text}, {_literal(_UNSAFE)}) THEN {translated} ELSE {text} END"


def _safe_cell(text: str) -> str:
    """Return SQL for a text with an apostrophe in front where it could be a formula."""
    formula = f"REGEXP_MATCHES({text}, {_literal(_FORMULA)}) AND NOT REGEXP_MATCHES({text}, {_literal(_NUMBER)})"
    return f"CASE WHEN {formula} THEN CHR(39) || {text} ELSE {text} END"


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def elsewhere(judged: str) -> str:
    """Count the plain rows of other regions by shape."""
    return f"""
        SELECT shape, COUNT(*) FROM ({judged})
        WHERE passed AND region NOT IN (SELECT raw FROM own_regions) GROUP BY shape"""


def elsewhere_rows(judged: str, shapes: Sequence[int], most: int) -> str:
    """Select the first of those that have one of these shapes."""
    chosen = ", ".join(f"'{shape}'" for shape in shapes)
    limit = f" LIMIT {most}" if most else ""
    return f"""
        SELECT row_no, cells FROM ({judged})
        WHERE passed AND region NOT IN (SELECT raw FROM own_regions) AND shape IN ({chosen})
        ORDER BY row_no{limit}"""


def here(judged: str) -> str:
    """Select all other rows."""
    return f"""
        SELECT row_no, cells FROM ({judged})
        WHERE NOT passed OR region IN (SELECT raw FROM own_regions)"""


def scan(view: str, fields: Fields, known: KnownShapes) -> str:
    """Count the rows of each region, with the indicators reported and met as bits; odd rows by their key.

    Where a region has more rows than bits an indicator is reported twice; `odd_times` has the bits of those that are
    reported an odd number of times. The bits of odd rows mean nothing.
    """
    region = "CASE WHEN passed THEN '' ELSE region END" if known.passes else "region"
    word = "CASE WHEN sure THEN word ELSE 0 END" if known.words else "CAST(0 AS BIGINT)"
    return f"""
        SELECT region, odd, word, COUNT(*) AS n, BIT_OR(bit) AS seen,
            BIT_XOR(bit) AS odd_times,
            BIT_OR(CASE WHEN v BETWEEN low AND high THEN bit ELSE 0 END) AS met
        FROM (
            SELECT {region} AS region, odd, {word} AS word, bit, v, low, high
            FROM ({judged_rows(quoted(view), fields, known)})
        ) GROUP BY region, odd, word"""


def totals(scanned: str) -> str:
    """Count all rows by what is known of them: plain (empty), passed by their shape (its key), or odd (KNOWN)."""
    kind = f"CASE WHEN odd = '' OR SUBSTRING(odd, 1, 1) = {PASSED} THEN odd ELSE {KNOWN} END"
    return f"SELECT kind, SUM(n) FROM (SELECT {kind} AS kind, n FROM {scanned}) GROUP BY kind"


def odd_rows(scanned: str) -> str:
    """Count the rows that Python has to judge by their key."""
    return f"""
        SELECT odd, CAST(SUM(n) AS BIGINT) FROM {scanned}
        WHERE odd <> '' AND SUBSTRING(odd, 1, 1) <> {PASSED} GROUP BY odd"""


def strange(scans: str, known: str, ending: str) -> str:
    """Select how regions are written that the plan may know, or whose text is not the name that it stands for."""
    return f"""
        SELECT DISTINCT raw FROM ({scans}) r LEFT JOIN {known} k ON r.raw = k.name
        WHERE k.name IS NOT NULL OR NOT REGEXP_MATCHES(raw, '{PLAIN_NAME}')
            OR REGEXP_MATCHES(raw, {_literal(ending)})"""


def parts(scanned: str, resolved: str) -> str:
    """Select the counts of a scan, its odd rows resolved: a row for each region as written, word and kind of row."""
    return f"""
        SELECT region AS raw, word, n, seen, odd_times, met, CAST(0 AS BIGINT) AS bad, CAST(0 AS BIGINT) AS silent,
            CAST(0 AS BIGINT) AS context
        FROM {scanned} WHERE odd = ''
        UNION ALL
        SELECT s.region, t.word, s.n * t.counted, t.seen, CASE WHEN (s.n & 1) <> 0 THEN t.seen ELSE 0 END, t.met, t.bad,
            t.silent, t.context
        FROM {scanned} s JOIN {resolved} t ON s.odd = t.odd WHERE t.word IS NOT NULL"""


def pairs(parts_: str, names: str) -> str:
    """Select one row for each region and word; `again` says that Python has to judge the region.

    It has to where a part of the plan's region has a doubtful figure: its amounts are not compared with the plan's.
    Where a region has more rows than bits an indicator is reported twice, or a row withdraws another: `repeated` are
    the bits of those where this may be. They are only those that are reported twice if none is reported more often:
    then there are as many rows as bits, and one more for each bit that is reported an even number of times.
    """
    coded = f"CASE WHEN REGEXP_MATCHES(region, '{CODE}') THEN SUBSTRING(region, 1, {GROUP_DIGITS}) ELSE '' END"
    again = "own OR (part AND bad <> 0) OR context <> 0"
    return f"""
        SELECT region, COALESCE(family, {coded}) AS family, own, part, word, n, seen, met, bad,
            CASE WHEN {again} THEN TRUE ELSE FALSE END AS again,
            CASE WHEN (silent & seen) <> 0 OR n <> BIT_COUNT(seen) + BIT_COUNT(seen - odd_times) THEN seen
                ELSE seen - odd_times END AS repeated
        FROM (
            SELECT COALESCE(a.region, p.raw) AS region, MAX(a.family) AS family,
                MAX(CASE WHEN a.own THEN 1 ELSE 0 END) = 1 AS own, MAX(CASE WHEN a.part THEN 1 ELSE 0 END) = 1 AS part,
                p.word AS word, SUM(p.n) AS n, BIT_OR(p.seen) AS seen, BIT_XOR(p.odd_times) AS odd_times,
                BIT_OR(p.met) AS met, BIT_OR(p.bad) AS bad, BIT_OR(p.silent) AS silent, MAX(p.context) AS context
            FROM ({parts_}) p LEFT JOIN {names} a ON p.raw = a.raw GROUP BY COALESCE(a.region, p.raw), p.word
        )"""


def again(pairs_name: str) -> str:
    """Select the regions that Python has to judge."""
    return f"SELECT DISTINCT region FROM {pairs_name} WHERE again"


def counted(pairs_name: str, again: str, word: int, many: int) -> str:
    """Count for each family how many regions met, missed or cannot be read, for each indicator of a word in this order.

    A region that is not judged again has one row for each bit, so that the three exclude each other.
    """
    sums = ", ".join(
        f"SUM(CASE WHEN ({bits}) & {1 << bit} <> 0 THEN 1 ELSE 0 END)"
        for bit in range(many)
        for bits in ("met", "seen - met - bad", "bad")
    )
    return f"""
        SELECT family, part, {sums} FROM {pairs_name}
        WHERE word = {word} AND region NOT IN (SELECT region FROM {again}) GROUP BY family, part"""


def verdicts(pairs_name: str, again: str) -> str:
    """Select the verdicts of each region that is not judged again, as bits."""
    return f"""
        SELECT region, part, word, seen, met, bad FROM {pairs_name}
        WHERE region NOT IN (SELECT region FROM {again}) ORDER BY region, word"""


def regions(pairs_name: str, again: str) -> str:
    """Count the regions of each family, parts of the plan's region and others."""
    return f"""
        SELECT family, part, COUNT(*) FROM (SELECT DISTINCT region, family, part FROM {pairs_name})
        WHERE region NOT IN (SELECT region FROM {again}) GROUP BY family, part"""
