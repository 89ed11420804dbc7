"""Compose the report of `czurban validate`, the table of findings, and the page of a rule."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from czurban.model.faults import FAULTS
from czurban.model.finding import SEVERITIES, Finding, RuleCase, Severity, has_errors, say
from czurban.reporting.document import (
    Block,
    Code,
    Document,
    DocumentTable,
    Heading,
    Item,
    Items,
    Json,
    Paragraph,
    TableCell,
    Tone,
)
from czurban.reporting.documents.records import FORMAT, finding_record
from czurban.reporting.findings_text import summary
from czurban.reporting.tables import BLANK, TableColumn, plain_table
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.reporting.checks import Checks


def findings_report(files: Sequence[str], findings: Sequence[Finding], translate: Translator) -> Document:
    """Compose the report of what was read and how many findings there are; the findings are in its record alone."""
    counts = translate(say(", ")).join(summary(Counter(each.code for each in findings), translate))
    wrong = has_errors(findings)
    text = translate(say("Faults found.")) if wrong else translate(say("No errors."))

    def rows() -> list[dict[str, Json]]:
        return [finding_record(finding, translate) for finding in findings]

    end = Paragraph(f"{text} {counts}".strip(), Tone.BAD if wrong else Tone.GOOD)

    def checks() -> "Checks":
        from czurban.reporting.documents.checks import validation_checks  # noqa: PLC0415 - only some formats need it

        return validation_checks(files, findings, [end.text], translate)

    blocks = (Paragraph(translate(say("Read:"))), Items(tuple(Item(file) for file in files)), end)
    return Document(
        blocks, lambda: {"format": FORMAT, "files": list(files), "findings": rows()}, rows, checks, translate.language
    )


_TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.DOUBT, Severity.INFO: Tone.QUIET}


def message_and_hint(finding: Finding, translate: Translator) -> str:
    """Return a finding's message with its hint in one line."""
    return translate(finding.message) + (f" {translate(finding.hint)}" if finding.hint else "")


_COLUMNS: tuple[TableColumn[Finding], ...] = (
    TableColumn(say("Place"), lambda finding, _: str(finding.place or BLANK)),
    TableColumn(
        say("Severity"), lambda each, words: TableCell(words(SEVERITIES[each.severity]), _TONES[each.severity])
    ),
    TableColumn(say("Rule"), lambda finding, _: finding.code),
    TableColumn(say("Message"), message_and_hint, main=True),
)


def findings_table(findings: Iterable[Finding], translate: Translator) -> DocumentTable:
    """Compose the table of findings, in their order."""
    return plain_table(_COLUMNS, findings, translate)


_MOST_LINE = 100


def rule_page(code: str, case: RuleCase, translate: Translator, level: int = 1) -> Document:
    """Compose the page of a rule: its demand, the reason, a good and a bad case; `level` is that of its heading."""
    fault = FAULTS[code]
    severity, demand = translate(SEVERITIES[fault.severity]), translate(fault.demand)
    why = case.why.get(translate.language, case.why["en"])
    bad = "\n".join(line for sheet in case.sheets for line in _sheet(sheet)) or _shortened(case.bad) or "(nothing)"
    blocks: list[Block] = [
        Heading(f"{code} · {demand}", level),
        Paragraph(f"{why} {translate(say('Otherwise: {severity}.'), severity=severity)}"),
    ]
    if case.good and not case.always:
        blocks += [Paragraph(translate(say("Right, in {file}:"), file=case.file)), Code(_shortened(case.good))]
    blocks += [Paragraph(translate(say("Wrong, in {file}:"), file=case.file)), Code(bad)]
    record: dict[str, Json] = {
        "format": FORMAT,
        "code": code,
        "severity": str(fault.severity),
        "demand": demand,
        "why": why,
        "file": case.file,
        "good": case.good,
        "bad": bad,
        "at": case.at,
    }
    return Document(tuple(blocks), lambda: record, lambda: (record,), language=translate.language)


def _sheet(sheet: object) -> Iterable[str]:
    """Write a sheet as lines: its name with its special properties, then its rows."""
    if isinstance(sheet, dict):
        special = ", ".join(f"{key}: {value}" for key, value in sheet.items() if key not in ("name", "rows"))
        yield f"[{sheet['name']}]" + (f" ({special})" if special else "")
        for row in sheet["rows"]:
            yield "| " + " | ".join("" if cell is None else str(cell) for cell in row)


def _shortened(text: str) -> str:
    lines = text.strip("\n").splitlines()
    return "\n".join(line if len(line) <= _MOST_LINE else f"{line[:_MOST_LINE]}…" for line in lines)
