"""Several periods are ordinary input: the newest is judged, and the others are no fault."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from czurban.app.assessing import Judged, find_figures, judge_files, newest_period
from czurban.app.options import Options
from czurban.model.assessment import Verdict
from czurban.model.finding import Severity
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.submission.files import read_bytes

JOBS, RATE, POPULATION = "城镇新增就业人数", "常住人口城镇化率", "城镇常住人口"
HEAD = "指标,数值,单位,年份\n"
Run = Callable[..., Judged]


@pytest.fixture
def run(plan: Plan, tmp_path: Path) -> Run:
    """Judge files, each given as its rows."""

    def judged(*files: str, period: str | None = None) -> Judged:
        for number, rows in enumerate(files):
            (tmp_path / f"f{number}.csv").write_text(HEAD + rows, encoding="utf-8")
        return judge_files(plan, find_figures([tmp_path]), Options(period=period))

    return judged


def errors(found: Judged) -> list[str]:
    return [one.code for one in found.everything if one.severity is not Severity.INFO]


def value(found: Judged, name: str) -> Fraction | None:
    return next(each.actual for each in found.assessment.results if each.indicator.name == name)


def row(name: str, amount: object, period: str) -> str:
    return f"{name},{amount},,{period}\n"


def test_several_periods_of_the_year_are_no_fault_and_the_newest_is_judged(run: Run) -> None:
    june = row(JOBS, "0.8", "2019年1-6月") + row(RATE, "40.5", "2019年1-6月")
    september = row(JOBS, "1.2", "2019年1-9月") + row(RATE, "40.8", "2019年1-9月")
    found = run(june, september)
    assert found.assessment.period == Period(2019, 1, 9)
    assert (value(found, JOBS), value(found, RATE)) == (Fraction("1.2"), Fraction("40.8"))
    assert errors(found) == []
    assert {each.verdict for each in found.assessment.results} == {Verdict.NOT_DUE}
    (notice,) = found.notices
    assert notice.values == {"period": Period(2019, 1, 9), "plan": Period(2019)}


def test_a_december_file_and_earlier_months_are_judged_as_the_year(run: Run) -> None:
    found = run(row(JOBS, "1.2", "2019年1-9月"), row(JOBS, "1.8", "2019年"))
    assert found.assessment.period == Period(2019)
    assert value(found, JOBS) == Fraction("1.8")
    assert (errors(found), found.notices) == ([], ())


def test_earlier_years_in_long_form_are_no_fault(run: Run) -> None:
    found = run(row(RATE, "39", "2017") + row(RATE, "40", "2018") + row(RATE, "41.2", "2019"))
    assert (value(found, RATE), errors(found)) == (Fraction("41.2"), [])


def test_another_file_with_last_years_figures_is_no_fault(run: Run) -> None:
    found = run(row(RATE, "40", "2018") + row(JOBS, "1.9", "2018"), row(RATE, "41.2", "2019"))
    assert (value(found, RATE), value(found, JOBS), errors(found)) == (Fraction("41.2"), None, [])
    told = [one for one in found.everything if one.code == "S286"]
    assert [(one.place.line if one.place else 0) for one in told] == [3]
    assert told[0].message.values == {"name": JOBS, "stated": Period(2018), "judged": Period(2019)}


def test_only_last_years_figures_are_still_refused(run: Run) -> None:
    found = run(row(RATE, "40", "2018") + row(JOBS, "1.9", "2018"))
    assert found.assessment.period == Period(2019)
    assert errors(found) == ["S208", "S208"]


def test_a_single_row_of_another_year_among_figures_of_this_one_is_still_refused(run: Run) -> None:
    found = run(row(RATE, "41", "2019") + row(JOBS, "1.9", "2018"))
    assert (errors(found), value(found, JOBS)) == (["S208"], None)


def test_a_department_that_sends_only_last_years_file_is_still_refused(run: Run) -> None:
    found = run(row(RATE, "41", "2019"), row(JOBS, "1.9", "2018"))
    assert errors(found) == ["S208"]


def test_a_department_that_is_a_month_behind_is_told_and_not_refused(run: Run) -> None:
    found = run(row(RATE, "40.8", "2019年1-9月"), row(JOBS, "1.1", "2019年1-8月"))
    assert found.assessment.period == Period(2019, 1, 9)
    assert (errors(found), value(found, JOBS)) == ([], None)
    assert [one.code for one in found.everything].count("S286") == 1


def test_single_months_are_added_up_and_levels_are_those_at_the_end(run: Run) -> None:
    months = "".join(row(JOBS, amount, f"2019-{at:02}") for at, amount in enumerate(("0.2", "0.1", "0.3"), 1))
    levels = "".join(row(RATE, f"40.{at}", f"2019-{at:02}") for at in (1, 2, 3))
    found = run(months + levels)
    assert found.assessment.period == Period(2019, 1, 3)
    assert (value(found, JOBS), value(found, RATE)) == (Fraction("0.6"), Fraction("40.3"))
    assert errors(found) == []


def test_a_level_for_the_whole_span_comes_before_that_of_its_last_month(run: Run) -> None:
    found = run(row(RATE, "40.3", "2019-03") + row(RATE, "40.2", "2019年1-3月"))
    assert (value(found, RATE), errors(found)) == (Fraction("40.2"), [])


def test_december_is_not_the_year(run: Run) -> None:
    found = run(row(RATE, "41", "2019-12"))
    assert (found.assessment.period, value(found, RATE), errors(found)) == (Period(2019), None, ["S208"])


def test_the_period_asked_for_is_judged(run: Run) -> None:
    found = run(row(JOBS, "0.8", "2019年1-6月") + row(JOBS, "1.2", "2019年1-9月"), period="2019-01..06")
    assert (value(found, JOBS), errors(found), found.notices) == (Fraction("0.8"), [], ())


def test_figures_that_report_nothing_choose_no_period(plan: Plan) -> None:
    sent, _ = read_bytes("f.csv", f"{HEAD}{row(JOBS, '—', '2019')}{row(JOBS, '1', '2019年1-6月')}".encode(), plan)
    assert newest_period(plan, [sent]) == Period(2019, 1, 6)
    assert newest_period(plan, []) == Period(2019)


def test_a_blank_cell_of_the_newest_year_is_not_reported_and_no_fault(run: Run, plan: Plan) -> None:
    found = run(row(JOBS, "1.9", "2018") + row(JOBS, "", "2019") + row(RATE, "41", "2019"))
    assert (errors(found), value(found, JOBS)) == ([], None)


def test_a_year_after_the_plan_is_refused(run: Run) -> None:
    found = run(row(RATE, "41", "2019") + row(RATE, "43", "2020"))
    assert (errors(found), value(found, RATE)) == (["S208"], Fraction(41))
