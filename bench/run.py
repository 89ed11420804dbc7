"""Measure the program against what it stands on, as ratios, which carry from one computer to the next.

Each ratio is the median over pairs of runs, one of either kind, run in turn (A, B, A, B, …), so that whatever else
the computer does falls on both alike. Exits 1 if a ratio passes its limit.
"""

import argparse
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

import large
from large_data import size_of

ROOT = Path(__file__).resolve().parent.parent
ROWS = 100_000
SEED = 2018
YEARS = range(2014, 2024)

CHECK_LIMIT = 1.7
PLAN_SIZE = 10_000
PLAN_LIMIT = 6.0
LARGE_LIMIT = 33.0
PARTS = ("start", "large")


@dataclass(frozen=True, slots=True)
class Run:
    """A command to be timed, and what it needs in its environment."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    accepted: frozenset[int] = frozenset({0})

    def seconds(self) -> float:
        """Run it once and return how long it took.

        Raises:
            SystemExit: it failed, so that its time would say nothing.
        """
        begin = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *self.arguments],
            env={**os.environ, **self.environment},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        took = time.perf_counter() - begin
        if done.returncode not in self.accepted:
            message = f"{self.name} ended with {done.returncode}:\n{done.stderr.decode('utf-8', 'replace')[-2000:]}"
            raise SystemExit(message)
        return took


@dataclass(frozen=True, slots=True)
class Pair:
    """Two runs timed in turn: the medians of both, and the median of the ratios second / first."""

    first: float
    second: float
    ratio: float


def compare(first: Run, second: Run, count: int) -> Pair:
    """Time two runs in turn, after one of each that does not count (it fills the caches)."""
    first.seconds()
    second.seconds()
    times = [(first.seconds(), second.seconds()) for _ in range(count)]
    return Pair(
        statistics.median(a for a, _ in times),
        statistics.median(b for _, b in times),
        statistics.median(b / a for a, b in times),
    )


def write_large(path: Path, rows: int) -> None:
    """Write a made-up submission: every indicator of the plan, over ten years, with numbers drawn from a fixed seed."""
    plan = yaml.safe_load((ROOT / "data" / "targets.yaml").read_text(encoding="utf-8"))
    indicators = [(str(one["id"]), str(one["name"]), str(one["unit"])) for one in plan["indicators"]]
    draw = random.Random(SEED)  # noqa: S311 -- made-up figures, not secrets
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "指标名称", "完成值", "计量单位", "年份"])
        for _ in range(rows):
            code, name, unit = draw.choice(indicators)
            writer.writerow([code, name, f"{draw.uniform(1, 100):.2f}", unit, draw.choice(YEARS)])


def write_plan(folder: Path, size: int) -> None:
    """Write a made-up plan of so many indicators in one file."""
    lines = ["plan: {title: made-up, region: 某市, period: 2019}", "categories: [甲]", "indicators:"]
    for n in range(1, size + 1):
        lines += [f"  - id: indicator_{n}", f"    no: {n}", f"    name: 第{n}号指标", f"    aliases: [指标{n}号]"]
        lines += ["    category: 甲", "    unit: 万人", "    kind: stock", "    lead: [市公安局]"]
        lines += [f"    baseline: {n}.25", f"    target: ≥{n + 1}", "    deadline: 2019年底", "    cited:"]
        lines += [f"      - {{at: 一, printed: 达到{n + 1}万人}}", f"      - {{at: 附件{n}, printed: {n + 1}}}"]
    (folder / "targets.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "departments.yaml").write_text("departments:\n  - name: 市公安局\n", encoding="utf-8")


def czurban(name: str, *arguments: str, **environment: str) -> Run:
    """A run of the program, by the Python that runs this.

    Exit code 1 is as good as 0: the figures were judged, and not all of them are as they should be.
    """
    return Run(name, ["-m", "czurban", *arguments], {"NO_COLOR": "1", **environment}, frozenset({0, 1}))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, return the exit code."""
    parser = argparse.ArgumentParser(description="Measure czurban against what it stands on.")
    parser.add_argument("-n", "--count", type=int, default=15, help="pairs for each ratio (default: 15)")
    parser.add_argument("--rows", type=int, default=ROWS, help=f"rows of the large submission (default: {ROWS})")
    parser.add_argument("--part", choices=PARTS, action="append", help="measure this alone (default: all)")
    parser.add_argument("--large", nargs="*", type=size_of, default=[], help="larger tables besides: 50M 100M")
    parser.add_argument("--rounds", type=int, default=5, help="runs over each large table (default: 5)")
    options = parser.parse_args(arguments)
    parts = options.part or PARTS
    passed = start_up(int(options.count), int(options.rows)) if "start" in parts else []
    if "large" in parts:
        passed += large.passed(int(options.rounds), options.large)
    for sentence in passed:
        print(f"Limit passed: {sentence}.", file=sys.stderr)
    return 1 if passed else 0


def start_up(count: int, rows: int) -> list[str]:
    """Measure small inputs against what the program stands on; returns a sentence for each limit that was passed."""
    baseline = Run("imports", ["-c", "import typer, yaml, rich.table; from pydantic import BaseModel"])
    figures = "examples/actuals-2018.csv"
    check = czurban("check", "check", figures, "--period", "2018")
    words = "czurban report --dept "
    completion = {"_CZURBAN_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": "3"}

    print(
        f"Medians of {count} pairs. Baseline: a Python that imports typer, yaml, rich.table and pydantic's BaseModel.\n"
    )
    print(f"{'measured':<28}{'against':<14}{'against s':>10}{'this s':>10}{'ratio':>9}   limit")
    passed: list[str] = []

    def row(run: Run, against: Run, limit: float, note: str = "") -> float:
        pair = compare(against, run, count)
        print(
            f"{run.name:<28}{against.name:<14}{pair.first:>10.3f}{pair.second:>10.3f}{pair.ratio:>9.2f}"
            f"   {limit:.2f}{note}",
            flush=True,
        )
        if pair.ratio > limit:
            passed.append(f"{run.name}: {pair.ratio:.2f} is more than {limit:.2f}")
        return pair.ratio

    whole = row(check, baseline, CHECK_LIMIT)
    row(czurban("--version", "--version"), baseline, whole, " (check)")
    row(czurban("--help", "--help"), baseline, whole, " (check)")
    row(czurban("completion", **completion), baseline, whole, " (check)")
    with tempfile.TemporaryDirectory() as folder:
        write_plan(Path(folder), PLAN_SIZE)
        load = "import sys, yaml; yaml.load(open(sys.argv[1], encoding='utf-8'), Loader=yaml.CSafeLoader)"
        loading = Run("YAML load", ["-c", load, f"{folder}/targets.yaml"])
        name = f"validate, {PLAN_SIZE:,} indicators*"
        row(czurban(name, "validate", folder), loading, PLAN_LIMIT)
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "made-up.csv"
        write_large(large, rows)
        name = f"check, {rows:,} rows*"
        row(czurban(name, "check", str(large), "--period", "2018"), baseline, LARGE_LIMIT)
    print(f"\n* Made-up figures (seed {SEED}) for the plan's indicators, {YEARS[0]} to {YEARS[-1]}; none is real.")
    return passed


if __name__ == "__main__":
    sys.exit(main())
