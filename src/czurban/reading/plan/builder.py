"""Collect names and findings while the files of a plan are put together."""

import re
from collections.abc import Collection, Sequence

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, did_you_mean, say
from czurban.model.period import Period, parse_years
from czurban.model.text import key, nearest
from czurban.reading.yaml.tree import KeyPath, YamlNode

_DECLARE = say("Correct the name, or add the department to departments.yaml.")


class Names:
    """The names of one sort of thing, such as departments; each name belongs to one owner.

    `incomplete` is true where some things of this sort could not be read, so that a missing name may be one of theirs.
    """

    def __init__(self, names: Sequence[str] = (), *, incomplete: bool = False) -> None:
        self._owners = {key(name): name for name in names}
        self.incomplete = incomplete

    def add(self, name: str, owner: str) -> str | None:
        """Add a name and return None; return the other owner where the name is taken already."""
        other = self._owners.setdefault(key(name), owner)
        return other if other != owner else None

    def owner(self, name: str) -> str | None:
        """Return the printed name of the owner of a name; None where the name is unknown."""
        return self._owners.get(key(name))

    def __bool__(self) -> bool:
        return bool(self._owners) or self.incomplete

    @property
    def first(self) -> str:
        """The first owner; empty without any."""
        return next(iter(self._owners.values()), "")

    def near(self, name: str) -> tuple[str, ...]:
        """Return the printed names of the owners that have a similar name."""
        return tuple(dict.fromkeys(self._owners[close] for close in nearest(name, self._owners)))


def _separated(text: str, known: Names) -> Message | None:
    """Return how to write several known names that are joined by ， or 、; None for another text."""
    names = [name.strip() for name in re.split("[，、；]", text)]
    if len(names) < 2 or any(known.owner(name) is None for name in names):  # noqa: PLR2004
        return None
    return say("Write a comma and a blank between names: [{names}].", names=", ".join(names))


class PlanBuilder:
    """The names, places and findings of one plan while its files are read.

    `dropped` names the lists with entries that could not be read; a reference to such an entry is not a fault.
    """

    def __init__(self, folder: str, roots: dict[str, YamlNode], dropped: Collection[str] = ()) -> None:
        self.folder = folder
        self.dropped = dropped
        self._roots = roots
        self.findings: list[Finding] = []
        self.departments = Names(incomplete=not {"departments", "groups"}.isdisjoint(dropped))
        self.indicator_names = Names()

    def place(self, file: str, at: KeyPath) -> Place:
        """Return the place of the node at a path of targets, tasks or departments."""
        return Place(f"{self.folder}/{file}.yaml", *self._roots[file].position(at))

    def report_at(self, code: str, place: Place, message: Message, hint: Message | None = None) -> None:
        """Add a finding at a place."""
        self.findings.append(finding(code, place, message, hint))

    def report(self, code: str, file: str, at: KeyPath, message: Message, hint: Message | None = None) -> None:
        """Add a finding at a path of a file."""
        self.report_at(code, self.place(file, at), message, hint)

    def register(self, names: Names, name: str, owner: str, file: str, at: KeyPath) -> None:
        """Add a name for its owner; report it where it belongs to another owner."""
        if other := names.add(name, owner):
            message = say("“{name}” is already a name of “{other}”.", name=name, other=other)
            self.report("P110", file, at, message, say("Give one of the two another name."))

    def register_once(self, names: Names, name: str, owner: str, file: str, at: KeyPath) -> None:
        """Add a name that even its own owner may have only once, such as a number; report a repetition."""
        if names.owner(name) == owner:
            message = say("“{name}” is repeated here.", name=name)
            self.report("P110", file, at, message, say("Keep one of the two."))
        self.register(names, name, owner, file, at)

    def register_all(self, names: Names, name: str, aliases: Sequence[str], file: str, at: KeyPath) -> None:
        """Add the name and the aliases of an entry."""
        self.register_once(names, name, name, file, (*at, "name"))
        for n, alias in enumerate(aliases):
            self.register(names, alias, name, file, (*at, "aliases", n))

    def resolve(  # noqa: PLR0913, PLR0917 - what is looked up, where, and what to say
        self,
        text: str,
        known: Names,
        file: str,
        at: KeyPath,
        hint: Message | None = None,
        otherwise: Message | None = None,
    ) -> str:
        """Return the printed name of what a text refers to; report it and return the text where there is none."""
        if (owner := known.owner(text)) is not None:
            return owner
        if not known.incomplete:
            message = say("“{name}” is not in the plan.", name=text)
            advice = _separated(text, known) or did_you_mean(known.near(text)) or otherwise
            self.report("P111", file, at, message, hint or advice)
        return text

    def resolve_departments(self, names: Sequence[str], file: str, at: KeyPath) -> tuple[str, ...]:
        """Return the printed names of departments."""
        resolved = (
            self.resolve(name, self.departments, file, (*at, n), None, _DECLARE) for n, name in enumerate(names)
        )
        return tuple(resolved)

    def due_date(self, text: str, at: KeyPath, file: str = "targets") -> Period | None:
        """Read when something is due: the end of a period, or a date; report a text that is neither."""
        period = self._period(text, at, file)
        return period.last_year if period else None

    def period(self, text: str, at: KeyPath, file: str = "targets") -> Period | None:
        """Read a period of a file, a date as the end of its month; report a text that is not a period."""
        period = self._period(text, at, file)
        return period._replace(day=0) if period else None

    def _period(self, text: str, at: KeyPath, file: str) -> Period | None:
        period = parse_years(text)
        if period is None:
            message = say("“{text}” cannot be read as a period.", text=text)
            self.report(
                "P106",
                file,
                at,
                message,
                say("Write a year such as 2019, 2019年底, or several years: 2021-2025, 十四五."),
            )
        return period
