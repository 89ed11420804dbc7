"""Texts that are written for people: shown and never obeyed, by the same rule in Python and in an engine's SQL."""

import csv
import json
import unicodedata
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import sqlglot
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from czurban.cli.app import run
from czurban.computing.engines.failures import safe_csv
from czurban.computing.engines.spark.sql import spark_sql
from czurban.model.text import (
    RUNS,
    cell_text,
    clean,
    clean_line,
    half_width,
    json_escaped,
    one_line,
    spreadsheet_cell,
    visible,
)
from czurban.reporting.document import (
    Code,
    Column,
    Document,
    DocumentTable,
    Heading,
    Item,
    Items,
    Page,
    Paragraph,
    RowGroup,
    TableCell,
)
from czurban.reporting.formats.plain import as_csv, as_json, as_markdown, escape
from czurban.reporting.formats.registry import render

UNSAFE = ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\u202e", "\u2066", "\u200f", "\u061c", "\u200b", "\u2060"]
UNSAFE += ["\ufeff", "\xad", "\u2028", "\u2029", "\U000e0041", "\r", "\t", "\ufffe"]
FORMULAS = [
    "=cmd|' /C calc'!A0",
    "+1+cmd",
    "-1+1",
    "@SUM(A1)",
    "＝1+1",
    "＋1+1",
    "－x",
    "＠x",
    "\t=1",
    " \u3000=1",
    "\r=1",
]
FORMULAS += ["\x00=1", "\u202e=1", "\u200b@x", "\n=1", "\xa0+x", "-", "+", "\tx", "\rx", "+.", "'=1", "''@x"]
NUMBERS = ["-5.6", "+3%", "-1,234.5", "+3‰", "－５．６", "-.5", "-5.", "-1E+05", " -5.6 ", "5.6", "-１２％"]
PLAIN = [
    "钦州市",
    "城镇常住人口（万人）",
    "a\u3000b",
    "—",
    "…",
    "5-6",
    "a=b",
    "'quoted'",
    "",
    "95①",
    "𠮷野家",
    "a|b",
    "é",
    "e\u0301",
]
TABLE = {"a": "VARCHAR", "n": "BIGINT"}
ALPHABET = st.sampled_from([*"=+-@'＝＋－＠0１5.,%‰eE x钦", *UNSAFE, "\n", "\u3000", "\xa0", "␉", "�", "\u200d"])
TEXTS = st.one_of(st.text(ALPHABET, max_size=8), st.text(st.characters(exclude_categories=("Cs",)), max_size=6))


@pytest.mark.parametrize("sign", UNSAFE)
def test_what_a_terminal_would_obey_is_shown(sign: str) -> None:
    assert clean(f"a{sign}b") in {"a␀b", "a␇b", "a␛b", "a␡b", "a␍b", "a␉b", "a�b"}


def test_every_control_of_direction_and_form_is_unsafe() -> None:
    numbers = {
        "\u0600",
        "\u0601",
        "\u0602",
        "\u0603",
        "\u0604",
        "\u0605",
        "\u06dd",
        "\u070f",
        "\u0890",
        "\u0891",
        "\u08e2",
    }
    shown = {chr(code) for first, last in RUNS for code in range(first, last + 1)} | {"\0", "\n", *numbers}
    basic = {chr(code) for code in range(0x10000)}
    controls = {char for char in basic if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"}}
    assert controls - shown == set()


@pytest.mark.parametrize("text", [*PLAIN, *NUMBERS])
def test_figures_and_names_stay_as_they_are(text: str) -> None:
    assert clean(text) == spreadsheet_cell(text) == text
    assert cell_text(text) == text.strip()


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe_and_loses_it_when_it_is_read(text: str) -> None:
    cell = spreadsheet_cell(text)
    assert cell == f"'{clean(text)}"
    assert cell_text(cell) == clean(text).strip()


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_a_cell_is_safe_and_is_read_back_as_what_was_shown(text: str) -> None:
    cell = spreadsheet_cell(text)
    assert clean(cell) == cell
    assert cell_text(cell) == cell_text(spreadsheet_cell(cell_text(cell)))
    assert cell_text(cell) == clean(text).strip() or clean(text) != clean(text).strip()
    begin = cell.lstrip()[:1]
    assert begin not in set("=@＝＠\t\r")
    if begin in set("+-＋－"):
        Decimal(half_width(cell).strip().rstrip("%‰").replace(",", ""))


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, min_size=20, max_size=40))
@example([*UNSAFE, *FORMULAS, *NUMBERS, *PLAIN])
def test_sql_makes_the_cells_that_python_makes(texts: list[str]) -> None:
    with duckdb.connect() as engine:
        engine.execute("CREATE TABLE t (a VARCHAR, n BIGINT)")
        engine.executemany("INSERT INTO t VALUES (?, ?)", [[text, n] for n, text in enumerate(texts)])
        cells = engine.execute(f"{safe_csv('SELECT a, n FROM t', TABLE)} ORDER BY n").fetchall()
    assert [cell for cell, _ in cells] == list(map(spreadsheet_cell, texts))


