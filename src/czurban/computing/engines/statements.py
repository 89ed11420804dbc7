"""The statements that judge large tables, in the portable part of SQL: they compare and count, and compute nothing."""

from collections.abc import Iterable, Iterator, Sequence

from czurban.computing.engines.engine import Fields, KnownShapes
from czurban.computing.engines.quoting import literal, quoted
from czurban.computing.engines.row_sql import KNOWN, PASSED, SEPARATOR, WHOLE, judged_rows, region_of
from czurban.model.row_outcome import ALWAYS, OTHER_PERIODS

CODE = r"^[0-9]{4,}\z"
"""A region that is its own key: digits alone."""
PLAIN_NAME = r"^[0-9a-z一-龥]+\z"
"""The name of a region that is its own key (see `model.text.key`)."""
GROUP_DIGITS, _BIGINT = 2, 63


def finding_codes(judged: str, number: int, shapes: Sequence[int]) -> str:
    """Select rows that have findings, and those passed by one of these shapes, with their number, cells and codes."""
    passed = f"passed AND shape IN ({', '.join(f'{literal(str(shape))}' for shape in shapes)})" if shapes else "1 = 0"
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


def has_texts(fields: Fields, texts: str) -> str:
    """Return a condition: the region of a row is written in one of these ways."""
    return f"{region_of(fields)} IN (SELECT raw FROM {texts})"


def rows_of_texts(of_view: tuple[str, str], number: int, fields: Fields, cells: str, texts: str) -> str:
    """Select all rows of the regions that are written in one of these ways; of a view with its rows' number."""
    view, row_no = of_view
    return f"""
        SELECT a.region AS region, {number} AS part, r.row_no AS row_no, r.cells AS cells
        FROM (SELECT {region_of(fields)} AS raw, {row_no} AS row_no, {cells} AS cells FROM {quoted(view)}) r
            JOIN {texts} a ON r.raw = a.raw"""


def row_bits(columns: Sequence[str], ends: int) -> str:
    """Return SQL for how many bits a row of a CSV without quotation marks has; so many bytes for each line end."""
    return f"{' + '.join(f'BIT_LENGTH({quoted(column)})' for column in columns)} + {8 * (len(columns) - 1 + ends)}"


def scan(view: str, fields: Fields, known: KnownShapes, bits: str = "") -> str:
    """Count the rows of each region, with the indicators reported and met as bits; odd rows by their key.

    Where a region has more rows than bits an indicator is reported twice; `odd_times` has the bits of those that are
    reported an odd number of times. The bits of odd rows mean nothing. `bits` adds up those of all
    rows, for which it is given SQL.
    """
    passed = "passed AND NOT refused" if known.refuses else "passed"
    region = f"CASE WHEN {passed} THEN '' ELSE region END" if known.passes else "region"
    word = "CASE WHEN sure THEN word ELSE 0 END" if known.words else "CAST(0 AS BIGINT)"
    context = "BIT_OR(context)" if fields.other_periods else "CAST(0 AS BIGINT)"
    size, summed = (f", {bits} AS size", "SUM(size)") if bits else ("", "CAST(0 AS BIGINT)")
    return f"""
        SELECT region, odd, word, COUNT(*) AS n, {summed} AS bits, BIT_OR(bit) AS seen,
            BIT_XOR(bit) AS odd_times,
            BIT_OR(CASE WHEN v BETWEEN low AND high THEN bit ELSE 0 END) AS met, {context} AS context
        FROM (
            SELECT {region} AS region, odd, {word} AS word, bit, v, low, high, context{", size" if bits else ""}
            FROM ({judged_rows(quoted(view), fields, known, size)})
        ) GROUP BY region, odd, word"""


def totals(scanned: str) -> str:
    """Count all rows and their bits by what is known of them: plain (empty), passed by shape (its key), or odd.

    Odd ones have the beginning of their key.
    """
    kind = f"CASE WHEN SUBSTRING(odd, 1, 1) = {PASSED} THEN odd ELSE SUBSTRING(odd, 1, 1) END"
    return f"SELECT kind, SUM(n), SUM(bits) FROM (SELECT {kind} AS kind, n, bits FROM {scanned}) GROUP BY kind"


def seen(scanned: str) -> str:
    """Select the indicators of plain rows, as bits of words."""
    return f"SELECT word, BIT_OR(seen) FROM {scanned} WHERE odd = '' GROUP BY word"


