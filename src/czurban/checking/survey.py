"""Count the verdicts of many regions, by family of regions and by indicator."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from czurban.checking.each_region import OF_REPEATS, EachRegion, RegionResults
from czurban.checking.judging import is_due
from czurban.checking.regions import sort_out
from czurban.model.assessment import Result, Verdict
from czurban.model.finding import Finding, Place
from czurban.model.observation import NO_ROWS, Submission
from czurban.model.survey import MOST_REGIONS, Family, RegionCount, Survey

OF_FORMULAS = frozenset({"S249", "S250", "S251", "S252"})
"""The findings on figures that formulas give."""
_OF_REGIONS = OF_REPEATS | OF_FORMULAS
_Kept = dict[str, list[Callable[[], Iterable[Finding]]]]
_KINDS = (Verdict.MET, Verdict.MISSED, Verdict.UNREADABLE)


class SurveyTally:
    """Adds up the results of regions, and an engine's counts of regions without targets of their own."""

    def __init__(self, each: EachRegion) -> None:
        self.each = each
        self._due = [is_due(indicator.target, each.period, each.plan.period) for indicator in each.elsewhere.indicators]
        self._regions: Counter[str] = Counter()
        self._verdicts: defaultdict[tuple[str, str], Counter[Verdict]] = defaultdict(Counter)
        self.ranked: list[RegionCount] = []

    def add_counts(
        self, family: str, regions: int, by_indicator: Sequence[tuple[int, int, int]], *, are_parts: bool
    ) -> None:
        """Add an engine's counts of a family's regions: how many met, missed or are unreadable, in the plan's order.

        Parts of the plan's region (`are_parts`) have no target for amounts.
        """
        self._regions[family] += regions
        held = self.each.parts if are_parts else self.each.elsewhere
        for indicator, due, counts in zip(held.indicators, self._due, by_indicator, strict=True):
            if indicator.input_only:
                continue
            verdicts = self._verdicts[family, indicator.id]
            if indicator.id in held.without_target:
                verdicts[Verdict.UNREADABLE] += sum(counts)
            elif not due:
                verdicts[Verdict.NOT_DUE] += regions
                continue
            else:
                verdicts.update(dict(zip(_KINDS, counts, strict=True)))
            verdicts[Verdict.UNREPORTED] += regions - sum(counts)

    def add_results(self, region: RegionResults) -> None:
        """Add one region's results, if its rows are about the judged period."""
        if region.appears:
            self._regions[region.resolved.family] += 1
            for result in region.results:
                self._verdicts[region.resolved.family, result.indicator.id][result.verdict] += 1
            every = Counter(result.verdict for result in region.results)
            self.ranked.append(RegionCount(region.resolved.region, every[Verdict.MET], every[Verdict.MISSED]))

    def is_compared(self, number: int, are_parts: bool) -> bool:  # noqa: FBT001 - the engine asks it so
        """Whether a figure of an indicator, by its place in the plan, may meet or miss a target of such regions."""
        indicator = self.each.elsewhere.indicators[number]
        without = are_parts and indicator.id in self.each.parts.without_target
        return self._due[number] and not indicator.input_only and not without

    def most_missed(self) -> tuple[RegionCount, ...]:
        """Return the regions that miss most targets, of those that meet fewer the first."""
        missing = (each for each in {*self.ranked} if each.missed)
        return tuple(sorted(missing, key=lambda each: (-each.missed, each.met, each.region))[:MOST_REGIONS])

    def most_met(self) -> tuple[RegionCount, ...]:
        """Return the regions that meet most targets, of those that miss fewer the first."""
        meeting = (each for each in {*self.ranked} if each.met)
        return tuple(sorted(meeting, key=lambda each: (-each.met, each.missed, each.region))[:MOST_REGIONS])

    def families(self) -> tuple[Family, ...]:
        """Return what was counted, in the order of the families' names."""
        by_family: dict[str, dict[str, Counter[Verdict]]] = {name: {} for name in sorted(self._regions)}
        for (family, indicator), verdicts in self._verdicts.items():
            if counts := +verdicts:
                by_family[family][indicator] = counts
        return tuple(Family(name, self._regions[name], counts) for name, counts in by_family.items())


