"""Complete a drafted indicator as far as its words decide, and list what a person has to decide.

Readers of tables and of text draft what is printed: a name, a unit where one is printed, the words of the target. Here
the unit is found in the name or the target too, the kind follows from words alone, and every value is tried as
validation will try it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from czurban.model.finding import Message, did_you_mean, say
from czurban.model.observation import Reading
from czurban.model.period import Period, parse_in_year, parse_years
from czurban.model.rule import Grades
from czurban.model.target import BASELINE, Conditions, Reference, ReferenceKind
from czurban.model.text import exact, half_width, one_line
from czurban.model.unit import SCALES, Unit, Units
from czurban.reading.imports.draft import Decision, DraftIndicator
from czurban.reading.phrases.phrase import interval_for, read_phrase
from czurban.reading.phrases.tokens import PhraseContext, Refusal, factor_between, take_unit
from czurban.reading.plan.targets import NO_TARGET
from czurban.reading.submission.cell import plain_unit, read_cell
from czurban.reading.submission.names import shorten

Words = Sequence[tuple[str, str]]
"""Kinds, each with the words that decide it."""
_YEAR_END = re.compile(r"(?:全年|当年|年度?内|年?底前?|年末前?)(?:完成)?")
_VERB = re.compile(
    r"(.{2,}?)(达到|控制在|不低于|不高于|不超过|不少于|保持在|稳定在|(?:提高|提升|上升|增加|增长|扩大|下降|降低|减少)(?:到|至))"
)
_BRACKET = re.compile(r"\s*[(（\[【](?P<inside>[^()（）\[\]【】]*)[)）\]】]\s*$")
_GROWS = r"增长率|增长速度|增速|增幅|增长$|(?:下降|降低|减少)(?:率|幅度)?$|降幅|growth|increase$|decrease$|reduction$"
_RATE = (
    r"率$|率[(（]|比例|比重|占比|^占|占.{1,14}比|覆盖面"
    r"|\bper (?:1|10|100)[ ,]?000\b|\b(?:share|rate|ratio|proportion|percentage|cover|coverage)\b"
)
_MEAN = r"(?:年均|月均|日均|平均)浓度|(?:mean|average) concentration"
_WORKS = r"新建|改建|扩建|改造|建成|建设|创建|培育|开工|编制|新增|整治|\b(?:built|renovated|new)\b"
_FLOW = (
    r"新增|净增|产值|增加值|生产总值|总收入|收入$|投资|零售额|销售额|进出口|出口额|预算|产量|发电量|吞吐量|交易额|"
    r"成交额|用水量|用电量|消费总量|排放量|再就业|实现就业|\b(?:new|added|output|revenue|investment|exports|income|emissions)\b|GDP"
)
_STOCK = (
    r"人口(?:数|总量|规模)?$|参保(?:人)?数|保有量|拥有量|面积$|里程$|床位数?$|医师数|年限$|寿命$|能力$|装机|库容|"
    r"\b(?:population|area|length|beds|expectancy|capacity)\b"
)
_INTENSITY = (
    r"单位(?:GDP|地区生产总值|国内生产总值|生产总值|(?:工业)?增加值|(?:工业)?产值|面积|建筑面积|产品|耕地|土地)|^(?:.{0,8}?)[万亿]元(?:GDP|地区生产总值|"
    r"国内生产总值|生产总值|(?:工业)?增加值|(?:工业)?产值)|^(?:地均|亩均)|\bintensity\b|\bper (?:capita|head|unit)\b"
)
_PER_HEAD = r"^(?:人均|户均|每(?:百|千|万|十万)?(?:名|户|人|常住|老))"
_CHANGED_BY = re.compile(
    r"\bby (?:at least )?\d[\d.]*\s?%|% (?:fewer|less|more|lower|higher|below|above|reduction|increase)"
)
"""Words of a change in per cent, whose figure is in another unit."""
_BY_DIMENSION: Mapping[str, Words] = {
    "share": (("growth", _GROWS), ("rate", _RATE)),
    "works": (("works", _WORKS),),
    "dwelling": (("works", _WORKS),),
}
_OF_AMOUNTS: Words = (
    ("mean", _MEAN),
    ("rate", _INTENSITY),
    ("stock", _PER_HEAD),
    ("flow", _FLOW),
    ("stock", _STOCK),
)
_OF_RATIOS: Words = (("mean", _MEAN), ("open", r"浓度|concentration"), ("rate", ""))
"""The kinds in a unit such as 吨标准煤/万元: a ratio of two amounts, whatever amount the name begins with."""


def completed(indicator: DraftIndicator, units: Units) -> DraftIndicator:
    """Return an indicator with its unit, kind and baseline as far as words decide, and with its open decisions."""
    indicator = _with_unit(bare_name(indicator, units), units)
    indicator = replace(indicator, kind=indicator.kind or kind_of(indicator.name, _unit(indicator, units)))
    indicator = _with_baseline(indicator, units)
    decisions = [*indicator.decisions, *_decisions(indicator, units)]
    asked = {each.key: each for each in reversed(decisions) if each.key != "steps"}
    kept = [each for each in decisions if each.key == "steps" or asked[each.key] is each]
    return replace(indicator, decisions=kept)


def kind_of(name: str, unit: Unit | None) -> str | None:
    """Return the kind that a name's words decide; None where they leave it open."""
    plain = half_width(name)
    if unit is None:
        return None
    words = _OF_RATIOS if unit.is_ratio else _BY_DIMENSION.get(unit.dimension, _OF_AMOUNTS)
    kind = next((kind for kind, pattern in words if re.search(pattern, plain, re.IGNORECASE)), None)
    return None if kind == "open" else kind


