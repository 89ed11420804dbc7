"""R3: from which size on a value looks as if it were in another unit; at each bound and right beside it."""

import json
from bisect import bisect
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import czurban
from czurban.checking.plausible import OddSize, odd_size, turning_points
from czurban.cli.app import run
from czurban.model.assessment import Verdict
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.period import Period
from czurban.model.target import Interval, Target
from czurban.model.unit import Unit, Units
from czurban.model.years import Baseline

UNITS = Units([Unit("X光机", "machine"), Unit("XX表", "meter"), Unit("X区", "area", Fraction(7_777_777))])  # made up
NEARLY = Fraction(1, 10**9)


def indicator(
    unit: str, kind: IndicatorKind, low: str | None = "100", high: str | None = None, base: str | None = None
) -> Indicator:
    of = UNITS.find(unit)
    assert of is not None
    bounds = Interval(None if low is None else Decimal(low), None if high is None else Decimal(high))
    target = Target(bounds, Period(2019), Baseline(base, Decimal(base)) if base else None)
    return Indicator(id="x", name="甲", unit=of, kind=kind, target=target, leads=())


# The target is 100 throughout, so that a value is its own ratio in per cent.
@pytest.mark.parametrize(
    ("unit", "kind", "value", "odd"),
    [
        # A stock is odd from 8 times on, either way.
        ("套", IndicatorKind.STOCK, "799.99", None),
        ("套", IndicatorKind.STOCK, "800", OddSize(8)),
        ("套", IndicatorKind.STOCK, "12.51", None),
        ("套", IndicatorKind.STOCK, "12.5", OddSize(8)),
        ("套", IndicatorKind.STOCK, "-100", None),
        ("套", IndicatorKind.STOCK, "-800", OddSize(8)),
        ("套", IndicatorKind.STOCK, "0", None),
        # Anything else from 30 times on, and above alone.
        ("套", IndicatorKind.FLOW, "2999.99", None),
        ("套", IndicatorKind.FLOW, "3000", OddSize(30)),
        ("万人", IndicatorKind.FLOW, "3000", OddSize(30, "人")),
        ("亿元", IndicatorKind.WORKS, "3000", OddSize(30, "元")),
        ("套", IndicatorKind.FLOW, "3", None),
        ("套", IndicatorKind.FLOW, "1", None),
        ("套", IndicatorKind.FLOW, "0.01", None),
        ("%", IndicatorKind.GROWTH, "3000", OddSize(30)),
        ("%", IndicatorKind.GROWTH, "2999", None),
        # Below it only by a hundred, 10⁴ or 10⁸, and where the unit is one that is mixed up.
        ("万人", IndicatorKind.FLOW, "2.01", None),
        ("万人", IndicatorKind.FLOW, "2", OddSize(50)),
        ("万人", IndicatorKind.FLOW, "0.5", OddSize(200)),
        ("万人", IndicatorKind.FLOW, "0.499", None),
        ("万人", IndicatorKind.FLOW, "0.0201", None),
        ("万人", IndicatorKind.FLOW, "0.02", OddSize(5000)),
        ("万人", IndicatorKind.FLOW, "0.005", OddSize(20000)),
        ("万人", IndicatorKind.FLOW, "0.00499", None),
        ("亿元", IndicatorKind.FLOW, "0.000002", OddSize(5 * 10**7)),
        ("亿元", IndicatorKind.FLOW, "0.00000201", None),
        ("亿元", IndicatorKind.FLOW, "0.0000005", OddSize(2 * 10**8)),
        ("亿元", IndicatorKind.FLOW, "0.000000499", None),
        # Above it the unit is named that it may really be in.
        ("万人", IndicatorKind.FLOW, "1000000", OddSize(10**4, "人")),
        ("万人", IndicatorKind.FLOW, "500000", OddSize(5000, "人")),
        ("万人", IndicatorKind.FLOW, "2000000", OddSize(20000, "人")),
        ("人", IndicatorKind.FLOW, "1000000", OddSize(10**4)),
        ("亿元", IndicatorKind.FLOW, "10000000000", OddSize(10**8, "元")),
        ("亿元", IndicatorKind.FLOW, "1000000", OddSize(10**4)),
        ("万元", IndicatorKind.FLOW, "10000000000", OddSize(10**8)),
        ("万人", IndicatorKind.FLOW, "10000", OddSize(100)),
        # Areas are mixed up with each other.
        ("公顷", IndicatorKind.STOCK, "1500", OddSize(15, "亩")),
        ("公顷", IndicatorKind.STOCK, "3000", OddSize(30, "亩")),
        ("公顷", IndicatorKind.STOCK, "3001", OddSize(30)),
        ("公顷", IndicatorKind.FLOW, "3001", OddSize(30)),
        ("公顷", IndicatorKind.FLOW, "800", OddSize(8, "亩")),
        ("公顷", IndicatorKind.FLOW, "799", None),
        ("公顷", IndicatorKind.FLOW, "1", OddSize(100, "平方千米")),
        ("公顷", IndicatorKind.FLOW, "2", OddSize(50, "平方千米")),
        ("公顷", IndicatorKind.FLOW, "2.01", None),
        ("公顷", IndicatorKind.FLOW, "0.5", OddSize(200, "平方千米")),
        ("公顷", IndicatorKind.FLOW, "0.499", None),
        ("公顷", IndicatorKind.FLOW, "0.01", OddSize(10**4, "万公顷")),
        ("公顷", IndicatorKind.FLOW, "0.000001", OddSize(10**8, "亿公顷")),
        ("公顷", IndicatorKind.STOCK, "1000000", OddSize(10**4, "平方米")),
        ("平方千米", IndicatorKind.STOCK, "10000", OddSize(100, "公顷")),
        ("平方千米", IndicatorKind.FLOW, "20000", OddSize(200, "公顷")),
        ("平方千米", IndicatorKind.FLOW, "20001", OddSize(200)),
        ("平方千米", IndicatorKind.FLOW, "5000", OddSize(50, "公顷")),
        ("平方千米", IndicatorKind.FLOW, "4999", OddSize(50)),
        ("平方千米", IndicatorKind.FLOW, "75000", OddSize(750, "亩")),
        ("平方千米", IndicatorKind.STOCK, "150000", OddSize(1500, "亩")),
        ("平方千米", IndicatorKind.FLOW, "300000", OddSize(3000, "亩")),
        ("平方千米", IndicatorKind.FLOW, "300001", OddSize(3000)),
        ("平方千米", IndicatorKind.STOCK, "100000000", OddSize(10**6, "平方米")),
        ("亩", IndicatorKind.FLOW, "6.67", OddSize(15, "公顷")),
        ("亩", IndicatorKind.FLOW, "0.0667", OddSize(1499, "平方千米")),
        ("亩", IndicatorKind.FLOW, "66700", OddSize(667, "平方米")),
        ("万亩", IndicatorKind.FLOW, "1000000", OddSize(10**4, "亩")),
        # A share from 0 to 1 looks like a fraction.
        ("%", IndicatorKind.RATE, "0.41", OddSize(100, fraction=True)),
        ("%", IndicatorKind.RATE, "1", OddSize(100, fraction=True)),
        ("%", IndicatorKind.RATE, "0.0001", OddSize(100, fraction=True)),
        ("%", IndicatorKind.RATE, "1.01", OddSize(99, fraction=True)),
        ("%", IndicatorKind.RATE, "2.01", OddSize(50)),
        ("%", IndicatorKind.RATE, "3.33", OddSize(30)),
        ("%", IndicatorKind.RATE, "3.34", None),
        ("%", IndicatorKind.MEAN, "3.33", OddSize(30)),
        ("%", IndicatorKind.GROWTH, "3.33", None),
        ("%", IndicatorKind.RATE, "-1", OddSize(100, fraction=True)),
        ("%", IndicatorKind.GROWTH, "10000", OddSize(100)),
        # What a unit begins with is no 万 or 亿, unless it is one.
        ("X光机", IndicatorKind.FLOW, "1", None),
        ("X光机", IndicatorKind.FLOW, "3000", OddSize(30)),
        ("XX表", IndicatorKind.FLOW, "10000", OddSize(100)),
        ("X区", IndicatorKind.FLOW, "0.01", OddSize(10**4, "万X区")),
        ("平方米", IndicatorKind.FLOW, "1", OddSize(100)),
        ("‰", IndicatorKind.RATE, "0.02", OddSize(100, fraction=True)),
    ],
)
def test_r3_odd_sizes(unit: str, kind: IndicatorKind, value: str, odd: OddSize | None) -> None:
    assert odd_size(Fraction(value), indicator(unit, kind)) == odd


