"""The same words, byte by byte, whoever judges: rows in Python or an engine; one region or every region."""

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from packing import zstd

from czurban.app import options
from czurban.reading.sources.limits import LIMITS, MEBIBYTE

REPO = Path(__file__).parents[2]
EXAMPLES = sorted((REPO / "examples").rglob("*.csv"))
ENGINES = ["duckdb"]
Told = Callable[..., tuple[int, str, str]]


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


@pytest.mark.parametrize("named", ["城镇常住人口", "别的指标", "城镇常住人口 别的指标 城镇登记失业率"])
@pytest.mark.parametrize("ours", ["", "钦州市,城镇常住人口,2019,140,万人\n", "990001,城镇常住人口,2019,约7,万人\n"])
def test_rows_that_are_only_counted_are_counted_alike(told: Told, tmp_path: Path, named: str, ours: str) -> None:
    units = {name: "%" if name.endswith("率") else "万人" for name in named.split()}
    rows = [f"99{n:04},{name},2019,{n % 90}.5,{unit}\n" for name, unit in units.items() for n in range(2100)]
    text = "".join(["地区,指标,年份,数值,单位\n", *rows[:50], ours, *rows[50:]])
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    code, out, err = told(tmp_path, "t.csv", "--verbose", "--engine", "duckdb")
    assert f"{100 * len(units):,} plain rows" in err
    by_rows = told(tmp_path, "t.csv", "--verbose", "--engine", "python")
    assert (code, out) == by_rows[:2]
    shown = [line for line in err.splitlines() if "plain rows of other regions" not in line]
    assert shown == by_rows[2].splitlines()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_every_region_reads_the_same(told: Told, nasty_file: Path, engine: str, form: str) -> None:
    words = (nasty_file.name, "--each-region", "--format", form, "--max-findings", "0")
    assert told(nasty_file.parent, *words, "--engine", engine) == told(nasty_file.parent, *words, "--engine", "python")


@pytest.mark.parametrize("mark", ["\u200b", "\u2060", "\u00ad", "\ufeff"])
@pytest.mark.parametrize("at", range(8))
@pytest.mark.parametrize("region", ["990001", "钦州市"])
def test_what_cannot_be_seen_changes_nothing(told: Told, tmp_path: Path, mark: str, at: int, region: str) -> None:
    plain = [region, "城镇常住人口", "2019", "100", "万人", "快报", "市公安局", "预计数"]
    rows = [
        [region, *plain[1:6], "", ""],
        ["北海市", *plain[1:6], "", ""],
        ["990002", *plain[1:]],
        ["990003", *plain[1:7], ""],
    ]
    rows += [[*row[:at], text[:1] + mark + text[1:], *row[at + 1 :]] for row in rows for text in (row[at], "见附件")]
    text = "地区,指标,年份,数值,单位,数据状态,填报单位,备注\n" + "".join(",".join(row) + "\n" for row in rows)
    each = () if region == "钦州市" else ("--each-region", "--failures", "f.csv")
    results = []
    for engine in ("python", "duckdb"):
        (tmp_path / "t.csv").write_text(text, encoding="utf-8")
        said = told(tmp_path, "t.csv", *each, "--max-findings", "0", "--engine", engine)
        results.append((said, (tmp_path / "f.csv").read_text(encoding="utf-8") if each else ""))
    assert results[0] == results[1]
    assert mark not in "".join((*results[1][0][1:], results[1][1]))


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
    "no name": "990001,,2019,140,万人\n",
    "a blank name": "990001, ,2019,140,万人\n",
    "a wide blank for a name": "990001,\u3000,2019,140,万人\n",
    "a name that cannot be seen": "990001,\u200b,2019,140,万人\n",
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


