"""The statements of the sieve, in the portable part of SQL: rows compared, counted by region, and nothing computed."""

from collections.abc import Mapping, Sequence

from czurban.computing.engines.engine import Against, Fields
from czurban.model import text as safe_text

CANONICAL = r"^ *[+-]?[0-9]{1,20}(\.[0-9]{1,8})? *\z"
"""A number that an engine may take as it stands; all others are read in Python. `\\z` and not `$`, which in Java also
matches before a line end, and no TRIM, which costs as much as reading the number."""
CODE = r"^[0-9]{4,20}\z"
"""A region that is its own key: digits alone."""
GROUP_DIGITS = 2
SEPARATOR, PASSED = "CHR(1)", "CHR(2)"
KNOWN, WHOLE = "CHR(5)", "CHR(6)"
"""How a row's key begins: behind PASSED stands its shape, behind KNOWN its shape and value, behind WHOLE all cells."""

_UNSAFE = rf"[\x00{safe_text.RUNS_PATTERN}]"
_FORMULA, _NUMBER = f"^{safe_text.FORMULA}", rf"^{safe_text.NUMBER}\z"


def cells_of(text: str) -> list[str]:
    """Cells out of one text, as `whole` puts them together."""
    cells = text.split("\x01")
    return [one.replace("\x03\x04", "\x01").replace("\x03\x05", "\x03") for one in cells] if "\x03" in text else cells


def _escaped(text: str) -> str:
    """SQL that takes the separator out of a text; `cells_of` puts it back."""
    return f"REPLACE(REPLACE({text}, CHR(3), CHR(3) || CHR(5)), {SEPARATOR}, CHR(3) || CHR(4))"


def key_of(text: str) -> tuple[int, str] | list[str]:
    """A key that `judged` made, as the number of a known shape and a value, or as all cells of a row."""
    if text[0] == "\x05":
        shape, _, value_ = text[1:].partition("\x01")
        return int(shape), value_
    return cells_of(text[1:])


def quoted(name: str) -> str:
    """A column's name as SQL spells it."""
    return '"' + name.replace('"', '""') + '"'


def spelled(column: str, fields: Fields) -> str:
    """A cell as text; that of an exact column too."""
    exact = fields.exact and column == fields.value
    return f"COALESCE(CAST({quoted(column)} AS VARCHAR), '')" if exact else quoted(column)


def value(fields: Fields) -> str:
    """The value as DECIMAL(28,8), NULL where it is not plain."""
    name = quoted(fields.value)
    if fields.exact:
        return name
    return f"CASE WHEN REGEXP_MATCHES({name}, '{CANONICAL}') THEN CAST({name} AS DECIMAL(28,8)) END"


def judged(view: str, fields: Fields, against: Against, extra: str = "") -> str:
    """Every row of a view beside its shape: `sure`, `passed` over by its shape, or left to Python by its key `odd`.

    The key of a row whose shape is known is short, since an engine sorts millions of them. Of an exact column the text
    is made where it is asked for alone, which is seldom.
    """
    region = quoted(fields.region) if fields.region else "''"
    cells = ", ".join(f"{quoted(column)} AS s{n}" for n, column in enumerate(fields.shape))
    on = " AND ".join(f"r.s{n} = k.k{n}" for n in against.by)
    same = " AND ".join(f"s{n} = k{n}" for n in range(len(fields.shape)) if n not in against.by) or "shape IS NOT NULL"
    passed = f"COALESCE(skipped AND {same} AND v IS NOT NULL, FALSE)" if against.passes else "FALSE"
    when_passed = f"WHEN passed THEN {PASSED} || shape" if against.passes else ""
    text = "COALESCE(CAST(v AS VARCHAR), '')" if fields.exact else "text"
    whole_row = f" || {SEPARATOR} || ".join(map(_escaped, [*_cells(fields), text]))
    return f"""
        SELECT *, CASE WHEN sure THEN '' {when_passed}
            WHEN {same} THEN {KNOWN} || shape || {SEPARATOR} || {text} ELSE {WHOLE} || {whole_row} END AS odd
        FROM (
            SELECT *, COALESCE({same} AND v BETWEEN sure_low AND sure_high, FALSE) AS sure, {passed} AS passed
            FROM (
                SELECT {region} AS region, {cells}, {spelled(fields.value, fields)} AS text, {value(fields)} AS v{extra}
                FROM {quoted(view)}
            ) r LEFT JOIN {quoted(against.table)} k ON {on}
        )"""


def _cells(fields: Fields) -> list[str]:
    return [f"s{n}" for n in range(len(fields.shape))]


