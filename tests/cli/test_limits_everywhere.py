"""Limits hold on every path, before memory or disk is spent, and each is told with the option that raises it."""

import gzip
import io
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from packing import zstd

from czurban.cli.app import run
from czurban.model.plan import Plan
from czurban.reading.large import encodings as plain_text
from czurban.reading.large.csv_repair import CsvRepair
from czurban.reading.large.encodings import make_plain
from czurban.reading.large.long_table import BeyondLimitsError
from czurban.reading.sources.limits import LIMITS, LONGEST_LINE, MEBIBYTE
from czurban.reading.submission.files import read_bytes, read_stream

ROW = "常住人口城镇化率,41\n"
PACKS: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.compress, ".zst": zstd.compress}
ENGINES = ["auto", "python", "duckdb"]
WAYS = [[], ["--each-region"]]

Told = Callable[..., tuple[int, str]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Told:
    """Run a command in English and return its exit code and what it says on standard error."""
    monkeypatch.setenv("CZURBAN_LANG", "en")
    monkeypatch.chdir(tmp_path)

    def called(*words: str) -> tuple[int, str]:
        code = run(words)
        return code, capfd.readouterr().err

    return called


@pytest.mark.parametrize("command", ["check", "validate", "report", "ledger", "escalate"])
def test_a_limit_that_is_told_can_be_raised(command: str, tmp_path: Path, told: Told) -> None:
    (tmp_path / "figures.csv").write_text("指标,数值\n" + ROW * 3, encoding="utf-8")
    _, err = told(command, "figures.csv", "--max-rows", "2")
    assert "S113" in err
    assert "--max-rows" in err
    assert "S113" not in told(command, "figures.csv", "--max-rows", "9")[1]


@pytest.mark.parametrize("way", WAYS, ids=["city", "each region"])
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("limit", ["--max-rows=2", "--max-columns=2", "--max-cell=8"])
def test_a_limit_holds_whoever_reads(told: Told, tmp_path: Path, limit: str, engine: str, way: list[str]) -> None:
    (tmp_path / "figures.csv").write_text(
        "指标,数值,备注\n" + "城镇常住人口,140万人,一二三四五六七八九\n" * 3, encoding="utf-8"
    )
    words = ("check", "figures.csv", "--engine", engine, *way)
    expected = told("check", "figures.csv", "--engine", "python", limit)[1]
    _, err = told(*words, limit)
    assert "S113" in err
    assert [line for line in err.splitlines() if "S113" in line] == [
        line for line in expected.splitlines() if "S113" in line
    ]
    assert "S113" not in told(*words, f"{limit}9")[1]


@pytest.mark.parametrize("way", WAYS, ids=["city", "each region"])
@pytest.mark.parametrize("broken", ["x" * 40_000 + ",y\n", '"x\n', '"x\n",y\n"z\n'])
def test_a_broken_row_above_the_header_is_told_whoever_reads(
    told: Told, tmp_path: Path, broken: str, way: list[str]
) -> None:
    (tmp_path / "figures.csv").write_text(f"{broken}指标,数值,单位\n城镇常住人口,140,万人\n", encoding="utf-8")
    words = ("check", "figures.csv", "--verbose", *way)
    by_rows = told(*words, "--engine", "python")
    assert "figures.csv:" in by_rows[1]
    assert told(*words, "--engine", "duckdb") == by_rows


@pytest.mark.parametrize("way", WAYS, ids=["city", "each region"])
@pytest.mark.parametrize("engine", ["auto", "duckdb"])
@pytest.mark.parametrize("end", PACKS)
def test_a_size_that_is_asked_for_holds_for_an_engine_too(
    told: Told, tmp_path: Path, end: str, engine: str, way: list[str]
) -> None:
    data = ("指标,数值,备注\n" + f"常住人口城镇化率,41,{'x' * 20_000}\n" * 60).encode()
    (tmp_path / f"figures.csv{end}").write_bytes(PACKS[end](data))
    words = ("check", f"figures.csv{end}", "--engine", engine, *way)
    code, err = told(*words, "--max-size", "1")
    assert (code, "S113" in err, "--max-size" in err) == (2, True, True)
    assert "S113" not in told(*words, "--max-size", "2")[1]


@pytest.mark.parametrize("command", [["check"], ["check", "--each-region"], ["compute", "--records"]])
@pytest.mark.parametrize("end", [".gz", ".zst"])
def test_what_unpacks_to_more_than_a_hundred_times_its_size_is_not_unpacked(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str, command: list[str]
) -> None:
    """The limits are made small here, so that no test fills a disk: a file of some KiB unpacks to 8 MiB."""
    monkeypatch.setattr("czurban.app.options.LIMITS", LIMITS._replace(size=MEBIBYTE))
    records = Path(__file__).parents[2] / "examples" / "records"
    head, _, row = (records / "persons.csv").read_bytes().splitlines(keepends=True)[:3]
    packed = PACKS[end](head + row * (8 * MEBIBYTE // len(row)))
    assert len(packed) * 100 < 8 * MEBIBYTE
    (tmp_path / f"figures.csv{end}").write_bytes(packed)
    name, *options = command
    more = ["--metrics", str(records / "metrics.yaml")] if name == "compute" else []
    code, err = told(name, *options, f"figures.csv{end}", *more)
    assert (code, "holds more than" in err, "--max-size" in err) == (2, True, True)


class Counted(io.RawIOBase):
    """A stream without end that counts what is taken from it."""

    def __init__(self, piece: bytes) -> None:
        self.piece, self.taken = piece, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "it would be read without end"
        self.taken += size
        return (self.piece * (size // len(self.piece) + 1))[:size]


def test_unpacking_stops_at_the_limit_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Counted(b"1,2\n")
    path, into = tmp_path / "figures.csv.gz", tmp_path / "plain.csv"
    path.write_bytes(gzip.compress(b"1,2\n"))

    @contextmanager
    def endless(_: Path) -> Iterator[Counted]:
        yield stream

    monkeypatch.setattr(plain_text, "open_unpacked", endless)
    with pytest.raises(BeyondLimitsError, match="more than 3 MiB"):
        make_plain(path, "utf-8", into, LIMITS._replace(engine_size=3 * MEBIBYTE))
    assert stream.taken == 4 * MEBIBYTE
    assert into.stat().st_size == 0


@pytest.mark.parametrize("piece", [b"a,", "城".encode(), b'"', b'"",'])
def test_a_line_without_end_is_refused_by_its_beginning(plan: Plan, piece: bytes) -> None:
    stream = Counted(piece)
    submission, (found,) = read_stream("figures.csv", cast("BinaryIO", stream), plan)
    assert (submission.observations, found.code) == ((), "S113")
    assert stream.taken == LONGEST_LINE + 1


@pytest.mark.parametrize("piece", [b"a,", b'"",', b"a"])
def test_a_long_line_further_down_is_not_split(plan: Plan, piece: bytes) -> None:
    line = piece * (LONGEST_LINE // len(piece) + 2)
    data = ("指标,数值\n" + ROW).encode() + line + b"\n"
    tracemalloc.start()
    submission, (found,) = read_bytes("figures.csv", data, plan)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (submission.observations, found.code, found.place and found.place.line) == ((), "S113", 3)
    assert peak < 8 * len(data)


def test_standard_input_without_end_is_read_to_the_limit(plan: Plan) -> None:
    stream = Counted("指标,数值\n".encode())
    _, (found,) = read_stream("<stdin>", cast("BinaryIO", stream), plan, LIMITS._replace(size=MEBIBYTE))
    assert (found.code, stream.taken) == ("S113", MEBIBYTE + 1)


def test_a_quotation_mark_that_stays_open_takes_no_more_than_a_long_line(tmp_path: Path) -> None:
    """Each line is looked at with those that may belong to its record: not with the whole of a large file."""
    path = tmp_path / "figures.csv"
    path.write_bytes(b'1,"2\n' + (b"x" * (MEBIBYTE - 2) + b"\n") * 40)
    tracemalloc.start()
    done = CsvRepair("figures.csv", 2, ",", LIMITS, 50).run(path, 0, tmp_path / "out.csv")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert done.codes["S103"] + done.codes["S102"] + done.refused > 0
    assert peak < 12 * LONGEST_LINE
