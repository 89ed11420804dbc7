"""Printed targets, in Chinese and English: how each is read, or why it is none; and every rule reads back."""

import re
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
        ("〔13.5〕", "", "sum of years in per cent, or else a change"),
        ("≥五六十", "%", "not a target"),
        ("≥一千二", "%", "not a target"),
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


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("力争达到65%", "达到65%"),
        ("努力 … 达到65%以上", "达到65%以上"),
        ("aim to raise … to 65 %", "raise … to 65 %"),
        ("Our aim is to … at least 65 %", "at least 65 %"),
    ],
)
def test_a_word_makes_a_rule_an_aim(text: str, rule: str) -> None:
    aim, firm = read_phrase(text, context("%")), read_phrase(rule, context("%"))
    assert isinstance(aim, Phrase)
    assert isinstance(firm, Phrase)
    assert (aim.rule, aim.aspiration, firm.aspiration) == (firm.rule, True, False)


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


AS_PLANS_PRINT_THEM = """
五千以上|个|≥5000
三分之二以上|%|! Write ≥66.67
一半以上|%|≥50
过半|%|>50
前3名|%|! Write target: ≤3 and unit: 位.
四十以上|个|≥40
百分之四十|%|! Write ≥40 if more is better
1.2万以上|人|≥12000
不低于百分之九十五|%|≥95
达到 300 万亩以上|万亩|≥300
控制在 35 微克/立方米以内|微克/立方米|≤35
较2020年下降 18%|%|! Write percentage points (个百分点) for a change of the rate
比2020年提高 5 个百分点|%|≥2020年值+5
年均增长 6% 左右|%|! Write a bound such as ≥6, or 6左右 with side: and tolerance:.
翻一番|个|≥2×基期
比2020年翻一番|亿元|≥2×2020年值
累计下降 13.5%|%|! Write percentage points (个百分点) for a change of the rate
≥85%|%|≥85
＞90|个|>90
1.5亿吨以内|万吨|≤15000
不超过千分之三|%|≤0.3
增加到 12 万套|套|≥120000
零增长|个|≤0
实现全覆盖|%|=100
达到 100%|%|≥100
基本持平|个|! Write a bound such as ≥41, or 41左右 with side: and tolerance:.
稳步提高|个|不可量化
每千人 4.6 张|张|! Write ≥4.6 if more is better
80%以上（其中农村70%以上）|%|! Write target: 80%以上, and make an indicator of its own for the other.
三成以上|%|≥30
七成|%|! Write ≥70 if more is better
两倍以上|家|! Write target: 达到基期的2倍 for a multiple of the baseline.
下降到 0.3 以下|个|≤0.3
力争达到 45%|%|≥45
保持在 95% 以上|%|≥95
完成国家下达任务|%|不可量化
全省前三|%|! Write target: ≤3 and unit: 位.
5—6%|%|5~6
20%至25%|%|20~25
不少于 15 平方米|平方米|≥15
低于 3%|%|<3
5万人|人|! Write ≥50000 if more is better
三分之二以上|个|! Write the figure in 个, such as ≥41.
前三名|位|≤3
不少于二十五万人|人|≥250000
一亿二千万元以上|万元|≥12000
一千零五十个以上|个|≥1050
达到十万人|人|≥100000
三十至四十|个|30~40
四分之三以上|%|≥75
超过半数|%|>50
不足三分之一|%|! Write <33.33
十万分之九以下|1/10万|≤9
不超过万分之五|%|≤0.05
百分之百|%|=100
百分之六十五点五以上|%|≥65.5
九成五以上|%|≥95
建成十二个以上|个|≥12
全国前10|%|! Write target: ≤10 and unit: 位.
进入全省前五|位|≤5
排名前三位|位|≤3
由12%提高到20%|%|! Write target: 提高到20%, and 12% under baseline:.
从2020年的35降至30以下|微克/立方米|! Write target: 降至30以下, and 35 under baseline:.
第三产业占比过半|%|不可量化
一体化推进|项|不可量化
不少于十条|条|≥10
两千套|套|! Write ≥2000 if more is better
三万亿元以上|亿元|≥30000
40–45 %|%|40~45
double|个|≥2×基期
twice the 2018 level|trips|≥2×2018年值
cut by 20 %|t CO2e|≤0.8×基期
reduce by a third|%|! Write percentage points (个百分点) for a change of the rate
5 percentage points higher|%|≥基期+5
at least two thirds|%|! Write ≥66.67
half|%|! Write ≥50 if more is better
no fewer than 5,000|个|≥5000
net zero|t CO2e|! Write ≤0 for an indicator of net emissions.
at least 40% by 2030|%|! Write target: at least 40%, and the year under deadline:.
reduce by 55% compared with 1990|t CO2e|≤0.45×1990年值
no more than 10 µg/m3|µg/m3|≤10
less than 5 per 100,000|per 100,000|<5
halve|个|≤0.5×基期
1.5 million|people|! Write ≥1500000 if more is better
20,000 new homes per year|homes|! Write ≥20000 if more is better
between 30 and 40 %|%|30~40
80% of trips|%|! Write ≥80 if more is better
zero deaths|个|=0
carbon neutral by 2040|t CO2e|! Write target: carbon neutral, and the year under deadline:.
increase from 12% to 20%|%|! Write target: increase to 20%, and 12% under baseline:.
41 % by 2025|%|! Write target: 41 %, and the year under deadline:.
a quarter|%|! Write ≥25 if more is better
top 10|个|! Write target: ≤10 and unit: rank.
three quarters or more|%|≥75
more than double|个|>2×基期
triple the 2015 level|trips|≥3×2015年值
up 15% on 2019 levels|trips|≥1.15×2019年值
under 200 kt|kt|<200
max. 25 ppm|ppm|≤25
at most 1 in 10|%|≤10
not less than 30 %|%|≥30
30% reduction from 2005 levels|t CO2e|≤0.7×2005年值
50 per cent|per cent|! Write ≥50 if more is better
fifty per cent|%|! Write ≥50 if more is better
£2.5 billion|£ million|! Write ≥2500 if more is better
10 000 by 2026|个|! Write target: 10 000, and the year under deadline:.
maintain|个|! Write ≥41 for at least
increase|个|! Write ≥41 for at least
no more than 10 µg/m3|μg/m3|≤10
at least 6,500 new affordable homes|homes|≥6500
1.5 million new homes|homes|! Write ≥1500000 if more is better
at least £2.5bn|£ million|≥2500
reduce by a third|t CO2e|≤2/3×基期
reduce by 20 kt|kt|≤基期-20
cut by 20 %|kt|≤0.8×基期
20% fewer than in 2019|deaths|≤0.8×2019年值
halve the 2018 level|deaths|≤0.5×2018年值
a majority of households|%|>50
at least three in five|%|≥60
at least one in ten|%|≥10
no more than twelve|cases|≤12
at least twenty-five hectares|ha|≥25
two hundred and fifty homes|homes|! Write ≥250 if more is better
By 2030, cut emissions by 40%|t CO2e|! Write target: cut emissions by 40%, and the year under deadline:.
at least 5 percentage points above the baseline|%|≥基期+5
10% below the 2019 level|t|≤0.9×2019年值
twice as many as in 2018|trips|≥2×2018年值
three times the baseline|trips|≥3×基期
at least double the 2015 level|trips|≥2×2015年值
a 40% reduction|t CO2e|≤0.6×基期
an increase of 20%|t|≥1.2×基期
no net loss|ha|不可量化
zero|deaths|=0
zero traffic deaths|deaths|=0
reduce to 12|deaths|≤12
at least 90 per cent|%|≥90
max 5 minutes|minutes|≤5
within 15 minutes|minutes|≤15
at least €1.2 billion|EUR million|≥1200
$40 million or more|USD|≥40000000
under 10 ppm|ppm|<10
1,000 homes a year|homes|! Write ≥1000 if more is better
publish the strategy|stage|不可量化
as low as possible|%|不可量化
20 % less|t|≤0.8×基期
maintain at 95 %|%|! Write ≥95 if more is better
"""
"""Targets in the words of plans of provinces and cities: how each is read, or after ! what to write instead."""


