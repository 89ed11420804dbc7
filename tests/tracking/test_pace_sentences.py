"""What `pace`, `why` and `escalate` say of plans with a single target: no sentence may be wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.cli.app import run

Say = Callable[..., str]
HEAD = """plan:
  title: 某市
  region: 某市
  period: {period}
categories: [指标]
indicators:
  - id: a
    name: 甲
    unit: "{unit}"
    kind: {kind}
    target: "{target}"
    deadline: {deadline}
    category: 指标
    lead: [市发展改革委]
"""
WIDE = "230"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Say:
    """Return what a command prints on the figures of a plan with one target."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", WIDE)
    monkeypatch.setenv("CZURBAN_PLAN", "plan")

    def called(command: str, kind: str, target: str, *more: str, rows: tuple[str, ...], lang: str = "en") -> str:
        years = any(line.startswith("years:") for line in more)
        period = "2021-2025\n  baseline_period: 2020" if years else "2020\n  baseline_period: 2019"
        unit = "%" if kind in ("rate", "growth") else "万吨"
        head = HEAD.format(period=period, unit=unit, kind=kind, target=target, deadline="2025" if years else "2020")
        Path("plan").mkdir(exist_ok=True)
        Path("plan/targets.yaml").write_text(head + "".join(f"    {line}\n" for line in more), encoding="utf-8")
        Path("plan/departments.yaml").write_text("departments:\n  - {name: 市发展改革委}\n", encoding="utf-8")
        Path("f.csv").write_text("\n".join(("指标,数值,时期", *rows)), encoding="utf-8")
        run(["--lang", lang, command, *(["甲"] if command == "why" else []), "f.csv"])
        return " ".join(capfd.readouterr().out.split())

    return called


HALF = "甲,{},2020年1-6月"


def half(value: str) -> tuple[str, ...]:
    return (HALF.format(value),)


def years(*values: str) -> tuple[str, ...]:
    return tuple(f"甲,{value},{2021 + number}" for number, value in enumerate(values))


def test_why_writes_a_range_with_both_sides(said: Say) -> None:
    out = said("why", "flow", "100~120", rows=half("110"))
    assert "Due by now: from 50 to 60万吨, of 100~120万吨" in out
    assert "Due − reached: 50% − 91.667% = -41.667 points" in out
    assert "Pace: ↑ too high (by 41.7 points)" in out
    assert "at most 1.67 a month" in out
    inside = said("why", "flow", "100~120", rows=half("55"))
    assert "It is between the least and the most that is due." in inside
    assert "Pace: = on pace" in inside


@pytest.mark.parametrize("kind", ["flow", "works"])
def test_what_is_on_its_own_path_is_not_out_of_reach(said: Say, kind: str) -> None:
    out = said("pace", kind, "≥100", "path: {2020H1: 20}", rows=half("20"))
    assert "= on pace" in out
    assert "ut of reach" not in out


def test_why_writes_the_mean_that_is_needed_in_years(said: Say) -> None:
    out = said("why", "flow", "≥10", "years: mean", rows=years("9", "8"))
    assert "The time left has to average (10 × 5 − 8.5 × 2) ÷ 3 = 11万吨" in out
    assert "a year" not in out


def test_why_writes_how_a_compound_rate_grows(said: Say) -> None:
    out = said("why", "growth", "≥40", "years: cumulative-growth", rows=years("7.2", "6.8", "7.0", "7.0"))
    assert "Due by now: (1 + 40%)^(4 ÷ 5) − 1 = 30.889%; reached: 31.07914304%" in out
    assert "Needed: ((1 + 40%) ÷ (1 + 31.07914304%))^(1 ÷ 1) − 1 = 6.81 a year" in out
    assert "At this rate at the end: 40.25%" in out
    fall = said("why", "growth", "≥20", "years: cumulative-decline", rows=years("4", "4.7"))
    assert "Due by now: 1 − (1 − 20%)^(2 ÷ 5) = 8.539%; reached: 8.512%" in fall
    assert "Needed: 1 − ((1 − 20%) ÷ (1 − 8.512%))^(1 ÷ 3) = 4.37 a year" in fall


