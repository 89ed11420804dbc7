"""Formulas of a plan against printed and reported figures: what holds, what cannot, what nobody can tell."""

from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.checking.plan_rules.registry import check_plan
from czurban.model.assessment import Assessment
from czurban.model.finding import Finding
from czurban.model.plan import Plan
from czurban.reading.plan.cases import PLAN
from czurban.reading.plan.files import read_draft

Judge = Callable[..., Assessment]
OWN = "    formula: residents − residents@baseline\n"
LINE = 30


def told(folder: Path, indicator: str, formula: str, *changes: tuple[str, str]) -> list[Finding]:
    """What is told of one formula of the made-up plan, which has it instead of its own, with some texts changed."""
    text = (PLAN / "targets.yaml").read_text(encoding="utf-8")
    for old, new in ((OWN, ""), *changes):
        assert old in text
        text = text.replace(old, new)
    before, entry, behind = text.partition(f"  - id: {indicator}\n")
    kind, lead, rest = behind.partition("    lead:")
    text = f"{before}{entry}{kind}    formula: {formula}\n{lead}{rest}"
    (folder / "targets.yaml").write_text(text, encoding="utf-8")
    for name in ("tasks.yaml", "departments.yaml"):
        (folder / name).write_bytes((PLAN / name).read_bytes())
    line = 1 + text[: text.index(f"formula: {formula}")].count("\n")
    draft = read_draft(folder)
    result = [*draft.findings, *(check_plan(draft.plan, whole=draft.whole) if draft.plan else ())]
    codes = ("P117", *(f"P2{n}" for n in range(13, 18)))
    return [finding for finding in result if finding.code in codes and finding.place and finding.place.line == line]


def test_the_plans_own_formulas(plan: Plan) -> None:
    result = {item.code: item for item in check_plan(plan) if item.code in ("P214", "P216", "P217")}
    assert list(result) == ["P214"]
    assert str(result["P214"].message) == (
        "195平方千米 ÷ 138.19万人 ≈ 141.11平方米, not 144平方米 as printed for “人均城镇建设用地面积”."
    )
    assert str(result["P214"].hint) == (
        "The targets can all be met, because “人均城镇建设用地面积” is a ceiling; read the other way they could not."
    )
    held = [str(item.message) for item in check_plan(plan) if item.code == "P213"]
    assert held == [
        "138.19万人 − 132.16万人 = 6.03万人, as printed: 6.03万人.",
        "83.7466万人 − 74.7466万人 = 9万人, as printed: 9万人.",
    ]


@pytest.mark.parametrize(
    ("indicator", "formula", "codes"),
    [
        ("residents_added", "residents − residents@baseline", ["P213"]),
        ("residents_added", "residents − residents@2018", ["P213"]),
        ("residents_added", "residents - 100", ["P217"]),  # people less a number
        ("residents_added", "residents − residents@baseline − residents_added@baseline", ["P214"]),
        ("residents_added", "residents − residents@2017", ["P215"]),  # the plan prints no figure of 2017
        ("land_per_head", "land ÷ residents", ["P213", "P213"]),
        ("land_per_head", "land / residents / 2", ["P214", "P214"]),
        ("land_per_head", "land × residents", ["P217"]),
        ("land_per_head", "land", ["P214", "P214"]),  # an area like its own unit: the figures tell, not the units
        ("residents", "land", ["P217"]),
        ("kindergartens", "schools × 2", ["P213"]),  # it has no baseline to be held against
        ("unemployment", "residents_added / residents", ["P214", "P214"]),
        ("unemployment", "share(residents_added, residents)", ["P214", "P214"]),
        ("unemployment", "share(land, residents)", ["P217"]),
        ("unemployment", "1 − residents@baseline / residents", ["P214", "P216"]),
        ("residents_added", "residents ÷ (residents − residents)", ["P217"]),
        ("unemployment", "residents ÷ (residents − residents)", ["P215", "P215"]),
        ("residents_added", "sum(residents, land)", ["P217"]),
    ],
)
def test_what_a_formula_comes_to(tmp_path: Path, indicator: str, formula: str, codes: list[str]) -> None:
    assert sorted(item.code for item in told(tmp_path, indicator, formula)) == codes


@pytest.mark.parametrize(
    ("indicator", "formula", "message"),
    [
        (
            "residents",
            "land",
            "The formula gives 平方千米, and “城镇常住人口” is in 万人, which measures something else.",
        ),
        (
            "residents_added",
            "residents × land",
            "The formula gives 万人 × 平方千米, and “新增城镇人口” is in 万人, which measures something else.",
        ),
        (
            "residents_added",
            "residents + land",
            "万人 + 平方千米 adds or compares different dimensions, and gives no 万人 (“新增城镇人口”).",
        ),
    ],
)
def test_both_units_are_named_where_they_do_not_fit(tmp_path: Path, indicator: str, formula: str, message: str) -> None:
    assert [str(item.message) for item in told(tmp_path, indicator, formula)] == [message]


def test_a_unit_of_two_known_ones_is_taken_apart(tmp_path: Path) -> None:
    changes = (("  - {name: 标箱, of: 个, factor: 2}", "  - {name: 万人/公顷}"), ('unit: "%"\n', "unit: 万人/公顷\n"))
    result = told(tmp_path, "unemployment", "residents ÷ land", ("≤4.5", "≤0.01"), ("4.6", "0.01"), *changes)
    assert [finding.code for finding in result] == ["P213", "P213"]


