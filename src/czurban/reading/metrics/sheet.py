"""A file of metrics while it is read: where each key stands, and what is wrong so far."""

from collections.abc import Sequence

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import Message
from czurban.model.place import Place
from czurban.reading.marked_yaml import Marked
from czurban.reading.scalar_place import ScalarPlaces

Path = Sequence[str | int]


class Sheet:
    """The file being read: finds the place of a path, and gathers findings."""

    def __init__(self, file: str, root: Marked, text: str) -> None:
        self.file = file
        self.root = root
        self.scalars = ScalarPlaces(text)
        self.findings: list[Finding] = []

    def place(self, at: Path) -> Place:
        """Where the node at a path stands."""
        return Place(self.file, *self.root.at(at))

    def inside(self, at: Path, offset: int) -> Place:
        """Where a character of the text at a path stands."""
        return Place(self.file, *(self.scalars.spot(at, offset) or self.root.at(at)))

    def tell(self, code: str, place: Place, message: Message, hint: Message | None = None) -> None:
        """Note a fault."""
        self.findings.append(finding(code, place, message, hint))
