"""Define units of measurement and convert between them by exact fractions (R3)."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import prod
from typing import NamedTuple

from czurban.model.text import key, nearest

SCALES = {"万": Fraction(10**4), "亿": Fraction(10**8)}
"""The Chinese number words that multiply a unit: 1万人 = 10⁴ 人, 1亿元 = 10⁸ 元."""
_PREFIXES = {
    **SCALES,
    "千": Fraction(1000),
    "百万": Fraction(10**6),
    "千万": Fraction(10**7),
    "十万": Fraction(10**5),
    "十亿": Fraction(10**9),
    "万亿": Fraction(10**12),
}
"""千, 百万, 千万 and 万亿 only multiply as part of a unit's name: 千公顷, 百万人; a number such as 3千 is not read."""


Powers = Mapping[str, int]
"""A dimension as base dimensions with their powers, none of them 0."""
_PER, _TIMES = " per ", " · "
_TIMES_OF_UNITS = frozenset({"day", "month", "year"})


@cache
def powers_of(dimension: str) -> Powers:
    """Return the base dimensions of a dimension with their powers: area per person is {area: 1, person: −1}."""
    over, *under = dimension.split(_PER)
    powers = Counter(over.split(_TIMES))
    powers.subtract(under)
    return {name: power for name, power in powers.items() if power}


class Unit(NamedTuple):
    """A unit with the dimension that it measures; one of it is `factor` base units of that dimension.

    The dimension of a quotient has “ per ” between its parts, and that of a product “ · ”.
    """

    name: str
    dimension: str
    factor: Fraction = Fraction(1)

    def convert(self, value: Decimal, to: "Unit") -> Fraction:
        """Convert a value from this unit to another, exactly: value × factor ÷ the other's factor (R3).

        The result is a Fraction because 1亩 = 1/15 公顷 has no finite decimal form.

        Raises:
            ValueError: the two measure different things.
        """
        exact = Fraction(*value.as_integer_ratio())  # a Decimal itself is asked for its type, which takes longer
        if self == to:
            return exact
        ratio = self.ratio(to)
        if ratio is None:
            msg = f"{self.name} and {to.name} measure different things"
            raise ValueError(msg)
        return exact * ratio

    def ratio(self, to: "Unit") -> Fraction | None:
        """Return how many of another unit one of this unit is; None where they measure different things."""
        return self.factor / to.factor if self.dimension == to.dimension else None

    @property
    def is_ratio(self) -> bool:
        """Whether it measures one amount per another, such as 吨标准煤/万元; what is per day or year alone is none."""
        return any(power < 0 and name not in _TIMES_OF_UNITS for name, power in powers_of(self.dimension).items())

    @property
    def is_share(self) -> bool:
        """Whether it is a share (%, ‰)."""
        return self.dimension == "share"


def _units(dimension: str, names: Mapping[str, int | Fraction | str]) -> Iterable[tuple[str, Unit]]:
    for name, factor in names.items():
        yield name, Unit(name, dimension, Fraction(factor))


