"""The report of `czurban validate`: what was read, and how many faults it has."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from czurban.model.finding import Finding, has_errors
from czurban.model.message import say
from czurban.reporting.document import Document, Item, Items, Json, Paragraph, Tone
from czurban.reporting.findings_text import summary
from czurban.reporting.records import FORMAT, finding_record
from czurban.words.speaker import Speaker

if TYPE_CHECKING:
    from czurban.reporting.checks import Checks


def findings_report(files: Sequence[str], findings: Sequence[Finding], speak: Speaker) -> Document:
    """Compose the report; the findings themselves go to the record, and as lines to whoever shows them."""
    counts = speak(say(", ")).join(summary(findings, speak))
    wrong = has_errors(findings)
    text = speak(say("Faults found.")) if wrong else speak(say("No errors."))

    def rows() -> list[dict[str, Json]]:
        return [finding_record(one, speak) for one in findings]

    def record() -> dict[str, Json]:
        return {"format": FORMAT, "files": list(files), "findings": rows()}

    end = Paragraph(f"{text} {counts}".strip(), Tone.BAD if wrong else Tone.GOOD)

    def checks() -> "Checks":
        from czurban.reporting.compose_checks import validation_checks  # noqa: PLC0415 - for the formats that ask

        return validation_checks(files, findings, [end.text], speak)

    blocks = (Paragraph(speak(say("Read:"))), Items(tuple(Item(file) for file in files)), end)
    return Document(blocks, record, rows, checks)
