"""What a submission says of the plan itself: a target or a baseline printed beside a value."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from czurban.model.place import Place
from czurban.model.target import Interval
from czurban.model.unit import Unit


class Claimed(StrEnum):
    """Which of the plan's figures a column repeats."""

    TARGET = "target"
    BASELINE = "baseline"


class Claim(NamedTuple):
    """A target or baseline as a submission prints it, to be held against the plan's own and never used instead.

    `interval` where the text states a rule such as ≥41, `amount` where it is a bare number, neither where it cannot be
    read. Both are in `unit`; None means that none was given and the plan's is taken. `region` is that of its row, as
    written; empty where it has none.
    """

    what: Claimed
    indicator: str
    raw: str
    place: Place
    amount: Decimal | None = None
    interval: Interval | None = None
    unit: Unit | None = None
    region: str = ""
