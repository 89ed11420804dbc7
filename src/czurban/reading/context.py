"""What a sheet says once for all its rows, in its title, its name, or the file's name: period, unit, region, sender."""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from czurban.model.observation import PeriodSource
from czurban.model.period import Period, Stated, periods_in
from czurban.model.plan import Plan
from czurban.model.text import half_width
from czurban.model.unit import Units
from czurban.reading.remarks import Kind, speaks_of_targets, title_kind
from czurban.reading.stated import stated_region, stated_sender

DECEMBER = 12
_UNIT = r"(?<!填报)(?<![填制]表)(?<![报呈]送)(?<![上编]报)(?<!责任)(?:计量)?单位(?P<sign>[:为])\s*(?P<unit>[^\s,;)]+)"
"""Compiled when first used: few tables name a unit above them."""


class Context(NamedTuple):
    """The period for rows that state none, and who said so; None where what was said is not one clear period.

    `year` is that of the period, or of a statement that is unclear about no more than the part of its year.
    `of_targets` says that the title or the sheet's name speaks of targets and not of what was reached;
    `file_of_targets` that the file's name does, which holds where no column of the table is headed 目标.
    `region` and `sender` hold for rows that name none.
    `doubted` says that a line below the header states another period. `narrowed` is a text that says that the figures
    are those of a part of the year, so that no row and no column is sure to be for the whole. `kind` is what the title
    or such a line makes of all figures where they are no results, and `kind_said` its text.
    """

    period: Period | None
    source: PeriodSource
    said: str
    unit: str = ""
    year: int | None = None
    of_targets: bool = False
    region: str = ""
    sender: str = ""
    doubted: bool = False
    narrowed: str = ""
    kind: Kind | None = None
    kind_said: str = ""
    file_of_targets: bool = False


def read_context(titles: Sequence[str], sheet: str, file: str, plan: Plan) -> Context:
    """Find what holds for rows that do not say it themselves.

    The nearest statement counts: the title rows above the header, the sheet's name, the file's name, at last the plan's
    own period. A statement that names two periods, or a part of a year or a year of two digits without saying which
    year, leaves the period unknown: better no verdict than one about another period.
    """
    unit = next(filter(None, map(stated_unit, titles)), "")
    stem = PurePath(file).stem
    here = Context(
        plan.period,
        PeriodSource.PLAN,
        "",
        unit,
        plan.period.year,
        speaks_of_targets(" ".join((*titles, sheet))),
        stated_region(titles, (sheet, stem), plan),
        stated_sender(titles, (sheet, stem), plan),
    )
    here = here._replace(file_of_targets=speaks_of_targets(" ".join((*titles, sheet, stem))))
    if kind := title_kind((*titles, sheet, stem), plan.period.year):
        here = here._replace(kind=kind, kind_said=" ".join((*titles, sheet, stem)).strip())
    for source, texts in ((PeriodSource.TITLE, titles), (PeriodSource.SHEET, [sheet]), (PeriodSource.FILE, [stem])):
        said = " ".join(text for text in texts if text.strip())
        stated = periods_in(said)
        if stated.periods or stated.vague:
            return _stating(here, stated, source, said)
    return here


def stated_unit(text: str) -> str:
    """Return the unit of 单位：万人; empty where a text states none."""
    found = re.search(_UNIT, half_width(text)) if "单位" in text else None
    if found is None or (found["sign"] == "为" and not Units().find(found["unit"])):
        return ""
    return found["unit"]


def _stating(context: Context, stated: Stated, source: PeriodSource, said: str) -> Context:
    """The context with a statement's period, or without any where the statement is not clear."""
    years = {period.year for period in stated.periods}
    clear = len(stated.periods) == 1 and not stated.vague
    period = next(iter(stated.periods)) if clear else None
    narrowed = said if period and period.last < DECEMBER else ""
    year = years.pop() if len(years) == 1 else None
    return context._replace(period=period, source=source, said=said, year=year, narrowed=narrowed)
