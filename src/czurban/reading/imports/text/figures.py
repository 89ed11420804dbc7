"""Read the figures of running text with their names: 城镇污水处理率达到96.4%, 新建幼儿园6所, 建设44个村级公共服务中心.

What a sentence says besides (在城镇居住1年以上的人口, 30万吨级码头, 14类服务, 2018年末的水平) is no figure of a plan.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, takewhile
from typing import NamedTuple

from czurban.model.text import half_width_in_place
from czurban.model.unit import Units
from czurban.reading.imports.clauses import (
    DATE_WORDS,
    PLACE_WORDS,
    YEAR_WORDS,
    is_english,
    outside_brackets,
    sentences,
    split_outside,
)
from czurban.reading.imports.text.quantity import PrintedQuantity
from czurban.reading.phrases.forms import FALLS, RISES
from czurban.reading.phrases.tokens import DIGITS, number_of

_UNITS = Units()
_TO = "到|至"
_RELATION = re.compile(
    r"(?:(?:力争|争取|确保|努力|均|总体|分别|(?:[一二三四五六七八九十]年)?累计|将|应|要|都|全部|基本|平均|同比|比上年|较上年|再|年均)*"
    rf"(?:达到|达|(?:{RISES}|{FALLS}|压降|控)(?:幅度)?(?:了|{_TO})?|缩小{_TO}|(?:控制|稳定|保持|维持|压减|限制)(?:在|{_TO})"
    r"|突破|超过|高于|低于|多于|少于|大于|小于|不(?:低于|少于|小于|超过|高于|大于|突破|多于|足)|至少|最多|不到"
    r"|实现|完成|为|约为|约|[≥≤><=]=?|[一二三四五六七八九十]年累计|累计)+)$"
)
_BOUND = re.compile(r"(?:及以上|或以上|以上|以下|以内|之内|左右|上下|及以下)")
_NUMBER = re.compile(rf"(?<![\dA-Za-z.\-－—~～#])({DIGITS})(?![\d.])")
_AFTER = re.compile(r"(?:级|期|号|#|届|批次|周年|届|次会议|条例|维|个工作日|个百分点之|环)|[-－—~～]\d|[A-Za-z]*\d")
_NOT_COUNTED = frozenset({"类", "种", "位", "届", "名次", "份", "方", "批"})
_TIMES = frozenset({"day", "year", "month"})
_LETTERS = re.compile(r"[A-Za-zμ%‰℃㎡㎥²³]+(?:/[A-Za-z\u4e00-\u9fff]+)?")
_LONGEST_UNIT = 12
_WORKS = (
    "新建|新增|新改建|改扩建|改建|扩建|建设|建成|完成|改造|推进|开展|实施|启动|培育|打造|整治|治理|创建|引进|认定|新开|优化调整|开通|"
    "开工|开工建设|新开工|筹集|供应|发放|培训|建立|组建|设立|选派|新认定|新培育|加快|争取|修复|新植|完善|提升|招引|举办|"
    "提供|落实|竣工|续建|组织|购置|更新|投放|投入|新增建设|整治提升|推广|创建|建成并投用|支持|发展|打通|改善|拆除|盘活"
)
_VERB = re.compile(
    rf"^(?!建成区)(?:加快|积极|全面|深入|大力|继续|重点|力争|争取|确保|计划|预计|同时|并|全力|扎实|有序|将|要|再)*((?:{_WORKS})+)"
)
_CONNECTIVES = re.compile(
    r"^(?:其中|确保|力争|争取|努力|同时|使得?|并|以及|及|和|与|实现|预计|计划|做到|推动|促进|将|要|也|——|—)+"
)
_MEASURE = re.compile(
    r"(?:(?:普及|覆盖|处理|合格|达标|参保|就业|入学|巩固|利用|回收|治理|通达|优良|绿化|城镇化|绿地|增长|知晓|满意|签约|完好|收集|净化)?率|比例|比重|占比|面积|人数|数量|总数|总量|总额|里程|浓度|能力|强度|水平|指数|收入|支出|产值|增加值|投资)$"
)
_AIMED = re.compile(r"力争|争取(?!到)|努力(?=[^，,]*\d)|确保|保证|务必|必须")
_AIM_OF_ALL = re.compile(
    r"(力争|争取|努力)(?:(?:到|至|在|用)?(?:(?:19|20)\d\d年|[一二三四五六七八九十]年|今年|全年|本年度?)[^\d]{0,4})?(?:实现|做到)?"
)
"""An aim before a comma, which is that of the whole sentence: 力争到2022年底，."""
_SCOPE = re.compile(r"^(市本级|中心城区|主城区|市区|城区|建成区|县城)(?:的)?(?=[（(])([（(][^（）()]*[）)])")
_APART = re.compile(r"分别(?:力争|争取|均)?(?:达到|达|为|控制在|提高到|不低于|不超过|增长|下降|实现|完成|在|新增)*$")
_COVERS = re.compile(r"(?:覆盖|惠及)(?:全[市县区省])?$")


_SINCE = re.compile(r"[从由自](?:目前|现在|现状|上年)?(?:的|(?:19|20)\d\d年(?:底|末)?的?)?$")
_BASE = re.compile(
    r"(?:力争|争取|努力|确保|将|要)*[从由自](?:目前|现在|现状|上年)?(?:的|(?P<year>(?:19|20)\d\d)年(?:底|末)?的?)?"
    rf"(?P<base>{DIGITS}[^\d，,、]{{0,8}}?)的?$"
)
"""The baseline before a change: 由2020年的68%提高到."""
_DUE = re.compile(r"(?<=[到至])((?:19|20)\d\d)年(?:底|末)?的?$")
_AREAS = "[市县镇乡旗州]|街道|新区|(?<![园社片景校小矿灌牧林库厂商街])(?<!建成|示范|保护|试验|功能|开发)区"
_NO_PLACE = "(?!.*(?:特色|示范|文明|卫生|生态|园林|强|试点|重点|全国|国家|省级|超市|小镇))"
_PLACE = re.compile(rf"{_NO_PLACE}[\u4e00-\u9fff]{{1,4}}?(?:{_AREAS})")
_PLACES = re.compile(rf"{_NO_PLACE}(?:[\u4e00-\u9fff]{{1,8}}?(?:[区市县镇乡旗州]|街道)[、和]?)+(?:各|均|合计|分别)?")
"""A place, which is no name of a figure; behind 其中 also a list of them and other areas."""


class _Number(NamedTuple):
    """A number of a clause: where it begins, where its unit and its bound end, and the unit."""

    start: int
    stop: int
    end: int
    figure: Decimal
    unit: str


def quantities_in(text: str, year: int | None = None) -> Iterator[PrintedQuantity]:
    """Yield the figures of a text in their order; those of another year than the plan's are left out."""
    for _, quantities in clauses_in(text, year):
        yield from quantities


