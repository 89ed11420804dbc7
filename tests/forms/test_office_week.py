"""A week in the office: forms go out, come back with mistakes, and each sentence of a letter is compared with them."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from python_calamine import CalamineWorkbook

from czurban.app.collection import asked_departments
from czurban.cli.app import run
from czurban.model.collection import indicators_of, led_milestones
from czurban.model.plan import Department, Plan

Figures = Mapping[str, tuple[str, str]]
Fill = Callable[..., bytes]
SETTINGS = """[tool.czurban.letters]
sender = "市新型城镇化工作领导小组办公室"
contact = "李明"
phone = "0777-1234567"
date = "2020-01-08"
by = "2020-01-15"
"""
HOUSING, CITY = "市住房城乡建设局", "市城管执法局"
FIGURES: Mapping[str, Figures] = {
    HOUSING: {"城市建成区面积": ("90.8", "年报")},
    CITY: {"城市建成区面积": ("90.6", "年报")},  # contradicts the other lead
    "市公安局": {"户籍人口城镇化率": ("很多", "")},  # no number
    "市教育局": {"新建幼儿园": ("900", "年报")},  # 150 times off
    "市民政局": {"建设村级公共服务中心": ("12", "年报")},
    "市文化广电体育旅游局": {"建设村级公共服务中心": ("12", "年报")},  # the same as the other lead
    "市生态环境局": {"城镇空气质量优良天数比例": ("915", "年报")},  # a share above 100 %
    "市工业和信息化局": {"城镇家庭宽带接入能力": ("约500", "快报")},  # kept, as approximate
}
STAGES = {
    "市卫生健康委": {"流动人口信息共享平台": "已建设中", "流动人口健康促进行动计划": "快了"},  # no stages of the ladder
    "市医保局": {"钦州港区“三方协议”签订": "启动"},  # contradicts the other leads
}
SILENT = ("市水利局", "市农业农村局", "市委编办", "市投资促进局", "市税务局")
BLANK = ("市财政局",)


class Letter(NamedTuple):
    """A letter, its sections with their entries, and the lines under each entry."""

    office: str
    text: str
    sections: Mapping[str, Mapping[str, list[str]]]


@pytest.fixture
def week(plan: Plan, fill: Fill, figures: Callable[[str], Figures], tmp_path: Path) -> Path:
    """The forms of a first round, as they came back."""
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    stages = {milestone.name: milestone.stage for task in plan.tasks for milestone in task.milestones}
    for office in asked_departments(plan, None):
        if office.name in SILENT or office.is_group:
            continue
        given = {} if office.name in BLANK else {**figures(office.name), **FIGURES.get(office.name, {})}
        reached = {} if office.name in BLANK else {**stages, **STAGES.get(office.name, {})}
        (sheets / f"{office.name}.xlsx").write_bytes(fill(office, "xlsx", given, reached))
    (sheets / "市交通运输局.xlsx").rename(sheets / "交通局2019年（终稿）.xlsx")
    (sheets / "市税务局盖章扫描件.pdf").write_bytes(b"%PDF-1.4 a scan")
    (sheets / "市农业农村局.xlsx").write_bytes(b"PK\x03\x04 damaged")
    (tmp_path / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    return sheets


@pytest.fixture
def call(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path, repo: Path
) -> Callable[..., str]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CZURBAN_LANG", "zh")
    monkeypatch.setenv("CZURBAN_PLAN", str(repo / "data"))

    def called(*arguments: str | Path) -> str:
        run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return out + err

    return called


def letters_of(folder: Path) -> Iterator[Letter]:
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        sections: dict[str, dict[str, list[str]]] = {}
        entries: dict[str, list[str]] = {}
        entry = ""
        for line in text.partition("\n附件：")[2].splitlines():
            if match := re.fullmatch(r"([^　\d].+)（(\d+)[项处个]）", line):
                entries = sections.setdefault(line, {})
            elif match := re.fullmatch(r"\d+\. (.+)", line):
                entry = match[1]
                entries[entry] = []
            elif line.startswith("  - "):
                entries[entry].append(line.removeprefix("  - "))
        yield Letter(path.stem, text, sections)


def cell(sheets: Path, file: str, sheet: str, at: str) -> str:
    """What a cell holds, read by the library alone."""
    row, column = int(re.sub(r"\D", "", at)) - 1, ord(at[0]) - ord("A")
    table = CalamineWorkbook.from_path(sheets / file).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    value = table[row][column]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


QUOTED = re.compile(r"(.+?)报“(.+?)”（(.+?)“(.+?)”表([A-Z]\d+)单元格）")


def test_each_letter_says_what_is_true(week: Path, call: Callable[..., str], plan: Plan) -> None:
    printed = call("status", week, "--reminders", "letters")
    letters = {letter.office: letter for letter in letters_of(week.parent / "letters")}
    assert set(letters) == {
        *(
            HOUSING,
            CITY,
            "市公安局",
            "市教育局",
            "市人力资源社会保障局",
            "市卫生健康委",
            "市医保局",
            "市自然资源局",
            "市交通运输局",
        ),
        *("市民政局", "市文化广电体育旅游局", "市生态环境局", "市农业农村局", "市委编办", "市财政局"),
    }
    assert "市税务局盖章扫描件.pdf，但它不是表格" in printed
    for letter in letters.values():
        office = plan.department(letter.office)
        assert office
        check_form(letter)
        check_counts(letter, office, plan)
        check_received(letter, week)
        check_quoted(letter, week)
        check_unsent(letter, week, plan)


def check_form(letter: Letter) -> None:
    """The parts of an official letter are there, in their order."""
    lines = letter.text.splitlines()
    assert lines[:2] == ["关于补报更正《钦州市2019年新型城镇化建设工作方案》2019年完成情况的函", f"{letter.office}："]
    order = [
        "请于2020年1月15日前",
        "附件：",
        "市新型城镇化工作领导小组办公室",
        "2020年1月8日",
        "（联系人：李明，联系电话：0777-1234567）",
    ]
    body = letter.text.partition("\n附件：")[0]
    places = [body.rindex(part) for part in order]
    assert places == sorted(places)
    for wrong in ("您好", "请不必理会", "czurban", "--", "/"):
        assert wrong not in letter.text


def check_counts(letter: Letter, office: Department, plan: Plan) -> None:
    """The counts of the letter's body are those of the plan and of its annex."""
    body = letter.text.partition("\n附件：")[0]
    listed = {kind: sum(len(e) for title, e in letter.sections.items() if kind in title) for kind in ("指标", "事项")}
    for kind, total, words in (
        ("指标", len([each for each in indicators_of(plan, office) if office.name in each.leads]), "项指标中，"),
        ("事项", len(led_milestones(plan, office)), "个事项节点中，"),
    ):
        if not total:
            assert words not in body
            continue
        assert f"牵头的{total}{words}{total - listed[kind]}{'项' if kind == '指标' else '个'}已有可用" in body
    for title, entries in letter.sections.items():
        assert title[:-2].endswith(f"（{len(entries)}")


