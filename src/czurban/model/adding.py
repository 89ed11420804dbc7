"""How the figures of an indicator's parts make the figure of the whole."""

from enum import StrEnum
from typing import NamedTuple


class Way(StrEnum):
    """Amounts are summed up; a rate needs its numerator and denominator, or the weight of each part; else nothing is."""

    SUM = "sum"
    NONE = "none"
    WEIGHTED = "weighted"
    RATIO = "ratio"


class Adding(NamedTuple):
    """A way of adding up, and the ids it is by: the weight, or the numerator and the denominator.

    `declared` says that the plan says so itself; else it follows from the indicator's kind.
    """

    way: Way
    by: tuple[str, ...] = ()
    declared: bool = False
