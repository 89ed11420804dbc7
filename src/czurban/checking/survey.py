"""Every region of ordinary submissions against the plan: what an engine does for large tables, row by row.

Verdicts of many regions counted, family by family and indicator by indicator.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from czurban.checking.each_region import EachRegion, by_region
from czurban.checking.judging import is_due
from czurban.model.assessment import Family, Result, Survey, Verdict
from czurban.model.finding import Finding
from czurban.model.observation import NO_ROWS, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan

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


def survey_rows(
    plan: Plan, submissions: Sequence[Submission], period: Period, before: Iterable[Finding] = ()
) -> tuple[Survey, list[tuple[str, Result]]]:
    """Hold every region against the plan; return the survey, and each result with its region's key.

    Args:
        plan: the plan; a region that its breakdown knows is held against its own row.
        submissions: what was sent.
        period: whose figures are judged.
        before: what reading the submissions has told.
    """
    each, findings = EachRegion(plan, period), list(before)
    tally = SurveyTally(each.elsewhere, plan, period)
    results: list[tuple[str, Result]] = []
    for region, members in by_region(each, (one for sent in submissions for one in sent.observations)).items():
        found = each.judge(members[0].region, members)
        findings += found.findings
        if found.results and any(map(each.appears, members)):
            tally.add_results(found.resolved.family, found.results)
            results += [(region, one) for one in found.results]
    codes = Counter(one.code for one in findings)
    rows = sum((sent.rows for sent in submissions), NO_ROWS)
    names = tuple(sent.file for sent in submissions)
    return Survey(plan, period, tally.families(), codes, tuple(findings), names, rows), results


def failing_rows(results: Iterable[Result]) -> Iterator[tuple[object, ...]]:
    """Rows that miss or cannot be read: region, indicator, period, value, unit, verdict, bound, line."""
    for one in results:
        seen = one.observation
        if seen and one.verdict in (Verdict.MISSED, Verdict.UNREADABLE):
            unit = seen.unit.name if seen.unit and not seen.unit_in_cell else ""
            bound = str(one.indicator.target.interval)
            line = seen.place.line
            yield (seen.region, one.indicator.id, str(seen.period), seen.raw, unit, str(one.verdict), bound, line)