ONE = "".join((HEADER, AROUND[0]))
REFUSED = {
    "empty": b"",
    "blank": b"\n\n  \n",
    "no value": "地区,指标,年份\n990003,城镇常住人口,2019\n".encode(),
    "no name": "地区,年份,数值\n990003,2019,140\n".encode(),
    "two values": "地区,指标,2019年完成值,数值\n990003,城镇常住人口,140,141\n".encode(),
    "two names": "地区,指标,指标,数值\n990003,城镇常住人口,x,141\n".encode(),
    "the header again": (ONE + ONE.replace("990003", "990004")).encode(),
    "another table": (ONE + "\n地区,指标,数值\n990004,城镇常住人口,140\n").encode(),
    "a column for each year": "指标,2018年,2019年\n城镇常住人口,132,140\n".encode(),
    "NUL": (ONE + "990004,城镇\0常住人口,2019,140,万人\n").encode(),
    "bytes": bytes(range(256)) * 20,
    "web page": b"<html><table><tr><td>x</td></tr></table></html>",
    "too wide": ("地区,指标,数值," + ",".join(map(str, range(17_000))) + "\n").encode(),
    "no end of a quotation": ('"' + ONE).encode(),
    "another period": "地区,指标,数值\n990003,城镇常住人口,140\n备注：以上为2017年数据,,\n".encode(),
    "header alone": HEADER.encode(),
}
PACKS = {"": bytes, ".gz": gzip.compress, ".zst": zstd.compress}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("each", [("--each-region",), ()])
def test_what_an_engine_does_not_take_is_told_as_by_rows(
    told: Told, tmp_path: Path, name: str, each: tuple[str, ...]
) -> None:
    (tmp_path / "r.csv").write_bytes(REFUSED[name])
    expected = told(tmp_path, "r.csv", "--verbose", *each, "--engine", "python")
    for end, pack in PACKS.items():
        (tmp_path / f"r.csv{end}").write_bytes(pack(REFUSED[name]))
        code, *texts = told(tmp_path, f"r.csv{end}", "--verbose", *each, "--engine", "duckdb")
        assert (code, *(text.replace(f"r.csv{end}", "r.csv") for text in texts)) == expected


def test_a_file_that_is_refused_stands_beside_others(told: Told, tmp_path: Path) -> None:
    (tmp_path / "ok.csv").write_text(ONE, encoding="utf-8")
    (tmp_path / "none.csv").write_bytes(REFUSED["no value"])
    words = ("ok.csv", "none.csv", "--each-region", "--format", "json")
    assert told(tmp_path, *words, "--engine", "duckdb") == told(tmp_path, *words, "--engine", "python")


