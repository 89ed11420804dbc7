"""The proof that the bands of a rule cover every value once, with the worked cases of the tracking rules."""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from czurban.model.finding import Finding
from czurban.model.over_time.conditions import ALWAYS, POINTS, WORDS, Condition, Measure
from czurban.model.over_time.rating import Band, Colour
from czurban.model.text import exact
from czurban.reading.rules.conditions import ConditionError, RuleText
from czurban.reading.rules.file import read_rules
from czurban.tracking.coverage import check_rules, holes, never_reached, overlaps

MOST_BANDS = 12
NAMES = (*map(str, Measure), *WORDS, "mean")
SOUND = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
"""Four properties of 250 rule sets each make the 1 000 of the requirement."""


def condition(text: str) -> Condition:
    return RuleText(text, NAMES).condition()


def band(text: str, name: str = "") -> Band:
    return Band(when=condition(text), status=name or text, word=name or text, colour=Colour.GREEN)


def written(folder: Path, *conditions: str, given: str = "") -> Path:
    """Write a file with one rule of these bands."""
    bands = "\n".join(
        f"      - {{when: {text!r}, status: b{n}, word: b{n}, colour: green}}" for n, text in enumerate(conditions)
    )
    path = folder / "rules.yaml"
    path.write_text(
        "title: t\nmissing: {not_reported: lowest, not_applicable: leave-out}\nreferences: {mean: {}}\nrules:\n"
        f"  - id: light\n    name: light\n{f'    given: {given}' if given else ''}\n    bands:\n{bands}\n",
        encoding="utf-8",
    )
    return path


def faults(path: Path) -> list[Finding]:
    """All findings on a file of rules."""
    rules, findings = read_rules(path, None)
    assert rules is not None
    return [*findings, *check_rules(rules)]


def test_up_to_ten_points_short_is_in_no_band(tmp_path: Path) -> None:
    """Reached green; 10–30 points short yellow; > 30 red."""
    (fault,) = faults(written(tmp_path, "shortfall <= 0", "10 <= shortfall <= 30", "shortfall > 30"))
    assert fault.code == "P151"
    assert str(fault.message) == "No band of “light” has 0 < shortfall < 10: for example shortfall = 5."


PLAN_AND_MEAN = (
    "growth >= plan and growth >= mean",
    "growth > 0 and (growth < plan or growth < mean)",
    "growth < 0",
)


def test_growth_of_exactly_0_is_in_no_band(tmp_path: Path) -> None:
    """≥ plan and ≥ mean green; growing but below either yellow; falling red."""
    (fault,) = faults(written(tmp_path, *PLAN_AND_MEAN, given="plan >= 0 and mean >= 0"))
    assert fault.code == "P151"
    assert str(fault.message).startswith("No band of “light” has growth = 0 and ")
    assert "for example growth = 0, " in str(fault.message)


def test_a_falling_figure_above_a_falling_plan_is_in_two_bands(tmp_path: Path) -> None:
    hole, overlap = faults(written(tmp_path, *PLAN_AND_MEAN))
    assert "growth = 0" in str(hole.message)
    assert overlap.code == "P152"
    assert "for example growth = -1, plan = -2, mean = -2" in str(overlap.message)


def test_both_worked_rules_without_their_holes_are_sound(tmp_path: Path) -> None:
    assert faults(written(tmp_path, "shortfall <= 0", "0 < shortfall <= 30", "shortfall > 30")) == []
    whole = (PLAN_AND_MEAN[0], PLAN_AND_MEAN[1].replace("> 0", ">= 0"), PLAN_AND_MEAN[2])
    assert faults(written(tmp_path, *whole, given="plan >= 0 and mean >= 0")) == []