class FirstRegions:
    """The findings on a region's figures together that are listed: the first ones of each code.

    They are in the order of their regions' codes, or names without a code, and then of the plan, whatever judges them.
    """

    def __init__(self, most: int) -> None:
        """Keep so many findings of each code; 0 keeps all."""
        self._most = most
        self._first: defaultdict[str, _Kept] = defaultdict(dict)

    def add(self, region: str, codes: Iterable[str], findings: Callable[[], Iterable[Finding]]) -> None:
        """Add findings of a region: their codes, and what returns them."""
        for code in {*codes}:
            first = self._first[code]
            first.setdefault(region, []).append(findings)
            if self._most and len(first) > 2 * self._most:
                self._first[code] = self._cut(first)

    def add_all(self, region: str, findings: Iterable[Finding]) -> list[Finding]:
        """Add all findings of a region; return those that are on a single figure."""
        together: list[Finding] = []
        alone: list[Finding] = []
        for fault in findings:
            (together if fault.code in _OF_REGIONS else alone).append(fault)
        self.add(region, (fault.code for fault in together), lambda: together)
        return alone

    def findings(self) -> Iterator[Finding]:
        """Yield the first findings of each code."""
        for code, first in self._first.items():
            every = (fault for several in self._cut(first).values() for findings in several for fault in findings())
            yield from islice((fault for fault in every if fault.code == code), self._most or None)

    def _cut(self, first: _Kept) -> _Kept:
        return {region: first[region] for region in sorted(first)[: self._most or len(first)]}


def survey_rows(
    each: EachRegion, submissions: Sequence[Submission], before: Iterable[Finding] = (), most: int = 0
) -> tuple[Survey, list[RegionResults]]:
    """Judge every region of ordinary submissions; return the survey, and the regions that it counts.

    The findings `before` are those of reading the submissions. Of those on a region's figures together the first so
    many of each code are listed, or all; all are counted.
    """
    findings, tally, regions, first = list(before), SurveyTally(each), [], FirstRegions(most)
    codes = Counter(finding.code for finding in findings)
    by_region = sort_out(each.plan, submissions, unknown=True)
    for code, parts in by_region.of.items():
        if not any(part.observations for part in parts):
            continue
        region = each.judge(code, parts)
        codes.update(finding.code for finding in region.findings)
        findings += first.add_all(region.resolved.region, region.findings)
        tally.add_results(region)
        regions += [region] if region.appears else []
    unused = [*each.unused(by_region.unknown)]
    codes.update(finding.code for finding in unused)
    findings += [*unused, *first.findings()]
    return Survey(
        plan=each.plan,
        period=each.period,
        families=tally.families(),
        codes=codes,
        findings=tuple(findings),
        files=tuple(sent.file for sent in submissions),
        rows=sum((sent.rows for sent in submissions), NO_ROWS),
        most_missed=tally.most_missed(),
        most_met=tally.most_met(),
    ), regions


def failing_rows(results: Iterable[Result]) -> Iterator[tuple[Place, tuple[object, ...]]]:
    """Yield missed and unreadable results as rows, each with its place; None stands for no text.

    A row has region, indicator, period, value, unit, verdict, bound and line.
    """
    for result in results:
        value = result.observation
        if value and result.verdict in (Verdict.MISSED, Verdict.UNREADABLE):
            yield (
                value.place,
                (
                    value.region or None,
                    result.indicator.id,
                    str(value.period),
                    value.raw or None,
                    value.shown_unit or None,
                    result.verdict.value,
                    str(result.indicator.target.interval),
                    value.place.line,
                ),
            )
