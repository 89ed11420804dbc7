"""What a sheet says once for all its rows: the period and the unit in its title, its name, or the file's name."""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from czurban.model.observation import PeriodSource
from czurban.model.period import Period, periods_in
from czurban.model.text import half_width

_TARGETS = ("目标", "计划", "规划", "预期", "预测")
_REACHED = ("完成", "实际", "实绩", "情况", "进展", "统计")
_UNIT = re.compile(r"(?:计量)?单位[::]\s*(?P<unit>[^\s,;)]+)")


class Context(NamedTuple):
    """The period for rows that state none, and who said so; None where what was said is not one clear period.

    `year` is that of the period, or of a statement that is unclear about no more than the part of its year.
    `of_targets` says that the title or the sheet's name speaks of targets and not of what was reached.
    """

    period: Period | None
    source: PeriodSource
    said: str
    unit: str = ""
    year: int | None = None
    of_targets: bool = False


def read_context(titles: Sequence[str], sheet: str, file: str, plan_period: Period) -> Context:
    """Find what holds for rows that do not say it themselves.

    The nearest statement counts: the title rows above the header, the sheet's name, the file's name, at last the plan's
    own period. A statement that names two periods decides nothing, and one that names a part of a year without its
    year leaves the period unknown: better no verdict than one about another period.
    """
    unit = next((found["unit"] for title in titles if (found := _UNIT.search(half_width(title)))), "")
    stem = PurePath(file).stem
    of_targets = _speaks_of_targets(" ".join((*titles, sheet)))
    for source, texts in ((PeriodSource.TITLE, titles), (PeriodSource.SHEET, [sheet]), (PeriodSource.FILE, [stem])):
        said = " ".join(text for text in texts if text.strip())
        stated = periods_in(said)
        if len(stated.periods) == 1:
            period = next(iter(stated.periods))
            return Context(None if stated.vague else period, source, said, unit, period.year, of_targets)
        if not stated.periods and stated.vague and source is not PeriodSource.FILE:
            return Context(None, source, said, unit, of_targets=of_targets)
    return Context(plan_period, PeriodSource.PLAN, "", unit, plan_period.year, of_targets)


def _speaks_of_targets(text: str) -> bool:
    return any(word in text for word in _TARGETS) and not any(word in text for word in _REACHED)
