"""Define the trace of a figure: what was sent for it, its formula, and the traces of what the formula uses."""

from fractions import Fraction
from typing import NamedTuple

from czurban.model.assessment import Result
from czurban.model.finding import Finding
from czurban.model.formulas.derived import Derived, Input
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation


class SentFigure(NamedTuple):
    """A figure that was sent, with its findings; `used` if it is the one that was judged.

    `factor` is how many of the indicator's units one of its units is; None where its unit is unknown or does not fit.
    """

    observation: Observation
    findings: tuple[Finding, ...]
    used: bool
    factor: Fraction | None


class Trace(NamedTuple):
    """The tree behind `czurban why`: the figures sent for an indicator, its formula, and the trace of each input.

    `source` is the input that this trace belongs to, None at the root. `columns` are the results of the formula with
    the figures that the plan prints. `findings` and `of_the_plan` are about the formula: with the figures sent, and
    with those printed. `again` is set where the indicator is already in the tree above, so that nothing is below.
    `parts` are the traces of the departments' own parts of the indicator at the root.
    """

    indicator: Indicator
    result: Result | None
    source: Input | None = None
    sent: tuple[SentFigure, ...] = ()
    derived: Derived | None = None
    columns: tuple[Derived, ...] = ()
    below: tuple["Trace", ...] = ()
    findings: tuple[Finding, ...] = ()
    of_the_plan: tuple[Finding, ...] = ()
    again: bool = False
    parts: tuple["Trace", ...] = ()
