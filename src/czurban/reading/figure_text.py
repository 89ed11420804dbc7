"""The number inside a figure as the plan prints it: 达到99%以上, 约190, ≥40, 19500公顷."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from czurban.model.observation import Reading
from czurban.model.target import Interval
from czurban.model.text import half_width
from czurban.reading.cell import read_cell
from czurban.reading.target_text import read_target

_MOVES = r"提高|提升|增加|增长|扩大|降低?|下降|减少|压减|压缩|控制"
_VERBS = rf"分别|达到?|大?约|(?:保持|稳定|维持)在|(?:{_MOVES})?(?:到|至)"
_SIDES = r"不(?:低于|少于|小于|超过|高于|多于|大于)|控制在|超过|高于|多于|大于|低于|少于|小于|>=|<=|[≥≤><=~]"
_BEFORE = re.compile(rf"^(?:{_SIDES}|{_VERBS}|\s)+")
_BEHIND = re.compile(r"(?:以上|以下|以内|之内|左右|上下|\s)+$")
_VERB = re.compile(rf"^(?:{_VERBS}|\s)+")
_SETTLES = re.compile(rf"{_SIDES}|以上|以下|以内|之内")


class PrintedFigure(NamedTuple):
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


def printed_rule(printed: str) -> Interval | None:
    """The rule of a printed text whose words say which side is met: 控制在4.5%以下, 不少于32个, 6%~6.5%; else None.

    达到, 完成 and a number alone say it only weakly. The bounds are in whatever unit the text has.
    """
    plain = _VERB.sub("", half_width(printed).strip())
    if not _SETTLES.search(plain):
        return None
    rule = read_target(plain, scale=lambda _: Fraction(1))
    return rule if isinstance(rule, Interval) else None
