"""What was measured: docs/explanation/benchmarks.json has the runs themselves, from which every figure follows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import figures
from small import Small

FORMAT = 1


@dataclass(slots=True)
class Runs:
    """The runs of one contender over one table, in the order of the rounds; seconds and MiB.

    `ended` says why there are no more of them: empty, or that it was stopped or failed. `counted` are the values that
    keep their bound, those that do not, and those that were not read; `agrees` whether they are SQL's, by indicator.
    """

    table: str
    contender: str
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)
    ended: str = ""
    counted: list[int] = field(default_factory=list)
    agrees: bool | None = None


@dataclass(slots=True)
class Results:
    """All that one comparison found: the machine, versions by contender, tables (rows, bytes) and runs."""

    machine: Mapping[str, str]
    versions: Mapping[str, Mapping[str, str]]
    rounds: int
    seconds: float
    tables: dict[str, list[int]] = field(default_factory=dict)
    runs: list[Runs] = field(default_factory=list)

    def of(self, table: str, contender: str) -> Runs | None:
        """The runs of a contender over a table that came to an end at least once; None where there are none."""
        found = self.find(table, contender)
        return found if found and found.wall else None

    def find(self, table: str, contender: str) -> Runs | None:
        """The runs of a contender over a table, or the note why there are none; None where it was not asked."""
        return next((one for one in self.runs if (one.table, one.contender) == (table, contender)), None)

    def seconds_of(self, table: str, contender: str) -> float | None:
        """The median of the seconds on the clock; None where it was not measured."""
        runs = self.of(table, contender)
        return figures.median(runs.wall) if runs else None

    def cpu_of(self, table: str, contender: str) -> float | None:
        """The median of the seconds of all processors; None where it was not measured."""
        runs = self.of(table, contender)
        return figures.median(runs.cpu) if runs else None

    def peak_of(self, table: str, contender: str) -> float | None:
        """The most memory that any run held, in MiB; None where it was not measured."""
        runs = self.of(table, contender)
        return max(runs.peak) if runs else None

    def ratio(self, one: tuple[str, str], against: tuple[str, str]) -> float | None:
        """How many times the seconds of one are the other's, each a table and a contender, round by round."""
        first, second = self.of(*one), self.of(*against)
        return figures.paired_ratio(first.wall, second.wall) if first and second else None


@dataclass(slots=True)
class Shapes:
    """What `make bench` found: the runs over tables of every shape, and the rows of small inputs."""

    results: Results
    small: Sequence[Small] = ()


def save(results: Results, path: Path) -> None:
    """Write the results as JSON, whole or not at all."""
    _write({"format": FORMAT, **asdict(results)}, path)


def save_shapes(found: Shapes, path: Path) -> None:
    """Write what was found as JSON, whole or not at all."""
    small = [row._asdict() for row in found.small]
    _write({"format": FORMAT, **asdict(found.results), "small": small}, path)


def _write(found: Mapping[str, object], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".unfinished-{path.name}")
    text = json.dumps(found, ensure_ascii=False, indent=1)
    unfinished.write_text(text + "\n", encoding="utf-8", newline="\n")
    unfinished.rename(path)


def load(path: Path) -> Results:
    """Read results that were saved.

    Raises:
        SystemExit: they are of another form, which this cannot read.
    """
    return _read(path)[0]


def load_shapes(path: Path) -> Shapes:
    """Read what was saved of shapes.

    Raises:
        SystemExit: it is of another form, which this cannot read.
    """
    found, small = _read(path)
    return Shapes(found, [Small(**row) for row in small])


def _read(path: Path) -> tuple[Results, Sequence[Mapping[str, Any]]]:
    read = json.loads(path.read_text(encoding="utf-8"))
    if read.pop("format") != FORMAT:
        message = f"{path.name} is of another form; measure again with make bench-peers and make bench."
        raise SystemExit(message)
    small = read.pop("small", [])
    runs: Sequence[Mapping[str, object]] = read.pop("runs")
    return Results(**read, runs=[Runs(**one) for one in runs]), small  # type: ignore[arg-type]
