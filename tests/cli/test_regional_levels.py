"""Regions on several levels: what is computed, what is compared, and how much is printed."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from czurban.cli.app import run

Call = Callable[..., tuple[int, str, str]]
CITIES, COUNTIES = 60, 50
LAND, PEOPLE, RATE, PER_HEAD = "城镇建设用地面积", "城镇常住人口", "常住人口城镇化率", "人均城镇建设用地面积"
HEAD = "指标,地区,数值,单位,时期\n"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], repo: Path, tmp_path: Path) -> Call:
    """Call the program with a province, its cities and counties; the plan's region is the city of 钦州市."""
    shutil.copytree(repo / "data", tmp_path / "plan")
    (tmp_path / "plan" / "regions.yaml").unlink()
    rows = ["code,name,parent", "450000,广西,"]
    for city in range(1, CITIES + 1):
        rows.append(f"45{city:02}00,{'钦州市' if city == 7 else f'城{city}市'},450000")
        rows += [f"45{city:02}{county:02},县{city}之{county},45{city:02}00" for county in range(1, COUNTIES + 1)]
    (tmp_path / "plan" / "regions.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CZURBAN_LANG", "en")
    monkeypatch.setenv("CZURBAN_PLAN", "plan")

    def called(figures: str, *words: str) -> tuple[int, str, str]:
        Path("f.csv").write_text(HEAD + figures, encoding="utf-8")
        code = run(["check", "f.csv", *words])
        return (code, *capfd.readouterr())

    return called


def of_every_county() -> str:
    return "".join(
        f"{PEOPLE},县{city}之{county},2,万人,2019\n{LAND},县{city}之{county},3,平方千米,2019\n"
        for city in range(1, CITIES + 1)
        for county in range(1, COUNTIES + 1)
    )


def whole_province(repo_plan: Path) -> None:
    path = repo_plan / "targets.yaml"
    text = path.read_text(encoding="utf-8")
    assert "  region: 钦州市\n" in text
    path.write_text(text.replace("  region: 钦州市\n", "  region: 广西\n"), encoding="utf-8")


def results(out: str) -> dict[str, dict[str, Any]]:
    return {result["id"]: result for result in json.loads(out)["results"]}


def test_three_thousand_counties_are_a_short_report(call: Call) -> None:
    whole_province(Path("plan"))
    _, out, err = call(of_every_county(), "--by", "region")
    lines = [*out.splitlines(), *err.splitlines()]
    assert len(lines) < 250
    assert max(len(line.encode()) for line in lines if "─" not in line) < 1000
    assert "No region reports a figure of" not in out.partition("城1市")[0]
    assert out.count("Σ 100 ") == 20  # the first ten cities and the last ten, of 50 counties with 2 each
    assert "Regions together" in out


def test_a_formula_is_reported_once_for_all_regions(call: Call) -> None:
    whole_province(Path("plan"))
    _, _, err = call(of_every_county(), "--by", "region")
    (told,) = [line for line in err.splitlines() if "S249" in line]
    assert told.endswith(
        f"3,000 regions sent no figure for “{PER_HEAD}”, and its formula gives it: "
        f"{'、'.join(f'县1之{n}' for n in range(1, 13))} and 2,988 more."
    )
    assert "S255" not in err


def test_of_a_single_region_the_name_is_in_the_finding(call: Call) -> None:
    figures = f"{LAND},县7之1,30,平方千米,2019\n{PEOPLE},县7之1,25,万人,2019\n"
    for words in (("--by", "region"), ("--region", "县7之1"), ("--each-region",)):
        _, _, err = call(figures, *words)
        (told,) = [line for line in err.splitlines() if "S249" in line]
        assert "县7之1: No figure was sent for" in told
        assert "30平方千米 ÷ 25万人 = 120平方米" in told


@pytest.mark.parametrize("region", ["县7之1", "县8之1", "城8市", "广西", "钦州市"])
def test_a_formula_is_computed_from_figures_without_targets_of_their_own(call: Call, region: str) -> None:
    figures = f"{LAND},{region},30,平方千米,2019\n{PEOPLE},{region},25,万人,2019\n"
    found = results(call(figures, "--region", region, "-f", "json")[1])
    assert found["urban_construction_land_per_capita"]["actual"] == "120"
    assert found["urban_construction_land_per_capita"]["verdict"] == "met"


@pytest.mark.parametrize(
    ("region", "verdict"),
    [
        ("县7之1", "unreadable"),
        ("县8之1", "unreadable"),
        ("广西", "unreadable"),
        ("城8市", "missed"),
        ("火星", "missed"),
    ],
)
@pytest.mark.parametrize("engine", ["python", "duckdb"])
def test_an_amount_is_compared_with_that_of_a_region_on_the_same_level(
    call: Call, region: str, verdict: str, engine: str
) -> None:
    """A county is not as large as a city, nor is a province; a rate of each is compared."""
    figures = f"{PEOPLE},{region},130,万人,2019\n{RATE},{region},40,%,2019\n"
    code, out, _ = call(figures, "--each-region", "--engine", engine, "-f", "json")
    found = {each["id"]: each for each in json.loads(out)["indicators"]}
    assert found["urban_resident_population"][verdict] == 1
    assert found["resident_urbanization_rate"]["missed"] == 1
    if region != "火星":
        assert (
            results(call(figures, "--region", region, "-f", "json")[1])["urban_resident_population"]["verdict"]
            == verdict
        )
    assert code == 1


def test_a_total_that_the_plan_cannot_make_is_not_made(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], repo: Path, tmp_path: Path
) -> None:
    """P226 is a fault of the plan: a sum of rates is no figure, and cannot contradict the whole's."""
    shutil.copytree(repo / "examples" / "counties", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    path = Path("plan/targets.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("adds: ratio of urban_residents to residents", "adds: sum"), encoding="utf-8")
    run(["check", "figures.csv", "--plan", "plan", "--by", "region", "-f", "json"])
    record = json.loads(capfd.readouterr().out)
    (total,) = [each["total"] for each in record["indicators"] if each["id"] == "urbanization"]
    assert total["value"] is None
    assert "P226" in total["notes"][0]
    assert "S258" not in {each["code"] for each in record["findings"]}
