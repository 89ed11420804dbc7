"""Judge where a series leads by four published methods (T5). All arithmetic is exact; no root is taken as a float."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from czurban.model.over_time.opinion import Course, Method, Opinion, Outlook, Silence
from czurban.tracking.roots import GrowthRatio, Root

_TENTH = Fraction(1, 10)
_SIGNIFICANT, _MODERATE = Fraction(95, 100), Fraction(60, 100)
_NEAR, _FAR = Fraction(5, 100), Fraction(20, 100)
_INTERVALS = 5
RATIO_PLACES = 4
"""The decimals to which a ratio of growth rates that is no fraction is rounded."""


def linear(course: Course) -> Opinion:
    """Compare the progress made with the time passed.

    progress = (actual − baseline) ÷ (target − baseline); elapsed = (now − start) ÷ (end − start). The figure is on the
    line if progress ≥ elapsed, behind it if progress is less, and away from it if progress < 0.

    Source: the straight line between baseline and target that plans and their mid-term reviews use
    (序时进度; for example the annual reports on the Chinese five-year plans, and UN SDG progress charts).
    """
    lack = _lack(course)
    if lack:
        return _silent(Method.LINEAR, lack)
    progress, elapsed = _progress(course), course.elapsed
    if progress < 0:
        return Opinion(Method.LINEAR, Outlook.OFF_LINE, progress, toward=False, in_time=False, elapsed=elapsed)
    on = progress >= elapsed
    outlook = Outlook.ON_LINE if on else Outlook.BEHIND_LINE
    toward = True if progress else None
    return Opinion(Method.LINEAR, outlook, progress, toward=toward, in_time=on, elapsed=elapsed)


def healthy_people(course: Course) -> Opinion:
    """Classify the share of the targeted change that was achieved, whatever the time.

    share = (actual − baseline) ÷ (target − baseline). Met: share ≥ 1, or both figures meet the target (no share then).
    Improved: share ≥ 10 %. Little or no change: share from 0 to below 10 %, or moved away by less than 10 % of the
    baseline. Worse: moved away by 10 % of the baseline or more. So it is done for figures without standard errors.

    Source: National Center for Health Statistics (US), Healthy People 2020 Final Progress Table, notes on status;
    Healthy People 2030 keeps the measure.
    """
    if course.actual in course.interval:
        share = None if _lack(course) else _progress(course)
        return Opinion(Method.HP, Outlook.MET, share, toward=True, in_time=True)
    lack = _lack(course)
    if lack:
        return _silent(Method.HP, lack)
    share, base = _progress(course), course.baseline or Fraction(0)
    if share >= _TENTH:
        return Opinion(Method.HP, Outlook.IMPROVED, share, toward=True)
    if share >= 0:
        return Opinion(Method.HP, Outlook.LITTLE_CHANGE, share, toward=True if share else None)
    if abs(course.actual - base) < _TENTH * abs(base):
        return Opinion(Method.HP, Outlook.LITTLE_CHANGE, share)
    return Opinion(Method.HP, Outlook.WORSE, share, toward=False, in_time=False)


def statistics_canada(course: Course) -> Opinion:
    """Compare the compound growth achieved with the compound growth that the target requires.

    achieved = (actual ÷ baseline)^(1 ÷ years so far) − 1; required = (target ÷ baseline)^(1 ÷ all years) − 1; ratio =
    achieved ÷ required. Significant: ratio ≥ 0.95; moderate: ≥ 0.60; insufficient: ≥ 0; moving away: < 0. The limits
    are decided exactly; the ratio is rounded half up to 4 decimals where it is no fraction.

    Source: Eurostat, Sustainable development in the European Union, annex on the calculation of indicators with
    quantitative targets; Statistics Canada uses the same ratio for its SDG data hub.
    """
    lack = _lack(course)
    if lack:
        return _silent(Method.STATCAN, lack)
    base, target = course.baseline, course.target
    if base is None or target is None or base <= 0 or target <= 0 or course.actual <= 0:
        return _silent(Method.STATCAN, Silence.NOT_ABOVE_ZERO)
    achieved = Root.of(course.actual / base, course.now - course.start)
    ratio = GrowthRatio(achieved, Root.of(target / base, course.end - course.start))
    measure = ratio.rounded(RATIO_PLACES)
    if ratio.at_least(_SIGNIFICANT):
        return Opinion(
            Method.STATCAN, Outlook.SIGNIFICANT, measure, toward=True, in_time=_in_time(course, expected=True)
        )
    late = _in_time(course, expected=False)
    if ratio.at_least(_MODERATE):
        return Opinion(Method.STATCAN, Outlook.MODERATE, measure, toward=True, in_time=late)
    if ratio.at_least(Fraction(0)):
        toward = True if achieved.radicand != 1 else None
        return Opinion(Method.STATCAN, Outlook.INSUFFICIENT, measure, toward=toward, in_time=late)
    return Opinion(Method.STATCAN, Outlook.MOVING_AWAY, measure, toward=False, in_time=late)


def german_strategy(course: Course) -> Opinion:
    """Project the mean change of the last five intervals to the deadline, and compare the result with the target.

    projected = actual + mean change × time left; shortfall = distance of the projected value from the target ÷ distance
    of the actual value. Reached: inside the target, or short by less than 5 %; near miss: 5 % to 20 %; far miss: more
    than 20 %; wrong way: the distance stays the same or grows. Fewer than five intervals are used if there are no more.
    At the deadline nothing is projected: the target is met, or missed by the distance of the actual value.

    Source: Federal Statistical Office of Germany, indicator report on the German Sustainable Development Strategy,
    chapter on the weather symbols (sun, sun and cloud, cloud, thunderstorm).
    """
    if course.is_over:
        met, miss = course.actual in course.interval, abs(course.interval.edge(course.actual) - course.actual)
        outlook = Outlook.MET if met else Outlook.MISSED
        return Opinion(Method.DNS, outlook, None if met else miss, in_time=met)
    used = course.points[-(_INTERVALS + 1) :]
    count = len(used) - 1
    if count < 1:
        return _silent(Method.DNS, Silence.TOO_FEW)
    (first, before), (last, actual) = used[0], used[-1]
    projected = actual + (actual - before) / (last - first) * (course.end - last)
    if projected in course.interval:
        return Opinion(Method.DNS, Outlook.REACHED, Fraction(0), toward=True, in_time=True, intervals=count)
    distance, now = (abs(course.interval.edge(value) - value) for value in (projected, actual))
    if actual in course.interval or distance >= now:
        return Opinion(Method.DNS, Outlook.WRONG_WAY, None, toward=False, in_time=False, intervals=count)
    short = distance / now
    if short < _NEAR:
        return Opinion(Method.DNS, Outlook.REACHED, short, toward=True, in_time=True, intervals=count)
    outlook = Outlook.NEAR_MISS if short <= _FAR else Outlook.FAR_MISS
    return Opinion(Method.DNS, outlook, short, toward=True, in_time=False, intervals=count)


METHODS: Mapping[Method, Callable[[Course], Opinion]] = {
    Method.LINEAR: linear,
    Method.HP: healthy_people,
    Method.STATCAN: statistics_canada,
    Method.DNS: german_strategy,
}


def _in_time(course: Course, *, expected: bool) -> bool:
    """Return whether the target is met when no time is left, else what a method expects."""
    return course.actual in course.interval if course.is_over else expected


def _silent(method: Method, why: Silence) -> Opinion:
    return Opinion(method, Outlook.NONE, silence=why)


def _lack(course: Course) -> Silence | None:
    """Return what keeps a way from baseline to target from being measured."""
    if course.baseline is None:
        return Silence.NO_BASELINE
    if course.target is None or course.target == course.baseline:
        return Silence.NO_WAY
    return None if course.start < course.now and course.start < course.end else Silence.NO_TIME


def _progress(course: Course) -> Fraction:
    assert course.baseline is not None  # noqa: S101 - the caller has asked _lack
    assert course.target is not None  # noqa: S101 - as above
    return (course.actual - course.baseline) / (course.target - course.baseline)
