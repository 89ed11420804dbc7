"""The same words, byte by byte, whoever judges: rows in Python or an engine; one region or every region."""

import csv
import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from packing import zstd

from czurban.cli.app import run

REPO = Path(__file__).parents[2]
EXAMPLES = sorted((REPO / "examples").rglob("*.csv"))
ENGINES = ["duckdb"]


Told = Callable[..., tuple[int, str, str]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """Run `check` in a folder and return its exit code and both outputs."""
    monkeypatch.setenv("CZURBAN_PLAN", str(REPO / "data"))
    monkeypatch.setenv("CZURBAN_LANG", "en")

    def checked(cwd: Path, *words: str) -> tuple[int, str, str]:
        monkeypatch.chdir(cwd)
        code = run(["check", *words])
        return code, *capsys.readouterr()

    return checked


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_forced_through_an_engine_reads_the_same(told: Told, path: Path, engine: str) -> None:
    words = (str(path.name), "--verbose", "--period", "2018" if "2018" in path.name else "2019")
    assert told(path.parent, *words, "--engine", engine) == told(path.parent, *words, "--engine", "python")


def nasty_of_the_city(text: str) -> str:
    """The nasty rows, every third of them of the city itself."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    for number, row in enumerate(rows[1:]):
        row[0] = ("钦州市", "", row[0])[number % 3]
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("most", ["5", "0"])
def test_nasty_rows_read_the_same(told: Told, nasty_file: Path, tmp_path: Path, engine: str, most: str) -> None:
    text = nasty_of_the_city(nasty_file.read_text(encoding="utf-8"))
    (tmp_path / "n.csv").write_text(text, encoding="utf-8", newline="")
    words = ("n.csv", "--verbose", "--max-findings", most)
    assert told(tmp_path, *words, "--engine", engine) == told(tmp_path, *words, "--engine", "python")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_every_region_reads_the_same(told: Told, nasty_file: Path, engine: str, form: str) -> None:
    words = (nasty_file.name, "--each-region", "--format", form, "--max-findings", "0")
    assert told(nasty_file.parent, *words, "--engine", engine) == told(nasty_file.parent, *words, "--engine", "python")


BROKEN = {
    "short": "990001,城镇常住人口\n",
    "long": "990001,城镇常住人口,2019,140,万人,x,y,z\n",
    "long and blank": "990001,城镇常住人口,2019,140,万人,,\n",
    "open quote": '990001,"城镇常住人口,2019,140,万人\n',
    "quote in the middle": '990001,城镇"常住"人口,2019,140,万人\n',
    "text behind a quote": '990001,"城镇常住人口"x,2019,140,万人\n',
    "blank before a quote": '990001, "城镇常住人口",2019,140,万人\n',
    "blank line": "\n",
    "blanks": "   \n",
    "commas": ",,,,\n",
    "a cell of two lines": '990001,"城镇\n常住人口",2019,140,万人\n',
    "carriage return": "990001,城镇常住人口,2019,140,万人\r\n",
    "lone carriage return": "990001,城镇常住人口,2019,140,万人\r990002,城镇常住人口,2019,140,万人\n",
    "total": "990001,合计,2019,140,万人\n",
    "twice": "990003,城镇常住人口,2019,141,万人\n",
    "twice the same": "990003,城镇常住人口,2019,140,万人\n",
    "long cell": f"990001,城镇常住人口,2019,140,{'x' * 40_000}\n",
    "separator": "990001,城镇常住人口\x01,2019,140,万人\n",
    "another region in other words": "９９０００３,城镇常住人口,2019,150,万人\n",
}
HEADER = "地区,指标,年份,数值,单位\n"
AROUND = tuple(f"{990003 + n},城镇常住人口,2019,140,万人\n" for n in range(3))


@pytest.mark.parametrize("ours", [False, True])
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_row_reads_the_same_and_costs_itself_alone(told: Told, tmp_path: Path, name: str, ours: bool) -> None:  # noqa: FBT001
    rows = [*AROUND[:2], BROKEN[name], AROUND[2]]
    text = "".join((HEADER, *rows))
    (tmp_path / "b.csv").write_text(text.replace("990001", "钦州市") if ours else text, encoding="utf-8", newline="")
    words = ("b.csv",) if ours else ("b.csv", "--each-region")
    assert told(tmp_path, *words, "--engine", "duckdb") == told(tmp_path, *words, "--engine", "python")


@pytest.mark.parametrize("end", ["", "\n", "990009,城镇", '990009,"城镇', "990009,城镇常住人口,2019,14", "990009"])
def test_the_end_of_a_file_reads_the_same(told: Told, tmp_path: Path, end: str) -> None:
    (tmp_path / "e.csv").write_text("".join((HEADER, *AROUND)) + end, encoding="utf-8", newline="")
    words = ("e.csv", "--each-region")
    assert told(tmp_path, *words, "--engine", "duckdb") == told(tmp_path, *words, "--engine", "python")


@pytest.mark.parametrize("end", ["gz", "zst"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", ["open quote", "blank line", "long cell", "carriage return"])
def test_a_packed_file_reads_the_same(told: Told, tmp_path: Path, name: str, encoding: str, end: str) -> None:
    data = "".join((HEADER, *AROUND[:2], BROKEN[name], AROUND[2])).encode(encoding)
    (tmp_path / "b.csv").write_bytes(data)
    (tmp_path / f"b.csv.{end}").write_bytes(gzip.compress(data) if end == "gz" else zstd.compress(data))
    code, *texts = told(tmp_path, f"b.csv.{end}", "--each-region", "--verbose")
    expected = told(tmp_path, "b.csv", "--each-region", "--verbose", "--engine", "python")
    assert (code, *(text.replace(f"b.csv.{end}", "b.csv") for text in texts)) == expected


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_an_encoding_reads_the_same(
    told: Told, nasty_file: Path, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = "".join((HEADER, *AROUND, BROKEN["twice"])).replace(",", delimiter)
    (tmp_path / "c.csv").write_text(text, encoding=encoding, newline="")
    words = ("c.csv", "--each-region", "--verbose")
    assert told(tmp_path, *words, "--engine", "duckdb") == told(tmp_path, *words, "--engine", "python")
