"""One comparison as it goes on: who goes over which table, round by round, and what each counted."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import answers
import environments
import large_sql
import results
from contenders import AUTO, DUCKDB, OF_RECORDS, RECORDS, RECORDS_SCAN, RECORDS_SQL, SCAN, SQL, Contender, Kind
from large_data import MAKER, PERSONS, PLAN, Recipe
from large_sql import Shape
from measuring import Outcome, measure

SLOW = 20.0
_PERSONS = 10_000_000
OWN_PATIENCE = 5
"""How many times as long czurban's own executors may take: what Spark costs on one machine is reckoned with."""
_PIECE = 1 << 24
# No tool tells anybody that it was run, and none draws a progress bar.
QUIET = {"GX_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1", "NO_COLOR": "1", "TQDM_DISABLE": "1"}


class Task(NamedTuple):
    """One table and who goes over it."""

    recipe: Recipe
    who: Sequence[Contender]


def tasks(
    sizes: Sequence[int], large: Sequence[int], who: Sequence[Contender], shapes: Sequence[Recipe] = ()
) -> list[Task]:
    """The tables: CSV of every size, the greatest also dirty and as Parquet; the large ones to scan and judge.

    Args:
        sizes: how many rows.
        large: how many rows of those that few go over.
        who: everybody.
        shapes: more tables, for those who know their columns.
    """
    greatest = max(sizes)
    recipes = [*map(Recipe, sizes), Recipe(greatest, shape=Shape(dirty=5))]
    recipes += [Recipe(greatest, form) for form in ("parquet-text", "parquet-decimal")]
    recipes += [one for one in shapes if one.shape.is_ordinary and one.form in {"csv", "parquet-text"}]
    judges = [one for one in who if one not in {*OF_RECORDS, AUTO}]
    found = [Task(recipe, [one for one in judges if one.takes(recipe.rows, recipe.form)]) for recipe in recipes]
    records = Task(
        Recipe(max(greatest, _PERSONS), PERSONS), [one for one in OF_RECORDS if one in who and MAKER.exists()]
    )
    few = [one for one in who if one.key in {SCAN.key, DUCKDB.key, SQL.key}]
    return [*found, *([records] if records.who else []), *(Task(Recipe(size), few) for size in large)]


def table(recipe: Recipe) -> Path:
    """Make a table by a process of its own, so that its memory is not this one's, and return its path."""
    command = [sys.executable, str(environments.ROOT / "bench" / "large_data.py"), *recipe.words]
    return Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())


def told_bounds(plan: Path = PLAN) -> Sequence[tuple[str, str | None, str | None]]:
    """What a plan asks of each indicator, as peers are told it: name, least, most."""
    bounds = [(one.name, one.bound[0], one.bound[1:]) for one in large_sql.measured(plan)]
    return [(name, end if sign == "≥" else None, end if sign == "≤" else None) for name, sign, end in bounds]


def _into_memory(path: Path) -> None:
    """Read a file through before each run: a system drops what nobody asks for, and the first who asks would wait."""
    with path.open("rb", buffering=0) as stream:
        while stream.read(_PIECE):
            pass


class Comparison:
    """One comparison that goes on: what was found so far, and the reference that counts are held against."""

    def __init__(self, found: results.Results, folder: Path) -> None:
        """Begin one.

        Args:
            found: what is found is added to it.
            folder: where what peers are told of a plan's bounds is written.
        """
        self.found = found
        self._folder = folder
        self._reference: dict[str, answers.Answer] = {}

    def round(self, plan: Sequence[tuple[Task, Path]]) -> None:
        """Let everybody who still runs go once over each table."""
        for task, path in plan:
            for one in task.who:
                runs = self._runs(task.recipe, one)
                if not runs.ended and not (runs.wall and runs.wall[0] > SLOW):
                    self._once(task.recipe, path, one, runs)

    def warm_up(self, plan: Sequence[tuple[Task, Path]]) -> None:
        """Fill the caches: the bare scan over every table, and everybody over the smallest; nothing of it counts."""
        smallest, path = min(plan, key=lambda pair: pair[0].recipe.rows)
        for one in smallest.who:
            measure(self._command(one, smallest.recipe, path), QUIET, environments.ROOT, self.found.seconds)
        for task, path in plan:
            measure(self._command(task.who[0], task.recipe, path), QUIET, environments.ROOT, self.found.seconds)

    def _command(self, one: Contender, recipe: Recipe, path: Path) -> Sequence[str]:
        bounds = self._folder / f"bounds-{recipe.plan.parent.name}.json"
        if not bounds.exists():
            bounds.write_text(json.dumps(told_bounds(recipe.plan), ensure_ascii=False), encoding="utf-8")
        return one.command(path, bounds, None if recipe.plan == PLAN else recipe.plan.parent)

    def _runs(self, recipe: Recipe, one: Contender) -> results.Runs:
        runs = self.found.find(recipe.label, one.key)
        if runs is None:
            runs = results.Runs(recipe.label, one.key)
            self.found.runs.append(runs)
        return runs

    def _once(self, recipe: Recipe, path: Path, one: Contender, runs: results.Runs) -> None:
        _into_memory(path)
        limit = self.found.seconds * (OWN_PATIENCE if one.kind is Kind.OWN else 1)
        outcome = measure(self._command(one, recipe, path), QUIET, environments.ROOT, limit)
        runs.ended = _ended(one, outcome)
        print(f"{recipe.label:<24}{one.title:<26}{outcome.cost.wall:>9.2f} s  {runs.ended}", flush=True)
        if runs.ended:
            return
        for values, value in zip((runs.wall, runs.cpu, runs.peak), outcome.cost, strict=True):
            values.append(round(value, 3))
        if not runs.counted:
            self._count(recipe, one, runs, outcome.printed)

    def _count(self, recipe: Recipe, one: Contender, runs: results.Runs, printed: str) -> None:
        try:
            found = _read(one)(printed)
        except (ValueError, KeyError, TypeError):  # an hour's run does not end for one answer that is none
            runs.ended = "failed: its answer could not be read"
            return
        if recipe.form != PERSONS:
            runs.counted = found.sums
        if one in {SQL, RECORDS_SQL}:
            self._reference[recipe.label] = found
        elif one not in {SCAN, RECORDS_SCAN} and (reference := self._reference.get(recipe.label)):
            runs.agrees = found.counted == reference.counted


def _read(one: Contender) -> Callable[[str], answers.Answer]:
    """What makes an answer of what a contender prints."""
    if one is RECORDS:
        return answers.of_records
    return answers.of_czurban if one.kind is Kind.OWN else answers.of_peer


def _ended(one: Contender, outcome: Outcome) -> str:
    """Why a run does not count; empty where it does."""
    if outcome.stopped:
        return outcome.stopped
    if outcome.code in ({0, 1} if one.kind is Kind.OWN else {0}):
        return ""
    lines = [line for line in outcome.complaint.splitlines() if line.strip()] or [f"exit code {outcome.code}"]
    named = [line for line in lines if re.match(r"[\w.]+: ", line)]  # as Python ends a traceback
    return f"failed: {(named or lines)[-1].strip().replace(str(environments.ROOT), '.')[:100]}"
