"""YAML as a tree of texts that know their line and column: no floats, no booleans, no anchors, no duplicate keys.

What the YAML library says of a file, in words its writer knows.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import yaml

from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place, say

_WORDS = {
    "found a tab character": say("there is a tab where only spaces may stand"),
    "found character '\\t'": say("there is a tab where only spaces may stand"),
    "found character that cannot start any token": say("this character cannot begin a text; a tab cannot either"),
    "mapping values are not allowed": say("a colon stands where no key can; a text with a colon needs quotation marks"),
    "did not find expected ',' or ']'": say("a list in [ ] lacks a comma, or its closing bracket"),
    "did not find expected ',' or '}'": say("an entry in { } lacks a comma, or its closing bracket"),
    "did not find expected key": say("the line is indented unlike those above it, or the key is missing"),
    "did not find expected '-'": say("a list goes on without its dash, or is indented unlike the lines above"),
    "could not find expected ':'": say("a key has no colon behind it"),
    "found unexpected end of stream": say("the file ends inside a text in quotation marks"),
    "found undefined alias": say("a text that begins with * names an anchor that is nowhere"),
    "found duplicate anchor": say("an anchor (&) is given twice"),
    "block sequence entries are not allowed": say("a dash stands where no list can begin"),
    "did not find expected node content": say("a value is missing here"),
    "did not find expected <document start>": say("a second document begins; a plan's file has one"),
    "expected a single document": say("a second document begins; a plan's file has one"),
    "control characters are not allowed": say("there is a character that no text holds"),
    "found unknown escape character": say("a backslash inside \" \" stands before a letter it cannot; use ' '"),
}


def in_words(problem: str) -> Message | str:
    """The library's words in ours, where they are known; else as they are."""
    return next((ours for theirs, ours in _WORDS.items() if problem.startswith(theirs)), problem)


Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Resolves no types; the one written in C is 8 times as fast."""
_DEEPEST = 20
_LARGEST = 2_000_000  # nodes, aliases unfolded; 10 000 indicators have half as many
_SUSPECT = 1000  # brackets, or characters in a line; no text below it nests deep enough to exhaust the C stack
_PLAIN_TAGS = "tag:yaml.org,2002:"


class Marked(NamedTuple):
    """A node: its text, list or mapping, and where it begins; for a mapping, also where each key stands."""

    value: "str | list[Marked] | dict[str, Marked]"
    line: int
    column: int
    keys: dict[str, tuple[int, int]]

    def plain(self) -> object:
        """The tree as plain texts, lists and dicts."""
        if isinstance(self.value, dict):
            return {name: node.plain() for name, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def at(self, path: Sequence[str | int]) -> "tuple[int, int]":
        """Line and column of what stands at the path, or of the deepest node on the way that exists."""
        node = self
        for step in path:
            if isinstance(node.value, dict) and step in node.value:
                if step == path[-1] and node.value[str(step)].value == "":
                    return node.keys[str(step)]
                node = node.value[str(step)]
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
        return node.line, node.column


def without(node: Marked, paths: Collection[Sequence[str | int]], here: tuple[str | int, ...] = ()) -> Marked:
    """The tree without what stands at these paths; everything else keeps its line and column."""
    if isinstance(node.value, dict):
        kept = {name: (*here, name) for name in node.value if (*here, name) not in paths}
        return node._replace(value={name: without(node.value[name], paths, at) for name, at in kept.items()})
    if isinstance(node.value, list):
        rest = [(one, (*here, n)) for n, one in enumerate(node.value) if (*here, n) not in paths]
        return node._replace(value=[without(one, paths, at) for one, at in rest])
    return node


def key_at(root: Marked, path: Sequence[str | int]) -> tuple[int, int]:
    """Line and column of the key that a path ends with; of what stands there where it ends with no key."""
    node = root
    for step in path[:-1]:
        inner = node.value
        if isinstance(inner, dict) and step in inner:
            node = inner[str(step)]
        elif isinstance(inner, list) and isinstance(step, int) and step < len(inner):
            node = inner[step]
    return node.keys.get(str(path[-1]), root.at(path)) if path else (root.line, root.column)


class _RefusedError(Exception):
    """Something this reader does not take, as a finding."""

    def __init__(self, found: Finding) -> None:
        super().__init__(found.code)
        self.finding = found


def read_yaml(file: str, text: str) -> tuple[Marked | None, Findings]:
    """Read one YAML document whose scalars all stay texts, so that 0.29 is no float and `no` is no boolean."""
    try:
        if place := _deep(file, text):
            return None, (_too_deep(place),)
        root = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        return None, (_syntax(file, error),)
    except RecursionError:
        return None, (_too_deep(Place(file)),)
    if root is None:
        hint = say("See docs/reference/plan-format.md for what stands in it.")
        return None, (finding("P101", Place(file), say("The file is empty."), hint),)
    walk = _Walk(file)
    try:
        return walk.node(root, 0), tuple(walk.findings)
    except _RefusedError as refused:
        return None, (*walk.findings, refused.finding)


def _deep(file: str, text: str) -> Place | None:
    """Where the text nests too deep, told before composing it: libyaml's composer recurses until the process dies."""
    longest = max(map(len, text.splitlines()), default=0)
    if text.count("[") + text.count("{") <= _SUSPECT and longest <= _SUSPECT:
        return None
    depth = at = 0
    try:
        for event in yaml.parse(text, Loader=Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST + 1 and (mark := event.start_mark):
                return Place(file, mark.line + 1, mark.column + 1)
            at = event.end_mark.index if event.end_mark else at
    except yaml.MarkedYAMLError as error:
        # Newer libraries refuse deep nesting themselves, before they give an event for any of its brackets.
        mark = error.problem_mark
        opened = text[at : mark.index] if mark else ""
        depth += sum(opened.count(bracket) for bracket in "[{") - sum(opened.count(bracket) for bracket in "]}")
        if mark and depth > _DEEPEST + 1:
            return Place(file, mark.line + 1, mark.column + 1)
        raise
    return None


class _Walk:
    """Turns nodes of the YAML library into Marked ones, gathering duplicate keys."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.done: dict[int, tuple[Marked, int]] = {}
        self.unfolded = 0

    def node(self, node: yaml.Node, depth: int) -> Marked:
        """Turn a node; one that an alias names again is the same node and is turned once, but counts again."""
        if id(node) in self.done:
            marked, size = self.done[id(node)]
            self._count(size, node)
            return marked
        if not node.tag.startswith(_PLAIN_TAGS):
            raise _RefusedError(_tag(self._place(node)))
        if depth > _DEEPEST:
            raise _RefusedError(_too_deep(self._place(node)))
        before = self.unfolded
        self._count(1, node)
        marked = self._turned(node, depth)
        self.done[id(node)] = marked, self.unfolded - before
        return marked

    def _place(self, node: yaml.Node) -> Place:
        return Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def _count(self, size: int, node: yaml.Node) -> None:
        self.unfolded += size
        if self.unfolded > _LARGEST:
            raise _RefusedError(_too_large(self._place(node)))

    def _turned(self, node: yaml.Node, depth: int) -> Marked:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        if isinstance(node, yaml.ScalarNode):
            return Marked(node.value, line, column, {})
        if isinstance(node, yaml.SequenceNode):
            return Marked([self.node(item, depth + 1) for item in node.value], line, column, {})
        return self._mapping(node, depth)

    def _mapping(self, node: yaml.Node, depth: int) -> Marked:
        values: dict[str, Marked] = {}
        keys: dict[str, tuple[int, int]] = {}
        for name, value in node.value:
            if not isinstance(name, yaml.ScalarNode):
                raise _RefusedError(_odd_key(self._place(name)))
            if name.value in values:
                self.findings.append(_twice(self._place(name), name.value, keys[name.value][0]))
                continue
            keys[name.value] = name.start_mark.line + 1, name.start_mark.column + 1
            values[name.value] = self.node(value, depth + 1)
        return Marked(values, node.start_mark.line + 1, node.start_mark.column + 1, keys)


def _syntax(file: str, error: yaml.YAMLError) -> Finding:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    hint = say(
        "Look at the indentation and quotes here; a text that begins with %, >, @, & or * needs quotation marks."
    )
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or type(error).__name__
    return finding("P101", place, say("This is not YAML: {problem}.", problem=in_words(str(problem))), hint)


def _tag(place: Place) -> Finding:
    message = say("Tags (!) are not used in a plan's files.")
    return finding("P103", place, message, say("Put a text that begins with ! in quotation marks."))


def _too_large(place: Place) -> Finding:
    message = say("The aliases (*) of the file unfold to more than {most} entries.", most=f"{_LARGEST:,}")
    return finding("P103", place, message, say("Write the text out where it stands."))


def _too_deep(place: Place) -> Finding:
    return finding(
        "P103", place, say("The file is nested deeper than any plan."), say("Check brackets and indentation.")
    )


def _odd_key(place: Place) -> Finding:
    return finding("P103", place, say("A key is a single word or text."), say("Check brackets and indentation."))


def _twice(place: Place, name: str, line: int) -> Finding:
    message = say("The key “{name}” stands here again; it stands in line {line} already.", name=name, line=line)
    return finding("P102", place, message, say("Keep one of the two."))
