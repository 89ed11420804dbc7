"""Every rule of the catalogue has a case that keeps it and one that breaks it, and tells the second where it stands."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest
import xlsxwriter

from czurban.app.assessing import assess_all, read_figures
from czurban.app.finding_filter import FindingFilter, filter_findings
from czurban.app.records import read_number, source_of
from czurban.app.regions import judge_regions
from czurban.app.validate import metrics_faults, rules_faults
from czurban.checking import submission_rules
from czurban.checking.plan_rules.registry import RULES, check_plan
from czurban.checking.submission_rules.registry import RULES as FIGURE_RULES
from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.computing.records.compute import RecordTable, Request, compute
from czurban.model.faults import FAULTS
from czurban.model.finding import Finding, RuleCase
from czurban.model.plan import Plan
from czurban.reading.large.record_source import find_records
from czurban.reading.metrics.file import read_metrics
from czurban.reading.plan.cases import PLAN, RATING, RECORDS, cases
from czurban.reading.plan.files import read_draft
from czurban.reading.plan.ignores import read_ignores
from czurban.reading.sources.limits import LIMITS


def of_records(folder: Path, plan: Plan) -> list[Finding]:
    """Everything that is told of the metrics in a folder, and of the records there."""
    metrics, findings = read_metrics(folder / "metrics.yaml", plan)
    told = [*findings, *metrics_faults(folder / "metrics.yaml", PLAN)]
    if metrics is None:
        return told
    table = RecordTable(source_of(find_records([str(folder / "persons.csv")])), "persons.csv")
    with DuckdbEngine() as engine:
        return [*told, *compute(engine, table, metrics, Request(), read_number).findings]


def found(folder: Path, file: str, *, of_plan: bool, options: Sequence[str] = ()) -> list[Finding]:
    """Everything that is told of the plan in a folder, or of one submission for it."""
    draft = read_draft(folder)
    if (RECORDS / file).exists():
        assert draft.plan is not None
        return of_records(folder, draft.plan)
    if (RATING / file).exists():
        return list(rules_faults(folder / file, PLAN))
    if of_plan:
        told = [*draft.findings, *(check_plan(draft.plan, whole=draft.whole) if draft.plan else ())]
        ignores, faults = read_ignores(folder)
        return list(filter_findings([*told, *faults], FindingFilter(), ignores).kept)
    assert draft.plan is not None
    (submission,), findings = read_figures([str(folder / file)], draft.plan, LIMITS)
    if options:
        region, by = (options[1], None) if options[0] == "--region" else (None, options[1])
        regional = judge_regions(draft.plan, [submission], draft.plan.period, region, by)
        return [*findings, *regional.whole.findings]
    return [*findings, *assess_all(draft.plan, [submission], draft.plan.period).findings]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = Path(shutil.copytree(PLAN, tmp_path / "plan"))
    shutil.copytree(RATING, copied, dirs_exist_ok=True)
    return Path(shutil.copytree(RECORDS, copied, dirs_exist_ok=True))


def send(folder: Path, case: RuleCase) -> None:
    """Write the bad case."""
    path = folder / case.file
    if case.sheets:
        with xlsxwriter.Workbook(path) as book:
            for sheet in case.sheets:
                page = book.add_worksheet(str(sheet["name"]))
                for number, row in enumerate(cast("list[list[object]]", sheet["rows"])):
                    page.write_row(number, 0, row)
                for row, column in cast("list[tuple[int, int]]", sheet.get("struck", [])):
                    value = cast("list[list[object]]", sheet["rows"])[row][column]
                    page.write(row, column, value, book.add_format({"font_strikeout": True}))
                for row in cast("list[int]", sheet.get("hidden_rows", [])):
                    page.set_row(row, None, None, {"hidden": True})
                if sheet.get("hidden"):
                    page.hide()
    elif case.changes:
        text = path.read_text(encoding="utf-8")
        for good, bad in case.changes.items():
            assert text.count(good) == 1, f"{good!r} does not stand in {case.file} exactly once"
            text = text.replace(good, bad)
        path.write_text(text, encoding="utf-8")
    else:
        path.write_text(case.bad, encoding="utf-8")


def where(one: Finding) -> str:
    """The place as the cases write it."""
    place = one.place
    assert place is not None
    return place.sheet or f"{place.line or ''}:{place.column or ''}".removeprefix(":")


def test_every_rule_has_its_cases() -> None:
    assert set(cases()) == set(FAULTS)


def test_a_rules_docstring_is_its_demand() -> None:
    assert {code: rule.__doc__ for code, rule in RULES.items()} == {
        code: FAULTS[code].demand for code in FAULTS if code.startswith("P2")
    }
    assert {code: rule.__doc__ for code, rule in FIGURE_RULES.items()} == {
        code: FAULTS[code].demand for code in FIGURE_RULES
    }


def test_every_rule_on_judged_figures_is_registered() -> None:
    folder = Path(submission_rules.__file__).parent
    sources = (file.read_text("utf-8") for file in folder.glob("*.py"))
    assert {code for source in sources for code in re.findall(r'finding\(\s*"(S\d+)"', source)} == set(FIGURE_RULES)


@pytest.mark.parametrize("file", ["targets.yaml", "figures.csv", "persons.csv", "rules.yaml"])
def test_the_made_up_plan_has_no_fault(folder: Path, file: str) -> None:
    told = found(folder, file, of_plan=file.endswith(".yaml"))
    assert [one for one in told if one.code != "P213"] == []


@pytest.mark.parametrize("case", cases().values(), ids=cases())
def test_the_bad_case_is_told_where_it_stands(folder: Path, case: RuleCase) -> None:
    of_plan = case.code.startswith("P")
    if case.changes and not case.always:
        assert case.code not in {one.code for one in found(folder, case.file, of_plan=of_plan)}
    send(folder, case)
    all_told = found(folder, case.file, of_plan=of_plan, options=case.options)
    told = [one for one in all_told if one.code == case.code]
    assert case.at in [where(one) for one in told], told
