"""The words for what formulas give: how it stands beside what was sent or printed, and why there may be nothing."""

from czurban.model.derived import Derived, Failure, Input, Lack, Source
from czurban.model.message import Message, say
from czurban.reporting.document import Tone

_FAILURES = {
    Failure.ZERO: say("not derived: it divides by zero"),
    Failure.MIXED: say("not derived: the units do not fit"),
    Failure.BACKWARD: say("not derived: it takes figures of an earlier time"),
    Failure.IMPOSSIBLE: say("not used: no such quantity can be that"),
}


def outcome_of(one: Derived) -> tuple[Message, Tone]:
    """What came of a formula, in a few words."""
    names = "、".join(dict.fromkeys(each.indicator.name for each in one.missing))
    if one.partial:
        return say("a part alone; missing: {names}", names=names), Tone.DOUBT
    if one.failure in (Failure.MISSING, Failure.UNUSABLE):
        unusable = any(each.lack is Lack.UNUSABLE for each in one.missing)
        text = say("not derived; cannot be used: {names}") if unusable else say("not derived; missing: {names}")
        return Message(text.text, {"names": names}), Tone.DOUBT
    if one.failure:
        return _FAILURES[one.failure], Tone.DOUBT
    return _agreement(one)


def _agreement(one: Derived) -> tuple[Message, Tone]:
    if one.beside is None:
        return say("derived"), Tone.PLAIN
    if one.agrees is None:
        about = one.approximate or one.beside.approximate
        text = say("cannot be compared: a figure is approximate") if about else say("rounding leaves it open")
        return text, Tone.DOUBT
    if one.agrees:
        return say("agrees with {text}", text=one.beside.text), Tone.GOOD
    return say("contradicts {text}", text=one.beside.text), Tone.BAD


def input_text(one: Input) -> Message | str:
    """One input with where it stands: 城镇常住人口 1390200人 (f.csv:2:8)."""
    values = {"name": one.indicator.name, "time": time_of(one), "text": one.text, "place": one.place}
    if one.value is None:
        return say("{name}{time}: missing", **values)
    if one.place is None:
        return say("{name}{time}: {text}", **values)
    return say("{name}{time}: {text} ({place})", **values)


def time_of(one: Input) -> Message | str:
    """Which time an input is of, where that is not the one judged."""
    if one.term.period is not None:
        return say(" of {period}", period=one.term.period)
    if one.source is Source.BASELINE and one.term.at_baseline:
        return say(" (baseline)")
    return say(" (derived)") if one.source is Source.DERIVED else ""
