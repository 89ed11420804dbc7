"""Two rounds of a collection for the shipped plan: forms out, files in, letters, answers, and every product once."""

import contextlib
import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from letters import Round, read_letters
from office_week import SETTINGS, TRADE, first_round, second_round
from plan_facts import PlanFacts, read_facts
from products import PRODUCTS

from czurban.cli.app import run

Run = Callable[..., str]


@pytest.fixture(scope="session")
def facts(repo: Path) -> PlanFacts:
    return read_facts(repo / "data")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, repo: Path) -> Iterator[tuple[Path, Run]]:
    """An office with its settings, and the program as it is called there; what it prints is returned."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")

    def called(*arguments: str | Path) -> str:
        here, printed = Path.cwd(), io.StringIO()
        os.chdir(folder)
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            try:
                run([str(argument) for argument in arguments])
            finally:
                os.chdir(here)
        return printed.getvalue()

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CZURBAN_LANG", "zh")
        patch.setenv("CZURBAN_PLAN", str(repo / "data"))
        patch.setenv("COLUMNS", "240")
        yield folder, called


@pytest.fixture(scope="session")
def first(office: tuple[Path, Run], facts: PlanFacts, repo: Path) -> Round:
    """The first round: what came back with its mistakes, its status in every format, and letters in both."""
    folder, call = office
    call("template", "--all-depts", "-o", "forms")
    call("template", "--plan", _last_year(repo, folder), "--dept", TRADE, "-o", f"old/{TRADE}.xlsx")
    (folder / "first").mkdir()
    inbox, products = first_round(facts, folder / "first"), folder / "first products"
    products.mkdir()
    printed = call("status", "first", "--all", "--reminders", products / "letters")
    (products / "status.txt").write_text(printed, encoding="utf-8")
    for ending in ("html", "xlsx"):
        call("status", "first", "-o", products / f"status.{ending}")
    for name in ("report", "escalate"):
        call(name, "first", "-o", products / f"{name}.md", "--fail-on", "never")
    return Round(inbox, products, read_letters(products / "letters", inbox))


def _last_year(repo: Path, folder: Path) -> Path:
    """Return the folder of the plan as it may have been a year before."""
    copy = Path(shutil.copytree(repo / "data", folder / "last year"))
    text = (copy / "targets.yaml").read_text(encoding="utf-8").replace("2019", "2018")
    text = text.replace("baseline_period: 2018", "baseline_period: 2017")
    (copy / "targets.yaml").write_text(text, encoding="utf-8")
    return copy


@pytest.fixture(scope="session")
def second(office: tuple[Path, Run], first: Round) -> Round:
    """The second round: letters were answered as they say, other files came, and all products were made."""
    folder, call = office
    inbox, products = second_round(first.inbox, first.letters, folder / "second"), folder / "second products"
    shutil.copytree(first.products / "letters", products / "letters")
    call("status", "second", "--reminders", products / "letters")
    checked = call("check", "second", "--all", "--fail-on", "never")
    (products / "check.txt").write_text(checked, encoding="utf-8")
    for name, endings in PRODUCTS.items():
        for ending in endings:
            call(name, "second", "-o", products / f"{name}.{ending}", "--fail-on", "never")
    call("site", "second", "-o", products / "site", "--fail-on", "never")
    return Round(inbox, products, read_letters(products / "letters", inbox))
