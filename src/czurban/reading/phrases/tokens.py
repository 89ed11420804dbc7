"""Split a phrase into its words, its numbers with units, and its years; convert the numbers to the indicator's unit."""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from czurban.model.finding import Message, say
from czurban.model.period import Period
from czurban.model.target import BASELINE, Reference, ReferenceKind
from czurban.model.text import exact, half_width, key
from czurban.model.unit import ENGLISH_SCALES, SCALES, Unit, Units, base_of

Scale = Callable[[str], Fraction | Message]
"""A function from a unit's text to its factor to the indicator's unit, or to the reason why it has none."""


class Refusal(NamedTuple):
    """Why a phrase is no target as it stands, and what to write instead."""

    message: Message
    hint: Message


class PhraseError(Exception):
    """A phrase cannot be read; carries the refusal."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(str(message))
        self.refusal = Refusal(message, hint)


class PhraseContext(NamedTuple):
    """What a phrase is read for: the unit and name, whether it is a growth rate, the scale, and the plan's period."""

    unit: Unit | None = None
    name: str = ""
    growth: bool = False
    scale: Scale | None = None
    period: Period | None = None

    @property
    def own_unit_hint(self) -> Message:
        """The advice to write a figure in the indicator's unit."""
        if self.unit is None:
            return say("Write the figure without a unit, such as ≥41.")
        return say("Write the figure in {unit}, such as ≥41.", unit=self.unit.name)

    @property
    def is_share(self) -> bool:
        """Whether the indicator is measured in % or ‰."""
        return self.unit is not None and self.unit.is_share

    @property
    def is_decrease(self) -> bool:
        """Whether the indicator measures the size of a decrease: 单位GDP能耗下降, 降幅."""
        return bool(re.search(r"下降|降低|减少|降幅|decrease|reduction", self.name))


_LIMITED = re.compile(
    "用地|开发强度|能耗|耗能|水耗|电耗|用水量|排放|失业率|失业人数|死亡|事故|债务|负债|赤字|浓度|发病率|流失|价格|辍学|收入比|差距|负担|空置|杠杆"
    "|unemploy|emission|death|fatal|accident|casualt|debt|deficit|concentration|vacan|dropout|waste|poverty|consumption",
    re.IGNORECASE,
)
"""Names of figures that plans usually limit; there, 达到 with a number does not say which way is better."""
_OF_CHANGE = re.compile(
    "(?:下降|降低|减少|增长|提高|增加|减排|rate of decline|reduction|decrease|cut)[率量]?$", re.IGNORECASE
)


def is_limited(name: str) -> bool:
    """Return whether a figure of this name is one that plans usually limit, and not a change of one."""
    return _LIMITED.search(name) is not None and _OF_CHANGE.search(name) is None


MOST = 100
DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_STOP = r"以上|以下|以内|之内|之间|左右|上下|及以|或以|至|到|的|且|并|和|与|同时|(?<!\d)起$|不|翻|力争"
_WORD = rf"(?:(?!{_STOP}|[万亿])[^\W\d_A-Za-z\u00b5\u03bc])+"
_KEYWORD = r"(?!(?:or|and|to|than|fewer|more|less|lower|higher|of|in|by|below|above|over|under)\b)"
_LATIN = (
    r"per cent|percentage points?|per (?:1|10|100)[ ,]000|(?:thousand|million|billion|trillion)"
    rf"(?: {_KEYWORD}[a-z$£€]+)?|{_KEYWORD}[a-z\u00b5\u03bc$£€]+[²³23]?(?: co2e?)?(?: per [a-z]+[²³23]?)?"
)
UNIT = (
    rf"(?:万亿|千万|百万|[万亿])?(?:[%‰㎡㎢㎥℃]|{_WORD}|{_LATIN})?"
    rf"(?:/\d*[万千]?(?:{_WORD}|[a-z]+[²³23]?)(?:·{_WORD})?)?"
)
_QUANTITY = re.compile(
    rf"(?<![\d⁄])(?<!\d[.,])((?:(?<![\w%‰)])[+-])?{DIGITS}(?:⁄\d+)?)(?![\d⁄])(?![.,]\d)\s*({UNIT})", re.IGNORECASE
)
_LONE_SCALES = frozenset({"万亿", *SCALES, *ENGLISH_SCALES})
_ANY_YEAR = r"((?:19|20)\d\d)"
_YEAR = re.compile(
    rf"(?<=[比较与同以]){_ANY_YEAR}年?"
    r"|(?:(?<=than in )|(?<=as in )|(?<=compared with )|(?<=compared to )|(?<=relative to ))"
    rf"{_ANY_YEAR}\b"
    rf"|(?<![\d.,]){_ANY_YEAR}(?= (?:levels?|values?|figures?|baseline)\b)"
)
IN_WORDS = re.compile(r"[零〇一二两三四五六七八九十百千成半]|[a-z]{3}")
"""Where a phrase may have numbers in words."""
_WIDE = r"[^\x00-\x7f\u00b5\u03bc²³£€]"
_CURRENCY = re.compile(rf"(us\$|[£€$])\s*({DIGITS})(?:\s?(k|m|bn)\b|( (?:thousand|million|billion|trillion)))?")

