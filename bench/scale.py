"""The page of what a nation would cost: a text with slots, filled with what was measured and what follows from it."""

from pathlib import Path

from contenders import DUCKDB, ROWS, SCAN, SPARK
from figures import median, seconds
from results import Results

TEXT = Path(__file__).with_name("scale-text.md")
COUNTIES, INDICATORS, MONTHS, YEARS = 2_844, 52, 12, 10
NATION = COUNTIES * INDICATORS * MONTHS * YEARS
PERSONS = 1_400_000_000
WORKERS, CORES = 8, 16
# What is taken for granted of a cluster's use of its cores, since none was measured; the page says so.
USE = 0.5
_TEN = 10_000_000
_MINUTE = 60
_NONE = "(not measured)"


def page(found: Results) -> str:
    """The page of docs/scale.md."""
    return TEXT.read_text(encoding="utf-8").format_map(_Slots(slots(found)))


class _Slots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        message = f"bench/scale-text.md has a slot {{{key}}} that bench/scale.py does not fill."
        raise SystemExit(message)


def slots(found: Results) -> dict[str, str]:
    """Every figure of the page, as text."""
    filled = {
        "machine": f"{found.machine['cores']} cores ({found.machine['processor']}), {found.machine['memory']}",
        "nation": f"{NATION:,}",
        "times": f"{NATION / _TEN:.1f}",
        "persons": f"{PERSONS:,}",
        "workers": str(WORKERS),
        "cores": str(WORKERS * CORES),
        "each": str(CORES),
        "use": f"{USE:.0%}",
    }
    for size in ("25", "100K", "1M", "10M", "50M", "100M"):
        for name, key in (("duckdb", DUCKDB.key), ("scan", SCAN.key), ("rows", ROWS.key), ("spark", SPARK.key)):
            filled |= _measured(found, size, name, key)
    return filled | _nation(found) | _cluster(found)


def _measured(found: Results, size: str, name: str, key: str) -> dict[str, str]:
    wall, peak = found.seconds_of(f"{size}-csv", key), found.peak_of(f"{size}-csv", key)
    told = _NONE if wall is None else f"{seconds(wall)} s"
    return {f"{name}_{size}": told, f"{name}_{size}_memory": _NONE if peak is None else f"{peak:.0f} MiB"}


def _nation(found: Results) -> dict[str, str]:
    """The nation's table on this machine: between the runs of 10 and 50 million rows, or in proportion to the first."""
    ten, fifty = (found.seconds_of(f"{size}-csv", DUCKDB.key) for size in ("10M", "50M"))
    if ten is None:
        return {"nation_wall": _NONE, "nation_manner": "not measured"}
    if fifty is None:
        return {"nation_wall": f"{seconds(ten * NATION / _TEN)} s", "nation_manner": "in proportion to 10 million rows"}
    wall = ten + (fifty - ten) * (NATION - _TEN) / (5 * _TEN - _TEN)
    return {"nation_wall": f"{seconds(wall)} s", "nation_manner": "on the line between 10 and 50 million rows"}


def _cluster(found: Results) -> dict[str, str]:
    """What a cluster would take, from the processor seconds of Spark over 10 million rows, or else of DuckDB."""
    spark, duckdb = (found.of("10M-csv", key) for key in (SPARK.key, DUCKDB.key))
    runs = spark or duckdb
    if runs is None:
        return dict.fromkeys(("per_million", "per_million_of", "persons_wall", "persons_cpu", "nation_cluster"), _NONE)
    each = median(runs.cpu) / _TEN
    wall = each * PERSONS / (WORKERS * CORES * USE)
    return {
        "per_million": f"{seconds(each * 1_000_000)} s",
        "per_million_of": "Spark" if spark else "DuckDB",
        "persons_cpu": f"{each * PERSONS / _MINUTE / _MINUTE:.1f} h",
        "persons_wall": f"{wall / _MINUTE:.0f} min",
        "nation_cluster": f"{seconds(each * NATION / (WORKERS * CORES * USE))} s",
    }
