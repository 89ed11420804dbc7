"""The nasty rows, the plan that they are checked against, and what `check` says."""

from collections.abc import Callable
from pathlib import Path

import nasty
import pytest
from comparisons import without_comparisons

from czurban.cli.app import run
from czurban.model.plan import Plan


@pytest.fixture(scope="session")
def nasty_plan(plan: Plan) -> Plan:
    """The plan that the nasty rows are checked against."""
    return nasty.nasty_plan(plan)


@pytest.fixture(scope="session")
def nasty_file(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The nasty rows as CSV."""
    path = tmp_path_factory.mktemp("nasty") / "nasty.csv"
    path.write_text(nasty.nasty(plan).text(), encoding="utf-8", newline="")
    return path


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run `check` in a folder and return its exit code and both outputs."""
    monkeypatch.setenv("CZURBAN_PLAN", str(Path(__file__).parents[2] / "data"))
    monkeypatch.setenv("CZURBAN_LANG", "en")

    def checked(cwd: Path, *words: str) -> tuple[int, str, str]:
        monkeypatch.chdir(cwd)
        code = run(["check", *words])
        return without_comparisons((code, *capsys.readouterr()))

    return checked
