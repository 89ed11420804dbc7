"""R3: exact conversions between units."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.model.text import key
from czurban.model.unit import Unit, Units, base_of

UNITS = Units()


def unit(name: str) -> Unit:
    result = UNITS.find(name)
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("amount", "given_in", "wanted", "expected"),
    [
        ("963000", "人", "万人", "96.3"),
        ("96.3", "万人", "人", "963000"),
        ("1", "亿元", "万元", "10000"),
        ("1", "亿元", "元", "100000000"),
        ("19500", "公顷", "平方千米", "195"),
        ("195", "平方千米", "公顷", "19500"),
        ("1", "平方千米", "平方公里", "1"),
        ("1", "平方千米", "亩", "1500"),
        ("15", "亩", "公顷", "1"),
        ("1", "亩", "公顷", "1/15"),
        ("1.95", "万公顷", "平方千米", "195"),
        ("1", "万亩", "平方公里", "20/3"),
        ("1", "‰", "%", "0.1"),
        ("410", "‰", "%", "41"),
        ("0.5", "Gbps", "Mbps", "500"),
        ("500", "兆", "Mbps", "500"),
        ("144", "㎡", "平方米", "144"),
        ("4", "个", "所", "4"),
        ("0.6791", "万套", "套", "6791"),
        ("837.466", "thousand persons", "万人", "83.7466"),
        ("0.29", "%", "%", "0.29"),
    ],
)
def test_r3_conversion_is_exact(amount: str, given_in: str, wanted: str, expected: str) -> None:
    assert unit(given_in).convert(Decimal(amount), unit(wanted)) == Fraction(expected)


@pytest.mark.parametrize(
    "name", ["", "万", "亿", "万%", "万‰", "E5", "左右", "公斤米", "万万人", "furlong", "①", "人人"]
)
def test_r3_unknown_unit_is_not_guessed(name: str) -> None:
    assert UNITS.find(name) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("%", "人"),
        ("%", "百分点"),
        ("平方米", "平方米/人"),
        ("米", "平方米"),
        ("套", "个"),
        ("万人", "万元"),
        ("户", "人"),
    ],
)
def test_r3_incompatible_units_do_not_convert(one: str, other: str) -> None:
    with pytest.raises(ValueError, match="different things"):
        unit(one).convert(Decimal(1), unit(other))


@pytest.mark.parametrize(
    ("written", "name"), [("ＭＢＰＳ", "Mbps"), ("gbps", "Gbps"), ("万 人", "万人"), ("％", "%"), (" 人 ", "人")]
)
def test_r3_units_are_found_whatever_their_width_case_and_spaces(written: str, name: str) -> None:
    assert unit(written).name == name


@pytest.mark.parametrize(("name", "base"), [("万人", "人"), ("亿元", "元"), ("人", "人"), ("%", "%")])
def test_r3_base_of(name: str, base: str) -> None:
    assert base_of(unit(name), UNITS).name == base


def test_r3_declared_unit_comes_first() -> None:
    units = Units([Unit("标箱", "container"), Unit("大箱", "container", Fraction(2))])
    big, small = units.find("大箱"), units.find("万标箱")
    assert big is not None
    assert small is not None
    assert big.convert(Decimal(5000), small) == 1


@pytest.mark.parametrize(("name", "share"), [("%", True), ("‰", True), ("百分点", False), ("人", False)])
def test_r3_shares(name: str, share: bool) -> None:  # noqa: FBT001 - a table's column
    assert unit(name).is_share is share


AREAS = ["平方米", "公顷", "平方千米", "亩", "acre", "万亩", "亿平方米"]


@given(st.integers(-(10**12), 10**12), st.integers(-9, 3), st.sampled_from(AREAS), st.sampled_from(AREAS))
def test_r3_there_and_back_is_exact(number: int, exponent: int, one: str, other: str) -> None:
    amount = Decimal(number).scaleb(exponent)
    there = unit(one).convert(amount, unit(other))
    back = unit(other).convert(Decimal(1), unit(one))
    assert there * back == Fraction(amount)


# What one of each unit is, written down a second time: from the law on units and not from the program.
WRITTEN_TWICE = {
    ("person", "1 "): "students pupils children patients workers employees",
    ("works", "1 "): "businesses companies parks stations clinics libraries",
    ("share", "1"): "% percent pct 百分比 百分数 百分率 户/百户 人/百人",
    ("share", "1/10"): "‰ 千分数 千分比 千分率 permille 人/千人 1/千",
    ("share", "1/100"): "万分比 人/万人 1/万",
    ("share", "1/1000"): "1/10万 /10万 10万分之一 十万分之一 人/10万 人/10万人 人/十万人",
    ("percentage point", "1"): "百分点 个百分点 pp",
    ("multiple", "1"): "倍 times ratio",
    ("score", "1"): "分 points",
    ("index", "1"): "指数 点 index",
    ("rank", "1"): "位 名次 rank",
    ("stage", "1"): "阶段 stage",
    ("number", "1000"): "thousand",
    ("number", "1000000"): "million",
    ("number", "1000000000"): "billion",
    (
        "person",
        "1",
    ): "人 名 人口 person persons people capita inhabitants residents population deaths births",
    ("person", "10000"): "万人 万人口",
    ("person", "1000"): "千人 千人口",
    ("person", "100000"): "十万人",
    ("person", "100000000"): "亿人",
    ("person", "1000000"): "百万人",
    ("person", "10000000"): "千万人",
    ("visit", "1"): "人次 visits person-times visitors",
    ("visit", "10000"): "万人次",
    ("area", "1"): "平方米 m2 m² ㎡ sqm",
    ("area", "10000"): "公顷 hectare hectares ha",
    ("area", "1000000"): "平方千米 平方公里 km2 km² ㎢",
    ("area", "10000/15"): "亩",
    ("area", "4046.8564224"): "acre acres",
    ("area", "10000000"): "千公顷",
    ("area", "100000000"): "万公顷 亿平方米",
    ("area per person", "1"): "平方米/人 ㎡/人 m²/人 m2/人 m²/person",
    ("volume", "1"): "立方米 m3 m³ ㎥ 方 千升",
    ("volume", "1/1000"): "升 litre litres liter l",
    ("volume", "1/1000000"): "毫升",
    ("volume", "1000000000"): "km3",
    ("volume", "100000000"): "亿立方米",
    ("bandwidth", "1"): "Mbps Mb/s Mbit/s 兆 兆比特/秒",
    ("bandwidth", "1000"): "Gbps Gb/s",
    ("bandwidth", "0.001"): "Kbps",
    ("length", "1"): "米 m metres meters",
    ("length", "1000"): "公里 千米 km 皮长公里 延长公里 kilometres kilometers",
    ("length", "1/100"): "厘米 cm",
    ("length", "1/1000"): "毫米 mm",
    ("length", "1852"): "海里",
    ("money", "1"): "元 人民币元 yuan rmb cny",
    ("money", "1/10"): "角",
    ("money", "10000"): "万元",
    ("money", "100000000"): "亿元",
    ("money", "1000000000000"): "万亿元",
    ("US dollar", "1"): "美元 usd us$ dollars $",
    ("US dollar", "100000000"): "亿美元",
    ("euro", "1"): "欧元 eur euro euros €",
    ("Hong Kong dollar", "1"): "港元 港币 hkd",
    ("energy as coal", "1"): "吨标准煤 吨标煤 tce",
    ("energy as coal", "1/1000"): "千克标准煤 公斤标准煤",
    ("energy as coal", "1/1000000"): "克标准煤",
    ("energy as coal", "10/7"): "吨油当量 toe",
    ("energy as coal", "10000/7"): "ktoe",
    ("energy as coal", "10000000/7"): "Mtoe",
    ("energy as coal", "1000000"): "Mtce",
    ("energy as coal", "100000000"): "亿吨标准煤",
    ("electricity", "1"): "千瓦时 千瓦小时 kWh",
    ("electricity", "1000"): "兆瓦时 MWh",
    ("electricity", "1000000"): "GWh",
    ("electricity", "1000000000"): "TWh",
    ("electricity", "100000000"): "亿千瓦时",
    ("power", "1"): "千瓦 千伏安 kW kVA",
    ("power", "1/1000"): "瓦",
    ("power", "1000"): "兆瓦 MW",
    ("power", "1000000"): "吉瓦 GW",
    ("power", "10000"): "万千瓦",
    ("heat", "1"): "焦耳",
    ("heat", "1000"): "千焦",
    ("heat", "1000000"): "MJ 兆焦",
    ("heat", "1000000000"): "吉焦 GJ",
    ("mass", "1"): "吨 t tonne tonnes tons",
    ("mass", "0.001"): "千克 公斤 kg",
    ("mass", "0.0005"): "斤",
    ("mass", "0.05"): "担",
    ("mass", "1/1000000"): "克 g",
    ("mass", "1/1000000000"): "毫克 mg",
    ("mass", "1/1000000000000"): "微克 μg ug",
    ("carbon dioxide", "1"): "吨二氧化碳 吨二氧化碳当量 tco2 tco2e",
    ("carbon dioxide", "0.001"): "千克二氧化碳",
    ("freight", "1"): "吨公里 吨千米 tkm",
    ("freight", "100000000"): "亿吨公里",
    ("passenger traffic", "1"): "人公里 人千米 pkm",
    ("container", "1"): "标准箱 teu",
    ("deadweight", "1"): "载重吨 dwt",
    ("day", "1"): "天 日 day days",
    ("day", "1/24"): "小时 hours",
    ("day", "1/1440"): "分钟 minutes",
    ("day", "1/86400"): "秒",
    ("year", "1"): "年 岁 周岁 year years",
    ("month", "1"): "个月 months",
    ("temperature", "1"): "摄氏度 ℃ °C",
    ("sound level", "1"): "分贝 db db(a)",
    (
        "works",
        "1",
    ): "个 所 座 处 家 项 条 件 works 栋 幢 schools projects sites buildings",
    ("dwelling", "1"): "套 dwellings dwelling homes home",
    ("household", "1"): "户 household households",
    ("bed", "1"): "张 床 床位 beds",
    ("vehicle", "1"): "辆 vehicles vehicle cars buses",
    ("standard vehicle", "1"): "标台 标准车",
    ("machine", "1"): "台 部 台套 台（套）",
    ("vessel", "1"): "艘 vessels 艘次",
    ("aircraft", "1"): "架 架次",
    ("case", "1"): "起 例 宗 cases",
    ("occurrence", "1"): "次 场 场次",
    ("volume of books", "1"): "册 本",
    ("volume of books", "10000"): "万册件 万册 万册(件)",
    ("kind", "1"): "种 类",
    ("lot", "1"): "批 批次",
    ("copy", "1"): "份",
    ("plant", "1"): "株 棵 trees",
    ("animal", "1"): "头 只 羽 尾",
    ("animal", "10000"): "万头",
    ("village", "1"): "村 个村",
    ("piece of land", "1"): "宗地 块",
    ("room", "1"): "间 rooms",
    ("money per person", "1"): "元/人 万元/万人 元/每人 元每人",
    ("money per person per year", "1"): "元/人·年 元/(人·年)",
    ("money per area", "1"): "元/平方米 元每平方米",
    ("money per area", "15"): "万元/亩",
    ("mass per volume", "1/1000000000000"): "微克/立方米 μg/m³ ug/m3 µg/m3 µg/m³",
    ("mass per volume", "1/1000000"): "毫克/升 mg/l",
    ("energy as coal per money", "1/10000"): "吨标准煤/万元",
    ("volume per money", "1/10000"): "立方米/万元",
    ("carbon dioxide per money", "1/10000"): "吨二氧化碳/万元",
    ("bed per person", "1/1000"): "张/千人 张/每千人口",
    ("bed per person", "1/100000"): "张/10万人",
    ("person per area", "1/1000000"): "人/平方公里 人/平方千米",
    ("works per person", "1/10000"): "件/万人 个/万人",
    ("standard vehicle per person", "1/10000"): "标台/万人",
    ("electricity per person", "1"): "千瓦时/人",
    ("volume per person per day", "1/1000"): "升/人·日",
    ("trip", "1"): "trips trip journeys",
    ("vehicle trip", "1"): "辆次 车次",
    ("vehicle trip", "10000"): "万辆次",
    ("job", "1"): "jobs job 岗位 个岗位",
    ("day of work", "1"): "人天 人日 工日",
    ("gas at standard conditions", "1"): "标准立方米 标立方米 Nm3 Nm³",
    ("gas at standard conditions", "10000"): "万标准立方米",
    ("length", "201168/125"): "miles mile",
    ("length", "381/1250"): "feet ft",
    ("euro", "1000000"): "€m",
    ("pound sterling", "1"): "英镑 gbp £",
    ("pound sterling", "1000"): "£k",
    ("pound sterling", "1000000"): "£m",
    ("pound sterling", "1000000000"): "£bn",
    ("heat", "1000000000000"): "太焦 TJ",
    ("heat", "1000000000000000"): "PJ",
    ("mass", "1000"): "kt",
    ("mass", "1000000"): "Mt",
    ("carbon dioxide", "1000"): "ktCO2 ktCO2e",
    ("carbon dioxide", "1/1000"): "kgCO2 kgCO2e",
    ("carbon dioxide", "1000000"): "MtCO2 MtCO2e",
    ("carbon", "1"): "吨碳 tC",
    ("parts by volume", "1"): "ppm",
    ("parts by volume", "1/1000"): "ppb",
    ("turbidity", "1"): "NTU",
    ("radiation dose", "1"): "微西弗 μSv",
    ("radiation dose", "1000"): "毫西弗 mSv",
    ("radioactivity", "1"): "贝克 Bq",
    ("frequency", "1"): "赫兹",
    ("frequency", "1000"): "千赫",
    ("frequency", "1000000"): "兆赫",
    ("frequency", "1000000000"): "吉赫",
    ("computing power", "1"): "PFLOPS",
    ("computing power", "1000"): "EFLOPS",
    ("computing power", "1/1000"): "TFLOPS",
    ("data", "1"): "MB",
    ("data", "1000"): "GB",
    ("data", "1000000"): "TB",
    ("data", "1000000000"): "PB",
    ("data", "1000000000000"): "EB",
    ("vehicle traffic", "1"): "车公里 车千米 vehicle-km vkm",
    ("seat", "1"): "座位 个座位 席 seats",
    ("bed day", "1"): "床日",
    ("line", "1"): "线 门 lines",
    ("class", "1"): "班 班级 个班",
    ("class hour", "1"): "学时 课时",
    ("weight box", "1"): "重量箱",
    ("box", "1"): "箱 盒",
    ("bottle", "1"): "瓶",
    ("pair", "1"): "双",
    ("spindle", "1"): "锭 纱锭",
    ("piece", "1"): "支 枝 枚 根 盏 粒",
    ("well", "1"): "眼",
    ("parcel", "1"): "票 parcels",
    ("article", "1"): "篇",
    ("household visit", "1"): "户次",
    ("machine per household", "1/100"): "台/百户",
    ("machine per person", "1/100"): "部/百人",
    ("pound sterling per area", "1"): "£/m2",
}
OF_SEVERAL_WORDS = {
    "per cent": ("share", "1"),
    "per 1 000": ("share", "1/10"),
    "per 1,000": ("share", "1/10"),
    "per 10 000": ("share", "1/100"),
    "per 10,000": ("share", "1/100"),
    "per 100 000": ("share", "1/1000"),
    "per 100,000": ("share", "1/1000"),
    "percentage points": ("percentage point", "1"),
    "thousand persons": ("person", "1000"),
    "thousand people": ("person", "1000"),
    "million people": ("person", "1000000"),
    "million USD": ("US dollar", "1000000"),
    "billion yuan": ("money", "1000000000"),
    "trillion yuan": ("money", "1000000000000"),
    "people per km²": ("person per area", "1/1000000"),
    "kg per capita": ("mass per person", "1/1000"),
    "m2 per person": ("area per person", "1"),
    "live births": ("person", "1"),
    "per 1,000 residents": ("share", "1/10"),
    "per 100,000 population": ("share", "1/1000"),
    "deaths per 100,000": ("share", "1/1000"),
    "deaths per 1 000 live births": ("share", "1/10"),
    "beds per 1,000": ("bed per person", "1/1000"),
    "cases per 100 000 residents": ("case per person", "1/100000"),
    "homes per year": ("dwelling per year", "1"),
    "housing units": ("dwelling", "1"),
    "charging points": ("works", "1"),
    "sq km": ("area", "1000000"),
    "square kilometres": ("area", "1000000"),
    "square kilometers": ("area", "1000000"),
    "sq m": ("area", "1"),
    "square metres": ("area", "1"),
    "square meters": ("area", "1"),
    "square miles": ("area", "40468564224/15625"),
    "sq mi": ("area", "40468564224/15625"),
    "square feet": ("area", "145161/1562500"),
    "sq ft": ("area", "145161/1562500"),
    "cubic metres": ("volume", "1"),
    "cubic meters": ("volume", "1"),
    "t CO2e": ("carbon dioxide", "1"),
    "kt CO2e": ("carbon dioxide", "1000"),
    "Mt CO2e": ("carbon dioxide", "1000000"),
    "tonnes CO2": ("carbon dioxide", "1"),
    "tonnes CO2e": ("carbon dioxide", "1"),
    "tonnes of CO2": ("carbon dioxide", "1"),
    "tonnes of CO2e": ("carbon dioxide", "1"),
    "pounds sterling": ("pound sterling", "1"),
    "£ million": ("pound sterling", "1000000"),
    "EUR million": ("euro", "1000000"),
    "billion €": ("euro", "1000000000"),
}
FACTORS = {name: of for of, names in WRITTEN_TWICE.items() for name in names.split()} | OF_SEVERAL_WORDS


@pytest.mark.parametrize(("name", "dimension", "factor"), [(name, *of) for name, of in FACTORS.items()])
def test_r3_every_factor(name: str, dimension: str, factor: str) -> None:
    result = unit(name)
    assert (result.dimension, result.factor) == (dimension, Fraction(factor))
    assert key(result.name) == key(name)


def test_r3_no_unit_is_left_out_of_the_second_list() -> None:
    assert set(UNITS.names()) <= {key(name) for name in FACTORS}


@pytest.mark.parametrize("name", ["MB/s", "kB/s", "GB", "Tbps", "TB", "MBps", "KB/s", "mB"])
def test_r3_a_byte_is_no_bit(name: str) -> None:
    assert (found := UNITS.find(name)) is None or found.ratio(unit("Mbps")) is None


@pytest.mark.parametrize("name", ["MT", "mt", "Tb", "mb", "MT CO2e", "kg per 1000", "per household", "units"])
def test_r3_a_symbol_of_another_case_or_an_unclear_count_is_not_guessed(name: str) -> None:
    assert UNITS.find(name) is None


@pytest.mark.parametrize("name", ["千%", "百人", "千", "亿‰", "百万", "千万", "万亿", "百万%"])
def test_r3_what_multiplies_no_unit(name: str) -> None:
    assert UNITS.find(name) is None


def test_r3_a_unit_that_only_looks_multiplied_is_itself() -> None:
    assert base_of(Unit("万维网站", "site"), UNITS).name == "万维网站"


def test_the_ratio_of_two_units_is_exact_or_none() -> None:
    units = Units()
    mu, hectare, persons = units.find("亩"), units.find("公顷"), units.find("人")
    assert mu
    assert hectare
    assert persons
    assert (mu.ratio(hectare), hectare.ratio(mu)) == (Fraction(1, 15), 15)
    assert mu.ratio(persons) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [("万入", "万人"), ("亿园", "亿元"), ("平方于米", "平方千米"), ("人/平方公理", "平方公里"), ("平方米每", "平方米")],
)
def test_a_mistyped_unit_has_similar_ones(text: str, name: str) -> None:
    assert name in UNITS.like(text)


@pytest.mark.parametrize("text", ["furlong", "蒸", ""])
def test_what_resembles_no_unit(text: str) -> None:
    assert UNITS.like(text) == ()
