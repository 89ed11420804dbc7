"""Read a YAML file of a given shape outside a plan, such as metrics.yaml."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic_core import ValidationError

from czurban.errors import cannot_read
from czurban.model.finding import Findings, Message
from czurban.reading.sources.opening import decode, not_text, read_regular
from czurban.reading.yaml.shape_faults import translate
from czurban.reading.yaml.shapes import MappingShape
from czurban.reading.yaml.tree import YamlFile, read_yaml

Shape = TypeVar("Shape", bound=MappingShape)
Built = TypeVar("Built")


def read_shaped(  # noqa: PLR0913, PLR0917 - what the file is read with
    path: Path,
    shape: type[Shape],
    build: Callable[[Shape, YamlFile], Built | None],
    guide: Message,
    hint: Message,
    inside: Path | None = None,
) -> tuple[Built | None, Findings]:
    """Read a file, check its shape, and build what it declares; None where it cannot be used.

    Args:
        path: the file.
        shape: the shape that its content must have.
        build: builds what is without a fault, and reports the rest to the file.
        guide: the page that describes the file.
        hint: what to do where the file cannot be opened.
        inside: the folder that must contain it, where it was found in a folder and not named by the user.

    Raises:
        UnreadableError: the file does not exist, or cannot be opened.
    """
    try:
        decoded = decode(read_regular(path, inside))
    except OSError as error:
        raise cannot_read(path, error, hint) from error
    if decoded is None:
        return None, (not_text(path),)
    root, faults = read_yaml(str(path), decoded.text)
    if root is None:
        return None, faults
    try:
        content = shape.read(root.plain())
    except ValidationError as error:
        return None, (*faults, *translate(str(path), root, shape, error, guide))
    file = YamlFile(str(path), root, decoded.text, [])
    built = build(content, file)
    return built, (*faults, *file.findings)
