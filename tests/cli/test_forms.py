"""`czurban template` and `czurban status`: forms go out, come back, and are watched."""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.cli.app import run

Call = Callable[..., tuple[int, str, str]]
PLAN = Path(__file__).parents[2] / "src" / "czurban" / "cases" / "plan"
SCHOOLS = {"新建学校": "4", "新建幼儿园": "9", "新建学校和幼儿园": "13", "学校占新建学校和幼儿园的比例": "30.8"}
SPELL = {"市公安局": {"城镇常住人口": "111", "新增城镇人口": "11"}, "市教育局": SCHOOLS}


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.setenv("CZURBAN_LANG", "zh")
    monkeypatch.setenv("CZURBAN_PLAN", str(PLAN))

    def called(*arguments: str | Path) -> tuple[int, str, str]:
        code = run([str(one) for one in arguments])
        return (code, *capfd.readouterr())

    return called


@pytest.fixture
def folder(call: Call, tmp_path: Path) -> Path:
    """Two departments' forms come back, and one's does not."""
    forms = tmp_path / "sheets"
    assert call("template", "--all-depts", "-f", "csv", "-o", forms)[0] == 0
    for office, figures in SPELL.items():
        for name, value in figures.items():
            put(forms / f"{office}.csv", name, value)
    (forms / "市人社局.csv").unlink()
    for county in ("甲县", "乙县"):
        (forms / f"{county}.csv").unlink()
    return forms


