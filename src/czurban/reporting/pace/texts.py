"""Write the pace of a target in words and figures, each figure rounded once from its exact value."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from czurban.model.finding import Message, mark, say
from czurban.model.indicator import SUMS, Indicator, IndicatorKind
from czurban.model.over_time.pace import KEEPING, LAGGING, Clock, LeadUnit, NotAssessed, Pace, PaceStatus, TimeUnit
from czurban.model.over_time.rates import needed_in, rate_in, short, tenths
from czurban.model.over_time.tracking import PacedTarget, PaceTally, Tracking, pace_tally
from czurban.model.text import exact, fixed
from czurban.reporting import labels as numbers
from czurban.reporting.document import Tone
from czurban.words.translator import Translator

STATUSES = {
    PaceStatus.ACHIEVED_EARLY: mark("achieved early"),
    PaceStatus.AHEAD: mark("ahead"),
    PaceStatus.ON_PACE: mark("on pace"),
    PaceStatus.BEHIND: mark("behind"),
    PaceStatus.MOVED_AWAY: mark("moved away"),
    PaceStatus.NOT_ASSESSED: mark("not assessed"),
    PaceStatus.UNREPORTED: mark("not reported"),
    PaceStatus.UNREADABLE: mark("unreadable"),
}
SIGNS = {
    PaceStatus.ACHIEVED_EARLY: "✓",
    PaceStatus.AHEAD: "▲",
    PaceStatus.ON_PACE: "=",
    PaceStatus.BEHIND: "▼",
    PaceStatus.MOVED_AWAY: "↓",
    PaceStatus.NOT_ASSESSED: ">",
    PaceStatus.UNREPORTED: "-",
    PaceStatus.UNREADABLE: "?",
}
TONES = {
    **dict.fromkeys(KEEPING, Tone.GOOD),
    **dict.fromkeys(LAGGING, Tone.BAD),
    PaceStatus.NOT_ASSESSED: Tone.QUIET,
    PaceStatus.UNREPORTED: Tone.QUIET,
    PaceStatus.UNREADABLE: Tone.DOUBT,
}
REASONS = {
    NotAssessed.ANNUAL: say("Its figure exists only at the end of the year."),
    NotAssessed.NO_BASELINE: say("It has no baseline to draw the line from."),
    NotAssessed.NO_TARGET: say("It has no target of its own."),
    NotAssessed.NO_INTERVAL: say("It is judged by a stage, or by a figure that is not known."),
    NotAssessed.NO_STAGE_DUE: say("No stage is due before the end."),
    NotAssessed.NOT_BEGUN: say("Its time has not begun."),
}
_ACHIEVED = mark("achieved")
_ANNUAL = mark("annual, not assessed")
_TOO_HIGH = mark("too high")
_TOO_HIGH_SIGN = "↑"
_PERCENT = 100
_MOST_PLACES = 12


def status_text(pace: Pace, translate: Translator) -> str:
    """Write the status; nothing is early when the time is over."""
    if pace.not_assessed is NotAssessed.ANNUAL:
        return translate(_ANNUAL)
    if pace.too_high and pace.status is PaceStatus.BEHIND:
        return translate(_TOO_HIGH)
    over = pace.is_over and pace.status is PaceStatus.ACHIEVED_EARLY
    return translate(_ACHIEVED if over else STATUSES[pace.status])


def signed_status(pace: Pace, translate: Translator) -> str:
    """Write the status behind its sign."""
    high = pace.too_high and pace.status is PaceStatus.BEHIND
    return f"{_TOO_HIGH_SIGN if high else SIGNS[pace.status]} {status_text(pace, translate)}"


def share_text(share: Fraction) -> str:
    """Write a share in per cent, never at 100 if it is short of it."""
    return numbers.percent(share, met=share >= 1)


def lead_text(pace: Pace, indicator: Indicator) -> str:
    """Write how far a target is ahead, with its sign: +13.8, −21.7; points have no unit, other leads their own."""
    if pace.lead is None:
        return ""
    in_points = pace.lead_unit is LeadUnit.POINTS
    text = tenths(pace.lead) if in_points else f"{short(pace.lead)} {indicator.unit.name}"
    return f"+{text}" if pace.lead > 0 else text


def needed_text(pace: Pace, translate: Translator) -> str:
    """Write what is needed in each unit of the time left, or what the time left has to average."""
    if pace.needed is None or (pace.status is PaceStatus.ACHIEVED_EARLY and pace.kind is not IndicatorKind.MEAN):
        return ""
    if pace.kind is IndicatorKind.MEAN:
        return translate(say("on average {figure}", figure=short(pace.needed)))
    return translate(needed_in(pace, short(pace.needed)))


def rate_text(pace: Pace, translate: Translator) -> str:
    """Write the rate so far."""
    if pace.rate is None:
        return ""
    if pace.kind is IndicatorKind.MEAN:
        return translate(say("on average {figure}", figure=short(pace.rate)))
    return translate(rate_in(pace.span.unit, short(pace.rate)))


def projected_text(pace: Pace, indicator: Indicator) -> str:
    """Write the value at the end if the rate so far continues, on its side of the target."""
    if pace.projected is None or not pace.is_assessed:
        return ""
    target, places = indicator.target.interval, 2
    bounds = [Fraction(bound) for bound in (target.low, target.high) if bound is not None]
    while not numbers.same_sides(pace.projected, Fraction(fixed(pace.projected, places)), bounds):
        if places == _MOST_PLACES:
            break
        places += 1
    return fixed(pace.projected, places)


def clock_text(clock: Clock, translate: Translator) -> str:
    """Write how much time has passed in one sentence."""
    passed = exact(clock.passed) if clock.passed.denominator == 1 else fixed(clock.passed, 1)
    if clock.unit is TimeUnit.DAY:
        sentence = say("{passed} of {total} days have passed.")
    elif clock.passed == 1:
        sentence = say("{passed} of {total} months has passed.")
    else:
        sentence = say("{passed} of {total} months have passed.")
    return translate(sentence, passed=passed, total=exact(clock.total))


def headline(tracking: Tracking, translate: Translator, *, listed: bool = False) -> list[str]:
    """Write how much time has passed, how many targets stand how, and the share that keeps the pace.

    `listed` says that the targets are listed below, the worst first.
    """
    counts = pace_tally(tracking.targets)
    counted = _counted(tracking, counts, translate, listed=listed)
    lines = [f"{clock_text(tracking.clock, translate)}{_space(translate)}{counted}"]
    if (share := counts.keeping_share) is not None:
        values = {"total": counts.assessed, "count": counts.keeping, "share": share_text(share)}
        lines.append(translate(_keeping(counts), **values))
    lost = sum(not target.pace.reachable for target in tracking.targets)
    if lost:
        lines.append(translate(say("Out of reach at any plausible rate: {count}."), count=lost))
    return lines


def _keeping(counts: PaceTally) -> Message:
    """Return the sentence on the share that keeps the pace."""
    if counts.assessed == 1:
        kept = counts.keeping == 1
        return (
            say("The assessed target keeps the pace.") if kept else say("The assessed target does not keep the pace.")
        )
    if counts.keeping == 1:
        return say("Of {total} assessed targets 1 keeps the pace ({share}).")
    return say("Of {total} assessed targets {count} keep the pace ({share}).")


def _space(translate: Translator) -> str:
    """Return what stands between two sentences."""
    return "" if translate.language == "zh" else " "


def _counted(tracking: Tracking, counts: PaceTally, translate: Translator, *, listed: bool) -> str:
    parts = [translate(part) for part in _parts(tracking.targets, counts, listed=listed)]
    assessed = (
        say("{count} targets are assessed: {parts}") if counts.assessed != 1 else say("1 target is assessed: {parts}")
    )
    first = translate(assessed, count=counts.assessed, parts=translate(say(", ")).join(parts))
    if not counts.assessed:
        first = translate(say("No target is assessed"))
    rest = [translate(part) for part in _unassessed(tracking.targets, counts)]
    return translate(say("; ")).join([first, *rest]) + translate(say("."))


def _parts(targets: Sequence[PacedTarget], counts: PaceTally, *, listed: bool) -> Iterator[Message]:
    """Count the assessed targets by status; those that are ahead are on pace."""
    over = any(target.pace.is_over for target in targets)
    status = counts.counts
    if early := status[PaceStatus.ACHIEVED_EARLY]:
        yield say("{count} achieved", count=early) if over else say("{count} achieved early", count=early)
    if even := status[PaceStatus.AHEAD] + status[PaceStatus.ON_PACE]:
        yield say("{count} on pace", count=even)
    away = status[PaceStatus.MOVED_AWAY]
    high = sum(target.pace.too_high and target.pace.status is PaceStatus.BEHIND for target in targets)
    if behind := status[PaceStatus.BEHIND] + away - high:
        first = say("{count} behind (listed worst first)", count=behind)
        yield first if listed else say("{count} behind", count=behind)
    if away:
        yield say("{count} of these worse than the baseline", count=away)
    if high:
        yield say("{count} too high", count=high)


def _unassessed(targets: Sequence[PacedTarget], counts: PaceTally) -> Iterator[Message]:
    why = [target.pace.not_assessed for target in targets]
    if counts.annual:
        several = say("{count} annual ones are not assessed", count=counts.annual)
        yield several if counts.annual > 1 else say("1 annual one is not assessed")
    if without := why.count(NotAssessed.NO_BASELINE):
        several = say("{count} without a baseline are not assessed", count=without)
        yield several if without > 1 else say("1 without a baseline is not assessed")
    if others := sum(map(why.count, (NotAssessed.NO_TARGET, NotAssessed.NO_INTERVAL, NotAssessed.NOT_BEGUN))):
        yield say("{count} more not assessed", count=others)
    if unreadable := counts.counts[PaceStatus.UNREADABLE]:
        yield say("{count} unreadable", count=unreadable)
    if silent := counts.counts[PaceStatus.UNREPORTED]:
        yield say("{count} not reported", count=silent)


def remarks(pace: Pace, indicator: Indicator, translate: Translator) -> str:
    """Write what else is to be known of a pace."""
    notes: list[Message] = []
    if pace.not_assessed:
        notes.append(REASONS[pace.not_assessed])
    if pace.missed_before:
        notes.append(say("It was missed in an earlier year."))
    elif not pace.reachable:
        notes.append(say("Out of reach at any plausible rate."))
    if pace.has_path:
        notes.append(say("Compared with its own path."))
    base = indicator.target.baseline_value
    kept = base is not None and base in indicator.target.interval and indicator.kind not in SUMS
    if kept and pace.status is PaceStatus.ACHIEVED_EARLY and not pace.is_over:
        notes.append(say("It was met at the baseline, and has to be kept."))
    return _space(translate).join(translate(note) for note in notes)
