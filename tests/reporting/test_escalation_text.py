"""The list for the joint conference as text: a paragraph for each item, and one for all that a broken file costs."""

from pathlib import Path

import pytest

from czurban.cli.app import run

FIGURES = "指标,数值,单位\n常住人口城镇化率,40.5,%\n城镇登记失业率,4.9,%\n"


@pytest.fixture
def listed(tmp_path: Path, repo: Path, capfd: pytest.CaptureFixture[str]) -> str:
    (tmp_path / "汇总.csv").write_text(FIGURES, encoding="utf-8")
    (tmp_path / "市交通运输局.xlsx").write_bytes(b"PK\x03\x04 damaged")
    run(["--lang", "en", "escalate", str(tmp_path), "--plan", str(repo / "data"), "--fail-on", "never"])
    return capfd.readouterr().out


def test_what_a_broken_file_costs_is_one_item(listed: str) -> None:
    (line,) = (line for line in listed.splitlines() if "市交通运输局.xlsx cannot be used" in line)
    first, last = line.partition(".")[0].split("–")
    count = int(last) - int(first) + 1
    assert f"Not known are {count} targets and milestones: 城市与县城公共交通占机动出行比例, " in line
    assert "兰海高速钦州至北海段改扩建工程" in line
    assert f"Sent, but not usable: {count}" in listed
    assert f"\n{int(last) + 1}. " in listed  # the numbers go on


def test_each_item_is_a_paragraph_with_its_place_below(listed: str) -> None:
    lines = [line for line in listed.splitlines() if not line.startswith(tuple("123456789"))]
    assert not [line for line in lines if "─" in line or "  " in line.strip()]
    item = next(number for number, text in enumerate(listed.splitlines()) if "“常住人口城镇化率” is 40.5%" in text)
    assert listed.splitlines()[item + 1] == "   Place：汇总.csv, line 2"
