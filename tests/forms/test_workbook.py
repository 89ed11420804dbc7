"""The workbook that goes out: only cells to fill in are unlocked, their rules are in Chinese, its mark is hidden."""

import builtins
import io
import re
import zipfile
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from czurban.errors import MissingExtraError
from czurban.model.collection.form_mark import INSTRUCTIONS
from czurban.model.period import in_chinese, parse_period
from czurban.model.plan import Plan
from czurban.model.vocabulary.header_words import ASIDE
from czurban.reading.submission.header_cell import understand
from czurban.reporting.forms.form import Ask, Form, form_of
from czurban.reporting.forms.form_formats import render_form
from czurban.reporting.texts import period_text
from czurban.words.translator import Translator

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture(scope="module")
def form(plan: Plan) -> Form:
    office = plan.department("市人社局")
    assert office
    return form_of(plan, office, Translator("zh"))


@pytest.fixture(scope="module")
def parts(form: Form) -> dict[str, ET.Element]:
    with zipfile.ZipFile(io.BytesIO(render_form(form, "xlsx"))) as book:
        texts = {name: book.read(name) for name in book.namelist() if name.endswith(".xml")}
    return {name: ET.fromstring(text) for name, text in texts.items()}  # noqa: S314 - our own file


def sheet(parts: dict[str, ET.Element], number: int) -> ET.Element:
    return parts[f"xl/worksheets/sheet{number}.xml"]


def unlocked(parts: dict[str, ET.Element]) -> set[str]:
    styles = parts["xl/styles.xml"].findall("m:cellXfs/m:xf", NS)
    return {
        str(number)
        for number, style in enumerate(styles)
        if (lock := style.find("m:protection", NS)) is not None and lock.get("locked") == "0"
    }


def test_a_form_says_no_time_of_writing_and_so_has_the_same_bytes_at_any_time(parts: dict[str, ET.Element]) -> None:
    times = {time.tag.partition("}")[2]: time.text for time in parts["docProps/core.xml"] if "T" in (time.text or "")}
    assert times == {"created": "1980-01-01T00:00:00Z", "modified": "1980-01-01T00:00:00Z"}


def test_the_sheets_and_the_hidden_mark(parts: dict[str, ET.Element]) -> None:
    sheets = parts["xl/workbook.xml"].findall("m:sheets/m:sheet", NS)
    assert [(one.get("name"), one.get("state")) for one in sheets] == [
        ("指标数据", None),
        ("事项节点", None),
        ("填写说明", None),
        ("czurban", "veryHidden"),
    ]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_every_sheet_is_protected_without_a_password(parts: dict[str, ET.Element], number: int) -> None:
    lock = sheet(parts, number).find("m:sheetProtection", NS)
    assert lock is not None
    assert lock.get("sheet") == "1"
    assert lock.get("password") is None


@pytest.mark.parametrize("number", [1, 2])
def test_only_what_is_asked_can_be_typed_into(parts: dict[str, ET.Element], form: Form, number: int) -> None:
    table = form.tables[number - 1]
    open_cells = {
        one.get("r") for one in sheet(parts, number).iterfind(".//m:c", NS) if one.get("s") in unlocked(parts)
    }
    head = next(n for n, line in enumerate(table.lines, 1) if isinstance(line, tuple))
    signed = {at for at in open_cells if at and re.sub(r"\D", "", at) == str(head)}
    assert len(signed) == 4  # who filled it in, who checked it, the telephone and the date
    assert open_cells - signed == {
        f"{chr(65 + n)}{r}"
        for r, row in enumerate(table.rows, len(table.lines) + 2)
        for n, one in enumerate(row)
        if isinstance(one, Ask)
    }


def rules(parts: dict[str, ET.Element], number: int) -> list[ET.Element]:
    return sheet(parts, number).findall("m:dataValidations/m:dataValidation", NS)


@pytest.mark.parametrize("number", [1, 2])
def test_every_rule_says_in_chinese_what_it_wants(parts: dict[str, ET.Element], number: int) -> None:
    said = [one.get("error") or "" for one in rules(parts, number)]
    assert said
    assert all(re.search("[一-鿿]", one) for one in said)


def test_a_number_may_be_kept_after_a_question_and_a_choice_may_not(parts: dict[str, ET.Element]) -> None:
    kinds = {(one.get("type"), one.get("errorStyle", "stop")) for one in (*rules(parts, 1), *rules(parts, 2))}
    assert kinds == {("decimal", "warning"), ("list", "stop")}


