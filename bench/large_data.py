"""Made-up tables of any size, the same at every run: regions × the shipped plan's indicators, or records of persons.

    python bench/large_data.py 10M --form csv --dirty 5

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
from large_sql import Shape

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "data" / "targets.yaml"
FOLDER = ROOT / "build" / "bench"
# How a value is written: as text, or as a number of the file's own.
VALUES = {"csv": "text", "csv.gz": "text", "parquet-text": "text", "parquet-decimal": "CAST(text AS DECIMAL(18, 4))"}
PERSONS = "parquet-persons"
MAKER = ROOT / "tools" / "example_records.py"
_UNITS = {"K": 1000, "M": 1_000_000}


class Recipe(NamedTuple):
    """Which table: how many rows, in what form, and how they differ from clean ones."""

    rows: int
    form: str = "csv"
    shape: Shape = Shape()

    @property
    def label(self) -> str:
        """Its name in tables and file names, 10M-csv-dirty say."""
        return f"{short(self.rows)}-{self.form}{self.shape.label}"

    @property
    def file_name(self) -> str:
        """The name of its file, which ends as its form does."""
        return f"made-up-{self.label.replace('.gz', '')}.{self.form.partition('-')[0]}"

    @property
    def words(self) -> list[str]:
        """What makes it, as the words behind `python bench/large_data.py`."""
        shape, usual = self.shape, Shape()
        words = [short(self.rows)]
        words += ["--form", self.form] if self.form != "csv" else []
        words += [
            word for name, value in shape._asdict().items() for word in _option(name, value, getattr(usual, name))
        ]
        return words

    @property
    def plan(self) -> Path:
        """The file of the plan whose indicators it has: the shipped one, or a made-up one of so many indicators."""
        return PLAN if self.shape.indicators <= Shape().indicators else made_up_plan(self.shape.indicators)


def _option(name: str, value: object, usual: object) -> list[str]:
    if value == usual:
        return []
    return [f"--{name}"] if value is True else [f"--{name}", str(value)]


def made_up_plan(size: int, folder: Path | None = None) -> Path:
    """Write a made-up plan of so many indicators in one file, unless it is there, and return that file."""
    into = folder or FOLDER / f"plan-{size}"
    path = into / "targets.yaml"
    lines = ["plan: {title: made-up, region: 某市, period: 2019}", "categories: [甲]", "indicators:"]
    for n in range(1, size + 1):
        lines += [f"  - id: indicator_{n}", f"    no: {n}", f"    name: 第{n}号指标", f"    aliases: [指标{n}号]"]
        lines += ["    category: 甲", "    unit: 万人", "    kind: stock", "    lead: [市公安局]"]
        lines += [f"    baseline: {n}.25", f"    target: ≥{n + 1}", "    deadline: 2019年底", "    cited:"]
        lines += [f"      - {{at: 一, printed: 达到{n + 1}万人}}", f"      - {{at: 附件{n}, printed: {n + 1}}}"]
    text = "\n".join(lines) + "\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        into.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        (into / "departments.yaml").write_text("departments:\n  - name: 市公安局\n", encoding="utf-8")
    return path


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
    if recipe.shape.dirty and recipe.form in {"parquet-decimal", PERSONS}:
        message = "A column of numbers holds no cell as people write it; take parquet-text."
        raise ValueError(message)
    path = folder / _making(recipe) / recipe.file_name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(recipe, path)
    return path


def _making(recipe: Recipe) -> str:
    """Letters that change where what makes the table does."""
    parts = (MAKER,) if recipe.form == PERSONS else (Path(large_sql.__file__), recipe.plan)
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

    indicators = large_sql.measured(recipe.plan)[: recipe.shape.indicators]
    query = large_sql.statement(recipe.rows, indicators, VALUES[recipe.form], recipe.shape)
    form = "FORMAT parquet, COMPRESSION zstd"
    if recipe.form.startswith("csv"):
        form = f"FORMAT csv, HEADER, COMPRESSION {'gzip' if recipe.form.endswith('.gz') else 'none'}"
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
    usual = Shape()
    parser.add_argument("--dirty", type=int, default=0, help="so many %% of the cells as people write them")
    parser.add_argument("--repeats", type=int, default=0, help="so many %% of the rows twice")
    parser.add_argument(
        "--regions", choices=["code", "name", "few"], default=usual.regions, help="how they are written"
    )
    parser.add_argument("--indicators", type=int, default=usual.indicators, help="of the plan, or of a made-up one")
    parser.add_argument("--english", action="store_true", help="an English header")
    parser.add_argument("--wide", action="store_true", help="a column for each of three years")
    parser.add_argument("--sorted", action="store_true", help="by indicator: all regions of one before the next")
    parser.add_argument("--remarks", action="store_true", help="with a number and a remark in each row, others in all")
    parser.add_argument("--unknown", type=int, default=0, help="so many %% of the rows of indicators that no plan has")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to (default: build/bench)")
    options = parser.parse_args(arguments)
    shape = Shape(**{name: getattr(options, name) for name in Shape._fields})
    for size in options.sizes:
        print(make(Recipe(size, options.form, shape), options.folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
