"""The tables of the benchmark page, in Markdown: what was measured, what was aimed at, and with which versions."""

from collections.abc import Iterable, Sequence

import shapes
from chinese import name, word
from contenders import ALL, AUTO, DUCKDB, OF_RECORDS, RECORDS_SCAN, SCAN, SPARK, Contender, Kind
from figures import Limit, median, seconds
from results import Results, Runs, Shapes

_FORMS = {
    "csv": "CSV",
    "csv-dirty": "CSV, 5 % of the cells as people write them",
    "parquet-text": "Parquet, values as text",
    "parquet-text-dirty": "Parquet, 5 % of the cells as people write them",
    "parquet-decimal": "Parquet, values as decimals",
    "parquet-persons": "Parquet, records of persons",
} | {f"{one.form}{one.shape.label}": f"CSV, {one.title}" for one in shapes.PLAIN}
_DIRTY = {
    "en": "Counts differ here because what is a number does: most tools read neither 6,791 nor １２．３ nor 41%,\n"
    "and compare 1381900 persons with a bound in 万人 as they stand.",
    "zh": "此处计数不同，是因为各工具对数字的认定不同：多数工具读不出 6,791、１２．３ 和 41%，"
    "并将1381900人直接与以万人为单位的界限比较。",
}
_SAME = {True: "the same", False: "others", None: ""}
_KILO, _MEGA = 1_000, 1_000_000


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[int] = ()) -> list[str]:
    """A table's lines; `numbers` are the columns that are set flush right."""
    rules = ["---:" if column in numbers else "---" for column in range(len(head))]
    return [f"| {' | '.join(cells)} |" for cells in (head, rules, *rows)]


def title(label: str, rows: int, size: int, language: str = "en") -> str:
    """The heading of one table: how many rows, in what form, how large."""
    form = word(_FORMS[label.partition("-")[2]], language)
    weight = f"{size / _MEGA:,.0f} MB" if size >= _MEGA else f"{size / _KILO:,.0f} kB"
    return f"{rows:,}行 {form}（{weight}）" if language == "zh" else f"{rows:,} rows of {form} ({weight})"


def measured(results: Results, label: str, language: str = "en") -> list[str]:
    """What everybody took for one table: the quickest first, who did not end last."""
    by_key = {one.key: one for one in (*ALL, *OF_RECORDS)}
    runs = [(by_key[run.contender], run) for run in results.runs if run.table == label]
    runs.sort(key=lambda pair: median(pair[1].wall) if pair[1].wall else float("inf"))
    head = ("", "wall s", "× scan", "CPU s", "MiB", "runs", "kept", "not kept", "not read", "counts as SQL's")
    rows = [_row(results, label, one, run, language) for one, run in runs]
    lines = markdown([word(text, language) for text in head], rows, numbers=range(1, 9))
    return [*lines, "", _DIRTY[language]] if label.endswith("-dirty") else lines


def _row(results: Results, label: str, one: Contender, runs: Runs, language: str) -> list[str]:
    shown = name(one.title, language)
    shown = f"**{shown}**" if one.kind is Kind.OWN else shown
    if not runs.wall:
        return [shown, *[""] * 8, word(runs.ended, language)]
    scan = RECORDS_SCAN if label.endswith("persons") else SCAN
    ratio = results.ratio((label, one.key), (label, scan.key))
    counts = [f"{number:,}" for number in runs.counted] if runs.counted and one is not SCAN else [""] * 3
    notes = [word(text, language) for text in (_SAME[runs.agrees], runs.ended) if text]
    return [
        shown,
        seconds(median(runs.wall)),
        f"{ratio:.2f}" if ratio is not None else "",
        seconds(median(runs.cpu)),
        f"{max(runs.peak):.0f}",
        str(len(runs.wall)),
        *counts,
        ("；" if language == "zh" else "; ").join(notes),
    ]


def limits(aims: Iterable[Limit], language: str = "en") -> list[str]:
    """What was aimed at, and whether it was kept."""
    head = [word(text, language) for text in ("aim", "measured", "at most", "")]
    return markdown(head, [_limit(one, language) for one in aims], numbers=(1, 2))


