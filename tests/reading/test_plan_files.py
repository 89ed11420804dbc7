"""A plan's files: each fault of the catalogue once, at its line and column."""

from pathlib import Path

import pytest

from czurban.errors import UnreadableError
from czurban.model.finding import Findings, distinct
from czurban.model.plan import Plan
from czurban.reading.plan.files import plan_files, read_draft, read_plan

TARGETS = """\
plan:
  title: 某市2019年方案
  region: 某市
  period: 2019
categories: [甲类, 乙类]
units:
  - {name: 标箱, of: 个, factor: 2}
indicators:
  - id: rate
    no: 1
    name: 城镇化率
    category: 甲类
    unit: "%"
    kind: rate
    lead: 市公安局
    baseline: 40
    target: ≥41
    deadline: 2019年底
  - id: works
    name: 新建学校
    task: 1
    unit: 所
    kind: works
    lead: [市教育局]
    target: ≥4
    basis: interpreted
    reason: 任务量
    deadline: 2019
"""
TASKS = """\
ladders:
  works: [未启动, 开工, 完工]
parts:
  - no: 一
    title: 第一部分
    tasks:
      - no: 1
        title: 建学校
        lead: [市教育局]
        quantities: [works]
        milestones:
          - {name: 一中, ladder: works, stage: 开工}
"""
DEPARTMENTS = """\
departments:
  - name: 市公安局
    aliases: [公安局]
  - name: 市教育局
groups:
  - name: 各县区
"""


def read(folder: Path, file: str = "", old: str = "", new: str = "") -> tuple[Plan | None, Findings]:
    """Read the small plan with one text replaced in one of its files."""
    for name, text in (("targets", TARGETS), ("tasks", TASKS), ("departments", DEPARTMENTS)):
        changed = text
        if name == file:
            assert old in text
            changed = text.replace(old, new, 1)
        (folder / f"{name}.yaml").write_text(changed, encoding="utf-8")
    return read_plan(folder)


def test_the_small_plan_is_right(tmp_path: Path) -> None:
    plan, findings = read(tmp_path)
    assert findings == ()
    assert plan is not None
    assert [indicator.id for indicator in plan.indicators] == ["rate", "works"]
    assert [department.name for department in plan.departments if department.is_group] == ["各县区"]
    assert plan.units.find("万标箱") is not None
    assert plan.ladders == {"works": ("未启动", "开工", "完工")}
    assert len(plan_files(tmp_path)) == 3


def test_files_of_the_working_folder_have_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(tmp_path, "targets", "    kind: rate", "    kind: rate\n    lead: [市某局]\n    leed: 市公安局")
    monkeypatch.chdir(tmp_path)
    _, findings = read_plan(Path())
    assert {finding.place and finding.place.file for finding in findings} == {"targets.yaml"}
    assert {finding.code for finding in findings} == {"P102", "P104", "P111"}


@pytest.mark.parametrize(
    ("code", "file", "old", "new", "at"),
    [
        ("P101", "targets", "  region: 某市", "  region: [某市", "4:9"),
        ("P101", "targets", "unit: 所", "unit: %", "22:11"),
        ("P102", "targets", "    no: 1", "    no: 1\n    no: 2", "11:5"),
        ("P103", "targets", "title: 某市2019年方案", "title: !x 某市2019年方案", "2:10"),
        ("P104", "targets", "    kind: rate", "    kind: rate\n    leed: 市公安局", "15:5"),
        ("P105", "targets", "    deadline: 2019\n", "", "19:5"),
        ("P106", "targets", "kind: rate", "kind: ratio", "14:11"),
        ("P106", "targets", "no: 1", "no: 一个写成了整句话的编号这样的编号实在是太长了吧", "10:9"),
        ("P106", "targets", "period: 2019", "period: 去年", "4:11"),
        ("P106", "targets", "deadline: 2019年底", "deadline: 年底", "18:15"),
        ("P106", "targets", "id: works", "id: Works", "19:9"),
        ("P107", "targets", "target: ≥41", "target: 41", "17:13"),
        ("P107", "targets", "target: ≥41", "target: 41左右", "17:13"),
        ("P107", "targets", "target: ≥41", "target: 42~41", "17:13"),
        ("P108", "targets", "baseline: 40", "baseline: 四十", "16:15"),
        ("P108", "targets", "baseline: 40", "baseline: 40万", "16:15"),
        ("P118", "targets", "baseline: 40", "baseline: 40人", "16:15"),
        ("P109", "targets", "unit: 所", "unit: 弗隆", "22:11"),
        ("P109", "targets", "factor: 2", "factor: 0", "7:5"),
        ("P109", "targets", "of: 个", "of: 弗隆", "7:5"),
        ("P110", "targets", "name: 新建学校", "name: 城镇化率", "20:11"),
        ("P110", "targets", "name: 新建学校", "name: 新建学校\n    aliases: [城镇 化率]", "21:15"),
        ("P110", "targets", "name: 新建学校", "name: 新建学校\n    no: 1", "21:9"),
        ("P110", "targets", "id: works", "id: rate", "19:9"),
        ("P110", "departments", "name: 市教育局", "name: 市公安局", "4:11"),
        ("P110", "tasks", "  - no: 一", TASKS[TASKS.index("  - no: 一") :] + "  - no: 二", "16:13"),
        ("P110", "departments", "name: 市教育局", "name: 公安局", "4:11"),
        ("P111", "targets", "lead: 市公安局", "lead: 市公安", "15:11"),
        ("P111", "targets", "task: 1", "task: 7", "21:11"),
        ("P111", "targets", "category: 甲类", "category: 丙类", "12:15"),
        ("P111", "tasks", "stage: 开工", "stage: 动工", "12:46"),
        ("P111", "tasks", "ladder: works", "ladder: work", "12:32"),
        ("P111", "tasks", "[works]", "[wroks]", "10:22"),
        ("P111", "tasks", "lead: [市教育局]", "lead: [教育局]", "9:16"),
        ("P112", "targets", "    reason: 任务量\n", "", "26:12"),
        ("P113", "targets", "    task: 1\n", "", "20:11"),
        ("P113", "targets", "task: 1", "task: 1\n    category: 乙类", "20:11"),
    ],
)
def test_each_fault_at_its_place(tmp_path: Path, code: str, file: str, old: str, new: str, at: str) -> None:  # noqa: PLR0913, PLR0917
    plan, findings = read(tmp_path, file, old, new)
    assert plan is None
    places = [str(finding.place) for finding in findings if finding.code == code]
    where = str(tmp_path / f"{file}.yaml")
    assert places[:1] == [f"{where}:{at}"], findings


