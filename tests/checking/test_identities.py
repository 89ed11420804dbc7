"""Identities of a plan: what holds, what cannot, what nobody can tell; of printed and of reported figures."""

from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.checking.check_plan import check_plan
from czurban.model.assessment import Assessment
from czurban.model.finding import Finding
from czurban.model.plan import Plan
from czurban.reading.plan_files import read_draft
from czurban.reading.rule_cases import PLAN

Judge = Callable[..., Assessment]


def told(folder: Path, identity: str, *changes: tuple[str, str]) -> list[Finding]:
    """What is told of the made-up plan with one identity and some texts changed."""
    text = (PLAN / "targets.yaml").read_text(encoding="utf-8")
    for old, new in (("residents_added = residents − residents@baseline", identity), *changes):
        assert old in text
        text = text.replace(old, new)
    (folder / "targets.yaml").write_text(text, encoding="utf-8")
    for name in ("tasks.yaml", "departments.yaml"):
        (folder / name).write_bytes((PLAN / name).read_bytes())
    draft = read_draft(folder)
    found = [*draft.findings, *(check_plan(draft.plan, whole=draft.whole) if draft.plan else ())]
    return [one for one in found if one.code in ("P117", *(f"P2{n}" for n in range(13, 18)))]


def test_the_plans_own_identities(plan: Plan) -> None:
    found = {one.code: one for one in check_plan(plan) if one.code in ("P214", "P216", "P217")}
    assert list(found) == ["P214"]
    assert str(found["P214"].message) == (
        "195平方千米 ÷ 138.19万人 = 141.11平方米, not 144平方米 as printed for “人均城镇建设用地面积”."
    )
    assert str(found["P214"].hint) == "The targets can all be met only if “人均城镇建设用地面积” is a ceiling."
    held = [str(one.message) for one in check_plan(plan) if one.code == "P213"]
    assert held == [
        "138.19万人 − 132.16万人 = 6.03万人, as printed: 6.03万人.",
        "83.7466万人 − 74.7466万人 = 9万人, as printed: 9万人.",
    ]


@pytest.mark.parametrize(
    ("identity", "codes"),
    [
        ("residents_added = residents − residents@baseline", ["P213"]),
        ("residents_added = residents - 100", ["P217"]),  # people less a number
        ("residents_added = residents − residents@baseline − residents_added@baseline", ["P214"]),
        ("land_per_head = land ÷ residents", ["P213", "P213"]),
        ("land_per_head = land / residents / 2", ["P214", "P214"]),
        ("residents = land", ["P217"]),
        ("schools = schools × 1", ["P213", "P215"]),  # it has no baseline
        ("unemployment = residents_added / residents", ["P214", "P214"]),
        ("unemployment = 1 − residents@baseline / residents", ["P214", "P216"]),
        ("residents_added = residents ÷ (residents − residents)", ["P215", "P215"]),
    ],
)
def test_what_an_identity_comes_to(tmp_path: Path, identity: str, codes: list[str]) -> None:
    assert sorted(one.code for one in told(tmp_path, identity)) == codes


@pytest.mark.parametrize(
    ("identity", "column"),
    [
        ("residents_added", 5),
        ("residents_added = residents = land", 5),
        ("residents_added + 1 = residents", 5),
        ("residents_added = people − residents@baseline", 23),
        ("residents_added = residents − residents@last", 44),
        ("residents_added = residents ** 2", 23),
        ("residents_added = residents − (land", 35),
        ("residents_added = max(residents, land)", 23),
        ("residents_added = residents − 'x'", 35),
        ("residents_added = residents.real", 23),
        ("residents_added = residents − 0x10", 35),
        ("residents_added = 城镇人口", 23),
    ],
)
def test_what_is_no_equation_is_told_at_its_column(tmp_path: Path, identity: str, column: int) -> None:
    found = told(tmp_path, identity)
    assert [(one.code, one.place.column if one.place else None) for one in found] == [("P117", column)]


def test_targets_that_exclude_each_other(tmp_path: Path) -> None:
    found = told(tmp_path, "land_per_head = land ÷ residents", ("target: ≤150", "target: ≥151"))
    assert {one.code for one in found} == {"P213", "P216"}


def test_an_approximate_figure_decides_nothing(tmp_path: Path) -> None:
    found = told(tmp_path, "residents_added = residents − residents@baseline", ("baseline: 100", "baseline: 约100"))
    assert [one.code for one in found] == ["P215"]


@pytest.mark.parametrize(
    ("total", "before", "codes"),
    [
        ("139.02", "6.86", []),
        ("139.02", "6.88", ["S220"]),
        ("139.02", "6.865", []),
        ("139.0", "6.8", []),
        ("约139", "7", []),
    ],
)
def test_reported_figures_that_contradict_each_other(judge: Judge, total: str, before: str, codes: list[str]) -> None:
    found = judge(f"城镇常住人口,{total},万人,", files=[f"指标,数值,单位\n新增城镇常住人口,{before},万人"])
    assert [one.code for one in found.findings if one.code == "S220"] == codes
    for one in found.findings:
        if one.code == "S220":
            assert str(one.place) == "f2.csv:2:10"
            assert "f1.csv:2:8" in str(one.hint)


def test_units_are_carried_through_reported_figures(judge: Judge) -> None:
    rows = ("城镇常住人口,1390200人,,", "城镇建设用地面积,19420公顷,,", "人均城镇建设用地面积,{},,")
    assert not any(one.code == "S220" for one in judge(*rows[:2], rows[2].format("139.7")).findings)
    assert any(one.code == "S220" for one in judge(*rows[:2], rows[2].format("141")).findings)


def test_an_identity_with_the_baseline_waits_for_the_plans_own_year(judge: Judge, plan: Plan) -> None:
    assert plan.baseline_period is not None
    found = judge("城镇常住人口,132.16,万人,", "新增城镇常住人口,4.39,万人,", period=plan.baseline_period)
    assert not any(one.code == "S220" for one in found.findings)
