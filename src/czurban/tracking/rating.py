"""Rate indicators by the rules of a file, and roll the ratings up."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from czurban.model.assessment import Verdict
from czurban.model.indicator import Indicator
from czurban.model.over_time.conditions import PACE, POINTS, VERDICT, WORDS, value_of
from czurban.model.over_time.pace import NotAssessed, PaceStatus
from czurban.model.over_time.rating import Band, Extra, RankPoints, RatingRule
from czurban.model.over_time.rule_file import Level, MissingCase, MissingPolicy, RatingRules, RollUp
from czurban.model.over_time.score import Measured, PointStep, RatedIndicator, Rating, Scores, ScoreTotal, StepKind
from czurban.model.over_time.tracking import Tracking
from czurban.model.plan import Plan
from czurban.tracking.measures import measures_of, not_comparable


def score(rules: RatingRules, trackings: Sequence[Tracking]) -> Scores:
    """Rate every indicator and roll the ratings up.

    Args:
        rules: the rules; their bands cover every value.
        trackings: the pace of all targets in each period that counts; the last one is that of the judged period.
    """
    plan, period = trackings[-1].plan, trackings[-1].period
    columns = [rate_all(rules, tracking) for tracking in trackings]
    rated = tuple(_over_periods(rules, ratings) for ratings in zip(*columns, strict=True))
    ratings = [each.rating for each in rated]
    by_lead = _grouped((rating.result.indicator.leads, rating) for rating in ratings)
    by_part = _grouped(((category_of(rating.result.indicator, plan),), rating) for rating in ratings)
    return Scores(
        plan,
        period,
        rules,
        rated,
        _ranked(roll_up(rules, Level.DEPARTMENTS, name, members) for name, members in by_lead.items()),
        tuple(roll_up(rules, Level.PARTS, name, members) for name, members in by_part.items()),
        roll_up(rules, Level.TOTAL, "", ratings),
        [tracking.period for tracking in trackings],
    )


def category_of(indicator: Indicator, plan: Plan) -> str:
    """Return the category of an indicator in the main table, or the part of the tasks that it is in."""
    part = plan.part_of(indicator)
    return part.title if part else indicator.category or ""


def rate_all(rules: RatingRules, tracking: Tracking) -> list[Rating]:
    """Rate every indicator for one period, in the plan's order."""
    plan = tracking.plan
    ratings = [
        rate(
            rules,
            Rating(result=target.result, pace=target.pace, period=tracking.period),
            category_of(target.result.indicator, plan),
        )
        for target in tracking.targets
    ]
    for rule in rules.rules:
        if rule.rank:
            _rank(rule, rule.rank, ratings)
    return ratings


def rate(rules: RatingRules, empty: Rating, category: str) -> Rating:
    """Rate an indicator by the first rule for it whose measures can be computed.

    Args:
        rules: the rules.
        empty: the indicator's result and pace.
        category: its category, or the part of the tasks that it is in.
    """
    indicator = empty.result.indicator
    fitting = [rule for rule in rules.rules if rule.scope.includes(indicator, category)]
    empty = replace(empty, rule=fitting[0] if fitting else None)
    weight = rules.weights.get(indicator.id)
    if case := _missing_case(empty):
        return _missing(rules, empty, case, weight)
    references = {
        name: Measured(values[indicator.id]) for name, values in rules.references.items() if indicator.id in values
    }
    measures = {**measures_of(empty.result, empty.pace), **references}
    words = {VERDICT: str(empty.result.verdict), PACE: str(empty.pace.status)}
    words = {name: word for name, word in words.items() if word in WORDS[name]}
    known = replace(empty, measures=measures, words=words)
    for rule in fitting:
        if rating := _rated(rule, replace(known, rule=rule, weight=weight or rule.weight)):
            return rating
    return _missing(rules, known, MissingCase.NOT_APPLICABLE, weight)


def _missing_case(rating: Rating) -> MissingCase | None:
    result, pace = rating.result, rating.pace
    target = result.indicator.target
    if target.ladder and result.verdict in {Verdict.MET, Verdict.MISSED}:
        return None
    if not target.interval.has_bound and not target.is_open:
        return MissingCase.NO_TARGET
    if result.actual is not None or pace.not_assessed is NotAssessed.ANNUAL:
        return None
    unreadable = result.has_figure or result.derived or pace.status is PaceStatus.UNREADABLE
    return MissingCase.UNREADABLE if unreadable else MissingCase.NOT_REPORTED