@pytest.mark.parametrize("name", ["no value", "no name", "two values", "two names"])
def test_what_rows_may_not_read_either_is_known_by_its_header(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    text = REFUSED[name].decode()
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    code, _, expected = told(tmp_path, "r.csv", "--each-region", "--engine", "python")
    (tmp_path / "r.csv").write_text(text + "990005,x,y,z\n" * 100_000, encoding="utf-8")
    monkeypatch.setattr(options, "LIMITS", LIMITS._replace(size=MEBIBYTE))
    assert told(tmp_path, "r.csv", "--each-region", "--engine", "duckdb")[::2] == (code, expected)


@pytest.mark.parametrize("title", ["", "2019年各县指标完成情况\n", "2019年各县指标完成情况,,,,\n\n"])
@pytest.mark.parametrize("each", [("--each-region",), ()])
def test_a_long_table_under_a_title_is_for_the_engine(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, title: str, each: tuple[str, ...]
) -> None:
    rows = [f"{990000 + n},城镇常住人口,2019,{n % 90},万人\n" for n in range(30_000)]
    (tmp_path / "t.csv").write_text("".join((title, HEADER, *rows)), encoding="utf-8")
    monkeypatch.setattr(options, "LIMITS", LIMITS._replace(size=MEBIBYTE))
    code, out, err = told(tmp_path, "t.csv", *each, "--engine", "duckdb")
    assert code != 2, err
    assert ("30,000 regions" in out) is bool(each)


@pytest.mark.parametrize("end", [".csv.gz", ".csv.zst", ".parquet"])
@pytest.mark.parametrize("each", [("--each-region",), ()])
def test_plain_text_under_the_name_of_another_kind_is_read_and_said(
    told: Told, tmp_path: Path, end: str, each: tuple[str, ...]
) -> None:
    (tmp_path / f"r{end}").write_text("".join((HEADER, *AROUND)), encoding="utf-8")
    found = told(tmp_path, f"r{end}", *each)
    assert found == told(tmp_path, f"r{end}", *each, "--engine", "python")
    assert "note S115" in found[2]


NAMED = "城镇登记失业率"
REMARKS = "".join(f"66010000{n:04},{NAMED},3.2,经办记录{n}号\n" for n in range(40))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (f"地区,指标,数值,序号\n660101,{NAMED},3,1\n660102,{NAMED},3,2\n", {"S215", "S219"}),
        (f"地区,指标,数值,目标值\n660101,{NAMED},3,4.5\n660102,{NAMED},3,4.5\n", {"S219"}),
        (f"地区,指标,数值,2017年目标值\n660101,{NAMED},3,4.5\n660102,{NAMED},3,4.5\n", {"S104", "S219"}),
        (f"地区,指标,数值,备注\n660101,{NAMED}①,3,\n660101,{NAMED}①,4,预计数\n", {"S117", "S136", "S219"}),
        (f"地区,指标,数值,口径\n660101,{NAMED},3,快报\n660102,{NAMED},,预计数,x\n", {"S105", "S136", "S219"}),
        ("地区,指标,数值\n666666666666666666661,城镇常住人口,138.2\n", {"S219"}),
        (f"地区,指标,数值,备注\n{REMARKS}660200,{NAMED},3.2,2 018年数据\n", {"S209", "S219"}),
        (f"地区,指标,数值,经办处室\n{REMARKS}660200,{NAMED},3.2,9月302018年\n", {"S104", "S209", "S219"}),
    ],
    ids=[
        "counting",
        "targets",
        "another year",
        "footnote",
        "no result",
        "long code",
        "year in two parts",
        "year behind a day",
    ],
)
def test_all_that_is_counted_is_the_same(told: Told, tmp_path: Path, text: str, codes: set[str]) -> None:
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    reports = {}
    for engine in ("python", "duckdb"):
        words = ("--each-region", "--engine", engine, "--format", "json", "--max-findings", "0")
        code, out, _ = told(tmp_path, "r.csv", *words)
        reports[engine] = (code, {name: value for name, value in json.loads(out).items() if name != "unchecked"})
    assert reports["duckdb"] == reports["python"]
    report = reports["python"][1]
    assert {fault["code"] for fault in report["findings"]} == codes
    rows = report["rows"]
    assert min(rows.values()) >= 0
    assert rows["read"] == rows["used"] + rows["refused"] + rows["ignored"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"地区,指标,数值,填报单位\n450721,{NAMED},9,灵山县\n450721,{NAMED},8,市公安局\n", "S213"),
        ("地区,指标,单位,编号,数值\n钦南区,城镇建设用地面积,平方千米,A-141\n", "S105"),
        (f"地区,指标,数值\n灵山县,{NAMED},9\n灵山县,{NAMED},8\n", "S210"),
    ],
    ids=["its own sender", "a short row", "conflict"],
)
def test_a_part_fails_alike(told: Told, tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    outcomes = []
    for engine in ("python", "duckdb"):
        words = ("--each-region", "--engine", engine, "--format", "json", "--failures", f"{engine}.csv")
        report = json.loads(told(tmp_path, "r.csv", *words)[1])
        outcomes.append((report["finding_counts"], report["tally"], (tmp_path / f"{engine}.csv").read_bytes()))
    assert outcomes[0] == outcomes[1]
    assert code in outcomes[0][0]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--dept", "市公安局"), "Leave out --dept, --category and --only, or it."),
        (("--category", "城镇化水平"), "Leave out --dept, --category and --only, or it."),
        (("--only", "missed"), "Leave out --dept, --category and --only, or it."),
        (("--region", "灵山县"), "Leave out --region and --by, or it."),
    ],
)
def test_options_of_one_region_are_refused(told: Told, tmp_path: Path, words: tuple[str, str], hint: str) -> None:
    (tmp_path / "r.csv").write_text(f"地区,指标,数值\n660101,{NAMED},3\n", encoding="utf-8")
    code, out, err = told(tmp_path, "r.csv", "--each-region", *words)
    assert (code, out) == (2, "")
    assert hint in err


