"""Read a file of rating rules: check its shape, its conditions and its points, and compare its names with the plan."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from czurban.model.finding import Findings, Message, did_you_mean, say
from czurban.model.indicator import IndicatorKind
from czurban.model.over_time.conditions import ALWAYS, PACE, POINTS, VERDICT, Condition, Measure
from czurban.model.over_time.rating import EVERY_INDICATOR, Band, Extra, Points, RankPoints, RatingRule, RuleScope
from czurban.model.over_time.rule_file import Level, MissingCase, MissingPolicy, RatingRules
from czurban.model.plan import Plan
from czurban.model.text import key, nearest
from czurban.reading.rules.conditions import ConditionError, RuleText
from czurban.reading.rules.shapes import (
    BandShape,
    ExtraShape,
    MissingShape,
    RankShape,
    RatingRuleShape,
    RollupsShape,
    RulesShape,
    ScopeShape,
)
from czurban.reading.yaml.file import read_shaped
from czurban.reading.yaml.tree import KeyPath, YamlFile

_NUMBER = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?", re.ASCII)
_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
Thing = TypeVar("Thing")
_KNOWN = frozenset({*map(str, Measure), VERDICT, PACE})
"""The names that conditions and points of every rule may use."""


def read_rules(
    path: Path, plan: Plan | None, inside: Path | None = None, *, about_plan: Message | None = None
) -> tuple[RatingRules | None, Findings]:
    """Read a file of rating rules; see `read_shaped` for `inside`. Without a plan no name is checked.

    Rules with an error are left out; None where nothing could be read. `about_plan` is a sentence for the hints of
    names that the plan does not have, where the plan was not chosen.

    Raises:
        UnreadableError: the file does not exist, or cannot be opened.
    """

    def build(shape: RulesShape, sheet: YamlFile) -> RatingRules:
        return RulesBuilder(sheet, plan, shape.references, about_plan).build(shape)

    hint = say("Name a file such as rules.yaml; docs/reference/rating.md describes it.")
    return read_shaped(path, RulesShape, build, say("docs/reference/rating.md"), hint, inside)


class RulesBuilder:
    """Builds the rules of one file."""

    def __init__(
        self, sheet: YamlFile, plan: Plan | None, references: Mapping[str, object], about_plan: Message | None
    ) -> None:
        self.sheet = sheet
        self.plan = plan
        self.about_plan = about_plan
        self.names = _KNOWN.union(references)

    def build(self, shape: RulesShape) -> RatingRules:
        """Build all rules; one with an error is left out and reported."""
        references = {name: self._reference(name, entry) for name, entry in shape.references.items()}
        weights = {
            self._indicator(name, ("weights", name)): weight
            for name, text in shape.weights.items()
            if (weight := self._above_zero(text, ("weights", name)))
        }
        rules = [self._rule(n, entry) for n, entry in enumerate(shape.rules)]
        self._check_ids(shape.rules)
        self._check_missing(shape.missing, tuple(filter(None, rules)))
        if not shape.rules:
            self.sheet.report("P154", ("rules",), say("There is no rule."), say("Write at least one rule."))
        return RatingRules(
            title=shape.title,
            source=shape.source or "",
            rules=tuple(filter(None, rules)),
            missing=_missing(shape.missing),
            rollups={level: getattr(shape.rollups or RollupsShape, level) for level in Level},
            references=references,
            grades=self._grades(shape.grades),
            weights=weights,
            file=self.sheet.file,
            place=self.sheet.place(()),
        )

    def _grades(self, shapes: Sequence[BandShape]) -> tuple[Band, ...]:
        """Build the grades; there are none where one has an error."""
        before = len(self.sheet.findings)
        bands = self._bands(shapes, ("grades",), {POINTS})
        return bands if len(self.sheet.findings) == before else ()

    def _check_ids(self, shapes: Sequence[RatingRuleShape]) -> None:
        lines: dict[str, int] = {}
        for n, shape in enumerate(shapes):
            place = self.sheet.place(("rules", n, "id"))
            if (line := lines.setdefault(shape.id, place.line or 0)) != place.line:
                message = say("“{name}” is the id of another rule, in line {line}.", name=shape.id, line=line)
                self.sheet.report("P110", ("rules", n, "id"), message, say("Give one of the two another id."))

    def _check_missing(self, shape: MissingShape, rules: Sequence[RatingRule]) -> None:
        """Report missing figures that count with 0 points where a rule gives no points."""
        without = next((rule for rule in rules if not rule.scores), None)
        for name in map(str, MissingCase):
            if without and getattr(shape, name) is MissingPolicy.ZERO:
                values = {"name": name, "rule": without.name}
                message = say("{name}: zero is for rules with points, and “{rule}” gives none.", **values)
                hint = say("Write lowest or leave-out, or points: for every band of the rule.")
                self.sheet.report("P154", ("missing", name), message, hint)

    def _reference(self, name: str, entry: Mapping[str, str]) -> dict[str, Fraction]:
        at = ("references", name)
        if name in _KNOWN or name == POINTS or not _NAME.fullmatch(name):
            message = say("“{name}” cannot be the name of a reference.", name=name)
            hint = say("Choose small Latin letters, digits and _; the names of measures are taken.")
            self.sheet.report("P154", at, message, hint)
        values = {}
        for text, number in entry.items():
            indicator, value = self._indicator(text, (*at, text)), self._number(number, (*at, text))
            if value is not None:
                values[indicator] = value
        return values

    def _rule(self, n: int, shape: RatingRuleShape) -> RatingRule | None:
        at = ("rules", n)
        before = len(self.sheet.findings)
        numbers = {name: self._number(getattr(shape, name), (*at, name)) for name in ("full", "least", "most")}
        rule = RatingRule(
            id=shape.id,
            name=shape.name,
            bands=self._bands(shape.bands, (*at, "bands"), self.names),
            given=self._condition(shape.given, (*at, "given"), self.names) or ALWAYS,
            scope=self._scope(shape.for_, (*at, "for")),
            **numbers,
            all_or_nothing=shape.all_or_nothing,
            extras=tuple(filter(None, (self._extra(each, (*at, "extras", k)) for k, each in enumerate(shape.extras)))),
            rank=self._rank(shape.rank, (*at, "rank")),
            weight=self._above_zero(shape.weight, (*at, "weight")) or Fraction(1),
            place=self.sheet.place(at),
        )
        self._check_points(rule, shape, at)
        return rule if len(self.sheet.findings) == before else None

    def _check_points(self, rule: RatingRule, shape: RatingRuleShape, at: KeyPath) -> None:
        """Report a rule that has points for some bands only, or limits that leave no room."""
        without = [n for n, band in enumerate(shape.bands) if band.points is None]
        if not shape.bands:
            self.sheet.report("P154", (*at, "bands"), say("The rule has no band."), say("Write at least one band."))
        if without and len(without) < len(shape.bands):
            message = say("This band has no points, and others of the rule have some.")
            hint = say("Write points: for every band, 0 where it gives none; or for no band.")
            self.sheet.report("P154", (*at, "bands", without[0]), message, hint)
        if rule.least is not None and rule.most is not None and rule.least > rule.most:
            self.sheet.report("P154", (*at, "least"), say("least: is above most:."), say("Exchange the two."))
        if rule.all_or_nothing and rule.full is None:
            hint = say("Add full: with the points of a full score.")
            self.sheet.report("P154", (*at, "all_or_nothing"), say("all_or_nothing: needs full:."), hint)
        if rule.extras and not rule.scores:
            message = say("There are extras, and no band gives points.")
            self.sheet.report("P154", (*at, "extras"), message, say("Write points: for every band."))

    def _bands(self, shapes: Sequence[BandShape], at: KeyPath, names: Collection[str]) -> tuple[Band, ...]:
        bands = []
        for n, shape in enumerate(shapes):
            when = self._condition(shape.when, (*at, n, "when"), names)
            points = self._points(shape.points, (*at, n, "points"))
            if when:
                place = self.sheet.place((*at, n, "when"))
                bands.append(
                    Band(
                        when=when,
                        status=shape.status,
                        word=shape.word,
                        colour=shape.colour,
                        points=points,
                        veto=shape.veto,
                        place=place,
                    )
                )
        return tuple(bands)

    def _condition(self, text: str | None, at: KeyPath, names: Collection[str]) -> Condition | None:
        if text is None:
            return None
        try:
            return RuleText(text, names).condition()
        except ConditionError as error:
            self.sheet.report("P150", at, error.message, error.hint, error.at)
            return None

    def _points(self, text: str | None, at: KeyPath) -> Points | None:
        if text is None:
            return None
        try:
            return Points(" ".join(text.split()), RuleText(text, self.names).expression())
        except ConditionError as error:
            hint = say("Write a number, or 60 + 0.4 * completion and the like.")
            self.sheet.report("P150", at, error.message, hint, error.at)
            return None

    def _extra(self, shape: ExtraShape, at: KeyPath) -> Extra | None:
        when = self._condition(shape.when, (*at, "when"), self.names)
        points, over = self._points(shape.points, (*at, "points")), self._points(shape.over, (*at, "over"))
        step, most = self._above_zero(shape.step, (*at, "step")), self._above_zero(shape.most, (*at, "most"))
        if (shape.over is None) != (shape.step is None):
            message = say("over: and step: go together: points for each whole step in over:.")
            self.sheet.report("P154", at, message, say("Write both, or neither."))
        if when is None or points is None:
            return None
        return Extra(name=shape.name, when=when, points=points, over=over, step=step, most=most)

    def _rank(self, shape: RankShape | None, at: KeyPath) -> RankPoints | None:
        if shape is None:
            return None
        by, rest = self._points(shape.by, (*at, "by")), self._number(shape.rest, (*at, "rest"))
        points = [self._number(text, (*at, "points", n)) for n, text in enumerate(shape.points)]
        known = tuple(number for number in points if number is not None)
        return RankPoints(by, not shape.lowest_first, known, rest) if by and rest is not None else None

    def _scope(self, shape: ScopeShape | None, at: KeyPath) -> RuleScope:
        if shape is None:
            return EVERY_INDICATOR
        plan = self.plan
        categories = {key(name): name for name in plan.categories} if plan else {}
        categories |= {key(name): part.title for part in plan.parts for name in (part.no, part.title)} if plan else {}
        kinds = {str(kind): kind for kind in IndicatorKind}
        departments = plan.departments if plan else ()
        return RuleScope(
            kinds=frozenset(
                kind
                for n, text in enumerate(shape.kinds)
                if (kind := self._resolved(text, kinds.get(text), list(kinds), (*at, "kinds", n)))
            ),
            categories=self._several(
                shape.categories, lambda text: categories.get(key(text)), list(categories.values()), (*at, "categories")
            ),
            indicators=frozenset(
                self._indicator(text, (*at, "indicators", n)) for n, text in enumerate(shape.indicators)
            ),
            departments=self._several(
                shape.departments,
                lambda text: office.name if plan and (office := plan.department(text)) else None,
                [office.name for office in departments],
                (*at, "departments"),
            ),
        )

    def _several(
        self, texts: Sequence[str], find: Callable[[str], str | None], known: Sequence[str], at: KeyPath
    ) -> frozenset[str]:
        """Resolve names of the plan; without a plan they stay as written."""
        if self.plan is None:
            return frozenset(texts)
        resolved = (self._resolved(text, find(text), known, (*at, n), self.about_plan) for n, text in enumerate(texts))
        return frozenset(filter(None, resolved))

    def _resolved(
        self, text: str, thing: Thing | None, known: Sequence[str], at: KeyPath, about_plan: Message | None = None
    ) -> Thing | None:
        """Return what a text was resolved to; report it where that is nothing."""
        if thing is None:
            hint = did_you_mean(nearest(text, known)) or say("Choose from: {names}.", names=", ".join(known))
            self.sheet.report("P111", at, say("“{name}” is not known here.", name=text), _joined(hint, about_plan))
        return thing

    def _indicator(self, text: str, at: KeyPath) -> str:
        """Return the id of an indicator of the plan; the text where there is none, which is reported."""
        if self.plan is None:
            return text
        if indicator := self.plan.indicator(text):
            return indicator.id
        message = say("The plan has no indicator “{name}”.", name=text)
        self.sheet.report("P111", at, message, _joined(did_you_mean(self.plan.near_indicators(text)), self.about_plan))
        return text

    def _number(self, text: str | None, at: KeyPath) -> Fraction | None:
        if text is None:
            return None
        if _NUMBER.fullmatch(text):
            return Fraction(text)
        message = say("“{text}” is not a number.", text=text[:40])
        self.sheet.report("P106", at, message, say("Write digits, such as 60 or 0.5."))
        return None

    def _above_zero(self, text: str | None, at: KeyPath) -> Fraction | None:
        number = self._number(text, at)
        if number is not None and number <= 0:
            message = say("“{text}” is not above 0.", text=str(text))
            self.sheet.report("P106", at, message, say("Write a positive number."))
            return None
        return number


def _joined(hint: Message | None, about_plan: Message | None) -> Message | None:
    """Return a hint with the sentence on the plan after it."""
    if hint is None or about_plan is None:
        return hint or about_plan
    return say("{first} {second}", first=hint, second=about_plan)


def _missing(shape: MissingShape) -> dict[MissingCase, MissingPolicy]:
    """Return the policy of every case; a figure that cannot be read counts like a missing one unless it is declared."""
    return {
        MissingCase.NO_TARGET: shape.no_target,
        MissingCase.NOT_APPLICABLE: shape.not_applicable,
        MissingCase.NOT_REPORTED: shape.not_reported,
        MissingCase.UNREADABLE: shape.unreadable or shape.not_reported,
    }
