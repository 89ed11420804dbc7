"""What changed between two collections or two versions of a plan, and what makes a verdict another one."""

import json
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from czurban.app.options import Outcome
from czurban.app.progress.compare import CompareOptions, compare
from czurban.cli.app import run as run_program
from czurban.errors import UsageError
from czurban.model.assessment import Verdict
from czurban.model.over_time.changes import Cause, ChangeKind, Changes, FigureChange, PlanPart
from czurban.model.over_time.pace import PaceStatus

REPO = Path(__file__).parents[2]
JOBS, REGISTERED, TRANSPORT, JOBLESS = "城镇新增就业人数", "户籍人口城镇化率", "城镇公共供水普及率", "城镇登记失业率"
HEAD = "指标,数值,单位,年份\n"
Compare = Callable[..., Outcome[Changes]]
Row = tuple[str, object, str]


@pytest.fixture
def differ(tmp_path: Path) -> Compare:
    """Compare two collections, each given as its rows, with the plan of the repository or with edited ones."""

    def made(before: list[Row], after: list[Row], edit: tuple[str, str] | None = None) -> Outcome[Changes]:
        for name, rows in (("before.csv", before), ("after.csv", after)):
            text = "".join(f"{what},{value},,{period}\n" for what, value, period in rows)
            (tmp_path / name).write_text(HEAD + text, encoding="utf-8")
        options = CompareOptions(plan=REPO / "data")
        if edit:
            options = CompareOptions(plan=edited(tmp_path / "plan", *edit), plan_before=REPO / "data")
        return compare(tmp_path / "before.csv", tmp_path / "after.csv", options)

    return made


