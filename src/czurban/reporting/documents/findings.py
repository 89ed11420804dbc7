"""The report of `czurban validate`: what was read, and how many faults it has.

Findings as a table: where, how bad, which rule, what, and what to do.

One rule explained: what it demands, why, how bad it is otherwise, and a good and a bad case.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from czurban.model.faults import FAULTS
from czurban.model.finding import Finding, RuleCase, Severity, has_errors, say
from czurban.reporting.document import (
    Block,
    Code,
    Column,
    Document,
    DocumentTable,
    Heading,
    Item,
    Items,
    Json,
    Paragraph,
    RowGroup,
    TableCell,
    Tone,
)
from czurban.reporting.documents.records import FORMAT, finding_record
from czurban.reporting.findings_text import summary
from czurban.reporting.labels import SEVERITIES
from czurban.words.speaker import Speaker

if TYPE_CHECKING:
    from czurban.reporting.document import Checks


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
        from czurban.reporting.documents.checks import validation_checks  # noqa: PLC0415 - for the formats that ask

        return validation_checks(files, findings, [end.text], speak)

    blocks = (Paragraph(speak(say("Read:"))), Items(tuple(Item(file) for file in files)), end)
    return Document(blocks, record, rows, checks)


_TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.DOUBT, Severity.INFO: Tone.QUIET}


def findings_table(findings: Sequence[Finding], speak: Speaker) -> DocumentTable:
    """Compose the table, in the order of the findings."""
    columns = (
        Column(speak(say("Place"))),
        Column(speak(say("Severity"))),
        Column(speak(say("Rule"))),
        Column(speak(say("What is told")), main=True),
    )
    return DocumentTable(columns, (RowGroup("", tuple(_row(one, speak) for one in findings)),))


def _row(one: Finding, speak: Speaker) -> tuple[TableCell, ...]:
    hint = f" {speak(one.hint)}" if one.hint else ""
    return (
        TableCell(str(one.place) if one.place else "—"),
        TableCell(speak(SEVERITIES[one.severity]), _TONES[one.severity]),
        TableCell(one.code),
        TableCell(speak(one.message) + hint),
    )


_MOST_LINE = 100


def rule_page(code: str, case: RuleCase, speak: Speaker, level: int = 1) -> Document:
    """Compose the page of a catalogued code; `level` is that of its heading."""
    fault = FAULTS[code]
    severity = speak(SEVERITIES[fault.severity])
    why = case.why.get(speak.language, case.why["en"])
    blocks: list[Block] = [
        Heading(f"{code} · {speak(fault.demand)}", level),
        Paragraph(f"{why} {speak(say('Otherwise: {severity}.'), severity=severity)}"),
        *_good(case, speak),
        Paragraph(speak(say("Wrong, in {file}:"), file=case.file)),
        Code(_bad(case)),
    ]
    record: dict[str, Json] = {
        "format": FORMAT,
        "code": code,
        "severity": str(fault.severity),
        "demand": speak(fault.demand),
        "why": why,
        "file": case.file,
        "good": case.good,
        "bad": _bad(case),
        "at": case.at,
    }
    return Document(tuple(blocks), lambda: record, lambda: (record,))


def _good(case: RuleCase, speak: Speaker) -> Iterable[Block]:
    if case.good and not case.always:
        yield Paragraph(speak(say("Right, in {file}:"), file=case.file))
        yield Code(_shown(case.good))


def _bad(case: RuleCase) -> str:
    if case.sheets:
        return "\n".join(line for sheet in case.sheets for line in _sheet(sheet))
    return _shown(case.bad) or "(nothing)"


def _sheet(sheet: object) -> Iterable[str]:
    """A sheet as lines: its name and what is odd about it, then its rows."""
    if isinstance(sheet, dict):
        odd = ", ".join(f"{key}: {value}" for key, value in sheet.items() if key not in ("name", "rows"))
        yield f"[{sheet['name']}]" + (f" ({odd})" if odd else "")
        for row in sheet["rows"]:
            yield "| " + " | ".join("" if cell is None else str(cell) for cell in row)


def _shown(text: str) -> str:
    lines = text.strip("\n").splitlines()
    return "\n".join(line if len(line) <= _MOST_LINE else f"{line[:_MOST_LINE]}…" for line in lines)
