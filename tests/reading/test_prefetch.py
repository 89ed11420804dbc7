"""The scan of a large text in a thread gives the same as a scan when it is needed."""

from pathlib import Path

import pytest

from czurban.reading.large import text_scan
from czurban.reading.large.text_scan import Prefetch, TextScan, scan_text


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(text_scan, "_LARGE", 10)
    path = tmp_path / "t.csv"
    path.write_text('a,b\n1,"2"\n' * 20, encoding="utf-8")
    return path


def test_a_large_text_is_scanned_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def scan(file: Path) -> TextScan:
        asked.append(file)
        return scan_text(file)

    monkeypatch.setattr(text_scan, "scan_text", scan)
    made = Prefetch(str(path))
    assert made.of(path) == TextScan(quoted=True)
    assert asked == [path]


@pytest.mark.parametrize("first", ["", "missing.csv", "other.csv"])
def test_other_files_are_scanned_when_needed(path: Path, first: str) -> None:
    path.with_name("other.csv").write_bytes(b"a,\0b\n" * 20)
    assert Prefetch(first and str(path.with_name(first))).of(path) == TextScan(quoted=True)


def test_a_file_that_was_removed_is_reported_when_needed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(file: Path) -> TextScan:
        raise FileNotFoundError(file)

    monkeypatch.setattr(text_scan, "scan_text", missing)
    with pytest.raises(FileNotFoundError):
        Prefetch(str(path)).of(path)
