"""Completion of departments, indicators and tasks, reading only the names so that a Tab costs little."""

import os
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from czurban.cli.plan_place import plan_folder
from czurban.model.text import key


def complete_departments(incomplete: str) -> list[tuple[str, str]]:
    """Printed names of departments one of whose names begins like this."""
    return _matching(_entries("departments.yaml", ("departments", "groups")), incomplete)


def complete_things(incomplete: str) -> list[tuple[str, str]]:
    """Names of indicators and departments that begin like this."""
    return [*_matching(_entries("targets.yaml", ("indicators",)), incomplete), *complete_departments(incomplete)]


def _matching(entries: Iterable[list[str]], incomplete: str) -> list[tuple[str, str]]:
    wanted = key(incomplete)
    found = []
    for name, *others in entries:
        if any(key(one).startswith(wanted) for one in (name, *others)):
            found.append((name, " / ".join(others)))
    return found


def _entries(file: str, keys: Iterable[str]) -> Iterable[list[str]]:
    from czurban.reading.encoding import decode  # noqa: PLC0415 - only a Tab needs them
    from czurban.reading.marked_yaml import read_yaml  # noqa: PLC0415

    path = plan_folder(_plan_in(os.environ.get("COMP_WORDS", os.environ.get("_TYPER_COMPLETE_ARGS", "")))) / file
    text = decode(path.read_bytes()) if path.is_file() else None
    root, _ = read_yaml(str(path), text.text) if text else (None, ())
    if root is None or not isinstance(root.value, dict):
        return
    for name in keys:
        node = root.value.get(name)
        for entry in node.value if node and isinstance(node.value, list) else ():
            yield _names(entry.plain())


def _names(entry: object) -> list[str]:
    if not isinstance(entry, dict):
        return [""]
    aliases = entry.get("aliases", [])
    return [str(entry.get("name", "")), *(str(one) for one in (aliases if isinstance(aliases, list) else [aliases]))]


def _plan_in(words: str) -> Path | None:
    """The folder after --plan on the line being typed."""
    parts = words.split()
    return next((Path(b) for a, b in pairwise(parts) if a == "--plan"), None)
