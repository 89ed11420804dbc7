"""A kept plan is used exactly as long as nothing it was made from has changed, and never otherwise."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.errors import UnreadableError
from czurban.model.plan import Plan
from czurban.reading import kept_plan
from czurban.reading.kept_plan import load_plan
from czurban.reading.plan_files import read_plan


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CZURBAN_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def folder(tmp_path: Path, repo: Path) -> Path:
    return Path(shutil.copytree(repo / "data", tmp_path / "plan"))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were read in earnest, in order."""
    done: list[Path] = []

    def read(folder: Path) -> object:
        done.append(folder)
        return read_plan(folder)

    monkeypatch.setattr(kept_plan, "_read", read)
    return done


def loaded(folder: Path) -> Plan:
    plan, findings = load_plan(folder)
    assert plan is not None, findings
    return plan


def test_the_second_time_nothing_is_read_and_everything_is_the_same(
    place: Path, folder: Path, reads: list[Path]
) -> None:
    first, second = loaded(folder), loaded(folder)
    assert reads == [folder]
    assert second.indicators == first.indicators
    assert second.tasks == first.tasks
    assert second.departments == first.departments
    assert second.indicator("城镇登记失业率") == first.indicator("城镇登记失业率")
    assert second.units.find("万人") == first.units.find("万人")
    assert [one.name for one in place.iterdir()] == [f"{next(place.glob('plan-*')).stem}.bin"]


def test_one_changed_digit_is_seen_though_size_and_time_stay(place: Path, folder: Path, reads: list[Path]) -> None:
    file = folder / "targets.yaml"
    before = file.stat()
    was = loaded(folder).indicator("1")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("target: ≥41", "target: ≥42", 1), encoding="utf-8")
    kept_plan.os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    now = loaded(folder).indicator("1")
    assert was is not None
    assert now is not None
    assert (str(was.target.interval.low), str(now.target.interval.low)) == ("41", "42")
    assert len(reads) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda folder, _: add_comment(folder / "departments.yaml"),
        lambda _, place: next(place.iterdir()).write_bytes(b"not a plan"),
        lambda _, place: spoil(next(place.iterdir()), -1),
        lambda _, place: spoil(next(place.iterdir()), 3),
        lambda _, place: next(place.iterdir()).write_bytes(next(place.iterdir()).read_bytes()[:-100]),
    ],
    ids=["a comment more", "another thing", "a bit in the plan", "a bit in the head", "cut short"],
)
def test_what_does_not_fit_is_not_used(
    place: Path, folder: Path, reads: list[Path], change: Callable[[Path, Path], None]
) -> None:
    loaded(folder)
    change(folder, place)
    again = loaded(folder)
    assert len(reads) == 2
    assert len(again.indicators) == 52


def add_comment(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"# more\n")


def spoil(file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(bytes(data))


def test_a_change_of_the_program_reads_anew(
    place: Path, folder: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(folder)
    monkeypatch.setattr(kept_plan, "_program", lambda: [("target.py", 1, 1)])
    loaded(folder)
    assert len(reads) == 2


@pytest.mark.usefixtures("place")
def test_two_folders_with_the_same_text_keep_their_own_places(folder: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    loaded(folder)
    place = loaded(other).indicators[0].place
    assert place is not None
    assert place.file.startswith(str(other))


def test_a_faulty_plan_is_not_kept(place: Path, folder: Path) -> None:
    file = folder / "targets.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("target: ≥41", "target: 41", 1), encoding="utf-8")
    for _ in range(2):
        plan, findings = load_plan(folder)
        assert plan is None
        assert [one.code for one in findings] == ["P107"]
    assert not place.exists()


@pytest.mark.usefixtures("place")
def test_no_plan_is_still_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        load_plan(tmp_path / "nowhere")


def test_a_place_that_cannot_be_written_is_no_fault(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("CZURBAN_CACHE", str(tmp_path / "file"))
    assert len(loaded(folder).indicators) == 52
    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"


def test_off_keeps_nothing(folder: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CZURBAN_CACHE", "off")
    loaded(folder)
    loaded(folder)
    assert len(reads) == 2


def test_only_the_last_plans_are_kept(place: Path, folder: Path, tmp_path: Path) -> None:
    for number in range(20):
        loaded(Path(shutil.copytree(folder, tmp_path / f"plan-{number}")))
    assert len(list(place.iterdir())) == 16


@pytest.mark.skipif(not hasattr(kept_plan.os, "getuid"), reason="this system has no owners of files to tell apart")
def test_a_plan_somebody_else_put_there_is_not_used(
    place: Path, folder: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(folder)
    monkeypatch.setattr(kept_plan.os, "getuid", lambda: place.stat().st_uid + 1)
    loaded(folder)
    assert len(reads) == 2


@pytest.mark.parametrize(
    ("system", "names", "ends"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/czurban"),
        ("linux", {}, ".cache/czurban"),
        ("darwin", {}, "Library/Caches/czurban"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/czurban/cache"),
    ],
)
def test_each_system_has_its_place(
    monkeypatch: pytest.MonkeyPatch, system: str, names: dict[str, str], ends: str
) -> None:
    for name in ("CZURBAN_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(kept_plan.sys, "platform", system)
    assert str(kept_plan._place()).endswith(ends)  # noqa: SLF001 - where it lies is what is asked
