"""`czurban compute --records`: what is printed and written, and that `check` reads it back to the same verdicts."""

import csv
import gzip
import io
import json
import os
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
from packing import zstd

from czurban.checking.assessing import assess
from czurban.cli.app import run
from czurban.model.plan import Plan
from czurban.model.target import Interval
from czurban.reading.submission.files import read_bytes
from czurban.reporting.formats.registry import REPORT_FORMATS
from czurban.reporting.texts import written

Call = Callable[..., tuple[int, str, str]]
PACKED = {"": bytes, ".gz": gzip.compress, ".zst": zstd.compress}
METRICS = """
records:
  title: 试验
  whole: 钦州市
  columns:
    year: {kind: period}
    region: {kind: region}
    urban: {kind: number, type: "decimal(30,12)"}
    all: {kind: number, type: "decimal(30,12)"}
metrics:
  - {indicator: 城镇化率, numerator: sum(urban), denominator: sum(all), per: percent}
"""


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], repo: Path) -> Call:
    monkeypatch.setenv("CZURBAN_LANG", "en")
    monkeypatch.setenv("CZURBAN_PLAN", str(repo / "data"))

    def called(*arguments: str | Path) -> tuple[int, str, str]:
        code = run([str(one) for one in arguments])
        return (code, *capfd.readouterr())

    return called


@pytest.fixture
def example(repo: Path) -> tuple[str, str, str, str]:
    folder = repo / "examples" / "records"
    return ("--records", str(folder / "persons.csv"), "--metrics", str(folder / "metrics.yaml"))


def rows_of(path: Path) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))]


def test_the_example_shows_its_working(call: Call, example: tuple[str, ...]) -> None:
    code, out, err = call("compute", *example, "--period", "2019")
    assert code == 0
    assert "5 of 5 figures from 2,400 records" in out
    assert "1,321,091.6867 ÷ 3,309,187.5788 ≈ 39.9219%" in out
    assert "1,321,091.6867 人 = 132.10916867 万人" in out
    assert "8 figures" not in out
    assert "S282" in err


@pytest.mark.parametrize("form", REPORT_FORMATS)
@pytest.mark.parametrize("by", ["region", None])
def test_every_format_holds_the_figure(
    call: Call, example: tuple[str, ...], tmp_path: Path, form: str, by: str | None
) -> None:
    if form == "pdf":
        pytest.importorskip("typst")
    path = tmp_path / f"f.{form}"
    more = () if by is None else ("--by", by)
    assert call("compute", *example, "--only", "urban_resident_population", "--format", form, "-o", path, *more)[0] == 0
    data = path.read_bytes()
    if form == "pdf":
        assert data.startswith(b"%PDF")
        return
    assert data[:2] == b"PK" if form in ("docx", "xlsx") else "城镇常住人口" in data.decode() or form == "csv"
    if form == "csv":
        assert {one["indicator"] for one in rows_of(path)} == {"urban_resident_population"}


def test_json_holds_the_last_digit(call: Call, example: tuple[str, ...]) -> None:
    record = json.loads(call("compute", *example, "--format", "json")[1])
    assert (record["records"], len(record["figures"])) == (2400, 10)
    for one in record["figures"]:
        numerator, denominator = one["fraction"].split("/")
        value = Fraction(int(numerator), int(denominator))
        assert one["exact"] is (Fraction(one["value"]) == value)
        if one["denominator"]:
            assert Fraction(one["numerator"]) / Fraction(one["denominator"]) == value / (
                100 if one["unit"] == "%" else 1
            )
    assert {one["code"] for one in record["findings"]} == {"S282"}