def more_shapes(scanned: str, least: int, most: int) -> str:
    """Select the keys, without the value, of shapes that are not known and have many rows, those with most first.

    How many rows each has is selected with it.
    """
    before_value = f"SUBSTRING(odd, 1, LENGTH(odd) - STRPOS(REVERSE(odd), {SEPARATOR}))"
    rows = f"SELECT {before_value} AS shape, n FROM {scanned} WHERE SUBSTRING(odd, 1, 1) = {WHOLE}"
    return f"""
        SELECT shape, n FROM (SELECT shape, SUM(n) AS n FROM ({rows}) GROUP BY shape)
        WHERE n >= {least} ORDER BY n DESC, shape LIMIT {most}"""


def odd_rows(scanned: str) -> str:
    """Count the rows that Python has to judge by their key."""
    return f"""
        SELECT odd, CAST(SUM(n) AS BIGINT) AS n FROM {scanned}
        WHERE odd <> '' AND SUBSTRING(odd, 1, 1) <> {PASSED} GROUP BY odd"""


_FULL, _HALF = "０１２３４５６７８９．，\u3000", "0123456789., "
_WRITTEN = r"^\x01 *约? *([1-9][0-9]{0,2}(,[0-9]{3}){1,5}|[0-9]{1,20})(\.[0-9]{1,8})? *[万亿%‰㎡A-Za-z一-龥]{0,12} *\z"
"""A number as people write it: full-width digits, separators of thousands, 约 in front, blanks, a unit behind."""
_MOST_SIGNS = 60


def written(scanned: str) -> str:
    """Count the rows that Python has to judge by their key, with the number in the value and what is around it.

    `around` is the shape and the texts before and behind the number, empty where the value is not such a number.
    """
    text = f"CASE WHEN SUBSTRING(odd, 1, 1) = {KNOWN} THEN SUBSTRING(odd, STRPOS(odd, {SEPARATOR})) ELSE '' END"
    wide = f"REGEXP_MATCHES(text, {literal(f'[{_FULL}]')})"
    plain = f"CASE WHEN {wide} THEN TRANSLATE(text, {literal(_FULL)}, {literal(_HALF)}) ELSE text END"
    fits = f"LENGTH(text) <= {_MOST_SIGNS} AND REGEXP_MATCHES(text, {literal(_WRITTEN)})"
    shape = f"SUBSTRING(odd, 2, STRPOS(odd, {SEPARATOR}) - 2)"
    return f"""
        SELECT odd, n, CASE WHEN number <> '' THEN CAST(REPLACE(number, ',', '') AS DECIMAL(28,8)) END AS v,
            CASE WHEN number <> '' THEN {shape} || REPLACE(text, number, {PASSED}) ELSE '' END AS around
        FROM (
            SELECT odd, n, text, CASE WHEN {fits} THEN REGEXP_EXTRACT(text, '[0-9][0-9.,]*', 0) ELSE '' END AS number
            FROM (SELECT odd, n, {plain} AS text FROM (SELECT odd, n, {text} AS text FROM ({odd_rows(scanned)})))
        )"""


def patterns(written_name: str) -> str:
    """Select what is around several numbers."""
    return f"SELECT around FROM {written_name} WHERE around <> '' GROUP BY around HAVING COUNT(*) > 1"


def alike(written_name: str, patterns_name: str) -> str:
    """Select the rows that are judged by what is around their number, and by that alone where there are no bounds."""
    same = "unit, word, counted, seen, bad, silent, refused, context, measure, status, sender, finding_codes"
    return f"""
        SELECT odd, n, w.around AS around, {same}, CASE WHEN sure_low IS NOT NULL THEN v END AS amount,
            CASE WHEN sure_low IS NULL OR v BETWEEN low AND high THEN met ELSE 0 END AS met
        FROM {written_name} w JOIN {patterns_name} p ON w.around = p.around
        WHERE sure_low IS NULL OR v BETWEEN sure_low AND sure_high"""


def unlike(written_name: str, alike_name: str) -> str:
    """Select the keys of all others."""
    return f"SELECT odd, n FROM {written_name} WHERE odd NOT IN (SELECT odd FROM {alike_name})"


def strange(scans: str, known: str, ending: str) -> str:
    """Select how regions are written that the plan may know, or whose text is not the name that it stands for."""
    return f"""
        SELECT DISTINCT raw FROM ({scans}) r LEFT JOIN {known} k ON r.raw = k.name
        WHERE k.name IS NOT NULL OR NOT REGEXP_MATCHES(raw, '{PLAIN_NAME}')
            OR REGEXP_MATCHES(raw, {literal(ending)})"""


