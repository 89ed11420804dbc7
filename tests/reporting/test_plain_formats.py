import csv
import io
import json
from collections.abc import Callable
from importlib import import_module

import pytest
from rich.cells import cell_len

from czurban.errors import UsageError
from czurban.model.assessment import Assessment
from czurban.model.faults import finding
from czurban.model.finding import Place, say
from czurban.reporting.document import Column, Document, DocumentTable, Heading, Page, Paragraph, RowGroup, TableCell
from czurban.reporting.documents.check import check_report
from czurban.reporting.findings_text import findings_text
from czurban.reporting.formats import plain
from czurban.reporting.formats.plain import cell, escape
from czurban.reporting.formats.registry import ENDINGS, FORMATS_BY_NAME, OutputFormat, render
from czurban.reporting.tables import TableColumn, count_column, grouped_table
from czurban.words.translator import Translator, choose_language

Judge = Callable[..., Assessment]
EN = Translator("en")


@pytest.fixture
def report(judge: Judge) -> Document:
    judged = judge("常住人口城镇化率,40.5,%,", "城镇常住人口,139,万人,", "户籍人口城镇化率,=cmd(),%,")
    return check_report(judged, EN, scope=lambda result: result.indicator.no is not None)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_page(report: Document, width: int) -> None:
    lines = render(report, "text", Page(width)).decode().splitlines()
    assert max(cell_len(line) for line in lines) <= width
    assert any("✗ missed" in line for line in lines)


def test_piped_each_row_is_one_aligned_line(report: Document) -> None:
    lines = render(report, "text", Page()).decode().splitlines()
    rows = [line for line in lines if any(mark in line for mark in ("✗ ", "✓ ", "- not reported", "? unreadable"))]
    assert len(rows) == 25
    starts = {cell_len(line[: max(line.find(m) for m in ("✗ ", "✓ ", "- not", "? unr"))]) for line in rows}
    assert len(starts) == 1


@pytest.mark.parametrize("text", ["[bold]x", "=cmd()", ":smile:", "[/]"])
def test_text_is_shown_as_it_is(text: str) -> None:
    table = DocumentTable((Column("a", main=True),), (RowGroup("", ((TableCell(text),),)),))
    shown = render(Document((Paragraph(text), table)), "text", Page()).decode()
    assert shown.count(text) == 2


def test_control_characters_are_not_obeyed() -> None:
    table = DocumentTable((Column("a", main=True),), (RowGroup("", ((TableCell("\x1b[31mred\x07"),),)),))
    assert "\x1b" not in render(Document((Paragraph("\x1b[2J"), table)), "text", Page()).decode()
    lines = findings_text([finding("S203", Place("a\x1b.csv", 2, 1), say("x\ny"))], EN)
    assert "\x1b" not in lines
    assert len(lines.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "escaped"), [("a|b", r"a\|b"), ("*x*", r"\*x\*"), ("<b>", r"\<b\>"), ("1. x", r"1\. x"), ("# x", r"\# x")]
)
def test_markdown_is_escaped(text: str, escaped: str) -> None:
    if text == "1. x":
        assert escape(text) != text
    else:
        assert escape(text) == escaped


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=cmd()", "'=cmd()"),
        ("@x", "'@x"),
        ("-1.5", "-1.5"),
        ("-1+1", "'-1+1"),
        ("+x", "'+x"),
        (None, ""),
        (True, "true"),
    ],
)
def test_csv_is_guarded(value: str | bool | None, text: str) -> None:  # noqa: FBT001 - a value of JSON
    assert cell(value) == text


def test_the_report_in_csv_and_json_says_the_same(report: Document) -> None:
    rows = list(csv.DictReader(io.StringIO(render(report, "csv").decode("utf-8-sig"))))
    record = json.loads(render(report, "json"))
    assert list(record) == [
        "format",
        "plan",
        "period",
        "submissions",
        "results",
        "tally",
        "stages",
        "milestones",
        "findings",
    ]
    assert [row["verdict"] for row in rows] == [result["verdict"] for result in record["results"]]
    assert rows[1]["reported"] == "'=cmd()"
    assert record["results"][0]["actual"] == "40.5"
    assert record["results"][0]["gap"] == "-0.5"


