"""Find the aims of a text that are no single figures: rules (翻一番, 6～8所), and what a person has to read."""

import re
from collections.abc import Collection, Iterator, Sequence

from czurban.model.finding import say
from czurban.model.target import Conditions, Interval, ReferenceKind
from czurban.model.text import half_width_in_place
from czurban.model.unit import Units
from czurban.reading.imports.clauses import is_english, outside_brackets, sentences
from czurban.reading.imports.draft import Decision
from czurban.reading.imports.text.document import TextParagraph
from czurban.reading.imports.text.figures import aim_before, aim_of_sentence, clauses_in, name_and_relation, unit_at
from czurban.reading.imports.text.quantity import PrintedQuantity
from czurban.reading.phrases.phrase import read_phrase
from czurban.reading.phrases.tokens import DIGITS, PhraseContext, Refusal, factor_between, number_of

_UNITS = Units()
_RANGE = re.compile(rf"(?<![\d.])({DIGITS})(?P<unit>[%‰万亿\u4e00-\u9fff]{{0,4}}?)[-－—–~～至到]+{DIGITS}")
_COMPARES = re.compile(
    r"(?:力争|争取|努力|总体|均|保持|维持)*(?=[比较与同在].{0,12}(?:翻|持平)|翻|不?[高低快慢]于|不?超过|持平|只[增减]不|不[降减反]|保持|维持)"
)
_REFERENCES = (ReferenceKind.BASELINE, ReferenceKind.YEAR, ReferenceKind.PLACE)
_NUMERAL = "[一二两三四五六七八九十百千万]+"
_STATES = re.compile(
    r"(?<![\d.#A-Za-z第])\d+(?:\.\d+)?(?![\d.#A-Za-z年月日号期届维]|个?五|级[^，]|[-－—~～]\d+年)"
    rf"|百分之|{_NUMERAL}成(?:以上|以下|以内|左右)|{_NUMERAL}分之|翻{_NUMERAL}?番|{_NUMERAL}倍|翻倍|倍增|减半|减量|过半|持平"
    r"|[高低快慢]于|不低于|不高于|不超过|(?:平均|先进|领先)水平|全覆盖|全部覆盖|应[^，]{1,2}尽[^，]|[增减]不[减增]|不降低|不减少|不增加|零(?:增长|新增|发生|事故|死亡)|清零"
    rf"|前(?:{_NUMERAL})(?:名|位|强|列)?(?![\u4e00-\u9fff])|前(?:{_NUMERAL})(?:名|位|强|列)|前列|第一方阵|第{_NUMERAL}(?:名|位)|同步(?:增长|提高)|增长同步"
    rf"|(?:建设|新建|建成|改造|完成|新增|培育|打造|创建|引进)[^，]{{0,12}}?{_NUMERAL}(?:个|所|家|座|条|处|公里|项|名|套|户|万)"
)
"""Words of an aim or a figure: whatever number is left, a comparison, a rank, or the whole of something."""


_WHOLE = re.compile(
    r"(?:基本|全面|全部|彻底)(?:消除|消灭|清除|清零|建成|完成|开工|竣工|完工|投用|投入使用|达标|解决)"
    r"|(?:\d月(?:\d{1,2}日|底|末)?|季度末?|上半年)(?:(?:之|以)?前|内)[^，]*[\u4e00-\u9fff]{2}"
)
"""Words of an aim that has no figure: the whole of something, and what is due within a year."""

_ENGLISH_STATES = re.compile(
    r"(?<![\w.,/-])\d(?!\d{3}(?![\d,.]))"
    r"|\b(?:double|triple|halve|half|third|quarter|net[- ]zero|carbon neutral|no one)\b",
    re.IGNORECASE,
)
"""The same in English; a year alone is none."""


def rules_in(text: str, year: int | None = None) -> Iterator[PrintedQuantity]:
    """Yield the rules of a text that have no single number, as quantities of which the printed words are the rule."""
    for clause, quantities in clauses_in(text, year):
        if not quantities and (rule := _rule(clause)):
            before = next(each for each in sentences(text) if clause in each)
            yield rule if rule.aim else rule._replace(aim=aim_of_sentence(before, clause))


