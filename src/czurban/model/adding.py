"""How the figures of an indicator's parts make the figure of the whole."""

from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from czurban.model.unit import Unit


class Way(StrEnum):
    """Amounts are summed up; a rate needs its numerator and denominator, or a weight for each part."""

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


_HUNDRED = 100


def fits(rate: Unit, part: Unit, whole: Unit) -> bool:
    """Whether part ÷ whole measures what the rate does: a share of one kind, or so much of one for each of the other.

    Plans print 平方米 for 人均面积: a missing “per person” is no fault.
    """
    if rate.is_share:
        return part.dimension == whole.dimension
    return rate.dimension == f"{part.dimension} per {whole.dimension}" or (
        rate.dimension == part.dimension and whole.dimension == "person"
    )


def quotient(part: Fraction, whole: Fraction, rate: Unit) -> Fraction:
    """Divide, exactly and once; part and whole are in the base units of what they measure, the result in the rate's.

    Raises:
        ZeroDivisionError: the whole is zero.
    """
    return part / whole * (_HUNDRED if rate.is_share else 1) / rate.factor