def test_spark_is_asked_for_the_same_cells() -> None:
    asked = safe_csv("SELECT a, n FROM t", TABLE)
    said = [one.this for one in sqlglot.parse_one(asked, read="duckdb").find_all(sqlglot.exp.Literal)]
    assert [one.this for one in sqlglot.parse_one(spark_sql(asked), read="spark").find_all(sqlglot.exp.Literal)] == said


EVIL = "\x1b]8;;http://evil.example\x07x\x1b]8;;\x07 \u202egpj.exe\u2066\u200b\x9b31m\u2028=y\x00"
PAGE = Document(
    (
        Heading(EVIL),
        Paragraph(EVIL),
        Items((Item(EVIL, (Item(EVIL),)),)),
        Code(EVIL),
        DocumentTable(
            (Column(EVIL, main=True), Column(EVIL)), (RowGroup(EVIL, ((TableCell(EVIL), TableCell(EVIL)),)),)
        ),
    ),
    record=lambda: {"a": EVIL},
    rows=lambda: [{"a": EVIL, "=b": f"={EVIL}"}],
)


@pytest.mark.parametrize("page", [Page(), Page(60), Page(30)])
def test_no_format_of_text_passes_on_what_a_terminal_obeys(page: Page) -> None:
    for data in (
        render(PAGE, "text", page),
        as_markdown(PAGE),
        as_csv(PAGE).removeprefix(b"\xef\xbb\xbf"),
        as_json(PAGE),
    ):
        text = data.decode().replace("\r\n", "\n")
        assert clean(text) == text
    assert json.loads(as_json(PAGE)) == {"a": EVIL}
    assert next(csv.reader(as_csv(PAGE).decode("utf-8-sig").splitlines())) == ["a", "'=b"]


def test_json_has_halves_of_characters_and_signs_of_other_planes_escaped() -> None:
    text = "\udc80\U000e0041钦"
    assert json.loads(json_escaped(json.dumps(text, ensure_ascii=False))) == text
    assert json_escaped(text) == r"\udc80\udb40\udc41钦"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("[x](http://a.b)", r"\[x\](http\://a.b)"),
        ("http://a.b", r"http\://a.b"),
        ("HTTPS://a.b", r"HTTPS\://a.b"),
        ("www.a.b", r"www\.a.b"),
        ("`x`", r"\`x\`"),
        ("<img src=x>", r"\<img src=x\>"),
        ("a\u2028b", "a b"),
    ],
)
def test_markdown_makes_no_link_and_no_page_of_a_text(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_a_line_stays_one_line() -> None:
    assert clean_line("a\r\nb\n::error::x") == "a b ::error::x"
    assert one_line(" a \n\x1b[2J b ") == "a ␛[2J b"


NAMES = ["=cmd|' /C calc'!A0", "+1+cmd", "@SUM(1)", "＝2", "'=x", "正\u202e常", "\u200b=1"]


@pytest.mark.parametrize("words", [("--engine", "python", "--each-region"), ("--engine", "duckdb", "--each-region")])
def test_rows_that_fail_are_written_as_cells_and_read_back(
    words: tuple[str, ...], tmp_path: Path, repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CZURBAN_PLAN", str(repo / "data"))
    monkeypatch.chdir(tmp_path)
    rows = [
        ("地区", "指标", "年份", "数值", "单位"),
        *((name, "城镇常住人口", "2019", "1.5", "万人") for name in NAMES),
    ]
    with Path("t.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    run(["check", "t.csv", *words, "--failures", "f.csv"])
    with Path("f.csv").open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert {row["region"] for row in found} == {spreadsheet_cell(cell_text(visible(name))) for name in NAMES}
    assert {row["value"] for row in found} == {"1.5"}
    rows = [[row["region"], "城镇常住人口", "2019", "2.5", "万人"] for row in found]
    with Path("t.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([["地区", "指标", "年份", "数值", "单位"], *rows])
    run(["check", "t.csv", *words, "--failures", "again.csv"])
    with Path("again.csv").open(encoding="utf-8", newline="") as stream:
        again = list(csv.DictReader(stream))
    assert sorted(row["region"] for row in again) == sorted(row["region"] for row in found)


def test_parquet_of_rows_that_fail_has_no_apostrophe_before_formulas(
    tmp_path: Path, repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CZURBAN_PLAN", str(repo / "data"))
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text("地区,指标,年份,数值,单位\n=x\u202e,城镇常住人口,2019,1,万人\n", encoding="utf-8")
    run(["check", "t.csv", "--each-region", "--engine", "duckdb", "--failures", "f.parquet"])
    assert duckdb.read_parquet("f.parquet").fetchall()[0][0] == "=x"
