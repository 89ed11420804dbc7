"""Files of rating rules: what is refused, and where."""

from fractions import Fraction
from pathlib import Path

import pytest

from czurban.app.progress.score import open_rules
from czurban.app.settings import open_plan
from czurban.app.validate import ValidateOptions, find_validated, validate
from czurban.errors import PlanError
from czurban.model.over_time.rating import Colour
from czurban.model.over_time.rule_file import Level, MissingCase, MissingPolicy, RollUp
from czurban.reading.plan.cases import PLAN, RATING
from czurban.reading.plan.task_shapes import TasksShape
from czurban.reading.rules.file import read_rules

GOOD = (RATING / "rules.yaml").read_text(encoding="utf-8")


FOREIGN = """\
title: t
missing: {not_reported: lowest, not_applicable: leave-out}
rules:
  - id: a
    name: a
    for: {indicators: [覆盖率甲], departments: [某某局], kinds: [rat]}
    bands:
      - {when: lag <= 0, status: a, word: a, colour: green}
      - {when: lag > 0, status: b, word: b, colour: red}
"""


@pytest.mark.parametrize(("chosen", "told"), [("plan", 0), ("beside", 0), ("nothing", 2)])
def test_unknown_names_tell_whose_plan_it_is(
    chosen: str, told: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CZURBAN_PLAN", raising=False)
    if chosen == "beside":
        for path in PLAN.glob("*.yaml"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    rules = tmp_path / "rules.yaml"
    rules.write_text(FOREIGN, encoding="utf-8")
    options = ValidateOptions(plan=PLAN if chosen == "plan" else None)
    found = [each for each in validate(find_validated([rules]), options).value if each.code == "P111"]
    assert len(found) == 3
    command = f"`czurban validate {rules} --plan FOLDER` takes another."
    assert sum(command in str(each.hint) for each in found) == told


def test_score_names_the_command_with_the_plan(tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(FOREIGN, encoding="utf-8")
    with pytest.raises(PlanError) as error:
        open_rules(open_plan(PLAN), rules)
    assert f"`czurban validate {rules} --plan {open_plan(PLAN).source}` lists them again" in str(error.value.hint)


def test_a_file_of_rules_is_read_whole() -> None:
    rules, findings = read_rules(RATING / "rules.yaml", open_plan(PLAN))
    assert findings == ()
    assert rules is not None
    people, others = rules.rules
    assert [band.word for band in people.bands] == ["完成", "接近", "差距大"]
    assert people.bands[2].colour is Colour.RED
    assert (people.full, people.least, people.most) == (100, 0, 110)
    assert people.extras[0].step == 1
    assert people.scope.categories == {"人口"}
    assert others.scope.includes(open_plan(PLAN).indicators[0], "土地")
    assert rules.references == {"mean": {"residents": Fraction(108)}}
    assert rules.weights == {"residents": Fraction(2)}
    assert rules.missing[MissingCase.UNREADABLE] is MissingPolicy.LOWEST
    assert rules.rollups == {
        Level.PERIODS: RollUp.LATEST,
        Level.DEPARTMENTS: RollUp.WEIGHTED_MEAN,
        Level.PARTS: RollUp.WEIGHTED_MEAN,
        Level.TOTAL: RollUp.WEIGHTED_MEAN,
    }


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("missing: {not_reported: lowest, not_applicable: leave-out}\n", "", "P105", "2:1"),
        ("not_reported: lowest", "not_reported: perhaps", "P106", "3:25"),
        ("categories: [人口]", "categories: [人]", "P111", "9:24"),
        ("categories: [人口]", "kinds: [sum]", "P111", "9:19"),
        ("categories: [人口]", "departments: [市公安]", "P111", "9:25"),
        ("categories: [人口]", "indicators: [resident]", "P111", "9:24"),
        ("residents: 108", "resident: 108", "P111", "5:20"),
        ("residents: 108", "residents: many", "P106", "5:21"),
        ("mean: {", "lag: {", "P154", "5:8"),
        ("id: others", "id: people", "P110", "20:9"),
        ("full: 100", "full: all", "P106", "15:11"),
        ("least: 0", "least: 120", "P154", "16:12"),
        ("full: 100", "all_or_nothing: true", "P154", "15:21"),
        ("step: 1, ", "", "P154", "19:9"),
        ("step: 1", "step: 0", "P106", "19:74"),
        ("points: 0.5", "points: 0.5 * half", "P150", "19:91"),
        ("colour: blue", "colour: violet", "P106", "27:57"),
        ("weights: {residents: 2}", "weights: {residents: -2}", "P106", "28:22"),
        ("    weights", "    weights", "", ""),
    ],
)
def test_a_fault_has_its_code_and_its_place(tmp_path: Path, old: str, new: str, code: str, at: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    _, findings = read_rules(path, open_plan(PLAN))
    reported = [(each.code, str(each.place).removeprefix(f"{path}:")) for each in findings]
    assert reported == ([(code, at)] if code else [])


def test_names_are_not_checked_without_a_plan(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(GOOD.replace("categories: [人口]", "categories: [人]"), encoding="utf-8")
    assert read_rules(path, None)[1] == ()


def test_validate_takes_a_file_of_rules_and_the_rules_in_the_folder_of_a_plan(tmp_path: Path) -> None:
    alone = tmp_path / "lights.yaml"
    alone.write_text(GOOD.replace("completion < 90, ", "completion < 80, "), encoding="utf-8")
    options = ValidateOptions(plan=PLAN)
    assert [each.code for each in validate(find_validated([alone]), options).value] == ["P151"]
    folder = tmp_path / "plan"
    folder.mkdir()
    for file in PLAN.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "rules.yaml").write_bytes(alone.read_bytes())
    (folder / "figures.csv").unlink()
    files = find_validated([folder])
    assert str(folder / "rules.yaml") in files.names
    codes = [each.code for each in validate(files, ValidateOptions()).value]
    assert "P151" in codes


def test_tasks_without_ladders_are_read() -> None:
    assert TasksShape.read({"parts": []}).ladders == {}