WRITE_A_RULE = say(
    "Write ≥41 for at least, ≤4.5 for at most, 6~6.5 for a range, =100 for exactly; with 左右 also give side: (floor, "
    "ceiling or both) and tolerance:."
)


def figures_of(period: Period | None) -> str:
    """Write how the figures of `reference:` look for the year in which a period ends."""
    return f"{{{period.last_year if period else 2019}: 61.5}}"


class PhrasePart(NamedTuple):
    """One rule of a phrase: its words, with # for each number and its unit and @ for each year.

    `text` is the phrase as printed, for messages.
    """

    text: str
    words: str
    quantities: Sequence[tuple[Decimal | Fraction, str]]
    years: Sequence[str]
    context: PhraseContext

    def reference(self, word: str | None) -> Reference:
        """Return the reference of a word such as 上年 or @; the baseline without one."""
        if word and "@" in word:
            return Reference(ReferenceKind.YEAR, self.years[0])
        return BASELINE

    def unit(self, n: int = 0) -> str:
        """Return the text of a quantity's unit; empty where it has none."""
        return self.quantities[n][1]

    def in_points(self, n: int = 0) -> bool:
        """Return whether a quantity is in percentage points."""
        return self.unit(n).endswith(("百分点", "percentage points", "percentage point")) or self.unit(n) == "pp"

    def amount(self, n: int = 0, unit: str = "", sign: str = "") -> Decimal:
        """Return a quantity in the indicator's unit; `unit` is that of one without any, and `sign` is for the hint.

        Raises:
            PhraseError: its unit does not fit, or it is no finite decimal in the indicator's unit.
        """
        amount, printed = self.quantities[n]
        unit = printed or unit
        if not unit and isinstance(amount, Decimal):
            return amount
        factor = self._factor(unit, amount) if unit else Fraction(1)
        number = exact(Fraction(amount) * factor)
        if "/" in number:
            message = say("“{text}” is no finite decimal in the indicator's unit.", text=self.text)
            near = rounded(Fraction(amount) * factor, sign)
            hint = say("Write {sign}{number}, or with as many decimals as the figures have.", sign=sign, number=near)
            raise PhraseError(message, hint if sign else self.context.own_unit_hint)
        return amount if factor == 1 and isinstance(amount, Decimal) else Decimal(number)

    def _factor(self, unit: str, amount: Decimal | Fraction) -> Fraction:
        factor = self.context.scale(unit) if self.context.scale else no_target(self.text).refusal.message
        if isinstance(factor, Fraction):
            return factor
        if unit == "倍":
            bound = f"达到基期的{exact(Fraction(amount))}倍"
            raise PhraseError(factor, say("Write target: {bound} for a multiple of the baseline.", bound=bound))
        raise PhraseError(factor, self.context.own_unit_hint)


