"""Every executor agrees with rows in Python, row by row: verdicts, and codes of findings."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from czurban.model.plan import Plan

Executor = Callable[[Path, Plan], Any]


def test_the_suite_is_large_and_has_every_verdict(nasty_file: Path, nasty_plan: Plan, rows: Executor) -> None:
    judged = rows(nasty_file, nasty_plan)
    assert judged.survey.rows.read >= 1800
    assert {str(verdict) for verdict in judged.verdicts.values()} >= {"met", "missed", "unreadable"}
    codes = {code for codes in judged.codes.values() for code in codes}
    assert codes >= {
        "S117",
        "S119",
        "S201",
        "S203",
        "S204",
        "S205",
        "S206",
        "S207",
        "S208",
        "S209",
        "S212",
        "S213",
        "S214",
    }


def test_r4_every_executor_agrees_row_by_row(
    nasty_file: Path, nasty_plan: Plan, rows: Executor, executor: Executor
) -> None:
    expected, actual = rows(nasty_file, nasty_plan), executor(nasty_file, nasty_plan)
    lines = ["", *nasty_file.read_text(encoding="utf-8").splitlines()]
    reported = expected.codes.keys() | actual.codes.keys()
    differing = {at for at in reported if expected.codes.get(at) != actual.codes.get(at)}
    assert not [(lines[at[1] or 0], expected.codes.get(at), actual.codes.get(at)) for at in differing]
    assert actual.verdicts == expected.verdicts
    assert actual.survey.families == expected.survey.families
    assert actual.counts == expected.counts
    assert actual.survey.rows == expected.survey.rows
