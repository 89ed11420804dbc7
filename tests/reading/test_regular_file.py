"""Files of ours are regular files of a bounded size inside the plan's folder, whatever a checked-out folder holds."""

import os
import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from czurban.app.validate import metrics_faults
from czurban.cli.app import run
from czurban.errors import RefusedFileError, UnreadableError
from czurban.reading.autofix.fix import fix_plan
from czurban.reading.plan.cases import PLAN
from czurban.reading.plan.files import read_plan
from czurban.reading.plan.ignores import read_ignores
from czurban.reading.sources import opening as regular_file
from czurban.reading.sources.opening import LARGEST, open_regular, read_regular

FILES = ("targets.yaml", "departments.yaml", "tasks.yaml", "regions.yaml", "breakdown.csv")
Spoil = Callable[[Path], object]

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has neither pipes nor devices by name")


def _outside(file: Path) -> None:
    """A link to a good copy of the file, in another folder."""
    other = file.parent.parent / "elsewhere"
    other.mkdir(exist_ok=True)
    shutil.move(file, other / file.name) if file.exists() else (other / file.name).write_text("指标,甲县\n")
    file.symlink_to(other / file.name)


def _link(to: str) -> Spoil:
    def spoil(file: Path) -> None:
        file.unlink(missing_ok=True)
        file.symlink_to(to)

    return spoil


def _pipe(file: Path) -> None:
    file.unlink(missing_ok=True)
    os.mkfifo(file)


def _folder(file: Path) -> None:
    file.unlink(missing_ok=True)
    file.mkdir()


SPOILED = {
    "device": (_link("/dev/zero"), "a device"),
    "pipe": (_pipe, "a pipe"),
    "folder": (_folder, "a folder"),
    "outside": (_outside, "outside"),
    "up": (_link("/etc/passwd"), "outside"),
    "nowhere": (_link("nothing"), "does not exist"),
}


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CZURBAN_LANG", "en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PLAN, tmp_path / "plan"))


@pytest.mark.parametrize(("name", "how"), [*product(FILES, SPOILED)])
def test_a_plans_file_that_is_no_file_of_its_folder_is_a_finding(folder: Path, name: str, how: str) -> None:
    spoil, word = SPOILED[how]
    spoil(folder / name)
    plan, findings = read_plan(folder)
    assert plan is None
    at = [finding for finding in findings if finding.place and finding.place.file == str(folder / name)]
    assert [item.code for item in at] == ["P132" if name == "breakdown.csv" else "P101"]
    assert word in str(at[0].message)
    read_ignores(folder)
    assert fix_plan(folder, ()).findings != ()


@pytest.mark.parametrize("name", FILES[:4])
def test_a_plans_file_beyond_the_limit_is_not_read(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as stream:
        stream.truncate(LARGEST + 1)
    _, findings = read_plan(folder)
    assert [
        (finding.code, str(finding.message))
        for finding in findings
        if finding.place and finding.place.file.endswith(name)
    ] == [("P101", "The file cannot be read: it is larger than 16 MiB.")]


def test_links_within_the_folder_and_a_link_to_the_folder_are_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "departments.yaml").rename(folder / "offices.yaml")
    (folder / "departments.yaml").symlink_to("offices.yaml")
    (tmp_path / "link").symlink_to(folder)
    plan, findings = read_plan(tmp_path / "link")
    assert plan
    assert findings == ()


def test_a_file_that_is_replaced_while_it_is_opened_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked is asked of the open file: a link that is exchanged for a good file in between changes nothing."""
    file, secret = tmp_path / "in" / "targets.yaml", tmp_path / "secret"
    file.parent.mkdir()
    secret.write_text("secret")
    file.symlink_to(secret)
    status = os.fstat

    def exchange(descriptor: int) -> os.stat_result:
        file.unlink()
        file.write_text("harmless")
        return status(descriptor)

    monkeypatch.setattr(regular_file.os, "fstat", exchange)
    with pytest.raises(RefusedFileError), open_regular(file, file.parent):
        pass


@pytest.mark.parametrize("how", ["device", "pipe"])
def test_metrics_are_a_regular_file(folder: Path, how: str, capfd: pytest.CaptureFixture[str]) -> None:
    file = folder / "metrics.yaml"
    SPOILED[how][0](file)
    assert run(["compute", "--records", str(folder / "breakdown.csv"), "--metrics", str(file), "--lang", "en"]) == 2
    assert SPOILED[how][1] in capfd.readouterr().err


def test_metrics_of_a_plan_lie_in_its_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "metrics.yaml").write_text("metrics: []\n")
    (folder / "metrics.yaml").symlink_to(tmp_path / "metrics.yaml")
    with pytest.raises(UnreadableError, match="outside"):
        list(metrics_faults(folder / "metrics.yaml", folder))


@pytest.mark.parametrize("how", ["device", "pipe", "folder"])
@pytest.mark.parametrize("command", [["check"], ["check", "--engine", "duckdb"], ["validate"], ["report"]])
def test_figures_are_regular_files(
    tmp_path: Path, how: str, command: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.csv"
    SPOILED[how][0](file)
    name, *options = command
    assert run([name, str(file), *options, "--lang", "en"]) == 2
    err = capfd.readouterr().err
    assert "Traceback" not in err
    assert SPOILED[how][1] in err or how == "folder"


def test_settings_are_a_regular_file_of_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    project, other = tmp_path / "project", tmp_path / "other.toml"
    project.mkdir()
    monkeypatch.chdir(project)
    other.write_text('[tool.czurban]\nlang = "en"\n')
    file = project / "pyproject.toml"
    file.symlink_to(other)
    assert run(["list", "indicators"]) == 2
    assert "outside" in capfd.readouterr().err
    other.write_text("[tool.other]\n")
    assert run(["list", "indicators"]) == 0  # what is not about czurban is not reported here
    for how in ("device", "pipe", "folder"):
        file.rmdir() if file.is_dir() else file.unlink()
        SPOILED[how][0](file)
        assert run(["list", "indicators"]) == 0


@pytest.mark.parametrize(
    ("plan", "code"), [("plans/city", 0), ("../city", 2), ("link", 2), ("plans/../../city", 2), ("{outside}", 0)]
)
def test_a_plan_that_settings_name_lies_in_the_project_or_is_named_in_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], plan: str, code: int
) -> None:
    project, outside = tmp_path / "project", tmp_path / "city"
    shutil.copytree(PLAN, outside)
    shutil.copytree(PLAN, project / "plans" / "city")
    (project / "link").symlink_to(outside)
    monkeypatch.chdir(project)
    (project / "pyproject.toml").write_text(f'[tool.czurban]\nplan = "{plan.format(outside=outside)}"\nlang = "en"\n')
    assert run(["list", "indicators"]) == code
    assert ("outside the project" in capfd.readouterr().err) is (code == 2)


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(OSError, match="no file has such a name"):
        read_regular(Path("a\0b"))