def test_findings_of_one_kind_are_capped_and_counted() -> None:
    many = [finding("S203", Place("a.csv", n, 1), say("x")) for n in range(1, 6)]
    capped = findings_text(many, EN, 2)
    assert capped.count("error S203") == 2
    assert "3 more of S203" in capped
    assert "error: 5" in capped
    assert findings_text(many, EN, 0).count("error S203") == 5
    assert findings_text([], EN) == ""


@pytest.mark.parametrize(
    ("wanted", "environment", "language"),
    [
        (None, {}, "zh"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "C.UTF-8"}, "zh"),
        (None, {"LANG": "en_US.UTF-8"}, "en"),
        (None, {"LANG": "fr_FR.UTF-8"}, "en"),
        (None, {"LC_ALL": "en_US", "LANG": "zh_CN"}, "en"),
        (None, {"CZURBAN_LANG": "zh", "LANG": "en_US"}, "zh"),
        ("en", {"CZURBAN_LANG": "zh"}, "en"),
        ("zh-CN", {}, "zh"),
    ],
)
def test_the_language_is_chosen(wanted: str | None, environment: dict[str, str], language: str) -> None:
    assert choose_language(wanted, environment) == language


def test_a_language_that_is_added_is_chosen_by_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("czurban.words.translator.LANGUAGES", {"zh": "zh_CN", "en": None, "fr": "fr"})
    assert choose_language(None, {"LANG": "fr_FR.UTF-8"}) == "fr"
    assert choose_language("fr", {}) == "fr"
    assert choose_language(None, {"LANG": "de_DE.UTF-8"}) == "en"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UsageError, match="xx"):
        choose_language("xx", {})


def test_messages_nest() -> None:
    assert EN(say("a {b}", b=say("c {d}", d=1))) == "a c 1"
    assert Translator("zh")("met") == "达标"


@pytest.mark.parametrize(("language", "text"), [("en", "A, B met"), ("zh", "A、B 达标")])
def test_a_tuple_among_the_values_becomes_a_list_of_the_language(language: str, text: str) -> None:
    message = say("{names} {word}", names=("A", "B"), word=say("met"))
    assert Translator(language)(message) == text
    assert str(message) == "A, B met"


@pytest.mark.parametrize("form", sorted(ENDINGS))
def test_every_format_has_a_function_and_an_ending(form: str) -> None:
    module = import_module(f"czurban.reporting.formats.{FORMATS_BY_NAME[form].module}")
    assert callable(getattr(module, f"as_{form}"))
    assert all(ending.startswith(".") for ending in ENDINGS[form])
    assert ENDINGS[form]


def test_a_format_is_added_by_a_function_and_an_entry(report: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "as_title", lambda document: document.blocks[0].text.encode(), raising=False)
    monkeypatch.setitem(FORMATS_BY_NAME, "title", OutputFormat("plain", (".title",)))
    heading = report.blocks[0]
    assert isinstance(heading, Heading)
    assert render(report, "title").decode() == heading.text


def test_a_column_is_added_by_an_entry() -> None:
    columns: tuple[TableColumn[str], ...] = (
        TableColumn(say("Indicator"), lambda name, _: name, main=True),
        count_column("met", len, fold=2),
    )
    table = grouped_table(columns, [("g", ["ab", "c"])], Translator("zh"), say("Category"))
    assert [(column.title, column.number, column.main, column.fold) for column in table.columns] == [
        ("指标", False, True, 0),
        ("达标", True, False, 2),
    ]
    assert [[cell.text for cell in row] for row in table.groups[0].rows] == [["ab", "2"], ["c", "1"]]
    assert (table.groups[0].title, table.by) == ("g", "类别")
