"""T4: what `validate` finds in the targets of a plan of several years."""

from collections.abc import Callable

import pytest

Faults = Callable[..., list[str]]
URBAN = """id: urban
name: 城镇化率
unit: "%"
kind: rate"""


def entry(
    *,
    target: str = "≥65",
    steps: str = "{2022: ≥63}",
    baseline: str = "{value: 60.6, year: 2019}",
    deadline: str = "2025",
    more: str = "",
) -> str:
    lines = {"baseline": baseline, "target": target, "deadline": deadline, "steps": steps}
    return "\n".join([URBAN, *(f"{key}: {text}" for key, text in lines.items() if text), more])


SOUND = [
    entry(),
    entry(steps="{2022: ≥63, 2025: ≥65}"),
    entry(steps="{2025: ≥65, 2021: ≥61, 2022: ≥63}"),
    entry(steps="{2021年底: ≥60.6, 2022: ≥63, 2023: ≥63}"),
    entry(target="≤5", steps="{2022: ≤6, 2023: ≤5.5}", baseline="7"),
    entry(target="≥60", steps="{2022: ≥60.3}", baseline="60.6"),
    entry(target="≥5", steps="{2022: ≥4}", baseline="—"),
    entry(target="≥5", steps="{2021: ≥6, 2022: ≥4}", baseline="—", more="years: each-year"),
    entry(steps="{2022: 不低于63}"),
    entry(target="60~66", steps="{2022: 58~67}", baseline="—"),
]


@pytest.mark.parametrize("sound", SOUND)
def test_sound_steps_have_no_fault(faults_of: Faults, sound: str) -> None:
    assert not {"P229", "P230", "P144", "P106", "P107"} & set(faults_of(sound))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (entry(steps="{2022: ≤63}"), "P229"),
        (entry(steps="{2022: =63}"), "P229"),
        (entry(steps="{2022: ≥66}"), "P229"),
        (entry(steps="{2022: ≥60}"), "P229"),
        (entry(steps="{2021: ≥63, 2022: ≥62}"), "P229"),
        (entry(steps="{2025: ≥64}"), "P229"),
        (entry(steps="{2025: '>65'}"), "P229"),
        (entry(steps="{2020: ≥61}"), "P229"),
        (entry(steps="{2026: ≥65}"), "P229"),
        (entry(steps="{2024: ≥65}", deadline="2023"), "P229"),
        (entry(steps="{2022: ≥63, 2022年: ≥63.5}"), "P229"),
        (entry(target="≤5", steps="{2022: ≤4}", baseline="7"), "P229"),
        (entry(target="≤5", steps="{2022: ≤8}", baseline="7"), "P229"),
        (entry(target="≤5", steps="{2022: ≤4}", baseline="—"), "P229"),
        (entry(target="≥5", steps="{2022: ≥6}", baseline="—"), "P229"),
        (entry(steps="{某年: ≥63}"), "P106"),
        (entry(steps="{2022: 很多}"), "P107"),
        (entry(steps="{2022: 63}"), "P107"),
        (entry(baseline="{value: 60.6, year: 2021}"), "P230"),
        (entry(baseline="{value: 60.6, year: 2025}"), "P230"),
        (entry(baseline="{value: 60.6, year: 2009}"), "P230"),
        (entry(baseline="{value: 60.6, year: 那年}"), "P106"),
        (entry(baseline="{value: 很多, year: 2019}"), "P108"),
        (entry(baseline="{year: 2019}"), "P105"),
        (entry(baseline="{value: 60.6, years: 2019}"), "P104"),
        (entry(baseline="[60.6]"), "P106"),
        (entry(more="years: sum"), "P144"),
        (entry(more="years: cumulative-decline"), "P144"),
        (entry(more="years: change", baseline="—"), "P144"),
        (entry(more="years: always"), "P106"),
    ],
)
def test_wrong_steps_and_years_are_found(faults_of: Faults, wrong: str, code: str) -> None:
    assert code in faults_of(wrong)


@pytest.mark.parametrize("more", ["years: each-year", "years: mean", "years: change"])
def test_a_plan_of_one_year_has_no_target_over_years(faults_of: Faults, more: str) -> None:
    single = entry(more=more, deadline="2021", steps="")
    assert "P144" in faults_of(single, period="2021")
    assert "P144" in faults_of(entry(deadline="2022"), period="2022")


def test_a_growth_that_compounds_is_in_per_cent(faults_of: Faults) -> None:
    growth = entry(target="≥10", steps="{2022: ≥4}", baseline="—", more="years: cumulative-growth")
    assert "P144" not in faults_of(growth.replace("kind: rate", "kind: growth"))
    assert "P144" in faults_of(growth.replace("kind: rate", "kind: growth").replace('"%"', "万人"))


def test_the_printed_change_is_compared_with_the_change(faults_of: Faults) -> None:
    life = entry(
        target="≥1", steps="{2022: ≥0.4}", baseline="77.3", more="years: change\ncited: [{at: 表, printed: PRINTED}]"
    )
    assert not {"P204", "P228", "P229"} & set(faults_of(life.replace("PRINTED", "〔1〕")))
    assert "P204" in faults_of(life.replace("PRINTED", "〔2〕"))


@pytest.mark.parametrize(
    ("printed", "fault"), [("60左右", False), ("达到60%", False), ("61左右", True), ("59左右", True)]
)
def test_a_printed_figure_with_a_tolerance_is_compared_with_that_of_the_target(
    faults_of: Faults, printed: str, *, fault: bool
) -> None:
    about = "side: floor\ntolerance: 1\nbasis: interpreted\nreason: 按相差1个百分点"
    more = f"{about}\ncited: [{{at: 表, printed: {printed}}}]"
    assert ("P204" in faults_of(entry(target="60左右", steps="", baseline="52.6", more=more))) is fault
