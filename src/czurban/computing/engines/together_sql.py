"""Statements on rows that count together: rows of one indicator and region (R6), and figures that formulas need."""

from collections.abc import Mapping, Sequence

from czurban.computing.engines.engine import FormulaPlaces
from czurban.computing.formula_sums import DIGITS, PLACES, TESTS


def figures(judged: str, number: int, names: str, *more: str, only_sure: bool = False, refused: bool = False) -> str:
    """Select the rows that report a figure, or withdraw one, with region, indicator, status, sender, unit and value.

    The value of one that cannot be used is NULL, and so is its unit. With `only_sure` no others report any; with
    `refused` there are those that are refused and whose indicators formulas take, as figures that cannot be used.
    """
    also, bad = (" + t.refused", "t.bad + t.refused") if refused else ("", "t.bad")

    def either(name: str, plain: str, odd: str) -> str:
        return f"{plain} AS {name}" if only_sure else f"CASE WHEN sure THEN {plain} ELSE {odd} END AS {name}"

    chosen = (
        f"COALESCE(a.region, r.region) AS region, {number} AS part",
        either("word", "r.word", "t.word"),
        either("bit", "r.bit", f"t.seen + t.silent{also}"),
        either("status", "r.status", "t.status"),
        either("sender", "r.sender", "t.sender"),
        either("measure", "r.measure", "t.measure"),
        either("v", "r.v", "t.amount"),
        either("met", "CASE WHEN r.v BETWEEN low AND high THEN 1 ELSE 0 END", "CASE WHEN t.met <> 0 THEN 1 ELSE 0 END"),
        either("bad", "0", f"CASE WHEN {bad} <> 0 THEN 1 ELSE 0 END"),
        either("silent", "0", "CASE WHEN t.silent <> 0 THEN 1 ELSE 0 END"),
        *more,
    )
    resolved = "" if only_sure else f"LEFT JOIN resolved_{number} t ON r.odd = t.odd"
    return f"""
        SELECT {", ".join(chosen)}
        FROM ({judged}) r {resolved} LEFT JOIN {names} a ON r.region = a.raw
        WHERE sure{"" if only_sure else f" OR t.seen + t.silent{also} <> 0"}"""


def again(pairs_name: str, refused: str = "") -> str:
    """Select the regions that Python has to judge; the plan's own regions may be among those of refused rows alone."""
    also = f" UNION ALL SELECT region FROM {refused} WHERE own" if refused else ""
    return f"SELECT DISTINCT region FROM (SELECT region FROM {pairs_name} WHERE again{also})"


def repeated_bits(pairs_name: str) -> str:
    """Select the indicators that may be reported several times, as bits, of regions that Python need not judge."""
    return f"""
        SELECT region, word, repeated AS bits FROM {pairs_name}
        WHERE repeated <> 0 AND region NOT IN (SELECT region FROM {pairs_name} WHERE again)"""


_KINDS = {
    "status": ("MIN(CASE WHEN silent = 0 THEN status END)", "MAX(CASE WHEN silent = 0 THEN status END)"),
    "measure": ("MIN(measure)", "MAX(measure)"),
    "sender": ("MIN(NULLIF(sender, 0))", "MAX(sender)"),
}


def kinds(files: int) -> str:
    """Select a name, the least and the largest value of status, unit and sender in the rows of all files."""
    names = ", ".join(_KINDS)
    rows = " UNION ALL ".join(
        f"SELECT {names} FROM shapes_{n} WHERE NOT skipped"
        f" UNION ALL SELECT {names} FROM resolved_{n} WHERE seen <> 0 OR silent <> 0"
        for n in range(files)
    )
    return " UNION ALL ".join(f"SELECT '{name}', MIN({name}), MAX({name}) FROM ({rows})" for name in _KINDS)


def repeated(rows: str, bits: str, constant: Mapping[str, object]) -> str:
    """Put together the rows of each of these indicators of regions that is reported several times.

    `constant` has the value of each of status, unit and sender that is the same in all rows: an engine holds the ends
    of the others for every group.
    """
    ends = {name: (str(constant[name]),) * 2 if name in constant else both for name, both in _KINDS.items()}
    return f"""
        SELECT r.region AS region, r.word AS word, bit, COUNT(*) AS n,
            COUNT(CASE WHEN silent <> 0 THEN 1 END) AS silent,
            {ends["status"][0]} AS status, {ends["status"][1]} AS last_status, CAST(0 AS BIGINT) AS earlier,
            COUNT(CASE WHEN bad <> 0 THEN 1 END) AS bad, MAX(met) AS met, MIN(v) AS low, MAX(v) AS high,
            {ends["measure"][0]} AS measure, {ends["measure"][1]} AS last_measure,
            COALESCE({ends["sender"][0]} <> {ends["sender"][1]}, FALSE) AS several
        FROM ({rows}) r JOIN {bits} g ON r.region = g.region AND r.word = g.word
        WHERE (r.bit & g.bits) <> 0 GROUP BY r.region, r.word, bit HAVING COUNT(*) > 1"""


