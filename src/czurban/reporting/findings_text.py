"""Findings and errors as lines: place, severity, code, sentence, hint; as compilers and editors understand them.

What became of the rows of each file, as lines.

What `czurban fix` says: the difference as programs know it, and each correction with its place and reason.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import unified_diff

from czurban.model.faults import FAULTS
from czurban.model.finding import Correction, Finding, Message, Severity, say
from czurban.model.observation import Submission
from czurban.model.text import clean, clean_line
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


def rows_text(submissions: Iterable[Submission], speak: Speaker) -> str:
    """One line for each file: how many rows were read, and where each went."""
    sentence = say("{file}: {read} rows read = {used} used + {refused} refused + {ignored} ignored")
    return "".join(
        clean_line(
            speak(
                sentence,
                file=one.file,
                read=one.rows.read,
                used=one.rows.used,
                refused=one.rows.refused,
                ignored=one.rows.ignored,
            )
        )
        + "\n"
        for one in submissions
    )


_NO_END = "\n\\ No newline at end of file\n"


def difference(file: str, old: str, new: str) -> str:
    """The unified difference of a file's two texts, safe to print; how the lines end is not shown."""
    rows = unified_diff(_rows(old), _rows(new), file, file)
    return "".join(clean(row.replace("\r", "")) if row.endswith("\n") else clean(row) + _NO_END for row in rows)


def _rows(text: str) -> list[str]:
    """The lines as `patch` counts them, and not at every sign that Python takes for the end of one."""
    rows = text.split("\n")
    return [f"{row}\n" for row in rows[:-1]] + ([rows[-1]] if rows[-1] else [])


def corrections_text(corrections: Iterable[Correction], speak: Speaker) -> str:
    """Each correction on its line, with its place as editors understand it."""
    return "".join(f"{clean_line(f'{one.place}: {speak(one.message)}')}\n" for one in corrections)
