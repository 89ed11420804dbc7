"""Who has sent what: totals first, blank forms are blank, and one broken file costs itself alone."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.cli.app import run

Call = Callable[..., tuple[int, str, str]]
BLANK_FORMS = 32


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], repo: Path) -> Call:
    monkeypatch.setenv("CZURBAN_LANG", "en")
    monkeypatch.setenv("CZURBAN_PLAN", str(repo / "data"))

    def called(*arguments: str | Path) -> tuple[int, str, str]:
        code = run([str(each) for each in arguments])
        return (code, *capfd.readouterr())

    return called


@pytest.fixture
def forms(call: Call, tmp_path: Path) -> Path:
    folder = tmp_path / "forms"
    assert call("template", "--all-depts", "-f", "csv", "-o", folder)[0] == 0
    return folder


def put(form: Path, name: str, value: str) -> None:
    lines = form.read_text(encoding="utf-8-sig").splitlines()
    at = next(n for n, line in enumerate(lines) if f",{name}," in line)
    cells = lines[at].split(",")
    cells[6] = value
    lines[at] = ",".join(cells)
    form.write_text("\n".join(lines), encoding="utf-8-sig")


def states(call: Call, folder: Path, *more: str) -> dict[str, dict[str, object]]:
    out = call("status", folder, "-f", "json", *more)[1]
    return {each["department"]: each for each in json.loads(out)["departments"]}


def test_a_blank_form_is_blank_even_where_nothing_is_asked(call: Call, forms: Path) -> None:
    units = states(call, forms)
    assert len(units) == BLANK_FORMS
    assert {unit["state"] for unit in units.values()} == {"blank"}
    out = call("status", forms)[1]
    assert "of 32 units 32 blank form." in out
    assert "complete" not in out


def test_totals_stand_on_top_and_each_unit_has_one_line_with_a_bar(call: Call, forms: Path) -> None:
    put(forms / "市教育局.csv", "农民工随迁子女接受义务教育比例", "99")
    lines = call("status", forms)[1].splitlines()
    assert "Figures: 1 of 52" in lines[2]
    (row,) = [line for line in lines if line.startswith("市教育局")]
    assert "▓▓▓░░░░░░░    1/3" in row
    assert "in part" in row


def test_what_is_missing_is_listed_on_demand(call: Call, forms: Path) -> None:
    put(forms / "市公安局.csv", "户籍人口城镇化率", "20.4")
    put(forms / "市发展改革委.csv", "城镇可再生能源消费比重", "很多")
    assert "户籍人口城镇化率" not in (plain := call("status", forms)[1])
    assert "城镇可再生能源消费比重" not in plain
    out = call("status", forms, "--all")[1]
    below = out[out.index("What is missing") :]
    police = below[below.index("市公安局") : below.index("市教育局")]
    assert "城镇可再生能源消费比重（很多）" in below
    assert "农业转移人口和其他常住人口落户城镇数量" in police
    assert "户籍人口城镇化率" not in police


def test_a_county_is_a_unit_of_its_own(call: Call, forms: Path) -> None:
    (forms / "灵山县.csv").write_text("指标,数值,单位,地区\n常住人口城镇化率,39,%,灵山县\n", encoding="utf-8")
    units = states(call, forms)
    assert (units["灵山县"]["state"], units["灵山县"]["reported"]) == ("partial", 0)  # the plan does not ask for it
    assert {units[name]["state"] for name in ("钦南区", "钦北区", "浦北县")} == {"blank"}
    assert not any("各" in name for name in units)


def test_one_broken_file_costs_itself_alone(call: Call, forms: Path) -> None:
    put(forms / "市公安局.csv", "户籍人口城镇化率", "20.4")
    (forms / "市教育局.csv").unlink()
    (forms / "市教育局.xlsx").write_bytes(b"PK\x03\x04broken")
    units = states(call, forms)
    assert units["市教育局"]["state"] == "refused"
    assert units["市公安局"]["reported"] == 1
    assert len(units) == BLANK_FORMS


def test_a_form_that_was_withdrawn_is_listed(call: Call, forms: Path, tmp_path: Path) -> None:
    before = Path(shutil.copytree(forms, tmp_path / "before"))
    (forms / "市公安局.csv").unlink()
    (forms / "市教育局.csv").rename(forms / "市教育局（终稿）.csv")
    record = json.loads(call("status", forms, "--since", before, "-f", "json")[1])
    assert [(Path(gone["file"]).name, gone["units"]) for gone in record["withdrawn"]] == [
        ("市公安局.csv", ["市公安局"])
    ]
    assert "Forms that were withdrawn (1)" in call("status", forms, "--since", before)[1]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("同上", "20.4", "usable"),
        ("20.4", "同上", "not-usable"),
        ("20.4", "20.5", "revised"),
        ("同上", "见附件", "revised"),
        ("", "20.4", "new"),
        ("20.4", "", "withdrawn"),
    ],
)
def test_a_figure_that_was_not_usable_is_not_revised(  # noqa: PLR0913, PLR0917 - what is typed, and what it is
    call: Call, forms: Path, tmp_path: Path, before: str, after: str, change: str
) -> None:
    form = forms / "市公安局.csv"
    blank = form.read_text(encoding="utf-8-sig")
    put(form, "户籍人口城镇化率", before)
    earlier = Path(shutil.copytree(forms, tmp_path / "before"))
    form.write_text(blank, encoding="utf-8-sig")
    put(form, "户籍人口城镇化率", after)
    record = json.loads(call("status", forms, "--since", earlier, "-f", "json")[1])
    assert [each["change"] for each in record["changes"]] == [change]


def test_a_part_of_the_year_asks_for_what_is_due_then(call: Call, forms: Path) -> None:
    whole, part = states(call, forms), states(call, forms, "--period", "2019-06")
    assert (whole["市自然资源局"]["indicators"], part["市自然资源局"]["indicators"]) == (5, 2)


@pytest.mark.parametrize("name", ["status.html", "status.xlsx", "status.docx"])
def test_it_is_written_as_a_page_and_as_a_workbook(call: Call, forms: Path, tmp_path: Path, name: str) -> None:
    code, _, err = call("status", forms, "-o", tmp_path / name)
    assert code == 0
    assert name in err
    assert (tmp_path / name).stat().st_size > 5000


def test_a_figure_of_another_year_was_sent_and_is_no_answer(call: Call, forms: Path, tmp_path: Path) -> None:
    name = "农民工随迁子女接受义务教育比例"
    put(forms / "市教育局.csv", name, "99")
    put(forms / "市公安局.csv", "户籍人口城镇化率", "20.1")
    text = (forms / "市教育局.csv").read_text(encoding="utf-8-sig")
    (forms / "市教育局.csv").write_text(text.replace("2019 actual", "2018 actual"), encoding="utf-8-sig")
    unit = states(call, forms, "--reminders", tmp_path / "letters")["市教育局"]
    assert (unit["state"], unit["unreadable"], unit["missing"], unit["reported"]) == ("refused", 1, 2, 0)
    letter = (tmp_path / "letters" / "市教育局.txt").read_text(encoding="utf-8")
    assert "To write instead: the figure of 2019, in %; write 2019 where the heading has another." in letter


def test_a_county_reports_nothing_to_the_citys_letters(call: Call, forms: Path, tmp_path: Path) -> None:
    (forms / "灵山县.csv").write_text("指标,数值,单位\n户籍人口城镇化率,15.2,%\n", encoding="utf-8")
    call("status", forms, "--reminders", tmp_path / "letters")
    letter = (tmp_path / "letters" / "市公安局.txt").read_text(encoding="utf-8")
    assert "3 were not reported." in letter
    assert "15.2" not in letter


def test_a_reason_in_the_note_is_quoted(call: Call, forms: Path, tmp_path: Path) -> None:
    path = forms / "市教育局.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    at = next(n for n, line in enumerate(lines) if ",新建幼儿园," in line)
    lines[at] = lines[at].rstrip(",") + ",,,年底才有数"
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    call("status", forms, "--reminders", tmp_path / "letters")
    letter = (tmp_path / "letters" / "市教育局.txt").read_text(encoding="utf-8")
    assert f"The note there says “年底才有数” (市教育局.csv, line {at + 1} has no figure)." in letter


def test_a_cell_that_says_nothing_is_quoted_in_the_letter(call: Call, forms: Path, tmp_path: Path) -> None:
    put(forms / "市教育局.csv", "新建幼儿园", "无")
    call("status", forms, "--reminders", tmp_path / "letters")
    letter = (tmp_path / "letters" / "市教育局.txt").read_text(encoding="utf-8")
    assert "The cell says “无” (市教育局.csv, line " in letter


AS_REACHED = "Write the figure that was reached, without words or signs such as 以上, 左右 and ≥."


@pytest.mark.parametrize("raw", ["1,62", "约6左右", "已达标", "6所（快报）", "超过6", "6个百分点"])
def test_letters_ask_for_the_number_in_the_unit_of_its_row(call: Call, forms: Path, tmp_path: Path, raw: str) -> None:
    put(forms / "市教育局.csv", "新建幼儿园", f'"{raw}"')
    call("status", forms, "--reminders", tmp_path / "letters")
    letter = (tmp_path / "letters" / "市教育局.txt").read_text(encoding="utf-8")
    assert any(f"To write instead: {asked}" in letter for asked in ("the number alone, in 所.", AS_REACHED))


def test_a_column_for_the_reader_is_never_asked_to_hold_results(call: Call, forms: Path) -> None:
    for name in ("2019 actual", "2018 (for reference)"):
        assert name in (forms / "市教育局.csv").read_text(encoding="utf-8-sig")
    put(forms / "市教育局.csv", "新建幼儿园", "6")
    text = (forms / "市教育局.csv").read_text(encoding="utf-8-sig").replace("2019 actual", "2019年预计完成值")
    (forms / "市教育局.csv").write_text(text, encoding="utf-8-sig")
    err = call("check", forms)[2]
    assert "S102" in err
    assert "for reference)” holds" not in err


def test_a_date_for_letters_needs_letters(call: Call, forms: Path) -> None:
    code, _, err = call("status", forms, "--by", "1月15日")
    assert code == 2
    assert "--by goes with --reminders" in err


def test_a_file_that_cannot_be_read_is_not_silence(call: Call, forms: Path, tmp_path: Path) -> None:
    (forms / "市教育局.csv").unlink()
    (forms / "市教育局.xlsx").write_bytes(b"PK\x03\x04 cut off")
    rows = json.loads(call("escalate", forms, "-f", "json")[1])["matters"]
    whys = [row["why"] for row in rows if row["ground"] == "refused" and "市教育局" in row["lead"]]
    assert whys
    assert all("is not known, as 市教育局.xlsx cannot be used: " in why for why in whys)
    call("status", forms, "--reminders", tmp_path / "letters")
    letter = (tmp_path / "letters" / "市教育局.txt").read_text(encoding="utf-8")
    assert "as a file cannot be used" in letter
    assert "not reported" not in letter


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_heading_of_what_was_sent_names_its_file(call: Call, tmp_path: Path, lang: str) -> None:
    (tmp_path / "市教育局.xlsx").write_bytes(b"PK\x03\x04 cut off")
    lines = "指标,完成值,时期", "新增农业转移人口和其他常住人口落户城镇数量,8.4,2018", "户籍人口城镇化率,20.5,2019"
    (tmp_path / "市公安局.csv").write_text("\n".join(lines), encoding="utf-8")
    code, shown, _ = call("escalate", tmp_path, "--lang", lang)
    assert code == 1
    of_file, silent = {
        "en": ("Sent, but not usable: {}", "Not reported: {}"),
        "zh": ("已报送但不能采用：{}", "未填报：{}"),
    }[lang]
    heads = [line for line in shown.splitlines() if line.startswith((of_file.format(""), silent.format("")))]
    assert heads[:2] == [of_file.format("市教育局.xlsx"), of_file.format("市公安局.csv")]
    assert all(head.startswith(silent.format("")) for head in heads[2:])
    assert silent.format("市教育局") not in heads
    assert {"en": "1 more cannot be read", "zh": "据1份填报表（另有1份无法读取）"}[lang] in shown


def test_a_cell_that_says_there_is_nothing_is_quoted(call: Call, forms: Path) -> None:
    put(forms / "市教育局.csv", "农民工随迁子女接受义务教育比例", "无")
    out = call("escalate", forms, "-f", "json")[1]
    assert "has “无” and no figure in " in out


def test_each_report_says_whether_aspirations_are_counted(call: Call, forms: Path) -> None:
    assert "stages: 0 of 99. Aspirations are counted among the milestones: 12." in unfolded(call("status", forms)[1])
    assert "Aspirations are counted among the milestones: 12." in unfolded(call("pace", forms)[1])
    assert "Milestones: of 87, " in (report := unfolded(call("report", forms)[1]))
    assert "Aspirations, shown and not counted: 12." in report


def unfolded(out: str) -> str:
    return " ".join(out.split())


def test_units_have_their_own_measure_word(call: Call, forms: Path) -> None:
    assert "共 32 个单位，空表 32 个。" in call("status", forms, "--lang", "zh")[1]
