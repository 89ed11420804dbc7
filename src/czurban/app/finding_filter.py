"""Leave out findings by codes and by comments in the plan, except those that must always be printed."""

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import NamedTuple

from czurban.errors import UsageError
from czurban.model.faults import FAULTS, finding
from czurban.model.finding import Finding, Findings, Ignore, Severity, did_you_mean, say
from czurban.model.text import nearest

Codes = tuple[str, ...]
"""Codes and beginnings of codes: P202, S2, P."""


class FindingFilter(NamedTuple):
    """The findings to print: only those of `select` (empty: all), without `ignore` and `per_file` patterns."""

    select: Codes = ()
    ignore: Codes = ()
    per_file: tuple[tuple[str, Codes], ...] = ()
    strict: bool = False


class FilteredFindings(NamedTuple):
    """The findings to print, how many options and comments left out, and whether they fail the run."""

    kept: Findings
    left_out: int
    commented: int
    failed: bool


def may_hide(code: str) -> bool:
    """Return whether a finding may be left out; not if a plan or a value is not used because of it."""
    return code.startswith("P2") or FAULTS[code].severity is not Severity.ERROR


def filter_findings(
    findings: Sequence[Finding], chosen: FindingFilter, ignores: Sequence[Ignore] = ()
) -> FilteredFindings:
    """Leave out what may be left out. Verdicts do not change, since they were reached before."""
    uncommented, unused = _without_commented(findings, ignores)
    every = (*uncommented, *unused)
    shown = {code for code in {fault.code for fault in every} if not may_hide(code)}
    kept = tuple(fault for fault in every if fault.code in shown or _passes(fault, chosen))
    bad = {Severity.ERROR, Severity.WARNING} if chosen.strict else {Severity.ERROR}
    failed = any(fault.severity in bad for fault in kept)
    return FilteredFindings(kept, len(every) - len(kept), len(findings) - len(uncommented), failed)


def _passes(fault: Finding, chosen: FindingFilter) -> bool:
    if chosen.select and not fault.code.startswith(chosen.select):
        return False
    if fault.code.startswith(chosen.ignore):
        return False
    place = fault.place
    return place is None or not any(
        fault.code.startswith(codes) and PurePath(place.file).match(pattern) for pattern, codes in chosen.per_file
    )


def _without_commented(findings: Iterable[Finding], ignores: Sequence[Ignore]) -> tuple[list[Finding], list[Finding]]:
    """Return the findings that no comment hides, and a finding for each comment that hides none."""
    if not ignores:
        return [*findings], []
    kept, used = [], set()
    for fault in findings:
        hiding = [n for n, ignore in enumerate(ignores) if _hides(ignore, fault)]
        used.update(hiding)
        if not hiding:
            kept.append(fault)
    return kept, [_unused(ignore) for n, ignore in enumerate(ignores) if n not in used]


def _hides(ignore: Ignore, fault: Finding) -> bool:
    if ignore.code != fault.code or fault.place is None or fault.place.line is None or not fault.code.startswith("P2"):
        return False
    same = PurePath(ignore.place.file) == PurePath(fault.place.file)
    return same and ignore.first <= fault.place.line <= ignore.last


def _unused(ignore: Ignore) -> Finding:
    message = say("The comment hides no {code}.", code=ignore.code)
    return finding("P115", ignore.place, message, say("Delete it, or put it right above the line with the finding."))


def selected_codes(texts: Iterable[str], source: str) -> tuple[str, ...]:
    """Read codes to select, one or several in a text, with commas.

    Raises:
        UsageError: no code begins so; `source` says where it was written.
    """
    return tuple(code for text in texts for code in _split(text) if _known(code, source))


def ignored_codes(texts: Iterable[str], source: str) -> tuple[str, ...]:
    """Read codes to ignore.

    Raises:
        UsageError: no code begins so, or all that do are errors that are always reported.
    """
    codes = selected_codes(texts, source)
    for code in codes:
        if not any(may_hide(known) for known in FAULTS if known.startswith(code)):
            message = say("{source}: {code} cannot be ignored.", source=source, code=code)
            raise UsageError(message, say("It reports that a plan or a value was not used; that is always reported."))
    return codes


def _split(text: str) -> list[str]:
    return [code.strip().upper() for code in text.replace("，", ",").split(",") if code.strip()]


def _known(code: str, source: str) -> bool:
    if any(known.startswith(code) for known in FAULTS):
        return True
    hint = did_you_mean(nearest(code, FAULTS)) or say("The codes stand in docs/reference/rules.md.")
    raise UsageError(say("{source}: there is no finding “{code}”.", source=source, code=code), hint)