def _unit(indicator: DraftIndicator, units: Units) -> Unit | None:
    return units.find(indicator.unit) if indicator.unit else None


def bare_name(indicator: DraftIndicator, units: Units) -> DraftIndicator:
    """Return an indicator whose name has neither a unit in a bracket nor a verb behind it: 失业率控制在."""
    indicator = _without_unit_in_name(indicator, units)
    match = _VERB.fullmatch(indicator.name)
    if not match or not indicator.target or not re.match(r"\s*\d", indicator.target):
        return indicator
    return replace(indicator, name=match[1], target=match[2] + indicator.target)


def _without_unit_in_name(indicator: DraftIndicator, units: Units) -> DraftIndicator:
    """Take a unit out of the bracket that ends a name: 城镇新增就业（万人）."""
    match = _BRACKET.search(indicator.name)
    inside = plain_unit(match["inside"]) if match else ""
    if not match or units.find(inside) is None or not indicator.name[: match.start()].strip():
        return indicator
    stated = units.find(indicator.unit) if indicator.unit else None
    if indicator.unit and stated != units.find(inside):
        message = say("The name has the unit “{inside}”, and the unit is “{unit}”.", inside=inside, unit=indicator.unit)
        decision = Decision("unit", message, say("Keep the one that the figures are in."))
        return replace(indicator, decisions=[*indicator.decisions, decision])
    return replace(indicator, name=indicator.name[: match.start()].strip(), unit=indicator.unit or inside)


def _with_unit(indicator: DraftIndicator, units: Units) -> DraftIndicator:
    """Take the unit of an indicator without one from its target, else from its baseline."""
    if indicator.unit:
        return replace(indicator, unit=plain_unit(one_line(indicator.unit)))
    for text in filter(None, (indicator.target, indicator.baseline)):
        printed = "%" if "percentage point" in text else take_unit(text)[1]
        if printed == "%" and _CHANGED_BY.search(text):
            continue
        if printed and printed not in SCALES and "点" not in printed and units.find(printed):
            return replace(indicator, unit=printed)
    return indicator


def _with_baseline(indicator: DraftIndicator, units: Units) -> DraftIndicator:
    """Write a baseline as a number in the indicator's unit; one that is only a dash is none."""
    if indicator.baseline is None:
        return indicator
    cell, unit = read_cell(indicator.baseline), _unit(indicator, units)
    if cell.reported is Reading.NOTHING:
        return replace(indicator, baseline=None)
    printed = cell.scale + cell.unit
    if cell.amount is None or not printed:
        return indicator
    factor = factor_between(printed, unit, units)
    if isinstance(factor, Message):
        return indicator
    number = exact(Fraction(cell.amount) * factor)
    about = "约" if cell.approximate else ""
    return indicator if "/" in number else replace(indicator, baseline=about + number)


