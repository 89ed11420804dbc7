"""List the forms of a target phrase, in which # stands for a number and @ for a year, and read relative ones."""

import re
from collections.abc import Sequence
from fractions import Fraction

from czurban.model.finding import say
from czurban.model.target import BASELINE, Condition, Reference, ReferenceKind, RelativeBound
from czurban.model.target.interval import interval_of
from czurban.reading.phrases.tokens import PhraseError, PhrasePart, no_target

OPENINGS = (
    r"(?:原则上|同比(?=增|提|上|下|减|降)|确保|保证|力争|争取|努力|实现"
    r"|全年|总体|平均|分别|累计|年度|其中|将|应|须|使|要)*"
)
RATE_NOUN = r"(?:同比)?(?:增速|增幅|增长率|增长速度|降幅|涨幅)?"
DONE = "达到|达|完成|建成|新建|新增|改造|实施|培育|引进|开工|筹集|发放|转移|吸纳|建设"
REACHED = r"(?:达到|达|完成)+#|(?:to )?(?:reach|achieve|attain|secure) #"
"""What alone does not say which way is better."""
LIMITED = re.compile(
    "用地|开发强度|能耗|耗能|水耗|电耗|用水量|排放|失业率|失业人数|死亡|事故|债务|负债|赤字|浓度|发病率|流失|价格|辍学|收入比|差距|负担|空置|杠杆"
    "|unemploy|emission|death|fatal|accident|casualt|debt|deficit|concentration|vacan|dropout|waste|poverty|consumption",
    re.IGNORECASE,
)
"""Names of figures that plans usually limit; there, 达到 with a number does not say which way is better."""
OF_CHANGE = re.compile(
    "(?:下降|降低|减少|增长|提高|增加|减排|rate of decline|reduction|decrease|cut)[率量]?$", re.IGNORECASE
)
RISES = "提高|上升|增加|增长|提升|扩大|上涨|增|升"
FALLS = "缩短|压降|下降|降低|减少|压减|压缩|缩小|回落|削减|减|降"
OR_MORE, OR_LESS = r"(?:及以上|或以上|以上)", r"(?:及以下|或以下|以下|以内|之内)"
KEPT = r"(?:(?:保持|稳定|维持|控制)(?:在)?)?"
REFERENCE = r"(?:上年|去年|上一年|上年度|前一年|基期|基数|基准年|基准|现状|目前|@)(?:同期)?(?:水平|数|值)?"
_MAY_NOT = "不(?:得|能|应|可|宜)?"
_OR_EQUAL = "(?:或者?)?等于"
_ABOVE, _BELOW = "(?:高于|大于|多于|超过)", "(?:低于|小于|少于)"
FLOOR = rf"{_MAY_NOT}(?:低于|少于|小于|下于)|{_ABOVE}{_OR_EQUAL}|等于或者?{_ABOVE}|达到(?:或者?|及)超过"
CEILING = rf"{_MAY_NOT}(?:超过|高于|多于|大于|突破|超出)|{_BELOW}{_OR_EQUAL}|等于或者?{_BELOW}"
_GROWS = "(?:increase|rise|raise|grow|improve|expand|boost|lift)[sd]?"
_SHRINKS = "(?:reduce|decrease|lower|cut|fall|drop|decline|limit|restrict|bring down)(?:e?[sd])?"
_WORKS = (
    "build|complete|deliver|create|plant|provide|install|open|add|construct|train|restore|replace|retrofit|renovate"
    "|convert|remove|upgrade|refurbish|insulate"
)


def is_limited(name: str) -> bool:
    """Return whether a figure of this name is one that plans usually limit, and not a change of one."""
    return LIMITED.search(name) is not None and OF_CHANGE.search(name) is None