@pytest.mark.parametrize(
    ("sides", "verdict"),
    [
        (("41", "100"), "met"),
        (("40.5", "100"), "missed"),
        (("1", "3"), "missed"),
        (("2", "3"), "met"),
        (("1", "0"), "unreported"),
        (("40499999999999999.999999999999", "100000000000000000"), "missed"),
        (("122999999999999999.999999999999", "300000000000000000"), "missed"),
        (("123000000000000000", "300000000000000000"), "met"),
        (("123000000000000000.000000000001", "300000000000000000"), "met"),
        (("300000000000000000.000000000001", "300000000000000000"), "unreadable"),
        (("-0.000000000001", "300000000000000007"), "unreadable"),
    ],
)
def test_check_reads_it_back_to_the_same_verdict(
    call: Call, plan: Plan, tmp_path: Path, sides: tuple[str, str], verdict: str
) -> None:
    urban, everybody = sides
    (tmp_path / "m.yaml").write_text(METRICS, encoding="utf-8")
    (tmp_path / "r.csv").write_text(f"year,region,urban,all\n2019,钦州市,{urban},{everybody}\n", encoding="utf-8")
    out = tmp_path / "derived.csv"
    call("compute", "--records", tmp_path / "r.csv", "--metrics", tmp_path / "m.yaml", "-o", out)
    submission, _ = read_bytes("derived.csv", out.read_bytes(), plan)
    result = assess(plan, [submission], period=plan.period).results[0]
    assert str(result.verdict) == verdict
    (row,) = rows_of(out)
    if row["value"] and result.actual is not None:
        exactly = Fraction(urban) / Fraction(everybody) * 100
        target = plan.indicators[0].target.interval
        assert (exactly in target) == (verdict == "met")
        assert (row["exact"] == "true") == (result.actual == exactly)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (Fraction(1, 3), 3, "0.333"),
        (Fraction(1, 8), 3, "0.125"),
        (Fraction(1, 16), 3, "0.0625"),
        (Fraction(41) - Fraction(1, 3 * 10**9), 3, "40.9999999997"),
        (Fraction(41) + Fraction(1, 3 * 10**5), 3, "41.000003"),
        (Fraction(100) + Fraction(1, 3 * 10**5), 0, "100.000003"),
        (Fraction(-1, 3 * 10**5), 2, "-0.000003"),
        (Fraction(41), 0, "41"),
    ],
)
def test_digits_stop_at_no_verdict_s_cost(value: Fraction, decimals: int, expected: str) -> None:
    from decimal import Decimal  # noqa: PLC0415 - for this test alone

    assert written(value, Interval(low=Decimal(41)), decimals) == expected


def test_digits_are_as_many_as_asked_for(call: Call, example: tuple[str, ...], tmp_path: Path) -> None:
    out = tmp_path / "d.csv"
    assert call("compute", *example, "--only", "城镇调查失业率", "--digits", "2", "-o", out)[0] == 0
    assert [one["value"] for one in rows_of(out)] == ["5.42", "4.64"]
    assert {one["exact"] for one in rows_of(out)} == {"false"}


