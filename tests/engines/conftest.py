"""The nasty rows, and the plan that they are checked against."""

from pathlib import Path

import nasty
import pytest

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
