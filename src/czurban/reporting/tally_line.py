"""The count of verdicts in one sentence that names its denominator."""

from czurban.model.assessment import Tally
from czurban.model.message import say
from czurban.model.verdict import Verdict
from czurban.reporting.document import Paragraph, Tone
from czurban.reporting.labels import VERDICTS
from czurban.words.speaker import Speaker


def tally_line(counts: Tally, speak: Speaker, scope: str = "") -> Paragraph:
    """「25 项中达标 22 项…」: unreported and unreadable ones are told apart and stay in the denominator."""
    rest = [
        speak(say("{count} {verdict}"), count=counts[verdict], verdict=speak(VERDICTS[verdict]))
        for verdict in Verdict
        if verdict is not Verdict.MET and counts[verdict]
    ]
    sentence = speak(say("{met} of {total} met"), met=counts[Verdict.MET], total=counts.total)
    text = speak(say(", ")).join([sentence, *rest])
    head = scope + speak(say(": ")) if scope else ""
    return Paragraph(head + text + speak(say(".")), Tone.PLAIN)
