"""Made-up tables of any size, the same at every run: regions × the shipped plan's indicators, or records of persons.

    python bench/large_data.py 10M --form csv --dirty

writes one under build/bench and prints where. No figure in it is real, and no region has such a code.
"""

import argparse
import hashlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import large_sql

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "data" / "targets.yaml"
FOLDER = ROOT / "build" / "bench"
# How a value is written: as text, or as a number of the file's own.
VALUES = {"csv": "text", "parquet-text": "text", "parquet-decimal": "CAST(text AS DECIMAL(18, 4))"}
PERSONS = "parquet-persons"
MAKER = ROOT / "tools" / "example_records.py"
_UNITS = {"K": 1000, "M": 1_000_000}


class Recipe(NamedTuple):
    """Which table: how many rows, in what form, and whether 5 % of its cells are as people write them."""

    rows: int
    form: str = "csv"
    dirty: bool = False

    @property
    def label(self) -> str:
        """Its name in tables and file names, 10M-csv-dirty say."""
        return f"{short(self.rows)}-{self.form}{'-dirty' if self.dirty else ''}"

    @property
    def file_name(self) -> str:
        """The name of its file, which ends as its form does."""
        return f"made-up-{self.label}.{self.form.partition('-')[0]}"


def short(rows: int) -> str:
    """So many rows in few letters: 25, 100K, 10M."""
    for letter, size in reversed(_UNITS.items()):
        if rows >= size and rows % size == 0:
            return f"{rows // size}{letter}"
    return str(rows)


def size_of(text: str) -> int:
    """The number of rows that a size such as 25, 100K or 10M stands for.

    Raises:
        argparse.ArgumentTypeError: it is no size.
    """
    factor = _UNITS.get(text[-1:].upper(), 1)
    digits = text[:-1] if factor > 1 else text
    if not digits.isdecimal() or int(digits) < 1:
        message = f"{text} is no number of rows; write 25, 100K or 10M."
        raise argparse.ArgumentTypeError(message)
    return int(digits) * factor


def make(recipe: Recipe, folder: Path = FOLDER) -> Path:
    """Write the table, unless it is there already, and return its path.

    It stands in a sub-folder named by what makes it, so that a table of another making is never used.

    Raises:
        ValueError: cells as people write them are asked for where the form holds numbers alone.
    """
    if recipe.dirty and recipe.form in {"parquet-decimal", PERSONS}:
        message = "A column of numbers holds no cell as people write it; take parquet-text."
        raise ValueError(message)
    path = folder / _making(recipe) / recipe.file_name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(recipe, path)
    return path


def _making(recipe: Recipe) -> str:
    """Letters that change where what makes the table does."""
    parts = (MAKER,) if recipe.form == PERSONS else (Path(large_sql.__file__), PLAN)
    made_by = b"".join(part.read_bytes() for part in parts) + repr(VALUES).encode()
    return hashlib.sha256(made_by).hexdigest()[:8]


def _write(recipe: Recipe, path: Path) -> None:
    unfinished = path.with_name(f".unfinished-{path.name}")
    if recipe.form == PERSONS:
        subprocess.run([sys.executable, str(MAKER), str(unfinished), "--rows", str(recipe.rows)], check=True)
    else:
        _draw(recipe, unfinished)
    unfinished.rename(path)


def _draw(recipe: Recipe, path: Path) -> None:
    import duckdb  # noqa: PLC0415 - what only asks for labels stays small: its memory is counted to what it starts

    query = large_sql.statement(recipe.rows, large_sql.measured(PLAN), VALUES[recipe.form], dirty=recipe.dirty)
    form = "FORMAT csv, HEADER" if recipe.form == "csv" else "FORMAT parquet, COMPRESSION zstd"
    with duckdb.connect(config={"temp_directory": str(path.parent / "spill")}) as engine:
        engine.execute(f"COPY ({query}) TO '{path}' ({form})")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the tables asked for, print their paths, return the exit code."""
    parser = argparse.ArgumentParser(description="Write made-up tables to measure with. No figure in them is real.")
    parser.add_argument("sizes", nargs="+", type=size_of, help="rows: 25, 100K, 1M, 10M, 50M, 100M")
    parser.add_argument(
        "--form",
        choices=[*VALUES, PERSONS],
        default="csv",
        help="CSV, Parquet with values as text or numbers, or persons",
    )
    parser.add_argument("--dirty", action="store_true", help="5 %% of the cells as people write them")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to (default: build/bench)")
    options = parser.parse_args(arguments)
    for size in options.sizes:
        print(make(Recipe(size, options.form, options.dirty), options.folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
