"""What a result is shown with: the value that was sent, or what a formula gave; and the counts over many regions."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from czurban.model.assessment import Result, Verdict
from czurban.model.finding import Place
from czurban.model.formulas.derived import Derived
from czurban.model.formulas.formula import Formula, Number
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.observation import Observation, Reading
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.survey import Family, Survey
from czurban.model.target import Interval, Target
from czurban.model.trace import Trace
from czurban.model.unit import Unit

CELL, ENTRY = Place("f.csv", 2, 8), Place("targets.yaml", 4)
ONE = Indicator(
    id="x",
    name="甲",
    unit=Unit("个", "works"),
    kind=IndicatorKind.STOCK,
    target=Target(Interval(low=Decimal(1)), Period(2019)),
    leads=(),
)
SENT = Observation("x", Reading.VALUE, "约 7", CELL, Period(2019), amount=Decimal(7), approximate=True)
FORMULA = Formula("x", Number(Fraction(3)), "3", place=ENTRY)
GIVEN = Derived(
    formula=FORMULA, indicator=ONE, period=Period(2019), inputs=(), working="3", shown="约3", approximate=True
)
BARE = Result(indicator=ONE, verdict=Verdict.UNREPORTED)


@pytest.mark.parametrize(
    ("result", "told", "place", "approximate", "raw"),
    [
        (BARE, False, None, False, ""),
        (replace(BARE, observation=SENT), True, CELL, True, "约 7"),
        (replace(BARE, observation=SENT._replace(approximate=False)), True, CELL, False, "约 7"),
        (replace(BARE, actual=Fraction(3), derived=GIVEN), True, ENTRY, True, "约3"),
        (replace(BARE, derived=GIVEN), False, ENTRY, True, "约3"),
        (replace(BARE, derived=replace(GIVEN, approximate=False)), False, ENTRY, False, "约3"),
        (replace(BARE, observation=SENT, derived=GIVEN), True, CELL, True, "约 7"),
    ],
)
def test_what_was_sent_comes_before_what_a_formula_gave(
    result: Result,
    told: bool,  # noqa: FBT001 - a table's column
    place: Place | None,
    approximate: bool,  # noqa: FBT001 - as above
    raw: str,
) -> None:
    assert (result.has_figure, result.place, result.approximate, result.raw) == (told, place, approximate, raw)


def test_the_verdicts_of_many_regions_are_added_up_by_indicator() -> None:
    others = (replace(ONE, id="y", name="乙"), replace(ONE, id="z", name="丙"))
    plan = Plan(title="", region="某省", period=Period(2019), indicators=(*others, ONE), departments=())
    families = (
        Family("甲市", 3, {"x": {Verdict.MET: 2, Verdict.MISSED: 1}, "y": {Verdict.MET: 1}}),
        Family("乙市", 4, {"x": {Verdict.MET: 1, Verdict.UNREADABLE: 3}, "gone": {Verdict.MET: 9}}),
    )
    survey = Survey(plan, plan.period, families, {})
    assert survey.regions == 7
    assert list(survey.by_indicator()) == [
        ("y", {Verdict.MET: 1}),
        ("x", {Verdict.MET: 3, Verdict.MISSED: 1, Verdict.UNREADABLE: 3}),
    ]
    assert survey.all == {Verdict.MET: 4, Verdict.MISSED: 1, Verdict.UNREADABLE: 3}


def test_a_trace_is_not_repeated_unless_it_is_declared_so() -> None:
    assert not Trace(indicator=ONE, result=None).again
