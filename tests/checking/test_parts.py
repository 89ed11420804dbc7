"""Parts of a target are held against the whole in the way that the indicator adds up."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from czurban.checking.plan_rules.registry import check_plan
from czurban.model.plan import Plan
from czurban.model.target import Interval
from czurban.model.years import Baseline
from czurban.reading.plan.cases import PLAN
from czurban.reading.plan.files import read_plan

Told = list[tuple[str, str]]
Check = Callable[..., Told]
CODES = ("P222", "P223", "P224", "P225", "P226")


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """What is told of the parts, after changes of the made-up plan's targets."""

    def told(table: str, *changes: tuple[str, str], regions: str = "") -> Told:
        folder = Path(shutil.copytree(PLAN, tmp_path / "plan", dirs_exist_ok=True))
        targets = folder / "targets.yaml"
        text = targets.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        targets.write_text(text, encoding="utf-8")
        with (folder / "regions.yaml").open("a", encoding="utf-8") as stream:
            stream.write(regions)
        (folder / "breakdown.csv").write_text(table, encoding="utf-8")
        plan, findings = read_plan(folder)
        assert plan is not None, findings
        return [(item.code, str(item.message)) for item in check_plan(plan) if item.code in CODES]

    return told


def wide(*rows: str) -> str:
    return "指标,甲县,乙县\n" + "".join(f"{row}\n" for row in rows)


RANGE, EXACT, ABOVE = (
    ("target: ≥110", "target: 110~120"),
    ("target: ≥110", "target: =110"),
    ("target: ≥110", "target: '>110'"),
)
UNSAID = ("    adds: sum\n", "")


@pytest.mark.parametrize(
    ("table", "changes", "codes"),
    [
        (wide("城镇常住人口,70,40"), (), ["P224"]),
        (wide("城镇常住人口,70,41"), (), ["P224"]),
        (wide("城镇常住人口,70,39.99"), (), ["P222"]),
        (wide("城镇常住人口,70,39.99"), (UNSAID,), ["P223"]),
        (wide("城镇常住人口,700000人,40"), (UNSAID,), ["P224"]),
        (wide("城镇建设用地面积,100,65"), (), ["P224"]),  # a ceiling of 165
        (wide("城镇建设用地面积,100,66"), (), ["P223"]),
        (wide("城镇常住人口,60~65,50~55"), (RANGE,), ["P224"]),
        (wide("城镇常住人口,60~65,50~56"), (RANGE,), ["P222"]),
        (wide("城镇常住人口,59~65,50~55"), (RANGE,), ["P222"]),
        (wide("城镇常住人口,60,50"), (EXACT,), ["P224"]),
        (wide("城镇常住人口,60,51"), (EXACT,), ["P222"]),
        (wide("城镇常住人口,60,50"), (ABOVE,), ["P224"]),  # each is above its own
        (wide("城镇常住人口,≥60,≥50"), (ABOVE,), ["P222"]),  # both may be met at 110, which is not above 110
        (wide("城镇常住人口,70,—"), (), ["P225"]),
        (wide("城镇登记失业率,9,9"), (), []),  # rates are not added
        ("指标,部门,目标\n城镇常住人口,市公安局,70\n城镇常住人口,市教育局,30\n", (), ["P222"]),
        ("指标,部门,目标\n城镇常住人口,市公安局,70\n城镇常住人口,市教育局,40\n", (), ["P224"]),
    ],
)
def test_parts_and_the_whole(check: Check, table: str, changes: tuple[tuple[str, str], ...], codes: list[str]) -> None:
    assert [code for code, _ in check(table, *changes)] == codes


def test_the_sum_and_what_is_missing_are_shown(check: Check) -> None:
    short = check(wide("城镇常住人口,70,39"))[0][1]
    assert "add up to ≥109 (70 + 39), which does not make ≥110" in short
    assert "over 某市 has no row for 乙县" in check(wide("城镇常住人口,70,—"))[0][1]


def test_each_level_is_held_against_the_one_above(check: Check) -> None:
    towns = "".join(f'  - {{code: "11{n}", name: 镇{n}, parent: "11"}}\n' for n in (1, 2))
    table = "指标,地区,目标\n" + "".join(
        f"城镇常住人口,{name},{value}\n" for name, value in (("甲县", 70), ("乙县", 40), ("111", 40), ("112", 20))
    )
    assert [(code, "70" in text) for code, text in check(table, regions=towns)] == [("P222", True), ("P224", True)]
    assert [code for code, _ in check("指标,地区,目标\n城镇常住人口,111,4\n", regions=towns)] == []


