"""What a plan prints against the target that its data gives: the side that is met, the figure, and the unit."""

from pathlib import Path

import pytest

from czurban.checking.plan_rules.registry import check_plan
from czurban.model.finding import Finding
from czurban.model.plan import Plan
from czurban.reading.plan.files import read_draft

TARGETS = """\
plan: {{title: 某市2019年方案, region: 某市, period: 2019}}
categories: [民生]
indicators:
  - id: figure
    name: 某项
    category: 民生
    unit: "{unit}"
    kind: {kind}
    lead: 市某局
    target: "{target}"
    {more}
    deadline: 2019年底
    cited: [{{at: 一, printed: "{printed}"}}]
"""


def read(folder: Path, **values: str) -> tuple[Plan | None, list[Finding]]:
    texts = {"unit": "%", "kind": "rate", "more": "basis: printed", "printed": "达到41%", **values}
    (folder / "targets.yaml").write_text(TARGETS.format(**texts), encoding="utf-8")
    (folder / "departments.yaml").write_text("departments: [{name: 市某局}]\n", encoding="utf-8")
    draft = read_draft(folder)
    return draft.plan, [*draft.findings, *(check_plan(draft.plan) if draft.plan else ())]


FLOOR, CEILING, ABOVE, BELOW = "≥4.5", "≤4.5", ">4.5", "<4.5"
WORDS = {
    "4.5%以上": FLOOR,
    "达到4.5%以上": FLOOR,
    "不低于4.5%": FLOOR,
    "不少于4.5%": FLOOR,
    "≥4.5%": FLOOR,
    "提高到4.5%以上": FLOOR,
    "超过4.5%": ABOVE,
    "高于4.5%": ABOVE,
    "控制在4.5%以下": CEILING,
    "控制在4.5%以内": CEILING,
    "控制在4.5%": CEILING,
    "不超过4.5%": CEILING,
    "不高于4.5%": CEILING,
    "≤4.5%": CEILING,
    "降到4.5%以下": CEILING,
    "4.5%之内": CEILING,
    "低于4.5%": BELOW,
    "达到4.5%": FLOOR,
    "完成4.5%": FLOOR,
}
WEAK = ("4.5", "4.5%", "约4.5%")


@pytest.mark.parametrize("target", [FLOOR, CEILING, ABOVE, BELOW, "=4.5"])
@pytest.mark.parametrize("printed", [*WORDS, *WEAK])
def test_p227_printed_words_that_settle_the_side_agree_with_the_target(
    tmp_path: Path, printed: str, target: str
) -> None:
    _, findings = read(tmp_path, printed=printed, target=target)
    result = [finding for finding in findings if finding.code == "P227"]
    assert len(result) == (WORDS.get(printed, target) != target)
    assert all(WORDS[printed] in str(item.hint) for item in result)


def test_p227_an_interpreted_direction_with_a_reason_is_an_exception(tmp_path: Path) -> None:
    more = "basis: interpreted\n    reason: 方案另有说明"
    _, findings = read(tmp_path, printed="4.5%以上", target=CEILING, more=more)
    assert "P227" not in {finding.code for finding in findings}


@pytest.mark.parametrize("printed", ["4l%", "四十一", "138，19", "4.5斗", "41%或42%"])
def test_p228_a_printed_figure_that_cannot_be_read_is_told(tmp_path: Path, printed: str) -> None:
    _, findings = read(tmp_path, printed=printed, target=FLOOR)
    assert [finding.code for finding in findings if finding.code in {"P204", "P228"}] == ["P228"]


@pytest.mark.parametrize("printed", ["4.5%~6%", "4.5～6%"])
def test_a_printed_range_is_a_range(tmp_path: Path, printed: str) -> None:
    assert [item.code for item in read(tmp_path, printed=printed, target="4.5~6")[1]] == []
    assert [item.code for item in read(tmp_path, printed=printed, target=FLOOR)[1]] == ["P227"]


ABOUT = 'side: floor\n    tolerance: "100"'
UNITS = [
    ("亿元", "1.8万亿元左右", ABOUT, "≥17900"),
    ("亿元", "约1.8万亿元", ABOUT, "≥17900"),
    ("亿元", "≥1.8万亿元", "", "≥18000"),
    ("亿元", "1.8万亿元以上", "", "≥18000"),
    ("亿元", "达到1.8万亿元", "", "≥18000"),
    ("亿元", "控制在180000000万元以内", "", "≤18000"),
    ("亿元", "1.8~2万亿元", "", "18000~20000"),
    ("亿元", "1.8万亿元至2万亿元", "", "18000~20000"),
    ("万人", "≥1.5万", "", "≥1.5"),
    ("人", "≥1.5万", "", "≥15000"),
    ("%", "≥41%", "", "≥41"),
    ("%", "不低于410‰", "", "≥41"),
    ("亿元", "≥1.8万", "", None),  # 1.8万元 or 1.8万亿元
    ("亿元", "≥1.8万吨", "", None),
    ("亿元", "1.8斗左右", ABOUT, None),
    ("公顷", "≥100亩", "", None),  # 6⅔ 公顷
    ("亿元", "1.8亿~2万元", "", None),
]


