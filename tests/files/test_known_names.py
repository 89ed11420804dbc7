"""Names for completion are kept until a file of the plan's folder changes, and are never stale."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.files.known_names import known_names

OLD = time.time_ns() - 10**12
Read = Callable[[], dict[str, list[tuple[str, ...]]]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one file that has not changed for long."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "plan").mkdir()
    write(tmp_path / "plan" / "targets.yaml", "a")
    return tmp_path / "plan"


def write(path: Path, text: str, changed: int = OLD) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(changed, changed))


def reader(folder: Path, reads: list[str]) -> Read:
    """Return what reads the file's text as the only name, and notes it."""

    def read() -> dict[str, list[tuple[str, ...]]]:
        reads.append((folder / "targets.yaml").read_text(encoding="utf-8"))
        return {"indicators": [(reads[-1], "other")]}

    return read


def test_names_are_read_once(folder: Path) -> None:
    reads: list[str] = []
    first, second = (known_names(folder, reader(folder, reads)) for _ in range(2))
    assert reads == ["a"]
    assert [list(map(list, names["indicators"])) for names in (first, second)] == [[["a", "other"]]] * 2


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: write(folder / "targets.yaml", "b", OLD + 1),
        lambda folder: write(folder / "targets.yaml", "bb"),
        lambda folder: write(folder / "regions.yaml", "new"),
        lambda folder: (folder / "old.csv").unlink(),
        lambda folder: (folder / "old.csv").rename(folder / "regions.csv"),
    ],
)
def test_every_change_of_the_folder_is_seen(folder: Path, change: Callable[[Path], None]) -> None:
    write(folder / "old.csv", "x")
    reads: list[str] = []
    known_names(folder, reader(folder, reads))
    change(folder)
    names = known_names(folder, reader(folder, reads))
    assert len(reads) == 2
    assert names["indicators"][0][0] == (folder / "targets.yaml").read_text(encoding="utf-8")


def test_a_file_that_may_still_change_is_not_kept(folder: Path) -> None:
    write(folder / "targets.yaml", "a", time.time_ns())
    reads: list[str] = []
    for _ in range(2):
        known_names(folder, reader(folder, reads))
    assert reads == ["a", "a"]


def test_a_damaged_record_is_read_again(folder: Path, tmp_path: Path) -> None:
    reads: list[str] = []
    for text in ("", "{", "[]", "{}", "null"):
        known_names(folder, reader(folder, reads))
        (record,) = (tmp_path / "cache" / "czurban").iterdir()
        record.write_text(text, encoding="utf-8")
    known_names(folder, reader(folder, reads))
    assert len(reads) == 6


def test_where_nothing_can_be_kept_names_are_read_each_time(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder", encoding="utf-8")
    reads: list[str] = []
    assert known_names(folder, reader(folder, reads)) == known_names(folder, reader(folder, reads))
    assert reads == ["a", "a"]


@pytest.mark.parametrize(
    "words",
    ["check --dept 市", "check --category 基", "check --region 灵", "report --task 1", "why 常", "check --only 未"],
)
def test_a_second_tab_loads_no_reader_of_plans(repo: Path, tmp_path: Path, words: str) -> None:
    line = f"czurban {words}"
    asked = {"_CZURBAN_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    environment = os.environ | asked | {"XDG_CACHE_HOME": str(tmp_path), "CZURBAN_PLAN": str(repo / "data")}
    loaded = "import sys; from czurban.cli.app import run; run([])"
    print_loaded = f"import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); {loaded}"
    first, second = (
        subprocess.run(
            [sys.executable, "-c", print_loaded], env=environment, capture_output=True, text=True, check=False
        )
        for _ in range(2)
    )
    assert first.stdout == second.stdout
    assert second.stdout.strip()
    if "--only" not in words:
        assert {"pydantic_core", "yaml", "czurban.model.plan", "czurban.app.assessing"} & set(first.stderr.split())
        assert not {"pydantic_core", "yaml", "czurban.model.plan", "czurban.app.assessing"} & set(second.stderr.split())