def rounded(number: Decimal | Fraction, sign: str) -> str:
    """Return a number with few decimals, so that no value meets the bound that would not meet the exact one."""
    exactly = Fraction(number)
    places = 2 if abs(exactly) >= 1 else 5
    scaled = exactly * 10**places
    whole = -(-scaled // 1) if sign in "≥>" else scaled // 1
    return exact(Fraction(whole, 10**places))


def normalised(text: str) -> str:
    """Return a phrase in half width, without blanks next to Chinese characters.

    raise … to 41 % is raise to 41 %, and 力争 … 达到90% is 力争达到90%.
    """
    plain = re.sub(r"[。;,、.!！；，]+$", "", half_width(text).strip()).strip()
    plain = re.sub(r"(?<=[上下内])\(含本?(?:数|级|[\d.,]+[^\d()]*)\)$", "", plain)  # 以上 and 以内 include their figure
    plain = re.sub(r"(?<=[A-Za-z])\s*…\s*(?=[A-Za-z\d])", " ", plain)
    plain = re.sub(r"(?<=力争|争取|努力)\s*…\s*|(?<=[到至])\s*…\s*", "", plain)
    plain = re.sub(rf"(?<={_WIDE})\s+|\s+(?={_WIDE})|(?<=[≥≤><=])\s+|\s+(?=[≥≤><=])", "", plain)
    if re.search(r"[^\W\d_a-zA-Z\u00b5\u03bc]", plain) or not re.search(r"[a-zA-Z]{2}|[£€$]", plain):
        return plain
    return _CURRENCY.sub(lambda match: f"{match[2]}{match[4] or ''} {match[1]}{match[3] or ''}", plain.lower())


def part_of(plain: str, text: str, context: PhraseContext) -> PhrasePart:
    """Replace the years and quantities of a normalised phrase by their signs."""
    years = [next(filter(None, match.groups())) for match in _YEAR.finditer(plain)]
    dated = _YEAR.sub("@", plain)
    quantities = [(_quantity_of(match[1]), match[2].strip()) for match in _QUANTITY.finditer(dated)]
    words = _QUANTITY.sub(lambda match: "#" + ("" if match[2] else match[0][len(match[0].rstrip()) :]), dated)
    return PhrasePart(text, words, quantities, years, context)


def number_of(digits: str) -> Decimal:
    """Return a number with or without thousands separators."""
    return Decimal(digits.replace(",", ""))


def _quantity_of(digits: str) -> Decimal | Fraction:
    """Return a number, which may be a fraction without a last decimal: 200⁄3."""
    above, _, below = digits.partition("⁄")
    return Fraction(number_of(above)) / int(below) if below else number_of(above)


def no_target(text: str) -> PhraseError:
    """Return the error of a phrase that has no form of a target."""
    return PhraseError(say("“{text}” is not a target.", text=text), WRITE_A_RULE)


def without_a_side(part: PhrasePart) -> PhraseError:
    """Return the refusal of a bare figure."""
    message = say("“{text}” does not say which way is better.", text=part.text)
    amount, unit = part.quantities[0]
    factor = part.context.scale(unit) if unit and part.context.scale else Fraction(1)
    converted = Fraction(amount) * (factor if isinstance(factor, Fraction) else 1)
    if "/" in exact(converted):
        ends = {"low": rounded(converted, "≥"), "high": rounded(converted, "≤")}
        return PhraseError(message, say("Write ≥{low} if more is better, ≤{high} if less is.", **ends))
    number = exact(converted)
    hint = say("Write ≥{number} if more is better, ≤{number} if less is, ={number} for exactly.", number=number)
    return PhraseError(message, hint)


def take_unit(text: str) -> tuple[str, str]:
    """Split a rule from its unit: 1.8万亿元左右 into 1.8左右 and 万亿元; both ends of a range may have it."""
    plain = half_width(text).strip()
    unit = next((match[2] for match in reversed([*_QUANTITY.finditer(plain[:MOST])]) if match[2]), "")
    return (re.sub(rf"(?<=[\d.])\s*{re.escape(unit)}", "", plain), unit) if unit else (plain, "")


def factor_between(printed: str, unit: Unit | None, units: Units, names: Iterable[str] = ()) -> Fraction | Message:
    """Return the factor from a printed unit to an indicator's; a lone 万 or million multiplies the indicator's unit.

    An indicator's unit that is not known is a fault of its own. `names` are further names of it.
    """
    if unit is None or any(key(printed) == key(name) for name in (unit.name, *names)):
        return Fraction(1)
    if printed in ENGLISH_SCALES and unit.name.startswith(printed):
        return Fraction(1)
    scaled = printed in _LONE_SCALES and (unit.name[:1] not in SCALES or unit.name.startswith(printed))
    known = units.find(printed + base_of(unit, units).name) if scaled else units.find(printed)
    ratio = known.ratio(unit) if known else None
    if ratio is None:
        return say("The target is in “{unit}”, and the indicator in “{own}”.", unit=printed, own=unit.name)
    return ratio
