"""Name the verdicts of milestones, and say why an entry of the ledger is open, closed or not due."""

from czurban.model.assessment import Verdict
from czurban.model.finding import Message, mark, say
from czurban.model.ledger import Closing, Entry, MilestoneEntry, TargetEntry

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
    Verdict.UNREPORTED: mark("no stage"),
    Verdict.UNREADABLE: mark("unreadable"),
    Verdict.NOT_DUE: mark("not due"),
}


def reason_of(entry: Entry) -> Message:
    """Return why an entry is open, closed or not due."""
    if isinstance(entry, TargetEntry) and entry.result.derived and entry.verdict is Verdict.UNREADABLE:
        return say("Only a part of the figure is known.")
    reasons = _OF_MILESTONES if isinstance(entry, MilestoneEntry) else _OF_TARGETS
    return reasons[entry.verdict]
