"""What czurban writes as an answer is recognised by its content, and what people send is not."""

import os
import shutil
from pathlib import Path

import pytest

from czurban.cli.app import run
from czurban.files.outputs import is_output, is_own_page, with_digest
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


@pytest.mark.parametrize("name", ["report.xlsx", "page.html", "report.txt"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_report_in_another_format_is_recognised(name: str, lang: str, tmp_path: Path) -> None:
    run(["report", FIGURES, "-o", str(tmp_path / name), "--lang", lang])
    assert is_output(tmp_path / name)


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