def edited(folder: Path, old: str, new: str) -> Path:
    """Copy the plan of the repository with a change of its targets."""
    shutil.copytree(REPO / "data", folder)
    text = (folder / "targets.yaml").read_text("utf-8")
    assert text.count(old) == 1
    (folder / "targets.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return folder


def change(made: Outcome[Changes], name: str) -> FigureChange:
    return next(each for each in made.value.figures if each.indicator.name == name)


def test_figures_are_new_revised_withdrawn_or_the_same(differ: Compare) -> None:
    before = [(JOBS, "1.6", "2019"), (REGISTERED, "20.1", "2019"), (JOBLESS, "4.4", "2019")]
    after = [(JOBS, "1.6", "2019"), (REGISTERED, "19.9", "2019"), (TRANSPORT, "97", "2019")]
    made = differ(before, after)
    assert change(made, JOBS).kind is ChangeKind.SAME
    assert (change(made, REGISTERED).kind, change(made, REGISTERED).difference) == (
        ChangeKind.REVISED,
        Fraction("-0.2"),
    )
    assert change(made, TRANSPORT).kind is ChangeKind.NEW
    assert change(made, JOBLESS).kind is ChangeKind.WITHDRAWN


@pytest.mark.parametrize(
    ("before", "after", "kind", "flipped"),
    [
        (["很多"], ["1.6"], ChangeKind.USABLE, True),
        (["1.6", "1.3"], ["1.6"], ChangeKind.USABLE, True),
        (["1.6"], ["1.6", "1.3"], ChangeKind.WITHDRAWN, True),
        (["1.6"], ["很多"], ChangeKind.WITHDRAWN, True),
        (["很多"], ["不少"], ChangeKind.REVISED, False),
        (["很多"], ["很多"], ChangeKind.SAME, False),
        (["很多"], [], ChangeKind.WITHDRAWN, False),
        ([], ["很多"], ChangeKind.NEW, False),
        ([], ["1.6"], ChangeKind.NEW, False),
    ],
)
def test_what_could_not_be_judged_and_can_be_now_is_no_new_figure(
    differ: Compare,
    before: list[str],
    after: list[str],
    kind: ChangeKind,
    flipped: bool,  # noqa: FBT001 - a table's column
) -> None:
    other = (REGISTERED, "20.1", "2019")
    first, last = ([other, *((JOBS, value, "2019") for value in values)] for values in (before, after))
    made = differ(first, last)
    assert (change(made, JOBS).kind, change(made, JOBS).is_flipped) == (kind, flipped)
    assert change(made, JOBS).causes == ((Cause.FIGURE,) if flipped else change(made, JOBS).causes)


def test_a_revised_figure_flips_the_verdict(differ: Compare) -> None:
    made = change(differ([(REGISTERED, "20.1", "2019")], [(REGISTERED, "19.9", "2019")]), REGISTERED)
    assert made.before is not None
    assert made.after is not None
    assert (made.before.status, made.after.status) == (Verdict.MET, Verdict.MISSED)
    assert (made.is_flipped, made.causes) == (True, (Cause.FIGURE,))


def test_a_revision_that_changes_no_verdict_is_no_flip(differ: Compare) -> None:
    made = change(differ([(REGISTERED, "20.1", "2019")], [(REGISTERED, "20.0", "2019")]), REGISTERED)
    assert (made.kind, made.is_flipped, made.causes) == (ChangeKind.REVISED, False, ())


ENTRY = "registered_urbanization_rate"


def target_of(text: str) -> tuple[str, str]:
    """Return the lines of the indicator's entry up to its target, and the same with another target."""
    lines = (REPO / "data" / "targets.yaml").read_text("utf-8")
    start = lines.index(f"id: {ENTRY}")
    end = lines.index("target:", start)
    whole = lines[start : lines.index("\n", end)]
    return whole, whole[: whole.index("target:")] + f'target: "{text}"'


def test_a_changed_target_flips_the_verdict(differ: Compare) -> None:
    rows = [(REGISTERED, "20.1", "2019")]
    outcome = differ(rows, rows, target_of("≥21"))
    assert change(outcome, REGISTERED).causes == (Cause.TARGET,)
    assert [(each.part, each.before, each.after) for each in outcome.value.plan] == [(PlanPart.TARGET, "≥20", "≥21")]


def test_a_changed_rule_flips_the_verdict(differ: Compare) -> None:
    rows = [(REGISTERED, "20.1", "2019")]
    outcome = differ(rows, rows, target_of("≤20"))
    assert change(outcome, REGISTERED).causes == (Cause.RULE,)
    assert {each.part for each in outcome.value.plan} == {PlanPart.TARGET, PlanPart.DIRECTION}


def test_of_two_changes_the_one_that_suffices_alone_is_the_cause(differ: Compare) -> None:
    # 20.1 against ≥20, then 20.6 against ≥21: only the target makes it missed.
    made = differ([(REGISTERED, "20.1", "2019")], [(REGISTERED, "20.6", "2019")], target_of("≥21"))
    assert change(made, REGISTERED).causes == (Cause.TARGET,)


def test_both_changes_are_causes_where_each_suffices(differ: Compare) -> None:
    made = differ([(REGISTERED, "20.1", "2019")], [(REGISTERED, "19", "2019")], target_of("≥21"))
    assert change(made, REGISTERED).causes == (Cause.FIGURE, Cause.TARGET)


def test_two_changes_may_flip_it_only_together(differ: Compare) -> None:
    # 20.1 against ≥20 and 20.05 against ≥20.1: neither the figure nor the target alone makes it missed.
    made = differ([(REGISTERED, "20.1", "2019")], [(REGISTERED, "20.05", "2019")], target_of("≥20.1"))
    assert change(made, REGISTERED).causes == (Cause.TOGETHER,)


def test_the_same_figure_falls_behind_because_time_has_passed(differ: Compare) -> None:
    made = change(differ([(JOBS, "0.8", "2019年1-6月")], [(JOBS, "0.8", "2019年1-9月")]), JOBS)
    assert made.before is not None
    assert made.after is not None
    assert (made.before.status, made.after.status) == (PaceStatus.AHEAD, PaceStatus.BEHIND)
    assert (made.kind, made.causes) == (ChangeKind.LATER, (Cause.TIME,))


def test_a_revised_figure_of_an_earlier_period_is_listed(differ: Compare) -> None:
    june, september = "2019年1-6月", "2019年1-9月"
    made = differ([(JOBS, "0.8", june)], [(JOBS, "0.7", june), (JOBS, "1.2", september)])
    assert [(each.period.last, each.before, each.after) for each in made.value.earlier] == [
        (6, Fraction("0.8"), Fraction("0.7"))
    ]


def test_two_plans_are_compared_without_figures(tmp_path: Path) -> None:
    plan = edited(tmp_path / "plan", *target_of("≥21"))
    made = compare(REPO / "data", plan, CompareOptions()).value
    assert not made.with_figures
    assert [(each.indicator.id, each.after) for each in made.plan] == [(ENTRY, "≥21")]


def test_two_plans_are_compared_by_figures_that_both_judge(tmp_path: Path) -> None:
    plan = edited(tmp_path / "plan", *target_of("≥21"))
    figures = REPO / "examples" / "actuals-2019.csv"
    made = compare(REPO / "data", plan, CompareOptions(figures=(figures,))).value
    flips = [each for each in made.figures if each.is_flipped]
    assert [(each.indicator.id, each.causes) for each in flips] == [(ENTRY, (Cause.TARGET,))]


def test_a_plan_is_not_compared_with_figures() -> None:
    with pytest.raises(UsageError, match="not of one kind"):
        compare(REPO / "data", REPO / "examples" / "actuals-2019.csv", CompareOptions())


@pytest.mark.parametrize("options", [CompareOptions(plan=REPO / "data"), CompareOptions(plan_before=REPO / "data")])
def test_two_plans_take_no_other_plan(options: CompareOptions) -> None:
    with pytest.raises(UsageError, match="two plans are compared"):
        compare(REPO / "data", REPO / "data", options)


def test_collections_take_no_further_figures() -> None:
    file = REPO / "examples" / "actuals-2019.csv"
    with pytest.raises(UsageError, match="two plans"):
        compare(file, file, CompareOptions(figures=(file,)))


@pytest.mark.parametrize("form", ["text", "markdown", "html", "docx", "xlsx", "json", "csv"])
def test_every_format_is_written(tmp_path: Path, form: str) -> None:
    file, out = REPO / "examples" / "actuals-2019.csv", tmp_path / f"out.{form}"
    (tmp_path / "after.csv").write_text(f"{HEAD}{REGISTERED},19.9,%,2019\n", encoding="utf-8")
    assert run_program(["compare", str(file), str(tmp_path / "after.csv"), "--format", form, "-o", str(out)]) == 0
    assert out.stat().st_size > 1000


def test_the_record_has_exact_figures(tmp_path: Path) -> None:
    for name, value in (("before.csv", "20.1"), ("after.csv", "19.9")):
        (tmp_path / name).write_text(f"{HEAD}{REGISTERED},{value},%,2019\n", encoding="utf-8")
    out = tmp_path / "out.json"
    assert run_program(["compare", str(tmp_path / "before.csv"), str(tmp_path / "after.csv"), "-o", str(out)]) == 0
    record = json.loads(out.read_text("utf-8"))
    row = next(row for row in record["figures"] if row["id"] == ENTRY)
    assert (row["difference"], row["was"], row["is_now"], row["causes"]) == ("-0.2", "met", "missed", ["figure"])
