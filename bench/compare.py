"""Measure czurban beside what one would take instead; write benchmarks.json, benchmarks.md and scale.md.

The three files are in docs/explanation.

    python bench/compare.py --large

Whole processes, one after the other: in every round each contender goes once over each table, so that whatever else
the computer does falls on all alike. Who takes long goes once; who takes too long is stopped, and the page says so.
"""

import argparse
import importlib.util
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import comparison
import environments
import pages
import results
import shapes
from contenders import ALL, OF_RECORDS, SCAN, SPARK, Contender
from large_data import FOLDER, Recipe, size_of
from machine import machine

SIZES = ("25", "100K", "1M", "10M")
LARGE = ("50M", "100M")
EVERYBODY = (*ALL, *OF_RECORDS)
KEPT = FOLDER / "results.json"


def here(asked: Sequence[Contender]) -> tuple[list[Contender], Mapping[str, str]]:
    """Who can run, their environments made; and of the others why not, by key."""
    reasons = {one.key: environments.prepare(one.home) for one in asked if one.home}
    if importlib.util.find_spec("pyspark") is None:
        reasons[SPARK.key] = "PySpark is not installed (make .make/spark)"
    elif not os.environ.get("SPARK_REMOTE"):
        reasons[SPARK.key] = "SPARK_REMOTE names no Spark Connect server"
    missing = {key: reason for key, reason in reasons.items() if reason}
    return [one for one in asked if one.key not in missing], missing


def versions(who: Sequence[Contender]) -> dict[str, Mapping[str, str]]:
    """What each contender consists of, by key."""
    own = {one.key: environments.own_versions(*one.packages) for one in who if not one.home}
    return own | {one.key: environments.versions(one.home) for one in who if one.home}


def compare(options: argparse.Namespace) -> results.Results:
    """Run the whole comparison; what was found so far is kept after every round."""
    asked = [one for one in EVERYBODY if not options.only or one.key in {*options.only, SCAN.key}]
    who, missing = here(asked)
    found = results.Results(machine(), versions(who), options.rounds, options.seconds)
    recipes = [one.recipe(size) for one in shapes.SHAPES for size in options.shapes]
    tasks = comparison.tasks(options.sizes, options.large, who, recipes)
    plan = [(task, comparison.table(task.recipe)) for task in tasks]
    for task, path in plan:
        found.tables[task.recipe.label] = [task.recipe.rows, path.stat().st_size]
    greatest = Recipe(max(options.sizes)).label
    found.runs += [results.Runs(greatest, key, ended=f"not here: {reason}") for key, reason in missing.items()]
    with tempfile.TemporaryDirectory() as folder:
        goes = comparison.Comparison(found, Path(folder))
        goes.warm_up(plan)
        for number in range(options.rounds):
            print(f"Round {number + 1} of {options.rounds}", flush=True)
            goes.round(plan)
            results.save(found, KEPT)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, write the pages, and say which limits were kept; the exit code is 0 whatever they are."""
    parser = argparse.ArgumentParser(description="Measure czurban beside what one would take instead.")
    parser.add_argument("-n", "--rounds", type=int, default=5, help="runs of each over each table (default: 5)")
    parser.add_argument("--sizes", nargs="+", type=size_of, default=[size_of(size) for size in SIZES])
    parser.add_argument(
        "--large", nargs="*", type=size_of, default=[], help="sizes beyond, for czurban and DuckDB alone: 50M 100M"
    )
    parser.add_argument(
        "--shapes",
        nargs="*",
        type=size_of,
        default=[size_of("100K")],
        help="sizes of every other shape (default: 100K)",
    )
    parser.add_argument("--seconds", type=float, default=120, help="stop a run after so many (default: 120)")
    parser.add_argument("--only", nargs="+", choices=[one.key for one in EVERYBODY], help="these, and the scan")
    parser.add_argument("--dry", action="store_true", help="keep the results under build/bench; write no page")
    options = parser.parse_args(arguments)
    found = compare(options)
    if not options.dry:
        results.save(found, pages.RESULTS)
        pages.write()
    print(pages.limits(pages.Found(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
