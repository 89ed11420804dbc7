"""Rows of one indicator and region (R6) come to the same by an engine as by rows in Python. All figures are made up."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from czurban.app.assessing import assess_one_period
from czurban.app.large.files import LargeFiles
from czurban.app.large.options import RunOptions
from czurban.app.large.survey import LargeSurvey
from czurban.checking.each_region import EachRegion
from czurban.checking.submission_rules.registry import RULES
from czurban.checking.survey import failing_rows, survey_rows
from czurban.computing.engines.duckdb_engine import DuckdbEngine
from czurban.model.plan import Plan
from czurban.model.survey import Survey
from czurban.reading.sources.limits import LIMITS
from czurban.reading.submission.files import read_submission

HEADER = ("地区", "指标", "年份", "数值", "单位", "数据状态")
VALUES = {
    "常住人口城镇化率": (
        ("41", "%"),
        ("41.0", "%"),
        ("410", "‰"),
        ("40", "%"),
        ("约41", ""),
        ("41%", ""),
        ("0.41", "%"),
    ),
    "城镇常住人口": (
        ("140", "万人"),
        ("1400000", "人"),
        ("140万人", ""),
        ("139", "万人"),
        ("-1", "万人"),
        ("见附件", ""),
    ),
    "城镇建设用地面积": (("195", "平方千米"), ("19500", "公顷"), ("292500", "亩"), ("196", ""), ("—", "")),
    "城镇新增就业人数": (("1.4", "万人"), ("14000", "人"), ("14000.000000001", "人"), ("—", "万人")),
}
STATUSES = ("", "快报", "年报", "修订")
REGIONS = ("990005", "９９０００５", "990001", "990002", "某县", "某 县", "B县", "灵山县", "450721", "980001001")


def table(seed: int, statuses: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    drawn = random.Random(seed)  # noqa: S311 - made-up rows
    yield HEADER
    for number in range(1500):
        region = f"98{number // 12:04}" if drawn.random() < 0.8 else drawn.choice(REGIONS)
        name = drawn.choice([*VALUES] if region.startswith("98") else [*VALUES][:1])
        yield (region, name, "2019", *drawn.choice(VALUES[name]), drawn.choice(statuses))


def findings(survey: Survey) -> list[str]:
    return sorted(f"{fault.code} {fault.place} {fault.message}" for fault in survey.findings if fault.code not in RULES)


@pytest.mark.parametrize("statuses", [("",), STATUSES, STATUSES[1:]])
@pytest.mark.parametrize("seed", range(3))
def test_r6_repeated_rows_come_to_the_same(plan: Plan, tmp_path: Path, seed: int, statuses: tuple[str, ...]) -> None:
    path, failures = tmp_path / "repeats.csv", tmp_path / "failures.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(table(seed, statuses))
    submission, faults = read_submission(path, plan)
    expected, regions = survey_rows(EachRegion(plan, plan.period, assess_one_period), [submission], faults)
    with DuckdbEngine() as engine:
        file = LargeFiles(engine, plan, tmp_path, most=0).open(path)
        large = LargeSurvey(engine, [file], RunOptions(plan, plan.period, LIMITS, "duckdb", None, 0))
        survey = large.survey()
        large.write_failures(str(failures))
    assert survey.families == expected.families
    assert findings(survey) == findings(expected)
    assert {code: n for code, n in survey.codes.items() if code not in RULES} == {
        code: n for code, n in expected.codes.items() if code not in RULES
    }
    assert survey.rows == expected.rows
    with failures.open(encoding="utf-8", newline="") as stream:
        written = sorted((row[1], row[5], row[7]) for row in list(csv.reader(stream))[1:])
    assert written == sorted(
        (str(row[1]), str(row[5]), str(row[7])) for each in regions for _, row in failing_rows(each.results)
    )


SENDERS = ("", "市住房城乡建设局", "市住房城乡建设局", "钦州市城管执法局", "市城管执法局", "市教育局")
OF_SENDERS = (("90.8", ""), ("9080", "公顷"), ("90.6", ""), ("0.9", ""), ("见附件", ""), ("—", ""), ("", ""))


@pytest.mark.parametrize("many", [1, 2])
@pytest.mark.parametrize("seed", range(4))
def test_r6_rows_of_several_senders_come_to_the_same(plan: Plan, tmp_path: Path, seed: int, many: int) -> None:
    drawn = random.Random(seed)  # noqa: S311 - made-up rows
    senders = SENDERS if seed else ("",)
    rows = [
        (f"98{number // 6:04}", "城市建成区面积", "2019", *drawn.choice(OF_SENDERS), drawn.choice(STATUSES))
        for number in range(900)
    ]
    paths = [tmp_path / f"{name}.csv" for name in ("住建局", "城管局")[:many]]
    for number, path in enumerate(paths):
        with path.open("w", encoding="utf-8", newline="") as stream:
            written = csv.writer(stream, lineterminator="\n")
            written.writerow((*HEADER, "填报单位"))
            written.writerows((*row, drawn.choice(senders)) for row in rows[number::many])
    read = [read_submission(path, plan) for path in paths]
    faults = [fault for _, found in read for fault in found]
    each = EachRegion(plan, plan.period, assess_one_period)
    expected, regions = survey_rows(each, [sent for sent, _ in read], faults)
    failures = tmp_path / "failures.csv"
    with DuckdbEngine() as engine:
        opened = LargeFiles(engine, plan, tmp_path, most=0)
        files = [opened.open(path) for path in paths]
        large = LargeSurvey(engine, files, RunOptions(plan, plan.period, LIMITS, "duckdb", None, 0))
        survey = large.survey()
        large.write_failures(str(failures))
    assert survey.families == expected.families
    assert findings(survey) == findings(expected)
    assert survey.rows == expected.rows
    with failures.open(encoding="utf-8", newline="") as stream:
        written_rows = sorted((row[1], row[5], row[7]) for row in list(csv.reader(stream))[1:])
    assert written_rows == sorted(
        (str(row[1]), str(row[5]), str(row[7])) for each in regions for _, row in failing_rows(each.results)
    )
    if seed:
        assert {"S210", "S211", "S216", "S225"} <= survey.codes.keys()