def clauses_in(text: str, year: int | None = None) -> Iterator[tuple[str, Sequence[PrintedQuantity]]]:
    """Yield the clauses of a text with their figures; those of a year before the plan's are left out."""
    if is_english(text):
        from czurban.reading.imports.text.english import clauses_of  # noqa: PLC0415 - for English text alone

        yield from clauses_of(text, year)
        return
    for sentence in sentences(text):
        verb, unit = "", ""
        for clause in split_outside(sentence, "，,：:"):
            dated = YEAR_WORDS.match(clause.text)
            if year and dated and dated["year"] and int(dated["year"]) < year:
                continue
            quantities = []
            for quantity in _in_clause(clause.text):
                inherits = verb and not quantity.verb and quantity.unit == unit and not _MEASURE.search(quantity.name)
                inherits = inherits and not re.match("每|人均|户均", quantity.name)
                bare = quantity.printed.startswith(tuple("0123456789"))
                if inherits and bare and not quantity.shared:
                    quantity = quantity._replace(name=verb + quantity.name, verb=verb)  # noqa: PLW2901 - the full name
                else:
                    aim = aim_of_sentence(sentence, clause.text)
                aim = aim_before(clause.text, quantity.printed, aim)
                verb, unit = quantity.verb if bare else "", quantity.unit
                within = DATE_WORDS.match(clause.text)
                deadline = quantity.deadline or (within["date"] if within else "")
                quantities.append(quantity._replace(aim=aim, deadline=deadline))
            yield clause.text, quantities


