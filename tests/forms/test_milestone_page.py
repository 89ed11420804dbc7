"""The page of a milestone: what is asked for, and each stage that was sent with what became of it."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from czurban.cli.app import run
from czurban.model.plan import Plan

Fill = Callable[..., bytes]
HOUSING, CITY = "市住房城乡建设局", "市城管执法局"
ROAD = "菩提路"  # of task 9, which 市住房城乡建设局 leads and 市城管执法局 is responsible for; asked for: 建设中


@pytest.fixture
def why(
    plan: Plan, fill: Fill, repo: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    def called(stages: Mapping[str, str], *options: str) -> tuple[int, str]:
        for office, stage in stages.items():
            (tmp_path / f"{office}.csv").write_bytes(fill(plan.department(office), "csv", {}, {ROAD: stage}))
        arguments = ["why", ROAD, str(tmp_path), "--plan", str(repo / "data"), *options]
        code = run(["--lang", "en", *arguments])
        return code, capfd.readouterr().out.replace(f"{tmp_path}/", "")

    return called


@pytest.mark.parametrize(
    ("stages", "lines"),
    [
        ({HOUSING: "完工"}, ["Verdict: ✓ reached", "Stage: 完工, as sent", "used: “完工” for 2019, sent by"]),
        ({HOUSING: "开工"}, ["Verdict: ✗ not reached", "The reported stage comes before the required one."]),
        ({HOUSING: ""}, ["Verdict: - no stage", "Stage: none was sent"]),
        (
            {HOUSING: "修了一半"},
            ["Verdict: ? unreadable", "Stage: none that can be used", "not used: “修了一半”", "error S245"],
        ),
        (
            {HOUSING: "完工", CITY: "开工"},
            [
                "Verdict: ? unreadable",
                f"not used: “完工” for 2019, sent by {HOUSING}",
                "error S248",
                "not used: “开工”",
            ],
        ),
        (
            {HOUSING: "完工", CITY: "同住建局"},
            ["Verdict: ✓ reached", "used: “完工”", "not used: “同住建局”", "error S245"],
        ),
    ],
)
def test_r10_why_says_what_became_of_each_stage(
    why: Callable[..., tuple[int, str]], stages: Mapping[str, str], lines: list[str]
) -> None:
    text = why(stages)[1]
    places = [text.find(line) for line in lines]
    assert -1 not in places, text
    assert places == sorted(places)
    assert "Required stage: 建设中, by end of 2019" in text
    record = json.loads(why(stages, "-f", "json")[1])
    assert [(each["task"], each["name"]) for each in record["milestones"]] == [(9, ROAD)]
    sent = [line for fact in record["milestones"][0]["tree"] if fact["what"] == "value" for line in fact["below"]]
    assert [line["place"].partition(".csv")[0] for line in sent] == [office for office in stages if stages[office]]


@pytest.mark.parametrize("name", [ROAD, " 菩 提路 "])
def test_show_finds_a_milestone_by_its_name(repo: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    assert run(["--lang", "en", "show", name, "--plan", str(repo / "data")]) == 0
    text = capfd.readouterr().out
    assert "Task 9" in text
    assert "Verdict" not in text


def test_a_name_that_is_nearly_a_milestones_is_suggested(repo: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "show", "菩提", "--plan", str(repo / "data")]) != 0
    assert ROAD in capfd.readouterr().err
    assert run(["--lang", "en", "why", "菩提", "--plan", str(repo / "data")]) != 0
    assert ROAD in capfd.readouterr().err