_ORDERED = "NOT several AND silent = 0 AND status >= 0 AND status <> last_status"


def latest(rows: str, repeats: str) -> str:
    """Select the same, but where rows have different statuses only of those with the latest, and count the others."""
    return f"""
        SELECT * FROM {repeats} WHERE NOT ({_ORDERED})
        UNION ALL
        SELECT r.region AS region, r.word, r.bit, COUNT(*) AS n, CAST(0 AS BIGINT) AS silent,
            MAX(g.last_status) AS status, MAX(g.last_status) AS last_status, MAX(g.n) - COUNT(*) AS earlier,
            SUM(r.bad) AS bad, MAX(r.met) AS met, MIN(v) AS low, MAX(v) AS high, MIN(r.measure) AS measure,
            MAX(r.measure) AS last_measure, FALSE AS several
        FROM ({rows}) r JOIN (SELECT * FROM {repeats} WHERE {_ORDERED}) g
            ON r.region = g.region AND r.word = g.word AND r.bit = g.bit AND r.status = g.last_status
        GROUP BY r.region, r.word, r.bit"""


def merged(repeats: str) -> str:
    """Judge the rows of one indicator together: equal ones count once, and different ones conflict (R6).

    `odd` are those that Python compares: they have different units, or one withdraws another; and `apart` those whose
    region it judges: some value has too many digits, or they are from several senders.
    """
    return f"""
        SELECT region, word, bit, n - silent AS n, status, last_status, odd,
            several OR COALESCE(measure < 0, FALSE) AS apart,
            CASE WHEN met = 1 AND NOT unusable THEN bit ELSE 0 END AS met,
            CASE WHEN unusable THEN bit ELSE 0 END AS bad,
            CASE WHEN conflict AND bad < n THEN 1 ELSE 0 END AS s210,
            CASE WHEN n > 1 AND NOT conflict THEN 1 ELSE 0 END AS s211, earlier AS s216, CAST(0 AS BIGINT) AS s225
        FROM (
            SELECT *, conflict OR bad > 0 AS unusable FROM (
                SELECT *, n > 1 AND (bad > 0 OR COALESCE(low <> high, FALSE)) AS conflict,
                    silent > 0 OR COALESCE(measure <> last_measure, FALSE) OR (bad > 1 AND bad < n) AS odd
                FROM {repeats} WHERE n > silent
            )
        )"""


REPEATS = ("s210", "s211", "s216", "s225")
"""The columns that count the findings on rows of one indicator."""


def with_odd(merged_name: str, judged: str) -> str:
    """Select what is merged, with what Python has judged of it."""
    counts = ", ".join(f"COALESCE(o.{name}, s.{name}) AS {name}" for name in ("met", "bad", *REPEATS))
    return f"""
        SELECT s.region AS region, s.word AS word, s.bit AS bit, n, status, last_status, odd, apart, {counts}
        FROM {merged_name} s LEFT JOIN {judged} o ON s.region = o.region AND s.word = o.word AND s.bit = o.bit"""


def with_merged(pairs_name: str, merged_name: str) -> str:
    """Select the pairs with what was merged about their repeated rows."""
    return f"""
        SELECT p.region AS region, family, own, part, p.word AS word, n, seen, repeated,
            met - (met & COALESCE(bits, 0)) + COALESCE(s_met, 0) AS met,
            bad - (bad & COALESCE(bits, 0)) + COALESCE(s_bad, 0) AS bad,
            CASE WHEN again OR COALESCE(s_apart, 0) = 1 THEN TRUE ELSE FALSE END AS again
        FROM {pairs_name} p LEFT JOIN (
            SELECT region, word, BIT_OR(bit) AS bits, BIT_OR(met) AS s_met, BIT_OR(bad) AS s_bad,
                MAX(CASE WHEN apart THEN 1 ELSE 0 END) AS s_apart
            FROM {merged_name} GROUP BY region, word
        ) s ON p.region = s.region AND p.word = s.word"""


def ordered(repeats: str) -> str:
    """Count the indicators of regions whose rows are ordered by their status."""
    return f"SELECT COUNT(*) FROM {repeats} WHERE {_ORDERED}"


def repeats_counted(merged_name: str, again: str) -> str:
    """Count the findings on rows of one indicator, in the order of REPEATS."""
    sums = ", ".join(f"SUM({name})" for name in REPEATS)
    return f"SELECT {sums} FROM {merged_name} WHERE region NOT IN (SELECT region FROM {again})"