@pytest.mark.parametrize(
    ("target", "base", "value", "sentence"),
    [
        ("59~61", "50", "62", "From the baseline 50 the level has gone through 59~61% to 62."),
        ("59~61", "60", "60.5", "The baseline 60 meets the target already; the level has to stay there."),
        ("59~61", "60", "58", "The baseline 60 met the target 59~61%, and the level has left it."),
        ("≥50", "52", "49", "The baseline 52 met the target ≥50%, and the level has left it."),
        (">50", "50", "49", "The baseline 50 is on the bound of >50%, which is not reached before it is passed."),
    ],
)
def test_why_says_why_a_level_has_no_way(said: Say, target: str, base: str, value: str, sentence: str) -> None:
    assert sentence in said("why", "rate", target, f"baseline: {base}", rows=half(value))


def test_a_ceiling_that_is_passed_has_no_negative_rate(said: Say) -> None:
    out = said("pace", "flow", "≤120", rows=half("121"))
    assert "100.8%" in out
    assert "-0.17" not in out
    assert "-50.8" in out


def test_only_annual_targets_are_called_annual(said: Say) -> None:
    assert "进度：> 不评：没有基期值" in said("why", "rate", "≥60", rows=half("50"), lang="zh")
    assert "进度：> 年度指标" in said("why", "flow", "≥60", "annual: true", rows=half("50"), lang="zh")


@pytest.mark.parametrize("command", ["pace", "escalate"])
def test_what_is_too_high_is_not_called_slow(said: Say, command: str) -> None:
    for lang, slow, high in (("en", "behind", ("too high", "above")), ("zh", "慢于", ("偏高", "高出"))):
        for kind, target, value in (("growth", "6~6.5", "6.6"), ("flow", "100~120", "70"), ("flow", "≤120", "70")):
            out = said(command, kind, target, rows=half(value), lang=lang)
            for title in ("Ahead or behind", "behind or too high", "Behind or too high", "慢于序时或偏高"):
                out = out.replace(title, "")
            assert slow not in out
            assert any(word in out for word in (*high, "too much"))


def test_one_thing_is_counted_in_the_singular(said: Say) -> None:
    assert "The assessed target keeps the pace." in said("pace", "flow", "≥100", rows=half("60"))
    assert "The assessed target does not keep the pace." in said("pace", "flow", "≥100", rows=half("40"))
    assert "1 item. " in said("escalate", "flow", "≥100", rows=half("40"))


def test_a_bound_that_is_excluded_is_not_written_as_reached(said: Say) -> None:
    on_it = said("pace", "flow", ">10", rows=half("10"))
    assert "100.0%" in on_it
    assert "more than 0 a month" in on_it
    assert " 6.998 " in said("pace", "flow", ">7", rows=half("3.49895"))
    assert " 7.0004 " in said("pace", "flow", ">7", rows=half("3.5002"))


def test_a_target_for_each_year_names_the_year_that_missed_it(said: Say) -> None:
    later = said("pace", "rate", "≥5", "years: each-year", rows=years("5.1", "4.9", "5.3"))
    assert "It was missed in an earlier year." in later
    assert "+0.3" not in later
    last = said("pace", "rate", "≥5", "years: each-year", rows=years("5.1", "4.9", "4.7", "5.3", "5.3"))
    assert "figure of 2023, the worst year" in last
    assert "years old" not in last


def test_the_way_of_a_level_is_not_called_completion_of_its_target(said: Say) -> None:
    assert "50.0% of the way" in said("pace", "rate", "≥60", "baseline: 50", rows=half("55"))
    assert "of the way" not in said("pace", "flow", "≥60", rows=half("55"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_milestone_has_the_same_pace_in_every_report(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path, lang: str
) -> None:
    root = Path(__file__).parents[2] / "data"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", WIDE)
    words = {"en": ("behind", "not assessed", "not due"), "zh": ("慢于序时", "不评", "未到期")}[lang]
    for path in root.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        old = "{name: 灵山县农民工创业园, ladder: works, stage: 完工"
        Path(path.name).write_text(text.replace(old, f"{old}, path: {{2019H1: 开工}}"), encoding="utf-8")
    rows = ("任务,事项,目前阶段", "6,灵山县农民工创业园,前期工作", "6,浦北县公共实训基地,前期工作")
    Path("f.csv").write_text("\n".join(rows), encoding="utf-8")
    for command in ("pace", "ledger"):
        run(["--lang", lang, command, "f.csv", "--plan", ".", "--period", "2019-06", "-f", "markdown"])
        printed = capfd.readouterr().out
        lines = {
            name: line
            for line in printed.splitlines()
            for name in ("灵山县农民工创业园", "浦北县公共实训基地")
            if name in line
        }
        assert f"▼ {words[0]}" in lines["灵山县农民工创业园"], printed
        assert f"> {words[1] if command == 'pace' else words[2]}" in lines["浦北县公共实训基地"]
