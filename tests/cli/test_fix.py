import os
from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.cli.app import run
from czurban.model.finding import say
from czurban.reading.autofix import same_plan

Call = Callable[..., tuple[int, str, str]]
TARGETS = """\
plan: {title: 题, region: 某市, period: 2019}
categories: [甲类]
indicators:
  - {id: a, name: 甲, category: 甲类, unit: 个, kind: stock, lead: 市公安局, target: ≥４１, deadline: 2019}  # 注
"""


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.setenv("CZURBAN_LANG", "en")
    monkeypatch.delenv("CZURBAN_PLAN", raising=False)

    def called(*arguments: str | Path) -> tuple[int, str, str]:
        code = run([str(one) for one in arguments])
        return (code, *capfd.readouterr())

    return called


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "targets.yaml").write_text(TARGETS, encoding="utf-8")
    (tmp_path / "departments.yaml").write_text("departments: [{name: 市公安局}]", encoding="utf-8")
    return tmp_path


def test_fix_shows_and_writes_nothing(call: Call, folder: Path) -> None:
    code, out, err = call("fix", folder)
    assert code == 1
    assert out.splitlines()[:3] == [f"--- {folder}/targets.yaml", f"+++ {folder}/targets.yaml", "@@ -1,4 +1,4 @@"]
    assert [line[0] for line in out.splitlines()[3:]] == [" ", " ", " ", "-", "+"]
    assert f"{folder}/targets.yaml:4:78: target: “≥４１” is written ≥41." in err
    assert "--write" in err
    assert (folder / "targets.yaml").read_text(encoding="utf-8") == TARGETS


def test_fix_writes_and_then_finds_nothing(call: Call, folder: Path) -> None:
    (folder / "targets.yaml").chmod(0o640)
    code, out, err = call("fix", folder / "targets.yaml", folder / "departments.yaml", "-w")
    assert code == 0
    assert out.startswith("---")
    assert "Written" in err
    assert (folder / "targets.yaml").read_text(encoding="utf-8") == TARGETS.replace("４１", "41")
    assert (folder / "targets.yaml").stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in folder.iterdir()) == ["departments.yaml", "targets.yaml"]
    assert call("fix", folder) == (0, "", "There is nothing to correct.\n")


def test_fix_shows_where_a_file_lacks_its_last_line_end(call: Call, folder: Path) -> None:
    (folder / "departments.yaml").write_text("departments:\n- aliases: x\n  name: 市公安局", encoding="utf-8")
    out = call("fix", folder, folder / "departments.yaml")[1]
    assert "-  name: 市公安局\n\\ No newline at end of file\n+- name: 市公安局\n" in out


def test_fix_without_a_name_takes_the_plan_one_stands_in(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.rename(folder.parent / "data")
    monkeypatch.chdir(folder.parent)
    assert "data/targets.yaml" in call("fix")[1]
    monkeypatch.chdir("/")
    code, _, err = call("fix")
    assert code == 2
    assert "czurban fix FOLDER" in err


@pytest.mark.parametrize(
    ("name", "told"), [("nowhere", "nowhere"), ("other.yaml", "departments.yaml"), ("empty", "targets.yaml")]
)
def test_fix_exit_2_with_a_way_on(call: Call, folder: Path, name: str, told: str) -> None:
    (folder / "other.yaml").write_text("", encoding="utf-8")
    (folder / "empty").mkdir()
    code, out, err = call("fix", folder / name)
    assert (code, out) == (2, "")
    assert told in err


@pytest.mark.parametrize(("text", "code"), [("plan: [", 1), ("", 1)])
def test_fix_tells_a_file_it_cannot_read_and_corrects_the_others(
    call: Call, folder: Path, text: str, code: int
) -> None:
    (folder / "departments.yaml").write_text(text, encoding="utf-8")
    found = call("fix", folder, "--write")
    assert found[0] == code
    assert "P101" in found[2]
    assert "≥41" in (folder / "targets.yaml").read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
@pytest.mark.parametrize("kind", ["a pipe", "a device", "a link to nothing", "a folder"])
@pytest.mark.parametrize("name", ["departments.yaml", "tasks.yaml", "regions.yaml", "breakdown.csv"])
def test_fix_does_not_pass_over_what_cannot_be_read(call: Call, folder: Path, kind: str, name: str) -> None:
    path = folder / name
    path.unlink(missing_ok=True)
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero" if kind == "a device" else "nothing")
    before = (folder / "targets.yaml").read_bytes()
    code, _, err = call("fix", folder, "--write")
    assert code == 2
    assert name in err
    assert (folder / "targets.yaml").read_bytes() == before


def test_fix_where_nothing_can_be_read(call: Call, folder: Path) -> None:
    (folder / "targets.yaml").write_text("plan: [", encoding="utf-8")
    assert call("fix", folder / "targets.yaml")[0] == 2


def test_fix_writes_nothing_that_is_not_proved(call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(same_plan, "differs", lambda *_: say("The plan would change."))
    code, _, err = call("fix", folder, "--write")
    assert code == 1
    assert "The plan would change." in err
    assert (folder / "targets.yaml").read_text(encoding="utf-8") == TARGETS


def test_fix_does_not_overwrite_what_changed_in_the_meantime(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object) -> None:
        (folder / "targets.yaml").write_text("new", encoding="utf-8")

    monkeypatch.setattr(same_plan, "differs", slow)
    code, _, err = call("fix", folder, "--write")
    assert code == 2
    assert "meantime" in err
    assert (folder / "targets.yaml").read_text(encoding="utf-8") == "new"
