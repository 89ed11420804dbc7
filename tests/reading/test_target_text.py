"""R1 and R2: a target's words to its interval, or why they decide nothing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.model.finding import Message, say
from czurban.model.target import Interval
from czurban.reading.phrases.phrase import read_target

FLOOR, CEILING = Interval(low=Decimal("4.5")), Interval(high=Decimal("4.5"))
ABOVE, BELOW = Interval(low=Decimal("4.5"), low_open=True), Interval(high=Decimal("4.5"), high_open=True)


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        *(
            (text, FLOOR)
            for text in ("≥4.5", "≥ 4.5", ">=4.5", "＞＝4.5", "≥４．５", "不低于4.5", "不少于4.5", "达到4.5")
        ),
        *((text, FLOOR) for text in ("达到4.5以上", "4.5以上", " 4.5 以上 ")),
        *(
            (text, CEILING)
            for text in (
                "≤4.5",
                "<=4.5",
                "不超过4.5",
                "不高于4.5",
                "4.5以下",
                "4.5以内",
                "控制在4.5以下",
                "控制在4.5以内",
                "控制在4.5",
            )
        ),
        *((text, ABOVE) for text in (">4.5", "＞4.5", "超过4.5", "高于4.5", "多于4.5")),
        *((text, BELOW) for text in ("<4.5", "＜4.5", "低于4.5", "少于4.5")),
        *(
            (text, Interval(Decimal(6), Decimal("6.5")))
            for text in ("6~6.5", "6～6.5", "6至6.5", "6—6.5", "6–6.5", "6..6.5")
        ),
        ("=100", Interval(Decimal(100), Decimal(100))),
        ("≥-3", Interval(low=Decimal(-3))),
        ("≥12,345", Interval(low=Decimal(12345))),
        ("5~5", Interval(Decimal(5), Decimal(5))),
        *((text, Interval(Decimal(5), Decimal(7), low_open=True)) for text in ("5＜x≤7", "5<数值<=7", "7 ≥ X > 5")),
        ("5≤x＜7", Interval(Decimal(5), Decimal(7), high_open=True)),
        ("7>x≥5", Interval(Decimal(5), Decimal(7), high_open=True)),
    ],
)
def test_r1_words_of_a_target(text: str, interval: Interval) -> None:
    assert read_target(text) == interval


@pytest.mark.parametrize(
    ("text", "says"),
    [
        *((text, "which way is better") for text in ("41", "41%", "90.9", "4所", "1,234")),
        *((text, "approximation") for text in ("41左右", "约190", "大约190", "≥41左右")),
        *((text, "before it begins") for text in ("7~6", "6.5至6")),
        *((text, "not a target") for text in ("", "好", "≥", "≥五六十", "≥1,23", "≥41 ≤50", "≥41≥42", "=")),
    ],
)
def test_r1_what_is_no_target(text: str, says: str) -> None:
    read = read_target(text)
    assert isinstance(read, Message)
    assert says in str(read)


@pytest.mark.parametrize(
    ("text", "side", "tolerance", "interval"),
    [
        ("30左右", "floor", "2", Interval(low=Decimal(28))),
        ("30左右", "ceiling", "2", Interval(high=Decimal(32))),
        ("30左右", "both", "2", Interval(Decimal(28), Decimal(32))),
        ("30左右", "both", "0", Interval(Decimal(30), Decimal(30))),
        ("约30", "floor", "0.5", Interval(low=Decimal("29.5"))),
        ("大约30", "both", "0.5", Interval(Decimal("29.5"), Decimal("30.5"))),
        ("约 30左右", "both", "1", Interval(Decimal(29), Decimal(31))),
        ("12,000公顷左右", "ceiling", "1,500", Interval(high=Decimal(13500))),
        ("３０左右", "both", "２", Interval(Decimal(28), Decimal(32))),
        ("30.5%左右", "floor", "0.25", Interval(low=Decimal("30.25"))),
    ],
)
def test_r1_about_is_the_interval_its_side_and_tolerance_give(
    text: str, side: str, tolerance: str, interval: Interval
) -> None:
    assert read_target(text, side, tolerance, lambda _: Fraction(1)) == interval


@pytest.mark.parametrize(
    ("text", "side", "tolerance", "says"),
    [
        ("30左右", None, "2", "approximation without"),
        ("30左右", "floor", None, "approximation without"),
        ("30左右", "floor", "", "approximation without"),
        ("30左右", "up", "2", "approximation without"),
        ("30左右", "floor", "2%", "approximation without"),
        ("30左右", "floor", "little", "approximation without"),
        ("五六十左右", "floor", "2", "approximation without"),
        ("≥30左右", "floor", "2", "approximation without"),
        ("≥30", "floor", "2", "for 左右 alone"),
        ("≥30", "floor", None, "for 左右 alone"),
        ("≥30", None, "2", "for 左右 alone"),
        ("30", "both", "2", "for 左右 alone"),
    ],
)
def test_r1_about_is_refused_without_both_and_nothing_else_takes_them(
    text: str, side: str | None, tolerance: str | None, says: str
) -> None:
    read = read_target(text, side, tolerance)
    assert isinstance(read, Message)
    assert says in str(read)


NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


@given(NUMBERS, st.sampled_from("≥≤><="))
def test_r1_a_target_reads_its_own_spelling(number: Decimal, sign: str) -> None:
    read = read_target(f"{sign}{number}")
    assert isinstance(read, Interval)
    assert read_target(str(read)) == read
    assert read.bound == number


FACTORS = {"万人": Fraction(10**4), "人": Fraction(1), "亩": Fraction(1, 15), "半": Fraction(1, 2), "双": Fraction(2)}


def scale(unit: str) -> Fraction | Message:
    return FACTORS.get(unit) or say("no such unit: {unit}", unit=unit)


@pytest.mark.parametrize(
    ("text", "more", "read"),
    [
        ("≥1.8万人", (), Interval(low=Decimal(18000))),
        ("≥18人", (), Interval(low=Decimal(18))),
        ("≥18双", (), Interval(low=Decimal(36))),
        ("好", (), "“好” is not a target."),
        ("3半以下", (), Interval(high=Decimal("1.5"))),
        ("30亩~45亩", (), Interval(Decimal(2), Decimal(3))),
        ("3万人上下", ("both", "5"), Interval(Decimal(29995), Decimal(30005))),
        ("≥10亩", (), "“≥10亩” is no finite decimal in the indicator's unit."),
        ("10亩左右", ("floor", "1"), "“10亩左右” is no finite decimal in the indicator's unit."),
        ("≥3弗隆", (), "no such unit: 弗隆"),
        ("≤4.5之内", (), "“≤4.5之内” is not a target."),
        (f"≥{'1' * 99}", (), Interval(low=Decimal("1" * 99))),
        (f"≥{'1' * 98}人", (), Interval(low=Decimal("1" * 98))),
        (f"≥{'1' * 100}", (), f"“≥{'1' * 19}…” is longer than 100 characters."),
        ("3左右", ("floor", "1" * 100), Interval(low=3 - Decimal("1" * 100))),
        ("3左右", ("floor", "1" * 101), "“3左右…” is longer than 100 characters."),
    ],
)
def test_r3_a_printed_target_in_another_unit(text: str, more: tuple[str, ...], read: Interval | str) -> None:
    side, tolerance = more or (None, None)
    found = read_target(text, side, tolerance, scale)
    assert (str(found) if isinstance(found, Message) else found) == read
