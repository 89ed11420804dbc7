"""The words for verdicts, notes, severities and columns, marked for translation where they are declared."""

from czurban.model.finding import Severity
from czurban.model.indicator import Indicator, Kind
from czurban.model.message import mark, say
from czurban.model.target import Basis
from czurban.model.task import Commitment
from czurban.model.verdict import NoProgress, Note, Verdict
from czurban.reporting.document import Tone
from czurban.words.speaker import Speaker

VERDICTS = {
    Verdict.MET: mark("met"),
    Verdict.MISSED: mark("missed"),
    Verdict.UNREPORTED: mark("not reported"),
    Verdict.UNREADABLE: mark("unreadable"),
    Verdict.NOT_DUE: mark("not due"),
}
MARKS = {
    Verdict.MET: "✓",
    Verdict.MISSED: "✗",
    Verdict.UNREPORTED: "-",
    Verdict.UNREADABLE: "?",
    Verdict.NOT_DUE: ">",
}
"""Marks that read without colour, each one column wide in every font."""
TONES = {
    Verdict.MET: Tone.GOOD,
    Verdict.MISSED: Tone.BAD,
    Verdict.UNREPORTED: Tone.QUIET,
    Verdict.UNREADABLE: Tone.DOUBT,
    Verdict.NOT_DUE: Tone.QUIET,
}
NOTES = {
    Note.WORSE_THAN_BASELINE: mark("met, but worse than the baseline"),
    Note.TARGET_BELOW_BASELINE: mark("target looser than the baseline"),
    Note.MET_AT_BASELINE: mark("met at the baseline already"),
    Note.COPIED: mark("same as the target"),
    Note.APPROXIMATE: mark("value approximate"),
    Note.APPROXIMATE_BASELINE: mark("baseline approximate"),
    Note.INTERPRETED: mark("direction interpreted"),
    Note.DERIVED: mark("derived by formula"),
    Note.PARTIAL: mark("a part of the sum alone"),
    Note.NO_TARGET: mark("no target of its own"),
    Note.PLAN_TARGET: mark("the plan's target, none of its own"),
}
NO_PROGRESS = {
    NoProgress.NO_VALUE: mark("no value"),
    NoProgress.NO_BASELINE: mark("no baseline"),
    NoProgress.MET_AT_BASELINE: mark("met at the baseline already"),
}
SEVERITIES = {Severity.ERROR: mark("error"), Severity.WARNING: mark("warning"), Severity.INFO: mark("note")}
KINDS = {
    Kind.STOCK: mark("level"),
    Kind.FLOW: mark("sum over the year"),
    Kind.RATE: mark("rate"),
    Kind.GROWTH: mark("growth"),
    Kind.WORKS: mark("count of works"),
    Kind.MILESTONE: mark("milestone"),
}
BASES = {Basis.PRINTED: mark("printed"), Basis.INTERPRETED: mark("interpreted")}
COMMITMENTS = {Commitment.FIRM: mark("firm"), Commitment.ASPIRATION: mark("aspiration")}


def number_of(one: Indicator, speak: Speaker) -> str:
    """Return the number in the main table, else the task's, else a dash."""
    if one.no is not None:
        return str(one.no)
    return speak(say("T{task}", task=one.task)) if one.task is not None else "—"
