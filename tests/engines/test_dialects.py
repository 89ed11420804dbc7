"""CSV in every dialect: an engine and rows in Python print the same words, byte by byte, or both refuse the file."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest
from comparisons import without_comparisons
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from czurban.cli.app import run

REPO = Path(__file__).parents[2]
STEADY = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
Said = tuple[int, str, str]
Asks = Callable[..., Said]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Asks:
    """Run a command in an empty folder; return its exit code and both outputs."""
    monkeypatch.setenv("CZURBAN_PLAN", str(REPO / "data"))
    monkeypatch.setenv("CZURBAN_LANG", "en")
    monkeypatch.chdir(tmp_path)

    def asked(*words: str) -> Said:
        code = run([*words])
        return code, *capsys.readouterr()

    return asked


def same(ask: Asks, *words: str) -> Said:
    """Ask both, and return what both say."""
    by_rows, by_engine = (
        without_comparisons(ask("check", "--engine", engine, *words)) for engine in ("python", "duckdb")
    )
    assert by_engine == by_rows
    return by_rows


class Dialect(NamedTuple):
    """How a table is written as text."""

    ends: Sequence[str]
    delimiter: str
    mark: str
    last: bool


LINE_ENDS = {"feeds": ["\n"], "both": ["\r\n"], "returns": ["\r"], "mixed": ["\n", "\r\n", "\r"], "two": ["\r\n", "\n"]}
DIALECTS = st.builds(
    Dialect,
    st.sampled_from([*LINE_ENDS.values()]),
    st.sampled_from([",", ",", ";", "\t"]),
    st.sampled_from(["", "", "\ufeff"]),
    st.booleans(),
)
REGIONS = ["990001", "990002", "990003", "钦州市", "", " 990004 ", "=x", "'=x", "９９０００５"]
INDICATORS = ["城镇常住人口", "城镇登记失业率", "常住人口城镇化率", "没有的指标", "合计", "注：", ""]
VALUES = ["140", "100", "4.5", "4.51", "-1", "'-1", "约7", "—", "", "６.5", "1e2", "140\x01"]
NOTES = ["", "x", "a b", "钦州", '"', '""', " ", "x,y", "x;y", "x\ty"]
WRAPS = ["a\nb", "a\r\nb", "a\rb", "\n", "990009\n990001,城镇常住人口,2019,100,万人,", 'a "b"\nc']
STYLES = ["plain", "plain", "plain", "quoted", "wrapped"]
ODD = [
    "",
    " ",
    ",,,,,",
    "990001",
    "990001,城镇常住人口,2019,150",
    "990001,城镇常住人口,2019,150,万人,x,y,,",
    '990001,"城镇',
]
ODD += [
    '990001,城镇"常住"人口,2019,150,万人,',
    '990001, "城镇常住人口",2019,150,万人,',
    '990001,"城镇常住人口"x,2019,150,万人,',
]


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def cell(text: str, style: str, dialect: Dialect) -> str:
    if style == "plain" and not any(sign in text for sign in (dialect.delimiter, '"', "\n", "\r")):
        return text
    return quoted(text)


@st.composite
def rows(draw: st.DrawFn, dialect: Dialect) -> str:
    if draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from(ODD)).replace(",", dialect.delimiter)
    style = draw(st.sampled_from(STYLES))
    note = draw(st.sampled_from(WRAPS if style == "wrapped" else NOTES))
    chosen = [
        draw(st.sampled_from(one))
        for one in (REGIONS, INDICATORS, ["2019", "2019", "2018", ""], VALUES, ["万人", "%", ""])
    ]
    return dialect.delimiter.join(cell(text, style, dialect) for text in (*chosen, note))


@st.composite
def tables(draw: st.DrawFn) -> str:
    dialect = draw(DIALECTS)
    note = draw(st.sampled_from(["备注", "备注", "备\n注", "备\r\n注", "备\r注"]))
    head = dialect.delimiter.join(cell(one, "plain", dialect) for one in ("地区", "指标", "年份", "数值", "单位", note))
    lines = [head, *draw(st.lists(rows(dialect), min_size=1, max_size=6))]
    if draw(st.integers(0, 6)) == 0:
        lines.insert(0, draw(st.sampled_from(["", "某市填报表", '"某市\n填报表"'])))
    text = "".join(line + draw(st.sampled_from(dialect.ends)) for line in lines)
    return dialect.mark + (text if dialect.last else text.rstrip("\r\n"))


@STEADY
@given(text=tables(), words=st.sampled_from([("--each-region",), (), ("--each-region", "--format", "json")]))
def test_a_table_reads_the_same_in_every_dialect(ask: Asks, tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    (tmp_path / "t.csv").write_bytes(text.encode())
    same(ask, "t.csv", "--verbose", *words)


ONE = "990003,城镇常住人口,2019,100,万人\n"
HEADER = "地区,指标,年份,数值,单位\n"
BROKEN = {
    "a row behind the header": (HEADER + '990001,"城镇\n' + ONE * 2, "S106"),
    "more broken rows than are listed": (HEADER + '990001,"城镇"x\n' * 150 + ONE, "S106"),
    "a line above the header": ('"某市"x\n' + HEADER + ONE, "S106"),
    "a header of two lines": (HEADER.replace("单位", '"单\r\n位"') + ONE, ""),
    "returns alone": ((HEADER + ONE * 2).replace("\n", "\r"), ""),
    "returns in cells": (HEADER + ONE.replace("万人", '"万\r人"') + ONE, ""),
    "a row of nothing at the end": (HEADER + ONE + ",,,,", ""),
    "both at every end": ((HEADER + ONE * 2).replace("\n", "\r\n"), ""),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("words", [(), ("--each-region",)])
def test_what_an_engine_once_lost_reads_the_same(ask: Asks, tmp_path: Path, name: str, words: tuple[str, ...]) -> None:
    text, code = BROKEN[name]
    (tmp_path / "t.csv").write_bytes(text.encode())
    assert code in same(ask, "t.csv", "--verbose", *words)[2]


def test_a_row_of_the_region_that_counts_for_nothing_is_listed_however_the_region_is_spelled(
    ask: Asks, tmp_path: Path
) -> None:
    rows = ONE.replace("990003", "钦州市").replace("2019", "2018") + ONE.replace("990003", "")
    (tmp_path / "t.csv").write_text(HEADER + rows, encoding="utf-8")
    assert "S208" in same(ask, "t.csv", "--each-region")[2]


def test_lone_returns_may_end_lines_beyond_what_one_line_may_hold(
    ask: Asks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("czurban.reading.sources.csv_sheet._LONGEST_LINE", 1 << 14)  # an engine's own is 32,767
    rows = "".join(f"{990000 + n},城镇常住人口,2019,140,万人\r" for n in range(1_000))
    (tmp_path / "t.csv").write_bytes((HEADER.replace("\n", "\r") + rows).encode())
    assert "1000 regions" in same(ask, "t.csv", "--each-region")[1].replace(",", "")


NAMES = ["~", "~/f.csv", "a[1].csv", "a*.csv", "a?.csv", "a'b\".csv", "a b.csv", "a\nb.csv", "-x.csv", "k=v.csv"]
NAMES += ["year=2018/f.csv", "s3:/b/f.csv", "f.csv?x", "a\\b.csv", "a[b\\.csv", "[a]/f.csv", "**/f.csv", "{a,b}.csv"]
NAMES += ["x%20y.csv", "f.csv.gz.csv", "f.parquet.csv", "$HOME.csv", "\udcff.csv", "数据　表.csv", " .csv", "f.json"]
METRICS = """
records:
  title: made up
  columns:
    地区: {kind: region}
    年份: {kind: period}
