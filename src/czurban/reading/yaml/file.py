"""Read a YAML file of a given shape outside a plan, such as metrics.yaml."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pydantic_core import ValidationError

from czurban.errors import cannot_read
from czurban.model.finding import Findings, Message
from czurban.reading.sources.opening import decode, not_text, read_regular
from czurban.reading.yaml.shape_faults import translate
from czurban.reading.yaml.shapes import MappingShape
from czurban.reading.yaml.tree import YamlFile, read_yaml

Shape = TypeVar("Shape", bound=MappingShape)


@dataclass(frozen=True)  # with slots, Python 3.11 cannot make an instance of a generic class
class ShapedFile(Generic[Shape]):
    """A file with the content of a shape, the findings of YAML; both are None where the content cannot be used."""

    shape: Shape | None = None
    sheet: YamlFile | None = None
    findings: Findings = field(default=())


def read_shaped(
    path: Path, shape: type[Shape], guide: Message, hint: Message, inside: Path | None = None
) -> ShapedFile[Shape]:
    """Read a file and check its shape.

    Args:
        path: the file.
        shape: the shape that its content must have.
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
        return ShapedFile(findings=(not_text(path),))
    root, faults = read_yaml(str(path), decoded.text)
    if root is None:
        return ShapedFile(findings=faults)
    try:
        content = shape.read(root.plain())
    except ValidationError as error:
        return ShapedFile(findings=(*faults, *translate(str(path), root, shape, error, guide)))
    return ShapedFile(content, YamlFile(str(path), root, decoded.text, []), faults)