def whole(columns: Sequence[str], exact: Sequence[str]) -> str:
    """All cells of a row as one text, in the order of the table's columns."""
    texts = (f"CAST({quoted(one)} AS VARCHAR)" if one in exact else quoted(one) for one in columns)
    return f" || {SEPARATOR} || ".join(f"COALESCE({_escaped(one)}, '')" for one in texts)


def undecided(judged_rows: str) -> str:
    """Rows that are not plain, or passed over, with their number and all their cells."""
    return f"SELECT row_no, cells FROM ({judged_rows}) WHERE NOT sure"


def again_texts(parts_name: str, names: str, again: str) -> str:
    """What was written for each region that has to be looked at again."""
    return f"""
        SELECT * FROM (
            SELECT DISTINCT p.raw AS raw, COALESCE(a.region, p.raw) AS region
            FROM {parts_name} p LEFT JOIN {names} a ON p.raw = a.raw
        ) WHERE region IN (SELECT region FROM {again})"""


def again_rows(view: str, number: int, fields: Fields, cells: str, row_no: str) -> str:
    """All rows of those regions."""
    region = quoted(fields.region) if fields.region else "''"
    return f"""
        SELECT a.region AS region, {number} AS part, {row_no} AS row_no, {cells} AS cells
        FROM {quoted(view)} r JOIN again_texts a ON {region} = a.raw"""


def failures(judged_rows: str, number: int, unit: str, period: str) -> str:
    """Rows that miss their target or cannot be read, of regions that nobody has to look at again."""
    said = f"""{_stated("region")} AS region, i.id AS indicator, {_stated(period)} AS period,
            {_stated("text")} AS value, {_stated(unit)} AS unit"""
    known = "j.region NOT IN (SELECT raw FROM again_texts)"
    return f"""
        SELECT {said}, 'missed' AS verdict, i.bound AS bound, j.row_no AS line
        FROM ({judged_rows}) j JOIN indicators i ON j.word = i.word AND j.bit = i.bit
        WHERE sure AND v NOT BETWEEN low AND high AND {known}
        UNION ALL
        SELECT {said}, CASE WHEN t.bad <> 0 THEN 'unreadable' ELSE 'missed' END, i.bound, j.row_no
        FROM ({judged_rows}) j JOIN settled_{number} t ON j.odd = t.odd
            JOIN indicators i ON t.word = i.word AND t.seen = i.bit
        WHERE NOT sure AND t.met = 0 AND {known}"""


def _stated(text: str) -> str:
    """SQL for what a cell says, NULL for nothing; an apostrophe that `safe_csv` has put in front is none of it."""
    bare = f"TRIM(BOTH ' ' FROM {text})"
    marked = f"SUBSTRING({bare}, 1, 1) = CHR(39) AND REGEXP_MATCHES({bare}, {_text(_FORMULA)})"
    return f"NULLIF(CASE WHEN {marked} THEN SUBSTRING({bare}, 2) ELSE {bare} END, '')"


def safe_csv(statement: str, columns: Mapping[str, str]) -> str:
    """The rows of a statement with its texts as cells of CSV, as `safe_text.spreadsheet_cell` makes them."""
    texts = [name for name, kind in columns.items() if kind == "VARCHAR"]
    visible = ", ".join(f"{_visible(one)} AS {one}" if one in texts else one for one in columns)
    cells = ", ".join(f"{_cell(one)} AS {one}" if one in texts else one for one in columns)
    return f"SELECT {cells} FROM (SELECT {visible} FROM ({statement}))"


def _visible(text: str) -> str:
    """SQL for a text with its unsafe characters shown. Few texts have any, and TRANSLATE costs much."""
    nul = f"CHR(0), {_text(safe_text.sign_for(safe_text.NUL))}"
    lines = f"REPLACE(REPLACE({text}, CHR(13) || CHR(10), CHR(10)), {nul})"
    unsafe = "".join(chr(code) for first, last in safe_text.RUNS for code in range(first, last + 1))
    translated = f"TRANSLATE({lines}, {_text(unsafe)}, {_text(''.join(map(safe_text.sign_for, unsafe)))})"
    return f"CASE WHEN REGEXP_MATCHES({text}, {_text(_UNSAFE)}) THEN {translated} ELSE {text} END"


