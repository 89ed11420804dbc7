"""The words for what a ledger says of an entry: its close-out state, and why it stands so."""

from czurban.model.ledger import Closing, Entry, MilestoneEntry, TargetEntry
from czurban.model.message import Message, mark, say
from czurban.model.verdict import Verdict

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
