"""What every room's tests need: the plan of the repository, and figures judged in one line."""

import os
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

from czurban.checking.assessing import assess
from czurban.model.assessment import Assessment
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.plan.files import read_plan
from czurban.reading.submission.files import read_bytes

os.environ.pop("GITHUB_ACTIONS", None)  # it chooses a format of output; a test of that sets it itself

# The one place for how Hypothesis runs: a slow machine is no fault of a test, and a failure in CI can be repeated.
settings.register_profile(
    "czurban", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("czurban")

pytest_plugins = ["spark_places"]
REPO = Path(__file__).parents[1]
Judge = Callable[..., Assessment]
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)
MUST_RUN = os.environ.get("CZURBAN_TESTS_MUST_RUN") == "all"


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the names for completion in a folder of the tests."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


def _not_skipped(report: Report) -> Report:
    """Turn a skip into a failure where everything the tests need is expected to be installed."""
    if MUST_RUN and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{reason} (CZURBAN_TESTS_MUST_RUN=all allows no skip)"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _not_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _not_skipped((yield))


@pytest.fixture(scope="session")
def repo() -> Path:
    return REPO


@pytest.fixture(scope="session")
def plan() -> Plan:
    loaded, findings = read_plan(REPO / "data")
    assert loaded is not None, findings
    return loaded


@pytest.fixture(scope="session")
def judge(plan: Plan) -> Judge:
    """Judge rows of CSV text; the findings are those of reading and of judging."""

    def judged(
        *rows: str, header: str = "指标,数值,单位,填报单位", period: Period | None = None, files: Iterable[str] = ()
    ) -> Assessment:
        texts = ["\n".join([header, *rows]), *files]
        read = [read_bytes(f"f{number}.csv", text.encode(), plan) for number, text in enumerate(texts, 1)]
        found = assess(plan, [submission for submission, _ in read], period=period or plan.period)
        told = (*(one for _, findings in read for one in findings), *found.findings)
        return Assessment(plan, found.period, found.results, told, found.submissions)

    return judged