@pytest.mark.parametrize(
    ("bands", "where", "example"),
    [
        (["lag < 0", "lag > 0"], "lag = 0", {"lag": Fraction(0)}),
        (["lag <= 0", "lag >= 1"], "0 < lag < 1", {"lag": Fraction(1, 2)}),
        (["lag > 5"], "lag ≤ 5", {"lag": Fraction(4)}),
        (["lag <= 5"], "lag > 5", {"lag": Fraction(6)}),
        (
            ["verdict = met"],
            "verdict in (missed, not-due)",
            {"verdict": "missed"},
        ),
        (["pace = on-pace", "pace != on-pace and lag < 3", "pace = behind and lag >= 3"], None, {"lag": Fraction(4)}),
        (["2 * lag + 1 <= 0", "lag >= 0.5"], "-0.5 < lag < 0.5", {"lag": Fraction(0)}),
        (["完成率 ≥ 90", "完成率 < 60"], "60 ≤ completion < 90", {"completion": Fraction(75)}),
        (["not (lag > 3 or lag < -3)", "lag > 3"], "lag < -3", {"lag": Fraction(-4)}),
        (["lag / 3 <= 1", "lag > 4"], "3 < lag ≤ 4", {"lag": Fraction(7, 2)}),
    ],
)
def test_a_hole_has_a_description_and_an_example(
    bands: Sequence[str], where: str | None, example: dict[str, object]
) -> None:
    first = next(holes([band(text) for text in bands], ALWAYS))
    assert where in {None, first.where}
    assert {name: first.example[name] for name in example} == example


def test_overlaps_and_bands_without_values() -> None:
    bands = [band("lag <= 3"), band("lag >= 3"), band("lag > 5 and lag < 4")]
    (both,) = overlaps(bands, ALWAYS)
    assert (both.where, both.example) == ("lag = 3", {"lag": Fraction(3)})
    assert list(never_reached(bands, ALWAYS)) == [bands[2]]


numbers = st.fractions(min_value=-200, max_value=200, max_denominator=1000).map(
    lambda value: Fraction(round(value * 100), 100)
)
cuts = st.lists(st.tuples(numbers, st.booleans()), min_size=1, max_size=4, unique_by=lambda cut: cut[0]).map(sorted)


def line(cuts: Sequence[tuple[Fraction, bool]], name: str) -> list[str]:
    """The conditions of the intervals between cuts; a cut belongs to the right one where it is true."""
    lows = [f"{name} {'>=' if right else '>'} {exact(at)}" for at, right in cuts]
    highs = [f"{name} {'<' if right else '<='} {exact(at)}" for at, right in cuts]
    return [highs[0], *(f"{low} and {high}" for low, high in zip(lows, highs[1:], strict=False)), lows[-1]]


@st.composite
def sound_rules(draw: st.DrawFn) -> list[str]:
    """Conditions that cover the line, the plane of two measures, or a measure and a word, once."""
    first = line(draw(cuts), "lag")
    kind = draw(st.sampled_from(["line", "plane", "words", "either", "compared"]))
    if kind == "plane":
        second = line(draw(cuts), "growth")
        pairs = [f"({a}) and ({b})" for a, b in product(first, second)]
        return draw(st.permutations(pairs)) if len(pairs) <= MOST_BANDS else first
    if kind == "words":
        some = draw(st.sets(st.sampled_from(WORDS["verdict"]), min_size=1, max_size=2))
        inside = f"verdict in ({', '.join(sorted(some))},)"
        return [*(f"{inside} and {each}" for each in first), f"not ({inside})"]
    if kind == "either" and len(first) > 2:
        return [f"({first[0]}) or ({first[-1]})", *first[1:-1]]
    if kind == "compared":
        factor = draw(st.sampled_from(["1", "0.95", "2", "1.5"]))
        above, below = f"growth >= {factor} * plan", f"growth < {factor} * plan"
        return [*(f"{above} and {each}" for each in first), below]
    return first


@given(sound_rules())
@settings(SOUND, max_examples=1000)
def test_sound_rules_have_no_finding(texts: list[str]) -> None:
    bands = [band(text, str(n)) for n, text in enumerate(texts)]
    assert list(holes(bands, ALWAYS)) == []
    assert list(overlaps(bands, ALWAYS)) == []
    assert list(never_reached(bands, ALWAYS)) == []


