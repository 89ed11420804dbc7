"""Write findings, errors, row counts and corrections as lines: place, severity, code, message, hint."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from io import StringIO
from typing import TYPE_CHECKING

from czurban.model.faults import FAULTS
from czurban.model.finding import SEVERITIES, Correction, Finding, Message, Severity, say
from czurban.model.text import clean, clean_line
from czurban.words.translator import Translator

if TYPE_CHECKING:  # help and completion read no figures
    from czurban.model.observation import Submission

MOST_OF_A_KIND = 50


def listed(
    findings: Sequence[Finding],
    translate: Translator,
    most: int = MOST_OF_A_KIND,
    more: Mapping[str, int] | None = None,
) -> tuple[list[Finding], str]:
    """Return at most `most` findings of each code, and the lines that count the rest and all; 0 takes all.

    `more` counts the findings of each code that are not in `findings`, where not all were kept.
    """
    counts: Counter[str] = Counter()
    shown: list[Finding] = []
    for finding in findings:
        counts[finding.code] += 1
        if not most or counts[finding.code] <= most:
            shown.append(finding)
    counts.update(more or {})
    rest = say("… and {count} more of {code}; --max-findings 0 lists all.")
    lines = [translate(rest, count=n - most, code=code) for code, n in counts.items() if most and n > most]
    return shown, "".join(f"{line}\n" for line in (*lines, *summary(counts, translate)))


def findings_text(
    findings: Sequence[Finding],
    translate: Translator,
    most: int = MOST_OF_A_KIND,
    more: Mapping[str, int] | None = None,
) -> str:
    """Write findings, each with its place in its line, and count what `listed` leaves out."""
    shown, end = listed(findings, translate, most, more)
    return "".join(f"{line}\n" for finding in shown for line in _lines(finding, translate)) + end


def _lines(finding: Finding, translate: Translator) -> Iterable[str]:
    place = f"{finding.place}: " if finding.place else ""
    severity = translate(SEVERITIES[finding.severity])
    yield clean_line(f"{place}{severity} {finding.code}: {translate(finding.message)}")
    if finding.hint:
        yield clean_line(f"    {translate(finding.hint)}")


def summary(codes: Mapping[str, int], translate: Translator) -> Iterable[str]:
    """Count the findings of each severity in one line, by the counts of their codes, if there is more than one."""
    if sum(codes.values()) > 1:
        counts: Counter[Severity] = Counter()
        for code, count in codes.items():
            counts[FAULTS[code].severity] += count
        parts = [
            translate(say("{severity}: {count}"), severity=translate(SEVERITIES[severity]), count=counts[severity])
            for severity in Severity
            if counts[severity]
        ]
        yield translate(say(", ")).join(parts)


def error_text(message: Message, hint: Message | None, translate: Translator) -> str:
    """Write why the program could not go on."""
    lines = [translate(say("error: {message}"), message=translate(message))]
    if hint:
        lines.append(f"    {translate(hint)}")
    return "".join(f"{clean_line(line)}\n" for line in lines)


def rows_text(submissions: "Iterable[Submission]", translate: Translator) -> str:
    """Write one line for each file: how many rows were read, used, refused and ignored."""
    sentence = say("{file}: {read} rows read = {used} used + {refused} refused + {ignored} ignored")
    lines = (translate(sentence, file=file.file, **asdict(file.rows)) for file in submissions)
    return "".join(f"{clean_line(line)}\n" for line in lines)


_NO_END = "\n\\ No newline at end of file\n"


def difference(file: str, old: str, new: str) -> str:
    """Return the unified difference of a file's two texts, safe to print; the kind of line ends is not shown."""
    from difflib import unified_diff  # noqa: PLC0415 - only where a correction is shown

    before, after = (list(StringIO(text, newline="\n")) for text in (old, new))  # `patch` splits at line feeds alone
    rows = unified_diff(before, after, file, file)
    return "".join(clean(row.replace("\r", "")) if row.endswith("\n") else clean(row) + _NO_END for row in rows)


def corrections_text(corrections: Iterable[Correction], translate: Translator) -> str:
    """Write each correction on a line with its place."""
    return "".join(
        f"{clean_line(f'{correction.place}: {translate(correction.message)}')}\n" for correction in corrections
    )
