"""Lines of a large text are found by number, and the file is read as far as they are asked for."""

from pathlib import Path

import pytest

from czurban.reading.large import lines as large_lines
from czurban.reading.large import text_scan
from czurban.reading.large.lines import LineIndex
from czurban.reading.large.text_scan import scan_text

ENDS = {"\n": "\n", "\r\n": "\r\n", "\r": ""}


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_scan, "_CHUNK", 7)


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("last", ["", "z"])
def test_each_line_is_found(tmp_path: Path, end: str, last: str) -> None:
    path, lines = tmp_path / "t.csv", [f"{n},{'县' * (n % 5)}" for n in range(1, 60)]
    text = "".join(line + end for line in lines) + last
    path.write_bytes(text.encode())
    expected = [*lines, last] if last else lines
    index = LineIndex(path)
    for number in (3, 59, 1, 30, 31, len(expected)):
        assert index.lines(number)[0].rstrip("\r\n") == expected[number - 1]
    assert index.count == len(expected)
    assert LineIndex(path).count == len(expected)
    assert scan_text(path).newline == ENDS[end]


@pytest.mark.parametrize(("end", "last"), [("\n", ""), ("\n", "z"), ("\r\n", ""), ("\r\n", "z")])
@pytest.mark.parametrize("first", [1, 2, 20, 60])
def test_the_bytes_from_a_line_on_count_its_end(tmp_path: Path, end: str, last: str, first: int) -> None:
    path, lines = tmp_path / "t.csv", [*(f"{n},县" for n in range(1, 60)), *([last] if last else [])]
    path.write_bytes(end.join([*lines, *([] if last else [""])]).encode())
    expected = sum(len((line + end).encode()) for line in lines[first - 1 :])
    assert LineIndex(path).bytes_from(first, len(end)) == expected


@pytest.mark.parametrize("text", ["a\nb\r\nc\n", "a\r\nb\rc\r\n", "a\nb\rc"])
def test_lines_that_end_in_several_ways_have_no_one_end(tmp_path: Path, text: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode())
    assert scan_text(path).newline == ""
    assert LineIndex(path).count == 3


def test_an_empty_text_has_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"")
    assert LineIndex(path).count == 0
    assert scan_text(path).newline == "\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_sample_has_whole_lines_from_everywhere_behind_the_head(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    path, lines = tmp_path / "t.csv", [f"{n},{'县' * (n % 5)}" for n in range(1000)]
    path.write_bytes("".join(line + end for line in lines).encode())
    assert list(LineIndex(path).sample(10)) == []
    monkeypatch.setattr(large_lines, "HEAD", 100)
    sampled = list(LineIndex(path).sample(100))
    head = path.read_bytes()[:100].decode("utf-8", "replace").split(end)
    assert set(sampled) <= {*lines, ""} - {*head}
    assert {int(line.split(",")[0]) // 100 for line in sampled if line} == set(range(10))
