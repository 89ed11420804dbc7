"""Read YAML as a tree of texts with their lines and columns: no floats, booleans, tags or duplicate keys."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import yaml

from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place, say

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


def describe_problem(problem: str) -> Message | str:
    """Return a plain sentence for a message of libyaml; the message itself where it is not known."""
    return next((sentence for start, sentence in _PROBLEMS.items() if problem.startswith(start)), problem)


Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Resolves no types; the one written in C is 8 times as fast."""
KeyPath = Sequence[str | int]
"""The way to a node of a file: keys and indices from its root."""
_DEEPEST = 20
_LARGEST = 2_000_000  # nodes, aliases unfolded; 10 000 indicators have half as many
_SUSPECT = 1000  # brackets, or characters in a line; no text below it nests deep enough to exhaust the C stack
_PLAIN_TAGS = "tag:yaml.org,2002:"


class YamlNode(NamedTuple):
    """A text, list or mapping with the line and column where it begins; `keys` has the positions of its keys."""

    value: "str | list[YamlNode] | dict[str, YamlNode]"
    line: int
    column: int
    keys: dict[str, tuple[int, int]]

    def plain(self) -> object:
        """Return the tree as plain texts, lists and dicts."""
        if isinstance(self.value, dict):
            return {name: node.plain() for name, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def child(self, step: str | int) -> "YamlNode | None":
        """Return the value of a key or the entry at an index; None where there is none."""
        value = self.value
        inner: YamlNode | None = None
        if isinstance(value, dict) and isinstance(step, str):
            inner = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            inner = value[step]
        return inner

    def position(self, path: KeyPath) -> tuple[int, int]:
        """Return the line and column of the node at a path, or of the last node on the way that exists.

        An empty value has the position of its key.
        """
        node = self
        for step in path:
            if (inner := node.child(step)) is None:
                continue
            if step == path[-1] and inner.value == "" and step in node.keys:
                return node.keys[str(step)]
            node = inner
        return node.line, node.column

    def key_position(self, path: KeyPath) -> tuple[int, int]:
        """Return the line and column of the key that a path ends with; of the node where it ends with no key."""
        node = self
        for step in path[:-1]:
            node = node.child(step) or node
        return node.keys.get(str(path[-1]), self.position(path)) if path else (self.line, self.column)

    def without(self, paths: Collection[KeyPath], here: tuple[str | int, ...] = ()) -> "YamlNode":
        """Return the tree without the nodes at these paths; all others keep their positions."""
        if isinstance(self.value, dict):
            kept = {name: (*here, name) for name in self.value if (*here, name) not in paths}
            return self._replace(value={name: self.value[name].without(paths, at) for name, at in kept.items()})
        if isinstance(self.value, list):
            rest = [(node, (*here, n)) for n, node in enumerate(self.value) if (*here, n) not in paths]
            return self._replace(value=[node.without(paths, at) for node, at in rest])
        return self


class _RefusedError(Exception):
    """Something in a file that is not accepted, with its finding."""

    def __init__(self, fault: Finding) -> None:
        super().__init__(fault.code)
        self.finding = fault


def read_yaml(file: str, text: str) -> tuple[YamlNode | None, Findings]:
    """Read one YAML document with every scalar as a text, so that 0.29 is no float and `no` is no boolean."""
    try:
        if place := _find_deep_nesting(file, text):
            return None, (_too_deep(place),)
        root = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        return None, (_syntax_fault(file, error),)
    except RecursionError:
        return None, (_too_deep(Place(file)),)
    if root is None:
        hint = say("See docs/reference/plan-format.md for its content.")
        return None, (finding("P101", Place(file), say("The file is empty."), hint),)
    converter = _Converter(file)
    try:
        return converter.convert(root, 0), tuple(converter.findings)
    except _RefusedError as refused:
        return None, (*converter.findings, refused.finding)


def _find_deep_nesting(file: str, text: str) -> Place | None:
    """Return where a text nests too deep, before it is composed: libyaml's composer recurses until the process dies."""
    longest = max(map(len, text.splitlines()), default=0)
    if text.count("[") + text.count("{") <= _SUSPECT and longest <= _SUSPECT:
        return None
    depth = at = 0
    try:
        for event in yaml.parse(text, Loader=Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST + 1 and (start := event.start_mark):
                return Place(file, start.line + 1, start.column + 1)
            at = event.end_mark.index if event.end_mark else at
    except yaml.MarkedYAMLError as error:
        # Newer libraries refuse deep nesting themselves, before they give an event for any of its brackets.
        mark = error.problem_mark
        opened = text[at : mark.index] if mark else ""
        depth += sum(opened.count(bracket) for bracket in "[{") - sum(opened.count(bracket) for bracket in "]}")
        if mark and depth > _DEEPEST + 1:
            return _place(file, mark)
        raise
    return None


class _Converter:
    """Converts nodes of the YAML library to `YamlNode` and collects findings of duplicate keys."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.converted: dict[int, tuple[YamlNode, int]] = {}
        self.size = 0

    def convert(self, node: yaml.Node, depth: int) -> YamlNode:
        """Convert a node. One that an alias names again is converted once, but counts again."""
        if id(node) in self.converted:
            known, size = self.converted[id(node)]
            self._count(size, node)
            return known
        place = _place(self.file, node.start_mark)
        if not node.tag.startswith(_PLAIN_TAGS):
            message = say("Tags (!) are not used in a plan's files.")
            hint = say("Put a text that begins with ! in quotation marks.")
            raise _RefusedError(finding("P103", place, message, hint))
        if depth > _DEEPEST:
            raise _RefusedError(_too_deep(place))
        before = self.size
        self._count(1, node)
        line, column = _position(node)
        if isinstance(node, yaml.ScalarNode):
            new = YamlNode(node.value, line, column, {})
        elif isinstance(node, yaml.SequenceNode):
            new = YamlNode([self.convert(item, depth + 1) for item in node.value], line, column, {})
        else:
            new = YamlNode(*self._mapping(node, depth))
        self.converted[id(node)] = new, self.size - before
        return new

    def _count(self, size: int, node: yaml.Node) -> None:
        self.size += size
        if self.size > _LARGEST:
            message = say("The aliases (*) of the file unfold to more than {most} entries.", most=f"{_LARGEST:,}")
            place = _place(self.file, node.start_mark)
            raise _RefusedError(finding("P103", place, message, say("Write the content in full instead of the alias.")))

    def _mapping(self, node: yaml.Node, depth: int) -> tuple[dict[str, YamlNode], int, int, dict[str, tuple[int, int]]]:
        values: dict[str, YamlNode] = {}
        keys: dict[str, tuple[int, int]] = {}
        for key, value in node.value:
            place, name = _place(self.file, key.start_mark), key.value
            if not isinstance(key, yaml.ScalarNode):
                message = say("A key must be a single word or text.")
                raise _RefusedError(finding("P103", place, message, say("Check brackets and indentation.")))
            if name in values:
                first = keys[name][0]
                message = say("The key “{name}” is repeated here; line {line} has it already.", name=name, line=first)
                self.findings.append(finding("P102", place, message, say("Keep one of the two.")))
                continue
            keys[name] = _position(key)
            values[name] = self.convert(value, depth + 1)
        return values, *_position(node), keys


def _position(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _place(file: str, mark: yaml.Mark) -> Place:
    return Place(file, mark.line + 1, mark.column + 1)


def _syntax_fault(file: str, error: yaml.YAMLError) -> Finding:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = _place(file, mark) if mark else Place(file)
    hint = say(
        "Look at the indentation and quotes here; a text that begins with %, >, @, & or * needs quotation marks."
    )
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or type(error).__name__
    return finding("P101", place, say("This is not YAML: {problem}.", problem=describe_problem(str(problem))), hint)


def _too_deep(place: Place) -> Finding:
    message = say("The file is nested too deep for a plan.")
    return finding("P103", place, message, say("Check brackets and indentation."))