@pytest.mark.parametrize(
    ("file", "old", "new", "near"),
    [
        ("targets", "lead: 市公安局", "lead: 市公按局", "市公安局"),
        ("tasks", "lead: [市教育局]", "lead: [教育局]", "市教育局"),
        ("targets", "    kind: rate", "    kind: rate\n    targett: 1", "target"),
        ("tasks", "[works]", "[wroks]", "works"),
        ("targets", "target: ≥41", "target: 41", "≥41"),
    ],
)
def test_a_hint_names_what_was_meant(tmp_path: Path, file: str, old: str, new: str, near: str) -> None:
    _, findings = read(tmp_path, file, old, new)
    assert near in " ".join(str(finding.hint) for finding in findings)


def test_p103_aliases_that_multiply_are_refused(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    plan, findings = read(tmp_path, "targets", TARGETS, bomb)
    assert plan is None
    assert [finding.code for finding in findings] == ["P103"]


@pytest.mark.parametrize("deep", [30, 600, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_p103_nesting_beyond_reading_is_refused(tmp_path: Path, deep: int, opening: str, closing: str) -> None:
    plan, findings = read(tmp_path, "tasks", TASKS, "parts:\n  " + opening * deep + "x" + closing * deep)
    assert plan is None
    assert [finding.code for finding in findings] == ["P103"]


def test_p101_many_brackets_are_no_deep_nesting(tmp_path: Path) -> None:
    _, findings = read(tmp_path, "tasks", TASKS, "parts:\n" + "  - [a, b]\n" * 1001 + "  - [a, b\n")
    assert [finding.code for finding in findings] == ["P101"]


def test_every_fault_is_reported_at_once(tmp_path: Path) -> None:
    text = TARGETS.replace("≥41", "41").replace("unit: 所", "unit: 弗隆").replace("lead: 市公安局", "lead: 无此局")
    _, findings = read(tmp_path, "targets", TARGETS, text)
    assert sorted(finding.code for finding in findings) == ["P107", "P109", "P111"]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\xfd", b"a\0b"])
def test_p101_a_file_that_is_no_text(tmp_path: Path, data: bytes) -> None:
    read(tmp_path)
    (tmp_path / "targets.yaml").write_bytes(data)
    plan, findings = read_plan(tmp_path)
    assert plan is None
    assert [(finding.code, finding.place.file if finding.place else "") for finding in findings] == [
        ("P101", str(tmp_path / "targets.yaml"))
    ]


def test_p101_departments_are_needed(tmp_path: Path) -> None:
    read(tmp_path)
    (tmp_path / "departments.yaml").unlink()
    plan, findings = read_plan(tmp_path)
    assert plan is None
    assert [finding.code for finding in findings] == ["P101"]


def test_a_plan_may_have_no_tasks(tmp_path: Path) -> None:
    read(tmp_path, "targets", TARGETS[TARGETS.index("  - id: works") :], "")
    (tmp_path / "targets.yaml").write_text(TARGETS[: TARGETS.index("  - id: works")], encoding="utf-8")
    (tmp_path / "tasks.yaml").unlink()
    plan, findings = read_plan(tmp_path)
    assert findings == ()
    assert plan is not None
    assert plan.tasks == ()


def test_a_folder_without_a_plan(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_plan(tmp_path)
    assert caught.value.hint is not None


def test_an_alias_stands_for_the_text_it_names(tmp_path: Path) -> None:
    plan, findings = read(tmp_path, "targets", "title: 某市2019年方案\n  region: 某市", "title: &a 某市\n  region: *a")
    assert findings == ()
    assert plan is not None
    assert (plan.title, plan.region) == ("某市", "某市")


def test_a_fault_behind_an_alias_is_reported_where_its_text_is(tmp_path: Path) -> None:
    _, findings = read(tmp_path, "targets", "deadline: 2019年底", "deadline: &d 明年")
    assert [str(finding.place).partition("targets.yaml:")[2] for finding in findings] == ["18:15"]
    text = (tmp_path / "targets.yaml").read_text(encoding="utf-8").replace("deadline: 2019\n", "deadline: *d\n")
    (tmp_path / "targets.yaml").write_text(text, encoding="utf-8")
    result = distinct(read_draft(tmp_path).findings)
    assert [str(finding.place).partition("targets.yaml:")[2] for finding in result] == ["18:15"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{name: 标箱, of: 个, factor: 2}", "{name: 万人, of: 人, factor: 1000}"),
        ("{name: 标箱, of: 个, factor: 2}", "{name: 人, of: 户, factor: 3}"),
        ("    unit: 所\n", "    unit: 所\n    unit_aliases: [万所]\n"),
        ("categories: [甲类, 乙类]", "categories: [甲类, 乙类, 甲类]"),
    ],
)
def test_what_is_known_is_not_known_twice(tmp_path: Path, old: str, new: str) -> None:
    plan, findings = read(tmp_path, "targets", old, new)
    assert plan is None
    assert {finding.code for finding in findings} <= {"P109", "P110"}


def test_all_faults_are_reported_at_once_without_consequences(tmp_path: Path) -> None:
    text = TARGETS.replace("target: ≥41", "target: 41").replace("kind: works", "kind: work")
    text = text.replace("lead: 市公安局", "lead: 市公安")
    for name, content in (("targets", text), ("tasks", TASKS), ("departments", DEPARTMENTS)):
        (tmp_path / f"{name}.yaml").write_text(content, encoding="utf-8")
    draft = read_draft(tmp_path)
    assert sorted(finding.code for finding in draft.findings) == ["P106", "P107", "P111"]
    assert draft.plan is not None
    assert not draft.whole


@pytest.mark.parametrize(
    ("text", "place", "key"),
    [
        ("plan:\n  title: 某市\n  region 某市\n  period: 2019\n", "3:9", "region"),
        ("plan:\n  title: 某市\nindicators:\n  - id: x\n    name 某指标\n    unit: 个\n", "5:9", "name"),
        ("plan:\n  title: 某市\nindicators:\n  - id x\n    name: 某指标\n", "4:7", "id"),
        ("plan:\n  title: 某市\nindicators\n  - id: x\n    name: 某指标\n", "3:11", "indicators"),
        ("plan\n  title: 某市\n  region: 某市\n", "1:5", "plan"),
        ("plan:\n  title 某市\n  region: 某市\n", "2:8", "title"),
        ("plan\n\n  title: 某市\n", "1:5", "plan"),
        ("plan:\n  title：某市\n  region: 某市\n", "2:8", "title"),
        ("plan:\n  title:某市\n  region: 某市\n", "2:8", "title"),
    ],
)
def test_a_key_without_its_colon_is_named_at_its_line(text: str, place: str, key: str, tmp_path: Path) -> None:
    (tmp_path / "targets.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "departments.yaml").write_text("departments: [{name: 市某局}]\n", encoding="utf-8")
    fault = read_draft(tmp_path).findings[0]
    assert fault.place is not None
    assert (f"{fault.place.line}:{fault.place.column}", fault.code) == (place, "P101")
    assert str(fault.message) == f"There is no plain colon with a blank after the key “{key}”."


def test_a_text_that_goes_on_is_no_key_without_a_colon(tmp_path: Path) -> None:
    text = "plan:\n  title: A long\n    text goes on\n    here: now\n"
    (tmp_path / "targets.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "departments.yaml").write_text("departments: [{name: 市某局}]\n", encoding="utf-8")
    fault = read_draft(tmp_path).findings[0]
    assert fault.place is not None
    assert (fault.place.line, "a colon where no key is allowed" in str(fault.message)) == (4, True)