def parts(scanned: str, resolved: str) -> str:
    """Select the counts of a scan, its odd rows resolved: a row for each region as written, word and kind of row."""
    return f"""
        SELECT region AS raw, word, n, seen, odd_times, met, CAST(0 AS BIGINT) AS bad, CAST(0 AS BIGINT) AS silent,
            context
        FROM {scanned} WHERE odd = ''
        UNION ALL
        SELECT s.region, t.word, s.n * t.counted, t.seen, CASE WHEN (s.n & 1) <> 0 THEN t.seen ELSE 0 END, t.met, t.bad,
            t.silent, t.context
        FROM {scanned} s JOIN {resolved} t ON s.odd = t.odd WHERE t.word IS NOT NULL AND t.refused = 0"""


def refused(scans: Iterable[tuple[str, str]], names: str) -> str:
    """Select by region and word the indicators of rows that are not used, and that formulas take, as bits.

    `scans` are the names of what was scanned of each file, and of its resolved rows.
    """
    rows = " UNION ALL ".join(
        f"SELECT s.region AS raw, t.word, t.refused FROM {scanned} s JOIN {resolved} t ON s.odd = t.odd"
        " WHERE t.refused <> 0"
        for scanned, resolved in scans
    )
    return f"""
        SELECT COALESCE(a.region, p.raw) AS region, MAX(CASE WHEN a.own THEN 1 ELSE 0 END) = 1 AS own,
            MAX(CASE WHEN a.part THEN 1 ELSE 0 END) = 1 AS part, p.word AS word, BIT_OR(p.refused) AS refused
        FROM ({rows}) p LEFT JOIN {names} a ON p.raw = a.raw GROUP BY COALESCE(a.region, p.raw), p.word"""


def shared(scanned: str, names: str) -> str:
    """Select how regions are written that may have several rows for a word: odd ones, or some under another name."""
    return f"""
        SELECT raw FROM {names} UNION ALL SELECT region FROM {names}
        UNION ALL SELECT region FROM {scanned} WHERE odd <> '' AND SUBSTRING(odd, 1, 1) <> {PASSED}"""


def pairs(parts_: str, names: str, scanned: str = "") -> str:
    """Select one row for each region and word; `again` says that Python has to judge the region.

    With `scanned`, the only scan, the rows of regions that are not among those `shared` are taken as they are.

    It has to where a part of the plan's region has a doubtful figure: its amounts are not compared with the plan's.
    Where a region has more rows than bits an indicator is reported twice, or a row withdraws another: `repeated` are
    the bits of those where this may be. They are only those that are reported twice if none is reported more often:
    then there are as many rows as bits, and one more for each bit that is reported an even number of times.
    """
    coded = f"CASE WHEN REGEXP_MATCHES(region, '{CODE}') THEN SUBSTRING(region, 1, {GROUP_DIGITS}) ELSE '' END"
    again = f"own OR (part AND bad <> 0) OR (context & {ALWAYS}) <> 0"
    several = single = ""
    if scanned:
        several = "WHERE p.raw IN (SELECT raw FROM shared)"
        single = f"""
            UNION ALL
            SELECT region, CAST(NULL AS VARCHAR), FALSE, FALSE, word, n, seen, odd_times, met, 0, 0, context
            FROM {scanned} WHERE odd = '' AND region NOT IN (SELECT raw FROM shared)"""
    return f"""
        SELECT region, COALESCE(family, {coded}) AS family, own, part, word, n, seen, met, bad,
            CASE WHEN {again} THEN TRUE ELSE FALSE END AS again,
            CASE WHEN (silent & seen) <> 0 OR n <> BIT_COUNT(seen) + BIT_COUNT(seen - odd_times) THEN seen
                ELSE seen - odd_times END AS repeated
        FROM (
            SELECT COALESCE(a.region, p.raw) AS region, MAX(a.family) AS family,
                MAX(CASE WHEN a.own THEN 1 ELSE 0 END) = 1 AS own, MAX(CASE WHEN a.part THEN 1 ELSE 0 END) = 1 AS part,
                p.word AS word, SUM(p.n) AS n, BIT_OR(p.seen) AS seen, BIT_XOR(p.odd_times) AS odd_times,
                BIT_OR(p.met) AS met, BIT_OR(p.bad) AS bad, BIT_OR(p.silent) AS silent, BIT_OR(p.context) AS context
            FROM ({parts_}) p LEFT JOIN {names} a ON p.raw = a.raw {several}
            GROUP BY COALESCE(a.region, p.raw), p.word{single}
        )"""


