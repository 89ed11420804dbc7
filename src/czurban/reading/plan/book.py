"""The open books while a plan is put together: where each key stands, which names are taken, what is wrong so far."""

from collections.abc import Collection, Sequence

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.period import Period, parse_period
from czurban.model.text import key, nearest
from czurban.reading.yaml.marked import Marked

Path = Sequence[str | int]
"""The way to a node of a file: keys and indices from its root."""


class Names:
    """The names of one sort of thing, each to be used once."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        self._owners = {key(name): name for name in names}
        self.open = False
        """Whether some things of this sort could not be read, so that a name that is not here may be one of theirs."""

    def add(self, name: str, owner: str) -> str | None:
        """Take a name; returns whose it is already, if somebody else's."""
        other = self._owners.setdefault(key(name), owner)
        return other if other != owner else None

    def owner(self, name: str) -> str | None:
        """Whose name it is, under the owner's printed name."""
        return self._owners.get(key(name))

    def near(self, name: str) -> tuple[str, ...]:
        """Printed names of the owners one of whose names is most like this one."""
        return tuple(dict.fromkeys(self._owners[close] for close in nearest(name, self._owners)))


class PlanBuilder:
    """One plan's three files: finds the place of a path, and gathers findings.

    `dropped` names the lists some entries of which could not be read; what refers to such an entry is no fault.
    """

    def __init__(self, folder: str, roots: dict[str, Marked], dropped: Collection[str] = ()) -> None:
        self.folder = folder
        self.dropped = dropped
        self._roots = roots
        self.findings: list[Finding] = []
        self.offices = Names()
        self.quantities = Names()

    def place(self, file: str, at: Path) -> Place:
        """Where the node at a path of targets, tasks or departments stands."""
        return Place(f"{self.folder}/{file}.yaml", *self._roots[file].at(at))

    def tell_at(self, code: str, place: Place, message: Message, hint: Message | None = None) -> None:
        """Note a fault at a place."""
        self.findings.append(finding(code, place, message, hint))

    def tell(self, code: str, file: str, at: Path, message: Message, hint: Message | None = None) -> None:
        """Note a fault at a path."""
        self.findings.append(finding(code, self.place(file, at), message, hint))

    def take(self, names: Names, name: str, owner: str, file: str, at: Path) -> None:
        """Take a name for its owner, or tell whose it is already."""
        if other := names.add(name, owner):
            message = say("“{name}” is already a name of “{other}”.", name=name, other=other)
            self.tell("P110", file, at, message, say("Give one of the two another name."))

    def take_new(self, names: Names, name: str, owner: str, file: str, at: Path) -> None:
        """Take what two things of one name may not share either: their very name, their number."""
        if names.owner(name) == owner:
            self.tell(
                "P110", file, at, say("“{name}” stands here a second time.", name=name), say("Keep one of the two.")
            )
        self.take(names, name, owner, file, at)

    def take_all(self, names: Names, name: str, aliases: Sequence[str], file: str, at: Path) -> None:
        """Take a thing's name and aliases."""
        self.take_new(names, name, name, file, (*at, "name"))
        for n, alias in enumerate(aliases):
            self.take(names, alias, name, file, (*at, "aliases", n))

    def refer(self, text: str, known: Names, file: str, at: Path) -> str:
        """Return the printed name of what the text refers to, or tell that there is no such thing."""
        if (owner := known.owner(text)) is not None:
            return owner
        if known.open:
            return text
        near = known.near(text)
        hint = say("Did you mean {names}?", names=" / ".join(near)) if near else None
        self.tell("P111", file, at, say("“{name}” stands nowhere in the plan.", name=text), hint)
        return text

    def lead(self, names: Sequence[str], file: str, at: Path) -> tuple[str, ...]:
        """The printed names of departments."""
        return tuple(self.refer(name, self.offices, file, (*at, n)) for n, name in enumerate(names))

    def period(self, text: str, at: Path) -> Period | None:
        """Read a period of targets.yaml, or tell that it is none."""
        period = parse_period(text)
        if period is None:
            message = say("“{text}” cannot be read as a period.", text=text)
            self.tell("P106", "targets", at, message, say("Write a year such as 2019, or 2019年底."))
        return period
