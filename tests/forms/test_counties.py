"""Forms of counties: one for each, read back for that county alone, judged by its own targets, and followed up."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.forms.conftest import FILLERS, Figures
from tests.forms.test_round_trip import SOFFICE, resave

from czurban.cli.app import run
from czurban.model.collection.asked import indicators_of, milestones_of
from czurban.model.collection.form_mark import FormMark, mark_of, mark_texts, parse_mark
from czurban.model.observation import Reading
from czurban.model.plan import Plan
from czurban.reading.plan.cases import PLAN
from czurban.reading.plan.files import read_draft, read_plan
from czurban.reading.submission.files import read_bytes
from czurban.reporting.forms.form import form_of, has_form
from czurban.reporting.forms.form_formats import render_form
from czurban.words.translator import Translator

Call = Callable[..., tuple[int, str, str]]
BREAKDOWN = """\
指标,地区,目标,基期,单位,完成时限,具体责任人,联系电话
城镇常住人口,甲县,70,66,万人,2019年10月底,戊某,123
城镇常住人口,乙县,40,38,万人,,,
城镇登记失业率,甲县,4.2,4.3,%,,,
"""
FIRST: Figures = {"城镇常住人口": ("71", ""), "城镇登记失业率": ("4.4", ""), "新建学校": ("2", "")}
SECOND: Figures = {"城镇常住人口": ("39", "年报"), "新建学校": ("3", "")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = Path(shutil.copytree(PLAN, tmp_path / "plan"))
    (copied / "breakdown.csv").write_text(BREAKDOWN, encoding="utf-8")
    return copied


@pytest.fixture
def plan(folder: Path) -> Plan:
    read, findings = read_plan(folder)
    assert read is not None, findings
    return read


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], folder: Path) -> Call:
    monkeypatch.setenv("CZURBAN_LANG", "en")
    monkeypatch.setenv("CZURBAN_PLAN", str(folder))

    def called(*arguments: str | Path) -> tuple[int, str, str]:
        code = run([str(each) for each in arguments])
        return (code, *capfd.readouterr())

    return called


def filled(plan: Plan, name: str, kind: str, figures: Figures, stages: dict[str, str] | None = None) -> bytes:
    unit = plan.department(name) or plan.county(name)
    assert unit
    form = form_of(plan, unit, Translator("zh"))
    return FILLERS[kind](form, render_form(form, kind), figures, stages or {})


@pytest.fixture
def returned(plan: Plan, tmp_path: Path) -> Path:
    """Both counties answer, on a workbook and on CSV that do not have their names, and a department."""
    sheets = tmp_path / "returned"
    sheets.mkdir()
    (sheets / "全市.xlsx").write_bytes(filled(plan, "甲县", "xlsx", FIRST, {"第一中学": "开工"}))
    (sheets / "终稿.csv").write_bytes(filled(plan, "乙县", "csv", SECOND, {"第一中学": "未启动"}))
    (sheets / "市公安局.xlsx").write_bytes(filled(plan, "市公安局", "xlsx", {"城镇常住人口": ("112", "")}))
    return sheets


def with_group(folder: Path, entry: str) -> Path:
    text = (folder / "departments.yaml").read_text(encoding="utf-8")
    (folder / "departments.yaml").write_text(text.replace("{name: 各县区}", entry), encoding="utf-8")
    tasks = (folder / "tasks.yaml").read_text(encoding="utf-8")
    name = re.search("name: ([^,}]+)", entry)
    assert name
    (folder / "tasks.yaml").write_text(tasks.replace("[各县区]", f"[{name[1]}]"), encoding="utf-8")
    (folder / "breakdown.csv").unlink()
    return folder


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        ("{name: 各县区}", ["甲县", "乙县"]),
        ("{name: 各县（区）人民政府}", ["甲县", "乙县"]),
        ("{name: 各县区人民政府、管委}", ["甲县", "乙县"]),
        ("{name: 各有关县区政府}", ["甲县", "乙县"]),
        ("{name: 各区}", []),
        ("{name: 各县直部门}", []),
        ("{name: 有关部门}", []),
        ("{name: 试点县, regions: [乙县]}", ["乙县"]),
        ("{name: 各县区, regions: ['12']}", ["乙县"]),
        ("{name: 各县区, regions: []}", []),
    ],
)
def test_a_group_stands_for_the_regions_that_it_declares_or_else_that_its_name_says(
    folder: Path, entry: str, names: list[str]
) -> None:
    plan, findings = read_plan(with_group(folder, entry))
    assert plan, findings
    assert [unit.name for unit in plan.counties.values()] == names
    (group,) = (office for office in plan.departments if office.is_group)
    assert has_form(plan, group) is not bool(names)


def test_a_region_of_a_group_that_the_plan_does_not_have_is_reported(folder: Path) -> None:
    (fault,) = read_draft(with_group(folder, "{name: 试点县, regions: [丙县]}")).findings
    assert (fault.code, Path(str(fault.place)).name.partition(":")[0]) == ("P111", "departments.yaml")
    assert "丙县" in str(fault.message.values)


def test_the_figures_of_a_group_of_some_regions_are_not_asked_of_all(folder: Path) -> None:
    some, _ = read_plan(with_group(folder, "{name: 各有关县区政府}"))
    assert some
    county = some.county("甲县")
    assert county
    assert indicators_of(some, county) == ()
    assert [milestone.name for _, milestone in milestones_of(some, county)] == ["第一中学"]


def test_a_milestone_of_another_region_is_not_asked(folder: Path) -> None:
    path = folder / "tasks.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("第一中学", "乙县第一中学"), encoding="utf-8")
    plan, _ = read_plan(folder)
    assert plan
    asked = {unit.name: [each.name for _, each in milestones_of(plan, unit)] for unit in plan.counties.values()}
    assert asked == {"甲县": [], "乙县": ["乙县第一中学"]}


def test_a_county_that_a_department_is_called_after_keeps_a_name_of_its_own(folder: Path) -> None:
    path = folder / "departments.yaml"
    text = path.read_text(encoding="utf-8").replace("{name: 市人社局}", "{name: 市人社局}\n  - {name: 甲县}")
    path.write_text(text, encoding="utf-8")
    plan, _ = read_plan(folder)
    assert plan
    assert [unit.name for unit in plan.counties.values()] == ["某省某市甲县", "乙县"]


def test_the_form_has_the_own_targets_and_what_the_groups_share(plan: Plan) -> None:
    first, second = plan.counties.values()
    figures, milestones = form_of(plan, first, Translator("zh")).tables
    rows = {row[1]: row for row in figures.rows}
    assert list(rows) == [
        "城镇常住人口",
        "城镇登记失业率",
        *("新建学校", "新建幼儿园", "新建学校和幼儿园", "学校占新建学校和幼儿园的比例"),
    ]
    assert rows["城镇常住人口"][3:7] == ("万人", "66", "≥70", "2019年10月底")
    assert rows["城镇登记失业率"][3:7] == ("%", "4.3", "≤4.2", "2019年底")
    assert rows["新建学校"][3:6] == ("所", "—", "—")
    assert "具体责任人：戊某；电话：123" in rows["城镇常住人口"]
    assert [row[1] for row in milestones.rows] == ["第一中学"]
    assert figures.lines[0].endswith("甲县填报表")
    assert "填报单位：甲县　　填报内容：2019年本地区指标完成值（不是全市数）" in figures.lines[1]
    assert "城镇登记失业率" not in {row[1] for row in form_of(plan, second, Translator("zh")).tables[0].rows}


def test_a_form_for_a_part_of_the_year_has_what_is_due_of_the_own_target(call: Call, tmp_path: Path) -> None:
    assert call("template", "--dept", "甲县", "--period", "2019-06", "-f", "csv", "-o", tmp_path / "f.csv")[0] == 0
    rows = list(csv.reader(io.StringIO((tmp_path / "f.csv").read_text(encoding="utf-8-sig"))))
    at = rows[1].index("Due by then (for reference)")
    due = {row[1]: row[at] for row in rows[2:] if len(row) > at}
    assert due["城镇常住人口"] == "68.4"  # six of ten months from 66 to 70
    assert due["新建学校"] == "—"


def test_the_mark_carries_the_region(plan: Plan) -> None:
    first, second = plan.counties.values()
    mark = mark_of(plan, first)
    assert (mark.department, mark.county) == ("甲县", "11")
    assert "地区代码：11" in mark_texts(mark)
    assert parse_mark(mark_texts(mark)) == mark
    assert parse_mark([text.replace("地区代码：11", "地区代码：12") for text in mark_texts(mark)]) is None
    assert parse_mark([text for text in mark_texts(mark) if "地区代码" not in text]) is None
    assert mark.asked != mark_of(plan, second).asked


def test_a_mark_without_a_region_is_that_of_a_department_as_before(plan: Plan) -> None:
    office = plan.department("市公安局")
    assert office
    texts = mark_texts(mark_of(plan, office))
    assert not any("地区代码" in text for text in texts)
    mark = FormMark("方案", "某市", "2019", "市公安局", "0123456789ab")
    assert (parse_mark(texts), mark.check) == (mark_of(plan, office), "4c3868a4a2fc")


@pytest.mark.parametrize("name", ["甲县", "某市", "全市", "2019年丁市", "甲县公安局", "终稿"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_stands_in_a_form_is_its_region_s_whatever_its_file_is_called(plan: Plan, kind: str, name: str) -> None:
    data = filled(plan, "甲县", kind, FIRST, {"第一中学": "开工"})
    submission, findings = read_bytes(f"{name}.{kind}", data, plan)
    assert findings == ()
    assert (submission.region, submission.sender) == ("11", "甲县")
    values = [value for value in submission.observations if value.reported is Reading.VALUE]
    assert [(value.region, value.sender) for value in values] == [("11", "甲县")] * len(FIRST)
    assert [stage.stage for stage in submission.stages] == ["开工"]


@pytest.mark.parametrize("name", ["乙县", "乙县终稿", "市公安局"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_copied_form_that_is_named_after_another_unit_is_a_finding(plan: Plan, kind: str, name: str) -> None:
    submission, (fault,) = read_bytes(f"{name}.{kind}", filled(plan, "甲县", kind, FIRST), plan)
    assert (fault.code, submission.observations) == ("S243", ())
    assert fault.message.values == {"named": name.removesuffix("终稿"), "name": "甲县"}


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_a_form_saved_as_ods_keeps_its_region(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(filled(plan, "甲县", "xlsx", FIRST))
    saved = resave(path, tmp_path / "between", "ods")
    submission, findings = read_bytes("全市.ods", saved.read_bytes(), plan)
    assert findings == ()
    assert {value.region for value in submission.observations} == {"11"}


def test_a_figure_that_another_county_alone_is_asked_for_is_a_finding(plan: Plan) -> None:
    text = filled(plan, "乙县", "csv", SECOND).decode("utf-8-sig").replace("\r\n", "\n")
    data = text.replace("\n,新建学校,", "\n3,城镇登记失业率,,%,,,4.4,,\n,新建学校,", 1).encode("utf-8-sig")
    submission, (fault,) = read_bytes("f.csv", data, plan)
    assert fault.code == "S244"
    assert "城镇登记失业率" in str(fault.message.values)
    assert submission.region == "12"
    assert all(value.reported is Reading.WITHHELD for value in submission.observations)


def test_a_row_of_another_county_is_a_finding(plan: Plan) -> None:
    lines = filled(plan, "乙县", "csv", SECOND).decode("utf-8-sig").splitlines()
    end = lines.index("")
    table = [f"{line},{'地区' if '指标' in line else '甲县' if '常住' in line else ''}" for line in lines[1:end]]
    submission, (fault,) = read_bytes("f.csv", "\n".join([lines[0], *table]).encode("utf-8-sig"), plan)
    assert fault.code == "S244"
    assert submission.sender == "乙县"


def test_a_form_of_a_county_that_the_plan_no_longer_asks_is_refused(plan: Plan, folder: Path) -> None:
    data = filled(plan, "甲县", "csv", FIRST)
    later, _ = read_plan(with_group(folder, "{name: 各县区, regions: [乙县]}"))
    assert later
    submission, (fault,) = read_bytes("f.csv", data, later)
    assert (fault.code, submission.observations) == ("S243", ())


def test_check_judges_each_county_by_its_own_target_and_nothing_as_the_city_s(call: Call, returned: Path) -> None:
    code, out, _ = call("check", returned, "-f", "json", "--fail-on", "never")
    assert code == 0
    record = json.loads(out)
    assert {each["code"] for each in record["findings"]} == {"S249", "S252"}  # what formulas give
    city = {each["name"]: (each["actual"], each["verdict"]) for each in record["results"]}
    assert city["城镇常住人口"] == ("112", "met")
    assert city["新建学校"] == (None, "unreported")
    assert city["城镇登记失业率"] == (None, "unreported")
    assert record["stages"] == []
    assert {each["verdict"] for each in record["milestones"]} == {"unreported"}
    counties = {(each["name"], each["target"], each["actual"], each["verdict"]) for each in record["counties"]}
    assert counties == {
        ("城镇常住人口（甲县）", "≥70", "71", "met"),
        ("城镇登记失业率（甲县）", "≤4.2", "4.4", "missed"),
        ("新建学校（甲县）", None, "2", None),
        ("城镇常住人口（乙县）", "≥40", "39", "missed"),
        ("新建学校（乙县）", None, "3", None),
    }
    assert [(each["region"], each["stage"]) for each in record["county_stages"]] == [
        ("甲县", "开工"),
        ("乙县", "未启动"),
    ]
    assert record["tally"]["total"] == len(record["results"])
    assert call("check", returned)[0] == 1  # targets of counties are missed
    assert call("check", returned, "--dept", "市教育局")[0] == 0


@pytest.mark.parametrize("command", ["check", "report"])
def test_the_counties_have_a_section_of_their_own(call: Call, returned: Path, command: str) -> None:
    out = call(command, returned)[1]
    section = out[out.index("Figures of counties and districts (2)") :]
    assert re.search(r"城镇常住人口（万人） +≥40 +39 +-1 +✗ missed", section)
    assert re.search(r"新建学校（所） +— +2 +— +collected", section)
    assert "Targets of counties and districts: 1 of 3 met, 2 missed." in section
    rows = list(csv.DictReader(io.StringIO(call(command, returned, "-f", "csv")[1].lstrip("\ufeff"))))
    assert [row["region"] for row in rows if row["region"]] == ["甲县"] * 3 + ["乙县"] * 2


def test_a_county_alone_is_something_to_run_on(call: Call, returned: Path) -> None:
    assert call("check", returned / "终稿.csv", "--fail-on", "never")[0] == 0
    assert "Based on 1 files that were sent" in call("report", returned / "终稿.csv")[1]
    damaged = returned / "终稿.csv"
    damaged.write_text(damaged.read_text(encoding="utf-8-sig").replace("年份：2019", "年份：2018"), encoding="utf-8")
    assert call("check", damaged, "--fail-on", "never")[0] == 2


def test_the_regions_are_judged_by_the_forms_too(call: Call, returned: Path) -> None:
    out = call("check", returned, "--region", "甲县", "-f", "json")[1]
    assert {each["name"]: each["verdict"] for each in json.loads(out)["results"]}["城镇常住人口"] == "met"
    table = call("check", returned, "--by", "region")[1]
    assert re.search(r"乙县 +≥40 +39 +-1 +✗ missed", table)


def states(call: Call, folder: Path, *more: str | Path) -> dict[str, dict[str, object]]:
    out = call("status", folder, "-f", "json", *more)[1]
    return {each["department"]: each for each in json.loads(out)["departments"]}


def test_every_county_is_a_unit_of_its_own(call: Call, plan: Plan, returned: Path) -> None:
    units = states(call, returned)
    assert {name: units[name]["state"] for name in ("甲县", "乙县")} == {"甲县": "partial", "乙县": "partial"}
    assert (units["甲县"]["indicators"], units["甲县"]["reported"]) == (6, 3)
    assert [Path(str(file)).name for file in units["甲县"]["files"]] == ["全市.xlsx"]  # type: ignore[attr-defined]
    (returned / "全市.xlsx").unlink()
    (returned / "终稿.csv").write_bytes(filled(plan, "乙县", "csv", {}))
    assert {name: states(call, returned)[name]["state"] for name in ("甲县", "乙县")} == {
        "甲县": "silent",
        "乙县": "blank",
    }
    (returned / "甲县.pdf").write_bytes(b"%PDF-1.4 a scan")
    assert states(call, returned)["甲县"]["state"] == "refused"


def test_a_county_is_complete_once_all_its_own_figures_are_there(call: Call, plan: Plan, returned: Path) -> None:
    schools = {"新建学校": "2", "新建幼儿园": "3", "新建学校和幼儿园": "5", "学校占新建学校和幼儿园的比例": "40"}
    whole = {"城镇常住人口": ("41", ""), **{name: (text, "") for name, text in schools.items()}}
    (returned / "终稿.csv").write_bytes(filled(plan, "乙县", "csv", whole))
    unit = states(call, returned)["乙县"]
    assert (unit["state"], unit["indicators"], unit["missing"]) == ("complete", 5, 0)
    (returned / "终稿.csv").write_bytes(filled(plan, "乙县", "csv", {"城镇常住人口": ("很多", "")}))
    assert states(call, returned)["乙县"]["state"] == "refused"


def test_the_totals_count_the_counties_apart(call: Call, returned: Path) -> None:
    lines = call("status", returned)[1].splitlines()
    text = " ".join(" ".join(lines[:5]).split())
    assert "Figures: 1 of 9, 0 refused" in text
    assert "Figures of 2 counties and districts: 5 of 11, 0 refused." in text


def test_a_table_of_a_county_counts_for_it(call: Call, returned: Path) -> None:
    (returned / "全市.xlsx").unlink()
    (returned / "甲县报表.csv").write_text("指标,数值,单位,地区\n新建学校,4,所,甲县\n", encoding="utf-8")
    unit = states(call, returned)["甲县"]
    assert (unit["state"], unit["reported"]) == ("partial", 1)


def test_what_has_changed_names_the_county(call: Call, plan: Plan, returned: Path, tmp_path: Path) -> None:
    before = shutil.copytree(returned, tmp_path / "before")
    figures = {**FIRST, "城镇常住人口": ("72", "")}
    (returned / "全市.xlsx").write_bytes(filled(plan, "甲县", "xlsx", figures))
    (returned / "终稿.csv").unlink()
    record = json.loads(call("status", returned, "--since", before, "-f", "json")[1])
    changes = {(each["name"], *each["lead"], each["change"]) for each in record["changes"]}
    assert changes == {
        ("城镇常住人口", "甲县", "revised"),
        ("城镇常住人口", "乙县", "withdrawn"),
        ("新建学校", "乙县", "withdrawn"),
    }
    assert [each["units"] for each in record["withdrawn"]] == [["乙县"]]


def test_letters_to_counties_count_and_quote_their_own_values(call: Call, plan: Plan, returned: Path) -> None:
    (returned / "全市.xlsx").write_bytes(filled(plan, "甲县", "xlsx", {**FIRST, "新建幼儿园": ("很多", "")}))
    letters = returned.parent / "letters"
    call("status", returned, "--reminders", letters, "--lang", "zh")
    assert {path.stem for path in letters.glob("*.txt")} == {"甲县", "乙县", "市公安局", "市教育局", "市人社局"}
    first, second = ((letters / f"{name}.txt").read_text(encoding="utf-8") for name in ("甲县", "乙县"))
    assert first.splitlines()[1] == "甲县人民政府："
    assert "已收到贵单位报送的文件：全市.xlsx（" in first
    assert "贵单位填报的6项指标中，3项已有可用数据，2项未见填报，1项已报但未能采用" in " ".join(first.split())
    assert "贵单位报“很多”（全市.xlsx“指标数据”表" in first
    assert "共同牵头" not in first
    assert "贵单位填报的5项指标中，2项已有可用数据，3项未见填报" in second
    assert "很多" not in second
    police = (letters / "市教育局.txt").read_text(encoding="utf-8")
    assert "很多" not in police
    assert "县" not in police


def test_a_form_for_one_county_and_for_all_of_a_group(call: Call, tmp_path: Path) -> None:
    assert call("template", "--dept", "11", "-o", tmp_path / "one")[0] == 0
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["甲县.xlsx"]
    assert call("template", "--dept", "各县区", "-f", "csv", "-o", tmp_path / "all")[0] == 0
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == ["乙县.csv", "甲县.csv"]
    code, _, err = call("template", "--dept", "各县区", "-o", "-")
    assert code == 2
    assert "各县区 has several forms: 甲县, 乙县." in err


def test_the_ledger_has_the_own_targets_with_who_answers_for_them(call: Call, returned: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(call("ledger", returned, "-f", "csv")[1].lstrip("\ufeff"))))
    ours = {row["name"]: row for row in rows if "（甲县）" in row["name"] or "（乙县）" in row["name"]}
    assert {name: (row["lead"], row["verdict"], row["due"], row["person"]) for name, row in ours.items()} == {
        "城镇常住人口（甲县）": ("甲县", "met", "2019-10-31", "戊某"),
        "城镇登记失业率（甲县）": ("甲县", "missed", "2019-12-31", ""),
        "城镇常住人口（乙县）": ("乙县", "missed", "2019-12-31", ""),
    }


def test_what_counties_alone_report_is_not_called_reported_by_nobody(call: Call, returned: Path) -> None:
    rows = json.loads(call("escalate", returned, "-f", "json")[1])["matters"]
    whys = [row["why"] for row in rows]
    assert "“第一中学”: only 甲县, 乙县 report a stage, each its own; none is for the whole." in whys
    assert "“新建学校”: only 甲县, 乙县 report a figure, each its own; none is for the whole." in whys
    missed = next(why for why in whys if "城镇常住人口（乙县）" in why)
    assert "乙县" in missed.partition("（乙县）")[2]


def test_a_stage_of_a_milestone_that_is_called_after_the_county_is_the_milestone_s(
    folder: Path, call: Call, tmp_path: Path
) -> None:
    path = folder / "tasks.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("第一中学", "甲县第一中学"), encoding="utf-8")
    plan, _ = read_plan(folder)
    assert plan
    (tmp_path / "f.csv").write_bytes(filled(plan, "甲县", "csv", FIRST, {"甲县第一中学": "开工"}))
    record = json.loads(call("report", tmp_path / "f.csv", "-f", "json")[1])
    assert [(each["stage"], each["sender"]) for each in record["stages"]] == [("开工", "甲县")]
    assert [each["verdict"] for each in record["milestones"]] == ["met"]
    assert record["county_stages"] == []
    (tmp_path / "g.csv").write_bytes(filled(plan, "市教育局", "csv", {}, {"甲县第一中学": "未启动"}))
    out = call("report", tmp_path / "f.csv", tmp_path / "g.csv", "-f", "json")[1]
    assert [each["code"] for each in json.loads(out)["findings"] if each["severity"] == "error"] == ["S248"]
