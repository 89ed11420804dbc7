"""The words for what formulas give: how it stands beside what was sent or printed, and why there may be nothing."""

from collections.abc import Mapping

from czurban.model.derived import Derived, Failure, Input, Lack, Source
from czurban.model.formula import Formula, Term
from czurban.model.message import Message, say
from czurban.model.plan import Plan
from czurban.model.working import working_text
from czurban.reporting.document import Tone
from czurban.words.speaker import Speaker

_FAILURES = {
    Failure.ZERO: say("not derived: it divides by zero"),
    Failure.LONG: say("not derived: more digits than can be written down"),
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
        return _lack(one, values)
    if one.place is None:
        return say("{name}{time}: {text}", **values)
    return say("{name}{time}: {text} ({place})", **values)


def _lack(one: Input, values: Mapping[str, object]) -> Message:
    """Why a figure is not there."""
    if one.lack is not Lack.UNUSABLE:
        return say("{name}{time}: missing", **values)
    if one.place is None:
        return say("{name}{time}: cannot be used", **values)
    return say("{name}{time}: cannot be used ({place})", **values)


def time_of(one: Input) -> Message | str:
    """Which time an input is of, where that is not the one judged; or that it is derived itself."""
    return say(" (derived)") if one.source is Source.DERIVED else _time(one.term)


def _time(term: Term) -> Message | str:
    if term.period is not None:
        return say(" of {period}", period=term.period)
    return say(" (baseline)") if term.at_baseline else ""


def formula_words(formula: Formula, plan: Plan, speak: Speaker) -> str:
    """A formula with names in place of ids: 城镇建设用地面积 ÷ 城镇常住人口."""

    def name(term: Term) -> str:
        time = _time(term)
        return plan.by_id[term.indicator].name + (time if isinstance(time, str) else speak(time))

    return working_text(formula.expression, name)