def open_aims(
    paragraph: TextParagraph, key: str, year: int | None, *, names: Sequence[str] = (), rules: Collection[str] = ()
) -> Iterator[Decision]:
    """Yield a decision about each clause with an aim or a figure that is neither read nor in the name of a milestone.

    Args:
        paragraph: a paragraph of the document.
        key: the key of the entry that the decisions are about.
        year: the first year of the plan.
        names: the names of the milestones read in it.
        rules: the names and printed words of the rules that became indicators.
    """
    is_open = _is_open_in_english if is_english(paragraph.text) else _is_open
    for clause, quantities in clauses_in(paragraph.text, year):
        rule = None if quantities else _rule(clause)
        if is_open(clause, quantities, names) and not (rule and rule.name + rule.printed in rules):
            line = paragraph.place.line or 1
            message = say("Line {line} prints “{text}”, and no indicator says so.", line=line, text=clause)
            hint = say("Add an indicator with its unit and target, or delete this comment if it is no aim.")
            yield Decision(key, message, hint)


def _is_open(clause: str, quantities: Sequence[PrintedQuantity], names: Sequence[str]) -> bool:
    if not quantities and not any(name in clause for name in names) and _WHOLE.search(clause):
        return True
    read = [word for each in quantities for word in (*each.printed.split(" … "), each.baseline, each.wording)]
    left = clause
    for words in filter(None, (*read, *names)):
        left = left.replace(words, "，")
    return bool(_STATES.search(outside_brackets(half_width_in_place(left)).replace("\x01", "，")))


def _is_open_in_english(clause: str, quantities: Sequence[PrintedQuantity], names: Sequence[str]) -> bool:
    from czurban.reading.imports.text.english_dates import without_date  # noqa: PLC0415 - for English text alone

    if quantities or any(name in clause for name in names):
        return False
    left = outside_brackets(half_width_in_place(clause)).replace("\x01", "，")
    return bool(without_date(clause).deadline or _ENGLISH_STATES.search(left))


def _rule(clause: str) -> PrintedQuantity | None:
    return _range(clause) or _comparison(clause)


def _range(clause: str) -> PrintedQuantity | None:
    """Read a range with its unit behind its name: 新建幼儿园6～8所."""
    plain = half_width_in_place(clause)
    match = _RANGE.search(plain)
    if match is None or len(_RANGE.findall(plain)) > 1:
        return None
    name, relation = name_and_relation(clause[: match.start()])
    unit = unit_at(plain[match.end() :])
    measured = _UNITS.find(unit)
    printed = clause[match.start() : match.end() + len(unit)]
    if (
        measured is None
        or not name
        or re.search("[不超低高多少大小≥≤><]|[至最]", relation)
        or re.search(r"\d", name)
        or plain[match.end() + len(unit) :].strip()
    ):
        return None
    context = PhraseContext(measured, name, scale=lambda text: factor_between(text, measured, _UNITS))
    phrase = read_phrase(printed, context)
    if isinstance(phrase, Refusal) or not isinstance(phrase.rule, Conditions):
        return None
    return PrintedQuantity(name, name, printed, number_of(match[1]), unit, aim=aim_before(clause, printed))


def _comparison(clause: str) -> PrintedQuantity | None:
    """Read a rule relative to another figure behind its name: 旅游收入翻一番, 优良率高于全省平均水平."""
    plain = half_width_in_place(clause)
    for match in _COMPARES.finditer(plain):
        name, relation = name_and_relation(clause[: match.start()])
        if len(name) < 2 or relation or re.search(r"\d", name):  # noqa: PLR2004 - a name has two characters
            continue
        phrase = read_phrase(clause[match.start() :], PhraseContext(name=name))
        rule = None if isinstance(phrase, Refusal) else phrase.rule
        if isinstance(rule, Conditions) and all(
            not isinstance(each, Interval) and each.reference.kind in _REFERENCES for each in rule.all
        ):
            printed = clause[match.start() :]
            return PrintedQuantity(name, name, printed, number_of("0"), "", aim=aim_before(clause, printed))
    return None
