"""Binding targets that are missed lead every list of a report."""

import re
import shutil
from pathlib import Path

import pytest

from czurban.cli.app import run

FIRST, BINDING = "常住人口城镇化率", "城镇空气质量优良天数比例"
ROW = re.compile(rf"(?:^|\D)(?:1|25)\D.*?({FIRST}|{BINDING})（%）")


@pytest.fixture
def figures(repo: Path, tmp_path: Path) -> list[str]:
    """Figures that miss the first target and one of the last category, which the plan calls binding."""
    shutil.copytree(repo / "data", tmp_path / "plan")
    targets = tmp_path / "plan" / "targets.yaml"
    text = targets.read_text(encoding="utf-8")
    changed = text.replace("  - id: good_air_days_share\n", "  - id: good_air_days_share\n    binding: true\n")
    assert changed != text
    targets.write_text(changed, encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"指标,完成值\n{FIRST},40.5\n{BINDING},80\n户籍人口城镇化率,21\n", encoding="utf-8")
    return [str(tmp_path / "a.csv"), "--plan", str(tmp_path / "plan"), "--lang", "zh"]


@pytest.mark.parametrize("command", ["check", "report", "ledger"])
def test_tables_and_heads_begin_with_them(figures: list[str], command: str, capsys: pytest.CaptureFixture[str]) -> None:
    run([command, *figures])
    shown = capsys.readouterr().out
    head, _, body = shown.partition("约束性指标 1 项，未达标 1 项：")
    assert FIRST not in head
    assert BINDING in body.splitlines()[0]
    rows = ROW.findall(shown)
    assert rows[:2] == [BINDING, FIRST]
    assert shown.count("\n资源环境\n") == shown.count("\n城镇化水平\n")  # no category is split


@pytest.mark.parametrize("page", [("--dept", "市生态环境局"), ("--category", "资源环境")])
def test_a_page_of_a_part_begins_with_them(
    figures: list[str], page: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    run(["report", *figures, *page])
    assert "约束性" in capsys.readouterr().out.partition("──")[0]


def test_the_conference_list_begins_with_them(figures: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run(["escalate", *figures])
    missed = capsys.readouterr().out.partition("\n未达标目标\n")[2]
    assert missed.index(BINDING) < missed.index(FIRST)


def test_the_site_and_the_index_begin_with_them(
    figures: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("jinja2")
    run(["site", *figures, "-o", str(tmp_path / "site")])
    start = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert start.index("约束性") < start.index(FIRST)
    run(["report", *figures, "--all-depts", "-o", str(tmp_path / "pages"), "-f", "markdown"])
    index = (tmp_path / "pages" / "index.md").read_text(encoding="utf-8")
    assert "约束性" in index.partition("| 牵头")[0]
    assert "Traceback" not in capsys.readouterr().err
