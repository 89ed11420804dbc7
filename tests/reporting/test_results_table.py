from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from czurban.checking.assessing import assess
from czurban.model.assessment import Verdict
from czurban.model.plan import Plan
from czurban.model.target import Interval
from czurban.reading.submission.files import read_bytes
from czurban.reporting.documents.results import results_table
from czurban.words.translator import Translator

Shown = Callable[[str, Interval], tuple[Verdict, str]]


@pytest.fixture
def shown(plan: Plan) -> Shown:
    """Judge 城镇新增就业人数 by another target: its verdict and the completion rate shown."""

    def show(value: str, interval: Interval) -> tuple[Verdict, str]:
        first = plan.indicator("9")
        assert first is not None
        changed = replace(first, target=first.target._replace(interval=interval))
        small = replace(plan, indicators=(changed,), formulas=())
        sent, _ = read_bytes("f.csv", f"指标,数值\n城镇新增就业人数,{value}\n".encode(), small)
        judged = assess(small, [sent], period=small.period)
        table = results_table(judged.results, small, Translator("en"))
        cells = dict(zip((column.title for column in table.columns), table.groups[0].rows[0], strict=True))
        return judged.results[0].verdict, cells["Completion"].text

    return show


def test_r8_almost_there_never_shows_100(shown: Shown) -> None:
    assert shown("1.49999", Interval(low=Decimal("1.5"))) == (Verdict.MISSED, "99.9%")
    assert shown("1.5", Interval(low=Decimal("1.5"))) == (Verdict.MET, "100.0%")


def test_r8_a_strict_bound_that_is_only_reached_never_shows_100(shown: Shown) -> None:
    verdict, completion = shown("1.5", Interval(low=Decimal("1.5"), low_open=True))
    assert verdict is Verdict.MISSED
    assert completion != "100.0%"


def test_an_indicator_without_a_number_and_a_task_has_a_dash(plan: Plan) -> None:
    first = plan.indicator("9")
    assert first is not None
    for number, task, shown in ((9, None, "9"), (None, 4, "T4"), (None, None, "—")):
        small = replace(plan, indicators=(replace(first, no=number, task=task),), formulas=())
        judged = assess(small, [], period=small.period)
        assert results_table(judged.results, small, Translator("en")).groups[0].rows[0][0].text == shown
