"""Measure the program on small inputs and on tables of every shape; exit 1 if a limit is passed.

Everything is a ratio of runs that went in turn: against what the program stands on, the bare scan of the same file, a
clean table, or a tenth of the rows. What was measured is kept in build/bench/shapes.json; `--write` also puts it into
docs/explanation, and makes the pages from it.
"""

import argparse
import sys
from collections.abc import Sequence

import environments
import pages
import results
import shapes
import small
from contenders import AUTO, SCAN
from large_data import FOLDER, size_of
from machine import machine
from tables import markdown, of_shapes

PARTS = ("small", "shapes")
SECONDS = 12
"""After so many a scan is stopped, and czurban after five times as many (`comparison.OWN_PATIENCE`)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, return the exit code."""
    parser = argparse.ArgumentParser(description="Measure czurban against what it stands on.")
    parser.add_argument("-n", "--count", type=int, default=5, help="pairs for each ratio of small inputs (default: 5)")
    parser.add_argument("--part", choices=PARTS, action="append", help="measure this alone (default: both)")
    parser.add_argument("--large", nargs="*", type=size_of, default=[], help="larger tables besides: 50M 100M")
    parser.add_argument("--rounds", type=int, default=3, help="runs over each table (default: 3)")
    parser.add_argument("--quick", action="store_true", help="no table of more than a million rows")
    parser.add_argument("--write", action="store_true", help="write docs/explanation/shapes.json and the pages too")
    options = parser.parse_args(arguments)
    parts = options.part or PARTS
    versions = {one.key: environments.own_versions(*one.packages) for one in (SCAN, AUTO)}
    found = results.Shapes(results.Results(machine(), versions, options.rounds, SECONDS))
    if "small" in parts:
        found.small = small.measure_all(options.count)
    if "shapes" in parts:
        shapes.measure_all(found.results, options.rounds, options.large, quick=options.quick)
        print("\n" + "\n".join(of_shapes(found)))
        kept = [one.told for one in shapes.goals(found.results) if one.measured is not None]
        print("\n" + "\n".join(markdown(("aim", "measured", "at most"), kept, numbers=(1, 2))))
    results.save_shapes(found, FOLDER / "shapes.json")
    if options.write:
        results.save_shapes(found, pages.SHAPES)
        pages.write()
    passed = passed_limits(found)
    for sentence in passed:
        print(f"Limit passed: {sentence}.", file=sys.stderr)
    return 1 if passed else 0


def passed_limits(found: results.Shapes) -> list[str]:
    """Return a sentence for each limit that was passed."""
    passed = small.passed(found.small)
    if found.results.runs:
        passed += [sentence for one in shapes.measured(found.results) for sentence in one.faults]
    for one in shapes.goals(found.results):
        if one.kept is False:
            passed.append(f"{one.aim}: {one.told[1]} is more than {one.told[2]}")
    ended = [f"{one.contender} over {one.table} {one.ended}" for one in found.results.runs if one.ended]
    return [*passed, *ended]


if __name__ == "__main__":
    sys.exit(main())