def counted(pairs_name: str, again: str, many: int, step: int) -> str:
    """Count for each family and word how many regions met, missed or cannot be read; bits a step apart have one sum.

    A region that is not judged again has one row for each bit, so that the three exclude each other.
    """
    masks = [(first, sum(1 << bit for bit in range(0, many - first, step))) for first in range(min(step, many))]
    sums = ", ".join(f"SUM(({bits} >> {n}) & {mask})" for n, mask in masks for bits in ("met", "missed", "bad"))
    return f"""
        SELECT family, part, word, {sums}
        FROM (SELECT region, family, part, word, met, seen - met - bad AS missed, bad FROM {pairs_name})
        WHERE region NOT IN (SELECT region FROM {again}) GROUP BY family, part, word"""


def step_of(many: int, most: int) -> int:
    """Return how far apart bits can be counted in one BIGINT, where none is counted more often than `most` times."""
    width = most.bit_length()
    return next(step for step in range(width, 64) if (many - 1) // step * step <= _BIGINT - width)


def counts_of(sums: Sequence[object], many: int, step: int) -> Iterator[int]:
    """Yield the counts in the sums of one family and word: of each bit how many met, missed, cannot be read."""
    for bit in range(many):
        n = bit % step
        yield from (int(str(total)) >> bit - n & (1 << step) - 1 for total in sums[3 * n : 3 * n + 3])


def verdicts(pairs_name: str, again: str) -> str:
    """Select the verdicts of each region that is not judged again, as bits."""
    return f"""
        SELECT region, part, word, seen, met, bad FROM {pairs_name}
        WHERE region NOT IN (SELECT region FROM {again}) ORDER BY region, word"""


def regions(pairs_name: str, again: str, *, one_word: bool) -> str:
    """Count the regions of each family, parts of the plan's region and others."""
    several = "" if one_word else "DISTINCT"
    return f"""
        SELECT family, part, COUNT(*) FROM (SELECT {several} region, family, part FROM {pairs_name})
        WHERE region NOT IN (SELECT region FROM {again}) GROUP BY family, part"""


def not_judged(parts_: str, names: str, again: str) -> str:
    """Count the regions, not those judged again, whose figures of other periods are reported."""
    return f"""
        SELECT COUNT(DISTINCT COALESCE(a.region, p.raw)) FROM ({parts_}) p LEFT JOIN {names} a ON p.raw = a.raw
        WHERE (context & {OTHER_PERIODS}) <> 0 AND COALESCE(a.region, p.raw) NOT IN (SELECT region FROM {again})"""


def not_judged_rows(judged: str, number: int, names: str, again: str) -> str:
    """Select the regions of rows that have such figures, with the number of the row."""
    return f"""
        SELECT COALESCE(a.region, r.region) AS region, r.row_no
        FROM ({judged}) r LEFT JOIN resolved_{number} t ON r.odd = t.odd LEFT JOIN {names} a ON r.region = a.raw
        WHERE (CASE WHEN sure THEN r.context ELSE t.context END & {OTHER_PERIODS}) <> 0
            AND COALESCE(a.region, r.region) NOT IN (SELECT region FROM {again})"""


def ranked(pairs_name: str, again: str, compared: Sequence[tuple[int, int]], most: int) -> str:
    """Select the regions, not those judged again, that miss most targets, and those that meet most.

    `compared` has for each word the bits of the indicators that are compared with a target, in parts of the plan's
    region and in others.
    """
    masks = " ".join(
        f"WHEN word = {word} THEN CASE WHEN part THEN {of_parts} ELSE {of_others} END"
        for word, (of_parts, of_others) in enumerate(compared)
    )
    rows = f"""
        SELECT region, BIT_COUNT(met & mask) AS met, BIT_COUNT((seen - met - bad) & mask) AS missed
        FROM (SELECT region, met, seen, bad, CASE {masks} END AS mask FROM {pairs_name})
        WHERE region NOT IN (SELECT region FROM {again})"""
    if len(compared) > 1:
        rows = f"SELECT region, SUM(met) AS met, SUM(missed) AS missed FROM ({rows}) GROUP BY region"
    first = (
        f"SELECT * FROM (SELECT region, met, missed FROM ({rows}) ORDER BY {order}, region LIMIT {most})"
        for order in ("missed DESC, met", "met DESC, missed")
    )
    return " UNION ALL ".join(first)
