"""Each refusal of a target says what to type, and typing it gives a plan that is read."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from czurban.model.finding import Finding
from czurban.reading.phrases.phrase import interval_for
from czurban.reading.phrases.tokens import PhraseContext, Refusal
from czurban.reading.plan.files import read_draft

KEYS = "unit|deadline|side|tolerance|grade|reference|stages|kind|years|baseline|compared_with|target"
LINE = re.compile(rf"\b({KEYS}): (\{{[^}}]*\}}|\[[^\]]*\]|[^\s,()（）。;]*[^\s,()（）。;.])")
RULE = re.compile(r"(?<![\w:])(?:[≥≤=<>]-?\d+(?:\.\d+)?|-?[\d.]+~-?[\d.]*\d)")
REST = re.compile(
    r"Write target: (.+?)(?:, and make .*|, and the year .*|, and (\S+) under baseline:\.|\.$| for a multiple)"
)
"""The rest of a phrase that a hint asks to write as the target."""
MOST_STEPS = 4


def typed(entry: dict[str, object], fault: Finding) -> dict[str, object]:
    """Do what a hint says: its lines, else the first rule or choice that it names, else a key left out."""
    hint = str(fault.hint)
    if hint.startswith("Delete "):
        return {name: value for name, value in entry.items() if f"{name}:" not in hint}
    if hint.startswith(("Write ≥", "Write a bound")) and (match := RULE.search(hint)):
        return entry | {"target": match[0]}
    lines = {name: yaml.safe_load(text) for name, text in LINE.findall(hint)}
    if match := REST.search(hint):
        lines |= {"target": match[1]} | ({"baseline": match[2].strip("%")} if match[2] else {})
    if lines:
        return entry | lines
    if hint.startswith("Choose from: "):
        choice = hint.removeprefix("Choose from: ").rstrip(".").split("、")[0]
        return entry | {"grade" if "grade" in entry else "target": choice}
    if match := re.search(r"(?:[^\s：]+：[^；\s]+；)+[^；\s]+[^.\s；]", hint):
        return entry | {"target": match[0]}
    if match := RULE.search(hint):
        return entry | {"target": match[0]}
    pytest.fail(f"nothing to type in {hint!r}")


def faults_of(folder: Path, entry: dict[str, object], period: str) -> list[Finding]:
    plan = {"title": "某市工作方案", "region": "某市", "period": period, "baseline_period": "2018"}
    text = yaml.safe_dump({"plan": plan, "indicators": [entry]}, allow_unicode=True)
    (folder / "targets.yaml").write_text(text, encoding="utf-8")
    (folder / "departments.yaml").write_text("departments: [{name: 市统计局}]\n", encoding="utf-8")
    return list(read_draft(folder).findings)


ONE, FIVE = "2019", "2021-2025"
REFUSED = [
    ("41%", "%", {}, ONE),
    ("百分之四十一", "%", {}, ONE),
    ("<4/<5.5", "%", {}, ONE),
    ("基本持平", "%", {}, ONE),
    ("与经济增长同步", "%", {}, ONE),
    ("30左右", "%", {}, ONE),
    ("1.8万亿元左右", "亿元", {}, ONE),
    ("约0.2", "%", {}, ONE),
    ("30左右", "%", {"side": "above", "tolerance": "1"}, ONE),
    ("≥30", "%", {"side": "both", "tolerance": "1"}, ONE),
    ("30亩以上", "万人", {}, ONE),
    ("10亩以上", "公顷", {}, ONE),
    ("7~6", "%", {}, ONE),
    ("[7,6]", "%", {}, ONE),
    ("≥60且≤40", "%", {}, ONE),
    ("增加2个", "个", {}, ONE),
    ("增长6%以上", "%", {}, ONE),
    ("好", "%", {}, ONE),
    ("≥五六十", "%", {}, ONE),
    ("≥" + "1" * 100, "%", {}, ONE),
    ("与上年持平", "%", {}, ONE),
    ("与基期持平", "%", {"baseline": "约41"}, ONE),
    ("比2015年翻一番", "亿元", {}, ONE),
    ("高于北京水平", "%", {}, ONE),
    ("高于城镇化率", "%", {}, ONE),
    ("应划尽划", "项", {}, ONE),
    ("plan adopted", "stage", {"stages": ["drafted", "adopted"], "kind": "milestone"}, ONE),
    ("出台", "项", {"stages": ["起草", "出台"]}, ONE),
    ("起草", "项", {"stages": ["起草", "出台"], "kind": "milestone"}, ONE),
    ("出台", "项", {"stages": ["出台", "出台"], "kind": "milestone"}, ONE),
    ("A：≥80；B：≥70；C：<70", "%", {}, ONE),
    ("A：≥80；B：≥70；C：<70", "%", {"grade": "D"}, ONE),
    ("A：≥80；B：≥70；C：<70", "%", {"grade": "C"}, ONE),
    ("合格：≥60；良：≥80；优：≥90", "%", {"grade": "优"}, ONE),
    ("≥70", "%", {"grade": "B"}, ONE),
    ("高于全国平均", "%", {"reference": {"2019": "很多"}}, ONE),
    ("高于全国平均", "%", {"reference": {"去年": "60"}}, ONE),
    ("高于全国平均", "%", {"reference": {"去年": "60"}}, FIVE),
    ("高于全国平均", "%", {"reference": {"2018": "60"}}, ONE),
    ("高于全国平均", "%", {"reference": {"2026": "60"}}, FIVE),
    ("2020年比2015年翻一番", "万人", {}, ONE),
    ("到2020年底达到5万人", "万人", {}, ONE),
    ("1 200以上", "万人", {}, ONE),
    ("≥1\u2009200万人", "万人", {}, ONE),
    ("12\xa0300~14\xa0500", "万人", {}, ONE),
    ("年均增长7%以上", "%", {"kind": "growth"}, FIVE),
    ("〔13.5〕", "%", {"kind": "growth"}, FIVE),
    ("三分之二以上", "%", {}, ONE),
    ("不足三分之一", "%", {}, ONE),
    ("10亩以上", "公顷", {}, ONE),
    ("前3名", "%", {}, ONE),
    ("全省前十", "%", {}, ONE),
    ("top ten", "%", {}, ONE),
    ("由12%提高到20%", "%", {}, ONE),
    ("从35降至30以下", "项", {}, ONE),
    ("increase from 12% to 20%", "%", {}, ONE),
    ("80%以上（其中农村70%以上）", "%", {}, ONE),
    ("每千人4.6张", "张", {}, ONE),
    ("两倍以上", "项", {"baseline": "12"}, ONE),
    ("at least 40% by 2030", "%", {}, ONE),
    ("41 % by the end of 2019", "%", {}, ONE),
    ("By 2019, reach 40%", "%", {}, ONE),
    ("at least two thirds", "%", {}, ONE),
    ("half", "%", {}, ONE),
    ("cut by 20 %", "%", {}, ONE),
    ("net zero", "t CO2e", {}, ONE),
    ("1.5 million", "people", {}, ONE),
    ("£2.5 billion", "£ million", {}, ONE),
    ("20,000 new homes", "homes", {}, ONE),
    ("10 000 by 2019", "homes", {}, ONE),
    ("plan adopted", "stage", {}, ONE),
    ("at least 3,000 in total", "homes", {"kind": "works"}, FIVE),
    ("五年累计12万人以上", "人", {"kind": "flow"}, FIVE),
    ("reduce by a third", "deaths", {"baseline": "100"}, ONE),
    ("〔1〕", "岁", {"baseline": "77.3", "kind": "stock"}, FIVE),
]


@pytest.mark.parametrize(("target", "unit", "more", "period"), REFUSED)
def test_what_the_hint_says_works(target: str, unit: str, more: dict[str, object], period: str, tmp_path: Path) -> None:
    entry: dict[str, object] = {"id": "x", "name": "某指标", "unit": unit, "kind": "rate", "lead": "市统计局"}
    entry |= {"target": target, "deadline": period[-4:]} | more
    faults = faults_of(tmp_path, entry, period)
    assert [fault.code for fault in faults] == ["P107"], [str(fault.message) for fault in faults]
    for _ in range(MOST_STEPS):
        entry = typed(entry, faults[0])
        faults = faults_of(tmp_path, entry, period)
        if not faults:
            break
    assert faults == []


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("1 200以上", "Write target: 1200以上."),
        ("≥1\u2009200", "Write target: ≥1200."),
        ("12\xa0300~14\xa0500", "Write target: 12300~14500."),
        ("2020年比2015年翻一番", "Write target: 比2015年翻一番, and the year under deadline:."),
        ("≥3且≤2", "Correct one of the bounds"),
        ("5翻8", "Write ≥41"),
    ],
)
def test_a_hint_names_no_other_number_than_the_target(target: str, hint: str) -> None:
    refusal = interval_for(target, PhraseContext(scale=lambda _: Fraction(1)))
    assert isinstance(refusal, Refusal)
    assert str(refusal.hint).startswith(hint)


@pytest.mark.parametrize(("period", "figures"), [(ONE, "{2019: 61.5}"), (FIVE, "{2025: 61.5}")])
def test_a_reference_is_asked_for_in_the_year_of_the_plan(period: str, figures: str, tmp_path: Path) -> None:
    entry: dict[str, object] = {"id": "x", "name": "某指标", "unit": "%", "kind": "rate", "lead": "市统计局"}
    entry |= {"target": "高于全国平均", "deadline": period[-4:], "reference": {"2018": "60"}}
    (fault,) = faults_of(tmp_path, entry, period)
    assert str(fault.message) == f"The plan is of {period}, and reference: has no figure for it."
    assert str(fault.hint) == f"Write reference: {figures}."