# Area is in m²; 1亩 is 1/15 hectare by the 1984 order on legal units, an acre the international one of 1959. A ton of
# standard coal is 7 million kcal, and a ton of oil equivalent 10 million (GB/T 2589-2020). A month and a year have no
# exact number of days. Works counted in 个, 所 or 座 are the same works: the classifier has no size.
_CASED = re.compile(r"[KkMmGgTtPpEe]?B(?:/s|ps)?|[mM][tT](?:CO2e?)?")
_BY_SYMBOL = dict(
    [
        *_units("mass", {"Mt": 10**6}),
        *_units("carbon dioxide", {"MtCO2": 10**6, "MtCO2e": 10**6}),
        *_units("data", {"MB": 1, "GB": 1000, "TB": 10**6, "PB": 10**9, "EB": 10**12}),
    ]
)
"""Symbols whose case matters: MB are bytes and Mb bits, Mt are a million tonnes and MT is a metric ton."""
_HUNDRED = Fraction(100)
_BUILT_IN: dict[str, Unit] = dict(
    [
        *_units("share", dict.fromkeys(("%", "百分比", "百分数", "百分率", "per cent", "percent", "pct"), 1)),
        *_units("share", dict.fromkeys(("‰", "千分比", "千分数", "千分率", "per mille"), Fraction(1, 10))),
        *_units("share", dict.fromkeys(("per 1 000", "per 1,000", "人/千人", "1/千"), _HUNDRED / 1000)),
        *_units("share", dict.fromkeys(("万分比", "per 10 000", "per 10,000", "人/万人", "1/万"), _HUNDRED / 10**4)),
        *_units("share", dict.fromkeys(("1/10万", "/10万", "10万分之一", "十万分之一"), _HUNDRED / 10**5)),
        *_units("share", dict.fromkeys(("人/10万", "人/10万人", "人/十万人"), _HUNDRED / 10**5)),
        *_units("share", dict.fromkeys(("per 100 000", "per 100,000"), _HUNDRED / 10**5)),
        *_units("percentage point", {"百分点": 1, "个百分点": 1, "percentage points": 1, "pp": 1}),
        *_units("multiple", {"倍": 1, "times": 1, "ratio": 1}),
        *_units("score", {"分": 1, "points": 1}),
        *_units("index", {"指数": 1, "index": 1, "点": 1}),
        *_units("rank", {"位": 1, "名次": 1, "rank": 1}),
        *_units("stage", {"阶段": 1, "stage": 1}),
        *_units("number", {"thousand": 1000, "million": 10**6, "billion": 10**9}),
        *_units("person", {"人": 1, "名": 1, "人口": 1, "person": 1, "persons": 1, "people": 1, "capita": 1}),
        *_units(
            "person", dict.fromkeys(("inhabitants", "residents", "population", "deaths", "births", "live births"), 1)
        ),
        *_units("person", dict.fromkeys(("students", "pupils", "children", "patients", "workers", "employees"), 1)),
        *_units("visit", {"人次": 1, "visits": 1, "visitors": 1, "person-times": 1}),
        *_units("trip", {"trips": 1, "trip": 1, "journeys": 1}),
        *_units("vehicle trip", {"辆次": 1, "车次": 1}),
        *_units("job", {"jobs": 1, "job": 1, "岗位": 1, "个岗位": 1}),
        *_units("day of work", {"人天": 1, "人日": 1, "工日": 1}),
        *_units("household", {"户": 1, "households": 1, "household": 1}),
        *_units("area", {"平方米": 1, "m2": 1, "m²": 1, "㎡": 1, "公顷": 10**4, "hectare": 10**4, "ha": 10**4}),
        *_units("area", {"平方千米": 10**6, "平方公里": 10**6, "km2": 10**6, "km²": 10**6, "㎢": 10**6}),
        *_units("area", {"亩": Fraction(2000, 3), "acre": "4046.8564224", "acres": "4046.8564224", "hectares": 10**4}),
        *_units("area", {"sq km": 10**6, "square kilometres": 10**6, "square kilometers": 10**6}),
        *_units("area", {"sq m": 1, "sqm": 1, "square metres": 1, "square meters": 1}),
        *_units("area", {"square miles": "2589988.110336", "sq mi": "2589988.110336"}),
        *_units("area", {"square feet": "0.09290304", "sq ft": "0.09290304"}),
        *_units("volume", {"立方米": 1, "m3": 1, "m³": 1, "㎥": 1, "升": "0.001", "毫升": "0.000001"}),
        *_units("volume", {"litre": "0.001", "litres": "0.001", "liter": "0.001", "l": "0.001", "km3": 10**9}),
        *_units("volume", {"cubic metres": 1, "cubic meters": 1, "方": 1, "千升": 1}),
        *_units("gas at standard conditions", {"标准立方米": 1, "标立方米": 1, "Nm3": 1, "Nm³": 1}),
        *_units("bandwidth", {"Mbps": 1, "Mb/s": 1, "Mbit/s": 1, "兆": 1, "兆比特/秒": 1}),
        *_units("bandwidth", {"Gbps": 1000, "Gb/s": 1000, "Kbps": Fraction(1, 1000)}),
        *_units("length", {"米": 1, "m": 1, "公里": 1000, "千米": 1000, "km": 1000, "厘米": "0.01", "毫米": "0.001"}),
        *_units("length", {"cm": "0.01", "mm": "0.001", "海里": 1852, "皮长公里": 1000, "延长公里": 1000}),
        *_units("length", {"miles": "1609.344", "mile": "1609.344", "feet": "0.3048", "ft": "0.3048"}),
        *_units("length", {"metres": 1, "meters": 1, "kilometres": 1000, "kilometers": 1000}),
        *_units("money", {"元": 1, "yuan": 1, "人民币元": 1, "rmb": 1, "cny": 1, "角": "0.1"}),
        *_units("US dollar", {"美元": 1, "usd": 1, "us$": 1, "dollars": 1, "$": 1}),
        *_units("euro", {"欧元": 1, "eur": 1, "euro": 1, "euros": 1, "€": 1}),
        *_units("pound sterling", {"英镑": 1, "gbp": 1, "£": 1, "pounds sterling": 1}),
        *_units("Hong Kong dollar", {"港元": 1, "港币": 1, "hkd": 1}),
        *_units("energy as coal", {"吨标准煤": 1, "tce": 1, "吨标煤": 1, "千克标准煤": "0.001", "公斤标准煤": "0.001"}),
        *_units("energy as coal", {"克标准煤": "0.000001", "吨油当量": Fraction(10, 7), "toe": Fraction(10, 7)}),
        *_units("energy as coal", {"Mtoe": Fraction(10**7, 7), "ktoe": Fraction(10**4, 7), "Mtce": 10**6}),
        *_units(
            "electricity",
            {"千瓦时": 1, "千瓦小时": 1, "kWh": 1, "MWh": 1000, "GWh": 10**6, "TWh": 10**9, "兆瓦时": 1000},
        ),
        *_units("power", {"千瓦": 1, "瓦": "0.001", "兆瓦": 1000, "吉瓦": 10**6, "kW": 1, "MW": 1000, "GW": 10**6}),
        *_units("power", {"千伏安": 1, "kVA": 1}),
        *_units("heat", {"焦耳": 1, "千焦": 1000, "吉焦": 10**9, "GJ": 10**9, "MJ": 10**6}),
        *_units("heat", {"兆焦": 10**6, "太焦": 10**12, "TJ": 10**12, "PJ": 10**15}),
        *_units(
            "mass",
            {"吨": 1, "千克": "0.001", "公斤": "0.001", "t": 1, "kg": "0.001", "克": "0.000001", "g": "0.000001"},
        ),
        *_units("mass", {"毫克": "1e-9", "mg": "1e-9", "微克": "1e-12", "μg": "1e-12", "ug": "1e-12", "斤": "0.0005"}),
        *_units("mass", {"tonne": 1, "tonnes": 1, "tons": 1, "担": "0.05", "kt": 1000}),
        *_units(
            "carbon dioxide", {"吨二氧化碳": 1, "吨二氧化碳当量": 1, "tco2": 1, "tco2e": 1, "千克二氧化碳": "0.001"}
        ),
        *_units("carbon dioxide", {"ktCO2": 1000, "ktCO2e": 1000, "kgCO2": "0.001", "kgCO2e": "0.001"}),
        *_units("carbon dioxide", {"tonnes CO2": 1, "tonnes CO2e": 1, "tonnes of CO2": 1, "tonnes of CO2e": 1}),
        *_units("carbon", {"吨碳": 1, "tC": 1}),
        *_units("parts by volume", {"ppm": 1, "ppb": "0.001"}),
        *_units("turbidity", {"NTU": 1}),
        *_units("radiation dose", {"微西弗": 1, "毫西弗": 1000, "μSv": 1, "mSv": 1000}),
        *_units("radioactivity", {"贝克": 1, "Bq": 1}),
        *_units("frequency", {"赫兹": 1, "千赫": 1000, "兆赫": 10**6, "吉赫": 10**9}),
        *_units("computing power", {"PFLOPS": 1, "EFLOPS": 1000, "TFLOPS": "0.001"}),
        *_units("vehicle traffic", {"车公里": 1, "车千米": 1, "vehicle-km": 1, "vkm": 1}),
        *_units("freight", {"吨公里": 1, "吨千米": 1, "tkm": 1}),
        *_units("passenger traffic", {"人公里": 1, "人千米": 1, "pkm": 1}),
        *_units("container", {"标准箱": 1, "teu": 1}),
        *_units("deadweight", {"载重吨": 1, "dwt": 1}),
        *_units("day", {"天": 1, "日": 1, "days": 1, "day": 1, "小时": Fraction(1, 24), "hours": Fraction(1, 24)}),
        *_units("day", {"分钟": Fraction(1, 1440), "minutes": Fraction(1, 1440), "秒": Fraction(1, 86400)}),
        *_units("year", {"年": 1, "岁": 1, "周岁": 1, "years": 1, "year": 1}),
        *_units("month", {"个月": 1, "months": 1}),
        *_units("temperature", {"摄氏度": 1, "℃": 1, "°C": 1}),
        *_units("sound level", {"分贝": 1, "db": 1, "db(a)": 1}),
        *_units("works", dict.fromkeys(("个", "所", "座", "处", "家", "项", "条", "件", "works", "栋", "幢"), 1)),
        *_units("works", dict.fromkeys(("schools", "projects", "sites", "buildings"), 1)),
        *_units("works", dict.fromkeys(("businesses", "companies", "parks", "stations", "clinics", "libraries"), 1)),
        *_units("works", {"charging points": 1}),
        *_units("dwelling", {"套": 1, "dwellings": 1, "dwelling": 1, "homes": 1, "home": 1, "housing units": 1}),
        *_units("bed", {"张": 1, "床": 1, "床位": 1, "beds": 1}),
        *_units("seat", {"座位": 1, "个座位": 1, "席": 1, "seats": 1}),
        *_units("bed day", {"床日": 1}),
        *_units("vehicle", {"辆": 1, "vehicles": 1, "vehicle": 1, "cars": 1, "buses": 1}),
        *_units("standard vehicle", {"标台": 1, "标准车": 1}),
        *_units("machine", {"台": 1, "部": 1, "台套": 1, "台(套)": 1}),
        *_units("line", {"线": 1, "门": 1, "lines": 1}),
        *_units("vessel", {"艘": 1, "vessels": 1, "艘次": 1}),
        *_units("aircraft", {"架": 1, "架次": 1}),
        *_units("case", {"起": 1, "例": 1, "宗": 1, "cases": 1}),
        *_units("occurrence", {"次": 1, "场": 1, "场次": 1}),
        *_units("volume of books", {"册": 1, "本": 1, "万册件": 10**4, "万册(件)": 10**4}),
        *_units("kind", {"种": 1, "类": 1}),
        *_units("lot", {"批": 1, "批次": 1}),
        *_units("class", {"班": 1, "班级": 1, "个班": 1}),
        *_units("class hour", {"学时": 1, "课时": 1}),
        *_units("weight box", {"重量箱": 1}),
        *_units("box", {"箱": 1, "盒": 1}),
        *_units("bottle", {"瓶": 1}),
        *_units("pair", {"双": 1}),
        *_units("spindle", {"锭": 1, "纱锭": 1}),
        *_units("piece", {"支": 1, "枝": 1, "枚": 1, "根": 1, "盏": 1, "粒": 1}),
        *_units("well", {"眼": 1}),
        *_units("parcel", {"票": 1, "parcels": 1}),
        *_units("article", {"篇": 1}),
        *_units("household visit", {"户次": 1}),
        *_units("copy", {"份": 1}),
        *_units("plant", {"株": 1, "棵": 1, "trees": 1}),
        *_units("animal", {"头": 1, "只": 1, "羽": 1, "尾": 1}),
        *_units("village", {"村": 1, "个村": 1}),
        *_units("piece of land", {"宗地": 1, "块": 1}),
        *_units("room", {"间": 1, "rooms": 1}),
    ]
)
ENGLISH_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_QUOTIENT = re.compile(r"/|(?<=\w)每|\sper\s")
_PRODUCT = re.compile(r"[·•*×]")
_COUNTED = re.compile(r"(10{1,6})(?!\d)|百")
"""A number of units that a rate is counted by: 10 in 张/10万人, 百 in 台/百户."""
_ROUND = re.compile(r"(?<!\d)(10{0,2})[ ,]000(?!\d)")
_PER_COUNT = re.compile(r"^\s*(?:per\s+|/)(?=1[0 ,])")
_OF_PEOPLE = frozenset(("person", "case", "bed", "job", "dwelling", "household", "vehicle"))
"""What is counted per 1,000 or per 100,000 people where only the number is written."""
_SAME = frozenset(("person", "household"))
"""What is a share where it is counted per people or households: 户/百户, people per 1,000 residents."""
_MONEY = re.compile(r"(£|€|us\$|\$|gbp|eur|usd)(k|m|bn|thousand|million|billion|trillion)")
_MONEY_SCALES = {"k": 10**3, "m": 10**6, "bn": 10**9, **ENGLISH_SCALES}
_LONGEST = 40
_MOST_COMMON = ("人", "元", "吨")