def check_received(letter: Letter, sheets: Path) -> None:
    """The files that the letter says came are those of the department."""
    files = {"市交通运输局": "交通局2019年（终稿）.xlsx"}.get(letter.office, f"{letter.office}.xlsx")
    if (sheets / files).exists():
        assert f"已收到贵单位报送的文件：{files}（" in letter.text
    else:
        assert "截至2020年1月8日，尚未收到贵单位报送的填报表。" in letter.text


def check_quoted(letter: Letter, sheets: Path) -> None:
    """Each value that the letter quotes stands in the cell it names, in the file of the department it names."""
    for entries in letter.sections.values():
        for lines in entries.values():
            for who, what, file, sheet, at in (match.groups() for line in lines if (match := QUOTED.fullmatch(line))):
                raw = cell(sheets, file, sheet, at)
                assert re.fullmatch(rf"{re.escape(raw)}\D*", what), (letter.office, what, raw)
                sender = letter.office if who == "贵单位" else who
                assert sender.removeprefix("市")[:2] in file or "交通" in file


def check_unsent(letter: Letter, sheets: Path, plan: Plan) -> None:
    """What the letter calls not reported is empty in the department's own form."""
    path = sheets / f"{letter.office}.xlsx"
    names = [
        entry.partition("（")[0]
        for title, entries in letter.sections.items()
        if "未见填报" in title
        for entry in entries
    ]
    assert all(plan.indicator(name) or name.startswith("任务") for name in names)
    if not path.exists() or path.read_bytes().startswith(b"PK\x03\x04 "):
        return
    book = CalamineWorkbook.from_path(path)
    rows = [row for sheet in book.sheet_names[:2] for row in book.get_sheet_by_name(sheet).to_python()]
    filled = {str(row[1]): str(row[6 if len(row) > 7 else 4]) for row in rows if len(row) > 5}
    for name in names:
        assert filled[name.rpartition(" ")[2] if name.startswith("任务") else name] in ("", "—")


