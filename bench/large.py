"""The large tables of `make bench`: czurban beside the bare scan, in turn, and which of its aims are kept."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from comparison import Comparison, Task, table, told_bounds
from contenders import DUCKDB, SCAN
from goals import goals
from large_data import Recipe
from machine import machine
from results import Results
from tables import markdown

ROWS = 10_000_000
SECONDS = 120


def passed(rounds: int, large: Sequence[int]) -> list[str]:
    """Measure, print what was aimed at and found, and return a sentence for each limit that was passed."""
    both = (SCAN, DUCKDB)
    recipes = [Recipe(ROWS), Recipe(ROWS, dirty=True), Recipe(ROWS, "parquet-decimal"), *map(Recipe, large)]
    plan = [(Task(recipe, both), table(recipe)) for recipe in recipes]
    found = Results(machine(), {}, rounds, SECONDS)
    with tempfile.TemporaryDirectory() as folder:
        bounds = Path(folder) / "bounds.json"
        bounds.write_text(json.dumps(told_bounds(), ensure_ascii=False), encoding="utf-8")
        goes = Comparison(found, bounds)
        goes.warm_up(plan)
        for _ in range(rounds):
            goes.round(plan)
    rows = [one for one in goals(found) if one.measured is not None]
    print("\n" + "\n".join(markdown(("aim", "measured", "at most"), [one.told for one in rows], numbers=(1, 2))))
    ended = [f"{one.contender} over {one.table} {one.ended}" for one in found.runs if one.ended]
    return [*ended, *(f"{one.aim}: {one.told[1]} is more than {one.told[2]}" for one in rows if not one.kept)]