def _missing(rules: RatingRules, rating: Rating, case: MissingCase, weight: Fraction | None) -> Rating:
    """Return the rating of an indicator that cannot be rated, by the policy for the case."""
    policy, rule = rules.missing[case], rating.rule
    left = replace(rating, missing=case, policy=policy)
    if policy is MissingPolicy.LEAVE_OUT or rule is None:
        return left
    weighed = replace(left, weight=weight or rule.weight)
    if policy is MissingPolicy.ZERO:
        nothing = Fraction(0)
        return replace(weighed, points=nothing, steps=(PointStep(kind=StepKind.ZERO, points=nothing, after=nothing),))
    lowest = replace(weighed, band=rule.bands[-1])
    if not rule.scores:
        return lowest
    points = _lowest(rule)
    return replace(lowest, points=points, steps=(PointStep(kind=StepKind.LOWEST, points=points, after=points),))


def _lowest(rule: RatingRule) -> Fraction:
    """Return the fewest points that a rule gives: its limit, else the fewest that a band has as a number, else 0."""
    if rule.least is not None:
        return rule.least
    numbers = [band.points.expression for band in rule.bands if band.points]
    numbers += [*rule.rank.points, rule.rank.rest] if rule.rank else []
    return min((number for number in numbers if isinstance(number, Fraction)), default=Fraction(0))


def _rated(rule: RatingRule, rating: Rating) -> Rating | None:
    """Rate an indicator; None where a measure of the rule is not known or is outside what is given."""
    values = {name: each.value for name, each in rating.measures.items()}
    known = (values.keys() | rating.words.keys()) - not_comparable(rating.result, rating.pace)
    if not known.issuperset(rule.names):
        return None
    if not rule.given.holds(values, rating.words):
        return None
    band = next((band for band in rule.bands if band.when.holds(values, rating.words)), None)
    if band is None:
        return None
    try:
        steps = tuple(_steps(rule, band, values, rating.words))
        if rule.rank:
            value_of(rule.rank.by.expression, values)
    except ZeroDivisionError:
        return None
    return replace(rating, band=band, steps=steps, points=steps[-1].after if steps else None)


def _steps(
    rule: RatingRule, band: Band, values: Mapping[str, Fraction], words: Mapping[str, str]
) -> Iterable[PointStep]:
    """Compute the points: those of the band, then extras, then limits."""
    steps: list[PointStep] = []
    if band.points is None:
        return steps
    points = value_of(band.points.expression, values)
    steps.append(
        PointStep(kind=StepKind.BAND, points=points, after=points, name=band.word, expression=band.points.expression)
    )
    if rule.all_or_nothing and rule.full is not None and points < rule.full:
        steps.append(PointStep(kind=StepKind.NOTHING, points=-points, after=Fraction(0)))
    for extra in rule.extras:
        if extra.when.holds(values, words):
            steps.append(_extra(extra, values, steps[-1].after))
    after = steps[-1].after
    if rule.most is not None and after > rule.most:
        steps.append(PointStep(kind=StepKind.MOST, points=rule.most - after, after=rule.most))
    if rule.least is not None and after < rule.least:
        steps.append(PointStep(kind=StepKind.LEAST, points=rule.least - after, after=rule.least))
    return steps


def _extra(extra: Extra, values: Mapping[str, Fraction], before: Fraction) -> PointStep:
    points, times = value_of(extra.points.expression, values), None
    if extra.over and extra.step:
        times = Fraction(max(0, math.floor(value_of(extra.over.expression, values) / extra.step)))
        points *= times
    if extra.most is not None:
        points = max(-extra.most, min(extra.most, points))
    return PointStep(
        kind=StepKind.EXTRA,
        points=points,
        after=before + points,
        name=extra.name,
        expression=extra.points.expression,
        times=times,
    )


