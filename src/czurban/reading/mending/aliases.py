"""Wordings under `cited:` that are neither the indicator's name nor an alias, added to its aliases."""

from collections import defaultdict
from collections.abc import Iterator

import yaml

from czurban.model.correction import Correction
from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import say
from czurban.model.place import Place
from czurban.model.text import key
from czurban.reading.mending.edit import Edit, Proposal
from czurban.reading.mending.entries import Kind, entries
from czurban.reading.mending.insert import insertion
from czurban.reading.yaml_nodes import Lines, child, compose, items_in

_FEW = 2


def add_aliases(file: str, path: str, text: str) -> Proposal:
    """Propose the missing aliases. A wording that two indicators would share is a fault, and nobody gets it."""
    nodes = [entry.node for entry in entries(file, compose(text)) if entry.kind is Kind.INDICATOR]
    wanting = [_missing(node) for node in nodes]
    owners: defaultdict[str, set[int]] = defaultdict(set)
    for n, node in enumerate(nodes):
        for name in (*_names(node), _text(child(node, "id")), _text(child(node, "no")), *wanting[n]):
            owners[key(name)].add(n)
    lines, edits, findings = Lines(text), list[Edit](), list[Finding]()
    for n, node in enumerate(nodes):
        shared = [one for one in wanting[n] if len(owners[key(one)]) >= _FEW]
        for one in shared:
            other = next(m for m in sorted(owners[key(one)]) if m != n)
            findings.append(_taken(path, wanting[n][one], one, _text(child(nodes[other], "name"))))
        edits += _edits(path, node, [one for one in wanting[n] if one not in shared], lines)
    return Proposal(tuple(edits), findings=tuple(findings))


def _missing(node: yaml.Node) -> dict[str, yaml.Node]:
    """The wordings that are no name of this indicator, each once, and where it is cited first."""
    known = {key(name) for name in (*_names(node), _text(child(node, "id")))}
    found: dict[str, yaml.Node] = {}
    for citation in items_in(child(node, "cited")):
        wording = child(citation, "wording")
        text = _text(wording)
        if wording is not None and text and key(text) not in known:
            known.add(key(text))
            found[text] = wording
    return found


def _names(node: yaml.Node) -> Iterator[str]:
    yield _text(child(node, "name"))
    aliases = child(node, "aliases")
    yield from (_text(one) for one in ([aliases] if isinstance(aliases, yaml.ScalarNode) else items_in(aliases)))


def _text(node: yaml.Node | None) -> str:
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""


def _edits(path: str, node: yaml.MappingNode, names: list[str], lines: Lines) -> Iterator[Edit]:
    made = insertion(node, names, lines) if names else None
    if made is None:
        return
    place = Place(path, node.start_mark.line + 1, node.start_mark.column + 1)
    values = {"wordings": "、".join(names), "name": _text(child(node, "name"))}
    message = say("“{wordings}” is cited for “{name}” and becomes an alias of it.", **values)
    yield Edit(made.start, made.end, made.text, Correction(place, message))


def _taken(path: str, node: yaml.Node, wording: str, other: str) -> Finding:
    place = Place(path, node.start_mark.line + 1, node.start_mark.column + 1)
    message = say("“{wording}” is cited here, but “{other}” is called or cited so too.", wording=wording, other=other)
    return finding("P110", place, message, say("Write which of the two is meant; `czurban fix` does not choose."))
