"""Forms for a part of the year: they show what is due, ask for nothing annual, and are read back."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.cli.app import run

ROOT = Path(__file__).parents[2]
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Call:
    monkeypatch.setenv("CZURBAN_PLAN", str(ROOT / "data"))
    monkeypatch.setenv("CZURBAN_LANG", "zh")
    monkeypatch.chdir(tmp_path)

    def called(*words: str) -> tuple[int, str, str]:
        return (run(list(words)), *capfd.readouterr())

    return called


def rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_a_form_of_a_part_of_the_year_shows_what_is_due_and_is_read_back(call: Call) -> None:
    assert call("template", "--dept", "市公安局", "--period", "三季报", "--format", "csv", "-o", "forms")[0] == 0
    file = Path("forms/市公安局.csv")
    rows = rows_of(file)
    head = next(row for row in rows if "指标" in row)
    due, value = head.index("届时应达（供参考）"), head.index("2019年1-9月完成值")
    figures = {row[1]: row for row in rows[rows.index(head) + 1 :] if len(row) == len(head)}
    assert [row[due] for row in figures.values()] == ["19.5", "81.5", "6.75"]
    for row, figure in zip(figures.values(), ("19.4", "81", "7.2"), strict=True):
        row[value] = figure
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)
    code, out, err = call("--lang", "en", "pace", "forms", "--dept", "市公安局")
    assert (code, "error" in err) == (0, False)
    assert "9 of 12 months have passed. 3 targets are assessed: 1 on pace, 2 behind" in out


def test_annual_figures_are_not_asked_for(call: Call) -> None:
    call("template", "--dept", "市自然资源局", "--period", "2019H1", "--format", "csv", "-o", "forms")
    text = Path("forms/市自然资源局.csv").read_text(encoding="utf-8-sig")
    assert "城镇建设用地面积" not in text
    assert "实施实用性村庄规划编制" in text


@pytest.mark.parametrize(("period", "code"), [("2019", 0), ("2018", 2), ("随便", 2)])
def test_only_parts_of_the_plans_period_have_a_form(call: Call, period: str, code: int) -> None:
    assert call("template", "--dept", "市公安局", "--period", period, "-o", "forms")[0] == code


def test_a_workbook_of_a_part_of_the_year_is_written(call: Call) -> None:
    assert call("template", "--dept", "市教育局", "--period", "截至9月底", "-o", "forms")[0] == 0
    assert Path("forms/市教育局.xlsx").stat().st_size > 5000


def test_a_form_of_a_date_is_read_back_as_of_that_day(call: Call) -> None:
    call("template", "--dept", "市公安局", "--period", "2019-07-27", "--format", "csv", "-o", "forms")
    file = Path("forms/市公安局.csv")
    rows = rows_of(file)
    head = next(row for row in rows if "指标" in row)
    value = head.index("2019年7月27日完成值")
    for row in rows[rows.index(head) + 1 :]:
        if len(row) == len(head):
            row[value] = "50"
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)
    _, out, err = call("--lang", "en", "pace", "forms", "--dept", "市公安局")
    assert "S102" not in err
    assert "Figures of 2019-07-27 against the targets of 2019." in out


def test_the_form_of_the_year_names_the_year(call: Call) -> None:
    call("template", "--dept", "市公安局", "--format", "csv", "-o", "forms")
    assert any("2019年完成值" in row for row in rows_of(Path("forms/市公安局.csv")))
