"""Build the JSON Schema of the rows of a submission."""

import re
from collections.abc import Callable
from typing import Any

from czurban.reading.submission.header_words import HEADERS, LABELS, ColumnField

Schema = dict[str, Any]
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PERIOD = "(?:(?:19|20)[0-9]{2}.*?)?"
_UNIT = "\\s*(?:[（(].*[)）])?"
_CELL = {"type": ["string", "number", "null"]}


def submission_schema(translate: Callable[[str], str]) -> Schema:
    """Return the schema of a table of figures.

    The schema accepts more than the reader: it checks headers in any order, and accepts any value, since the plan
    decides which values can be read.
    """
    naming = f"{_pattern(ColumnField.NUMBER)}|{_pattern(ColumnField.INDICATOR)}"
    return {
        "$schema": _DIALECT,
        "title": "submission",
        "type": "array",
        "items": {
            "type": "object",
            "patternProperties": {
                _pattern(field): {"description": f"{translate(LABELS[field])}: {', '.join(HEADERS[field])}", **_CELL}
                for field in HEADERS
            },
            # a wide table has, instead of a column of values, one for each period
            "allOf": [_has(f"(?:{_pattern(ColumnField.VALUE)})|^\\s*(?:19|20)[0-9]{{2}}"), _has(naming)],
        },
    }


def _pattern(field: ColumnField) -> str:
    """Return a pattern for a header: any of its names, perhaps with a period before it and a unit in brackets."""
    names = "|".join(_any_case(name) for name in HEADERS[field])
    return f"^\\s*{_PERIOD}(?:{names}){_UNIT}\\s*$"


def _any_case(name: str) -> str:
    return "".join(f"[{c.lower()}{c.upper()}]" if c.isalpha() and c.isascii() else re.escape(c) for c in name)


def _has(pattern: str) -> Schema:
    """Return a schema for objects with at least one key that matches."""
    return {"not": {"propertyNames": {"not": {"pattern": pattern}}}}
