"""One rule explained: what it demands, why, how bad it is otherwise, and a good and a bad case."""

from collections.abc import Iterable

from czurban.model.faults import FAULTS
from czurban.model.message import say
from czurban.model.rule_case import RuleCase
from czurban.reporting.document import Block, Code, Document, Heading, Json, Paragraph
from czurban.reporting.labels import SEVERITIES
from czurban.reporting.records import FORMAT
from czurban.words.speaker import Speaker

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