@pytest.mark.parametrize(("text", "unit", "expected"), lines(AS_PLANS_PRINT_THEM))
def test_what_plans_print_is_read_exactly_or_refused_with_a_way_on(text: str, unit: str, expected: str) -> None:
    read = read_phrase(text, context(unit, "某指标"))
    if expected.startswith("! "):
        assert isinstance(read, Refusal), read
        assert str(read.hint).startswith(expected.removeprefix("! "))
    else:
        assert reading(text, unit).replace(" ", "") == expected.replace(" ", "")


def test_a_hint_for_the_figure_of_another_year_names_that_year() -> None:
    read = interval_for("cut … by 30 % compared with 2018", context())
    assert isinstance(read, Refusal)
    assert str(read.hint) == "Add the line reference: {2018: 61.5}, with that figure."


def numeral(number: int) -> str:
    """Write a number below 100 000 000 in Chinese, as a plan prints it."""
    if number >= 10**4:
        low = number % 10**4
        return numeral(number // 10**4) + "万" + (("零" if low < 10**3 else "") + numeral(low) if low else "")
    text, gap = "", False
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + word
        gap = not digit
    return text


@given(st.integers(1, 10**8 - 1), st.sampled_from(("{}个以上", "不少于{}个", "建成{}个")))
def test_every_chinese_numeral_reads_back(number: int, wording: str) -> None:
    assert interval_for(wording.format(numeral(number)), context("个")) == interval_of("≥", Decimal(number))


@given(st.integers(1, 999), st.integers(1, 99))
def test_every_chinese_fraction_is_its_share_or_refused_with_a_stricter_bound(below: int, above: int) -> None:
    share, read = Fraction(100 * above, below), interval_for(f"{numeral(below)}分之{numeral(above)}以上", context("%"))
    if isinstance(read, Interval):
        assert read.exact_bound == share
    else:
        near = Fraction(re.findall(r"\d+(?:\.\d+)?", str(read.hint))[0])
        assert 0 < near - share < Fraction(1, 100)


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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("达到4.5%", "城镇登记失业率"),
        ("达到195%", "国土空间开发强度"),
        ("达4.5%", "PM2.5平均浓度"),
        ("reach 4.5%", "Unemployment rate"),
        ("achieve 3%", "Share of CO2 emissions"),
    ],
)
def test_a_number_to_reach_says_no_side_where_plans_set_limits(text: str, name: str) -> None:
    units = Units()
    unit = units.find("%")
    context = PhraseContext(unit, name, scale=lambda printed: factor_between(printed, unit, units))
    refused = read_phrase(text, context)
    assert isinstance(refused, Refusal)
    assert "which way is better" in str(refused.message)
    assert isinstance(read_phrase(text, context._replace(name="常住人口城镇化率")), Phrase)
    assert isinstance(read_phrase(text, context._replace(name=f"{name}下降")), Phrase)
    assert isinstance(read_phrase("≤4.5%", context), Phrase)


