"""Declare the keys of rules.yaml."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from czurban.model.finding import mark
from czurban.model.over_time.rating import Colour, MissingPolicy, RollUp
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


RULES_KEYS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "RulesShape": {
            "": mark("rules.yaml: how indicators are rated, and how ratings are rolled up."),
            "title": mark("The title of the rules."),
            "source": mark("Where the method comes from."),
            "references": mark("Further figures that conditions and points may use: by name, then by indicator."),
            "missing": mark("What happens to indicators that cannot be rated."),
            "rules": mark("The rules; the first that is for an indicator is its rule."),
            "rollups": mark("How ratings are rolled up."),
            "grades": mark("Bands over the points of a department, a part or the whole; their only name is points."),
            "weights": mark("Weights of single indicators, in place of that of their rule."),
        },
        "BandShape": {
            "": mark("A band: the values in it, and what it means."),
            "when": mark("The condition, such as completion >= 90 or -10 <= lag < 0."),
            "status": mark("The status, for programs, such as on-time."),
            "word": mark("The word that is shown."),
            "colour": mark("The colour that is shown with the word."),
            "points": mark("The points: a number, or an expression such as 60 + 0.4 * completion."),
            "veto": mark("true where an indicator in this band gives 0 to all that it is rolled up into."),
        },
        "ScopeShape": {
            "": mark("The indicators that a rule is for; without a key, those of any kind, category and so on."),
            "kinds": mark("Kinds of indicators, such as flow."),
            "categories": mark("Categories of the main table, or parts of the tasks."),
            "indicators": mark("Indicators, by id, number or name."),
            "departments": mark("Departments that lead them."),
        },
        "ExtraShape": {
            "": mark("Points that are added to those of the band, or deducted where they are negative."),
            "name": mark("The name that is shown."),
            "when": mark("The condition, as that of a band; without over: and step: the points count once."),
            "points": mark("The points: a number, or an expression."),
            "over": mark("With step: the points count for each whole step in this expression."),
            "step": mark("The size of a step."),
            "most": mark("The most points that it adds or deducts."),
        },
        "RankShape": {
            "": mark("Points by rank among the indicators of the rule; equal ones share the better rank."),
            "by": mark("The expression to rank by, such as completion."),
            "lowest_first": mark("true where the lowest value has the first rank."),
            "points": mark("The points of the first rank, the second and so on."),
            "rest": mark("The points of all further ranks."),
        },
        "RatingRuleShape": {
            "": mark("A rule: the indicators that it is for, their bands and their points."),
            "id": mark("The rule's id, in small Latin letters, digits and _."),
            "name": mark("The rule's name."),
            "for": mark("The indicators that the rule is for; without it, all."),
            "given": mark("What the rule takes for granted, such as plan >= 0; it is not applicable elsewhere."),
            "bands": mark("The bands, from the best to the worst; together they cover every value once."),
            "full": mark("The points of a full score."),
            "least": mark("The fewest points, with extras."),
            "most": mark("The most points, with extras."),
            "all_or_nothing": mark("true where less than the full score counts as 0."),
            "extras": mark("Points that are added or deducted."),
            "rank": mark("Points by rank, in place of those of the bands."),
            "weight": mark("The weight of each of its indicators in roll-ups."),
        },
        "MissingShape": {
            "": mark("For each case that cannot be rated: leave-out, lowest (the fewest points) or zero."),
            "not_reported": mark("No figure was reported."),
            "not_applicable": mark("A measure of the rule cannot be computed, or is outside what is given."),
            "unreadable": mark("The reported figure cannot be judged; as not_reported where it is left out."),
            "no_target": mark("The indicator has no target."),
        },
        "RollupsShape": {
            "": mark("How ratings are rolled up: sum, mean, weighted-mean, worst, latest or all-or-nothing."),
            "periods": mark("The periods of one indicator."),
            "departments": mark("The indicators that a department leads."),
            "parts": mark("The indicators of a category, or of a part of the tasks."),
            "total": mark("The indicators of the plan."),
        },
    }
)
"""The description of every key by shape and key; the empty key is the shape itself."""
