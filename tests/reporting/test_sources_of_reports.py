"""What a report says it is based on: the files that something is used of. All figures are made up."""

from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.cli.app import run

FIGURES = "指标,数值,单位\n常住人口城镇化率,41.5,%\n"
Report = Callable[..., str]


@pytest.fixture
def report(tmp_path: Path, repo: Path, capfd: pytest.CaptureFixture[str]) -> Report:
    def made(**files: str) -> str:
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        arguments = ["--lang", "en", "report", str(tmp_path), "--plan", str(repo / "data"), "-f", "markdown"]
        run([*arguments, "--fail-on", "never"])
        return capfd.readouterr().out

    return made


def test_only_files_that_something_is_used_of_are_counted(report: Report) -> None:
    text = report(
        住建局=FIGURES,
        空白="指标,数值,单位\n常住人口城镇化率,,%\n",
        催报记录="部门,联系人,备注\n市公安局,某人,态度不好\n",
        很多="指标,数值,单位\n户籍人口城镇化率,很多,%\n",
    )
    assert "Based on 1 files that were sent, against" in text
    assert "Nothing is used of 3 other files: 催报记录.csv, 很多.csv, 空白.csv." in text
    assert "联系人" not in text  # of a private note


def test_the_faults_of_a_departments_file_are_listed_even_if_nothing_is_used(report: Report) -> None:
    text = report(住建局=FIGURES, 公安局="部门,联系人\n市公安局,某人\n")
    assert "公安局.csv:1 | error | S102" in text


def test_nothing_usable(report: Report) -> None:
    text = report(公安局="指标,数值,单位\n户籍人口城镇化率,很多,%\n")
    assert "Nothing in the 1 files that were sent can be used for the targets of" in text
