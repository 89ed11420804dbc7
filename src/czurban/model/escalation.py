"""Define the items that are escalated to the joint conference."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from czurban.model.finding import Finding, Message, Place
from czurban.model.ledger import Entry
from czurban.model.observation import Observation, StageReport


class Ground(StrEnum):
    """Why an item is escalated, the worst reasons first."""

    CONTRADICTION = "contradiction"
    UNREADABLE = "unreadable"
    MISSED = "missed"
    STUCK = "stuck"
    LOST = "lost"
    BEHIND = "behind"
    REFUSED = "refused"
    UNREPORTED = "unreported"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationItem:
    """An item for the joint conference, with the figures and findings that it is based on.

    `entry` is the target or milestone, None for a fault of the plan itself. `observations` and `stages` are the
    reported figures and stages. `shortfall` is the distance to a missed target ÷ the target, None for a target of
    0. `reason` is the sentence on it where nothing else says why.
    """

    ground: Ground
    leads: tuple[str, ...]
    place: Place | None
    entry: Entry | None = None
    finding: Finding | None = None
    observations: tuple[Observation, ...] = ()
    stages: tuple[StageReport, ...] = ()
    shortfall: Fraction | None = None
    reason: Message | None = None