@pytest.mark.parametrize(
    ("rates", "codes"),
    [("4.4,4.6", []), ("4.4,4.7", ["P223"]), ("4.4,—", ["P225"])],
)
def test_a_weighted_rate_is_held_against_its_weighted_parts(check: Check, rates: str, codes: list[str]) -> None:
    weighted = ("    target: ≤4.5\n", "    target: ≤4.5\n    adds: weighted by residents\n")
    table = wide("城镇常住人口,60,50", f"城镇登记失业率,{rates}")  # (4.4 × 60 + 4.6 × 50) ÷ 110 = 4.4909…
    assert [code for code, _ in check(table, weighted) if code != "P224"] == codes


def test_a_ratio_is_held_against_its_parts(check: Check) -> None:
    ratio = ("    target: ≤150\n", "    target: ≤150\n    adds: ratio of land to residents\n")
    rows = ("城镇常住人口,60,50", "城镇建设用地面积,100,65")
    table = wide(*rows, "人均城镇建设用地,160,140")
    assert [code for code, _ in check(table, ratio)] == ["P224", "P224"]  # 165 km² ÷ 1 100 000 = exactly 150 m²
    strict = ("    target: ≤150\n", "    target: ≤149.9\n    adds: ratio of land to residents\n")
    result = check(table, strict)
    assert [code for code, _ in result] == ["P224", "P224", "P223"]
    assert "give 150 together, and the target is ≤149.9" in result[2][1]


@pytest.mark.parametrize(
    ("kind", "adds", "told"),
    [
        ("kind: rate", "sum", "no amount"),
        ("kind: rate", "weighted by land_per_head", "must be another amount"),
        ("kind: rate", "ratio of unemployment to residents", "must be another amount"),
        ("kind: rate", "ratio of land to residents", "does not measure"),
        ("kind: flow", "weighted by residents", "need no weights"),
        ("kind: rate", "ratio of residents_added to residents", ""),
        ("kind: rate", "none", ""),
        ("kind: flow", "sum", ""),
    ],
)
def test_what_is_added_up_can_be_added(check: Check, kind: str, adds: str, told: str) -> None:
    result = [
        text for code, text in check(wide(), (f"    {kind}\n", f"    {kind}\n    adds: {adds}\n")) if code == "P226"
    ]
    assert [told in text for text in result] == ([True] if told else [])


@pytest.mark.parametrize(
    ("kind", "adds", "row"),
    [
        ("kind: rate", "sum", "城镇登记失业率,80,70"),
        ("kind: rate", "weighted by land_per_head", "城镇登记失业率,4.4,9"),
        ("kind: rate", "ratio of unemployment to residents", "城镇登记失业率,4.4,9"),
        ("kind: rate", "ratio of land to residents", "城镇登记失业率,4.4,9"),
        ("kind: flow", "weighted by residents", "新增城镇人口,1,2"),
    ],
)
def test_a_sum_that_cannot_be_is_reported_alone(check: Check, kind: str, adds: str, row: str) -> None:
    """What the parts come to follows from that fault."""
    table = wide("城镇常住人口,60,50", "城镇建设用地面积,100,65", row)
    codes = [
        code for code, text in check(table, (f"    {kind}\n", f"    {kind}\n    adds: {adds}\n")) if code != "P224"
    ]
    assert codes == ["P226"]


def test_missing_rows_of_many_regions_are_listed_shortly(check: Check) -> None:
    towns = "".join(f'  - {{code: "11{n:04}", name: 镇{n}, parent: "11"}}\n' for n in range(3000))
    table = "指标,地区,目标\n城镇常住人口,甲县,70\n城镇常住人口,乙县,40\n城镇常住人口,镇2999,4\n"
    (told,) = [text for code, text in check(table, regions=towns) if code == "P225"]
    assert told.endswith("镇11 and 2,987 more.")
    assert len(told) < 200


@pytest.mark.parametrize(
    ("interval", "baseline"),
    [
        (Interval(low=Decimal(4)), "410"),
        (Interval(high=Decimal(450)), "4.4"),
        (Interval(low=Decimal(-3)), "41"),
    ],
)
def test_a_share_that_cannot_be_is_reported_alone(plan: Plan, interval: Interval, baseline: str) -> None:
    """That its target is easier than its baseline follows from a wrong figure."""
    indicator = plan.by_id["resident_urbanization_rate"]
    target = indicator.target._replace(interval=interval, baseline=Baseline(baseline, Decimal(baseline)))
    wrong = replace(plan, indicators=(replace(indicator, target=target, cited=()),), formulas=())
    codes = {item.code for item in check_plan(wrong, whole=False)}
    assert "P203" in codes
    assert not codes & {"P207", "P208"}