@pytest.mark.parametrize(("unit", "target", "more", "rule"), UNITS, ids=[f"{item[1]}-{item[0]}" for item in UNITS])
def test_r3_the_unit_of_a_printed_target_is_converted_or_refused(
    tmp_path: Path, unit: str, target: str, more: str, rule: str | None
) -> None:
    plan, findings = read(tmp_path, unit=unit, target=target, more=more or "basis: printed", kind="flow")
    if rule is None:
        assert "P107" in {finding.code for finding in findings}
    else:
        assert plan is not None
        assert [str(indicator.target.interval) for indicator in plan.indicators] == [rule]


@pytest.mark.parametrize(
    ("unit", "kind", "target", "printed", "reported"),
    [
        ("%", "rate", "100%", "100%", False),
        ("起", "flow", "0起", "0起", False),
        ("%", "rate", "=90", "90%", True),
        ("个", "works", "=100", "100个", True),
    ],
)
def test_a_figure_with_no_other_side_needs_no_word(  # noqa: PLR0913 - a table's columns
    tmp_path: Path, unit: str, kind: str, target: str, printed: str, *, reported: bool
) -> None:
    _, findings = read(tmp_path, unit=unit, kind=kind, target=target, printed=printed)
    assert ("P249" in {finding.code for finding in findings}) is reported


@pytest.mark.parametrize(
    ("target", "more", "printed", "codes"),
    [
        ("高于全省平均水平", "reference: {2019: 61}", "高于全省平均水平", []),
        ("高于全省平均水平", "reference: {2019: 61}", "高于全省平均", []),
        ("高于全省平均水平", "reference: {2019: 61}", "低于全省平均水平", ["P227"]),
        ("高于全省平均水平", "reference: {2019: 61}", "不低于全省平均水平", ["P227"]),
        ("高于全省平均水平", "reference: {2019: 61}", "高于全国平均水平", ["P227"]),
        ("高于全省平均水平", "reference: {2019: 61}", "大幅改善", ["P228"]),
        ("above the OECD average", "reference: {2019: 61}", "above the OECD average", []),
        ("比2015年提高5个百分点", "reference: {2015: 61}", "比2015年提高5个百分点", []),
        ("≥41", "basis: printed", "高于全省平均水平", ["P228"]),
    ],
)
def test_words_for_another_figure_are_compared_with_the_target(
    target: str, more: str, printed: str, codes: list[str], tmp_path: Path
) -> None:
    _, findings = read(tmp_path, target=target, more=more, printed=printed)
    assert [item.code for item in findings if item.code in {"P227", "P228"}] == codes


@pytest.mark.parametrize(("printed", "codes"), [("应划尽划", []), ("划定", []), ("划定41片", ["P228"])])
def test_a_statement_is_no_figure_that_cannot_be_read(printed: str, codes: list[str], tmp_path: Path) -> None:
    more = "stages: [未启动, 划定, 应划尽划]"
    _, findings = read(tmp_path, target="应划尽划", kind="milestone", more=more, printed=printed)
    assert [item.code for item in findings if item.code == "P228"] == codes


@pytest.mark.parametrize(
    ("printed", "due"),
    [
        ("到2018年达到4.5%以上", "2018"),
        ("2018年底前达到4.5%以上", "2018"),
        ("2018年6月底前达到4.5%以上", "2018"),
        ("2017年上半年前达到4.5%以上", "2017"),
        ("到2019年达到4.5%以上", None),
        ("2019年底前达到4.5%以上", None),
        ("到2025年达到4.5%以上", None),
        ("比2018年提高4.5个百分点", None),
    ],
)
def test_p241_printed_words_of_an_earlier_date_are_reported(printed: str, due: str | None, tmp_path: Path) -> None:
    _, findings = read(tmp_path, target=FLOOR, printed=printed)
    messages = [str(item.message) for item in findings if item.code == "P241"]
    assert messages == ([f"“{printed}” is due in {due}, and the plan is of 2019."] if due else [])


@pytest.mark.parametrize(
    ("keys", "due"),
    [
        ('deadline: "2018"', "2018"),
        ('deadline: "2020-06"', "2020-06"),
        ("printed: 2018年底前完工", "2018"),
        ('printed: 2018年底前完工, deadline: "2019"', None),
        ('deadline: "2019-06"', None),
        ("printed: 完成2018年续建项目", None),
    ],
)
def test_p241_a_milestone_is_due_within_the_plan(keys: str, due: str | None, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(
        "ladders: {works: [未启动, 开工, 完工]}\nparts:\n  - no: 一\n    title: 建设\n    tasks:\n"
        "      - no: 1\n        title: 建中心\n        lead: 市某局\n"
        f"        milestones: [{{name: 文体中心, ladder: works, stage: 完工, {keys}}}]\n",
        encoding="utf-8",
    )
    _, findings = read(tmp_path, target=FLOOR, printed="4.5%以上")
    said = [(item.code, str(item.message)) for item in findings if item.code in {"P241", "P231"}]
    assert said == ([("P241", f"“文体中心” is due in {due}, and the plan is of 2019.")] if due else [])