@pytest.mark.parametrize(
    ("text", "unit", "interval"),
    [
        ("90%以上（含90%）", "%", Interval(Decimal(90))),
        ("30天以内（含本数）", "天", Interval(high=Decimal(30))),
        ("缩短至9分钟", "分钟", Interval(high=Decimal(9))),
        ("压降到3天以内", "天", Interval(high=Decimal(3))),
        ("原则上不突破19500公顷", "公顷", Interval(high=Decimal(19500))),
    ],
)
def test_everyday_wordings(text: str, unit: str, interval: Interval) -> None:
    units = Units()
    own = units.find(unit)
    assert interval_for(text, PhraseContext(own, scale=lambda printed: factor_between(printed, own, units))) == interval


def test_a_figure_of_another_time_in_brackets_is_offered_as_the_baseline() -> None:
    units = Units()
    share = units.find("%")
    context = PhraseContext(share, scale=lambda printed: factor_between(printed, share, units))
    for text in ("降到4%以内（2018年：4.3%）", "降到4%以内（2018年为4.3%）", "降到4%以内（基期4.3%）"):
        refused = interval_for(text, context)
        assert isinstance(refused, Refusal)
        assert refused.hint
        assert refused.hint.values == {"rest": "降到4%以内", "figure": "4.3%"}
        assert interval_for("降到4%以内", context) == Interval(high=Decimal(4))


@given(
    sign=st.sampled_from("≥≤"),
    number=st.from_regex(r"[0-9]{1,30}(\.[0-9]{1,12})?", fullmatch=True),
    unit=st.sampled_from(["", "%", "万人", "个"]),
    name=st.sampled_from(["", "城镇登记失业率", "常住人口"]),
)
def test_a_sign_and_a_number_are_read_as_the_longer_forms_are(sign: str, number: str, unit: str, name: str) -> None:
    context = PhraseContext(Units().find(unit), name=name)
    read = read_phrase(sign + number, context)
    assert read == Phrase(Conditions((interval_of(sign, Decimal(number)),)))
    assert read == read_phrase(f" {sign} {number} 。", context)
