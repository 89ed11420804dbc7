"""What a figure rests on, down to the cell: the tree behind `czurban why`."""

from dataclasses import dataclass
from fractions import Fraction

from czurban.model.derived import Derived, Input
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation
from czurban.model.verdict import Result


@dataclass(frozen=True, slots=True)
class Sent:
    """One figure that was sent, what was found about it, and how many of the indicator's units one of its units is.

    `used` says that it is the figure that was judged. `factor` is None where its unit is not known or does not fit.
    """

    observation: Observation
    findings: tuple[Finding, ...]
    used: bool
    factor: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One indicator: what was sent for it, what its formula gives, and the same of all that the formula takes.

    `source` is the input it stands for, None at the root. `columns` are what the formula gives by the plan's own
    printed figures. `findings` and `of_the_plan` are about its formula: by the figures sent, and by those printed.
    `again` says that the same indicator was told above already, so that nothing is below.
    """

    indicator: Indicator
    result: Result | None
    source: Input | None = None
    sent: tuple[Sent, ...] = ()
    derived: Derived | None = None
    columns: tuple[Derived, ...] = ()
    below: tuple["Trace", ...] = ()
    findings: tuple[Finding, ...] = ()
    of_the_plan: tuple[Finding, ...] = ()
    again: bool = False
