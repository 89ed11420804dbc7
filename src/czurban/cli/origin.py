"""When a report is made, and from which bytes."""

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path

from czurban.model.plan import Plan
from czurban.reading.sources.opening import ALL_FILES, open_regular
from czurban.reporting.documents.records import Origin

_LONGEST = 11
"""Digits of a moment in seconds, up to the year 5138."""
_PIECE = 1 << 20


def origin_of(plan: Plan, files: Sequence[Path]) -> Origin:
    """Gather it: the plan's files and the submissions, each with its SHA-256.

    SOURCE_DATE_EPOCH, seconds since 1970 in UTC, stands for the time where it is set: the same inputs then give the
    same report to the byte.
    """
    import hashlib  # noqa: PLC0415 - costs a start 4 ms, and only this needs it

    paths = [Path(plan.source) / name for name in dict.fromkeys((*ALL_FILES, plan.breakdown.file)) if name]
    digests = []
    for path in (one for one in (*paths, *files) if one.is_file()):
        digest = hashlib.sha256()
        try:
            with open_regular(path) as stream:
                while piece := stream.read(_PIECE):
                    digest.update(piece)
        except OSError:
            continue  # nothing of it is in the report, and a finding (S120) says so
        digests.append((str(path), digest.hexdigest()))
    return Origin(_now(), tuple(digests))


def _now() -> str:
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isascii() and fixed.isdecimal() and len(fixed) <= _LONGEST:
        return f"{dt.datetime.fromtimestamp(int(fixed), dt.UTC):%Y-%m-%d %H:%M} UTC"
    return f"{dt.datetime.now().astimezone():%Y-%m-%d %H:%M}"
