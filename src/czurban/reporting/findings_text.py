"""Findings and errors as lines: place, severity, code, sentence, hint; as compilers and editors understand them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from czurban.model.faults import FAULTS
from czurban.model.finding import Finding, Severity
from czurban.model.message import Message, say
from czurban.model.safe_text import clean_line
from czurban.reporting.labels import SEVERITIES
from czurban.words.speaker import Speaker

MOST_OF_A_KIND = 50


def findings_text(
    findings: Sequence[Finding], speak: Speaker, most: int = MOST_OF_A_KIND, more: Mapping[str, int] | None = None
) -> str:
    """Spell findings, at most so many of one code, with a count of what is left out; 0 lists all.

    `more` is how many there are of a code beside these, where not all of them were kept.
    """
    seen: Counter[str] = Counter()
    lines: list[str] = []
    for one in findings:
        seen[one.code] += 1
        if not most or seen[one.code] <= most:
            lines += _lines(one, speak)
    seen.update(more or {})
    lines += [
        speak(
            say("… and {count} more of {code}; --max-findings 0 or --format json lists all."), count=n - most, code=code
        )
        for code, n in seen.items()
        if most and n > most
    ]
    return "".join(f"{line}\n" for line in (*lines, *_summary(seen, speak)))


def _lines(one: Finding, speak: Speaker) -> Iterable[str]:
    place = f"{one.place}: " if one.place else ""
    yield clean_line(f"{place}{speak(SEVERITIES[one.severity])} {one.code}: {speak(one.message)}")
    if one.hint:
        yield clean_line(f"    {speak(one.hint)}")


def summary(findings: Sequence[Finding], speak: Speaker) -> Iterable[str]:
    """How many of each severity, where there is more than one finding."""
    return _summary(Counter(one.code for one in findings), speak)


def _summary(codes: Mapping[str, int], speak: Speaker) -> Iterable[str]:
    if sum(codes.values()) > 1:
        counts: Counter[Severity] = Counter()
        for code, many in codes.items():
            counts[FAULTS[code].severity] += many
        parts = [
            speak(say("{severity}: {count}"), severity=speak(SEVERITIES[severity]), count=counts[severity])
            for severity in Severity
            if counts[severity]
        ]
        yield speak(say(", ")).join(parts)


def error_text(message: Message, hint: Message | None, speak: Speaker) -> str:
    """Spell why the program could not go on."""
    lines = [speak(say("error: {message}"), message=speak(message))]
    if hint:
        lines.append(f"    {speak(hint)}")
    return "".join(f"{clean_line(line)}\n" for line in lines)