def test_the_lists_are_the_ladders_and_the_statuses(parts: dict[str, ET.Element], plan: Plan) -> None:
    texts = ["".join(one.itertext()) for one in parts["xl/sharedStrings.xml"].findall("m:si", NS)]
    columns: dict[str, list[str]] = {}
    for cell in sheet(parts, 4).iterfind(".//m:c", NS):
        name = re.sub(r"\d", "", cell.get("r") or "")
        columns.setdefault(name, []).append(texts[int(cell.findtext("m:v", "", NS))])
    lists = {tuple(values) for name, values in columns.items() if name != "A"}
    assert ("快报", "年报", "修订") in lists
    assert lists - {("快报", "年报", "修订")} <= set(plan.ladders.values())
    sources = {one.findtext("m:formula1", "", NS) for one in rules(parts, 2)}
    assert all(re.fullmatch(r"czurban!\$[C-Z]\$1:\$[C-Z]\$\d", one) for one in sources)


def test_the_bounds_are_those_of_the_kind(form: Form) -> None:
    asks = {row[1]: next(one for one in row if isinstance(one, Ask)) for row in form.tables[0].rows}
    assert (asks["城镇登记失业率"].low, asks["城镇登记失业率"].high) == (0, 100)
    assert (asks["城镇新增就业人数"].low, asks["城镇新增就业人数"].high) == (0, None)


def test_a_figure_eight_times_off_the_plans_own_is_asked_about(parts: dict[str, ET.Element], form: Form) -> None:
    ranges = {
        row[1]: (float(rule.findtext("m:formula1", "", NS)), float(rule.findtext("m:formula2", "", NS)))
        for row, rule in zip(
            form.tables[0].rows, [r for r in rules(parts, 1) if r.get("type") == "decimal"], strict=True
        )
    }
    assert ranges["城镇新增就业人数"] == (1.5 / 8, 1.9 * 8)
    assert ranges["城镇登记失业率"] == (4.5 / 8, 36)
    asked = {row[1]: next(cell for cell in row if isinstance(cell, Ask)) for row in form.tables[0].rows}
    assert "低于0.1875或高于15.2" in asked["城镇新增就业人数"].refusal


def test_the_form_says_until_when_and_who_signs(plan: Plan) -> None:
    office = plan.department("市人社局")
    assert office
    table = form_of(plan, office, Translator("zh"), by="2020年1月15日").tables[1]
    assert table.lines[1] == "填报单位：市人力资源社会保障局　　填报内容：2019年任务事项进度；请于2020年1月15日前报送"
    assert table.lines[2] == ("填报人：", "审核人：", "联系电话：", "填报日期：")
    assert table.rows[0][3] == "推进中（2019年12月31日前）"
    english = form_of(plan, office, Translator("en"))
    assert [cell.choices for cell in english.tables[0].rows[0] if isinstance(cell, Ask)][1] == (
        "preliminary",
        "final",
        "revised",
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_headings_are_what_the_reader_knows_or_for_the_reader_alone(plan: Plan, language: str) -> None:
    forms = [form_of(plan, office, Translator(language)) for office in plan.departments]
    figures = {column.title for one in forms for table in one.tables[:1] for column in table.columns if one.tables[1:]}
    strange = {title for title in figures if understand(title) is None}
    aside = {title for title in figures if title.endswith(ASIDE)}
    assert strange <= aside
    assert len(aside) == 3
    assert {one.instructions_name for one in forms} <= set(INSTRUCTIONS)


@pytest.mark.parametrize(
    ("period", "heading"),
    [("2019", "2019年完成值"), ("2019-06", "2019年6月完成值"), ("2019年1-6月", "2019年1-6月完成值")],
)
def test_the_heading_names_the_period(plan: Plan, period: str, heading: str) -> None:
    wanted, office = parse_period(period), plan.department("市公安局")
    assert wanted
    assert office
    form = form_of(replace(plan, period=wanted, baseline_period=None), office, Translator("zh"))
    titles = [column.title for column in form.tables[0].columns]
    header = understand(heading)
    assert heading in titles
    assert "基期数（供参考）" in titles
    assert header
    assert header.period == wanted


def test_without_the_library_a_sentence_says_what_to_install(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *more: Any) -> Any:  # noqa: ANN401
        if name == "czurban.reporting.forms.form_xlsx":
            raise ModuleNotFoundError(name=missing[0])
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    missing = ["xlsxwriter"]
    with pytest.raises(MissingExtraError) as caught:
        render_form(form, "xlsx")
    assert caught.value.message.values["module"] == "xlsxwriter"
    missing[0] = "czurban.reporting.nowhere"
    with pytest.raises(ModuleNotFoundError):
        render_form(form, "xlsx")


@pytest.mark.parametrize(
    ("period", "chinese", "english"),
    [
        ("2019-06", "2019年6月", "June 2019"),
        ("2019-01..06", "2019年1-6月", "January-June 2019"),
        ("2019-07-27", "2019年7月27日", "27 July 2019"),
    ],
)
def test_a_heading_writes_its_months_in_its_language(period: str, chinese: str, english: str) -> None:
    asked = parse_period(period)
    assert asked
    assert period_text(asked, Translator("zh")) == chinese
    assert period_text(asked, Translator("en")) == english
    assert parse_period(in_chinese(english)) == asked
