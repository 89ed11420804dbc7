"""Expand patterns of file names, where ** stands for folders at any depth."""

import glob
import os
import re
from collections.abc import Iterator

_ANY_DEPTH = re.compile(rf"(?<![^{re.escape(os.sep)}/])\*\*(?:[{re.escape(os.sep)}/]+|\Z)")
"""The part of a pattern that matches folders at any depth."""


def matches(pattern: str) -> Iterator[str]:
    """Yield the names that a pattern matches. `**` enters neither hidden folders nor links, which can form cycles."""
    parts = _ANY_DEPTH.split(pattern, maxsplit=1)
    if len(parts) == 1:
        yield from glob.glob(pattern)  # noqa: PTH207 - it takes patterns with a root
        return
    head, rest = parts[0], parts[1] or "*"
    tops = glob.glob(head) if head else [""]  # noqa: PTH207 - as above
    for top in tops:
        for folder, below, _ in os.walk(top or os.curdir):
            below[:] = [name for name in below if not name.startswith(".")]
            inside = os.path.join(glob.escape(folder if top else folder[2:]), "")  # noqa: PTH118 - "" ends it with a slash
            yield from matches(inside + rest if top or folder != os.curdir else rest)
