"""Provide `pace` of the Python interface, which gives what the command of the same name gives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from czurban.app.api.public import PathLike, opened, several, translator_of
from czurban.app.assessing import find_figures
from czurban.app.ledger import LedgerOptions
from czurban.app.options import Outcome
from czurban.app.progress.pace import pace as take_pace
from czurban.model.finding import Findings
from czurban.model.over_time.pace import PaceStatus
from czurban.model.over_time.tracking import PacedTarget, Tracking, pace_tally
from czurban.model.plan import Plan


@dataclass(frozen=True, slots=True)
class PaceResult:
    """The result of `pace`: iterable over the targets with their paces, in the plan's order.

    Example:
        >>> result = czurban.pace("data", "examples/progress-2019.csv")
        >>> [each.result.indicator.id for each in result if each.pace.status == "moved-away"]
        ['pension_insured']
    """

    outcome: Outcome[Tracking]

    @property
    def tracking(self) -> Tracking:
        """The pace of every target and milestone, and how much time has passed."""
        return self.outcome.value

    @property
    def findings(self) -> Findings:
        """Every fault in the files of figures, with its code, place, message and hint."""
        return self.outcome.findings

    @property
    def tally(self) -> Mapping[PaceStatus, int]:
        """How many targets have each status; a status that no target has is left out."""
        return pace_tally(self.tracking.targets).counts

    def __iter__(self) -> Iterator[PacedTarget]:
        """Iterate over the targets with their paces."""
        return iter(self.tracking.targets)

    def to_dict(self, lang: str | None = None) -> Mapping[str, Any]:
        """Return what `czurban pace --format json` prints; values are exact strings."""
        return self.outcome.compose(translator_of(lang)).record()


def pace(plan: Plan | PathLike, files: PathLike | Sequence[PathLike], **options: Any) -> PaceResult:  # noqa: ANN401
    """Compare what each target has reached with the time that has passed.

    Args:
        plan: the plan, or its folder.
        files: files, folders or patterns of figures.
        options: `period="2019-01..09"`, `dept=…` and `category=…`.

    Raises:
        CzurbanError: the plan cannot be used, a file is not there, or an option is wrong.

    Example:
        >>> result = czurban.pace("data", "examples/progress-2019.csv")
        >>> pace = result.tracking.of("urban_jobs_added")
        >>> str(pace.status), str(pace.completion), str(pace.lead)
        ('behind', '56/75', '-1/3')
    """
    return PaceResult(take_pace(opened(plan), find_figures(several(files)), LedgerOptions(**options)))
