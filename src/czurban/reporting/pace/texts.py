"""Write the pace of a target in words and figures, each figure rounded once from its exact value."""

from fractions import Fraction

from czurban.model.finding import Message, mark, say
from czurban.model.indicator import SUMS, Indicator, IndicatorKind
from czurban.model.over_time.pace import KEEPING, LAGGING, LeadUnit, NotAssessed, Pace, PaceStatus
from czurban.model.over_time.rates import needed_in, rate_in, short, tenths
from czurban.model.text import fixed
from czurban.reporting.document import Tone
from czurban.reporting.tables import percent
from czurban.reporting.texts import join_sentences, same_sides
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
    return percent(share, met=share >= 1)


def lead_text(pace: Pace, indicator: Indicator) -> str:
    """Write how far a target is ahead, with its sign: +13.8, −21.7; points have no unit, other leads their own."""
    if pace.lead is None:
        return ""
    text = tenths(pace.lead) if pace.lead_unit is LeadUnit.POINTS else f"{short(pace.lead)} {indicator.unit.name}"
    return f"+{text}" if pace.lead > 0 else text


def needed_text(pace: Pace, translate: Translator) -> str:
    """Write what is needed in each unit of the time left, or what the time left has to average."""
    if pace.needed is None:
        return ""
    if pace.kind is IndicatorKind.MEAN:
        return translate(say("on average {figure}", figure=short(pace.needed)))
    return "" if pace.status is PaceStatus.ACHIEVED_EARLY else translate(needed_in(pace, short(pace.needed)))


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
    while not same_sides(pace.projected, Fraction(fixed(pace.projected, places)), bounds):
        if places == _MOST_PLACES:
            break
        places += 1
    return fixed(pace.projected, places)


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
    return join_sentences(map(translate, notes), translate)