FORMS: Sequence[tuple[str, str]] = (
    ("≥", rf"(?:≥|>=|=>|{FLOOR}|至少|最少)#"),
    ("≥", rf"(?:{DONE}|(?:{RISES})(?:到|至))+#{OR_MORE}?|{KEPT}#{OR_MORE}"),
    ("≤", rf"(?:≤|<=|=<|{CEILING}|至多|最多)#|控制(?:在|到)#|{KEPT}#{OR_LESS}"),
    ("≤", rf"(?:{FALLS})(?:到|至)#{OR_LESS}?"),
    (">", r"(?:>|超过|高于|多于|大于|突破)#"),
    ("<", r"(?:<|低于|少于|小于|不足|不到)#"),
    ("=", r"(?:=|等于)#"),
)
"""The forms of a bound, by its sign. 以上, 以下 and 以内 include the figure; 超过, 高于 and 低于 do not."""
ENGLISH_AIM = r"(?:aim(?:s|ing)?|hop(?:es?|ing)|striv(?:es?|ing)|seek(?:s|ing)?|endeavou?r(?:s|ing)?|try|trying) to"
"""What makes a target in English only an aim."""
ENGLISH_FORMS: Sequence[tuple[str, str]] = (
    ("≥", rf"(?:{_WORKS})(?: at least)? #"),
    ("≥", r"(?:greater|higher|more) than or equal to #"),
    ("≥", r"(?:at least|(?:no|not) less than|no fewer than|no lower than|(?:a )?min(?:imum|\.)?(?: of)?) #"),
    (
        "≥",
        rf"# (?:or|and) (?:more|above|higher|over)|(?:{_GROWS} to|reach|achieve|attain|secure) #",
    ),
    ("≤", r"(?:less|lower|fewer) than or equal to #"),
    ("≤", r"(?:at most|(?:no|not) more than|no higher than|up to|within|not exceed(?:ing)?) #"),
    ("≤", r"(?:a )?max(?:imum|\.)?(?: of)? #"),
    (
        "≤",
        rf"# (?:or|and) (?:less|below|fewer|lower|under)|{_SHRINKS} to #",
    ),
    (">", r"(?:above|over|more than|greater than|higher than|exceed(?:s|ing)?) #"),
    ("<", r"(?:below|under|less than|fewer than|lower than) #"),
    ("=", r"(?:exactly|equal to|equals) #"),
)
RANGES = (
    r"(?:在|介于)?#(?:[-—–―~〜至到]+|\.\.)#(?:之间)?|(?:在|介于)#[和与]#之间|#以上#以下"
    r"|between # and #|#(?: to |\s?[-–—]\s?)#"
)
ABOUT = r"(?:大?约)?#(?:左右|上下)?|(?:about|around|approximately|roughly) #"
THE_BASELINE = r"(?:the )?(?:baseline|base year)(?: (?:level|value))?"
SAME = (
    rf"(?:与|同|较|比)?{REFERENCE}持平|(?:保持|维持){REFERENCE}|(?:保持)?不变"
    rf"|the same as in @|unchanged|(?:the same as|equal to) {THE_BASELINE}"
)
NOT_LESS = "只增不减|不降低|不减少|不下降|不倒退|不缩小"
NOT_MORE = "只减不增|不增加|不上升|不提高|不反弹|不扩大"
CHANGE = rf"(?:(?:比|较|在)?({REFERENCE})(?:的?基础上)?)?再?(?:({RISES})|({FALLS}))了?#(?:({OR_MORE})|({OR_LESS}))?"
DOUBLED = rf"(?:(?:比|较|在)?({REFERENCE})?(?:的?基础上)?)?翻([一两二三]?)番(?:{OR_MORE})?"
TIMES = rf"(?:达到|是|为)?({REFERENCE})的#(?:{OR_MORE})?"
SIGNS = {
    "≥": f"{FLOOR}|不慢于|≥",
    ">": "高于|快于|超过|大于|多于|>",
    "≤": f"{CEILING}|不快于|≤",
    "<": "低于|慢于|小于|少于|<",
}
ENGLISH_SIGNS = {
    "≥": "(?:at least|(?:no|not) (?:less|lower|worse|fewer) than|not below)(?= )",
    ">": "(?:above|over|higher than|more than|greater than|exceed(?:s|ing)?)(?= )",
    "≤": "(?:at most|(?:no|not) (?:more|higher) than|not above|not exceeding)(?= )",
    "<": "(?:below|under|lower than|less than|fewer than)(?= )",
}
ENGLISH_FIGURE = r" the ([a-z][^#@]{1,60}?)( average| mean)?(?: level| figure| value)?"
_NO_NUMBER = r"(?!(?:或者?)?等于|半数|多数)(?!(?!一般|[一二三]产)[零一二三四五六七八九十百千万亿两])"
OTHER_FIGURE = rf"{_NO_NUMBER}([^\W\d#@]{{2,20}}?)(?:平均)?(?:水平|数|值)?(?:#(?:以上)?)?"
PLACES = frozenset(
    ("全国", "全省", "全区", "全市", "国家", "全州", "全县", "中部地区", "西部地区", "东部地区", "national")
)
SYNONYMS = dict.fromkeys(("经济增长", "经济增速", "GDP增长", "GDP增速", "地区生产总值增长"), "地区生产总值增速")
NONE_AT_ALL = (
    "零发生|未发生|不发生|零事故|零死亡|清零|zero"
    "|(?:zero|no) (?:[a-z]+ ){0,2}(?:deaths|fatalities|accidents|cases|incidents)"
)
COMPARES = re.compile(r"[≥≤<>=]|低于|高于|少于|多于|超过|大于|小于|左右|上下|持平|控制在|翻|约#|年均|同步")

