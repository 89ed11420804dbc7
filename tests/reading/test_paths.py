"""The keys of a plan about pace: paths, annual figures, days, and the rules on them."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from czurban.checking.plan_rules.registry import check_plan
from czurban.model.finding import Findings
from czurban.model.indicator import IndicatorKind
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.plan.files import read_plan

CASES = Path(__file__).parents[2] / "src/czurban/cases/plan"
Reader = Callable[..., tuple[Plan | None, Findings]]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Read the made-up plan of the rules with some texts changed."""

    def reader(*changes: tuple[str, str], file: str = "targets") -> tuple[Plan | None, Findings]:
        for path in CASES.glob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            for old, new in changes if path.stem == file else ():
                assert old in text
                text = text.replace(old, new)
            (tmp_path / path.name).write_text(text, encoding="utf-8")
        plan, findings = read_plan(tmp_path)
        return plan, (*findings, *(check_plan(plan) if plan else ()))

    return reader


def codes(findings: Findings) -> list[str]:
    return [fault.code for fault in findings if fault.severity == "error"]


def test_the_keys_about_pace_are_read(read: Reader) -> None:
    plan, findings = read(
        ("target: ≥8", "target: ≥8\n    path: {2019-01..09: 6, 2019Q1: 20%}"),
        ("kind: rate\n    lead: [市人社局]", "kind: mean\n    elapsed: days\n    lead: [市人社局]"),
        ("target: ≥110", "target: ≥110\n    annual: true"),
    )
    assert plan is not None
    assert codes(findings) == []
    path = plan.by_id["kindergartens"].target.path
    assert [(point.period, point.share, point.value) for point in path] == [
        (Period(2019, 1, 3), Fraction(1, 5), None),
        (Period(2019, 1, 9), None, 6),
    ]
    assert plan.by_id["unemployment"].kind is IndicatorKind.MEAN
    assert (plan.by_id["unemployment"].by_days, plan.by_id["residents"].by_days) == (True, False)
    assert [indicator.id for indicator in plan.indicators if indicator.annual] == ["residents"]


@pytest.mark.parametrize(
    ("old", "path", "value"),
    [
        ("target: ≥110", "{2019H1: 1050000人}", Fraction(105)),
        ("target: ≤4.5", "{2019H1: 4.55%}", Fraction("4.55")),
        ("target: ≤4.5", "{2019H1: 4.55}", Fraction("4.55")),
    ],
)
def test_a_point_in_the_unit_is_converted(read: Reader, old: str, path: str, value: Fraction) -> None:
    plan, findings = read((old, f"{old}\n    path: {path}"))
    assert plan is not None
    assert codes(findings) == []
    (point,) = (point for indicator in plan.indicators for point in indicator.target.path)
    assert (point.value, point.share) == (value, None)


@pytest.mark.parametrize(
    ("old", "path", "expected"),
    [
        ("target: ≥8", "{八月: 4}", ["P106"]),
        ("target: ≥8", "{2019H1: 一半}", ["P106"]),
        ("target: ≥8", "{2019H1: 4万人}", ["P106"]),
        ("target: ≥8", "{2019H1: 4, 2019-06: 5}", ["P231"]),
        ("target: ≥8", "{2018H1: 4}", ["P231"]),
        ("target: ≥8", "{2020H1: 4}", ["P231"]),
        ("target: ≥8", "{2019H1: 120%}", ["P232"]),
        ("target: ≥8", "{2019H1: 9}", ["P232"]),
        ("target: ≥8", "{2019: 7}", ["P232"]),
        ("target: ≥8", "{2019: 8}", []),
        ("target: ≥8", "{2019: 100%}", []),
        ("target: ≥8", "{2019Q1: 4, 2019H1: 3}", ["P233"]),
        ("target: ≥8", "{2019Q1: 0, 2019H1: 0, 2019Q3: 7}", []),
        ("target: ≥110", "{2019H1: 99}", ["P233"]),
        ("target: ≥110", "{2019H1: 101, 2019Q3: 100.5}", ["P233"]),
        ("target: ≥110", "{2019H1: 50%}", []),
        ("target: ≤165", "{2019H1: 171}", ["P233"]),
        ("target: ≤165", "{2019H1: 168}", []),
        ("target: ≥33.3", "{2019H1: 20}", []),
    ],
)
def test_a_path_that_cannot_be_right_is_reported(read: Reader, old: str, path: str, expected: list[str]) -> None:
    _, findings = read((old, f"{old}\n    path: {path}"))
    assert codes(findings) == expected


def test_a_share_of_the_way_needs_a_baseline(read: Reader) -> None:
    _, findings = read(("baseline: 100\n    target: ≥110", "target: ≥110\n    path: {2019H1: 50%}"))
    assert "P232" in codes(findings)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("{2019H1: 未启动}", []),
        ("{2019H1: 开工, 2019Q3: 未启动}", ["P233"]),
        ("{2019H1: 完工}", ["P232"]),
        ("{2019H1: 封顶}", ["P111"]),
        ("{2020H1: 开工}", ["P231"]),
        ("{年中: 开工}", ["P106"]),
    ],
)
def test_a_path_of_a_milestone_is_checked(read: Reader, path: str, expected: list[str]) -> None:
    _, findings = read(("printed: 开工建设}", f"printed: 开工建设, path: {path}}}"), file="tasks")
    assert codes(findings) == expected


def test_a_plan_may_have_tasks_without_ladders(read: Reader) -> None:
    plan, findings = read(
        ("ladders:\n  works: [未启动, 开工, 完工]\n", ""),
        ("        milestones:\n          - {name: 第一中学, ladder: works, stage: 开工, printed: 开工建设}\n", ""),
        file="tasks",
    )
    assert plan is not None
    assert codes(findings) == []
