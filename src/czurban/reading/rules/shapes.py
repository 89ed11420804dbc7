"""Declare the keys of rules.yaml."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from czurban.model.over_time.rating import Colour
from czurban.model.over_time.rule_file import MissingPolicy, RollUp
from czurban.reading.yaml.shapes import Latin, MappingShape, Text, Texts


class BandShape(MappingShape):
    """One entry of `bands:` or `grades:`."""

    when: Text
    status: Text
    word: Text
    colour: Colour
    points: Text | None = None
    veto: bool = False


class ScopeShape(MappingShape):
    """`for:` – the indicators that a rule is for."""

    kinds: Texts = ()
    categories: Texts = ()
    indicators: Texts = ()
    departments: Texts = ()


class ExtraShape(MappingShape):
    """One entry of `extras:` – points that are added, or deducted where they are negative."""

    name: Text
    when: Text
    points: Text
    over: Text | None = None
    step: Text | None = None
    most: Text | None = None


class RankShape(MappingShape):
    """`rank:` – points by rank."""

    by: Text
    lowest_first: bool = False
    points: Texts
    rest: Text


class RatingRuleShape(MappingShape):
    """One entry of `rules:`."""

    id: Latin
    name: Text
    for_: ScopeShape | None = None
    given: Text | None = None
    bands: Sequence[BandShape]
    full: Text | None = None
    least: Text | None = None
    most: Text | None = None
    all_or_nothing: bool = False
    extras: Sequence[ExtraShape] = ()
    rank: RankShape | None = None
    weight: Text = "1"


class MissingShape(MappingShape):
    """`missing:` – what happens to indicators that cannot be rated."""

    not_reported: MissingPolicy
    not_applicable: MissingPolicy
    unreadable: MissingPolicy | None = None
    no_target: MissingPolicy = MissingPolicy.LEAVE_OUT


class RollupsShape(MappingShape):
    """`rollups:` – how ratings are rolled up."""

    periods: RollUp = RollUp.LATEST
    departments: RollUp = RollUp.WEIGHTED_MEAN
    parts: RollUp = RollUp.WEIGHTED_MEAN
    total: RollUp = RollUp.WEIGHTED_MEAN


class RulesShape(MappingShape):
    """rules.yaml."""

    title: Text
    source: Text | None = None
    references: Mapping[str, Mapping[str, Text]] = MappingProxyType({})
    missing: MissingShape
    rules: Sequence[RatingRuleShape]
    rollups: RollupsShape | None = None
    grades: Sequence[BandShape] = ()
    weights: Mapping[str, Text] = MappingProxyType({})
