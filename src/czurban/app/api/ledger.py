"""Provide `pace` and `score` of the Python interface, which give what the commands of the same names give."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic

from czurban.app.api.public import PathLike, opened, several, translator_of
from czurban.app.assessing import find_figures
from czurban.app.ledger import pace as take_pace
from czurban.app.options import Outcome, ScopedOptions, Value_co
from czurban.app.progress.score import ScoreOptions
from czurban.app.progress.score import score as rate_figures
from czurban.model.finding import Findings
from czurban.model.over_time.pace import PaceStatus
from czurban.model.over_time.score import RatedIndicator, Scores
from czurban.model.over_time.tracking import PacedTarget, Tracking, pace_tally
from czurban.model.plan import Plan


@dataclass(frozen=True, slots=True)
class LedgerResult(Generic[Value_co]):
    """What the results of `pace` and `score` have in common."""

    outcome: Outcome[Value_co]

    @property
    def findings(self) -> Findings:
        """Every fault in the files of figures, with its code, place, message and hint."""
        return self.outcome.findings

    def to_dict(self, lang: str | None = None) -> Mapping[str, Any]:
        """Return what the command prints with `--format json`; values are exact strings."""
        return self.outcome.compose(translator_of(lang)).record()


@dataclass(frozen=True, slots=True)
class PaceResult(LedgerResult[Tracking]):
    """The result of `pace`: iterable over the targets with their paces, in the plan's order.

    Example:
        >>> result = czurban.pace("data", "examples/progress-2019.csv")
        >>> [each.result.indicator.id for each in result if each.pace.status == "moved-away"]
        ['pension_insured']
    """

    @property
    def tracking(self) -> Tracking:
        """The pace of every target and milestone, and how much time has passed."""
        return self.outcome.value

    @property
    def tally(self) -> Mapping[PaceStatus, int]:
        """How many targets have each status; a status that no target has is left out."""
        return pace_tally(self.tracking.targets).counts

    def __iter__(self) -> Iterator[PacedTarget]:
        """Iterate over the targets with their paces."""
        return iter(self.tracking.targets)


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
    return PaceResult(take_pace(opened(plan), find_figures(several(files)), ScopedOptions(**options)))


@dataclass(frozen=True, slots=True)
class ScoreResult(LedgerResult[Scores]):
    """The result of `score`: iterable over the rated indicators, in the plan's order.

    Example:
        >>> result = czurban.score("examples/rating/plan", "examples/rating/figures.csv")
        >>> [each.rating.band.status for each in result if each.rating.band]
        ['missed', 'met', 'met', 'missed']
    """

    @property
    def scores(self) -> Scores:
        """The ratings, and the points of departments, parts and the plan."""
        return self.outcome.value

    def __iter__(self) -> Iterator[RatedIndicator]:
        """Iterate over the rated indicators."""
        return iter(self.scores.indicators)


def score(
    plan: Plan | PathLike,
    files: PathLike | Sequence[PathLike],
    *,
    rules: PathLike | None = None,
    **options: Any,  # noqa: ANN401
) -> ScoreResult:
    """Rate indicators by the rules of a file, and give the points of indicators, departments and parts.

    Args:
        plan: the plan, or its folder.
        files: files, folders or patterns of figures.
        rules: the file of rules; else `rules.yaml` in the plan's folder, else the verdicts and paces alone.
        options: fields of `czurban.ScoreOptions`, such as `period="2019-01..09"`, `dept=…` or `category=…`.

    Raises:
        CzurbanError: the plan or the rules cannot be used, or a file is not there.

    Example:
        >>> folder = "examples/rating"
        >>> result = czurban.score(f"{folder}/plan", f"{folder}/figures.csv", rules=f"{folder}/steps.yaml")
        >>> {total.name: str(total.points) for total in result.scores.departments}
        {'市发改委': '100', '市人社局': '365/4', '市住建局': '40'}
    """
    chosen = ScoreOptions(**options, rules=None if rules is None else Path(rules))
    return ScoreResult(rate_figures(opened(plan), find_figures(several(files)), chosen))