def repeats_with(merged_name: str, again: str, column: str, most: int) -> str:
    """Select the first indicators of regions that have one of the findings: their place, rows, and findings."""
    return f"""
        SELECT region, word, bit, n, {", ".join(REPEATS)} FROM {merged_name}
        WHERE {column} > 0 AND region NOT IN (SELECT region FROM {again})
        ORDER BY region, word, bit{f" LIMIT {most}" if most else ""}"""


def rows_of_repeats(rows: str, wanted: str) -> str:
    """Select the first rows of these indicators of regions, as many as are wanted, in order."""
    return f"""
        SELECT region, word, bit, part, row_no, cells, v, measure, bad, silent FROM (
            SELECT r.region AS region, r.word AS word, r.bit AS bit, part, row_no, cells, v, measure, bad, silent, most,
                ROW_NUMBER() OVER (PARTITION BY r.region, r.word, r.bit ORDER BY part, row_no) AS nth
            FROM ({rows}) r JOIN {wanted} w ON r.region = w.region AND r.word = w.word AND r.bit = w.bit
        ) WHERE nth <= most ORDER BY region, word, bit, part, row_no"""


def figures_of_formulas(pairs_name: str, again_name: str, formulas: Sequence[FormulaPlaces], refused: str = "") -> str:
    """Select by region how often each figure that formulas give or take is reported, and whether it cannot be used.

    `refused` is a table of rows that are not used: their figures cannot be used where no other row reports them. Left
    out are regions that are judged again. Where all figures have one word, the only row of each region has them.
    """
    places = sorted({at for formula in formulas for at in (formula.result, *formula.inputs, *formula.doubted)})
    words = {word for word, _ in places}
    alone = len(words) == 1 and not refused
    has = "CASE WHEN word = {} AND ({} & {}) <> 0 THEN 1 ELSE 0 END"
    columns = []
    for word, bit in places:
        sent, bad, gone = (has.format(word, name, bit) for name in ("seen", "bad", "refused"))
        if refused:
            bad = f"CASE WHEN SUM({sent}) = 0 THEN MAX({gone}) ELSE SUM({bad}) END"
        elif not alone:
            bad = f"SUM({bad})"
        columns += [f"{sent if alone else f'SUM({sent})'} AS {_name('seen', (word, bit))}"]
        columns += [f"{bad} AS {_name('bad', (word, bit))}"]
    rows = pairs_name
    if refused:
        rows = f"""(
            SELECT region, part, word, seen, bad, CAST(0 AS BIGINT) AS refused FROM {pairs_name}
            UNION ALL
            SELECT region, part, word, CAST(0 AS BIGINT), CAST(0 AS BIGINT), refused FROM {refused})"""
    chosen = f"word = {min(words)}" if alone else f"word IN ({', '.join(map(str, sorted(words)))})"
    return f"""
        SELECT {", ".join(["region", "part", *columns])} FROM {rows}
        WHERE {chosen} AND region NOT IN (SELECT region FROM {again_name}){"" if alone else " GROUP BY region, part"}"""


def deriving(formulas: Sequence[FormulaPlaces], summed: int = 0) -> str:
    """Select the regions in which a figure may be given by a formula.

    `gives` are the bits of the formulas among those `summed` that may give one, and `others` says that another may.
    """
    conditions = [*map(_may_give, formulas)]
    of_sums = {n: condition for n, condition in enumerate(conditions) if summed >> n & 1}
    gives = " + ".join(f"CASE WHEN {condition} THEN {1 << n} ELSE 0 END" for n, condition in of_sums.items())
    others = " OR ".join(condition for n, condition in enumerate(conditions) if n not in of_sums)
    return f"""
        SELECT region, part, CAST({gives or "0"} AS BIGINT) AS gives,
            CASE WHEN {others or "1 = 0"} THEN TRUE ELSE FALSE END AS others
        FROM of_formulas WHERE {" OR ".join(conditions)}"""


MULTIPLES = {"part": "BOOLEAN", **dict.fromkeys(("formula", "word", "bit", "measure", "term", *TESTS), "BIGINT")}
LEAST = {
    "part": "BOOLEAN",
    **dict.fromkeys(("formula", "word", "bit", "terms"), "BIGINT"),
    **dict.fromkeys(TESTS, "DECIMAL(28,8)"),
}
"""The columns of what figures are multiplied by in the sums of formulas, and of what the sums have to come to.

`formula` and `term` are the bits of a formula and of a figure in it, `word` and `bit` those of a figure's indicator or
of a formula's result, and `measure` is the number of a figure's unit.
"""
_FIGURE, _SUM = f"DECIMAL({DIGITS + PLACES},{PLACES})", f"DECIMAL(38,{PLACES})"


