"""Printed targets, in Chinese and English: how each is read, or why it is none; and every rule reads back."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.model.finding import Message
from czurban.model.rule import Grades, Phrase, rule_label
from czurban.model.target import Conditions, Interval, ReferenceKind, interval_of
from czurban.model.unit import Units
from czurban.reading.phrases.phrase import interval_for, read_phrase
from czurban.reading.phrases.tokens import PhraseContext, Refusal, factor_between
from czurban.words.translator import Translator

UNITS = Units()
CHINESE = Translator("zh")


def context(unit: str = "", name: str = "", growth: bool = False) -> PhraseContext:  # noqa: FBT001, FBT002 - a table's column
    known = UNITS.find(unit) if unit else None
    return PhraseContext(known, name, growth, lambda printed: factor_between(printed, known, UNITS))


def reading(text: str, unit: str = "", name: str = "", growth: bool = False) -> str:  # noqa: FBT001, FBT002 - as above
    read = read_phrase(text, context(unit, name, growth))
    assert isinstance(read, Phrase), read
    label = rule_label(read.rule)
    return CHINESE(label) if isinstance(label, Message) else label


READ = """
达到41%|%|≥41
达到99%以上|%|≥99
控制在4.5%以下|%|≤4.5
4.5%以内|%|≤4.5
不超过3.2||≤3.2
不高于35微克/立方米|微克/立方米|≤35
低于5.5%|%|<5.5
高于60%|%|>60
小于0.9||<0.9
＞35%|%|>35
≥ 53|%|≥53
>=53|%|≥53
≤90万元|万元|≤90
1100万人以上|万人|≥1100
1100万人以上|人|≥11000000
1.8万亿元左右|亿元|≈18000
3%左右|%|≈3
不少于326个|个|≥326
至少12处|处|≥12
不少于两万人|人|≥20000
三亿元以上|万元|≥30000
不低于一般公共预算收入增速|%|≥一般公共预算收入增速
6.5%—7%|%|6.5~7
6%-6.5%|%|6~6.5
6%至6.5%|%|6~6.5
6～6.5|%|6~6.5
[3,6]|%|3~6
(30,35]|%|>30 且 ≤35
（30，35］|%|>30 且 ≤35
30以上35以下|%|30~35
=100|%|=100
等于100%|%|=100
5㎡以上|平方米|≥5
≥5㎡。|平方米|≥5
力争达到65%|%|≥65
确保完成1.2万套|万套|≥1.2
完成1.2万套|套|≥12000
下降3.4%以上|%|≥3.4
比上年下降3%|%|≤-3
增长6%以上|%|≥6
增速不低于8%|%|≥8
与上年持平||=基期
不低于上年||≥基期
较上年提高0.5个百分点|%|≥基期+0.5
较上年减少2个以上|个|≤基期-2
翻一番|亿元|≥2×基期
比2015年翻一番|亿元|≥2×2015年值
〔13.5〕|%|累计13.5
〔1〕|岁|基期+1
年均增长7%以上|%|年均≥7
≥55且不降低||≥55 且 ≥基期
不低于85%，力争达到90%|%|≥85
零增长|%|≤0
未发生|起|=0
0起|起|=0
全覆盖|%|=100
100%|%|=100
高于全国平均水平|%|>全国
快于经济增长|%|>地区生产总值增速
翻两番|亿元|≥4×基期
三成以上|%|≥30
达到百分之四十一|%|≥41
达到百分之四十一点五|%|≥41.5
A：≥80；B：≥70；C：<70|%|等级A≥80 B≥70 C<70
应划尽划|%|不可量化
至少75%的受访者|%|≥75
at least 40%|%|≥40
above the OECD average|%|>OECD
at least 70% and no lower than the baseline|%|≥70 且 ≥基期
优：90以上；良：80以上；合格：60以上|%|等级优≥90 良≥80 合格≥60
no more than 4.5 per cent|%|≤4.5
below 10.0|%|<10.0
between 3 and 6|%|3~6
reduce to 3.4 percent|%|≤3.4
increase to 55.3 percent|%|≥55.3
20 million fewer than in 2008|million|≤2008年值-20
"""
FURTHER = """
不低于85％以上的学校|%|REFUSED
不少于1,200万元|亿元|≥0.12
保持在95%以上|%|≥95
控制在3万人以内|人|≤30000
提高到65%|%|≥65
降至3.4%以下|%|≤3.4
增加到1.5万张|张|≥15000
不超过180毫克/升|毫克/升|≤180
三成五左右|%|≈35
约190|万人|≈190
大约 190 万人|人|≈1900000
在30%至35%之间|%|30~35
介于30和35之间|%|30~35
-3~-1|%|-3~-1
≥-3|%|≥-3
只增不减|公顷|≥基期
只减不增|起|≤基期
比2015年提高1.5个百分点以上|%|≥2015年值+1.5
较基期下降2个百分点|%|≤基期-2
较上年增长6%以上|亿元|≥1.06×基期
比上年下降10%以上|起|≤0.9×基期
增长1倍|亿元|≥2×基期
达到2015年的2倍|亿元|REFUSED
高于全国平均水平2个百分点|%|>全国+2
不低于全省平均水平|%|≥全省
低于全国平均水平|%|<全国
年均不低于5%|%|年均≥5
〔18〕|%|累计18
不超过500元/人|元/人|≤500
≥40且≤60|%|≥40 且 ≤60
Up to 20 km|公里|≤20
at least 1,200 million USD|亿美元|≥12
40 or more|%|≥40
3 or fewer|起|≤3
more than 3 per cent|%|>3
"""


def lines(table: str) -> list[tuple[str, ...]]:
    return [tuple(line.split("|")) for line in table.strip().splitlines()]


OR_EQUAL = """
大于等于5|个|≥5
大于或等于5|个|≥5
高于或者等于5个|个|≥5
等于或大于5|个|≥5
达到或超过90%|%|≥90
不得低于5|个|≥5
不应小于5|个|≥5
小于等于5|个|≤5
低于或等于5|个|≤5
等于或者少于5|个|≤5
不得超过5|个|≤5
不能突破5|个|≤5
大于等于全国平均水平|%|≥全国
高于上年3个|个|>基期+3
不低于上年0.5个百分点|%|≥基期+0.5
greater than or equal to 5|%|≥5
less than or equal to 5|%|≤5
"""


@pytest.mark.parametrize(("text", "unit", "expected"), lines(OR_EQUAL))
def test_or_equal_and_may_not_are_bounds_of_their_figure(text: str, unit: str, expected: str) -> None:
    assert reading(text, unit).replace(" ", "") == expected


@pytest.mark.parametrize(
    ("text", "sign", "least", "aim"), [("85%以上，力争90%", "≥", 85, 90), ("控制在4.5%以内，力争4%以内", "≤", "4.5", 4)]
)
def test_an_aim_without_a_word_is_on_the_side_of_the_rule(text: str, sign: str, least: str, aim: int) -> None:
    read = read_phrase(text, context("%"))
    assert isinstance(read, Phrase), read
    assert read.rule == Conditions((interval_of(sign, Decimal(least)),))
    assert read.aim == Conditions((interval_of(sign, Decimal(aim)),))


@pytest.mark.parametrize(("text", "unit", "expected"), lines(READ))
def test_a_printed_target_is_read(text: str, unit: str, expected: str) -> None:
    assert reading(text, unit).replace(" ", "") == expected.replace(" ", "")


@pytest.mark.parametrize(("text", "unit", "expected"), [line for line in lines(FURTHER) if line[2] != "REFUSED"])
def test_targets_of_other_wordings_are_read(text: str, unit: str, expected: str) -> None:
    assert reading(text, unit).replace(" ", "") == expected.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "unit", "says"),
    [
        ("41%", "%", "which way is better"),
        ("百分之四十一", "%", "which way is better"),
        ("<4/<5.5", "%", "two targets"),
        ("4/5.5", "%", "two targets"),
        ("基本持平", "%", "approximation"),
        ("与经济增长同步", "%", "approximation"),
        ("≥30左右", "%", "approximation"),
        ("30亩以上", "万人", "in “亩”, and the indicator in “万人”"),
        ("7~6", "%", "before it begins"),
        ("[7,6]", "%", "before it begins"),
        ("增加2个", "个", "the amount itself or a change"),
        ("", "%", "not a target"),
        ("好", "%", "not a target"),
        ("不少于三百个", "个", "not a target"),
        ("不少于二十五万人", "人", "not a target"),
        ("〔13.5〕", "", "sum of years in per cent, or else a change"),
        ("≥四十", "%", "not a target"),
        ("≥1,23", "%", "not a target"),
        ("不低于", "%", "not a target"),
        ("≤4.5之内", "%", "not a target"),
        ("不低于85％以上的学校", "%", "not a target"),
        ("超过40%以上", "%", "not a target"),
        ("≥" + "1" * 100, "%", "longer than"),
    ],
)
def test_what_is_no_target_is_refused_with_what_to_write(text: str, unit: str, says: str) -> None:
    read = read_phrase(text, context(unit))
    assert isinstance(read, Refusal)
    assert says in str(read.message)
    assert str(read.hint)


@pytest.mark.parametrize(
    ("text", "name", "growth", "expected"),
    [
        ("下降3.4%以上", "单位GDP能耗下降", False, "≥3.4"),
        ("比上年下降3%", "单位GDP能耗降低", False, "≥3"),
        ("下降3.4%以上", "单位GDP能耗增速", True, "≤-3.4"),
        ("下降5%以内", "降幅", False, "≤5"),
        ("增长6%以内", "居民消费价格涨幅", False, "≤6"),
        ("增长6%以上", "地区生产总值增速", True, "≥6"),
    ],
)
def test_a_rise_or_fall_in_per_cent_depends_on_what_is_measured(
    text: str,
    name: str,
    growth: bool,  # noqa: FBT001 - a table's column
    expected: str,
) -> None:
    assert reading(text, "%", name, growth) == expected


def test_a_rise_in_per_cent_of_a_rate_may_mean_two_things() -> None:
    read = read_phrase("增长6%以上", context("%", "常住人口城镇化率"))
    assert isinstance(read, Refusal)
    assert "个百分点" in str(read.hint)


def test_an_aim_is_recorded_beside_the_rule() -> None:
    read = read_phrase("不低于85%，力争达到90%", context("%"))
    assert isinstance(read, Phrase)
    assert read.rule == Conditions((interval_of("≥", Decimal(85)),))
    assert read.aim == Conditions((interval_of("≥", Decimal(90)),))
    assert not read.aspiration
    alone = read_phrase("力争达到65%", context("%"))
    assert isinstance(alone, Phrase)
    assert alone.aspiration


@pytest.mark.parametrize(
    ("text", "unit", "baseline", "interval"),
    [
        ("与上年持平", "", "40", Interval(Decimal(40), Decimal(40))),
        ("较上年提高0.5个百分点", "%", "40", Interval(low=Decimal("40.5"))),
        ("≥55且不降低", "%", "60", Interval(low=Decimal(60))),
        ("≥55且不降低", "%", "50", Interval(low=Decimal(55))),
        ("翻一番", "亿元", "1.25", Interval(low=Decimal("2.50"))),
        ("较上年减少2个以上", "个", "7", Interval(high=Decimal(5))),
        ("≥40且≤60", "%", None, Interval(Decimal(40), Decimal(60))),
        (">40且≥40", "%", None, Interval(low=Decimal(40), low_open=True)),
    ],
)
def test_a_rule_relative_to_the_baseline_is_an_interval(
    text: str, unit: str, baseline: str | None, interval: Interval
) -> None:
    base = None if baseline is None else Fraction(baseline)
    assert interval_for(text, context(unit), baseline=base) == interval


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("与上年持平", "not in the plan"),
        ("比2015年翻一番", "not in the plan"),
        ("高于全国平均水平", "not in the plan"),
        ("〔13.5〕", "no rule for a value of the year"),
        ("应划尽划", "no rule for a value of the year"),
        ("A:≥80;B:<80", "no rule for a value of the year"),
        ("≥60且≤40", "leave no value"),
    ],
)
def test_what_has_no_interval_says_why(text: str, says: str) -> None:
    read = interval_for(text, context("%"))
    assert isinstance(read, Refusal)
    assert says in str(read.message)


NUMBERS = st.decimals(min_value=0, max_value=10**6, places=2).map(lambda number: abs(number).normalize())
WORDINGS = {
    "≥": (
        "≥{}",
        "达到{}",
        "不低于{}",
        "{}以上",
        "at least {}",
        "{} or more",
        "力争达到{}",
        "提高到{}",
        "≥ {}。",
        "确保完成{}以上",
    ),
    "≤": (
        "≤{}",
        "不超过{}",
        "{}以内",
        "控制在{}以下",
        "降至{}",
        "at most {}",
        "no more than {}",
        "不高于{}；",
        "reduce to {}",
    ),
    ">": (">{}", "高于{}", "超过{}", "more than {}", "突破{}"),
    "<": ("<{}", "低于{}", "少于{}", "below {}", "fewer than {}"),
    "=": ("={}", "等于{}", "exactly {}"),
}
ENGLISH_SPELLINGS = (("%", "%"), ("", ""), ("%", " per cent"))
SPELLINGS = (("%", "%"), ("万人", "万人"), ("个", "个"), ("微克/立方米", "微克/立方米"), ("", ""))


@given(NUMBERS, st.sampled_from(sorted(WORDINGS)), st.data())
def test_every_wording_of_a_bound_reads_back(number: Decimal, sign: str, data: st.DataObject) -> None:
    wording = data.draw(st.sampled_from(WORDINGS[sign]))
    english = wording.isascii() and " " in wording
    unit, spelling = data.draw(st.sampled_from(ENGLISH_SPELLINGS if english else SPELLINGS))
    read = interval_for(wording.format(f"{number:f}{spelling}"), context(unit))
    assert read == interval_of(sign, number)


@given(
    NUMBERS,
    NUMBERS,
    st.sampled_from(("{}~{}", "{}—{}", "{}至{}", "{}-{}", "在{}到{}之间", "between {} and {}", "[{},{}]")),
)
def test_every_wording_of_a_range_reads_back(first: Decimal, second: Decimal, wording: str) -> None:
    low, high = sorted((first, second))
    assert interval_for(wording.format(f"{low:f}", f"{high:f}"), context("%")) == Interval(low, high)


@given(
    st.text(
        alphabet="≥≤><=~-—至到以上下内不低于高超过控制在达百分之四十一1234567890.,%万人元年比上翻番"
        "持平〔〕[]()且，；力争约左右/ABCatles ",
        max_size=40,
    )
)
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(read_phrase(text, context("%")), Phrase | Refusal)
    assert isinstance(interval_for(text, context("万人"), baseline=Fraction(3)), Interval | Refusal)


PLAIN_NUMBERS = NUMBERS.map(lambda number: Decimal(f"{number:f}"))


@given(PLAIN_NUMBERS, PLAIN_NUMBERS, st.booleans(), st.booleans())
def test_every_rule_reads_back_as_it_is_shown(first: Decimal, second: Decimal, low_open: bool, high_open: bool) -> None:  # noqa: FBT001 - drawn
    low, high = sorted((first, second))
    for rule in (
        Interval(low, high, low_open and low != high, high_open and low != high),
        Interval(low=low, low_open=low_open),
        Interval(high=high, high_open=high_open),
        Interval(low, low),
    ):
        assert interval_for(str(rule), context("%")) == rule


CHANGES = {
    "≥": (
        "较上年提高{}个百分点",
        "比基期提高{}个百分点以上",
        "{} higher than the baseline",
        "{} more than the baseline",
    ),
    "≤": (
        "较上年下降{}个百分点",
        "较基期降低{}个百分点以上",
        "{} lower than the baseline",
        "{} less than the baseline",
    ),
}


@given(NUMBERS, NUMBERS, st.sampled_from(sorted(CHANGES)), st.data())
def test_every_wording_of_a_change_reads_back(
    number: Decimal, baseline: Decimal, sign: str, data: st.DataObject
) -> None:
    wording = data.draw(st.sampled_from(CHANGES[sign])).format(f"{number:f}")
    bound = Fraction(baseline) + (Fraction(number) if sign == "≥" else -Fraction(number))
    read = interval_for(wording, context("%"), baseline=Fraction(baseline))
    assert isinstance(read, Interval)
    assert read.same_rule(interval_of(sign, Decimal(0)))
    assert read.exact_bound == bound


OTHERS = {
    "≥": ("不低于{}", "不低于{}平均水平", "at least the {} average", "no lower than the {} average"),
    ">": ("高于{}", "高于{}平均", "above the {} average", "higher than the {} average"),
    "≤": ("不高于{}", "不超过{}平均水平", "at most the {} average", "no higher than the {} average"),
    "<": ("低于{}", "低于{}水平", "below the {} average", "less than the {} average"),
}


@given(st.sampled_from(sorted(OTHERS)), st.sampled_from(("全国", "全省", "OECD", "EU")), NUMBERS, st.data())
def test_every_wording_of_a_bound_at_another_figure_reads_back(
    sign: str, name: str, figure: Decimal, data: st.DataObject
) -> None:
    wordings = [each for each in OTHERS[sign] if ("average" in each) == name.isascii()]
    read = read_phrase(data.draw(st.sampled_from(wordings)).format(name), context("%"))
    assert isinstance(read, Phrase)
    assert isinstance(read.rule, Conditions)
    (reference,) = read.rule.references
    assert (reference.kind, reference.name) == (ReferenceKind.PLACE, name)
    assert read.rule.interval({reference: Fraction(figure)}) == interval_of(sign, figure)


@given(
    st.lists(PLAIN_NUMBERS, min_size=1, max_size=3, unique=True), st.sampled_from(("：", "")), st.sampled_from("；;/")
)
def test_every_wording_of_grades_reads_back(bounds: list[Decimal], colon: str, mark: str) -> None:
    bounds.sort(reverse=True)
    rules = [interval_of("≥", bound) for bound in bounds] + [interval_of("<", bounds[-1])]
    named = dict(zip("ABCD", rules, strict=False))
    read = read_phrase(mark.join(f"{name}{colon}{rule}" for name, rule in named.items()), context("%"))
    assert isinstance(read, Phrase)
    assert isinstance(read.rule, Grades)
    assert dict(read.rule.grades) == named
