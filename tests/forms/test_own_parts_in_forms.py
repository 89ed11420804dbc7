"""A department's own part of a target: in its form and back, on its page, in the ledger, letters and records."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.app.assessing import assess_all
from czurban.cli.app import run
from czurban.model.assessment import Verdict
from czurban.model.plan import Department, Plan
from czurban.reading.plan.files import read_plan
from czurban.reading.submission.files import read_bytes
from czurban.reporting.forms.form import form_of
from czurban.reporting.forms.form_formats import render_form
from czurban.words.translator import Translator

EXAMPLE = Path(__file__).parents[2] / "examples" / "shared-targets"
SCHOOLS, WORK = "市教育局", "市人社局"
JOBS, TRAINING = "城镇新增就业人数", "职业技能培训覆盖率"
Fill = Callable[..., bytes]


@pytest.fixture(scope="module")
def shared() -> Plan:
    plan, findings = read_plan(EXAMPLE / "plan")
    assert plan is not None, findings
    return plan


def office(plan: Plan, name: str) -> Department:
    found = plan.department(name)
    assert found is not None
    return found


def test_the_form_has_a_line_for_each_part_with_its_own_target_unit_and_due_date(shared: Plan) -> None:
    (table,) = form_of(shared, office(shared, WORK), Translator("zh")).tables
    assert [column.title for column in table.columns[:3]] == ["编号", "指标", "地区或部门"]
    assert [row[1:3] for row in table.rows] == [(JOBS, "示例市"), (JOBS, WORK), (TRAINING, "示例市")]
    (table,) = form_of(shared, office(shared, SCHOOLS), Translator("zh")).tables
    persons = "分管领导：丙某；具体责任人：丁某；电话：0000-7654321"
    assert [row[1:9] for row in table.rows] == [
        (JOBS, SCHOOLS, "就业", "万人", "—", "≥0.8", "2019年11月底", persons),
        (TRAINING, SCHOOLS, "就业", "%", "—", "≥85", "2019年底", persons),
    ]
    assert "“地区或部门”为本单位的行，只填本单位承担的分解数，不填全市数。" in table.lines
    assert table.lines[-1] == "只填黄色单元格。没有数据的请留空，不要填 0。"


def test_a_form_without_parts_has_no_such_column(shared: Plan) -> None:
    (table,) = form_of(shared, office(shared, "市自然资源局"), Translator("en")).tables
    assert all(column.title != "Region or department" for column in table.columns)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_form_with_parts_is_read_back(shared: Plan, fill: Fill, kind: str, language: str) -> None:
    data = fill(
        office(shared, SCHOOLS), kind, {JOBS: ("0.7999", ""), TRAINING: ("85", "")}, language=language, other=shared
    )
    submission, findings = read_bytes(f"f.{kind}", data, shared)
    assessment = assess_all(shared, [submission], shared.period)
    assert findings == assessment.findings == ()
    verdicts = {result.indicator.id: result.verdict for result in assessment.judged if result.has_figure}
    assert verdicts == {"jobs@市教育局": Verdict.MISSED, "training@市教育局": Verdict.MET}


def filled(plan: Plan, name: str, figures: dict[tuple[str, str], str]) -> bytes:
    """A form as CSV with figures by indicator and by what stands under 地区或部门."""
    data = render_form(form_of(plan, office(plan, name), Translator("zh")), "csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data)))
    at = rows[1].index("2019年完成值")
    for row in rows[2:]:
        row[at : at + 1] = [figures.get((row[1], row[2]), "")] if len(row) > at else []
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def test_the_whole_and_the_own_part_in_one_form_stay_apart(shared: Plan) -> None:
    data = filled(shared, WORK, {(JOBS, "示例市"): "3.02", (JOBS, WORK): "1.5"})
    submission, findings = read_bytes("f.csv", data, shared)
    assessment = assess_all(shared, [submission], shared.period)
    assert findings == ()
    assert assessment.by_id["jobs"].verdict is Verdict.MET
    assert assessment.by_id["jobs@市人社局"].verdict is Verdict.MISSED


def test_a_form_with_the_part_of_another_department_is_not_used(shared: Plan) -> None:
    data = filled(shared, SCHOOLS, {(JOBS, SCHOOLS): "0.9"}).replace(
        "城镇新增就业人数,市教育局".encode(), "城镇新增就业人数,市农业农村局".encode()
    )
    submission, findings = read_bytes("f.csv", data, shared)
    assert {fault.code for fault in findings} == {"S244"}
    assessment = assess_all(shared, [submission], shared.period)
    assert {result.verdict for result in assessment.judged} == {Verdict.UNREPORTED}


def call(folder: Path, *arguments: str, code: int = 0) -> str:
    """Run a command about the example and return the file that it writes."""
    name, *rest = arguments
    command, path = rest[0], folder / name
    files = [] if "template" in command else [str(EXAMPLE / "figures.csv")]
    assert run([command, *rest[1:], *files, "--plan", str(EXAMPLE / "plan"), "-o", str(path)]) == code
    if name.endswith((".docx", ".xlsx")):
        with zipfile.ZipFile(path) as packed:
            return "".join(packed.read(each).decode() for each in packed.namelist() if each.endswith(".xml"))
    return path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("ending", ["md", "html", "docx", "xlsx", "txt"])
def test_the_page_of_a_department_shows_its_own_parts(tmp_path: Path, ending: str) -> None:
    text = call(tmp_path, f"p.{ending}", "report", "--dept", SCHOOLS, "--fail-on", "never")
    assert "分解到部门的目标" in text
    assert f"{JOBS}（{SCHOOLS}）" in text
    assert "0.7999" in text
    assert WORK not in text.replace(f"{JOBS}（{WORK}）", "")


def test_a_missed_part_fails_the_check_of_its_department_alone(tmp_path: Path) -> None:
    call(tmp_path, "a.md", "check", "--dept", SCHOOLS, code=1)
    call(tmp_path, "b.md", "check", "--dept", "市住房城乡建设局", code=0)


def test_records_keep_parts_apart_from_the_results_of_the_whole(tmp_path: Path) -> None:
    record = json.loads(call(tmp_path, "r.json", "check", code=1))
    assert [each["id"] for each in record["results"]] == ["jobs", "training", "new_land"]
    assert record["tally"] == {"total": 3, "met": 3, "missed": 0, "unreported": 0, "unreadable": 0, "not-due": 0}
    parts = {each["id"]: each for each in record["own_parts"]}
    assert len(parts) == 6
    own = parts["jobs@市教育局"]
    assert (own["part_of"], own["lead"], own["target"], own["deadline"]) == ("jobs", [SCHOOLS], "≥0.8", "2019-11")
    rows = list(csv.DictReader(io.StringIO(call(tmp_path, "r.csv", "check", code=1))))
    assert [(row["id"], row["part_of"]) for row in rows][:4] == [
        *((name, "") for name in ("jobs", "training", "new_land")),
        ("jobs@市人社局", "jobs"),
    ]


def test_the_ledger_lists_parts_behind_the_whole_and_counts_them_for_their_department(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(call(tmp_path, "l.csv", "ledger", "--fail-on", "never"))))
    names = [row["id"] for row in rows]
    assert names[:4] == ["jobs", "jobs@市人社局", "jobs@市教育局", "jobs@市农业农村局"]
    own = rows[names.index("jobs@市教育局")]
    assert (own["closing"], own["due"], own["person"], own["lead"]) == ("open", "2019-11-30", "丁某", SCHOOLS)
    assert {row["closing"] for row in rows if not row["part_of"]} == {"closed"}
    tally = json.loads(call(tmp_path, "l.json", "ledger", "--fail-on", "never"))["tally"]
    assert (tally["total"], tally["closed"], tally["own_parts"]) == (9, 6, 6)
    assert "其中分解到部门、县区的目标6项，已销号3项。" in call(tmp_path, "l.md", "ledger", "--fail-on", "never")


def test_why_shows_each_part_below_the_whole(tmp_path: Path) -> None:
    text = call(tmp_path, "w.md", "why", "jobs", "--fail-on", "never")
    first, _, parts = text.partition("分解到市人社局的部分")
    assert "3.02" in first
    assert "7999" not in first
    assert "7999" in parts
    assert "breakdown.csv:4" in parts


def test_a_letter_asks_for_the_part_with_its_due_date_and_persons(tmp_path: Path) -> None:
    (tmp_path / "none.csv").write_text(f"指标,地区或部门,完成值\n{JOBS},{SCHOOLS},\n", encoding="utf-8")
    letters = tmp_path / "letters"
    arguments = ["status", str(tmp_path / "none.csv"), "--plan", str(EXAMPLE / "plan"), "--lang", "zh"]
    assert run([*arguments, "--reminders", str(letters)]) in (0, 1)
    text = (letters / f"{SCHOOLS}.txt").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if JOBS in line)
    assert line.endswith("（万人）；完成时限：2019年11月底；分管领导：丙某；具体责任人：丁某；电话：0000-7654321")
    assert f"{JOBS}（{SCHOOLS}）" in line
    assert "承担" in text


def test_status_and_show_know_the_parts(tmp_path: Path) -> None:
    before, now = tmp_path / "before", tmp_path / "now"
    for folder, figure in ((before, "0.7"), (now, "0.9")):
        folder.mkdir()
        text = f"指标,地区或部门,完成值,填报单位\n{JOBS},{SCHOOLS},{figure},{SCHOOLS}\n"
        (folder / "f.csv").write_text(text, encoding="utf-8")
    page, plan = tmp_path / "page.json", ["--plan", str(EXAMPLE / "plan")]
    assert run(["status", str(now), "--since", str(before), *plan, "-o", str(page)]) == 0
    record = json.loads(page.read_text(encoding="utf-8"))
    (change,) = record["changes"]
    assert (change["name"], change["before"]["actual"], change["now"]["actual"]) == (
        f"{JOBS}（{SCHOOLS}）",
        "0.7",
        "0.9",
    )
    schools = next(each for each in record["departments"] if each["department"] == SCHOOLS)
    assert (schools["reported"], schools["missing_indicators"]) == (1, ["training@市教育局"])
    assert run(["show", SCHOOLS, *plan, "-o", str(page)]) == 0
    assert json.loads(page.read_text(encoding="utf-8"))["department"]["own_parts"] == [
        "jobs@市教育局",
        "training@市教育局",
    ]


def test_the_report_says_why_a_part_cannot_be_judged(tmp_path: Path) -> None:
    text = f"指标,地区或部门,完成值,填报单位\n{JOBS},{SCHOOLS},0.7,{SCHOOLS}\n{JOBS},{SCHOOLS},0.9,{WORK}\n"
    (tmp_path / "f.csv").write_text(text, encoding="utf-8")
    page = tmp_path / "page.md"
    arguments = ["report", str(tmp_path / "f.csv"), "--plan", str(EXAMPLE / "plan"), "--lang", "zh", "-o", str(page)]
    assert run(arguments) == 1
    lines = page.read_text(encoding="utf-8").splitlines()
    why = [line for line in lines if f"{JOBS}（{SCHOOLS}）" in line and "0.7" in line and "0.9" in line]
    assert any(f"{SCHOOLS}报“0.7" in line and f"{WORK}报“0.9" in line for line in why)


def test_a_part_of_an_implausible_size_is_to_be_checked_first(tmp_path: Path) -> None:
    text = f"指标,地区或部门,完成值,填报单位\n{JOBS},{SCHOOLS},8000万人,{SCHOOLS}\n"
    (tmp_path / "f.csv").write_text(text, encoding="utf-8")
    page = tmp_path / "page.md"
    for command in (["check"], ["report"], ["report", "--dept", SCHOOLS]):
        arguments = [*command, str(tmp_path / "f.csv"), "--plan", str(EXAMPLE / "plan"), "--lang", "zh"]
        assert run([*arguments, "-o", str(page)]) == 0, command
        lines = page.read_text(encoding="utf-8").splitlines()
        (line,) = (line for line in lines if line.startswith("数值大小存疑"))
        assert f"{JOBS}（{SCHOOLS}） 8000万人" in line


def test_a_letter_quotes_what_was_sent_for_the_part_once(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text(
        f"指标,地区或部门,完成值,填报单位\n{JOBS},{SCHOOLS},很多,{SCHOOLS}\n{JOBS},,5,{WORK}\n", encoding="utf-8"
    )
    arguments = ["status", str(tmp_path / "f.csv"), "--plan", str(EXAMPLE / "plan"), "--lang", "zh"]
    assert run([*arguments, "--reminders", str(tmp_path / "letters")]) == 1
    text = (tmp_path / "letters" / f"{SCHOOLS}.txt").read_text(encoding="utf-8")
    assert "贵单位报“很多" in text
    assert text.count("很多") == 2  # what was sent, and why it is not used
    assert "报“5" not in text
