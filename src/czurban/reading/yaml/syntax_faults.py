"""Say in plain words why a text is not YAML, and where: the parser often stops a line behind the mistake."""

import re
from collections.abc import Sequence

import yaml

from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, say

_PROBLEMS = {
    "found a tab character": say("there is a tab where only spaces are allowed"),
    "found character '\\t'": say("there is a tab where only spaces are allowed"),
    "found character that cannot start any token": say("this character cannot begin a text; a tab cannot either"),
    "mapping values are not allowed": say(
        "there is a colon where no key is allowed; a text with a colon needs quotation marks"
    ),
    "did not find expected ',' or ']'": say("a list in [ ] lacks a comma, or its closing bracket"),
    "did not find expected ',' or '}'": say("an entry in { } lacks a comma, or its closing bracket"),
    "did not find expected key": say("the line is indented unlike those above it, or the key is missing"),
    "did not find expected '-'": say("a list goes on without its dash, or is indented unlike the lines above"),
    "could not find expected ':'": say("a key has no colon after it"),
    "found unexpected end of stream": say("the file ends inside a text in quotation marks"),
    "found undefined alias": say("a text that begins with * names an anchor that does not exist"),
    "found duplicate anchor": say("an anchor (&) is given twice"),
    "block sequence entries are not allowed": say("there is a dash where no list can begin"),
    "did not find expected node content": say("a value is missing here"),
    "did not find expected <document start>": say("a second document begins; a plan's file has one"),
    "expected a single document": say("a second document begins; a plan's file has one"),
    "control characters are not allowed": say("there is a character that is not allowed in a text"),
    "found unknown escape character": say("a backslash inside \" \" cannot escape the letter after it; use ' '"),
}
"""The beginnings of libyaml's messages, and what to print instead."""


COLON = say("Write a plain colon and a blank between the key and its value.")
_BAD_COLON = re.compile(r"^\s*(?:- +)?([A-Za-z_]\w*)(?:\s*：|:(?=[^\s/:]))")
_KEY = re.compile(r"^\s*(?:- +)?([^\s:#]+)")
_LONE_KEY = re.compile(r"\s*(?:- +)?[A-Za-z_]\w*(?:\s[^:]*)?")
_WITH_VALUE = re.compile(r"\s*(?:- +)?[A-Za-z_]\w*: +\S")
_LINES_ABOVE = 2


def _colon_fault(file: str, text: str, line: int) -> Finding | None:
    """Return the fault of a key with a full-width colon, or without a blank behind it, in a line or just above it."""
    lines = text.splitlines()
    for number in range(min(line, len(lines) - 1), max(line - _LINES_ABOVE, 0) - 1, -1):
        if match := _BAD_COLON.match(lines[number]):
            return _without_colon(file, number, match)
    return None


def _without_colon(file: str, number: int, match: re.Match[str]) -> Finding:
    message = say("There is no plain colon with a blank after the key “{name}”.", name=match[1])
    return finding("P101", Place(file, number + 1, match.end(1) + 1), message, COLON)


def _no_colon(file: str, text: str, error: yaml.YAMLError, problem: str) -> Finding | None:
    """Return the fault of a key without a colon, at its own line: the parser stops at the next one."""
    begins, stops = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    number = begins.line if begins and problem.startswith("could not find expected ':'") else None
    lines = text.splitlines()
    if stops and problem.startswith("mapping values are not allowed"):
        above = [n for n in range(min(stops.line, len(lines)) - 1, -1, -1) if lines[n].strip()][:2]
        number = above[0] if above and _lacks_colon([lines[n] for n in above]) else None
    match = _KEY.match(lines[number]) if number is not None and number < len(lines) else None
    return _without_colon(file, number, match) if number is not None and match else None


def _lacks_colon(lines: Sequence[str]) -> bool:
    """Return whether the first line is a key without a colon, and no text that goes on from the second one above it."""
    line, *rest = lines
    if not _LONE_KEY.fullmatch(line):
        return False
    goes_on = bool(rest) and _WITH_VALUE.match(rest[0]) and _indent(line) > _indent(rest[0])
    return not goes_on or "- " in line


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" -"))


def syntax_fault(file: str, text: str, error: yaml.YAMLError) -> Finding:
    """Return the finding on what the parser refused."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or type(error).__name__
    if mark and (fault := _colon_fault(file, text, mark.line) or _no_colon(file, text, error, str(problem))):
        return fault
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    hint = say(
        "Look at the indentation and quotes here; a text that begins with %, >, @, & or * needs quotation marks."
    )
    plain = next((sentence for start, sentence in _PROBLEMS.items() if str(problem).startswith(start)), str(problem))
    return finding("P101", place, say("This is not YAML: {problem}.", problem=plain), hint)
