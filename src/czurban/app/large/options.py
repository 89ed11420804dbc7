"""Describe a run over large tables, and find which files are large before anything heavy is loaded."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from czurban.app.assessing import choose_period
from czurban.app.large.engines import check_engine
from czurban.app.options import CheckOptions
from czurban.errors import UsageError
from czurban.model.finding import say
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.sources.file_names import PACKED, PARQUET, TEXTS, is_elsewhere
from czurban.reading.sources.limits import Limits
from czurban.reading.sources.opening import open_regular


class RunOptions(NamedTuple):
    """What a run over large tables was asked for; `memory` is in MiB, None for half of the machine's."""

    plan: Plan
    period: Period
    limits: Limits
    engine: str
    memory: int | None
    most: int
    failures: str | None = None


def run_options(plan: Plan, options: CheckOptions) -> RunOptions:
    """Return the options of a check that concern large tables.

    Raises:
        UsageError: there is no such engine, the period cannot be read, or the plan is of several years.
    """
    period = choose_period(options.period, plan)
    if plan.period.has_years:
        message = say("The plan is of several years; large tables and every region are judged by plans of one year.")
        raise UsageError(message, say("Give the figures of the plan's own region in a smaller file."))
    engine = check_engine(options.engine)
    return RunOptions(plan, period, options.limits, engine, options.memory, options.most, options.failures)


MANY_ROWS = 25_000
"""Rows of other regions take Python about 25 µs each, and an engine half a second: from here on that is quicker.

Figures of other regions are not compared with each other then, so that it is not taken for a moment.
"""
_EACH_ROW, _EACH_FILE, _WORTHWHILE = 150, 20_000, 3_000_000
"""Microseconds of Python for a row where every region is judged, and of an engine for a file; and what it has to save.

An engine does not compare the figures of a region with each other, so that it is not taken for a moment.
"""
_SURELY_FEW = 400_000
_PIECE = 1 << 20


def is_large(name: str) -> bool:
    """Whether a file is for an engine: packed, Parquet, or text of more rows than are quickly read in Python."""
    if is_elsewhere(name) or name.lower().endswith((*PARQUET, *PACKED)):
        return True
    if name == "-" or not name.lower().endswith(TEXTS):
        return False
    path = Path(name)
    return path.is_file() and path.stat().st_size > _SURELY_FEW and _lines(path) > MANY_ROWS


def is_for_engine(names: Sequence[str]) -> bool:
    """Return whether an engine judges every region of files in seconds less than rows in Python, by an estimate."""
    if any(map(is_large, names)):
        return True
    texts = [Path(name) for name in names if name != "-" and name.lower().endswith(TEXTS) and Path(name).is_file()]
    return sum(map(_lines, texts)) * _EACH_ROW > _WORTHWHILE + len(names) * _EACH_FILE


def _lines(path: Path) -> int:
    """How many lines there are, as far as it takes to know that there are many."""
    count = 0
    with open_regular(path) as stream:
        while count <= MANY_ROWS and (piece := stream.read(_PIECE)):
            count += piece.count(b"\n")
    return count
