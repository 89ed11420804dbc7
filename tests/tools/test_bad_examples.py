"""Each folder of examples/bad gives exactly the finding that is kept in it: a folder that is added is a test."""

from pathlib import Path

import pytest

from bad_examples import FOLDER, findings, main, outcome
from czurban.model.faults import FAULTS

FOLDERS = sorted(path.parent for path in FOLDER.glob("*/command.txt"))
PRINTED = """a.csv:3:1: 错误 S201: 方案中没有指标“甲: 警告 S999: 乙”。
    是否指 丙？
plan/t.yaml:3:14: 提示 S249: 无人填报。
a.csv: 错误 S120: 文件不完整。
    请重新索取。
    或改用别的文件。
错误：2，提示：1
"""


def test_there_are_enough() -> None:
    assert len(FOLDERS) >= 160


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_it_gives_its_findings(folder: Path) -> None:
    assert outcome(folder) == (folder / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_keeps_findings_and_no_table(folder: Path) -> None:
    *kept, last = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert last.startswith("exit ")
    assert kept
    assert "".join(findings("\n".join(kept), None)) == "\n".join(kept)
    if folder.name in FAULTS:
        assert f" {folder.name}: " in kept[0]


@pytest.mark.parametrize(
    ("code", "lines"),
    [("S201", [0, 1]), ("S249", [2]), ("S120", [3, 4, 5]), ("S999", []), (None, [0, 1, 2, 3, 4, 5])],
)
def test_findings_are_kept_with_their_hints_and_without_the_tally(code: str | None, lines: list[int]) -> None:
    printed = PRINTED.splitlines(keepends=True)
    assert findings(PRINTED, code) == [printed[number] for number in lines]


def test_a_changed_finding_is_reported_and_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "command.txt").write_text("validate\n.\n", encoding="utf-8")
    (tmp_path / "mine" / "tasks.yaml").write_text("- [\n", encoding="utf-8")
    (tmp_path / "mine" / "expected.txt").write_text("exit 0\n", encoding="utf-8")
    monkeypatch.setattr("bad_examples.FOLDER", tmp_path)
    assert main(["--check"]) == 1
    assert capsys.readouterr().err == "Changed: mine\n"
    assert main([]) == 0
    assert "Wrote: " in capsys.readouterr().out
    assert (tmp_path / "mine" / "expected.txt").read_text(encoding="utf-8").endswith("exit 2\n")
    assert main(["--check"]) == 0
