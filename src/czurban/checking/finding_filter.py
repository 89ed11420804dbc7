"""Which findings are told: what a sieve and a plan's own comments leave out, and what nothing may."""

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import NamedTuple

from czurban.model.faults import FAULTS, finding
from czurban.model.finding import Finding, Findings, Ignore, Severity, say

Codes = tuple[str, ...]
"""Codes and beginnings of codes: P202, S2, P."""


class FindingFilter(NamedTuple):
    """What to tell and what not. `select` tells only these (empty: all), `per_file` ignores for files of a pattern."""

    select: Codes = ()
    ignore: Codes = ()
    per_file: tuple[tuple[str, Codes], ...] = ()
    strict: bool = False


class FilteredFindings(NamedTuple):
    """The findings that are told, how many were left out by the sieve and by comments, and whether they fail a run."""

    kept: Findings
    left_out: int
    commented: int
    failed: bool


def may_hide(code: str) -> bool:
    """Whether a finding may be left out: not where a plan or a value was not used because of it."""
    return code.startswith("P2") or FAULTS[code].severity is not Severity.ERROR


def filter_findings(
    findings: Sequence[Finding], sieve: FindingFilter, ignores: Sequence[Ignore] = ()
) -> FilteredFindings:
    """Leave out what may be left out. Verdicts are not touched: they were reached before."""
    heard, idle = _heed(findings, ignores)
    told = (*heard, *idle)
    kept = tuple(one for one in told if not may_hide(one.code) or _passes(one, sieve))
    bad = {Severity.ERROR, Severity.WARNING} if sieve.strict else {Severity.ERROR}
    failed = any(one.severity in bad for one in kept)
    return FilteredFindings(kept, len(told) - len(kept), len(findings) - len(heard), failed)


def _passes(one: Finding, sieve: FindingFilter) -> bool:
    if sieve.select and not one.code.startswith(sieve.select):
        return False
    if one.code.startswith(sieve.ignore):
        return False
    place = one.place
    return place is None or not any(
        one.code.startswith(codes) and PurePath(place.file).match(pattern) for pattern, codes in sieve.per_file
    )


def _heed(findings: Iterable[Finding], ignores: Sequence[Ignore]) -> tuple[list[Finding], list[Finding]]:
    """Leave out what comments hide; a comment that hides nothing is itself a finding."""
    heard, used = [], set()
    for one in findings:
        hiding = [n for n, ignore in enumerate(ignores) if _hides(ignore, one)]
        used.update(hiding)
        if not hiding:
            heard.append(one)
    return heard, [_idle(ignore) for n, ignore in enumerate(ignores) if n not in used]


def _hides(ignore: Ignore, one: Finding) -> bool:
    if ignore.code != one.code or one.place is None or one.place.line is None or not one.code.startswith("P2"):
        return False
    same = PurePath(ignore.place.file) == PurePath(one.place.file)
    return same and ignore.first <= one.place.line <= ignore.last


def _idle(ignore: Ignore) -> Finding:
    message = say("The comment hides no {code}.", code=ignore.code)
    return finding("P115", ignore.place, message, say("Take it away, or put it right above what it is about."))
