"""Where a formula takes its figures from, with what each stands for and where it stands."""

from decimal import Decimal
from fractions import Fraction

import pytest

from czurban.computing.formulas import baselines, reported, targets
from czurban.model.assessment import Result, Verdict
from czurban.model.finding import Place
from czurban.model.formulas.derived import FigureSource, Input, Lack
from czurban.model.formulas.formula import Term
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.observation import Observation, Reading
from czurban.model.period import Period
from czurban.model.target import Interval, Target
from czurban.model.target.interval import NumberRange
from czurban.model.unit import Unit
from czurban.model.years import Baseline

PEOPLE, HEADS = Unit("万人", "person", Fraction(10**4)), Unit("人", "person")
ENTRY, CELL = Place("targets.yaml", 2), Place("f.csv", 2, 8)
PLACES = {"target": Place("targets.yaml", 5), "baseline": Place("targets.yaml", 4)}
NOW, BEFORE = Term("x"), Term("x", at_baseline=True)
EARLIER = Term("x", period=Period(2017))


def indicator(baseline: Baseline | None = None, interval: Interval | None = None) -> Indicator:
    target = Target(interval or Interval(low=Decimal("110.0")), Period(2019), baseline)
    return Indicator(
        id="x", name="甲", unit=PEOPLE, kind=IndicatorKind.STOCK, target=target, leads=(), place=ENTRY, places=PLACES
    )


def span(low: str, high: str) -> NumberRange:
    return NumberRange(Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    ("term", "one", "expected"),
    [
        (
            NOW,
            indicator(),
            (FigureSource.TARGET, Fraction(110), "110.0万人", PLACES["target"], span("109.95", "110.05"), None),
        ),
        (
            NOW,
            indicator(interval=Interval(Decimal(1), Decimal(2))),
            (FigureSource.TARGET, None, "—", PLACES["target"], None, Lack.MISSING),
        ),
        (EARLIER, indicator(), (FigureSource.TARGET, None, "—", PLACES["target"], None, Lack.MISSING)),
        (
            BEFORE,
            indicator(Baseline("100", Decimal(100))),
            (FigureSource.BASELINE, Fraction(100), "100万人", PLACES["baseline"], span("99.5", "100.5"), None),
        ),
        (
            BEFORE,
            indicator(Baseline("约100", Decimal(100), approximate=True)),
            (FigureSource.BASELINE, Fraction(100), "约100万人", PLACES["baseline"], None, None),
        ),
        (
            BEFORE,
            indicator(Baseline("—", None)),
            (FigureSource.BASELINE, None, "—", PLACES["baseline"], None, Lack.MISSING),
        ),
        (BEFORE, indicator(), (FigureSource.BASELINE, None, "—", PLACES["baseline"], None, Lack.MISSING)),
    ],
)
def test_the_column_of_targets(term: Term, one: Indicator, expected: tuple[object, ...]) -> None:
    result = targets(term, one)
    assert (result.source, result.value, result.text, result.place, result.possible, result.lack) == expected
    assert result.approximate is ("约" in result.text)


def test_the_column_of_baselines_knows_nothing_earlier() -> None:
    result = indicator(Baseline("100", Decimal(100)))
    assert baselines(NOW, result).value == 100
    assert baselines(BEFORE, result) == Input(
        term=BEFORE, indicator=result, source=FigureSource.BASELINE, lack=Lack.MISSING
    )
    assert baselines(EARLIER, result).lack is Lack.MISSING


def sent(raw: str, amount: str | None, unit: Unit | None, *, about: bool = False, in_cell: bool = False) -> Observation:
    return Observation(
        "x",
        Reading.VALUE,
        raw,
        CELL,
        Period(2019),
        amount=None if amount is None else Decimal(amount),
        unit=unit,
        approximate=about,
        unit_in_cell=in_cell,
    )


@pytest.mark.parametrize(
    ("seen", "actual", "text", "stands_for"),
    [
        (sent("111", "111", None), "111", "111万人", span("110.5", "111.5")),
        (sent(" 111 ", "111", PEOPLE), "111", "111万人", span("110.5", "111.5")),
        (sent("1 110\n000", "1110000", HEADS), "111", "1 110 000人", span("110.99995", "111.00005")),
        (sent("111万人", "111", PEOPLE, in_cell=True), "111", "111万人", span("110.5", "111.5")),
        (sent("约111", "111", PEOPLE, about=True), "111", "约111万人", None),
        (sent("111", None, PEOPLE), "111", "111万人", None),
    ],
)
def test_a_figure_as_it_was_sent(seen: Observation, actual: str, text: str, stands_for: NumberRange | None) -> None:
    one = indicator()
    result = Result(indicator=one, verdict=Verdict.MET, observation=seen, actual=Fraction(actual))
    found = reported({"x": result}, {}, {})(NOW, one)
    assert (found.value, found.text, found.possible, found.place) == (Fraction(actual), text, stands_for, CELL)
    assert (found.source, found.lack, found.approximate) == (FigureSource.REPORTED, None, seen.approximate)


def test_why_a_figure_is_not_there() -> None:
    one, seen = indicator(Baseline("100", Decimal(100))), sent("很多", None, None)
    silent = Result(indicator=one, verdict=Verdict.UNREPORTED)
    unread = Result(indicator=one, verdict=Verdict.UNREADABLE, observation=seen)
    known = Result(indicator=one, verdict=Verdict.MET, observation=sent("95", "95", None), actual=Fraction(95))
    assert reported({}, {}, {})(NOW, one).lack is Lack.MISSING
    assert reported({"x": silent}, {}, {})(NOW, one).lack is Lack.MISSING
    assert reported({"x": unread}, {}, {})(NOW, one).lack is Lack.UNUSABLE
    refused = reported({"x": silent}, {"x": seen}, {})(NOW, one)
    assert (refused.lack, refused.place) == (Lack.UNUSABLE, CELL)
    assert reported({"x": known}, {}, {})(BEFORE, one).value == 100
    assert reported({"x": known}, {}, {})(EARLIER, one).lack is Lack.MISSING
    assert reported({}, {"x": seen}, {Period(2017): {"x": known}})(EARLIER, one).value == 95
    assert reported({}, {"x": seen}, {Period(2017): {}})(EARLIER, one).lack is Lack.MISSING
