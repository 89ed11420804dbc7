"""Verdicts of many regions counted, family by family and indicator by indicator."""

from collections.abc import Iterable, Sequence

from czurban.checking.judge import is_due
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.survey import Family
from czurban.model.verdict import Result, Verdict

_KINDS = (Verdict.MET, Verdict.MISSED, Verdict.UNREADABLE)


class SurveyTally:
    """Adds up results of single regions, and counts that an engine made of regions without targets of their own."""

    def __init__(self, elsewhere: Plan, plan: Plan, period: Period) -> None:
        """Begin with nothing counted.

        Args:
            elsewhere: the plan as it is held against a region without targets of its own.
            plan: the plan itself, whose order of indicators an engine's counts have.
            period: the period judged.
        """
        self.plan = plan
        self._due = {one.id: is_due(one.target, period, plan.period) for one in elsewhere.indicators}
        self._regions: dict[str, int] = {}
        self._verdicts: dict[tuple[str, str], dict[Verdict, int]] = {}

    def add_counts(self, family: str, regions: int, by_indicator: Sequence[tuple[int, int, int]]) -> None:
        """Add an engine's counts: of so many regions how many met, missed and cannot be read, in the plan's order."""
        self._regions[family] = self._regions.get(family, 0) + regions
        for indicator, counts in zip(self.plan.indicators, by_indicator, strict=True):
            if indicator.id not in self._due:
                continue
            if not self._due[indicator.id]:
                self._add(family, indicator.id, Verdict.NOT_DUE, regions)
                continue
            for verdict, many in zip(_KINDS, counts, strict=True):
                self._add(family, indicator.id, verdict, many)
            self._add(family, indicator.id, Verdict.UNREPORTED, regions - sum(counts))

    def add_results(self, family: str, results: Iterable[Result]) -> None:
        """Add one region's results."""
        self._regions[family] = self._regions.get(family, 0) + 1
        for one in results:
            self._add(family, one.indicator.id, one.verdict, 1)

    def families(self) -> tuple[Family, ...]:
        """What was counted, in the order of the families' names."""
        found: dict[str, dict[str, dict[Verdict, int]]] = {name: {} for name in sorted(self._regions)}
        for (family, indicator), counts in self._verdicts.items():
            found[family][indicator] = counts
        return tuple(Family(name, self._regions[name], counts) for name, counts in found.items())

    def _add(self, family: str, indicator: str, verdict: Verdict, many: int) -> None:
        if many:
            counts = self._verdicts.setdefault((family, indicator), {})
            counts[verdict] = counts.get(verdict, 0) + many