def test_where_nothing_says_the_region_none_is_guessed(call: Call, plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(METRICS.replace("  whole: 钦州市\n", ""), encoding="utf-8")
    (tmp_path / "r.csv").write_text("year,region,urban,all\n2019,1,41,100\n", encoding="utf-8")
    out = tmp_path / "derived.csv"
    code, printed, _ = call("compute", "--records", tmp_path / "r.csv", "--metrics", tmp_path / "m.yaml")
    assert (code, "All records" in printed) == (0, True)
    call("compute", "--records", tmp_path / "r.csv", "--metrics", tmp_path / "m.yaml", "-o", out)
    submission, _ = read_bytes("derived.csv", out.read_bytes(), plan)
    assessed = assess(plan, [submission], period=plan.period)
    assert str(assessed.results[0].verdict) == "unreported"
    assert "S217" in {one.code for one in assessed.findings}


def test_only_the_plan_s_indicators_are_for_check(call: Call, example: tuple[str, ...], tmp_path: Path) -> None:
    out = tmp_path / "derived.csv"
    assert call("compute", *example, "--only", "plan", "--period", "2019", "-o", out)[0] == 0
    code, printed, err = call("check", out, "--fail-on", "error")
    assert code == 0
    assert "39.9219" in printed
    assert "error" not in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--records", "x.csv"), "--records and --metrics are given together"),
        (("--metrics", "{metrics}"), "--records and --metrics are given together"),
        (("--by", "region"), "--records and --metrics are given together"),
        (("{metrics}", "--records", "x.csv"), "not computed from together"),
        (("--records", "nowhere.csv", "--metrics", "{metrics}"), "There is no file nowhere.csv"),
        (("--records", "nowhere/*.csv", "--metrics", "{metrics}"), "There is no table in"),
        (("--records", "{empty}", "--metrics", "{metrics}"), "no first line"),
        (("--records", "{folder}", "--metrics", "{metrics}"), "There is no table in"),
        (("--records", "{records}", "--metrics", "nowhere.yaml"), "nowhere.yaml cannot be read"),
        (("--records", "{records}", "--metrics", "{wrong}"), "No metric in"),
        (("--records", "{records}", "--metrics", "{metrics}", "--by", "age"), "--by has no"),
        (("--records", "{records}", "--metrics", "{metrics}", "--by", "region:0"), "--by has no"),
        (("--records", "{records}", "--metrics", "{metrics}", "--by", "region:x"), "--by has no"),
        (("--records", "{records}", "--metrics", "{metrics}", "--only", "b"), "There is no metric"),
        (("--records", "{records}", "--metrics", "{metrics}", "-o", "{records}"), "is one of the files"),
        (("--records", "{records}", "--metrics", "{metrics}", "--period", "later"), "cannot be read as a period"),
        (("--records", "{records}", "--records", "{other}", "--metrics", "{metrics}"), "does not have the columns"),
        (("--records", "{twice}", "--metrics", "{metrics}"), "two columns called"),
        (("--records", "{cut}", "--metrics", "{metrics}"), "unpacked to its end"),
        (("--records", "{records}", "--records", "{parquet}", "--metrics", "{metrics}"), "is a broken Parquet file"),
        (("--records", "{records}", "--records", "{whole}", "--metrics", "{metrics}"), "one of the two"),
        (("--records", "{parquet}", "--metrics", "{metrics}"), "is a broken Parquet file"),
    ],
)
def test_what_cannot_be_done_is_said(call: Call, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    texts = {
        "metrics": METRICS,
        "wrong": METRICS.replace("sum(urban)", "sum(urb)"),
        "records": "year,region,urban,all\n2019,1,41,100\n",
        "other": "year,region,all,urban\n2019,1,41,100\n",
        "twice": "year,region,year\n2019,1,41\n",
        "empty": "",
        "parquet": "PAR1 and no more",
        "whole": "PAR1 and so on to PAR1",
    }
    places = {name: tmp_path / f"{name}.{'yaml' if name in ('metrics', 'wrong') else 'csv'}" for name in texts}
    for name, path in places.items():
        path.write_text(texts[name], encoding="utf-8")
    places |= {"folder": tmp_path / "folder", "cut": tmp_path / "cut.csv.gz"}
    places["folder"].mkdir()
    places["cut"].write_bytes(b"\x1f\x8b\x08\0")
    code, _, err = call("compute", *(one.format(**places) for one in arguments))
    assert code == 2
    assert message in err
    assert "Traceback" not in err


def test_a_fault_of_the_records_fails_the_run(call: Call, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(METRICS, encoding="utf-8")
    (tmp_path / "r.csv").write_text("year,region,urban,all\n2019,钦州市,,100\n", encoding="utf-8")
    code, out, err = call("compute", "--records", tmp_path / "r.csv", "--metrics", tmp_path / "m.yaml")
    assert code == 1
    assert "0 of 1 figures" in out
    assert "(urban ×1 is missing)" in out
    assert "S283" in err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_parquet_is_read_as_it_is_stored(call: Call, tmp_path: Path, lang: str) -> None:
    import duckdb  # noqa: PLC0415 - for this test alone

    metrics = METRICS.replace("sum(all)", "sum(all) where born > 3 and age >= 1 and ok")
    metrics = metrics.replace(
        "    all:", "    born: {kind: number}\n    age: {kind: number}\n    ok: {kind: flag}\n    all:"
    )
    (tmp_path / "m.yaml").write_text(metrics, encoding="utf-8")
    path = tmp_path / "r.parquet"
    columns = "DATE '2019-05-06' AS year, 450700 AS region, 1.5::DECIMAL(9,3) AS urban, 3::UTINYINT AS all"
    more = "0.1::DOUBLE AS born, 7::BIGINT AS age, true AS ok"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT {columns}, {more}) TO '{path}'")
    code, _, err = call("compute", "--records", path, "--metrics", tmp_path / "m.yaml", "--lang", lang)
    assert (code, "S279" in err, "DOUBLE" in err) == (1, True, True)
    (tmp_path / "m.yaml").write_text(
        metrics.replace("born: {kind: number", 'born: {kind: number, type: "decimal(3,1)"'), encoding="utf-8"
    )
    code, out, _ = call("compute", "--records", path, "--metrics", tmp_path / "m.yaml", "--lang", lang)
    assert (code, "1.5 ÷ 0 = ?" in out) == (0, True)
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT {columns}, 3.25::DOUBLE AS born, 7::BIGINT AS age, true AS ok) TO '{path}'")
    code, out, err = call("compute", "--records", path, "--metrics", tmp_path / "m.yaml", "--lang", lang)
    assert ("1.5 ÷ 3 = 50%" in out, "S281" in err) == (True, True)
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT {columns}, [1] AS born, 7::BIGINT AS age, true AS ok) TO '{path}'")
    code, out, err = call("compute", "--records", path, "--metrics", tmp_path / "m.yaml", "--lang", lang)
    assert ("S278" in err, "INTEGER[]" in err) == (True, True)