def _rank(rule: RatingRule, ranking: RankPoints, ratings: list[Rating]) -> None:
    """Give the ratings of a rule the points of their ranks; equal values share the better rank."""
    by = {
        at: value_of(ranking.by.expression, {name: each.value for name, each in rating.measures.items()})
        for at, rating in enumerate(ratings)
        if rating.rule == rule and rating.missing is None
    }
    for at, value in by.items():
        better = sum(other > value if ranking.highest_first else other < value for other in by.values())
        points = ranking.points[better] if better < len(ranking.points) else ranking.rest
        step = PointStep(kind=StepKind.RANK, points=points, after=points, expression=ranking.by.expression)
        ratings[at] = replace(ratings[at], rank=better + 1, points=points, steps=(step,))


def _over_periods(rules: RatingRules, ratings: Sequence[Rating]) -> RatedIndicator:
    """Roll up the ratings of one indicator over its periods; the latest wins unless the rules say otherwise.

    The rating is that of the period which decides: the worst, else the last one that counts. Its figure is that of the
    judged period.
    """
    way, rating, latest = rules.rollups[Level.PERIODS], ratings[-1], ratings[-1]
    total = roll_up(rules, Level.PERIODS, latest.result.indicator.name, ratings)
    if way is not RollUp.LATEST and len(ratings) > 1 and total.counted:
        worst = max(reversed(total.counted), key=_badness)
        rating = worst if way is RollUp.WORST else replace(total.counted[-1], points=total.points, steps=())
    return RatedIndicator(rating=replace(rating, result=latest.result, pace=latest.pace), history=tuple(ratings))


def roll_up(rules: RatingRules, level: Level, name: str, members: Sequence[Rating]) -> ScoreTotal:
    """Roll up the ratings of a department, a part or the plan."""
    way = rules.rollups[level]
    counted = tuple(rating for rating in members if rating.counts)
    left_out = tuple(rating for rating in members if not rating.counts)
    vetoes = (rating for rating in counted if rating.band and rating.band.veto and level is not Level.PERIODS)
    veto = next(vetoes, None)
    points = Fraction(0) if veto else _combined(way, counted)
    band = _grade(rules, points) if points is not None and level is not Level.PERIODS else None
    if way is RollUp.WORST and band is None and counted:
        band = max(counted, key=_badness).band
    return ScoreTotal(
        level=level, name=name, way=way, counted=counted, left_out=left_out, points=points, band=band, veto=veto
    )


def _combined(way: RollUp, ratings: Sequence[Rating]) -> Fraction | None:
    """Combine the points of ratings; None where none has points."""
    scored = [(rating, rating.points) for rating in ratings if rating.points is not None]
    if not scored:
        return None
    points = [each for _, each in scored]
    whole = sum(points, Fraction(0))
    weighted = sum((each * rating.weight for rating, each in scored), Fraction(0))
    full = all(rating.full is not None and each >= rating.full for rating, each in scored)
    return {
        RollUp.SUM: whole,
        RollUp.MEAN: whole / len(points),
        RollUp.WEIGHTED_MEAN: weighted / sum(rating.weight for rating, _ in scored),
        RollUp.WORST: min(points),
        RollUp.LATEST: points[-1],
        RollUp.ALL_OR_NOTHING: whole if full else Fraction(0),
    }[way]


def _badness(rating: Rating) -> tuple[Fraction, Fraction]:
    """Return how bad a rating is: by its points, then by the place of its band, since the worst band is the last."""
    bands = rating.rule.bands if rating.rule else ()
    place = Fraction(bands.index(rating.band), max(1, len(bands) - 1)) if rating.band in bands else Fraction(0)
    return (-rating.points if rating.points is not None else Fraction(0)), place


def _grade(rules: RatingRules, points: Fraction) -> Band | None:
    return next((grade for grade in rules.grades if grade.when.holds({POINTS: points}, {})), None)


def _grouped(named: Iterable[tuple[Iterable[str], Rating]]) -> dict[str, list[Rating]]:
    groups: dict[str, list[Rating]] = defaultdict(list)
    for names, rating in named:
        for name in names:
            groups[name].append(rating)
    return groups


def _ranked(totals: Iterable[ScoreTotal]) -> tuple[ScoreTotal, ...]:
    """Sort the departments by their points, the most first; equal ones share the better rank."""
    every = list(totals)
    points = [total.points for total in every if total.points is not None]
    scored = (
        replace(each, rank=1 + sum(other > each.points for other in points)) if each.points is not None else each
        for each in every
    )
    return tuple(sorted(scored, key=lambda total: (total.rank is None, total.rank or 0)))
