"""Read YAML as a tree of texts with their lines and columns: no floats, booleans, tags or duplicate keys."""

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from yaml.composer import ComposerError

from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place, say
from czurban.reading.yaml.loader import Loader

if TYPE_CHECKING:
    from czurban.reading.yaml.nodes import ScalarPlaces

KeyPath = Sequence[str | int]
"""The way to a node of a file: keys and indices from its root."""
_DEEPEST = 20
_LARGEST = 2_000_000  # nodes, aliases unfolded; 10 000 indicators have half as many
_PLAIN_TAGS = "tag:yaml.org,2002:"
_NO_TAG = (None, "!")
_BLOCK_STYLES = (">", "|")
_TOO_DEEP = say("The file is nested too deep for a plan.")
_CHECK = say("Check brackets and indentation.")


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
        if type(value) is dict:
            return value.get(step) if type(step) is str else None
        return value[step] if type(value) is list and type(step) is int and step < len(value) else None

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


class YamlFile:
    """A YAML file while it is read: its places, and its findings, which it may share with other files."""

    def __init__(self, file: str, root: YamlNode, text: str, findings: list[Finding]) -> None:
        self.file = file
        self.root = root
        self.text = text
        self.findings = findings

    def place(self, at: KeyPath, offset: int | None = None) -> Place:
        """Return the place of the node at a path, or of a character of the text at that path."""
        start = self.root.position(at)
        return Place(self.file, *((self._scalars.locate(start, offset) or start) if offset is not None else start))

    def report(
        self, code: str, at: KeyPath, message: Message, hint: Message | None = None, offset: int | None = None
    ) -> None:
        """Add a finding at a path, or at a character of the text at that path."""
        self.findings.append(finding(code, self.place(at, offset), message, hint))

    @cached_property
    def _scalars(self) -> "ScalarPlaces":
        from czurban.reading.yaml.nodes import ScalarPlaces  # noqa: PLC0415 - few texts have faults inside

        return ScalarPlaces(self.text)


class _RefusedError(Exception):
    """Something in a file that is not accepted, with its finding."""

    def __init__(self, fault: Finding) -> None:
        super().__init__(fault.code)
        self.finding = fault


def read_yaml(file: str, text: str) -> tuple[YamlNode | None, Findings]:
    """Read one YAML document with every scalar as a text, so that 0.29 is no float and `no` is no boolean."""
    findings: list[Finding] = []
    try:
        root = _TreeReader(file, text, findings).read()
    except yaml.YAMLError as error:
        from czurban.reading.yaml.syntax_faults import syntax_fault  # noqa: PLC0415 - a plan has none as a rule

        return None, (syntax_fault(file, text, error),)
    except _RefusedError as refused:
        return None, (*findings, refused.finding)
    if root is None:
        hint = say("See docs/reference/plan-format.md for its content.")
        return None, (finding("P101", Place(file), say("The file is empty."), hint),)
    return root, tuple(findings)