@pytest.mark.parametrize(
    ("bad", "code"),
    [("2019,钦州市,1", "S105"), ("2019,钦州市,1,2,3", "S105"), ('2019,钦州市,"1,2', "S106")],
)
@pytest.mark.parametrize("policy", ["", ", missing: exclude"])
def test_a_broken_row_is_told_with_its_line(call: Call, tmp_path: Path, bad: str, code: str, policy: str) -> None:
    (tmp_path / "m.yaml").write_text(METRICS.replace("per: percent", f"per: percent{policy}"), encoding="utf-8")
    text = f"year,region,urban,all\n2019,钦州市,41,100\n{bad}\n2019,钦州市,1,100\n"
    for end, pack in PACKED.items():
        path = tmp_path / f"r.csv{end}"
        path.write_bytes(pack(text.encode()))
        failed, out, err = call("compute", "--records", path, "--metrics", tmp_path / "m.yaml")
        assert failed == 1
        assert f"{path}:3: error {code}" in err
        assert f"{1 if policy else 0} of 1 figures from 2 records" in out


@pytest.mark.parametrize(
    ("row", "region"),
    [('2019, "钦州市",41,100', '"钦州市"'), ('2019,"钦,州",41,100\r', "钦,州"), ('2019,"a"" b",41,100', 'a" b')],
)
def test_rows_that_programs_split_in_two_ways_are_split_as_python_does(
    call: Call, tmp_path: Path, row: str, region: str
) -> None:
    (tmp_path / "m.yaml").write_text(METRICS, encoding="utf-8")
    (tmp_path / "r.csv").write_bytes(f"year,region,urban,all\n{row}\n".encode())
    metrics, path = tmp_path / "m.yaml", tmp_path / "r.csv"
    code, out, _ = call("compute", "--records", path, "--metrics", metrics, "--by", "region")
    assert (code, "41%" in out, region in out) == (0, True, True)