_OPPOSITE = {"≥": "≤", "≤": "≥"}


def relative(part: PhrasePart) -> Condition | None:  # noqa: PLR0911 - one for each form
    """Read a bound relative to the baseline or to another year: 持平, 提高0.5个百分点, 翻一番, 只增不减."""
    words = part.words
    if re.fullmatch(SAME, words):
        return RelativeBound("=", part.reference(words))
    for sign, form in (("≥", NOT_LESS), ("≤", NOT_MORE)):
        if re.fullmatch(form, words):
            return RelativeBound(sign, BASELINE)
    sign, rest = _comparison(words)
    if sign and re.fullmatch(rf"{REFERENCE}| {THE_BASELINE}", rest):
        return RelativeBound(sign, part.reference(words))
    if sign and re.fullmatch(rf"{REFERENCE}#(?:以上)?", rest):
        return RelativeBound(sign, part.reference(words), plus=_difference(sign, part))
    if match := re.fullmatch(DOUBLED, words):
        return RelativeBound("≥", part.reference(match[1]), Fraction(2 ** {"两": 2, "二": 2, "三": 3}.get(match[2], 1)))
    if words.isascii() and re.search("[a-z]", words) and (english := _in_english(part)):
        return english
    if (match := re.fullmatch(TIMES, words)) and part.unit() == "倍":
        return RelativeBound("≥", part.reference(match[1]), Fraction(part.quantities[0][0]))
    match = re.fullmatch(CHANGE, words)
    return _changed(part, match[1], up=bool(match[2]), at_most=bool(match[5])) if match else None


def _in_english(part: PhrasePart) -> Condition | None:
    """Read an English change: reduce by 20%, 5 percentage points higher, twice the 2018 level, halve."""
    from czurban.reading.phrases.english import read_change, read_multiple  # noqa: PLC0415 - most plans are Chinese

    times = Fraction(part.quantities[0][0]) if len(part.quantities) == 1 and part.unit() in ("times", "") else None
    if multiple := read_multiple(part.words, times):
        return RelativeBound(multiple.sign, part.reference(multiple.reference), multiple.times)
    change = read_change(part.words) if len(part.quantities) == 1 else None
    if change is None:
        return None
    return _changed(part, change.reference, up=change.up, at_most=False, is_change=change.is_change)


