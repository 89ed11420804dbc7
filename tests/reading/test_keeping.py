"""What a function keeps with a plan is found without a comparison of plans."""

from dataclasses import replace

import pytest

from czurban.model.collection.asked import named_in
from czurban.model.plan import Plan
from czurban.reading.submission.columns import read_columns
from czurban.reading.submission.keeping import kept_with_plan


def test_a_result_is_kept_for_each_plan_alone(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    @kept_with_plan(2)
    def read(text: str, by: Plan) -> str:
        asked.append((text, by.title))
        return f"{text} by {by.title}"

    first, second, other = replace(plan), replace(plan), replace(plan, title="another")
    monkeypatch.setattr(Plan, "__eq__", _refuse)
    assert [read("a", each) for each in (first, first, second, other)] == [
        *[f"a by {plan.title}"] * 3,
        "a by another",
    ]
    assert asked == [("a", plan.title), ("a", plan.title), ("a", "another")]
    read("b", first)
    read("c", first)
    read("a", first)
    assert asked[3:] == [("b", plan.title), ("c", plan.title), ("a", plan.title)]  # only the last two are kept


def test_headers_and_names_of_files_compare_no_plans(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Plan, "__eq__", _refuse)
    for each in (replace(plan), replace(plan)):
        assert read_columns(("指标", "数值"), each).at == read_columns(("指标", "数值")).at
        unit = named_in("in/市公安局.xlsx", each)
        assert unit is not None
        assert unit.name == "市公安局"


def _refuse(first: Plan, second: object) -> bool:
    pytest.fail("plans were compared")
