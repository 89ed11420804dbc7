"""A document's record as JSON: keys in order, Chinese as it is, unsafe characters escaped, values as exact strings."""

import json

from czurban.model.safe_text import json_escaped
from czurban.reporting.document import Document


def as_json(document: Document) -> bytes:
    """Spell a document's record as JSON in UTF-8."""
    return (json_escaped(json.dumps(document.record(), ensure_ascii=False, indent=2)) + "\n").encode()
