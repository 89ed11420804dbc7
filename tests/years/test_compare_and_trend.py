"""`compare` and `trend` in a plan of several years: steps that come due, older figures, totals and single years."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from tests.years.conftest import text_of, write_plan

import czurban
from czurban.app.assessing import find_figures
from czurban.app.progress.compare import CompareOptions, compare
from czurban.app.progress.trend import TrendOptions, trend
from czurban.app.settings import open_plan
from czurban.model.over_time.changes import Cause, ChangeKind, FigureChange
from czurban.model.over_time.trend import Trend
from czurban.words.translator import Translator

LEVEL = """id: a
name: 指标甲
unit: "%"
kind: rate
baseline: {value: 60, year: 2020}
target: ≥65
deadline: 2025年底
"""
STEPS = LEVEL + "steps: {2022: ≥63}\n"
OTHER = LEVEL.replace("id: a", "id: b").replace("指标甲", "指标乙")
NONE = """id: c
name: 指标丙
unit: 个
kind: stock
target: none
deadline: 2025年底
"""
Compare = Callable[..., dict[str, FigureChange]]
Tell = Callable[..., Trend]


def written(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.write_text("\n".join(["指标,数值,时期", *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def differ(tmp_path: Path) -> Compare:
    def made(
        before: tuple[str, ...], after: tuple[str, ...], *, first: str = STEPS, then: str = STEPS
    ) -> dict[str, FigureChange]:
        plans = [write_plan(tmp_path / f"plan{n}", text_of(entry, OTHER)) for n, entry in enumerate((first, then))]
        options = CompareOptions(plan=plans[1], plan_before=None if first == then else plans[0])
        files = written(tmp_path, "before.csv", *before), written(tmp_path, "after.csv", *after)
        return {each.indicator.id: each for each in compare(*files, options).value.figures}

    return made


FLOW = """id: a
name: 指标甲
unit: 万人
kind: flow
baseline: {value: 80, year: 2020}
target: ≥100
deadline: 2025年底
"""


def test_the_pace_is_that_of_the_pace_command(differ: Compare, tmp_path: Path) -> None:
    """88 is on the line from 80 in 2020 to 100 in 2025, and 84 is below it."""
    change = differ(("指标甲,88,2022",), ("指标甲,84,2022",), first=FLOW, then=FLOW)["a"]
    assert [side.status for side in (change.before, change.after) if side] == ["on-pace", "behind"]
    assert (change.is_flipped, change.causes) == (True, (Cause.FIGURE,))
    paced = czurban.pace(tmp_path / "plan1", written(tmp_path, "now.csv", "指标甲,84,2022"), period="2022")
    assert [each.pace.status for each in paced if each.result.indicator.id == "a"] == ["behind"]


def test_an_indicator_without_a_figure_is_no_changed_verdict(differ: Compare) -> None:
    """At the end of 2022 its step is due and it is unreported; in 2023 it is not due."""
    found = differ(("指标乙,61,2022",), ("指标乙,61,2022", "指标乙,62,2023"))
    assert (found["a"].kind, found["a"].is_flipped) == (ChangeKind.SAME, False)


@pytest.mark.parametrize("other", ["指标乙,62,2023", "指标乙,62,2024"])
def test_the_same_older_figure_is_no_newer_one(differ: Compare, other: str) -> None:
    found = differ(("指标甲,64,2022",), ("指标甲,64,2022", other))
    assert (found["a"].kind, found["a"].difference) == (ChangeKind.SAME, 0)
    revised = differ(("指标甲,64,2022",), ("指标甲,64.5,2022", other))
    assert (revised["a"].kind, revised["a"].difference) == (ChangeKind.REVISED, Fraction("0.5"))


def test_a_revised_older_figure_is_listed_once(tmp_path: Path) -> None:
    """Of figures of 2021 and 2022, that of 2022 is judged in 2023, so that only 2021 is earlier."""
    plan = write_plan(tmp_path / "plan", text_of(STEPS, OTHER))
    before = written(tmp_path, "before.csv", "指标甲,61,2021", "指标甲,63,2022", "指标乙,62,2023")
    after = written(tmp_path, "after.csv", "指标甲,61.5,2021", "指标甲,64,2022", "指标乙,62,2023")
    outcome = compare(before, after, CompareOptions(plan=plan))
    kinds = {each.indicator.id: each.kind for each in outcome.value.figures}
    assert kinds == {"a": ChangeKind.REVISED, "b": ChangeKind.SAME}
    assert [(each.indicator.id, each.period.year) for each in outcome.value.earlier] == [("a", 2021)]


def test_a_report_in_chinese_has_words_for_the_plan_and_no_space_between_sentences(tmp_path: Path) -> None:
    entries = (STEPS, STEPS.replace("≥6", "≤5"))
    plans = [write_plan(tmp_path / f"plan{n}", text_of(entry)) for n, entry in enumerate(entries)]
    outcome = compare(*plans, CompareOptions(figures=(written(tmp_path, "a.csv", "指标甲,63,2022"),)))
    text = "\n".join(str(block) for block in outcome.compose(Translator("zh")).blocks)
    assert "项。方案有" in text
    assert "不低于目标值" in text
    assert "floor" not in text


def test_where_only_an_older_figure_is_left_the_newer_one_is_withdrawn(differ: Compare) -> None:
    found = differ(("指标甲,64,2022", "指标甲,64.2,2023"), ("指标甲,64,2022", "指标乙,62,2023"))
    assert found["a"].kind is ChangeKind.WITHDRAWN


def test_a_step_that_has_come_due_is_time_and_no_rule(differ: Compare) -> None:
    """62.5 in 2022 misses ≥63; in 2023 the target of 2025 is not due, and the figure is behind its path or ahead."""
    found = differ(("指标甲,62.5,2022",), ("指标甲,62.5,2022", "指标甲,62.6,2023"))["a"]
    assert (found.is_flipped, found.causes) == (True, (Cause.TIME,))
    found = differ(("指标甲,62.5,2022",), ("指标甲,62.5,2022", "指标甲,64.2,2023"))["a"]
    assert (found.is_flipped, found.causes) == (True, (Cause.TOGETHER,))


@pytest.mark.parametrize(
    ("then", "cause"), [(LEVEL + "steps: {2022: ≥64}\n", Cause.TARGET), (STEPS.replace("rate", "stock"), None)]
)
def test_another_step_of_the_plan_is_its_target(differ: Compare, then: str, cause: Cause | None) -> None:
    found = differ(("指标甲,63.5,2022",), ("指标甲,63.5,2022",), then=then)["a"]
    assert found.causes == ((cause,) if cause else ())


SUM = """id: a
name: 指标甲
unit: 亿元
kind: {kind}
baseline: 80
target: ≥500
deadline: 2025年底
years: {years}
"""


@pytest.fixture
def tell(tmp_path: Path) -> Tell:
    def told(entry: str, *rows: str, name: str = "指标甲") -> Trend:
        plan = open_plan(write_plan(tmp_path / "plan", text_of(entry, NONE)))
        files = find_figures([written(tmp_path, "f.csv", *rows)])
        return trend(plan, files, TrendOptions(indicator=name)).value

    return told


@pytest.mark.parametrize(("kind", "years"), [("flow", "sum"), ("works", "sum"), ("flow", "mean")])
def test_a_total_is_not_compared_with_a_single_year(tell: Tell, kind: str, years: str) -> None:
    entry = SUM.format(kind=kind, years=years)
    first = tell(entry, "指标甲,80,2020", "指标甲,100,2021", "指标丙,3,2021")
    assert (first.to_last, first.to_year_before) == (None, None)
    assert [point.period.year for point in first.drawn] == [2021]
    then = tell(entry, "指标甲,80,2020", "指标甲,100,2021", "指标甲,110,2022", "指标丙,3,2021")
    assert then.to_last
    assert then.to_last.difference == (110 if years == "sum" else 5)
    assert [point.period.year for point in then.drawn] == [2021, 2022]


def test_a_compound_rate_is_not_compared_with_the_rate_of_a_year(tell: Tell) -> None:
    entry = SUM.format(kind="growth", years="cumulative-growth").replace("亿元", '"%"').replace("500", "13.5")
    entry = entry.replace("baseline: 80\n", "")
    assert tell(entry, "指标甲,2,2020", "指标甲,2.7,2021").to_last is None
    found = tell(entry, "指标甲,2,2020", "指标甲,2.7,2021", "指标甲,1,2022").to_last
    assert found
    assert found.difference == Fraction("3.727") - Fraction("2.7")


def test_figures_of_each_year_are_compared_with_the_year_before_the_plan(tell: Tell) -> None:
    found = tell(LEVEL, "指标甲,60,2020", "指标甲,61,2021").to_last
    assert found
    assert found.difference == 1


def text_told(tmp_path: Path, entry: str, *rows: str, name: str = "指标甲") -> str:
    plan = open_plan(write_plan(tmp_path / "plan", text_of(entry, NONE)))
    outcome = trend(plan, find_figures([written(tmp_path, "f.csv", *rows)]), TrendOptions(indicator=name))
    return "\n".join(str(block) for block in outcome.compose(Translator("en")).blocks)


@pytest.mark.parametrize(
    ("count", "named"), [(6, "0.csv, 1.csv, 2.csv, 3.csv, 4.csv, 5.csv."), (7, "0.csv … 6.csv (7).")]
)
def test_of_many_files_the_first_and_the_last_are_named(
    count: int, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    plan = open_plan(write_plan(tmp_path / "plan", text_of(LEVEL)))
    for at in range(count):
        written(tmp_path, f"{at}.csv", f"指标甲,6{at}.5,{2019 + at}")
    outcome = trend(plan, find_figures([f"{at}.csv" for at in range(count)]), TrendOptions(indicator="指标甲"))
    assert f"Figures from: {named}" in str(outcome.compose(Translator("en")).blocks[1])


def test_the_same_change_is_listed_once(tmp_path: Path) -> None:
    text = text_told(tmp_path, LEVEL, "指标甲,60,2020", "指标甲,61,2021")
    assert "Change since 2020: +1 percentage points" in text
    assert "same time of last year" not in text


def test_an_indicator_without_a_target_has_no_deadline(tmp_path: Path) -> None:
    text = text_told(tmp_path, SUM.format(kind="flow", years="sum"), "指标丙,3,2021", "指标甲,3,2021", name="指标丙")
    assert "No target; baseline: —" in text
    assert "Target:" not in text


def test_what_is_missed_at_the_deadline_is_told_in_the_unit(tmp_path: Path) -> None:
    rows = [f"指标甲,{value},{year}" for year, value in enumerate(("61", "62", "63", "64", "64.4"), 2021)]
    text = text_told(tmp_path, LEVEL, *rows)
    assert "target missed at the deadline" in text
    assert "0.6 percentage points short" in text
    assert "disagree" not in text


def test_a_required_value_of_0_is_printed(tmp_path: Path) -> None:
    entry = LEVEL.replace("≥65", "≤0") + "steps: {2022: ≤0}\n"
    assert "Required at the end of 2022: 0%" in text_told(tmp_path, entry, "指标甲,3,2022")
