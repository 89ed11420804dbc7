"""Write made-up records of persons, the same ones for the same seed and number: as CSV, or as Parquet of any size.

The places are real, the persons are not: nothing here was measured, and no figure made from them is anybody's.
"""

import argparse
import csv
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

COLUMNS = {
    "地区": "VARCHAR",
    "调查日期": "DATE",
    "常住城镇": "BOOLEAN",
    "户籍城镇": "BOOLEAN",
    "年龄": "INTEGER",
    "年收入": "DECIMAL(12,2)",
    "权数": "DECIMAL(12,4)",
    "就业状态": "VARCHAR",
}
COUNTIES = ("450702", "450703", "450721", "450722")
SHARES = (20, 24, 36, 20)
RESIDENTS = 3_304_400
"""About as many as the city has; the weights of a year's records add up to about that."""
SEED, ROWS = 2019, 2400
ADULT, RETIRED, PLACES = 16, 65, 10_000


def persons(rows: int, seed: int) -> Iterator[tuple[str, ...]]:
    """Make persons: half of them asked in 2018 and half in 2019, one of four hundred without an income."""
    chance = random.Random(seed)  # noqa: S311 - made-up figures are no secret
    mean = RESIDENTS * PLACES * 2 // max(rows, 1)
    for n in range(rows):
        county = chance.choices(COUNTIES, SHARES)[0]
        date = f"{2018 + n % 2}-11-{chance.randint(1, 30):02}"
        urban = chance.random() < (0.55 if county == "450702" else 0.37)
        registered = urban and chance.random() < 0.5  # noqa: PLR2004 - as likely as not
        age = chance.randint(0, 90)
        work = _work(chance, age)
        cents = chance.randint(300_000, 9_000_000) if age >= ADULT else None
        income = "" if cents is None or chance.randrange(400) == 0 else f"{cents // 100}.{cents % 100:02}"
        weight = chance.randint(mean // 2, mean + mean // 2)
        yield (
            *(county, date, str(urban).lower(), str(registered).lower(), str(age)),
            *(income, f"{weight // PLACES}.{weight % PLACES:04}", work),
        )


def _work(chance: random.Random, age: int) -> str:
    if not ADULT <= age < RETIRED:
        return "不在劳动力市场"
    return chance.choices(("在业", "失业", "不在劳动力市场"), (75, 3, 22))[0]


def write_csv(path: Path, rows: int, seed: int) -> None:
    """Write the persons as CSV."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(persons(rows, seed))


def write_parquet(path: Path, rows: int, seed: int) -> None:
    """Write the persons as Parquet, their weights and incomes as decimals."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        text = Path(folder) / "persons.csv"
        write_csv(text, rows, seed)
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
        scan = f"read_csv('{text}', header=true, auto_detect=false, delim=',', columns={{{columns}}})"
        with duckdb.connect() as connection:
            connection.execute(f"COPY (FROM {scan}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file; returns the exit code."""
    parser = argparse.ArgumentParser(description="Write made-up records of persons.")
    parser.add_argument("path", type=Path, help="a name that ends in .csv or .parquet")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args(arguments)
    write = write_parquet if asked.path.suffix == ".parquet" else write_csv
    write(asked.path, asked.rows, asked.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
