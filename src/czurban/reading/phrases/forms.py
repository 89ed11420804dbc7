"""List the forms of a target phrase, in which # stands for a number and @ for a year."""

import re
from collections.abc import Sequence

OPENINGS = (
    r"(?:原则上|同比(?=增|提|上|下|减|降)|确保|保证|力争|争取|努力|实现"
    r"|全年|总体|平均|分别|累计|年度|其中|将|应|须|使|要)*"
)
RATE_NOUN = r"(?:同比)?(?:增速|增幅|增长率|增长速度|降幅|涨幅)?"
DONE = "达到|达|完成|建成|新建|新增|改造|实施|培育|引进|开工|筹集|发放|转移|吸纳|建设"
REACHED = r"(?:达到|达|完成)+#|(?:to )?(?:reach|achieve|attain|secure) #"
"""What alone does not say which way is better."""
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
