"""Names of files need no search: each file counts once, and any other name asks for the search."""

import os
from pathlib import Path

import pytest

from czurban.files.inputs import distinct_files


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "a.csv"
    path.write_text("指标,数值\n", encoding="utf-8")
    return str(path)


def test_a_file_under_several_names_is_taken_once_under_its_first(tmp_path: Path, file: str) -> None:
    other = str(tmp_path / "b.csv")
    os.link(file, other)
    twice = str(tmp_path / "c.csv")
    Path(twice).symlink_to(file)
    assert distinct_files([other, twice, file, file]) == (other,)


def test_nothing_named_is_nothing_found() -> None:
    assert distinct_files([]) == ()


@pytest.mark.parametrize("name", ["", "-", "missing.csv", "*.csv", "a\0b", "s3a://figures/a.csv"])
def test_other_names_ask_for_the_search(tmp_path: Path, file: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").touch()
    assert distinct_files([file, name]) is None


def test_a_folder_asks_for_the_search(tmp_path: Path, file: str) -> None:
    assert distinct_files([file, str(tmp_path)]) is None