def test_targets_that_exclude_each_other(tmp_path: Path) -> None:
    result = told(tmp_path, "land_per_head", "land ÷ residents", ("target: ≤150", "target: ≥151"))
    assert {finding.code for finding in result} == {"P213", "P216"}


CANNOT = "{} = {} cannot be checked for the {}: {}."


@pytest.mark.parametrize(
    ("indicator", "formula", "change", "column", "why"),
    [
        (
            *("residents_added", "residents − residents@2017", None, "target"),
            "missing: “城镇常住人口”@2017 (110万人 − —)",
        ),
        (
            *("residents_added", "residents − residents@baseline", ("baseline: 100", "baseline: 约100"), "target"),
            "approximate: “城镇常住人口”@baseline (110万人 − 约100万人)",
        ),
        (
            *("residents", "sum(residents_added)", ("baseline: 8\n", "baseline: —\n"), "baseline"),
            "missing: “新增城镇人口” (—万人)",
        ),
        (
            *("residents", "sum(residents_added)", ("baseline: 100\n", "baseline: 约100\n"), "baseline"),
            "approximate: “城镇常住人口” (8万人)",  # what it gives is what is not there
        ),
        (
            *("unemployment", "share(land, land + land)", ("baseline: 170\n", "baseline: 约170\n"), "baseline"),
            "approximate: “城镇建设用地面积” (约170平方千米 ÷ (约170平方千米 + 约170平方千米))",
        ),
        (
            *("land_per_head", "land ÷ residents", ("target: ≤165", "target: 160~165"), "target"),
            "a range: “城镇建设用地面积” (160~165平方千米 ÷ 110万人)",
        ),
        (
            *("unemployment", "residents ÷ (residents − residents)", None, "target"),
            "it divides by zero (110万人 ÷ (110万人 − 110万人))",
        ),
        (
            *("unemployment", "schools ÷ (schools − kindergartens)", ("target: ≥8", "target: ≥5"), "target"),
            "it may divide by zero, as far as the figures are rounded (4所 ÷ (4所 − 5所))",
        ),
        (
            *("unemployment", "schools ÷ (schools − residents_added)", None, "target"),
            "",
        ),
        (
            *("residents_added", "residents × " + "9" * 700, None, "target"),
            f"it gives more digits than can be printed (110万人 × {'9' * 700})",
        ),
    ],
)
def test_a_formula_that_cannot_be_checked_has_a_reason(  # noqa: PLR0913, PLR0917 - a case has as many sides
    tmp_path: Path, indicator: str, formula: str, change: tuple[str, str] | None, column: str, why: str
) -> None:
    result = told(tmp_path, indicator, formula, *([change] if change else ()))
    messages = [
        str(finding.message)
        for finding in result
        if finding.code == "P215" and f"for the {column}:" in str(finding.message)
    ]
    assert messages == ([CANNOT.format(indicator, formula, column, why)] if why else [])


def test_two_reasons_are_both_said(tmp_path: Path) -> None:
    changes = (("baseline: 100\n", "baseline: —\n"), ("baseline: 4.6", "baseline: 约4.6"))
    result = told(tmp_path, "unemployment", "1 − residents@baseline / residents", *changes)
    assert "missing: “城镇常住人口”@baseline" in str(result[0].message)
    result = told(tmp_path, "unemployment", "residents_added / residents", *changes)
    assert "missing: “城镇常住人口”; approximate: “城镇登记失业率”" in str(result[-1].message)


def test_a_hint_tells_no_way_where_the_targets_exclude_each_other(tmp_path: Path) -> None:
    result = told(tmp_path, "unemployment", "1 − residents@baseline / residents")
    assert {finding.code: str(finding.hint) for finding in result}["P214"].startswith("Check the figures")


def test_an_approximate_figure_decides_nothing(tmp_path: Path) -> None:
    result = told(tmp_path, "residents_added", "residents − residents@baseline", ("baseline: 100", "baseline: 约100"))
    assert [finding.code for finding in result] == ["P215"]


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
    results = judge(f"城镇常住人口,{total},万人,", files=[f"指标,数值,单位\n新增城镇常住人口,{before},万人"])
    assert [finding.code for finding in results.findings if finding.code == "S220"] == codes
    for finding in results.findings:
        if finding.code == "S220":
            assert str(finding.place) == "f2.csv:2:10"
            assert "f1.csv:2:8" in str(finding.hint)


def test_units_are_carried_through_reported_figures(judge: Judge) -> None:
    rows = ("城镇常住人口,1390200人,,", "城镇建设用地面积,19420公顷,,", "人均城镇建设用地面积,{},,")
    assert not any(finding.code == "S220" for finding in judge(*rows[:2], rows[2].format("139.7")).findings)
    assert any(finding.code == "S220" for finding in judge(*rows[:2], rows[2].format("141")).findings)


def test_a_formula_with_the_baseline_waits_for_the_plans_own_year(judge: Judge, plan: Plan) -> None:
    assert plan.baseline_period is not None
    results = judge("城镇常住人口,132.16,万人,", "新增城镇常住人口,4.39,万人,", period=plan.baseline_period)
    assert not any(finding.code == "S220" for finding in results.findings)
