"""Full-width digits and signs in figures, made half-width; nothing else of a value is touched."""

from collections.abc import Callable, Iterator

import yaml

from czurban.model.correction import Correction
from czurban.model.message import say
from czurban.model.place import Place
from czurban.reading.mending.edit import Edit, Proposal
from czurban.reading.mending.entries import entries
from czurban.reading.mending.figures import FIGURES, plain_figure
from czurban.reading.mending.writing import scalar, written
from czurban.reading.yaml_nodes import compose, end_of, pairs_in, start_of


def narrow(file: str, path: str, text: str) -> Proposal:
    """Propose half-width figures. A figure that reads otherwise afterwards, or not at all, stays as it is."""
    return Proposal(tuple(_edits(file, path, text)))


def _edits(file: str, path: str, text: str) -> Iterator[Edit]:
    for entry in entries(file, compose(text)):
        for key, _, node in pairs_in(entry.node):
            read = FIGURES[entry.kind].get(key)
            if read and isinstance(node, yaml.ScalarNode) and (edit := _edit(path, text, node, key, read)):
                yield edit


def _edit(path: str, text: str, node: yaml.ScalarNode, key: str, read: Callable[[str], object]) -> Edit | None:
    value, plain = str(node.value), plain_figure(node.value, key)
    start, end = start_of(node), end_of(node, text)
    if plain == value or not written(text[start:end], value, node.style):
        return None
    before, after = read(value), read(plain)
    if after is None or before not in (None, after):
        return None
    place = Place(path, node.start_mark.line + 1, node.start_mark.column + 1)
    message = say("{key}: “{value}” is written {plain}.", key=key, value=value, plain=plain)
    return Edit(start, end, scalar(plain, node.style), Correction(place, message))