ROW = "SELECT '2019' AS year, '钦州市' AS region, {value} AS urban, 100 AS \"all\""


@pytest.mark.parametrize("end", ["csv", "parquet"])
@pytest.mark.parametrize("name", ["a[2]", "a?", "a*", "it's", "a{1,2}"])
def test_a_name_is_no_pattern_for_the_engine(call: Call, tmp_path: Path, end: str, name: str) -> None:
    (tmp_path / "m.yaml").write_text(METRICS, encoding="utf-8")
    for stem, value in ((name, 41), ("a2", 1), ("a1", 2)):
        path = tmp_path / f"{stem}.{end}"
        if end == "csv":
            path.write_text(f"year,region,urban,all\n2019,钦州市,{value},100\n", encoding="utf-8")
        else:
            duckdb.sql(ROW.format(value=value)).write_parquet(str(tmp_path / "made"))
            (tmp_path / "made").rename(path)
    code, out, _ = call("compute", "--records", tmp_path / f"{name}.{end}", "--metrics", tmp_path / "m.yaml")
    assert (code, "41 ÷ 100 = 41%" in out, "from 1 records" in out) == (0, True, True)


def test_a_file_under_two_names_is_counted_once(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "m.yaml").write_text(METRICS, encoding="utf-8")
    (tmp_path / "r.csv").write_text("year,region,urban,all\n2019,钦州市,41,100\n", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "r.csv")
    monkeypatch.chdir(tmp_path)
    names = [word for one in ("r.csv", "./r.csv", "link.csv", "*.csv", ".") for word in ("--records", one)]
    assert "41 ÷ 100 = 41%" in call("compute", *names, "--metrics", "m.yaml")[1]


def test_a_moment_is_no_day(call: Call, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(METRICS, encoding="utf-8")
    moment = ROW.format(value=41).replace("'2019'", "TIMESTAMPTZ '2019-12-31 23:59:59+00'")
    duckdb.sql(moment).write_parquet(str(tmp_path / "r.parquet"))
    code, _, err = call("compute", "--records", tmp_path / "r.parquet", "--metrics", tmp_path / "m.yaml")
    assert (code, "error S278: The column “year” holds moments" in err) == (1, True)


def test_a_sum_of_which_every_record_is_left_out_is_no_0(call: Call, tmp_path: Path) -> None:
    text = METRICS.replace("numerator: sum(urban), denominator: sum(all), per: percent", "value: sum(urban)")
    text = text.replace("城镇化率", "城镇常住人口").replace("sum(urban)", "sum(urban), unit: 人, missing: exclude")
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "r.csv").write_text("year,region,urban,all\n2019,钦州市,,100\n2019,钦州市,—,1\n", encoding="utf-8")
    code, out, err = call("compute", "--records", tmp_path / "r.csv", "--metrics", tmp_path / "m.yaml")
    assert (code, "0 of 1 figures" in out) == (1, True)
    assert "S283: There is no “城镇常住人口” (钦州市, 2019): all of its records are left out." in err


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("line_no,cell_count,year,region,urban,all\n1,2,2019,钦州市,41,100\n1,2,2019\n", 1),
        (",year,region,urban,all,\n0,2019,钦州市,41,100,\n", 0),
        (",year,region,urban,all,\n0,2019,钦州市,41,100,\n0,2019\n", 1),
    ],
    ids=["columns called as one's own", "columns without a name", "these and a broken row"],
)
def test_any_names_of_columns_do(call: Call, tmp_path: Path, text: str, ends: int) -> None:
    (tmp_path / "m.yaml").write_text(
        METRICS.replace("per: percent", "per: percent, missing: exclude"), encoding="utf-8"
    )
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    code, out, err = call("compute", "--records", tmp_path / "r.csv", "--metrics", tmp_path / "m.yaml")
    assert (code, "41 ÷ 100 = 41%" in out) == (ends, True)
    assert ("r.csv:3: error S105" in err) is bool(ends)