def of_shapes(found: Shapes, language: str = "en") -> list[str]:
    """What each shape of a million rows took, the worst first; the last column makes the table that was measured."""
    head = ("", "wall s", "scan s", "× scan", "of what is allowed", "MiB", "× a tenth of the rows", "", "table")
    rows = [_shape(one, found.results, language) for one in shapes.measured(found.results)]
    return markdown([word(text, language) for text in head], rows, numbers=range(1, 7))


def _shape(one: shapes.Measured, results: Results, language: str) -> list[str]:
    recipe = one.one.recipe(shapes.ROWS)
    made = f"`bench/large_data.py {' '.join(recipe.words)}`"
    shown = word(one.one.title, language)
    if one.seconds is None or one.scan is None:
        return [shown, *[""] * 6, word(one.ended or "not measured", language), made]
    ratio = results.ratio((recipe.label, AUTO.key), (recipe.label, SCAN.key))
    return [
        shown,
        seconds(one.seconds),
        seconds(one.scan),
        "" if ratio is None else f"{ratio:.2f}",
        f"{one.excess:.0%}",
        "" if one.peak is None else f"{one.peak:.0f}",
        "" if one.growth is None else f"{one.growth:.1f}",
        word("" if one.kept else "**not kept**", language),
        made,
    ]


def of_spark(results: Results, language: str = "en") -> list[str]:
    """What Spark took beside DuckDB, in the order in which they went."""
    head = ("", "rows", "wall s", "× DuckDB", "CPU s", "CPU, × DuckDB", "MiB")
    rows = []
    for runs in results.runs:
        duckdb = results.cpu_of(runs.table, DUCKDB.key) or 1.0
        ratio = (results.seconds_of(runs.table, runs.contender) or 0) / (
            results.seconds_of(runs.table, DUCKDB.key) or 1
        )
        cpu = median(runs.cpu)
        shown = runs.contender.replace(SPARK.key, "Spark").replace(DUCKDB.key, "DuckDB")
        many = f"{results.tables[runs.table][0]:,}"
        times = (f"{ratio:.1f}", seconds(cpu), f"{cpu / duckdb:.1f}", f"{max(runs.peak):.0f}")
        rows.append([shown, many, seconds(median(runs.wall)), *times])
    return markdown([word(text, language) for text in head], rows, numbers=range(1, 7))


def of_small(found: Shapes, language: str = "en") -> list[str]:
    """What small inputs took, the nearest to its limit first."""
    head = ("", "against", "against s", "wall s", "×", "at most", "", "command")
    rows = sorted(found.small, key=lambda row: -row.ratio / row.limit)
    cells = [
        [
            word(row.name, language),
            word(row.against, language),
            seconds(row.first),
            seconds(row.second),
            f"{row.ratio:.2f}",
            f"{row.limit:g}",
            word("" if row.ratio <= row.limit else "**not kept**", language),
            f"`{row.command}`",
        ]
        for row in rows
    ]
    return markdown([word(text, language) for text in head], cells, numbers=range(2, 6))


def _limit(one: Limit, language: str) -> list[str]:
    aim, value, most = one.told
    if language == "zh":
        value, most = (text.replace(" ×", "倍") for text in (value, most))
    verdict = {True: "kept", False: "**not kept**", None: "not measured"}[one.kept]
    return [word(aim, language), value, most, word("reached" if language == "zh" and one.kept else verdict, language)]


def versions(results: Results, language: str = "en") -> list[str]:
    """Which versions stood beside each other."""
    found = [
        (name(one.title, language), results.versions[one.key])
        for one in (*ALL, *OF_RECORDS)
        if one.key in results.versions
    ]
    comma = "、" if language == "zh" else ", "
    told = [
        (shown, comma.join(f"{package} {version}" for package, version in packages.items()))
        for shown, packages in found
    ]
    return markdown(("", word("versions", language)), told)