def test_the_letters_of_known_mistakes(week: Path, call: Callable[..., str]) -> None:
    call("status", week, "--reminders", "letters")
    letters = {letter.office: letter for letter in letters_of(week.parent / "letters")}
    mine, theirs = letters[CITY].sections["所报数据互不一致的指标（1项）"].popitem()[1]
    assert mine.startswith("贵单位报“90.6平方公里”（市城管执法局.xlsx“指标数据”表")
    assert theirs.startswith("市住房城乡建设局报“90.8平方公里”（市住房城乡建设局.xlsx“指标数据”表")
    mine, theirs = letters[HOUSING].sections["所报数据互不一致的指标（1项）"].popitem()[1]
    assert (mine[:11], theirs[:14]) == ("贵单位报“90.8平方", "市城管执法局报“90.6平方")
    stages = letters["市卫生健康委"].sections["所报阶段未能采用的事项（2项）"]
    known, unknown = stages.values()
    assert known[0].startswith("贵单位报“已建设中”")
    assert known[2].startswith(
        "应填：如已到该阶段，填“建设中”；否则填未启动、前期工作、开工、建设中、完工、投入使用中的一个"
    )
    assert unknown[2] == "应填：未启动、启动、推进中、完成中的一个。"
    assert "未见填报" not in letters["市卫生健康委"].text
    refused = letters["市教育局"].sections["所报数据未能采用的指标（1项）"].popitem()[1]
    assert refused[2] == "应填：请核对数值；确认无误的，请在单元格内连同单位写为 900所。"
    assert "建设村级公共服务中心" not in letters["市民政局"].text
    assert letters["市农业农村局"].sections["未能采用的文件（1个）"] == {
        "市农业农村局.xlsx：工作簿已损坏或不完整，无法读取。": ["处理：请更正后重新报送。"]
    }


def test_the_second_round_leaves_no_letter_for_what_came(
    week: Path, call: Callable[..., str], plan: Plan, fill: Fill, figures: Callable[[str], Figures]
) -> None:
    call("status", week, "--reminders", "letters")
    office = plan.department("市卫生健康委")
    assert office
    stages = {milestone.name: milestone.stage for task in plan.tasks for milestone in task.milestones}
    (week / "市卫生健康委.xlsx").write_bytes(fill(office, "xlsx", figures(office.name), stages))
    printed = call("status", week, "--reminders", "letters")
    assert "市卫生健康委.txt" in printed
    assert not [path for path in (week.parent / "letters").iterdir() if "卫生" in path.name]
    shutil.rmtree(week.parent / "letters")


def test_the_report_judges_milestones_and_says_why_in_words(week: Path, call: Callable[..., str], plan: Plan) -> None:
    call("report", week, "-f", "markdown", "-o", "report.md", "--fail-on", "never")
    report = (week.parent / "report.md").read_text(encoding="utf-8")
    body, _, appendix = report.partition("## 数据问题")
    title, _, source = report.splitlines()[:3]
    assert title == "# 关于《钦州市2019年新型城镇化建设工作方案》2019年完成情况的通报"
    based, _, plan_named = source.partition("，")
    assert based == f"据{len(list(week.glob('*.xlsx')))}份填报表（其中1份无法读取）"
    assert plan_named == "对照《钦州市2019年新型城镇化建设工作方案》2019年目标。"
    assert ".xlsx" in appendix
    assert ".xlsx" not in body
    lines = (line.strip("| ").split(" | ") for line in body.splitlines())
    rows = {cells[0]: cells[1:4] for cells in lines if len(cells) == 5}
    assert rows["环城北路"] == ["投入使用", "投入使用", "✓ 到位"]
    assert rows["国家级大蚝现代特色农业产业园"] == ["完成（争取事项）", "—", "\\- 未报"]
    assert rows["钦州港区“三方协议”签订"] == ["推进中", "—", "? 无法判定"]
    doubtful = body.partition("## 无法判定（")[2].partition("\n## ")[0]
    assert "市城管执法局报“90.6平方公里”，互不一致，均未采用。" in doubtful
    assert "市医保局报“启动”" in doubtful
    call("report", week, "-o", "report.json", "--fail-on", "never")
    judged = json.loads((week.parent / "report.json").read_text(encoding="utf-8"))["milestones"]
    counts = Counter(each["verdict"] for each in judged if each["binding"])
    labels = {"met": "到位", "missed": "滞后", "unreported": "未报", "unreadable": "无法判定"}
    sentence = next(line for line in body.splitlines() if line.startswith(f"事项节点共{counts.total()}个："))
    assert all(f"{label} {counts[name]} 项" in sentence for name, label in labels.items() if counts[name])