def test_a_column_that_is_not_there_is_told_with_those_that_are(call: Call, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(METRICS, encoding="utf-8")
    (tmp_path / "r.csv").write_text('year,region,urban\n2019, "钦州市",41\n', encoding="utf-8")
    code, _, err = call("compute", "--records", tmp_path / "r.csv", "--metrics", tmp_path / "m.yaml")
    assert (code, "Did you mean year / region / urban?" in err, "line_no" in err) == (1, True, False)


@pytest.mark.parametrize(
    ("words", "rows", "message"),
    [
        (("--period", "2031"), "2019,钦州市,41,100\n", "No record is of 2031."),
        ((), "", "There are no records."),
        ((), "去年,钦州市,41,100\n", "No record states what a figure is made for."),
    ],
)
def test_nothing_is_not_fine(call: Call, tmp_path: Path, words: tuple[str, ...], rows: str, message: str) -> None:
    (tmp_path / "m.yaml").write_text(METRICS, encoding="utf-8")
    (tmp_path / "r.csv").write_text(f"year,region,urban,all\n{rows}", encoding="utf-8")
    code, out, _ = call("compute", "--records", tmp_path / "r.csv", "--metrics", tmp_path / "m.yaml", *words)
    assert code == 2
    assert message in out


@pytest.mark.parametrize("name", ["1", "城镇化率", "常住人口城镇化率", "resident_urbanization_rate", "plan"])
def test_an_indicator_is_asked_for_by_any_of_its_names(call: Call, example: tuple[str, ...], name: str) -> None:
    code, out, _ = call("compute", *example, "--period", "2019", "--only", name)
    assert (code, "39.9219" in out) == (0, True)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04" + bytes(99), "is a workbook (XLSX)"),
        (b"year,region\n2019,\0\n", "is neither text"),
        (b"<html></html>", "is a web page"),
        (b"PAR1\x15\x04" + bytes(99), "is a broken Parquet file"),
    ],
)
def test_what_are_no_records_is_said(call: Call, tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "m.yaml").write_text(METRICS, encoding="utf-8")
    (tmp_path / "r.csv").write_bytes(data)
    code, _, err = call("compute", "--records", tmp_path / "r.csv", "--metrics", tmp_path / "m.yaml")
    assert (code, message in err) == (2, True)
    code, _, err = call("compute", "--records", "-", "--metrics", tmp_path / "m.yaml")
    assert (code, "standard input" in err) == (2, True)


def test_a_file_that_is_no_list_of_metrics_is_told_so(call: Call, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("year,region,urban,all\n2019,钦州市,41,100\n", encoding="utf-8")
    code, _, err = call("compute", "--records", tmp_path / "r.csv", "--metrics", tmp_path / "r.csv")
    assert code == 2
    assert "error P106: This must be keys with values." in err
    assert "See docs/reference/records.md for its content" in err


def test_what_was_derived_into_the_folder_of_records_is_no_record(
    call: Call, example: tuple[str, ...], tmp_path: Path
) -> None:
    at = example.index("--records") + 1
    folder = tmp_path / "records"
    folder.mkdir()
    shutil.copy(example[at], folder)
    words = ("compute", *example[:at], folder, *example[at + 1 :])
    assert call(*words, "-o", folder / "derived.csv")[0] == 0
    first = (folder / "derived.csv").read_bytes()
    assert call(*words, "-o", folder / "derived.csv")[0] == 0
    assert (folder / "derived.csv").read_bytes() == first


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_records_from_a_pipe_are_refused_and_not_waited_for(
    call: Call, example: tuple[str, ...], tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    at = example.index("--records") + 1
    code, _, err = call("compute", *example[:at], tmp_path / "pipe.csv", *example[at + 1 :])
    assert code == 2
    assert "pipe" in err