def aim_before(clause: str, printed: str, aim: str = "") -> str:
    """Return the last word before a figure that makes it an aim; none where it is firm, `aim` where no word decides."""
    before = re.split(rf"(?<!\d){re.escape(printed)}", clause, maxsplit=1)[0]
    words = _AIMED.findall(before + re.split(r"\d", printed)[0])
    return aim if not words else words[-1] if words[-1] in ("力争", "争取", "努力") else ""


def aim_of_sentence(sentence: str, clause: str) -> str:
    """Return the aim that a sentence states before its figures for all of them: 力争到2022年底，."""
    parts = [YEAR_WORDS.sub("", each.text) for each in split_outside(sentence.partition(clause)[0], "，,：:")]
    return next((match[1] for part in reversed(parts) if (match := _AIM_OF_ALL.fullmatch(part))), "")


def name_and_relation(before: str) -> tuple[str, str]:
    """Return the name in the words before a figure, and the relation between the two: 达到, 控制在."""
    relation = _RELATION.search(before)
    return _clean(before[: relation.start()] if relation else before)[0], relation[0] if relation else ""


def _in_clause(clause: str) -> Iterator[PrintedQuantity]:
    plain = half_width_in_place(clause)
    numbers = list(_numbers(plain))
    start, verb = 0, ""
    for at, number in enumerate(numbers):
        if number.start < start:
            continue
        following = numbers[at + 1].start if at + 1 < len(numbers) else len(plain)
        if together := _together(clause, start, numbers[at:]):
            yield from together
            start = numbers[at + len(together) - 1].end
            continue
        before = clause[start : number.start].lstrip("、和及与,;")
        if _SINCE.search(before) and re.match(rf"的?(?:{RISES}|{FALLS}|压降|达)", clause[number.end :]):
            continue
        behind = clause[number.end : following]
        quantity, used = _named_before(before, behind, clause, number), number.end
        if quantity is None:
            quantity, used = _named_behind(before, clause, number, verb)
        if quantity:
            start = used
            if not quantity.verb and (_PLACES if "其中" in before else _PLACE).fullmatch(quantity.name):
                continue
            verb = quantity.verb
            yield quantity


def _numbers(plain: str) -> Iterator[_Number]:
    """Yield the numbers of a clause that may be figures, with their units."""
    open_text = outside_brackets(plain)
    for match in _NUMBER.finditer(open_text):
        behind = plain[match.end() :]
        if _AFTER.match(behind) or re.search(r"第$|(?<![目年])前$", plain[: match.start()]):
            continue
        unit = unit_at(behind)
        if unit == "年" and re.fullmatch(r"(?:19|20)\d\d", match[1]):
            continue
        if not unit and re.match(r"[A-Za-z]|月|日|时|点", behind):
            continue
        stop = match.end() + len(unit)
        if plain.startswith(("级", "期", "号", "#", "型"), stop):
            continue
        bound = _BOUND.match(plain, stop)
        yield _Number(match.start(), stop, bound.end() if bound else stop, number_of(match[1]), unit)


def unit_at(text: str) -> str:
    """Return the longest unit that a text begins with; empty where it begins with none."""
    if letters := _LETTERS.match(text):
        name = letters[0] if letters[0][0] not in "%‰℃" or "/" in letters[0] else letters[0][0]
        return name if _UNITS.find(name) and not re.fullmatch("[A-Za-z]", name) else ""
    for size in range(min(_LONGEST_UNIT, len(text)), 0, -1):
        part, behind = text[:size], text[size:]
        if re.search(r"[\d.,;、，。]", part) or not _UNITS.find(part):
            continue
        noun = re.match(r"[\u4e00-\u9fff]", behind) and not re.match(r"以|左右|上下|的|和|及|、|或|,|之内|内", behind)
        if size > 1 and part[0] == "个" and part[1:] != "月" and noun and "百分点" not in part:
            continue
        return part
    return ""


