"""Small inputs: how long the program takes, as ratios to what it stands on, which carry from one computer to the next.

Each ratio is the median over pairs of runs, one of either kind, run in turn (A, B, A, B, …), so that whatever else
the computer does falls on both alike.
"""

import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import yaml

from large_data import made_up_plan

ROOT = Path(__file__).resolve().parent.parent
SEED = 2018
YEARS = range(2014, 2024)
PLAN_SIZE, FILES, FILE_ROWS, LONG = 10_000, 500, 50, 100_000
CHECK_LIMIT = 1.6
"""The most that a check of 25 rows may take, times a Python that imports what it uses."""
REPORTS = ("text", "markdown", "html", "docx", "xlsx", "json", "csv")
CHECKS = ("sarif", "junit", "github")
_SLOW = 3.0
_FEW = 3


@dataclass(frozen=True, slots=True)
class Run:
    """A command to be timed, and what it needs in its environment."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    accepted: frozenset[int] = frozenset({0})

    @property
    def shown(self) -> str:
        """The command as the page has it."""
        words = list(self.arguments)
        return " ".join(["czurban", *words[2:]] if words[:2] == ["-m", "czurban"] else ["python", *words[:1], "…"])

    def seconds(self) -> float:
        """Run it once and return how long it took.

        Raises:
            SystemExit: it failed, so that its time would say nothing.
        """
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        begin = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *self.arguments],
            env={**kept, **self.environment},
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


class Pair(NamedTuple):
    """Two runs timed in turn: the medians of both, and the median of the ratios second / first."""

    first: float
    second: float
    ratio: float


class Small(NamedTuple):
    """One row of the table: what was measured by which command, against what, and the most that the ratio may be."""

    name: str
    command: str
    against: str
    first: float
    second: float
    ratio: float
    limit: float


class Wanted(NamedTuple):
    """What is to be measured, against what, and the most that the ratio may be."""

    run: Run
    against: Run
    limit: float


def compare(first: Run, second: Run, count: int) -> Pair:
    """Time two runs in turn, after one of each that does not count (it fills the caches); slow ones less often."""
    first.seconds()
    slow = second.seconds() > _SLOW
    times = [(first.seconds(), second.seconds()) for _ in range(min(count, _FEW) if slow else count)]
    return Pair(
        statistics.median(a for a, _ in times),
        statistics.median(b for _, b in times),
        statistics.median(b / a for a, b in times),
    )


def measure_all(count: int) -> list[Small]:
    """Measure every row, print it, and return them."""
    print(f"Medians of {count} pairs (of {_FEW} where one takes more than {_SLOW:g} s).\n")
    print(f"{'measured':<36}{'against':<14}{'against s':>10}{'this s':>10}{'ratio':>9}   limit")
    rows = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        for one in wanted(folder):
            pair = compare(one.against, one.run, count)
            command = one.run.shown.replace(str(folder), "FOLDER").replace(f"{ROOT}/", "")
            rows.append(Small(one.run.name, command, one.against.name, *pair, one.limit))
            row = f"{one.run.name:<36}{one.against.name:<14}{pair.first:>10.3f}{pair.second:>10.3f}{pair.ratio:>9.2f}"
            print(f"{row}   {one.limit:.2f}", flush=True)
    return rows


def passed(rows: Sequence[Small]) -> list[str]:
    """Return a sentence for each limit that was passed."""
    return [f"{row.name}: {row.ratio:.2f} is more than {row.limit:.2f}" for row in rows if row.ratio > row.limit]


def wanted(folder: Path) -> Iterator[Wanted]:
    """Yield what is measured; the inputs that are made for it lie in a folder."""
    imports = Run("imports", ["-c", "import typer, yaml, rich.table; from pydantic import BaseModel"])
    figures = "examples/actuals-2018.csv"
    check = czurban("check, 25 rows", "check", figures, "--period", "2018")
    yield Wanted(check, imports, CHECK_LIMIT)
    yield Wanted(czurban("--version", "--version"), imports, CHECK_LIMIT)
    yield Wanted(czurban("--help", "--help"), imports, CHECK_LIMIT)
    words = {"_CZURBAN_COMPLETE": "complete_bash", "COMP_WORDS": "czurban report --dept ", "COMP_CWORD": "3"}
    yield Wanted(czurban("completion", **words), imports, CHECK_LIMIT)
    for name in REPORTS:
        into = str(folder / f"report.{name}")
        run = czurban(f"report, {name}", "report", figures, "--period", "2018", "-f", name, "-o", into)
        yield Wanted(run, check, 4.0 if name == "docx" else 2.0)
    for name in CHECKS:
        yield Wanted(czurban(f"check, {name}", "check", figures, "--period", "2018", "-f", name), check, 1.5)
    pages = str(folder / "departments")
    every = ("report", figures, "--period", "2018", "--all-depts", "-f", "html", "-o", pages, "--force")
    yield Wanted(czurban("reports of all departments", *every), check, 4.0)
    many = write_many(folder / "many")
    name = f"check, {FILES} files of {FILE_ROWS} rows"
    yield Wanted(czurban(name, "check", str(many), "--period", "2018"), imports, 12.0)
    long = folder / "long.csv"
    write_figures(long, LONG)
    yield Wanted(czurban(f"check, {LONG:,} rows", "check", str(long), "--period", "2018"), imports, 33.0)
    plan = made_up_plan(PLAN_SIZE, folder / "plan").parent
    load = "import sys, yaml; yaml.load(open(sys.argv[1], encoding='utf-8'), Loader=yaml.CSafeLoader)"
    loading = Run("YAML load", ["-c", load, f"{plan}/targets.yaml"])
    yield Wanted(czurban(f"validate, {PLAN_SIZE:,} indicators", "validate", str(plan)), loading, 4.0)
    few = folder / "few.csv"
    few.write_text("指标,年份,数值,单位\n" + "".join(f"第{n}号指标,2019,{n}.5,万人\n" for n in range(1, 26)), "utf-8")
    name = f"check, {PLAN_SIZE:,} indicators"
    yield Wanted(czurban(name, "check", str(few), "--plan", str(plan)), loading, 4.0)


def czurban(name: str, *arguments: str, **environment: str) -> Run:
    """A run of the program, by the Python that runs this.

    Exit code 1 is as good as 0: the figures were judged, and not all of them are as they should be.
    """
    return Run(name, ["-m", "czurban", *arguments], {"NO_COLOR": "1", **environment}, frozenset({0, 1}))


def write_figures(path: Path, rows: int, seed: int = SEED) -> None:
    """Write a made-up submission: every indicator of the plan, over ten years, with numbers drawn from a fixed seed."""
    plan = yaml.safe_load((ROOT / "data" / "targets.yaml").read_text(encoding="utf-8"))
    indicators = [(str(one["id"]), str(one["name"]), str(one["unit"])) for one in plan["indicators"]]
    draw = random.Random(seed)  # noqa: S311 -- made-up figures, not secrets
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "指标名称", "完成值", "计量单位", "年份"])
        for _ in range(rows):
            code, name, unit = draw.choice(indicators)
            writer.writerow([code, name, f"{draw.uniform(1, 100):.2f}", unit, draw.choice(YEARS)])


def write_many(folder: Path) -> Path:
    """Write many small submissions into a folder."""
    folder.mkdir()
    for number in range(FILES):
        write_figures(folder / f"{number:03}.csv", FILE_ROWS, SEED + number)
    return folder