class _TreeReader:
    """Makes the tree from the parser's events, which needs no second pass, and collects findings of duplicate keys.

    Libyaml's own composer recurses in C until the process dies, and makes an object for each node that is thrown away.
    """

    def __init__(self, file: str, text: str, findings: list[Finding]) -> None:
        """Prepare the parser; repeated keys are added to the findings."""
        self.file, self.text, self.findings = file, text, findings
        self._parser = Loader(text)
        self._anchors: dict[str, tuple[YamlNode, int] | None] = {}
        self._first_places: dict[str, yaml.Mark] = {}
        self._size = self._depth = 0
        self._at: yaml.Mark | None = None

    def read(self) -> YamlNode | None:
        """Return the root of the only document; None where there is none.

        Raises:
            YAMLError: the text is not YAML.
            _RefusedError: it has something that is not accepted.
        """
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            raise self._refused_by_parser(error) or error from None
        finally:
            self._parser.dispose()

    def _document(self) -> YamlNode | None:
        self._next()  # the stream's start
        start = self._next()
        if isinstance(start, yaml.StreamEndEvent):
            return None
        try:
            root = self._node(self._next())
        except _RefusedError as refused:
            if refused.finding.message != _TOO_DEEP:
                self._finish(start.start_mark)  # a text that is no YAML at all is reported as that
            raise
        self._finish(start.start_mark)
        return root

    def _finish(self, start: yaml.Mark) -> None:
        """Read on to the end of the stream, where no second document may begin."""
        while not isinstance(event := self._next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                context, problem = "expected a single document in the stream", "but found another document"
                raise ComposerError(context, start, problem, event.start_mark)  # type: ignore[arg-type]

    def _next(self) -> Any:  # noqa: ANN401 - the library has no types
        event = self._parser.get_event()
        self._at = event.end_mark
        return event

    def _node(self, event: Any) -> YamlNode:  # noqa: ANN401 - as above
        """Return the node that begins with an event. One that an alias names again counts again."""
        mark = event.start_mark
        if type(event) is yaml.AliasEvent:
            return self._alias(event)
        if event.tag not in _NO_TAG and not event.tag.startswith(_PLAIN_TAGS):
            message = say("Tags (!) are not used in a plan's files.")
            hint = say("Put a text that begins with ! in quotation marks.")
            raise self._refused(mark, message, hint)
        if self._depth > _DEEPEST:
            raise self._refused(mark, _TOO_DEEP, _CHECK)
        before, anchor = self._size, event.anchor
        if anchor is not None:
            self._note_anchor(anchor, mark)
        self._count(1, mark.line + 1, mark.column + 1)
        if type(event) is yaml.ScalarEvent:
            self._check_block(event)
            node = YamlNode(event.value, mark.line + 1, mark.column + 1, {})
        else:
            self._depth += 1
            node = self._sequence(mark) if type(event) is yaml.SequenceStartEvent else self._mapping(mark)
            self._depth -= 1
        if anchor is not None:
            self._anchors[anchor] = node, self._size - before
        return node

    def _check_block(self, event: Any) -> None:  # noqa: ANN401 - as above
        """Refuse a text such as >2, which is the head of a block of lines in YAML, without lines under it."""
        if event.value or event.style not in _BLOCK_STYLES:
            return
        mark = event.start_mark
        head = self.text[mark.index :].split(maxsplit=1)[0]
        message = say("“{head}” begins a text over several lines in YAML, and no such lines follow.", head=head)
        hint = say("Put the text in quotation marks: {text}.", text=f'"{head}"')
        raise self._refused(mark, message, hint)

    def _note_anchor(self, anchor: str, mark: yaml.Mark) -> None:
        if anchor in self._anchors:
            context = "found duplicate anchor; first occurrence"
            raise ComposerError(context, self._first_places[anchor], "second occurrence", mark)
        self._anchors[anchor] = None
        self._first_places[anchor] = mark

    def _alias(self, event: Any) -> YamlNode:  # noqa: ANN401 - as above
        mark = event.start_mark
        if event.anchor not in self._anchors:
            raise ComposerError(None, None, "found undefined alias", mark)
        known = self._anchors[event.anchor]
        if known is None:  # it is inside of what it names
            raise self._refused(mark, _TOO_DEEP, _CHECK)
        node, size = known
        self._count(size, node.line, node.column)
        return node

    def _sequence(self, mark: yaml.Mark) -> YamlNode:
        nodes: list[YamlNode] = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            nodes.append(self._node(event))
        return YamlNode(nodes, mark.line + 1, mark.column + 1, {})

    def _mapping(self, mark: yaml.Mark) -> YamlNode:
        values: dict[str, YamlNode] = {}
        keys: dict[str, tuple[int, int]] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            at = event.start_mark
            kind = type(event)
            if kind is yaml.ScalarEvent and event.anchor is None:
                name = event.value
            else:
                name = self._node(event).value if kind in (yaml.ScalarEvent, yaml.AliasEvent) else None
            if not isinstance(name, str):
                raise self._refused(at, say("A key must be a single word or text."), _CHECK)
            many = len(self.findings)
            value = self._node(self._next())
            if name in values:
                del self.findings[many:]
                first = keys[name][0]
                message = say("The key “{name}” is repeated here; line {line} has it already.", name=name, line=first)
                self.findings.append(finding("P102", _place(self.file, at), message, say("Keep one of the two.")))
            else:
                values[name], keys[name] = value, (at.line + 1, at.column + 1)
        return YamlNode(values, mark.line + 1, mark.column + 1, keys)

    def _count(self, size: int, line: int, column: int) -> None:
        self._size += size
        if self._size > _LARGEST:
            message = say("The aliases (*) of the file unfold to more than {most} entries.", most=f"{_LARGEST:,}")
            hint = say("Write the content in full instead of the alias.")
            raise _RefusedError(finding("P103", Place(self.file, line, column), message, hint))

    def _refused_by_parser(self, error: yaml.MarkedYAMLError) -> _RefusedError | None:
        """Return the finding where the parser itself refuses deep nesting, before it gives an event of any bracket."""
        mark = error.problem_mark
        if mark is None or isinstance(error, ComposerError):
            return None
        opened = self.text[self._at.index if self._at else 0 : mark.index]
        depth = self._depth + sum(map(opened.count, "[{")) - sum(map(opened.count, "]}"))
        return self._refused(mark, _TOO_DEEP, _CHECK) if depth > _DEEPEST + 1 else None

    def _refused(self, mark: yaml.Mark, message: Message, hint: Message) -> _RefusedError:
        return _RefusedError(finding("P103", _place(self.file, mark), message, hint))


def _place(file: str, mark: yaml.Mark) -> Place:
    return Place(file, mark.line + 1, mark.column + 1)
