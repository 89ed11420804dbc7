"""The arithmetic of a comparison: medians, ratios of runs that stood side by side, and limits kept or not."""

import statistics
from collections.abc import Sequence
from typing import NamedTuple


class Limit(NamedTuple):
    """What is aimed at: a sentence, what was measured (None where it was not) and the most it may be."""

    aim: str
    measured: float | None
    most: float
    unit: str

    @property
    def kept(self) -> bool | None:
        """Whether it is kept; None where nothing was measured."""
        return None if self.measured is None else self.measured <= self.most

    @property
    def told(self) -> tuple[str, str, str]:
        """The aim, what was measured and the most it may be, as text; nothing for what was not measured."""
        places = 0 if self.unit == "MiB" else 2
        value = "" if self.measured is None else f"{self.measured:.{places}f} {self.unit}"
        return self.aim, value, f"{self.most:g} {self.unit}"


def median(values: Sequence[float]) -> float:
    """The middle of the values, or the mean of the two in the middle.

    Raises:
        ValueError: there is none.
    """
    if not values:
        message = "there is no median of nothing"
        raise ValueError(message)
    return statistics.median(values)


def paired_ratio(values: Sequence[float], against: Sequence[float]) -> float | None:
    """The median of the ratios of runs that stood side by side; None where none did.

    The ratio of two medians would compare a run of one quiet minute with a run of another, busy one.
    """
    pairs = list(zip(values, against, strict=False))
    return median([value / other for value, other in pairs]) if pairs else None


def seconds(value: float) -> str:
    """Spell seconds with as many digits as a repetition would confirm: 0.123, 1.23, 12.3, 123."""
    before = len(str(int(value))) if value >= 1 else 0
    return f"{value:.{max(0, 3 - before)}f}"
