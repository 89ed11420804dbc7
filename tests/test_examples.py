"""The three shapes of the made-up 2019 figures earn the same verdicts, and the 2018 column earns the known ones."""

from pathlib import Path

import pytest

import czurban
from czurban.model.assessment import Assessment, Verdict, tally
from czurban.model.finding import has_errors
from czurban.model.period import Period
from czurban.model.plan import Plan

EXAMPLES = Path(__file__).parents[1] / "examples"


def judged(plan: Plan, name: str, period: Period) -> Assessment:
    result = czurban.check(plan, EXAMPLES / name, period=period)
    assert not has_errors(result.findings)
    return result.assessment


@pytest.mark.parametrize("name", ["actuals-2019-gbk.csv", "actuals-2019.xlsx"])
def test_every_shape_of_the_2019_file_gives_the_same_values_and_verdicts(plan: Plan, name: str) -> None:
    tidy, other = (judged(plan, file, Period(2019)) for file in ("actuals-2019.csv", name))
    assert [(r.indicator.id, r.actual, r.verdict) for r in other.results] == [
        (r.indicator.id, r.actual, r.verdict) for r in tidy.results
    ]


def test_the_2019_file_has_met_missed_and_unreported_targets(plan: Plan) -> None:
    counts = tally(judged(plan, "actuals-2019.csv", Period(2019)).results)
    assert all(counts[verdict] for verdict in (Verdict.MET, Verdict.MISSED, Verdict.UNREPORTED))


def test_the_2018_column_meets_eleven_of_the_twenty_five_targets(plan: Plan) -> None:
    results = judged(plan, "actuals-2018.csv", Period(2018)).results
    met = [r.indicator.no for r in results if r.verdict is Verdict.MET]
    assert met == [6, 7, 8, 9, 11, 12, 16, 19, 20, 21, 25]
    assert [r.indicator.no for r in results[:25] if r.verdict is Verdict.UNREPORTED] == [18]
