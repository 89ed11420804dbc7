"""Read a YAML file of a given shape outside a plan, such as metrics.yaml, with the places of its values."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pydantic_core import ValidationError

from czurban.errors import cannot_read
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place
from czurban.reading.sources.opening import decode, not_text, read_regular
from czurban.reading.yaml.nodes import ScalarPlaces
from czurban.reading.yaml.shape_faults import translate
from czurban.reading.yaml.shapes import MappingShape
from czurban.reading.yaml.tree import KeyPath, YamlNode, read_yaml

Shape = TypeVar("Shape", bound=MappingShape)


class YamlFile:
    """A YAML file while it is read: its places and findings."""

    def __init__(self, file: str, root: YamlNode, text: str) -> None:
        self.file = file
        self.root = root
        self.scalars = ScalarPlaces(text)
        self.findings: list[Finding] = []

    def place(self, at: KeyPath, offset: int | None = None) -> Place:
        """Return the place of the node at a path, or of a character of the text at that path."""
        position = self.scalars.locate(at, offset) if offset is not None else None
        return Place(self.file, *(position or self.root.position(at)))

    def report(
        self, code: str, at: KeyPath, message: Message, hint: Message | None = None, offset: int | None = None
    ) -> None:
        """Add a finding at a path, or at a character of the text at that path."""
        self.findings.append(finding(code, self.place(at, offset), message, hint))


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
    return ShapedFile(content, YamlFile(str(path), root, decoded.text), faults)
