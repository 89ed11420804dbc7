"""Labels of verdicts, notes, severities, kinds and close-out states, marked for translation."""

from czurban.model.assessment import Note, Verdict
from czurban.model.finding import Message, Severity, mark, say
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.ledger import Closing, Entry, MilestoneEntry, TargetEntry
from czurban.model.target import Basis
from czurban.reporting.document import Tone
from czurban.words.translator import Translator

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
"""Signs that need no colour, each one cell wide in every font."""
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
    Note.PARTIAL: mark("only a part of the sum"),
    Note.NO_TARGET: mark("no target of its own"),
    Note.PLAN_TARGET: mark("the plan's target, none of its own"),
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


def number_of(indicator: Indicator, translate: Translator) -> str:
    """Return the indicator's number in the main table, else its task's, else a dash."""
    if indicator.no is not None:
        return str(indicator.no)
    return translate(say("T{task}", task=indicator.task)) if indicator.task is not None else "—"


CLOSINGS = {Closing.OPEN: mark("open"), Closing.CLOSED: mark("closed"), Closing.NOT_DUE: mark("not due yet")}
_OF_TARGETS = {
    Verdict.MET: say("The target is met."),
    Verdict.MISSED: say("The target is missed."),
    Verdict.UNREPORTED: say("No figure is reported."),
    Verdict.UNREADABLE: say("The reported figure cannot be judged."),
    Verdict.NOT_DUE: say("The deadline is after the judged period."),
}
_OF_MILESTONES = {
    Verdict.MET: say("The required stage is reported as reached."),
    Verdict.MISSED: say("The reported stage comes before the required one."),
    Verdict.UNREPORTED: say("No stage is reported."),
    Verdict.UNREADABLE: say("No reported stage can be used."),
    Verdict.NOT_DUE: say("The deadline is after the judged period."),
}
MILESTONE_VERDICTS = {
    Verdict.MET: mark("reached"),
    Verdict.MISSED: mark("not reached"),
    Verdict.UNREPORTED: mark("not reported"),
    Verdict.UNREADABLE: mark("unreadable"),
    Verdict.NOT_DUE: mark("not due"),
}


def reason_of(entry: Entry) -> Message:
    """Return why an entry is open, closed or not due."""
    if isinstance(entry, TargetEntry) and entry.result.derived and entry.verdict is Verdict.UNREADABLE:
        return say("Only a part of the figure is known.")
    reasons = _OF_MILESTONES if isinstance(entry, MilestoneEntry) else _OF_TARGETS
    return reasons[entry.verdict]
