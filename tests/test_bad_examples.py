"""Each folder of examples/bad earns exactly the answer that stands in it: drop a folder in, and it is a test."""

from pathlib import Path

import pytest

from czurban.cli.app import run
from czurban.model.faults import FAULTS

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[1] / "examples" / "bad").glob("*/command.txt"))


def test_there_are_enough() -> None:
    assert len(FOLDERS) >= 60


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_it_earns_its_answer(folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CZURBAN_LANG", "zh")
    for name in ("CZURBAN_PLAN", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    code = run((folder / "command.txt").read_text(encoding="utf-8").splitlines())
    shown = capfd.readouterr()
    said = f"{shown.out}--- stderr\n{shown.err}--- exit {code}\n"
    assert said == (folder / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", [one for one in FOLDERS if one.name in FAULTS], ids=lambda folder: folder.name)
def test_a_folder_called_by_a_code_is_told_of_it(folder: Path) -> None:
    assert f" {folder.name}: " in (folder / "expected.txt").read_text(encoding="utf-8")
