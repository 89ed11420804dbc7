"""Who is compared: czurban with each of its executors, and what one would take instead."""

import ast
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from environments import ROOT, python_of

SCRIPTS = ROOT / "bench" / "peers"
_METRICS = ROOT / "examples" / "records" / "metrics.yaml"
_ANY = 10**9
_PYTHON_ROWS = _SPARK_ROWS = 1_000_000


class Kind(StrEnum):
    """What a contender is: czurban itself, an engine used by hand, or a tool for checking data."""

    OWN = "czurban"
    ENGINE = "an engine, by hand"
    VALIDATION = "a tool for checking data"


class Contender(NamedTuple):
    """One way to do the work: its script or engine, its name in tables, its environment, and how many rows it is given.

    `home` is empty where it runs beside czurban; `packages` then name what it consists of.
    """

    key: str
    title: str
    kind: Kind
    home: str = ""
    packages: Sequence[str] = ()
    least: int = 1
    most: int = _ANY

    csv_alone: bool = False

    def takes(self, rows: int, form: str) -> bool:
        """Whether it is given tables of so many rows in such a form."""
        return self.least <= rows <= self.most and (form == "csv" or not self.csv_alone)

    def command(self, table: Path, bounds: Path, plan: Path | None = None) -> Sequence[str]:
        """The command that does the work once; `plan` is the folder of another plan than the shipped one."""
        if self.kind is Kind.OWN:
            other = ["--plan", str(plan)] if plan else []
            return [sys.executable, "-m", "czurban", *self._words(str(table)), *other, "--format", "json"]
        python = python_of(self.home) if self.home else Path(sys.executable)
        return [str(python), str(SCRIPTS / f"{self.key}.py"), str(table), str(bounds)]

    def _words(self, table: str) -> Sequence[str]:
        engine = self.key.removeprefix("czurban-")
        if engine == "records":
            return ["compute", "--records", table, "--metrics", str(_METRICS), "--by", "region"]
        return ["check", table, "--each-region", "--engine", engine]

    @property
    def told(self) -> str:
        """What its script says of itself: how it works, and what it does not do; empty for czurban."""
        if self.kind is Kind.OWN:
            return ""
        tree = ast.parse((SCRIPTS / f"{self.key}.py").read_text(encoding="utf-8"))
        return " ".join((ast.get_docstring(tree) or "").split())


SCAN = Contender("duckdb_scan", "DuckDB, bare scan", Kind.ENGINE, packages=("duckdb",))
DUCKDB = Contender("czurban-duckdb", "czurban, DuckDB", Kind.OWN, packages=("czurban", "duckdb"))
ROWS = Contender(
    "czurban-python", "czurban, rows in Python", Kind.OWN, packages=("czurban",), most=_PYTHON_ROWS, csv_alone=True
)
SPARK = Contender(
    "czurban-spark", "czurban, Spark local[2]", Kind.OWN, packages=("czurban", "pyspark"), least=_SPARK_ROWS
)
AUTO = Contender("czurban-auto", "czurban", Kind.OWN, packages=("czurban", "duckdb"))
"""As anybody asks it, who names no engine."""
SQL = Contender("duckdb_sql", "DuckDB, SQL by hand", Kind.ENGINE, "duckdb")
PEERS = (
    Contender("polars_lazy", "Polars, by hand", Kind.ENGINE, "polars"),
    Contender("dataframely_schema", "dataframely", Kind.VALIDATION, "dataframely"),
    Contender("pandera_polars", "pandera (Polars)", Kind.VALIDATION, "pandera-polars"),
    Contender("pandera_pandas", "pandera (pandas)", Kind.VALIDATION, "pandera-pandas"),
    Contender("pointblank_steps", "pointblank", Kind.VALIDATION, "pointblank"),
    Contender("soda_contract", "Soda Core", Kind.VALIDATION, "soda"),
    Contender("datacontract_test", "datacontract-cli", Kind.VALIDATION, "datacontract"),
    Contender("great_expectations_suite", "Great Expectations", Kind.VALIDATION, "great_expectations"),
    Contender("tabular_check", "frictionless", Kind.VALIDATION, "frictionless"),
)
RECORDS_SCAN = Contender("records_scan", "DuckDB, bare scan of records", Kind.ENGINE, packages=("duckdb",))
RECORDS_SQL = Contender("records_sql", "DuckDB, SQL by hand over records", Kind.ENGINE, "duckdb")
RECORDS = Contender("czurban-records", "czurban compute, DuckDB", Kind.OWN, packages=("czurban", "duckdb"))
OF_RECORDS = (RECORDS_SCAN, RECORDS_SQL, RECORDS)
"""Who goes over records of persons."""
ALL = (SCAN, SQL, AUTO, DUCKDB, ROWS, SPARK, *PEERS)
"""In the order in which they go over tables of figures: SQL before those whose counts are held against its own."""
