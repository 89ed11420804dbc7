"""The words that this project does not use, what to write instead, and where they stand in a text.

Text is searched as words: `unjudged_rows` and `UnjudgedRow` hold the words "unjudged" and "row" or "rows". A phrase may
run over the end of a line. A word that is a proper name, of a dependency or of an option of another program, is listed
in `ALLOWED` with the reason.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

BANNED = {
    r"told|tell(s|ing)?": "report, print, know",
    r"said": "reported, printed",
    r"sp(eaks?|eaking|oken)": "print, translate, message",
    r"(held|holds?|holding)( \w+){0,6}? against": "compare with, check against",
    r"reckon(s|ed|ing)?": "compute",
    r"settle(s|d|ment)?|settling": "resolve",
    r"sift(s|ed|ing)?|sieves?": "filter",
    r"unjudged": "not judged",
    r"untold": "not reported, undecidable",
    r"standings?": "department status",
    r"salvage(s|d)?|salvaging": "repair",
    r"mend(s|ed|ing)?": "correct, fix",
    r"heed(s|ed|ing)?": "follow, use",
    r"nobody|whoever|whomever|whosoever": "name the person or thing",
    r"for want of": "because there is no",
    r"beside": "next to, with, compared with",
    r"th(ereof|erein|ereby|erewith|ereupon|ereto)|w(herein|hereof|hereby)": "rewrite the sentence",
    r"hence(forth)?|lest|albeit|forthwith|ere|amiss|anew|befall(s|en)?|bespeaks?": "use the ordinary word",
    r"(a|an|the|of|each|every|this|that|these|those|its|whose|\d+) matters?": "item",
    r"sp(ell|ells|elled|elling) (a|an|the|its|each|every|in|as|out)": "write, format",
}
"""A word or phrase, as a pattern over whole words, and what to write instead."""

ALLOWED: dict[str, str] = {
    "stream.tell()": "a method of Python's files",
    "settled_in_towns_added": "an indicator's id in the shipped plan",
    '"beside":': "a key of the JSON record of `czurban compute`",
}
"""Text in which a banned word is right, exactly as it stands there, and the reason."""

BANNED_NAMES = frozenset({"one", "found", "own", "seen", "whose"})
"""Words that do not name a variable: they say nothing of what it holds."""

BANNED_CLASSES = frozenset(
    {
        *("Span", "Stretch", "Axis", "Matter", "Book", "Whose", "Fate", "Asked"),
        *("Aside", "Ahead", "Homeless", "Spot", "Standing", "Sieve"),
    },
)
"""Names of classes of the private vocabulary."""

_WORDS = re.compile("|".join(rf"\b(?:{pattern})\b" for pattern in BANNED), re.IGNORECASE)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_GAP = re.compile(r"[\s#>*]+")


@dataclass(frozen=True)
class Place:
    """A banned word and where it stands."""

    file: str
    line: int
    word: str

    def __str__(self) -> str:
        """Show the place as file, line and word."""
        return f"{self.file}:{self.line}: {self.word}"


def banned_in_text(file: str, text: str) -> Iterator[Place]:
    """Find the banned words of a text, code or prose."""
    for phrase in ALLOWED:
        text = text.replace(phrase, re.sub(r"\w", "-", phrase))
    words, lines = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        for word in _GAP.split(_HUMP.sub(" ", line.replace("_", " "))):
            words.append(word)
            lines.append(number)
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    joined = " ".join(words)
    position = 0
    for match in _WORDS.finditer(joined):
        while position + 1 < len(starts) and starts[position + 1] <= match.start():
            position += 1
        yield Place(file, lines[position], match.group().lower())


def banned_in_names(file: str, tree: ast.Module) -> Iterator[Place]:
    """Find variables, parameters and classes of a module that have a banned name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in BANNED_NAMES:
            yield Place(file, node.lineno, node.id)
        elif isinstance(node, ast.arg) and node.arg in BANNED_NAMES:
            yield Place(file, node.lineno, node.arg)
        elif isinstance(node, ast.ClassDef) and node.name in BANNED_CLASSES:
            yield Place(file, node.lineno, f"class {node.name}")
