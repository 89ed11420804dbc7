"""The words for verdicts, notes, severities and columns, marked for translation where they are declared.

The words for what a ledger says of an entry: its close-out state, and why it stands so.
"""

from czurban.model.assessment import NoProgress, Note, Verdict
from czurban.model.finding import Message, Severity, mark, say
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.ledger import Closing, Entry, MilestoneEntry, TargetEntry
from czurban.model.target import Basis
from czurban.model.task import Commitment
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
    IndicatorKind.STOCK: mark("level"),
    IndicatorKind.FLOW: mark("sum over the year"),
    IndicatorKind.RATE: mark("rate"),
    IndicatorKind.GROWTH: mark("growth"),
    IndicatorKind.WORKS: mark("count of works"),
    IndicatorKind.MILESTONE: mark("milestone"),
}
BASES = {Basis.PRINTED: mark("printed"), Basis.INTERPRETED: mark("interpreted")}
COMMITMENTS = {Commitment.FIRM: mark("firm"), Commitment.ASPIRATION: mark("aspiration")}


def number_of(one: Indicator, speak: Speaker) -> str:
    """Return the number in the main table, else the task's, else a dash."""
    if one.no is not None:
        return str(one.no)
    return speak(say("T{task}", task=one.task)) if one.task is not None else "—"


CLOSINGS = {Closing.OPEN: mark("open"), Closing.CLOSED: mark("closed"), Closing.NOT_DUE: mark("not due yet")}
_OF_TARGETS = {
    Verdict.MET: say("The target is met."),
    Verdict.MISSED: say("The target is missed."),
    Verdict.UNREPORTED: say("No figure is reported."),
    Verdict.UNREADABLE: say("The figure reported cannot be judged."),
    Verdict.NOT_DUE: say("The deadline lies after the period judged."),
}
_OF_MILESTONES = {
    Verdict.MET: say("The stage asked for is reported as reached."),
    Verdict.MISSED: say("The stage reported comes before the one asked for."),
    Verdict.UNREPORTED: say("No stage is reported."),
    Verdict.UNREADABLE: say("No stage that is reported can be used."),
    Verdict.NOT_DUE: say("The deadline lies after the period judged."),
}
MILESTONE_VERDICTS = {
    Verdict.MET: mark("reached"),
    Verdict.MISSED: mark("not reached"),
    Verdict.UNREPORTED: mark("not reported"),
    Verdict.UNREADABLE: mark("unreadable"),
    Verdict.NOT_DUE: mark("not due"),
}


def reason_of(entry: Entry) -> Message:
    """Why an entry is open, closed or not due."""
    if isinstance(entry, TargetEntry) and entry.result.derived and entry.verdict is Verdict.UNREADABLE:
        return say("Only a part of the figure is known.")
    reasons = _OF_MILESTONES if isinstance(entry, MilestoneEntry) else _OF_TARGETS
    return reasons[entry.verdict]
