"""A rule's good and bad case, as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RuleCase:
    """Why a rule is there, and a text of the made-up plan that keeps it (`good`) beside one that does not (`bad`).

    `changes` are all the replacements that make the bad case, good text to bad; `at` is where the finding stands, as
    line:column or as the sheet's name. `file` is the file of the made-up plan that is changed, or one that is sent in
    its place: `bad` is then all of its text, or `sheets` are its sheets, each with name, rows and perhaps `hidden`.
    `always` marks a rule that speaks of the good case too. `options` are what the command is told besides.
    """

    code: str
    why: Mapping[str, str]
    file: str
    good: str
    bad: str
    at: str
    changes: Mapping[str, str] = field(default_factory=dict)
    sheets: Sequence[Mapping[str, object]] = ()
    always: bool = False
    options: Sequence[str] = ()