class Units:
    """The units of one plan: the built-in ones and those that it declares."""

    def __init__(self, declared: Iterable[Unit] = ()) -> None:
        self._by_key = _BUILT_IN_BY_KEY | {key(unit.name): unit for unit in declared}
        self._found: dict[str, Unit | None] = {}

    def find(self, text: str) -> Unit | None:
        """Return the unit of a name, including 万人, million USD, 微克/立方米 and 元每平方米; None if it is unknown.

        A quotient measures one dimension per another: 元/人 and 万元/万人 are money per person.
        """
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> Unit | None:
        wanted, symbol = key(text), text.replace(" ", "")
        if _CASED.fullmatch(symbol) and (wanted not in self._by_key or self._by_key[wanted].name != symbol):
            return _BY_SYMBOL.get(symbol)
        if unit := self._single(wanted):
            return unit
        made = self._quotient(_PER_COUNT.sub("people per ", text)) if len(text) <= _LONGEST else None
        return made and made._replace(name=wanted)

    def _single(self, wanted: str) -> Unit | None:
        """Return the unit of a name without a stroke, whose number word multiplies it."""
        if unit := self._by_key.get(wanted):
            return unit
        for length in (2, 1):
            scale, base = _PREFIXES.get(wanted[:length]), self._by_key.get(wanted[length:])
            if scale and base and not base.is_share:
                return Unit(wanted[:length] + base.name, base.dimension, scale * base.factor)
        for word, times in ENGLISH_SCALES.items():
            if wanted.startswith(word) and (base := self._by_key.get(wanted[len(word) :])) and not base.is_share:
                return Unit(f"{word} {base.name}", base.dimension, times * base.factor)
        if amount := _MONEY.fullmatch(wanted):
            base, times = self._by_key[amount[1]], _MONEY_SCALES[amount[2]]
            return Unit(wanted, base.dimension, times * base.factor)
        return None

    def _quotient(self, text: str) -> Unit | None:
        """Return a unit made of others: 元/人, 元/人·年, 吨标准煤/万元, 元每平方米, people per km², 万人·公里."""
        text = _ROUND.sub(r"\g<1>000", text)
        if not _QUOTIENT.search(text) and not _PRODUCT.search(text):
            return None
        above, *below = map(key, _QUOTIENT.split(text))
        tops = [self._single(part) for part in _PRODUCT.split(above)]
        divisors = [part for each in below for part in _PRODUCT.split(each.removeprefix("每").strip("()"))]
        of_people = len(tops) == 1 and tops[0] is not None and tops[0].dimension in _OF_PEOPLE
        bottoms = [self._counted(part, "people" if of_people else "") for part in divisors]
        if len(tops) + len(bottoms) == 1 or None in tops or None in bottoms:
            return None
        over = [unit for unit in tops if unit]
        under = [unit for unit in bottoms if unit]
        if any(unit.is_share for unit in (*over, *under)):
            return None
        factor = prod(unit.factor for unit in over) / prod((unit.factor for unit in under), start=Fraction(1))
        dimensions = [_TIMES.join(unit.dimension for unit in over), *(unit.dimension for unit in under)]
        if len(dimensions) == 1 + 1 and dimensions[0] == dimensions[1] and dimensions[0] in _SAME:
            return Unit(key(text), "share", _HUNDRED * factor)
        return Unit(key(text), _PER.join(dimensions), factor)

    def _counted(self, part: str, counted: str) -> Unit | None:
        """Return the unit below a stroke, of which there may be a round number: 10万人, 1000户, or people alone."""
        count = _COUNTED.match(part)
        unit = self._single((part[count.end() :] or counted) if count else part)
        return unit._replace(factor=unit.factor * int(count[1] or _HUNDRED)) if unit and count else unit

    def names(self) -> tuple[str, ...]:
        """Return every name."""
        return tuple(self._by_key)

    def like(self, text: str) -> tuple[str, ...]:
        """Return the names most similar to a text, those with 万 or 亿 before them included: 万人 for 万入."""
        wanted = key(text)
        scaled = (scale + name for scale in SCALES for name in self._by_key if not name.isascii())
        near = nearest(text, [name for name in (*self._by_key, *scaled) if 2 * len(name) > len(wanted)])
        if near or wanted[:1] not in SCALES:
            return near
        return tuple(wanted[0] + base for base in _MOST_COMMON)


def built_in_units() -> Iterable[Unit]:
    """Return the units that every plan knows, with each of their names, by dimension."""
    return (*_BUILT_IN.values(), *_BY_SYMBOL.values())


_BUILT_IN_BY_KEY = {key(name): unit for name, unit in _BUILT_IN.items()}


def base_of(unit: Unit, units: Units) -> Unit:
    """Return the unit without its 万 or 亿: 万 behind a number multiplies this one (83.7万 in a column of 万人)."""
    bare = units.find(unit.name[1:]) if unit.name[:1] in SCALES else None
    return bare or unit
