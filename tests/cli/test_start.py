"""What a start does not load: heavy libraries wait for what needs them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "click",  # typer carries its own, and a plain install has no other
    "duckdb",
    "sqlglot",
    "pyspark",
    "python_calamine",
    "xlrd",
    "docx",
    "jinja2",
    "xlsxwriter",
    "babel",
    "email",
    "http",
}
SELDOM = {
    "czurban.checking.year_parts",
    "czurban.model.collection.asked",
    "czurban.model.collection.form_mark",
    "czurban.model.collection.sent",
    "czurban.model.escalation",
    "czurban.model.formulas.derived",
    "czurban.model.ledger",
    "czurban.model.trace",
    "czurban.reading.sources.packed",
    "czurban.reading.submission.arranging.build",
    "czurban.reading.submission.arranging.shapes",
    "czurban.reading.yaml.nodes",
    "czurban.reading.yaml.shape_faults",
    "czurban.reading.yaml.syntax_faults",
}
"""What a run needs only for faults, forms and tables of other shapes."""
LOADED = "import sys; from czurban.cli.app import run; run({words!r}); print(*sorted(sys.modules), file=sys.stderr)"


def loaded(repo: Path, *words: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(words=list(words))],
        cwd=repo / "examples",
        env={**os.environ, "CZURBAN_PLAN": str(repo / "data")},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    modules = done.stderr.splitlines()[-1].split()
    return {name.partition(".")[0] for name in modules} | {name for name in modules if name.startswith("czurban.")}


def test_a_check_of_csv_loads_nothing_heavy(repo: Path) -> None:
    found = loaded(repo, "check", "actuals-2018.csv", "--period", "2018")
    assert found & {*HEAVY, *SELDOM, "pydantic"} == set()


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("rule", "--help")])
def test_help_loads_neither_the_plan_nor_its_libraries(repo: Path, words: tuple[str, ...]) -> None:
    assert loaded(repo, *words) & {*HEAVY, "pydantic", "yaml"} == set()


def test_a_workbook_loads_its_reader_and_no_other(repo: Path) -> None:
    found = loaded(repo, "check", "actuals-2019.xlsx")
    assert "python_calamine" in found
    assert found & {"xlrd", "docx", "jinja2", "xlsxwriter"} == set()
