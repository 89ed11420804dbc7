"""R3: a value in the plan's unit, or what is said of one that cannot be right, with a hint that can be followed."""

from decimal import Decimal
from fractions import Fraction

import pytest

from czurban.checking.plausible import Converted, convert, doubt_points, doubtful
from czurban.model.finding import Place
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.observation import Observation, Reading
from czurban.model.period import Period
from czurban.model.target import Interval, Target
from czurban.model.unit import Unit, Units

UNITS = Units()
YEAR = Period(2019)


def unit_of(name: str) -> Unit:
    result = UNITS.find(name)
    assert result is not None
    return result


def indicator(unit: str, kind: IndicatorKind = IndicatorKind.STOCK, low: str = "40") -> Indicator:
    target = Target(Interval(low=Decimal(low)), YEAR)
    return Indicator(id="x", name="甲", unit=unit_of(unit), kind=kind, target=target, leads=())


def sent(raw: str, unit: str = "", *, in_cell: bool = False) -> Observation:
    amount = Decimal(raw.rstrip("%万人"))
    of = unit_of(unit) if unit else None
    return Observation("x", Reading.VALUE, raw, Place("f.csv", 2), YEAR, amount=amount, unit=of, unit_in_cell=in_cell)


@pytest.mark.parametrize(
    ("plan", "kind", "one", "actual", "code", "says", "hint"),
    [
        ("万人", IndicatorKind.STOCK, sent("41"), "41", "", "", ""),
        ("万人", IndicatorKind.STOCK, sent("410000", "人"), "41", "", "", ""),
        (
            "万人",
            IndicatorKind.STOCK,
            sent("41", "公顷"),
            None,
            "S204",
            "“公顷” does not measure what 万人 measures.",
            "Write the value in 万人.",
        ),
        (
            "%",
            IndicatorKind.RATE,
            sent("101"),
            None,
            "S207",
            "101 is outside 0 to 100 %, which no share can be.",
            "Check the figure and its unit.",
        ),
        (
            "万人",
            IndicatorKind.STOCK,
            sent("-1"),
            None,
            "S229",
            "-1 is below zero, which no such quantity can be.",
            "Check the sign; write — for not reported.",
        ),
        (
            "万人",
            IndicatorKind.STOCK,
            sent("400000"),
            None,
            "S206",
            "400000 in 万人 is about 10,000 times off the figures of the plan: it looks like 人.",
            "Write the unit in the value's cell: 400000人 if that is meant, 400000万人 if the value is right.",
        ),
        (
            "万人",
            IndicatorKind.STOCK,
            sent("400000万人", "万人", in_cell=True),
            "400000",
            "S218",
            "400000万人 in 万人 is about 10,000 times off the figures of the plan: it looks like 人.",
            "It is used as written; correct the unit if it is not meant.",
        ),
        (
            "%",
            IndicatorKind.RATE,
            sent("0.415"),
            None,
            "S206",
            "0.415 in % is about 100 times off the figures of the plan: it looks like a fraction.",
            "Write 41.5% if it is a fraction, and 0.415% if it is right.",
        ),
        (
            "万人",
            IndicatorKind.STOCK,
            sent("4", "人"),
            None,
            "S206",
            "4 in 人 is about 100,000 times off the figures of the plan.",
            "Check the figure; if it is right, write 4人, with the unit in the cell.",
        ),
        (
            "套",
            IndicatorKind.STOCK,
            sent("400"),
            None,
            "S206",
            "400 in 套 is about 10 times off the figures of the plan.",
            "Check the figure; if it is right, write 400套, with the unit in the cell.",
        ),
    ],
)
def test_r3_values_and_doubts(  # noqa: PLR0913, PLR0917 - a table's columns
    plan: str, kind: IndicatorKind, one: Observation, actual: str | None, code: str, says: str, hint: str
) -> None:
    found, told = convert(one, indicator(plan, kind))
    assert found == Converted(one, None if actual is None else Fraction(actual))
    if not code:
        assert told is None
        return
    assert told is not None
    assert (told.code, told.place, str(told.message), str(told.hint)) == (code, one.place, says, hint)


@pytest.mark.parametrize("reading", [Reading.NOTHING, Reading.UNREADABLE])
def test_r4_what_is_no_value_stays_none(reading: Reading) -> None:
    result = sent("41")._replace(reported=reading)
    assert convert(result, indicator("万人")) == (Converted(result, None), None)
    bare = sent("41")._replace(amount=None)
    assert convert(bare, indicator("万人")) == (Converted(bare, None), None)


@pytest.mark.parametrize(
    ("unit", "kind", "value", "expected"),
    [
        ("%", IndicatorKind.RATE, "41", False),
        ("%", IndicatorKind.RATE, "100", False),
        ("%", IndicatorKind.RATE, "100.1", True),
        ("%", IndicatorKind.RATE, "0.4", True),
        ("套", IndicatorKind.STOCK, "320", True),
        ("套", IndicatorKind.STOCK, "319", False),
        ("套", IndicatorKind.STOCK, "-1", True),
    ],
)
def test_r3_a_value_is_doubted_that_cannot_be_or_is_of_an_odd_size(
    unit: str,
    kind: IndicatorKind,
    value: str,
    expected: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert doubtful(Fraction(value), indicator(unit, kind)) is expected


@pytest.mark.parametrize(("unit", "whole"), [("%", 100), ("‰", 1000)])
def test_r3_the_whole_is_a_point_of_doubt_for_shares(unit: str, whole: int) -> None:
    points = doubt_points(indicator(unit, IndicatorKind.RATE, low="3"))
    assert Fraction(whole) in points
    assert points == sorted(set(points))
    assert Fraction(whole) not in doubt_points(indicator("套", low="3"))
