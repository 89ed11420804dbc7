"""Build the indicators of targets.yaml, with their paths and the places that print them; check names and references."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from czurban.model.faults import SURPRISES
from czurban.model.finding import did_you_mean, say
from czurban.model.indicator import Adding, AddingRule, Citation, Elapsed, Indicator, IndicatorKind
from czurban.model.observation import Reading
from czurban.model.period import Period, parse_period
from czurban.model.rule import Statement
from czurban.model.target import Conditions, Interval, Target
from czurban.model.task import NO_PERSONS, Persons, StagePoint
from czurban.model.text import half_width, task_no
from czurban.model.unit import Unit, Units
from czurban.model.years import PathPoint
from czurban.reading.phrases.phrase import interval_for, read_phrase
from czurban.reading.phrases.tokens import PhraseContext, Refusal, factor_between
from czurban.reading.plan.names import Names, PlanContext
from czurban.reading.plan.target_shapes import IndicatorShape, PersonsShape
from czurban.reading.plan.targets import NO_TARGET, TargetBuilder, exact_value
from czurban.reading.submission.cell import read_cell
from czurban.reading.yaml.tree import KeyPath, YamlFile

_WHOLE_SHARE = 100


def persons_of(shape: PersonsShape | None) -> Persons:
    """Return the persons of an entry; NO_PERSONS where it names none."""
    return Persons(shape.leader, shape.person, shape.phone) if shape else NO_PERSONS


def target_path(
    texts: Mapping[str, str], units: Units, unit: Unit, file: YamlFile, at: KeyPath
) -> tuple[PathPoint, ...]:
    """Read the path of a target, in order of time; report and leave out points that cannot be read.

    20% is a share of the target, or of the way from the baseline to it. In an indicator whose own unit is %, it is a
    value.
    """
    points = []
    for text, period in _periods(texts, file, at):
        cell, place = read_cell(texts[text]), file.place((*at, text))
        printed = units.find(cell.unit) if cell.unit else unit
        amount = None if cell.reported is not Reading.VALUE or cell.scale else cell.amount
        if amount is not None and cell.unit == "%" and not unit.is_share:
            points.append(PathPoint(period, share=Fraction(amount) / _WHOLE_SHARE, place=place))
        elif amount is not None and printed and printed.dimension == unit.dimension:
            points.append(PathPoint(period, value=Fraction(amount) * printed.factor / unit.factor, place=place))
        else:
            message = say(
                "“{text}” is neither a share such as 45% nor a value in {unit}.", text=texts[text], unit=unit.name
            )
            hint = say("Write how much should be reached at the end of {period}.", period=period)
            file.report("P106", (*at, text), message, hint)
    return tuple(sorted(points, key=lambda point: point.period.until))


def stage_path(texts: Mapping[str, str], stages: Names | None, file: YamlFile, at: KeyPath) -> tuple[StagePoint, ...]:
    """Read the stages that are due before the end, in order of time."""
    points = []
    for text, period in _periods(texts, file, at):
        stage, here = texts[text], (*at, text)
        known = stages.resolve(stage, file, here) if stages else stage
        points.append(StagePoint(period, known, file.place(here)))
    return tuple(sorted(points, key=lambda point: point.period.until))


def _periods(texts: Mapping[str, str], file: YamlFile, at: KeyPath) -> Iterator[tuple[str, Period]]:
    """Yield the keys of a path with their periods; report a key that is none."""
    for text in texts:
        if period := parse_period(text):
            yield text, period
        else:
            message = say("“{text}” cannot be read as a period.", text=text)
            hint = say("Write the end of a part of the year, such as 2019Q1, 2019H1, 2019-01..09 or 2019-06.")
            file.report("P106", (*at, text), message, hint)


_MOVES = r"提高|提升|增加|增长|扩大|降低?|下降|减少|压减|压缩|控制"
_VERBS = rf"分别|达到?|大?约|(?:保持|稳定|维持)在|(?:{_MOVES})?(?:到|至)"
_SIDES = r"不(?:低于|少于|小于|超过|高于|多于|大于)|控制在|超过|高于|多于|大于|低于|少于|小于|>=|<=|[≥≤><=~]"
_BEFORE = re.compile(rf"^(?:{_SIDES}|{_VERBS}|\s)+")
_EXACTLY = re.compile("=|等于|exactly|equal")
_VERB = re.compile(rf"^(?:{_VERBS}|\s)+")
_AFTER = re.compile(r"(?:以上|以下|以内|之内|左右|上下|\s)+$")


_CUMULATIVE = "〔〕"
"""The brackets in which plans print cumulative figures."""


class PrintedFigure(NamedTuple):
    """A number and the text of its unit, such as 万人 or a lone 万; the unit is empty where there is none."""

    amount: Decimal
    unit: str


def read_figure(printed: str) -> PrintedFigure | None:
    """Read the number of a printed figure such as 达到99%以上 or 约190; return None unless there is exactly one."""
    bare = _AFTER.sub("", _BEFORE.sub("", half_width(printed).strip().strip(_CUMULATIVE)))
    cell = read_cell(bare)
    if cell.reported is not Reading.VALUE or cell.amount is None:
        return None
    return PrintedFigure(cell.amount, cell.scale + cell.unit)


_LONGEST_UNIT = 4
_NO_UNIT = frozenset("增以至到零的0123456789")
"""Characters of words behind a number that are no unit."""
_AS_PRINTED = PhraseContext(scale=lambda _: Fraction(1))


def printed_rule(printed: str, context: PhraseContext = _AS_PRINTED, base: Fraction | None = None) -> Interval | None:
    """Return the rule of a printed text whose words give a direction: 达到41%, 控制在4.5%以下, 不少于32个; else None.

    A number alone gives none, with its unit or without, and neither does 100%. The bounds are in the unit of the text.
    """
    plain = half_width(printed).strip()
    texts = [text for text in dict.fromkeys((plain, _VERB.sub("", plain))) if not _is_number(text)]
    readings = (interval_for(text, context, baseline=base) for text in texts)
    rule = next((rule for rule in readings if isinstance(rule, Interval)), None)
    if rule is None or (rule.low == rule.high and not _EXACTLY.search(plain)):
        return None
    return rule


def _is_number(text: str) -> bool:
    """Return whether a text is a number with or without a unit, and no more: neither 0增长 nor 5以上的 nor 5到7."""
    cell = read_cell(text)
    return cell.reported is Reading.VALUE and len(cell.unit) <= _LONGEST_UNIT and _NO_UNIT.isdisjoint(cell.unit)


def citations(  # noqa: PLR0913, PLR0917 - what the entries are read with
    shape: IndicatorShape, unit: Unit, target: Target, units: Units, file: YamlFile, at: KeyPath
) -> tuple[Citation, ...]:
    """Read the places that print an indicator; of a figure relative to the baseline, the level that it asks for."""
    base = exact_value(target.baseline)
    context = _AS_PRINTED._replace(unit=unit, name=shape.name, growth=shape.kind is IndicatorKind.GROWTH)
    cited = []
    for n, entry in enumerate(shape.cited):
        figure = read_figure(entry.printed)
        printed_unit = units.find(figure.unit) if figure else None
        known = figure is not None and (printed_unit is not None or not figure.unit)
        amount = figure.amount if figure and known else None
        rule = printed_rule(entry.printed, context)
        if rule is None and base is not None and (rule := printed_rule(entry.printed, context, base)):
            amount, printed_unit = rule.bound, None
        place = file.place((*at, "cited", n))
        known_as = Citation(entry.at, entry.wording or shape.name, entry.printed, amount, printed_unit, place, rule)
        words = context._replace(scale=partial(factor_between, unit=unit, units=units, names=(shape.unit,)))
        cited.append(known_as if rule or amount is not None else _of_words(known_as, shape, target, words))
    return tuple(cited)


def _of_words(cited: Citation, shape: IndicatorShape, target: Target, context: PhraseContext) -> Citation:
    """Return a citation without a figure with what its words state; the target's words state the target's rule."""
    phrase = read_phrase(cited.printed, context)
    rule = None if isinstance(phrase, Refusal) else phrase.rule
    if rule is not None and target.rule.has_bound and phrase == read_phrase(shape.target, context):
        return cited._replace(rule=target.rule)
    interval = rule.interval({}) if isinstance(rule, Conditions) else None
    if interval is not None:
        return cited._replace(rule=interval, figure=interval.bound)
    relative = rule if isinstance(rule, Conditions) and rule.references else None
    return cited._replace(relative=relative, statement=isinstance(rule, Statement))


_ID = r"[a-z][a-z0-9_]*"
_ADDING = {
    AddingRule.SUM: "sum",
    AddingRule.NONE: "none",
    AddingRule.WEIGHTED: rf"weighted\s+by\s+({_ID})",
    AddingRule.RATIO: rf"ratio\s+of\s+({_ID})\s+to\s+({_ID})",
}
_PLACED = (
    *("no", "name", "category", "task", "kind", "lead", "baseline", "target", "steps", "years"),
    *("basis", "reason", "adds", "path", "deadline", "compared_with", "by_type"),
)
"""The keys that a finding may be about."""


class IndicatorBuilder:
    """Builds the indicators of one plan."""

    def __init__(self, context: PlanContext, units: Units, categories: Names, period: Period | None) -> None:
        self.context = context
        self.file = context.targets
        self.units = units
        self.categories = categories
        self.numbers = Names()
        self.targets = TargetBuilder(context.targets, units, period)

    def build(self, i: int, shape: IndicatorShape) -> Indicator | None:
        """Build one indicator; return None where its unit or target cannot be read."""
        at, names = ("indicators", i), self.context.indicators
        names.add_all(shape.name, shape.aliases, self.file, at)
        names.add(shape.id, shape.name, self.file, (*at, "id"))
        number = self._number(shape, at)
        self._check_category(shape, at)
        unit = self.units.find(shape.unit)
        if unit is None and "units" not in self.context.dropped:
            message = say("The unit “{unit}” is not known.", unit=shape.unit)
            near = did_you_mean(self.units.like(shape.unit))
            self.file.report("P109", (*at, "unit"), message, near or say("Declare it under units: in targets.yaml."))
        self._check_unit_aliases(shape, unit, at)
        target = self.targets.build(shape, at)
        leads = self.context.departments.resolve_departments(shape.lead, self.file, (*at, "lead"))
        reporters = self.context.departments.resolve_departments(shape.reporters, self.file, (*at, "reporters"))
        if unit is None or target is None:
            return None
        path = target_path(shape.path, self.units, unit, self.file, (*at, "path"))
        return Indicator(
            id=shape.id,
            no=number,
            name=shape.name,
            aliases=tuple(shape.aliases),
            category=shape.category,
            task=task_no(shape.task) if shape.task else None,
            unit=Unit(shape.unit, unit.dimension, unit.factor),
            unit_aliases=tuple(shape.unit_aliases),
            kind=shape.kind,
            scope=shape.scope or "",
            leads=leads,
            reporters=reporters,
            target=target._replace(path=path),
            annual=shape.annual,
            persons=persons_of(shape.persons),
            by_days=shape.elapsed is Elapsed.DAYS,
            cited=citations(shape, unit, target, self.units, self.file, at),
            place=self.file.place(at),
            places={name: self.file.place((*at, name)) for name in _PLACED},
            jump=self._jump(shape.jump, at),
            ignored=self._ignored(shape.ignore, at),
            adds=self._adds(shape.adds, at),
            input_only=shape.target in NO_TARGET,
            binding=shape.binding,
            by_type=self.targets.by_type(shape, target, at),
        )

    def _number(self, shape: IndicatorShape, at: KeyPath) -> int | str | None:
        """Return the number in the main table: 12 as a number, and 1.2.3 or AHS-1.1 as a text."""
        text, place = half_width(shape.no or "").strip(), (*at, "no")
        if not text:
            return None
        self.numbers.add_once(text, shape.name, self.file, place)
        if text.isdecimal():
            return int(text)
        self.context.indicators.add(text, shape.name, self.file, place)
        return text

    def _check_unit_aliases(self, shape: IndicatorShape, unit: Unit | None, at: KeyPath) -> None:
        """Report an alias of the unit that is the name of a larger or smaller unit."""
        for n, alias in enumerate(shape.unit_aliases):
            other = self.units.find(alias)
            if unit and other and other.dimension == unit.dimension and other.factor != unit.factor:
                message = say(
                    "“{alias}” is a different unit, not another name for {unit}.", alias=alias, unit=unit.name
                )
                self.file.report("P109", (*at, "unit_aliases", n), message, say("Leave it out; it converts."))

    def _check_category(self, shape: IndicatorShape, at: KeyPath) -> None:
        if shape.category is not None and shape.task is not None:
            message = say("“{name}” needs either a category or a task, and not both.", name=shape.name)
            self.file.report("P113", (*at, "name"), message, say("Delete category: or task: here."))
        elif shape.category is None and shape.task is None and self.categories:
            message = say("“{name}” is in no category of the plan, and in no task.", name=shape.name)
            hint = say(
                "Write category: {name}, or another category, or task: with a number.", name=self.categories.first
            )
            self.file.report("P113", (*at, "name"), message, hint)
        elif shape.category is not None:
            self.categories.resolve(shape.category, self.file, (*at, "category"))

    def _jump(self, text: str | None, at: KeyPath) -> Fraction | None:
        if text is None:
            return None
        cell = read_cell(text)
        if cell.amount is None or cell.unit != "%" or cell.amount <= 0:
            message = say("“{text}” is not a share of the baseline by which a value may differ.", text=text)
            self.file.report("P106", (*at, "jump"), message, say("Write a percentage such as 50%."))
            return None
        return Fraction(cell.amount) / 100

    def _ignored(self, codes: Sequence[str], at: KeyPath) -> frozenset[str]:
        for n, code in enumerate(codes):
            if code.upper() not in SURPRISES:
                message = say("“{code}” cannot be switched off for one indicator.", code=code)
                hint = say("Choose from: {names}.", names=", ".join(sorted(SURPRISES)))
                self.file.report("P106", (*at, "ignore", n), message, hint)
        return frozenset(code.upper() for code in codes)

    def _adds(self, text: str | None, at: KeyPath) -> Adding | None:
        """Read how parts add up; its ids are resolved later, when all indicators are known."""
        if text is None:
            return None
        for rule, form in _ADDING.items():
            if match := re.fullmatch(form, text.strip()):
                return Adding(rule, match.groups(), declared=True)
        message = say("“{text}” is not a known way to add up parts.", text=text)
        self.file.report("P106", (*at, "adds"), message, say("Write sum, none, weighted by ID, or ratio of ID to ID."))
        return None