@pytest.mark.parametrize(
    ("low", "high", "base", "value", "odd"),
    [
        ("10", None, None, "1", OddSize(100, fraction=True)),
        ("9.99", None, None, "1", None),  # 1 % may be meant where the target is below 10 %
        ("4.5", None, None, "0.045", OddSize(100, fraction=True)),
        ("100", None, "5", "1", None),  # near the baseline
        ("100", None, "9", "0.1", OddSize(90, fraction=True)),
        ("0.5", None, None, "50", OddSize(100)),
        ("0", None, None, "50", None),  # no size is known
        (None, "60", None, "0.5", OddSize(100, fraction=True)),
        ("40", "60", None, "0.5", OddSize(100, fraction=True)),
        ("0.1", None, "20", "1", None),
    ],
)
def test_r3_odd_shares(low: str | None, high: str | None, base: str | None, value: str, odd: OddSize | None) -> None:
    assert odd_size(Fraction(value), indicator("%", IndicatorKind.RATE, low, high, base)) == odd


def test_r3_a_value_near_the_baseline_or_either_bound_is_of_its_size() -> None:
    result = indicator("套", IndicatorKind.STOCK, "100", "10000", "1")
    assert [
        value for value in (Fraction("0.125"), 1, 7, 13, 799, 1251, 79_999) if odd_size(Fraction(value), result)
    ] == [Fraction("0.125")]
    assert odd_size(Fraction(80_000), result) == OddSize(8)


