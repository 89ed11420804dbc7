"""The number inside a figure as the plan prints it: 达到99%以上, 约190, ≥40, 19500公顷."""

import re
from dataclasses import dataclass
from decimal import Decimal

from czurban.model.observation import Reading
from czurban.model.text import half_width
from czurban.reading.cell import read_cell

_BEFORE = re.compile(r"^(?:分别|达到|达|约|大约|不低于|不少于|不超过|不高于|控制在|提高到|超过|低于|[≥≤><=~]|\s)+")
_BEHIND = re.compile(r"(?:以上|以下|以内|之内|左右|\s)+$")


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A number and the unit's text behind it, 万人 and a lone 万 included; empty where there is none."""

    amount: Decimal
    unit: str


def read_figure(printed: str) -> PrintedFigure | None:
    """Read the one number of a printed figure; None where there is none, or more than one."""
    bare = _BEHIND.sub("", _BEFORE.sub("", half_width(printed).strip()))
    cell = read_cell(bare)
    if cell.reported is not Reading.VALUE or cell.amount is None:
        return None
    return PrintedFigure(cell.amount, cell.scale + cell.unit)
