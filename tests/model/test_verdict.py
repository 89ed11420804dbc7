"""What a result is shown with: the value that was sent, or what a formula gave."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from czurban.model.assessment import Result, Verdict
from czurban.model.derived import Derived
from czurban.model.finding import Place
from czurban.model.formula import Formula, Number
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.observation import Observation, Reading
from czurban.model.period import Period
from czurban.model.target import Interval, Target
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