metrics:
  - {id: n, name: 人数, unit: 人, value: count}
"""


def decoys(folder: Path) -> None:
    """Files that a pattern or a home folder would lead to; not one of them may be read."""
    for name in ("a1.csv", "ab.csv", "axx.csv", "b/f.csv", "a/f.csv", "home/f.csv", "b.csv", "a.csv"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(HEADER + ONE.replace("990003", "999999") * 3, encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no files of such names")
@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_read_by_its_own_name_whatever_that_is(
    ask: Asks, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoys(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    path = tmp_path / "in" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + ONE + ONE.replace("990003", "990004"), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "in")
    assert "2 regions" in same(ask, "--each-region", "--", name)[1]
    same(ask, "--", name)
    ask("check", "--each-region", "--engine", "duckdb", "--failures", "../failures.csv", "--", name)
    found = duckdb.read_csv(str(tmp_path / "failures.csv"), all_varchar=True).fetchall()
    assert sorted(row[0] for row in found) == ["990003", "990004"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no files of such names")
@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("name", NAMES)
def test_records_are_read_by_their_own_name_whatever_that_is(ask: Asks, tmp_path: Path, name: str, form: str) -> None:
    decoys(tmp_path)
    Path("m.yaml").write_text(METRICS, encoding="utf-8")
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + ONE + ONE.replace("990003", "990004"), encoding="utf-8")
    if form == "parquet":
        table = duckdb.read_csv(str(path.rename("plain.csv")), all_varchar=True)
        table.write_parquet("plain.parquet")
        Path("plain.parquet").rename(path)
    code, out, err = ask("compute", "--metrics", "m.yaml", "--format", "csv", f"--records={name}")
    assert (code, err) == (0, "")
    assert ",2," in out.splitlines()[1]
