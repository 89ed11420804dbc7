"""Findings as a table: where, how bad, which rule, what, and what to do."""

from collections.abc import Sequence

from czurban.model.finding import Finding, Severity
from czurban.model.message import say
from czurban.reporting.document import Cell, Column, Group, Table, Tone
from czurban.reporting.labels import SEVERITIES
from czurban.words.speaker import Speaker

_TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.DOUBT, Severity.INFO: Tone.QUIET}


def findings_table(findings: Sequence[Finding], speak: Speaker) -> Table:
    """Compose the table, in the order of the findings."""
    columns = (
        Column(speak(say("Place"))),
        Column(speak(say("Severity"))),
        Column(speak(say("Rule"))),
        Column(speak(say("What is told")), main=True),
    )
    return Table(columns, (Group("", tuple(_row(one, speak) for one in findings)),))


def _row(one: Finding, speak: Speaker) -> tuple[Cell, ...]:
    hint = f" {speak(one.hint)}" if one.hint else ""
    return (
        Cell(str(one.place) if one.place else "—"),
        Cell(speak(SEVERITIES[one.severity]), _TONES[one.severity]),
        Cell(one.code),
        Cell(speak(one.message) + hint),
    )
