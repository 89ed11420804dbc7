"""An office, or a printed group of offices, that answers for indicators and tasks."""

from typing import NamedTuple

from czurban.model.place import Place


class Department(NamedTuple):
    """A department under its printed name, with the everyday ones; a group stays a group and is never taken apart."""

    name: str
    aliases: tuple[str, ...] = ()
    is_group: bool = False
    place: Place | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)
