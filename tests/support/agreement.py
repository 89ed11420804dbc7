"""What rows in Python and an engine make of the same tables, in a form that can be compared row by row."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from czurban.app.assessing import assess_one_period, read_figures
from czurban.app.large.failures import write_results
from czurban.app.large.files import LargeFiles
from czurban.app.large.options import RunOptions
from czurban.app.large.survey import LargeSurvey, LinesError
from czurban.checking.each_region import EachRegion
from czurban.checking.submission_rules.registry import RULES
from czurban.checking.survey import survey_rows
from czurban.computing.engines.engine import Engine
from czurban.errors import BrokenTableError
from czurban.model.assessment import Verdict
from czurban.model.plan import Plan
from czurban.model.survey import Survey
from czurban.reading.sources.limits import LIMITS

Codes = Mapping[tuple[str | None, int | None], Sequence[str]]


class Judged(NamedTuple):
    """Verdicts by region and indicator, codes of findings by file and line, the whole survey, and the failing rows.

    Codes of checks that compare several figures are left out, since an engine does not run them for plain rows.
    """

    verdicts: Mapping[tuple[str, str], Verdict]
    codes: Codes
    survey: Survey
    failures: dict[int, tuple[str, ...]]

    @property
    def counts(self) -> dict[str, int]:
        """How often each code of a single row is found."""
        return {code: many for code, many in self.survey.codes.items() if code not in RULES}

    def differences(self, other: "Judged") -> list[str]:
        """Return a line for everything in which another differs from this, at most twenty of each kind."""
        return [
            *_differing("verdict", self.verdicts, other.verdicts),
            *_differing("codes", self.codes, other.codes),
            *_differing("count of", self.counts, other.counts),
            *_differing("failing row", self.failures, other.failures),
            *_differing("rows", {"all": self.survey.rows}, {"all": other.survey.rows}),
            *_differing("families", {"all": self.survey.families}, {"all": other.survey.families}),
            *_differing("most missed", {"all": self.survey.most_missed}, {"all": other.survey.most_missed}),
            *_differing("most met", {"all": self.survey.most_met}, {"all": other.survey.most_met}),
        ]


def _differing(kind: str, first: Mapping[object, object], second: Mapping[object, object]) -> list[str]:
    keys = [key for key in {**first, **second} if first.get(key) != second.get(key)]
    return [f"{kind} {key}: {first.get(key)} and {second.get(key)}"[:500] for key in keys[:20]]


def by_rows(paths: Sequence[Path], plan: Plan, failures: Path | None = None, most: int = 0) -> Judged:
    """Judge files by rows in Python; of findings on several rows those of so many regions are listed, or all."""
    submissions, faults = read_figures([str(path) for path in paths], plan)
    each = EachRegion(plan, plan.period, assess_one_period, rows_for_parts=failures is not None)
    survey, regions = survey_rows(each, submissions, faults, most)
    verdicts = {
        (region.resolved.region, result.indicator.id): result.verdict
        for region in regions
        for result in region.results
        if result.has_figure or result.derived
    }
    if failures:
        write_results((result for region in regions for result in region.results), survey.files, str(failures))
    return Judged(verdicts, _codes_of(survey), survey, _rows_of(failures))


def by_engine(engine: Engine, paths: Sequence[Path], plan: Plan, failures: Path | None = None, most: int = 0) -> Judged:
    """Judge the same by an engine, which lists so many findings of each code, or all."""
    opener = LargeFiles(engine, plan, paths[0].parent, most=most)
    run = RunOptions(plan, plan.period, LIMITS, "duckdb", 200, most, str(failures) if failures else None)
    files = [opener.open(path) for path in paths]
    try:
        large = LargeSurvey(engine, files, run)
        survey = large.survey()
    except (LinesError, BrokenTableError):  # cells hold line ends, or rows are broken
        files = [opener.repair(path) if file.may_be_repaired else file for path, file in zip(paths, files, strict=True)]
        large = LargeSurvey(engine, files, run)
        survey = large.survey()
    verdicts = {(region, indicator): verdict for region, indicator, verdict in large.verdicts()}
    if failures:
        large.write_failures(str(failures))
    return Judged(verdicts, _codes_of(survey), survey, _rows_of(failures))


def _codes_of(survey: Survey) -> Codes:
    by_line: dict[tuple[str | None, int | None], list[str]] = defaultdict(list)
    for finding in survey.findings:
        if finding.code not in {"S219", "S104", *RULES}:  # of the header, not of a row
            place = finding.place
            by_line[place.file if place else None, place.line if place else None].append(finding.code)
    return {line: sorted(codes) for line, codes in by_line.items()}


def _rows_of(path: Path | None) -> dict[int, tuple[str, ...]]:
    """Return the failing rows by their position."""
    if path is None:
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        return {number: tuple(row) for number, row in enumerate(csv.reader(stream))}
