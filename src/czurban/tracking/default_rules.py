"""Define the rules that are used where no file of rules is given: the verdicts, and before the deadline the paces."""

from czurban.model.assessment import Verdict
from czurban.model.finding import mark
from czurban.model.over_time.conditions import PACE, VERDICT, Condition, Conjunction
from czurban.model.over_time.pace import PaceStatus
from czurban.model.over_time.rating import Band, Colour, RatingRule
from czurban.model.over_time.rule_file import Level, MissingCase, MissingPolicy, RatingRules, RollUp

_PACES = (
    (PaceStatus.ACHIEVED_EARLY, mark("achieved early"), Colour.GREEN),
    (PaceStatus.AHEAD, mark("ahead"), Colour.GREEN),
    (PaceStatus.ON_PACE, mark("on pace"), Colour.GREEN),
    (PaceStatus.NOT_ASSESSED, mark("not assessed"), Colour.GREY),
    (PaceStatus.BEHIND, mark("behind"), Colour.YELLOW),
    (PaceStatus.MOVED_AWAY, mark("moved away"), Colour.RED),
)


def _when(verdict: Verdict, pace: PaceStatus | None = None) -> Condition:
    words = {VERDICT: frozenset({str(verdict)}), **({PACE: frozenset({str(pace)})} if pace else {})}
    text = f"{VERDICT} = {verdict}" + (f" and {PACE} = {pace}" if pace else "")
    return Condition(text, (Conjunction((), words),))


def default_rules() -> RatingRules:
    """Return the default rules, which give no points."""
    met = Band(when=_when(Verdict.MET), status=str(Verdict.MET), word=mark("met"), colour=Colour.GREEN)
    paces = (
        Band(when=_when(Verdict.NOT_DUE, pace), status=str(pace), word=word, colour=colour)
        for pace, word, colour in _PACES
    )
    missed = Band(when=_when(Verdict.MISSED), status=str(Verdict.MISSED), word=mark("missed"), colour=Colour.RED)
    return RatingRules(
        title=mark("Verdicts, and the pace of targets that are not due"),
        source="",
        rules=(RatingRule(id="status", name=mark("status"), bands=(met, *paces, missed)),),
        missing=dict.fromkeys(MissingCase, MissingPolicy.LEAVE_OUT),
        rollups={level: RollUp.LATEST if level is Level.PERIODS else RollUp.WORST for level in Level},
    )
