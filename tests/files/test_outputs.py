"""What czurban writes as an answer is recognised by its content, and what people send is not."""

import gzip
import json
import os
import shutil
from pathlib import Path

import pytest

from czurban.cli.app import run
from czurban.files.inputs import is_output
from czurban.files.outputs import is_own_page, with_digest
from czurban.files.writing import is_temporary

FIGURES = "examples/actuals-2019.csv"
REPORTS = [
    ("check", FIGURES),
    ("check", FIGURES, "--by", "region"),
    ("check", FIGURES, "--each-region"),
    ("validate", "examples/actuals-2018.csv"),
    ("report", FIGURES),
    ("report", FIGURES, "--dept", "市公安局"),
    ("why", "1", FIGURES),
    ("ledger", FIGURES),
    ("escalate", FIGURES),
    ("score", FIGURES),
    ("status", FIGURES),
    ("list", "indicators"),
    ("list", "tasks"),
    ("list", "departments"),
    ("list", "regions"),
    ("show", "1"),
    ("show", "任务17"),
    ("show", "市公安局"),
    ("rule", "P214"),
]


@pytest.fixture(autouse=True)
def _here(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo)
    monkeypatch.delenv("CZURBAN_LANG", raising=False)


@pytest.mark.parametrize("words", REPORTS, ids=" ".join)
def test_a_report_as_csv_is_recognised(words: tuple[str, ...], tmp_path: Path) -> None:
    run([*words, "--format", "csv", "-o", str(tmp_path / "copy.csv")])
    assert is_output(tmp_path / "copy.csv")


OTHERS = [
    *(
        (command, ending)
        for command in ("check", "report", "ledger", "status", "compute")
        for ending in ("txt", "md", "json")
    ),
    *(
        (command, ending)
        for command in ("report", "ledger", "status", "compute")
        for ending in ("xlsx", "html", "docx")
    ),
]


