"""The plan, its verdicts and the findings, together."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from czurban.model.finding import Findings
from czurban.model.observation import StageReport, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.verdict import Result, Verdict


class Assessment(NamedTuple):
    """Every indicator of the plan with its result, in the plan's order, for one period.

    `stages` are the milestones' stages that may be used, by task and name.
    """

    plan: Plan
    period: Period
    results: tuple[Result, ...]
    findings: Findings = ()
    submissions: tuple[Submission, ...] = ()
    stages: Mapping[tuple[int, str], StageReport] = {}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many results of each verdict, and of how many: a share is never told without its denominator."""

    total: int
    counts: dict[Verdict, int]

    def __getitem__(self, verdict: Verdict) -> int:
        """How many results have this verdict."""
        return self.counts.get(verdict, 0)


def tally(results: Iterable[Result]) -> Tally:
    """Count results by verdict. Unreported and unreadable ones stay in the total."""
    counts = Counter(result.verdict for result in results)
    return Tally(counts.total(), dict(counts))
