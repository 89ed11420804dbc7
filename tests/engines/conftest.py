"""The executors, behind one fixture: each must judge every row as rows in Python do."""

import importlib.util
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
from spark_places import PLACES

from czurban.app.assessing import assess_all
from czurban.app.large.files import LargeFiles
from czurban.app.large.options import RunOptions
from czurban.app.large.survey import LargeSurvey
from czurban.checking.each_region import EachRegion
from czurban.checking.submission_rules.registry import RULES
from czurban.checking.survey import survey_rows
from czurban.computing.engines.engine import Engine
from czurban.model.assessment import Survey, Verdict
from czurban.model.plan import Plan
from czurban.reading.sources.opening import LIMITS
from czurban.reading.submission.files import read_submission


class Judged(NamedTuple):
    """The result of an executor: verdicts by region and indicator, codes of findings by line, and the whole survey.

    Codes of checks that compare several figures are left out, since an engine does not run them for plain rows.
    """

    verdicts: Mapping[tuple[str, str], Verdict]
    codes: Mapping[int | None, Sequence[str]]
    survey: Survey

    @property
    def counts(self) -> dict[str, int]:
        """How often each code of a single row is found."""
        return {code: many for code, many in self.survey.codes.items() if code not in RULES}


Executor = Callable[[Path, Plan], Judged]


def codes_of(survey: Survey) -> dict[int | None, list[str]]:
    by_line: dict[int | None, list[str]] = defaultdict(list)
    for finding in survey.findings:
        if finding.code not in {"S219", "S104", *RULES}:  # of the header, not of a row
            by_line[finding.place.line if finding.place else None].append(finding.code)
    return {line: sorted(codes) for line, codes in by_line.items()}


def by_rows(path: Path, plan: Plan) -> Judged:
    submission, findings = read_submission(path, plan)
    survey, regions = survey_rows(EachRegion(plan, plan.period, assess_all), [submission], findings)
    verdicts = {
        (region.resolved.region, result.indicator.id): result.verdict
        for region in regions
        for result in region.results
        if result.has_figure or result.derived
    }
    return Judged(verdicts, codes_of(survey), survey)


def by_engine(engine: Engine, path: Path, plan: Plan) -> Judged:
    """Judge the same by an engine."""
    files = LargeFiles(engine, plan, path.parent, most=0)
    run = RunOptions(plan, plan.period, LIMITS, "duckdb", 200, 0)
    large = LargeSurvey(engine, [files.open(path)], run)
    survey = large.survey()
    verdicts = {(region, indicator): verdict for region, indicator, verdict in large.verdicts()}
    return Judged(verdicts, codes_of(survey), survey)


def _nasty() -> ModuleType:
    spec = importlib.util.spec_from_file_location("nasty", Path(__file__).with_name("nasty.py"))
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="session")
def nasty_plan(plan: Plan) -> Plan:
    """The plan that the nasty rows are checked against."""
    made: Plan = _nasty().nasty_plan(plan)
    return made


@pytest.fixture(scope="session")
def nasty_file(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The nasty rows as CSV."""
    path = tmp_path_factory.mktemp("nasty") / "nasty.csv"
    path.write_text(_nasty().nasty(plan).text(), encoding="utf-8", newline="")
    return path


@pytest.fixture(params=["duckdb", *PLACES])
def executor(request: pytest.FixtureRequest) -> Executor:
    """One executor after another."""
    if request.param != "duckdb":
        spark = request.getfixturevalue("spark_places").at(request.param)
        return lambda path, plan: by_engine(spark, path, plan)
    from czurban.computing.engines.duckdb_engine import DuckdbEngine  # noqa: PLC0415 - an engine only where it is meant

    def run(path: Path, plan: Plan) -> Judged:
        with DuckdbEngine() as engine:
            return by_engine(engine, path, plan)

    return run


@pytest.fixture(scope="session")
def rows() -> Executor:
    """Rows in Python, which all others are compared with."""
    return by_rows
