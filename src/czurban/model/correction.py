"""One correction of a plan's file, told: where it stands, what was changed and why."""

from dataclasses import dataclass

from czurban.model.message import Message
from czurban.model.place import Place


@dataclass(frozen=True, slots=True)
class Correction:
    """What was changed at a place; also used for what was left alone there, and why."""

    place: Place
    message: Message
