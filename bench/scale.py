"""The page of what a nation would cost: a text with slots, filled with what was measured and what follows from it."""

from dataclasses import replace
from pathlib import Path

from chinese import word
from contenders import AUTO, DUCKDB, RECORDS, ROWS, SPARK
from figures import seconds
from results import Results

TEXTS = {"en": Path(__file__).with_name("scale-text.md"), "zh": Path(__file__).with_name("scale-text-zh.md")}
COUNTIES, INDICATORS, MONTHS, YEARS = 2_844, 52, 12, 10
NATION = COUNTIES * INDICATORS * MONTHS * YEARS
PERSONS = 1_400_000_000
WORKERS, CORES = 8, 16
# What is taken for granted of a cluster's use of its cores, since none was measured; the page says so.
USE = 0.5
_TEN = 10_000_000
_MINUTE = 60
_NONE = "–"
_SPARK = "spark"
_RECORDS = "10M-parquet-persons"


def page(found: Results, language: str = "en") -> str:
    """The page of docs/explanation/scale.md, or of docs/zh/explanation/scale.md."""
    return TEXTS[language].read_text(encoding="utf-8").format_map(_Slots(slots(found, language)))


def gathered(peers: Results, shapes: Results | None, spark: Results | None) -> Results:
    """Return the runs that the page needs: those of `make bench` where there are such, and those of bench/spark.py."""
    runs = {(one.table, one.contender): one for one in peers.runs}
    tables = dict(peers.tables)
    for one in shapes.runs if shapes else ():
        if one.contender == AUTO.key:
            runs[one.table, DUCKDB.key] = replace(one, contender=DUCKDB.key)
    if spark:
        largest = max(spark.tables, key=lambda label: spark.tables[label][0])
        tables[_SPARK] = spark.tables[largest]
        for one in spark.runs:
            key = SPARK.key if one.contender == f"{SPARK.key} local[2]" else one.contender
            if one.table == largest:
                runs[_SPARK, key] = replace(one, table=_SPARK, contender=key)
    return replace(peers, runs=[*runs.values()], tables=tables)


def _spark_table(found: Results) -> str:
    return _SPARK if found.of(_SPARK, SPARK.key) else "10M-csv"


class _Slots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        message = f"The text of the page has a slot {{{key}}} that bench/scale.py does not fill."
        raise SystemExit(message)


def slots(found: Results, language: str = "en") -> dict[str, str]:
    """Every figure of the page, as text."""
    machine = "{cores}核（{processor}）、{memory}" if language == "zh" else "{cores} cores ({processor}), {memory}"
    filled = {
        "machine": machine.format_map(found.machine),
        "nation": _many(NATION),
        "times": f"{NATION / _TEN:.1f}",
        "persons": _many(PERSONS),
        "workers": str(WORKERS),
        "cores": str(WORKERS * CORES),
        "each": str(CORES),
        "use": f"{USE:.0%}",
    }
    for size in ("25", "100K", "1M", "10M", "50M", "100M"):
        for name, key in (("duckdb", DUCKDB.key), ("rows", ROWS.key), ("spark", SPARK.key)):
            filled[f"{name}_{size}"] = _seconds(found.seconds_of(f"{size}-csv", key))
            told = found.of(f"{size}-csv", key) is not None
            filled[f"{name}_{size}_told"] = word("measured" if told else "not measured yet", language)
            peak = found.peak_of(f"{size}-csv", key)
            filled[f"{name}_{size}_memory"] = _NONE if peak is None else f"{peak:.0f} MiB"
    rows = found.tables.get(_SPARK, [_TEN])[0]
    filled |= {
        "spark_rows": f"{rows:,}",
        "spark_wall": _seconds(found.seconds_of(_spark_table(found), SPARK.key)),
        "spark_duckdb": _seconds(found.seconds_of(_spark_table(found), DUCKDB.key)),
    }
    derived = _nation(found) | _persons(found)
    return filled | derived | {key: word(derived[key], language) for key in ("nation_manner", "records_told")}


def _nation(found: Results) -> dict[str, str]:
    """The nation's table on this machine: between the runs of 10 and 50 million rows, or in proportion to the first."""
    ten, fifty = (found.seconds_of(f"{size}-csv", DUCKDB.key) for size in ("10M", "50M"))
    if ten is None:
        return {"nation_wall": _NONE, "nation_manner": "from nothing"}
    if fifty is None:
        return {"nation_wall": _seconds(ten * NATION / _TEN), "nation_manner": "in proportion to 10 million rows"}
    wall = ten + (fifty - ten) * (NATION - _TEN) / (5 * _TEN - _TEN)
    return {"nation_wall": _seconds(wall), "nation_manner": "on the line between 10 and 50 million rows"}


def _persons(found: Results) -> dict[str, str]:
    """All persons, here and on the cluster, from the run over 10 million and what Spark takes against DuckDB."""
    times = PERSONS / _TEN
    wall, cpu = found.seconds_of(_RECORDS, RECORDS.key), found.cpu_of(_RECORDS, RECORDS.key)
    duckdb, spark = (found.cpu_of(_spark_table(found), key) for key in (DUCKDB.key, SPARK.key))
    factor = spark / duckdb if spark and duckdb else None
    total = cpu * times if cpu else None
    on_spark = total * factor if total and factor else None
    return {
        "records_told": "measured" if wall else "not measured yet",
        "records_10M": _seconds(wall),
        "records_10M_cpu": _seconds(cpu),
        "persons_here": _long(wall * times if wall else None),
        "persons_cpu": _long(total),
        "spark_factor": _NONE if factor is None else f"{factor:.1f}",
        "persons_spark_cpu": _long(on_spark),
        "persons_cluster": _long(on_spark / (WORKERS * CORES * USE) if on_spark else None),
    }


def _seconds(value: float | None) -> str:
    return _NONE if value is None else f"{seconds(value)} s"


def _long(value: float | None) -> str:
    """Seconds as people say long times: no more digits than a reckoning deserves."""
    if value is None:
        return _NONE
    if value < 2 * _MINUTE:
        return f"{value:.0f} s"
    return f"{value / _MINUTE:.0f} min" if value < 2 * _MINUTE * _MINUTE else f"{value / _MINUTE / _MINUTE:.1f} h"


def _many(number: int) -> str:
    return f"{number:,}".replace(",", " ")