def _named_before(before: str, behind: str, clause: str, number: _Number) -> PrintedQuantity | None:
    """Read a figure behind its name: 城镇污水处理率达到96.4%, 新建幼儿园6所."""
    if behind and behind[0] not in "、,;和及与以":
        return None
    due = _DUE.search(before)
    relation = _RELATION.search(before[: due.start()] if due else before)
    bare = before[: relation.start()] if relation else before
    base = _BASE.search(bare) if relation else None
    name, scope = _clean(bare[: base.start()] if base else bare)
    wording = name
    verb = _VERB.match(name)
    unit = _UNITS.find(number.unit)
    if not name or (verb and len(verb[0]) == len(name) and not relation):
        return None
    if relation is None and (unit is None or number.unit in _NOT_COUNTED or unit.dimension in _TIMES):
        return None
    if relation and _changes(relation[0]) and number.unit == "%":
        name += _changes(relation[0])
    figure = clause[number.start : number.end]
    return PrintedQuantity(
        name,
        wording,
        (relation[0] if relation else "") + (" … " if due else "") + figure,
        number.figure,
        number.unit,
        verb[1] if verb else "",
        scope,
        baseline=base["base"] if base else "",
        baseline_year=(base["year"] or "") if base else "",
        deadline=due[1] if due else "",
    )


def _changes(relation: str) -> str:
    """Return the word for a change by so much (增长, 下降); empty for 提高到 and 达到."""
    match = re.search(rf"({RISES}|{FALLS})(?:了)?$", relation)
    return match[1] if match else ""


def _named_behind(before: str, clause: str, number: _Number, verb: str) -> tuple[PrintedQuantity | None, int]:
    """Read a count before its name: 建设44个村级公共服务中心, 开展灵山、浦北2个县域规划编制; and where it ends.

    The verb may stand before an earlier count of the list.
    """
    unit = _UNITS.find(number.unit)
    if unit is None or number.unit in _NOT_COUNTED or unit.dimension in _TIMES or number.end > number.stop:
        return None, 0
    noun = re.match(r"[^、,;]*?(?=和\d|及\d|以及\d|、|,|;|等(?!级)|$)", clause[number.end :])
    text = noun[0].strip() if noun else ""
    cleaned, scope = _clean(before)
    match = _VERB.match(cleaned)
    printed = clause[number.start : number.stop]
    if unit.is_share and text.startswith("的") and (covers := _COVERS.search(cleaned)):
        wording = cleaned[: covers.start() + 2]
        return PrintedQuantity(
            wording + text.removeprefix("的"), wording, printed, number.figure, number.unit
        ), number.end
    text = text.removeprefix("的")
    word = match[1] if match else verb if not cleaned else ""
    limit = cleaned[match.end() :].strip("、") if match else ""
    if unit.is_share or not word or not text or re.search(r"[^\u4e00-\u9fff、]", limit):
        return None, 0
    end = number.end + len(noun[0]) if noun else number.end
    return PrintedQuantity(word + text, text, printed, number.figure, number.unit, word, limit or scope), end


def _together(clause: str, start: int, numbers: Sequence[_Number]) -> list[PrintedQuantity]:
    """Read names and figures that are listed apart: 农村卫生厕所、清洁厨房普及率分别达到90%和60%以上."""
    before = clause[start : numbers[0].start]
    relation = _APART.search(before)
    if relation is None:
        return []
    joints = (clause[number.end : following.start] for number, following in pairwise(numbers))
    group = numbers[: 1 + sum(1 for _ in takewhile(("、", "和", "及", ",").__contains__, joints))]
    head, scope = _clean(before[: relation.start()])
    names = [segment.text for segment in split_outside(head.replace("和", "、", head.count("和") == 1), "、")]
    if len(names) != len(group):
        return []
    ending = _MEASURE.search(names[-1])
    full = [name if _MEASURE.search(name) or not ending else name + ending[0] for name in names]
    words = relation[0].removeprefix("分别")
    return [
        PrintedQuantity(
            full[n],
            names[n],
            (words if n == 0 else "") + clause[number.start : number.end],
            number.figure,
            number.unit or group[-1].unit,
            scope=scope,
            shared=True,
        )
        for n, number in enumerate(group)
    ]


def _clean(text: str) -> tuple[str, str | None]:
    """Return a name without the time, the place and the connectives before it, and the scope that it is limited to."""
    before, plain = None, text.strip("—- ")
    while before != plain:
        before = plain
        for words in (DATE_WORDS, YEAR_WORDS, PLACE_WORDS, _CONNECTIVES):
            plain = words.sub("", plain)
        plain = plain.lstrip("、,;: ")
    if scope := _SCOPE.match(plain):
        return plain[scope.end() :].strip("的 "), scope[0]
    return plain.strip("的 "), None