@pytest.mark.parametrize(("regions", "told_of"), [(1, "1 region, "), (2, "2 regions, ")])
def test_regions_are_counted_in_words(told: Told, tmp_path: Path, regions: int, told_of: str) -> None:
    rows = "".join(f"99000{n},城镇常住人口,140\n" for n in range(regions))
    (tmp_path / "r.csv").write_text(f"地区,指标,数值\n{rows}", encoding="utf-8")
    _, out, _ = told(tmp_path, "r.csv", "--each-region")
    assert f"\n{told_of}" in out


@pytest.mark.parametrize("end", [".csv.gz", ".csv.zst", ".parquet"])
def test_rows_in_python_read_what_an_engine_reads(told: Told, tmp_path: Path, end: str) -> None:
    (tmp_path / "r.csv").write_text(ONE, encoding="utf-8")
    if end == ".parquet":
        duckdb.read_csv(str(tmp_path / "r.csv"), all_varchar=True).write_parquet(str(tmp_path / f"r{end}"))
    else:
        (tmp_path / f"r{end}").write_bytes(PACKS[end.removeprefix(".csv")](ONE.encode()))
    for words in (("--engine", "python"), ("--region", "钦州市"), ("--each-region", "--engine", "python")):
        packed, plain = (told(tmp_path, name, *words) for name in (f"r{end}", "r.csv"))
        assert packed[0] == plain[0]
        assert packed[1].replace(f"r{end}", "r.csv") == plain[1]
        assert "S101" not in packed[2]


def test_a_parquet_without_a_column_of_values_is_told_as_a_csv_is(told: Told, tmp_path: Path) -> None:
    duckdb.sql("SELECT '990003' AS 地区, '城镇常住人口' AS 指标").write_parquet(str(tmp_path / "r.parquet"))
    code, out, err = told(tmp_path, "r.parquet", "--each-region")
    assert code == 2
    assert "r.parquet: error S102: No header row names a column of values; the nearest is: 地区 | 指标." in err
    assert "0 regions, 0 targets in all.\n" in out


def test_a_parquet_that_is_cut_off_is_reported(told: Told, tmp_path: Path) -> None:
    path = tmp_path / "r.parquet"
    duckdb.sql("SELECT '990003' AS 地区, '城镇常住人口' AS 指标, 1 AS 数值").write_parquet(str(path))
    path.write_bytes(path.read_bytes()[:-9])
    code, _, err = told(tmp_path, "r.parquet")
    assert (code, "its end is missing" in err) == (2, True)


@pytest.mark.parametrize("most", ["5", "0"])
@pytest.mark.parametrize("ignored", ["S211", "S249", "S2"])
def test_all_findings_that_are_left_out_are_counted(told: Told, tmp_path: Path, ignored: str, most: str) -> None:
    rows = []
    for number in range(30):
        region = f"66010{number:04}"
        rows += [f"{region},城镇建设用地面积,2019,{100 + number},平方千米", f"{region},常住人口城镇化率,2019,50,%"]
        rows += [f"{region},城镇常住人口,2019,140,万人"] * 2
    text = "地区,指标,年份,数值,单位\n" + "".join(f"{row}\n" for row in rows)
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    words = ("t.csv", "--each-region", "--period", "2019", "--ignore", ignored, "--max-findings", most)
    by_engine = told(tmp_path, *words, "--engine", "duckdb")
    assert by_engine == told(tmp_path, *words, "--engine", "python")
    assert re.search(r"Left out by .*: ([3-9][0-9])\b", by_engine[2])