@pytest.mark.parametrize(("command", "ending"), OTHERS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_report_in_another_format_is_recognised(command: str, ending: str, lang: str, tmp_path: Path) -> None:
    name = tmp_path / f"copy.{ending}"
    run([command, FIGURES, "-o", str(name), "--lang", lang])
    assert is_output(name)
    assert is_output(name.read_bytes())


def test_a_report_as_pdf_is_recognised(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    if run(["status", FIGURES, "-o", str(tmp_path / "page.pdf")]) == 2:
        pytest.skip("no font with Chinese characters is installed")
    assert is_output(tmp_path / "page.pdf")


@pytest.mark.parametrize("engine", ["python", "duckdb"])
@pytest.mark.parametrize("name", ["r.csv", "r.json", "r.md", "r.txt", "r.html", "r.xlsx", "r.docx", "other name"])
def test_a_report_named_directly_is_refused_as_one(
    engine: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / name
    run(["report", FIGURES, "-o", str(copy), *(() if copy.suffix else ("-f", "csv"))])
    capsys.readouterr()
    assert run(["check", str(copy), "--engine", engine, "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert f"{copy}: error S101: This is a report or letter that czurban wrote" in said
    assert "Name the files of figures that it was made from" in said


def test_a_report_named_with_figures_costs_no_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", FIGURES, "-f", "json"])
    alone = json.loads(capsys.readouterr().out)["results"]
    (tmp_path / "sent").mkdir()
    run(["ledger", FIGURES, "-o", str(tmp_path / "sent" / "ledger.csv")])
    packed = gzip.compress((tmp_path / "sent" / "ledger.csv").read_bytes())
    (tmp_path / "sent" / "ledger.csv.gz").write_bytes(packed)
    capsys.readouterr()
    run(["check", FIGURES, *map(str, (tmp_path / "sent").iterdir()), "-f", "json"])
    shown = json.loads(capsys.readouterr().out)
    assert shown["results"] == alone
    assert [found["code"] for found in shown["findings"]].count("S101") == 2


def test_failures_named_directly_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = ("--plan", "examples/counties/plan", "--lang", "en")
    for name in ("failures.csv", "failures.parquet"):
        written = str(tmp_path / name)
        run(["check", "examples/counties/figures.csv", *plan, "--each-region", "--failures", written])
        assert run(["check", written, *plan]) == 2
        assert f"{name}: error S101: This is a report or letter" in capsys.readouterr().err


def test_a_line_in_a_table_of_figures_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "sent.csv").write_text("指标,完成值\n────────────\n常住人口城镇化率,42\n", encoding="utf-8")
    (tmp_path / "sent.md").write_text(
        "# 2019\n\n| 指标 | 完成值 |\n| --- | --- |\n| 城镇化率 | 42 |\n", encoding="utf-8"
    )
    assert not any(is_output(path) for path in tmp_path.iterdir())


def test_a_word_or_pdf_file_of_somebody_else_is_named_as_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import docx  # noqa: PLC0415 - for this test alone

    docx.Document().save(str(tmp_path / "sent.docx"))
    (tmp_path / "sent.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\n")
    for name, kind in (("sent.docx", "Word"), ("sent.pdf", "PDF")):
        assert run(["check", str(tmp_path / name), "--lang", "en"]) == 2
        assert f"S101: This is a {kind} file, whatever its name says" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["failures.csv", "failures.parquet"])
@pytest.mark.parametrize("engine", ["python", "duckdb"])
def test_failures_are_recognised_by_every_writer(name: str, engine: str, tmp_path: Path) -> None:
    words = [
        "--plan",
        "examples/counties/plan",
        "--each-region",
        "--engine",
        engine,
        "--failures",
        str(tmp_path / name),
    ]
    assert run(["check", "examples/counties/figures.csv", *words]) == 1
    assert is_output(tmp_path / name)


def test_what_people_send_is_no_output(repo: Path, tmp_path: Path) -> None:
    sent = [path for path in (repo / "examples").rglob("*.*") if path.is_file() and path.name != "expected.txt"]
    assert [path for path in (*sent, *(repo / "data").iterdir()) if is_output(path)] == []
    run(["template", "--all-depts", "-o", str(tmp_path / "forms")])
    run(["compute", FIGURES, "-f", "csv", "-o", str(tmp_path / "derived.csv")])
    assert [path for path in tmp_path.rglob("*") if is_output(path)] == []


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"PAR1", b"PAR1\xff\xff\xff\xffPAR1", b"\xff\xfe\x00", b"\x00"]
)
def test_broken_files_are_no_outputs(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(content)
    assert not is_output(tmp_path / "x")
    assert not is_output(tmp_path)
    assert not is_output(tmp_path / "none")


def test_a_parquet_of_somebody_else_is_no_output(repo: Path, tmp_path: Path) -> None:
    import duckdb  # noqa: PLC0415 - for this test alone

    duckdb.sql("SELECT 'czurban' AS czurban, 'failures' AS failures").write_parquet(str(tmp_path / "x.parquet"))
    assert not is_output(tmp_path / "x.parquet")
    shutil.copy(repo / FIGURES, tmp_path / "failures.csv")
    assert not is_output(tmp_path / "failures.csv")


@pytest.mark.parametrize(
    ("name", "unfinished"),
    [
        (".f.csv.czurban-0123abcd.tmp", True),
        (".结果.parquet.czurban-deadbeef.tmp", True),
        ("f.csv.czurban-0123abcd.tmp", False),
        (".f.csv.tmp", False),
        (".czurban-0123abcd.csv", False),
    ],
)
def test_unfinished_files_are_known_by_their_name(name: str, unfinished: bool) -> None:  # noqa: FBT001 - a table
    assert is_temporary(name) is unfinished


@pytest.mark.parametrize(
    ("data", "unchanged"),
    [
        (with_digest(b"page\n", "text"), True),
        (with_digest(b"page", "markdown"), True),
        (with_digest(b"", "html"), True),
        (with_digest(b"page", "text") + b"\n", False),
        (with_digest(b"page", "text")[1:], False),
        (b"page\n\n<!-- czurban -->\n", False),
        ("填报提醒：市公安局\n".encode(), False),
        (b'<meta name="generator" content="czurban 1.0">', False),
        (b"name,page\n", True),
    ],
)
def test_a_page_is_unchanged_until_it_is_edited(tmp_path: Path, data: bytes, *, unchanged: bool) -> None:
    (tmp_path / "page").write_bytes(data)
    assert is_own_page(tmp_path / "page") is unchanged


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_a_pipe_or_device_in_a_page_s_place_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    assert not any(is_own_page(tmp_path / name) for name in ("pipe", "device", "nothing"))
