"""Look up the names that a plan's files declare, and report those that are taken or missing."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from czurban.model.finding import Message, did_you_mean, say
from czurban.model.text import key, nearest
from czurban.reading.yaml.tree import KeyPath, YamlFile

_DECLARE = say("Correct the name, or add the department to departments.yaml.")


class Names:
    """The names of one sort of thing, such as departments; each name belongs to one owner.

    `incomplete` is true where some things of this sort could not be read, so that a missing name may be one of theirs.
    """

    def __init__(self, names: Sequence[str] = (), *, incomplete: bool = False) -> None:
        self._owners = {key(name): name for name in names}
        self.incomplete = incomplete

    def __bool__(self) -> bool:
        return bool(self._owners) or self.incomplete

    @property
    def first(self) -> str:
        """The first owner; empty without any."""
        return next(iter(self._owners.values()), "")

    def owner(self, name: str) -> str | None:
        """Return the printed name of the owner of a name; None where the name is unknown."""
        return self._owners.get(key(name))

    def near(self, name: str) -> tuple[str, ...]:
        """Return the printed names of the owners that have a similar name."""
        return tuple(dict.fromkeys(self._owners[close] for close in nearest(name, self._owners)))

    def add(self, name: str, owner: str, file: YamlFile, at: KeyPath) -> None:
        """Add a name for its owner; report it where it belongs to another owner."""
        if (other := self._owners.setdefault(key(name), owner)) != owner:
            message = say("“{name}” is already a name of “{other}”.", name=name, other=other)
            file.report("P110", at, message, say("Give one of the two another name."))

    def add_once(self, name: str, owner: str, file: YamlFile, at: KeyPath) -> None:
        """Add a name that even its own owner may have only once, such as a number; report a repetition."""
        if self.owner(name) == owner:
            file.report("P110", at, say("“{name}” is repeated here.", name=name), say("Keep one of the two."))
        self.add(name, owner, file, at)

    def add_all(self, name: str, aliases: Sequence[str], file: YamlFile, at: KeyPath) -> None:
        """Add the name and the aliases of an entry."""
        self.add_once(name, name, file, (*at, "name"))
        for n, alias in enumerate(aliases):
            self.add(alias, name, file, (*at, "aliases", n))

    def resolve(
        self, text: str, file: YamlFile, at: KeyPath, hint: Message | None = None, otherwise: Message | None = None
    ) -> str:
        """Return the printed name of what a text refers to; report it and return the text where there is none.

        Without a hint, the finding names what is similar; `otherwise` is the hint where nothing is.
        """
        if (owner := self.owner(text)) is not None:
            return owner
        if not self.incomplete:
            hint = hint or self._separated(text) or did_you_mean(self.near(text)) or otherwise
            file.report("P111", at, say("“{name}” is not in the plan.", name=text), hint)
        return text

    def resolve_departments(self, names: Sequence[str], file: YamlFile, at: KeyPath) -> tuple[str, ...]:
        """Return the printed names of departments."""
        return tuple(self.resolve(name, file, (*at, n), None, _DECLARE) for n, name in enumerate(names))

    def _separated(self, text: str) -> Message | None:
        """Return how to write several known names that are joined by ， or 、; None for another text."""
        names = [name.strip() for name in re.split("[，、；]", text)]
        if len(names) < 2 or any(self.owner(name) is None for name in names):  # noqa: PLR2004
            return None
        return say("Write a comma and a blank between names: [{names}].", names=", ".join(names))


@dataclass(frozen=True, slots=True)
class PlanContext:
    """What the builders of one plan share.

    `dropped` names the lists with entries that could not be read; a reference to such an entry is not a fault.
    """

    targets: YamlFile
    dropped: Collection[str]
    departments: Names
    indicators: Names
