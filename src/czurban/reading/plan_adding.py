"""How an indicator's parts make the whole, from the text under `adds:`."""

import re

from czurban.model.adding import Adding, Way

_ID = r"[a-z][a-z0-9_]*"
_WEIGHTED = re.compile(rf"weighted\s+by\s+({_ID})")
_RATIO = re.compile(rf"ratio\s+of\s+({_ID})\s+to\s+({_ID})")


def read_adding(text: str) -> Adding | None:
    """Read sum, none, `weighted by ID` or `ratio of ID to ID`; None for anything else."""
    plain = text.strip()
    if plain in (Way.SUM, Way.NONE):
        return Adding(Way(plain), (), declared=True)
    if found := _WEIGHTED.fullmatch(plain):
        return Adding(Way.WEIGHTED, found.groups(), declared=True)
    if found := _RATIO.fullmatch(plain):
        return Adding(Way.RATIO, found.groups(), declared=True)
    return None
