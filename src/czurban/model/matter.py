"""What a joint conference has to hear of: one matter, on what ground, who leads it, and where it stands."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from czurban.model.finding import Finding
from czurban.model.ledger import Entry
from czurban.model.observation import Observation, StageReport
from czurban.model.place import Place


class Ground(StrEnum):
    """Why a matter is brought up, worst first."""

    CONTRADICTION = "contradiction"
    UNREADABLE = "unreadable"
    MISSED = "missed"
    STUCK = "stuck"
    UNREPORTED = "unreported"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One matter. What it rests on is kept, so that whoever tells it can say every figure.

    `entry` is the target or milestone, None for a fault of the plan itself; `finding` what was found about it;
    `observations` and `stages` the reported figures and stages it is about; `shortfall` the distance to a missed
    target as a share of the target, None where the target is 0.
    """

    ground: Ground
    leads: tuple[str, ...]
    place: Place | None
    entry: Entry | None = None
    finding: Finding | None = None
    observations: tuple[Observation, ...] = ()
    stages: tuple[StageReport, ...] = ()
    shortfall: Fraction | None = None
