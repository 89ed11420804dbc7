"""`czurban new` writes a plan that validates, over no other; `read-target` shows how a phrase is read."""

import json
from pathlib import Path

import pytest

from czurban.cli.app import run

TITLES = ("南宁市2026年方案", 'A "quoted" title: 50 % — $region', "Ünal's plan #1", "null", "2026")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("period", ["2026", "2026-2030", "十五五"])
def test_a_new_plan_validates(lang: str, period: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "new" / "plan")
    assert run(["new", folder, "--period", period, "--lang", lang]) == 0
    assert run(["validate", folder, "--strict", "--lang", lang]) == 0
    assert " P" not in capfd.readouterr().err  # no finding has a code


@pytest.mark.parametrize("title", TITLES)
def test_any_title_and_region_stay_as_they_are(title: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "plan")
    assert run(["new", folder, "--title", title, "--region", title, "--lang", "en"]) == 0
    assert run(["validate", folder, "--strict"]) == 0
    capfd.readouterr()
    assert run(["list", "indicators", "--plan", folder, "--format", "json"]) == 0
    record = json.loads(capfd.readouterr().out)
    assert record["plan"]["title"] == title
    assert record["plan"]["region"] == title


def test_figures_are_judged_by_a_new_plan(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder, figures = str(tmp_path / "plan"), tmp_path / "figures.csv"
    figures.write_text("指标,完成值\n常住人口城镇化率,60.9\n城镇登记失业率,4\n城镇新增就业人数,1.3\n", encoding="utf-8")
    assert run(["new", folder, "--period", "2026", "--lang", "zh"]) == 0
    capfd.readouterr()
    assert run(["check", str(figures), "--plan", folder, "--period", "2026", "--format", "json"]) == 1
    verdicts = {each["id"]: each["verdict"] for each in json.loads(capfd.readouterr().out)["results"]}
    assert verdicts == {"urban_share": "missed", "jobs_added": "met", "unemployment": "met"}


def test_a_plan_is_never_written_over(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "targets.yaml").write_text("mine", encoding="utf-8")
    assert run(["new", str(tmp_path), "--lang", "en"]) == 2
    assert "has a plan already: targets.yaml" in capfd.readouterr().err
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("targets.yaml", "mine")]


@pytest.mark.parametrize(
    "arguments",
    [("--period", text) for text in ("soon", "", "2020-06", "2020上半年", "2020-07-02", "2021-01..2023-06")],
)
def test_a_period_that_is_none_is_refused(
    arguments: tuple[str, str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", str(tmp_path / "plan"), *arguments, "--lang", "en"]) == 2
    assert "is not a period" in capfd.readouterr().err
    assert not (tmp_path / "plan").exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert run(["new", str(tmp_path / "file" / "plan"), "--lang", "en"]) == 2
    assert "cannot be written" in capfd.readouterr().err


def test_how_a_phrase_is_read_as_json(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["read-target", "不低于85%，力争达到90%", "--unit", "%", "--format", "json", "--lang", "zh"]) == 0
    record = json.loads(capfd.readouterr().out)
    del record["format"]
    assert record == {
        "printed": "不低于85%，力争达到90%",
        "reads_as": "≥85",
        "aspiration": False,
        "aim": "≥90",
        "notes": [],
    }


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("6%左右", "--unit", "%"), "side: both"),
        (("约100",), "tolerance:"),
        (("应划尽划",), "refused under target:"),
        (("〔13.5〕", "--unit", "%"), "refused under target:"),
        (("下降3.4%以上", "--unit", "%"), "--growth"),
    ],
)
def test_a_reading_says_what_is_needed_further(
    arguments: tuple[str, ...], says: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["read-target", *arguments, "--lang", "en"]) == 0
    assert says in " ".join(capfd.readouterr().out.split())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("41%", "--unit", "%"), "which way is better"),
        (("≥41", "--unit", "万入"), "万人"),
        (("≥3亩", "--unit", "人"), "in “亩”, and the indicator in “人”"),
        (("增长6%", "--unit", "%", "--name", "城镇化率"), "个百分点"),
    ],
)
def test_what_is_missing_in_a_phrase(arguments: tuple[str, ...], says: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["read-target", *arguments, "--lang", "en"]) == 2
    assert says in capfd.readouterr().err


@pytest.mark.parametrize("name", ["f", "f/plan"])
def test_the_reason_of_the_system_is_in_the_language_of_the_user(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "f").write_text("", encoding="utf-8")
    assert run(["new", str(tmp_path / name), "--lang", "zh"]) == 2
    told = capfd.readouterr().err
    assert "无法写入" in told
    assert not any(words in told for words in ("File exists", "Not a directory"))
