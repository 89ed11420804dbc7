import re
import subprocess
from pathlib import Path

import pytest

import contenders
import environments
from contenders import ALL, OF_RECORDS, Contender, Kind

EVERYBODY = (*ALL, *OF_RECORDS)
PINNED = re.compile(r"[\w-]+(\[[\w,]+\])?==[\w.]+")
HOMES = sorted({one.home for one in EVERYBODY if one.home})


@pytest.mark.parametrize("home", HOMES)
def test_each_python_is_made_from_exact_versions_and_no_address(home: str) -> None:
    lines = (environments.REQUIREMENTS / f"{home}.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert all(PINNED.fullmatch(line) for line in lines)


def test_no_requirements_and_no_script_are_left_over() -> None:
    assert sorted(path.stem for path in environments.REQUIREMENTS.glob("*")) == HOMES
    scripts = {path.stem for path in contenders.SCRIPTS.glob("*.py")} - {"asked"}
    assert scripts == {one.key for one in EVERYBODY if one.kind is not Kind.OWN}


@pytest.mark.parametrize("one", [one for one in EVERYBODY if one.kind is not Kind.OWN], ids=lambda one: one.key)
def test_each_script_says_what_it_does_not_do(one: Contender) -> None:
    assert "Not done: " in one.told or "judges nothing" in one.told


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("czurban-duckdb", ["check", "T", "--each-region", "--engine", "duckdb", "--format", "json"]),
        ("czurban-spark", ["check", "T", "--each-region", "--engine", "spark", "--format", "json"]),
    ],
)
def test_czurban_is_asked_as_anybody_would_ask_it(key: str, words: list[str]) -> None:
    one = next(one for one in ALL if one.key == key)
    assert list(one.command(Path("T"), Path("bounds.json")))[1:] == ["-m", "czurban", *words]


def test_a_python_that_is_made_as_required_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environments, "FOLDER", tmp_path)
    (tmp_path / "polars").mkdir()
    required = (environments.REQUIREMENTS / "polars.txt").read_text(encoding="utf-8")
    (tmp_path / "polars" / "made-from.txt").write_text(required, encoding="utf-8")
    assert environments.prepare("polars") == ""
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("complaint", "told"),
    [
        (
            "WARNING: slow\nERROR: No matching distribution found for it==1\nERROR: more\n",
            "No matching distribution found",
        ),
        ("", "it could not be installed"),
    ],
)
def test_what_cannot_be_installed_is_told_and_not_raised(
    complaint: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environments, "FOLDER", tmp_path)
    failing = subprocess.CompletedProcess([], 1, "", complaint)
    monkeypatch.setattr(environments.subprocess, "run", lambda *_, **__: failing)
    assert environments.prepare("polars").startswith(told)
    assert not (tmp_path / "polars" / "made-from.txt").exists()
