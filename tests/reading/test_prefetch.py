"""What is looked over ahead says what looking says."""

from pathlib import Path

import pytest

from czurban.reading.large import lines as ahead
from czurban.reading.large.lines import Prefetch, TextScan, scan_text


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(ahead, "_LARGE", 10)
    path = tmp_path / "t.csv"
    path.write_text('a,b\n1,"2"\n' * 20, encoding="utf-8")
    return path


def test_a_large_text_is_looked_over_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def looked(one: Path) -> TextScan:
        asked.append(one)
        return scan_text(one)

    monkeypatch.setattr(ahead, "scan_text", looked)
    made = Prefetch(str(path))
    assert made.of(path) == TextScan(quoted=True, lines=40)
    assert asked == [path]


@pytest.mark.parametrize("first", ["", "missing.csv", "other.csv"])
def test_whatever_was_not_looked_over_is(path: Path, first: str) -> None:
    path.with_name("other.csv").write_bytes(b"a,\0b\n" * 20)
    assert Prefetch(first and str(path.with_name(first))).of(path) == TextScan(quoted=True, lines=40)


def test_a_file_that_went_away_is_told_where_it_is_asked_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(one: Path) -> TextScan:
        raise FileNotFoundError(one)

    monkeypatch.setattr(ahead, "scan_text", gone)
    with pytest.raises(FileNotFoundError):
        Prefetch(str(path)).of(path)