def test_r3_above_is_above_every_size_that_is_known() -> None:
    result = indicator("套", IndicatorKind.FLOW, "1", None, "100000")
    assert odd_size(Fraction(400), result) is None  # 400 times the one, and far below the other
    assert odd_size(Fraction(3_000_000), result) == OddSize(30)


ENDS = ["1", "8", "30", "50", "200", "5000", "20000", "50000000", "200000000"]
TIMES = ["15", "100", "2000/3", "1500", "10000", "1000000"]  # one unit of area in another
RATIOS = [*map(Fraction, ENDS), *(Fraction(item) * times for item in TIMES for times in (2, Fraction(1, 2)))]


@pytest.mark.parametrize("unit", ["万人", "套", "%", "‰", "平方米", "亩", "公顷", "平方千米"])
@pytest.mark.parametrize("kind", [IndicatorKind.STOCK, IndicatorKind.FLOW, IndicatorKind.RATE])
@pytest.mark.parametrize(("low", "base"), [("100", None), ("20", None), ("100", "7"), ("3", None), ("0.5", "40")])
def test_r3_between_two_turning_points_all_values_are_odd_or_none_is(
    unit: str, kind: IndicatorKind, low: str, base: str | None
) -> None:
    result = indicator(unit, kind, low, None, base)
    points = turning_points(result)
    assert points == sorted(set(points))
    assert min(points) > 0
    sizes = [Fraction(size) for size in (low, base) if size]
    bounds = {size * ratio for size in sizes for ratio in (*RATIOS, *(1 / ratio for ratio in RATIOS))} | {Fraction(1)}
    tried = {bound * (1 + step * NEARLY) for bound in bounds for step in (-1, 0, 1)}
    answers: dict[int, set[bool]] = {}
    for value in tried - set(points):
        answers.setdefault(bisect(points, value), set()).add(odd_size(value, result) is None)
    assert all(len(some) == 1 for some in answers.values())


@pytest.mark.parametrize(
    ("value", "verdict", "code"),
    [
        ("0.042%", Verdict.MET, "S218"),
        ("0.13%", Verdict.MET, "S218"),
        ("0.042", Verdict.UNREADABLE, "S206"),
        ("0.13", Verdict.UNREADABLE, "S206"),
        ("4.2", Verdict.MET, None),
    ],
)
def test_r3_a_verdict_by_an_implausible_value_leads_the_reports(  # noqa: PLR0913, PLR0917 - a table
    repo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], value: str, verdict: Verdict, code: str | None
) -> None:
    (tmp_path / "a.csv").write_text(f"指标,完成值\n城镇登记失业率,{value}\n", encoding="utf-8")
    figures = (str(tmp_path / "a.csv"), "--plan", str(repo / "data"), "--lang", "en")
    result = czurban.check(repo / "data", tmp_path / "a.csv").verdicts["registered_unemployment_rate"]
    assert result is verdict
    head = f"To be checked first, as the size of the figure is implausible (1): 城镇登记失业率 {value} (met)."
    for command in (("check", *figures), ("report", *figures), ("report", *figures, "-f", "html")):
        run(list(command))
        shown = capsys.readouterr().out
        assert (head in shown) is (code == "S218")
        assert ("size implausible" in shown) is (code == "S218")
    run(["check", *figures, "-f", "json"])
    (row,) = (row for row in json.loads(capsys.readouterr().out)["results"] if row["name"] == "城镇登记失业率")
    assert ("implausible" in row["notes"]) is (code == "S218")
    run(["report", *figures, "-f", "markdown"])
    section = capsys.readouterr().out.partition("## To be checked first (1)")[2].partition("##")[0]
    assert ("Judged as “met” as written." in section and "times off the figures of the plan" in section) is (
        code == "S218"
    )