def _decisions(indicator: DraftIndicator, units: Units) -> Iterator[Decision]:
    """Yield what is open in an indicator, at most once for each key but for the years of steps."""
    unit = _unit(indicator, units)
    if indicator.unit and unit is None:
        message = say("The unit “{unit}” is not known.", unit=indicator.unit)
        hint = did_you_mean(units.like(indicator.unit)) or say("Declare it under units: in targets.yaml.")
        yield Decision("unit", message, hint)
    yield from (Decision(name, *asked) for name, asked in _MISSING.items() if not getattr(indicator, name))
    refusals = [("target", _refusal(indicator.target, indicator, unit, units))]
    refusals += [("steps", _refusal(text, indicator, unit, units)) for text in indicator.steps.values()]
    refusals.append(("baseline", _no_baseline(indicator.baseline, unit, units)))
    yield from (Decision(name, refusal.message, refusal.hint) for name, refusal in refusals if refusal)


_MISSING: Mapping[str, tuple[Message, Message]] = {
    "unit": (say("No unit is printed."), say("Write the unit of the figures.")),
    "kind": (
        say("The words do not say what kind of figure this is."),
        say(
            "Write stock for a level, flow for a sum over the year, rate, mean for an average over the year, growth, "
            "or works for a count of works."
        ),
    ),
    "lead": (say("No lead department is printed."), say("Write the department that answers for it.")),
    "target": (
        say("No target is printed."),
        say("Write the target as printed, such as ≥41, or 无 if it has none."),
    ),
    "deadline": (
        say("No year is printed that the target is for."),
        say("Write the year in which it is due."),
    ),
}


def _no_baseline(text: str | None, unit: Unit | None, units: Units) -> Refusal | None:
    """Return why a printed baseline is no number in the indicator's unit."""
    if text is None:
        return None
    cell = read_cell(text)
    hint = say("Write only the number, or — for none.")
    if cell.amount is None:
        return Refusal(
            say("The baseline “{text}” cannot be read as a number in the indicator's unit.", text=text), hint
        )
    if unit and (printed := cell.scale + cell.unit):
        factor = factor_between(printed, unit, units)
        return Refusal(factor if isinstance(factor, Message) else say("The baseline is no finite decimal."), hint)
    return None


def _refusal(text: str | None, indicator: DraftIndicator, unit: Unit | None, units: Units) -> Refusal | None:
    """Return why a printed target is not one that can be judged by; None where it is, or where there is none."""
    if text is None or text in NO_TARGET:
        return None
    cell = read_cell(indicator.baseline) if indicator.baseline else None
    base = Fraction(cell.amount) if cell and cell.amount is not None and not cell.approximate else None
    context = PhraseContext(
        unit, indicator.name, indicator.kind == "growth", lambda printed: factor_between(printed, unit, units)
    )
    phrase = read_phrase(text, context)
    rule = None if isinstance(phrase, Refusal) else phrase.rule
    if isinstance(rule, Grades):
        return None
    year = Reference(ReferenceKind.YEAR, indicator.baseline_year or "")
    if base is not None and isinstance(rule, Conditions) and rule.interval({year: base, BASELINE: base}):
        return None
    read = interval_for(text, context, baseline=base)
    return read if isinstance(read, Refusal) else None


def filled(indicator: DraftIndicator, due: Period, base: str | None, unit: str | None) -> DraftIndicator:
    """Fill in what the table says once for all rows, and read the deadline."""
    year = indicator.baseline_year if indicator.baseline_year != base else None
    known = replace(indicator, baseline_year=year, unit=indicator.unit or unit)
    if indicator.deadline is None or _YEAR_END.fullmatch(indicator.deadline):
        return replace(known, deadline=str(due))
    if parse_years(indicator.deadline):
        return known
    if period := parse_in_year(indicator.deadline, due.year):
        return replace(known, deadline=str(period))
    message = say("“{text}” cannot be read as the time when the target is due.", text=shorten(indicator.deadline))
    decision = Decision("deadline", message, say("Write a year or a month, such as 2019 or 2019-06."))
    return replace(known, decisions=[*known.decisions, decision])
