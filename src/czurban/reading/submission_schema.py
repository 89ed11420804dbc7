"""The rows of a submission as JSON Schema: each an object whose keys are the headers of its columns."""

import re
from collections.abc import Callable
from typing import Any

from czurban.reading.header_words import HEADERS, LABELS, Field

_PERIOD = "(?:(?:19|20)[0-9]{2}.*?)?"
_UNIT = "\\s*(?:[（(].*[)）])?"
_CELL = {"type": ["string", "number", "null"]}


def submission_schema(dialect: str, spell: Callable[[str], str]) -> dict[str, Any]:
    """The schema of a table of figures.

    It is wider than the reader where a schema cannot say more: it knows headers and no order, and takes any value,
    since whether one can be read depends on the plan.
    """
    naming = f"{_pattern(Field.NUMBER)}|{_pattern(Field.INDICATOR)}"
    return {
        "$schema": dialect,
        "title": "submission",
        "type": "array",
        "items": {
            "type": "object",
            "patternProperties": {
                _pattern(field): {"description": f"{spell(LABELS[field])}: {', '.join(HEADERS[field])}", **_CELL}
                for field in HEADERS
            },
            # a wide table has, instead of a column of values, one for each period
            "allOf": [_has(f"(?:{_pattern(Field.VALUE)})|^\\s*(?:19|20)[0-9]{{2}}"), _has(naming)],
        },
    }


def _pattern(field: Field) -> str:
    """A header as the reader understands it: any of its names, with a period before it and a unit in brackets."""
    names = "|".join(_any_case(name) for name in HEADERS[field])
    return f"^\\s*{_PERIOD}(?:{names}){_UNIT}\\s*$"


def _any_case(name: str) -> str:
    return "".join(f"[{c.lower()}{c.upper()}]" if c.isalpha() and c.isascii() else re.escape(c) for c in name)


def _has(pattern: str) -> dict[str, Any]:
    """Some key matches: not all keys fail to."""
    return {"not": {"propertyNames": {"not": {"pattern": pattern}}}}
