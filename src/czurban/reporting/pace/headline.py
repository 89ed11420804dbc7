"""Write the headline of a pace: the time that has passed, how many targets stand how, and the share that keeps up."""

from collections.abc import Iterator, Sequence

from czurban.model.finding import Message, say
from czurban.model.over_time.pace import Clock, NotAssessed, PaceStatus, TimeUnit
from czurban.model.over_time.tracking import PacedTarget, PaceTally, Tracking, pace_tally
from czurban.model.text import exact, fixed
from czurban.reporting.pace.texts import share_text
from czurban.reporting.texts import join_sentences
from czurban.words.translator import Translator


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
    lines = [join_sentences([clock_text(tracking.clock, translate), counted], translate)]
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
        lost = say("The assessed target does not keep the pace.")
        return say("The assessed target keeps the pace.") if counts.keeping == 1 else lost
    if counts.keeping == 1:
        return say("Of {total} assessed targets 1 keeps the pace ({share}).")
    return say("Of {total} assessed targets {count} keep the pace ({share}).")


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