def inside(bands: Sequence[Band], example: dict[str, Fraction | str]) -> list[Band]:
    """The bands that an example is in."""
    values = {name: value for name, value in example.items() if isinstance(value, Fraction)}
    words = {name: value for name, value in example.items() if isinstance(value, str)}
    full = {str(measure): Fraction(0) for measure in Measure} | values
    return [each for each in bands if each.when.holds(full, {"verdict": "met", "pace": "behind"} | words)]


@given(sound_rules(), st.integers(min_value=0))
@SOUND
def test_a_band_that_is_taken_out_leaves_holes_with_true_examples(texts: list[str], at: int) -> None:
    bands = [band(text) for text in texts]
    gone = bands.pop(at % len(bands))
    reported = list(holes(bands, ALWAYS))
    assert reported
    for hole in reported:
        assert inside(bands, dict(hole.example)) == []
        assert inside([gone], dict(hole.example)) == [gone]


@given(sound_rules(), st.integers(min_value=0), numbers)
@SOUND
def test_a_band_more_overlaps_with_true_examples(texts: list[str], at: int, number: Fraction) -> None:
    bands = [band(text) for text in texts]
    bands.insert(at % (len(bands) + 1), band(f"lag >= {exact(number)}", "more"))
    reported = list(overlaps(bands, ALWAYS))
    assert reported
    for overlap in reported:
        both = inside(bands, dict(overlap.example))
        assert overlap.first in both
        assert overlap.second in both


@given(cuts, st.integers(min_value=0))
@SOUND
def test_a_bound_that_is_open_on_both_sides_leaves_one_point(divided: list[tuple[Fraction, bool]], at: int) -> None:
    place = divided[at % len(divided)][0]
    at_place = re.compile(rf"([<>])= {re.escape(exact(place))}(?![\d.])")
    texts = [at_place.sub(rf"\1 {exact(place)}", text) for text in line(divided, "lag")]
    bands = [band(text) for text in texts]
    (hole,) = holes(bands, ALWAYS)
    assert hole.example == {"lag": place}
    assert hole.where == f"lag = {exact(place)}"


@pytest.mark.parametrize(
    ("text", "at", "part"),
    [
        ("lags > 3", 0, "no measure"),
        ("lag > ", 6, "cannot be read"),
        ("lag", 0, "compares nothing"),
        ("lag * growth > 3", 0, "by numbers only"),
        ("lag / 0 > 3", 0, "by numbers only"),
        ("verdict > met", 10, "cannot be more or less"),
        ("verdict = good", 10, "never “good”"),
        ("lag > abs(3)", 6, "not allowed"),
        ("lag > 1e3", 6, "not a number"),
        ("lag > 3 # so", 8, "not allowed"),
        ("lag ≥ 3 and lags < 4", 12, "no measure"),
        ("__import__('os') > 3", 0, "not allowed"),
        ("lag > 3" + " and lag > 3" * 60, 0, "longer than"),
        ("points > 3", 0, "no measure"),
    ],
)
def test_a_condition_that_cannot_be_used_is_refused_at_its_character(text: str, at: int, part: str) -> None:
    with pytest.raises(ConditionError) as error:
        condition(text)
    assert error.value.at == at
    assert part in str(error.value.message)


def test_many_alternatives_are_refused() -> None:
    text = " and ".join(f"(lag != {n})" for n in range(10))
    with pytest.raises(ConditionError, match="too complicated"):
        condition(text)


def test_points_are_the_only_name_of_grades() -> None:
    assert RuleText("points >= 90", {POINTS}).condition().names == {POINTS}


def test_a_rule_with_very_many_alternatives_is_refused_and_not_computed_for_ever(tmp_path: Path) -> None:
    many = " or ".join(f"lag = {n}" for n in range(40))
    bands = [f"growth > {n} and ({many})" for n in range(20)]
    (fault,) = faults(written(tmp_path, *bands))
    assert fault.code == "P151"
    assert "too complicated to prove" in str(fault.message)


def test_a_rule_of_forty_steps_is_proved(tmp_path: Path) -> None:
    steps = [f"{n} <= completion < {n + 1}" for n in range(40)]
    assert faults(written(tmp_path, "completion < 0", *steps, "completion >= 40")) == []
