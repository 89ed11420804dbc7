"""Provide `score` of the Python interface, which gives what the command of the same name gives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from czurban.app.api.public import PathLike, opened, several, translator_of
from czurban.app.assessing import find_figures
from czurban.app.options import Outcome
from czurban.app.progress.score import ScoreOptions
from czurban.app.progress.score import score as rate_figures
from czurban.model.finding import Findings
from czurban.model.over_time.score import RatedIndicator, Scores
from czurban.model.plan import Plan


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """The result of `score`: iterable over the rated indicators, in the plan's order.

    Example:
        >>> result = czurban.score("examples/rating/plan", "examples/rating/figures.csv")
        >>> [each.rating.band.status for each in result if each.rating.band]
        ['missed', 'met', 'met', 'missed']
    """

    outcome: Outcome[Scores]

    @property
    def scores(self) -> Scores:
        """The ratings, and the points of departments, parts and the plan."""
        return self.outcome.value

    @property
    def findings(self) -> Findings:
        """Every fault in the files of figures, with its code, place, message and hint."""
        return self.outcome.findings

    def __iter__(self) -> Iterator[RatedIndicator]:
        """Iterate over the rated indicators."""
        return iter(self.scores.indicators)

    def to_dict(self, lang: str | None = None) -> Mapping[str, Any]:
        """Return what `czurban score --format json` prints; values are exact strings."""
        return self.outcome.compose(translator_of(lang)).record()


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
