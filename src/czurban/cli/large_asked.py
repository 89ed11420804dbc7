"""What a run over large tables was asked for."""

from typing import NamedTuple

from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.sources.opening import Limits


class RunOptions(NamedTuple):
    """What a run over large tables was asked for; `alone` says that --each-region stands without --region and --by."""

    plan: Plan
    period: Period
    limits: Limits
    engine: str
    memory: int
    most: int
    failures: str | None = None
    alone: bool = True