def put(path: Path, name: str, value: str, status: str = "") -> None:
    """Fill in one row."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    at = next(n for n, line in enumerate(lines) if f",{name}," in line)
    cells = lines[at].split(",")
    if len(cells) == 6:
        cells[4] = value
    else:
        cells[6:8] = [value, status]
    lines[at] = ",".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8-sig")


def test_forms_for_all_or_for_one(call: Call, tmp_path: Path) -> None:
    code, out, err = call("template", "--all-depts", "-o", tmp_path / "all")
    assert (code, out) == (0, "")
    assert sorted(one.name for one in (tmp_path / "all").iterdir()) == [
        "乙县.xlsx",
        "市人社局.xlsx",
        "市公安局.xlsx",
        "市教育局.xlsx",
        "甲县.xlsx",
    ]
    assert err.count("已写入") == 5
    code, _, _ = call("template", "--dept", "公安局", "-o", tmp_path / "one")
    assert [one.name for one in (tmp_path / "one").iterdir()] == ["市公安局.xlsx"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "x"], "--all-depts"),
        (["--dept", "市公安局", "--all-depts", "-o", "x"], "--all-depts"),
        (["--all-depts"], "--output"),
        (["--all-depts", "-o", "x", "-f", "docx"], "xlsx, csv"),
        (["--dept", "没有的局", "-o", "x"], "没有的局"),
        (["--all-depts", "-o", str(PLAN / "tasks.yaml" / "x")], "tasks.yaml"),
    ],
)
def test_a_call_that_makes_no_sense(call: Call, words: list[str], said: str) -> None:
    code, out, err = call("template", *words)
    assert (code, out) == (2, "")
    assert said in err
    assert not Path("x").exists()


def test_a_department_that_is_asked_nothing(call: Call, tmp_path: Path) -> None:
    plan = Path(shutil.copytree(PLAN, tmp_path / "plan"))
    text = (plan / "departments.yaml").read_text(encoding="utf-8")
    (plan / "departments.yaml").write_text(text.replace("groups:", "  - {name: 市气象局}\ngroups:"), encoding="utf-8")
    code, _, err = call("template", "--dept", "市气象局", "-o", tmp_path / "x", "--plan", plan)
    assert code == 2
    assert "没有要求市气象局" in err


def test_a_form_that_may_have_been_filled_in_is_never_written_over(call: Call, folder: Path) -> None:
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    code, _, err = call("template", "--all-depts", "-f", "csv", "-o", folder)
    assert code == 2
    assert "已经存在" in err
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == before


def states(out: str) -> dict[str, tuple[str, int, int]]:
    return {
        one["department"]: (one["state"], one["reported"], one["missing"]) for one in json.loads(out)["departments"]
    }


def test_who_has_sent_what(call: Call, folder: Path) -> None:
    code, out, err = call("status", folder, "-f", "json")
    assert (code, err) == (0, "")
    assert states(out) == {
        "市公安局": ("partial", 2, 2),
        "市教育局": ("partial", 4, 0),
        "市人社局": ("silent", 0, 2),
        "甲县": ("silent", 0, 4),
        "乙县": ("silent", 0, 4),
    }
    put(folder / "市教育局.csv", "第一中学", "开工")
    record = json.loads(call("status", folder, "-f", "json")[1])
    assert [(one["state"], one["staged"], one["files"]) for one in record["departments"]][1] == (
        "complete",
        1,
        [str(folder / "市教育局.csv")],
    )
    assert record["changes"] is None
    assert record["unattributed"] == []


@pytest.mark.parametrize(
    ("office", "text", "state"),
    [
        ("市教育局", lambda text: re.sub(r"[\d.]+,,", ",,", text), "blank"),
        ("市教育局", lambda text: text.replace("年份：2019", "年份：2018"), "refused"),
        ("市教育局", lambda text: text.replace("新建学校,任务1,所", "城镇常住人口,任务1,万人"), "refused"),
        ("市公安局", lambda text: text.replace("11,,", "很多,,"), "refused"),
    ],
)
def test_a_file_that_came_is_not_always_a_figure(
    call: Call, folder: Path, office: str, text: Callable[[str], str], state: str
) -> None:
    path = folder / f"{office}.csv"
    path.write_text(text(path.read_text(encoding="utf-8-sig")), encoding="utf-8-sig")
    code, out, _ = call("status", folder, "-f", "json")
    assert code == (0 if state == "blank" else 1)  # a form with nothing in it is no error
    assert states(out)[office][0] == state


def test_what_changed_since_an_earlier_copy(call: Call, folder: Path, tmp_path: Path) -> None:
    earlier = Path(shutil.copytree(folder, tmp_path / "earlier"))
    assert json.loads(call("status", folder, "--since", earlier, "-f", "json")[1])["changes"] == []
    put(folder / "市公安局.csv", "城镇常住人口", "112", "修订")
    put(folder / "市公安局.csv", "新增城镇人口", "")
    put(folder / "市公安局.csv", "城镇建设用地面积", "约很多")
    put(folder / "市教育局.csv", "第一中学", "开工")
    code, out, _ = call("status", folder, "--since", earlier, "-f", "json")
    changes = {one["name"]: (one["change"], one["before"], one["now"]) for one in json.loads(out)["changes"]}
    assert code == 1  # 约很多 cannot be read
    assert changes["城镇常住人口"] == (
        "revised",
        {"actual": "111", "approximate": False, "reported": "111", "status": None},
        {"actual": "112", "approximate": False, "reported": "112", "status": "revised"},
    )
    assert changes["新增城镇人口"][0] == "withdrawn"
    assert changes["城镇建设用地面积"][2] == {
        "actual": None,
        "approximate": False,
        "reported": "约很多",
        "status": None,
    }
    assert changes["第一中学"] == ("new", None, {"stage": "开工"})
    text = call("status", folder, "--since", earlier)[1]
    for shown in ("有变化的内容（4项）", "112 万人 (修订)", "撤回", "无法判定：约很多", "开工"):
        assert shown in text
    assert "有变化的内容（0项）" in call("status", folder, "--since", folder)[1]


def test_what_is_only_about_so_much_stays_so_since_an_earlier_copy(call: Call, folder: Path, tmp_path: Path) -> None:
    put(folder / "市公安局.csv", "城镇常住人口", "约112")
    earlier = Path(shutil.copytree(folder, tmp_path / "earlier"))
    put(folder / "市公安局.csv", "城镇常住人口", "112")
    out = call("status", folder, "--since", earlier)[1]
    assert "约112 万人" in out
    changes = json.loads(call("status", folder, "--since", earlier, "-f", "json")[1])["changes"]
    assert [(one["before"]["approximate"], one["now"]["approximate"]) for one in changes] == [(True, False)]


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown"])
def test_every_format(call: Call, folder: Path, form: str, tmp_path: Path) -> None:
    code, out, _ = call("status", folder, "-f", form)
    assert code == 0
    assert "市人社局" in out
    assert call("status", folder, "-f", form, "-o", tmp_path / "status")[:2] == (0, "")
    assert (tmp_path / "status").read_bytes().decode() == out


ENDS = ("docx", "txt")


def letters_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))


def test_letters_to_who_owes_something(call: Call, folder: Path, tmp_path: Path) -> None:
    put(folder / "市教育局.csv", "第一中学", "开工")
    put(folder / "市公安局.csv", "新增城镇人口", "很多")
    letters = tmp_path / "letters"
    code, _, err = call("status", folder, "--reminders", letters, "--by", "1月15日")
    assert code == 1
    assert "4份函" in err
    assert letters_in(letters) == [f"{name}.{end}" for name in ("乙县", "市人社局", "市公安局", "甲县") for end in ENDS]
    police = (letters / "市公安局.txt").read_text(encoding="utf-8")
    for said in (
        "\n市公安局：\n",
        "请于1月15日前",
        "已收到贵单位报送的文件：市公安局.csv",
        "人均城镇建设用地（平方米）",
        "“很多”",
    ):
        assert said in police
    assert "您好" not in police
    assert "czurban" not in police
    assert "城镇常住人口" not in police
    silent = (letters / "市人社局.txt").read_text(encoding="utf-8")
    assert "尚未收到贵单位报送的填报表" in silent
    code, _, err = call("status", folder, "--reminders", folder)
    assert code == 2
    assert "填报表所在的文件夹" in err


def test_letters_of_another_day_are_replaced_or_taken_away_unless_somebody_changed_them(
    call: Call, folder: Path, tmp_path: Path
) -> None:
    put(folder / "市教育局.csv", "第一中学", "开工")
    letters = tmp_path / "letters"
    assert call("status", folder, "--reminders", letters)[0] == 0
    assert letters_in(letters) == [f"{name}.{end}" for name in ("乙县", "市人社局", "市公安局", "甲县") for end in ENDS]
    (letters / "notes.txt").write_text("mine", encoding="utf-8")
    sent = folder / "市人社局.csv"
    assert call("template", "--dept", "市人社局", "-o", sent)[0] == 0
    put(sent, "城镇登记失业率", "4")
    put(sent, "城镇居民收入增速", "8")
    changed = letters / "市公安局.txt"
    changed.write_text(changed.read_text(encoding="utf-8").replace("请尽快", "请您"), encoding="utf-8")
    before = {one: one.read_bytes() for one in letters.iterdir()}
    code, _, err = call("status", folder, "--reminders", letters)
    assert code == 2
    assert "市公安局.txt" in err
    assert "--force" in err
    assert {one: one.read_bytes() for one in letters.iterdir()} == before
    code, _, err = call("status", folder, "--reminders", letters, "--force")
    assert code == 1  # the figure of 全国 that 城镇居民收入增速 is compared with was not sent
    assert "市人社局.txt" in err
    assert letters_in(letters) == sorted(
        ["notes.txt", *(f"{name}.{end}" for name in ("乙县", "市公安局", "甲县") for end in ENDS)]
    )
    assert "请尽快" in changed.read_text(encoding="utf-8")
    assert call("status", folder, "--reminders", letters, "--by", "1月15日")[0] == 1
    assert "1月15日" in changed.read_text(encoding="utf-8")


def test_a_letter_without_a_day_names_who_leads_too(call: Call, tmp_path: Path, repo: Path) -> None:
    files = repo / "examples" / "actuals-2019.csv"
    code, _, _ = call("status", files, "--plan", repo / "data", "--reminders", tmp_path / "r")
    assert code == 0
    letter = (tmp_path / "r" / "市农业农村局.txt").read_text(encoding="utf-8")
    assert "请尽快在填报表中" in letter
    assert "共同牵头" in letter


def test_files_of_nobody_are_named(call: Call, folder: Path) -> None:
    (folder / "~$市公安局.xlsx").write_bytes(b"lock")
    (folder / "note.md").write_text("x", encoding="utf-8")
    (folder / "zz.csv").write_text("指标,数值\n城镇登记失业率,4.4\n", encoding="utf-8")
    _, out, _ = call("status", folder)
    assert "看不出填报部门或不是表格的文件（2个）" in out
    assert "zz.csv" in out
    assert "note.md" in out
    assert "~$" not in out


@pytest.mark.parametrize(
    ("words", "said"),
    [([], "czurban status"), (["nowhere"], "nowhere"), ([str(PLAN.parent.parent / "model")], "没有表格")],
)
def test_nothing_to_look_at(call: Call, words: list[str], said: str) -> None:
    code, out, err = call("status", *words)
    assert (code, out) == (2, "")
    assert said in err


def test_the_report_shows_the_stages(call: Call, folder: Path) -> None:
    put(folder / "市教育局.csv", "第一中学", "开工")
    file = folder / "市教育局.csv"
    for words in (["--task", "1"], ["--dept", "市教育局"], []):
        _, out, _ = call("report", *words, file)
        line = next(line for line in out.splitlines() if line.startswith("第一中学"))
        assert line.split()[1:3] == ["开工", "开工"]
    stages = json.loads(call("report", "--task", "1", file, "-f", "json")[1])["stages"]
    assert [(one["task"], one["milestone"], one["stage"], one["sender"]) for one in stages] == [
        (1, "第一中学", "开工", "市教育局")
    ]


def test_a_form_of_milestones_alone_is_something_to_run_on(call: Call, tmp_path: Path, repo: Path) -> None:
    words = ("--plan", repo / "data")
    assert call("template", "--dept", "市水利局", "-f", "csv", "-o", tmp_path / "x", *words)[0] == 0
    path = tmp_path / "x" / "市水利局.csv"
    assert call("check", path, "--fail-on", "never", *words)[0] == 2
    put(path, "钦江水环境综合整治", "推进中")
    assert call("check", path, "--fail-on", "never", *words)[0] == 0


def test_the_time_of_a_file_is_told(call: Call, folder: Path) -> None:
    os.utime(folder / "市教育局.csv", (86400 * 365, 86400 * 365))
    sent = {
        one["department"]: one["sent"] for one in json.loads(call("status", folder, "-f", "json")[1])["departments"]
    }
    assert sent["市教育局"][0].startswith("1971-01-0")
    assert sent["市人社局"] == []