def _cell(text: str) -> str:
    """SQL for a text with an apostrophe in front where it could be a formula."""
    formula = f"REGEXP_MATCHES({text}, {_text(_FORMULA)}) AND NOT REGEXP_MATCHES({text}, {_text(_NUMBER)})"
    return f"CASE WHEN {formula} THEN CHR(39) || {text} ELSE {text} END"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def elsewhere(judged_rows: str) -> str:
    """How many plain rows of other regions there are, by shape."""
    return f"""
        SELECT shape, COUNT(*) FROM ({judged_rows})
        WHERE passed AND region NOT IN (SELECT raw FROM own_regions) GROUP BY shape"""


def elsewhere_rows(judged_rows: str, shapes: Sequence[int], most: int) -> str:
    """The first of those that have one of these shapes."""
    chosen = ", ".join(f"'{one}'" for one in shapes)
    limit = f" LIMIT {most}" if most else ""
    return f"""
        SELECT row_no, cells FROM ({judged_rows})
        WHERE passed AND region NOT IN (SELECT raw FROM own_regions) AND shape IN ({chosen})
        ORDER BY row_no{limit}"""


def here(judged_rows: str) -> str:
    """All other rows."""
    return f"""
        SELECT row_no, cells FROM ({judged_rows})
        WHERE NOT passed OR region IN (SELECT raw FROM own_regions)"""


def plain_rows(view: str, fields: Fields, against: Against) -> str:
    """The one scan: how many rows of each region are met, of which indicators; odd ones by all that they say.

    A bit stands for an indicator. Where a region has more rows than bits some indicator stands twice. The bits of odd
    rows mean nothing.
    """
    region = "CASE WHEN passed THEN '' ELSE region END" if against.passes else "region"
    word = "CASE WHEN sure THEN word ELSE 0 END" if against.words else "CAST(0 AS BIGINT)"
    return f"""
        SELECT region, odd, word, COUNT(*) AS n, BIT_OR(bit) AS seen,
            BIT_OR(CASE WHEN v BETWEEN low AND high THEN bit ELSE 0 END) AS met
        FROM (
            SELECT {region} AS region, odd, {word} AS word, bit, v, low, high
            FROM ({judged(view, fields, against)})
        ) GROUP BY region, odd, word"""


def parts(sieve: str, settled: str) -> str:
    """What a sieve holds, with its odd rows settled: one row for each region as written, word and kind of row."""
    return f"""
        SELECT region AS raw, word, n, seen, met, CAST(0 AS BIGINT) AS bad, CAST(0 AS BIGINT) AS silent
        FROM {sieve} WHERE odd = ''
        UNION ALL
        SELECT s.region, t.word, s.n * t.counted, t.seen, t.met, t.bad, t.silent
        FROM {sieve} s JOIN {settled} t ON s.odd = t.odd"""


def pairs(parts_name: str, names: str) -> str:
    """One row for each region and word; `again` says that rows in Python have to look at the region."""
    family = f"COALESCE(a.family, SUBSTRING(p.raw, 1, {GROUP_DIGITS}))"
    return f"""
        SELECT *, CASE WHEN own OR n <> BIT_COUNT(seen) OR (silent & seen) <> 0 THEN TRUE ELSE FALSE END AS again
        FROM (
            SELECT COALESCE(a.region, p.raw) AS region, {family} AS family, COALESCE(a.own, FALSE) AS own,
                p.word AS word, SUM(p.n) AS n, BIT_OR(p.seen) AS seen,
                BIT_OR(p.met) AS met, BIT_OR(p.bad) AS bad, BIT_OR(p.silent) AS silent
            FROM {parts_name} p LEFT JOIN {names} a ON p.raw = a.raw
            GROUP BY COALESCE(a.region, p.raw), {family}, COALESCE(a.own, FALSE), p.word
        )"""


def counted(pairs_name: str, again: str, word: int, many: int) -> str:
    """For each family how many regions met, missed or cannot be read, for each indicator of one word in this order.

    A region that nobody has to look at again has one row for each bit, so that the three shut each other out.
    """
    sums = ", ".join(
        f"SUM(CASE WHEN ({bits}) & {1 << bit} <> 0 THEN 1 ELSE 0 END)"
        for bit in range(many)
        for bits in ("met", "seen - met - bad", "bad")
    )
    return f"""
        SELECT family, {sums} FROM {pairs_name}
        WHERE word = {word} AND region NOT IN (SELECT region FROM {again}) GROUP BY family"""


def regions(pairs_name: str, again: str) -> str:
    """For each family how many regions there are."""
    return f"""
        SELECT family, COUNT(*) FROM (SELECT DISTINCT region, family FROM {pairs_name})
        WHERE region NOT IN (SELECT region FROM {again}) GROUP BY family"""
