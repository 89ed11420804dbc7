"""Tables of ordinary shapes: czurban beside the bare scan of the same file, and over a tenth of the rows."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from comparison import Comparison, Task, table
from contenders import AUTO, SCAN
from figures import Limit
from large_data import Recipe
from large_sql import Shape
from results import Results

ROWS, LESS, MANY = 1_000_000, 100_000, 10_000_000
TIMES, MORE_SECONDS, MEBI, GROWTH = 4.0, 0.5, 400.0, 12.0
"""The most of a table of a million rows: times the scan and seconds besides, MiB, and times a tenth of the rows."""


class ShapeOf(NamedTuple):
    """A shape, its name on the page, and its form."""

    title: str
    shape: Shape = Shape()
    form: str = "csv"

    def recipe(self, rows: int) -> Recipe:
        """The table of so many rows."""
        return Recipe(rows, self.form, self.shape)


SHAPES = (
    ShapeOf("coded regions × 52 indicators"),
    ShapeOf("named regions × 52", Shape(regions="name")),
    ShapeOf("coded regions × 3", Shape(indicators=3)),
    ShapeOf("named regions × 3", Shape(regions="name", indicators=3)),
    ShapeOf("each row its own region", Shape(indicators=1)),
    ShapeOf("1 000 regions × 3, values conflict", Shape(regions="few", indicators=3)),
    ShapeOf("coded regions × 1 000", Shape(indicators=1000)),
    ShapeOf("3 % of the rows twice", Shape(repeats=3)),
    ShapeOf("30 % of the rows twice", Shape(repeats=30)),
    ShapeOf("5 % of the cells dirty", Shape(dirty=5)),
    ShapeOf("50 % of the cells dirty", Shape(dirty=50)),
    ShapeOf("named × 3, 3 % twice, 5 % dirty", Shape(5, 3, "name", 3)),
    ShapeOf("sorted by indicator", Shape(sorted=True)),
    ShapeOf("50 % of the rows of other indicators", Shape(unknown=50)),
    ShapeOf("another number and remark in each row", Shape(remarks=True)),
    ShapeOf("English header", Shape(english=True)),
    ShapeOf("a column a year", Shape(wide=True)),
    ShapeOf("packed CSV", form="csv.gz"),
    ShapeOf("Parquet, values as text", form="parquet-text"),
    ShapeOf("Parquet, values as decimals", form="parquet-decimal"),
)
PLAIN = [one for one in SHAPES if one.form == "csv" and one.shape not in {Shape(), Shape(dirty=5)}]
"""Those of CSV that differ from the tables of all sizes."""
LARGE = (
    ShapeOf("coded regions × 52 indicators"),
    ShapeOf("30 % of the rows twice", Shape(repeats=30)),
    ShapeOf("5 % of the cells dirty", Shape(dirty=5)),
    ShapeOf("Parquet, values as decimals", form="parquet-decimal"),
)
"""Those of ten million rows."""


class Measured(NamedTuple):
    """What one shape of a million rows took: times the scan, what is allowed, MiB, and times a tenth of the rows."""

    one: ShapeOf
    seconds: float | None
    scan: float | None
    peak: float | None
    growth: float | None
    ended: str

    @property
    def excess(self) -> float:
        """How many times what is allowed it took: the worst shape has most."""
        if self.seconds is None or self.scan is None:
            return float("inf")
        return self.seconds / (TIMES * self.scan + MORE_SECONDS)

    @property
    def kept(self) -> bool:
        """Whether all limits are kept."""
        few = (self.peak or 0) < MEBI and (self.growth or 0) <= GROWTH
        return self.excess <= 1 and few

    @property
    def faults(self) -> list[str]:
        """A sentence for each limit that was passed."""
        told = []
        if self.excess > 1:
            took = self.ended or f"{self.seconds:.2f} s, and the scan {self.scan:.2f} s"
            told.append(f"{took}: more than {TIMES:g} times the scan and {MORE_SECONDS:g} s")
        if self.peak and self.peak >= MEBI:
            told.append(f"{self.peak:.0f} MiB are not less than {MEBI:.0f}")
        if self.growth and self.growth > GROWTH:
            told.append(f"{self.growth:.1f} times the time of a tenth of the rows is more than {GROWTH:g}")
        return [f"{self.one.title}, {sentence}" for sentence in told]


def measure_all(found: Results, rounds: int, larger: Sequence[int] = (), *, quick: bool = False) -> None:
    """Let the scan and czurban go over every table, so many times in turn; what they took is added to `found`.

    Args:
        found: where to.
        rounds: how many times.
        larger: sizes of clean tables beside those of ten million rows.
        quick: leave out the tables of more than a million rows.
    """
    recipes = [one.recipe(rows) for one in SHAPES for rows in (LESS, ROWS)]
    recipes += [] if quick else [*(one.recipe(MANY) for one in LARGE), *map(Recipe, larger)]
    plan = [(Task(recipe, (SCAN, AUTO)), table(recipe)) for recipe in recipes]
    for task, path in plan:
        found.tables[task.recipe.label] = [task.recipe.rows, path.stat().st_size]
    with tempfile.TemporaryDirectory() as folder:
        goes = Comparison(found, Path(folder))
        goes.warm_up(plan)
        for _ in range(rounds):
            goes.round(plan)


def measured(found: Results) -> list[Measured]:
    """What each shape took, the worst first."""
    return sorted((_of(found, one) for one in SHAPES), key=lambda one: -one.excess)


def _of(found: Results, one: ShapeOf) -> Measured:
    label, less = one.recipe(ROWS).label, one.recipe(LESS).label
    runs = found.find(label, AUTO.key)
    return Measured(
        one,
        found.seconds_of(label, AUTO.key),
        found.seconds_of(label, SCAN.key),
        found.peak_of(label, AUTO.key),
        found.ratio((label, AUTO.key), (less, AUTO.key)),
        runs.ended if runs else "not measured",
    )


def goals(found: Results) -> Sequence[Limit]:
    """What is aimed at with ten million rows and more, with what was measured of it."""
    clean, twice, dirty, decimal = (one.recipe(MANY).label for one in LARGE)

    def own(label: str, against: str) -> float | None:
        return found.ratio((label, AUTO.key), (against, AUTO.key))

    def scan(label: str) -> float | None:
        return found.ratio((label, AUTO.key), (label, SCAN.key))

    return (
        Limit("10 M rows of CSV, times the bare scan", scan(clean), 2.2, "×"),
        Limit("10 M rows of CSV, memory", found.peak_of(clean, AUTO.key), 400, "MiB"),
        Limit("30 % of the rows twice, times the clean table", own(twice, clean), 2, "×"),
        Limit("5 % of the cells as people write them, times the clean table", own(dirty, clean), 1.5, "×"),
        Limit("10 M rows of Parquet with decimals, times its bare scan", scan(decimal), 3, "×"),
        Limit("50 M rows, times 10 M rows", own("50M-csv", clean), 5.5, "×"),
        Limit("100 M rows, memory", found.peak_of("100M-csv", AUTO.key), 1024, "MiB"),
    )