def results(rows: str, formulas: Sequence[FormulaPlaces]) -> str:
    """Select the results of formulas that their sums decide, of regions that may have some: all are possible.

    Each figure counts once. Python judges formulas of figures that have more digits, or differ in repeated rows.
    """
    at = sorted({places for formula in formulas for places in formula.doubted})
    taken = " OR ".join(f"(word = {word} AND (bit & {bit}) <> 0)" for word, bit in at)
    most = "9" * DIGITS
    sums = ", ".join(f"SUM(x * CAST({test} AS DECIMAL(18,0))) AS {test}" for test in TESTS)
    *sure, low, high = (f"CAST(s.{test} AS {_SUM}) >= CAST(l.{test} AS {_SUM})" for test in TESTS)
    return f"""
        SELECT s.region AS region, s.formula AS formula, l.word AS word, l.bit AS bit,
            CASE WHEN {low} AND {high} THEN l.bit ELSE 0 END AS met, CAST(0 AS BIGINT) AS bad
        FROM (
            SELECT region, f.part AS part, formula, BIT_OR(term) AS terms, {sums}
            FROM (
                SELECT r.region AS region, part, gives, word, bit, MIN(measure) AS measure, MIN(x) AS x
                FROM (
                    SELECT region, word, bit, measure, bad + silent AS unusable, v,
                        CASE WHEN v BETWEEN -{most} AND {most} THEN CAST(v AS {_FIGURE}) END AS x
                    FROM ({rows}) WHERE {taken}
                ) r JOIN may_give d ON r.region = d.region
                GROUP BY r.region, part, gives, word, bit
                HAVING COUNT(*) = SUM(CASE WHEN x = v AND unusable = 0 THEN 1 ELSE 0 END)
                    AND MIN(x) = MAX(x) AND MIN(measure) = MAX(measure)
            ) f JOIN multiples m ON f.word = m.word AND f.bit = m.bit AND f.measure = m.measure AND f.part = m.part
            WHERE (gives & formula) <> 0 GROUP BY region, f.part, formula
        ) s JOIN least l ON s.formula = l.formula AND s.part = l.part AND s.terms = l.terms
        WHERE {" AND ".join(sure)}"""


def given(most: int) -> str:
    """Select the results of the regions in which sums decide about every formula that may give one.

    Left out are the first so many regions, whose findings may be listed.
    """
    return f"""
        SELECT region, word, bit, met, bad FROM results WHERE region IN (
            SELECT d.region AS region
            FROM may_give d JOIN (SELECT region, BIT_OR(formula) AS decided FROM results GROUP BY region) b
                ON d.region = b.region
            WHERE NOT others AND gives = decided
        ) AND region NOT IN (
            SELECT region FROM (SELECT DISTINCT region FROM results) ORDER BY region LIMIT {most}
        )"""


def with_derived(pairs_name: str, derived: str) -> str:
    """Select the pairs with the figures that formulas give, none of which is reported."""
    return f"""
        SELECT p.region AS region, family, own, part, p.word AS word, n, seen + COALESCE(bits, 0) AS seen, repeated,
            met + COALESCE(d_met, 0) AS met, bad + COALESCE(d_bad, 0) AS bad, again
        FROM {pairs_name} p LEFT JOIN (
            SELECT region, word, BIT_OR(bit) AS bits, BIT_OR(met) AS d_met, BIT_OR(bad) AS d_bad
            FROM {derived} GROUP BY region, word
        ) d ON p.region = d.region AND p.word = d.word"""


def _may_give(formula: FormulaPlaces) -> str:
    """Return a condition: the formula's own figure is not reported, and those it takes are, or cannot be used."""
    joint = " OR " if formula.any_input else " AND "
    taken = joint.join(f"{_name('seen', at)} > 0" for at in formula.inputs) or "1 = 0"
    unusable = " OR ".join(f"{_name('bad', at)} > 0" for at in formula.doubted) or "1 = 0"
    given = f"({taken}) AND NOT ({unusable})" if formula.counted else f"({taken}) OR {unusable}"
    return f"({_name('seen', formula.result)} = 0 AND ({given}))"


def lost(formulas: Sequence[FormulaPlaces]) -> str:
    """Count for each region the figures that cannot be used, for each formula whose own figure is not reported."""
    every = (
        f"CASE WHEN {_name('seen', formula.result)} = 0 THEN {' + '.join(_name('bad', at) for at in formula.doubted)}"
        " ELSE 0 END"
        for formula in formulas
        if formula.counted and formula.doubted
    )
    return f"""
        SELECT * FROM (
            SELECT region, {" + ".join(every) or "0"} AS lost FROM of_formulas
            WHERE region NOT IN (SELECT region FROM deriving)
        ) WHERE lost > 0"""


def _name(bits: str, at: tuple[int, int]) -> str:
    return f"{bits}_{at[0]}_{at[1]}"