def _changed(part: PhrasePart, word: str | None, *, up: bool, at_most: bool, is_change: bool = False) -> Condition:
    """Read a rise or fall by an amount, in points, in per cent or in times; 以内 limits its size.

    Args:
        part: the phrase.
        word: the word for what it is relative to; empty where none is printed.
        up: whether it is a rise.
        at_most: whether the size is limited.
        is_change: whether an amount without such a word is a difference without doubt.
    """
    (amount, unit), reference = part.quantities[0], part.reference(word)
    unit = "%" if unit in ("per cent", "percent") else unit
    sign, size = ("≥", Fraction(amount)) if up else ("≤", -Fraction(amount))
    sign = _OPPOSITE[sign] if at_most else sign
    english = word and part.words.isascii()  # “cut by 30 % compared with 2018” leaves no doubt, whatever the unit is
    if unit in ("%", "‰") and ((part.context.unit is None and not english) or part.context.is_share):
        return _rate(sign, part, rises=up, compared=bool(word))
    if unit in ("%", "‰", "倍"):
        return RelativeBound(sign, reference, 1 + size / {"%": 100, "‰": 1000, "倍": 1}[unit])
    if part.in_points():
        return RelativeBound(sign, reference, plus=size)
    if not (word or is_change):
        message = say("“{text}” may be the amount itself or a change from the baseline.", text=part.text)
        hint = say("Write ≥{amount} for the amount, or 较基期增加 (or 减少) for a change.", amount=amount)
        raise PhraseError(message, hint)
    plus = Fraction(part.amount())
    return RelativeBound(sign, reference, plus=plus if up else -plus)


def _rate(sign: str, part: PhrasePart, *, rises: bool, compared: bool) -> Condition:
    """Read 增长6%以上 and 下降3.4%以上 for an indicator in per cent: a rate of growth, or the size of a decrease."""
    context = part.context
    known = context.growth or context.is_decrease or re.search("增|涨|升|growth|increase", context.name)
    if context.name and not known:
        message = say(
            "“{text}” may be a rate of growth or a change of “{name}” itself.", text=part.text, name=context.name
        )
        hint = say(
            "Write percentage points (个百分点) for a change of the rate, or declare kind: growth for a rate of growth."
        )
        raise PhraseError(message, hint)
    amount = part.amount()
    if context.is_decrease and rises:
        raise no_target(part.text)
    if context.is_decrease or not (rises or compared or context.growth):
        return interval_of(_OPPOSITE[sign], amount)
    return interval_of(sign, amount if rises else -amount)


def compared(part: PhrasePart) -> Condition | None:
    """Read a bound at the figure of a larger region or of another indicator: 高于全国平均水平, 快于经济增长."""
    sign, rest = _comparison(part.words)
    if sign and (match := re.fullmatch(ENGLISH_FIGURE, rest)):
        return RelativeBound(sign, _english_reference(match, part))
    match = re.fullmatch(OTHER_FIGURE, rest) if sign and part.words[0] not in SIGNS else None
    if match is None:
        return None
    name = match[1]
    kind = ReferenceKind.PLACE if name in PLACES else ReferenceKind.INDICATOR
    plus = _difference(sign, part) if part.quantities else Fraction(0)
    return RelativeBound(sign, Reference(kind, SYNONYMS.get(name, name)), plus=plus)


def _comparison(words: str) -> tuple[str, str]:
    """Return the sign of the words that a comparison begins with, and the words behind them; no sign for any other."""
    for sign, form in (ENGLISH_SIGNS if re.match("[a-z]", words) else SIGNS).items():
        if match := re.match(form, words):
            return sign, words[match.end() :]
    return "", words


def _difference(sign: str, part: PhrasePart) -> Fraction:
    """Return how far a bound is from the other figure: 0.5 of 高于全国0.5个百分点."""
    plus = Fraction(part.quantities[0][0] if part.in_points() else part.amount())
    return plus if sign in "≥>" else -plus


def _english_reference(match: re.Match[str], part: PhrasePart) -> Reference:
    """Return the figure that “above the OECD average” names, as the phrase writes it."""
    name, is_average = match.groups()
    at = part.text.lower().find(name)
    kind = ReferenceKind.PLACE if is_average or name in PLACES else ReferenceKind.INDICATOR
    return Reference(kind, part.text[at : at + len(name)] if at >= 0 else name)
