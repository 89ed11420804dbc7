"""Judge every region of large tables: plain rows by an engine, and regions that need all their rows in Python."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from czurban.app.assessing import assess_one_period
from czurban.app.large.large_file import LargeFile, head_texts, part_of, read_row, region_of, rows_lost
from czurban.app.large.listed import Listed, first_of_each
from czurban.app.large.options import RunOptions
from czurban.checking.derived import codes_of
from czurban.checking.each_region import NOT_JUDGED, EachRegion, RegionResults
from czurban.checking.judging import is_due
from czurban.checking.submission_rules.registry import RULES
from czurban.checking.survey import OF_FORMULAS, FirstRegions, SurveyTally, failing_rows
from czurban.computing.engines.engine import Engine, FormulaPlaces, SumsOfFormula, place
from czurban.computing.engines.plain_rows import PlainRows, RegionRow
from czurban.computing.engines.rows_together import LOST, FigureRow, NumberedCells
from czurban.computing.engines.scanned_file import ScannedFile
from czurban.computing.formulas import amounts, derive, lasting_failures
from czurban.model.assessment import Verdict
from czurban.model.faults import IGNORED_NO_RESULT, NO_RESULT
from czurban.model.finding import Finding, in_order
from czurban.model.formulas.derived import Derived
from czurban.model.formulas.formula import Measures, Missing, divides_within
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, RowCount, Submission
from czurban.model.row_outcome import Count, MergedRows, RowFate
from czurban.model.survey import MOST_REGIONS, RegionCount, Survey
from czurban.model.text import cell_text, visible
from czurban.reading.large.long_table import RowReading
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.surroundings.not_results import as_ignored

_MANY = 10_000
"""Findings of regions judged again are kept up to so many before those that are not listed are dropped."""
_APART = (ColumnField.REGION, ColumnField.VALUE)
"""The columns in which rows of one shape differ."""
_OF_STATED = ("S226", "S227")
"""The checks of targets and baselines that a table states, which are not read of large tables."""


class LinesError(Exception):
    """The rows of a file and its lines are not as many; its number among the files is the argument."""


class LargeSurvey:
    """Judges every region of large files, plain rows by an engine; the engine has to stay open until all is asked."""

    def __init__(self, engine: Engine, files: Sequence[LargeFile], run: RunOptions) -> None:
        """Let the engine read the files.

        Args:
            engine: what scans them.
            files: the files.
            run: the plan, the period, and whether failing rows are written.
        """
        self.files, self.run = files, run
        self.most = run.most
        self._first, self._of_derived = FirstRegions(run.most), Counter[str]()
        judge_formulas = partial(assess_one_period, compare=False)
        parts_alone = run.failures is not None
        self.each = EachRegion(run.plan, run.period, assess_one_period, judge_formulas, rows_for_parts=parts_alone)
        self._at = {indicator.id: number for number, indicator in enumerate(run.plan.indicators)}
        self._apart = [{file.table.columns.get(field) for field in _APART} for file in files]
        plans = self.each.of_formulas.values()
        others = any(indicator.target.other for plan in plans for indicator in plan.indicators)
        self._by_figures = run.most > 0 and not others and not any(plan.allotted for plan in plans)
        self._shapes: set[tuple[object, ...]] = set()
        self._failures: dict[tuple[object, ...], Mapping[str, Derived]] = {}
        heads = [head_texts(file) for file in files]
        parts = [
            part_of(engine, number, file, self.each, texts).with_shapes(texts)
            for number, (file, texts) in enumerate(zip(files, heads, strict=True))
        ]
        self.plain = PlainRows(engine, parts, len(run.plan.indicators), formula_places(self.each), self)

    def survey(self) -> Survey:
        """Scan, judge and count; of each code the first findings are listed, and all are counted."""
        self.plain.run()
        together: list[Finding] = []
        header = [finding for file in self.files for finding in (*file.findings, *file.table.period_findings())]
        codes = Counter(finding.code for finding in header) + self.plain.codes
        for file in self.files:
            codes.update(file.codes)
        codes[NOT_JUDGED] += self.plain.other_periods
        self._check_lines()
        tally = SurveyTally(self.each)
        for counts in self.plain.counts():
            tally.add_counts(counts.family, counts.regions, counts.by_indicator, are_parts=counts.are_parts)
        tally.ranked += map(RegionCount._make, self.plain.ranked(tally.is_compared, MOST_REGIONS))
        codes.update(self._of_derived)
        texts, by_rows = set[str](), 0
        for region in self._again():
            texts |= region.texts
            by_rows += len(region.rows)
            tally.add_results(region.judged)
            for row in region.rows:  # by itself each of its rows was counted
                codes.subtract(self.each.outcome(row.observation).codes if row.observation else ())
            codes.update(finding.code for finding in region.judged.findings)
            together += self._first.add_all(region.judged.resolved.region, region.judged.findings)
            if len(together) > _MANY:
                together = first_of_each(in_order(together), self.run.most)
        listed = Listed(self.run.most)
        listed.add([*header, *(finding for file in self.files for finding in file.broken)])
        for scanned in self.plain.files if self.plain.of_rows.total() else ():
            self._list(scanned, listed, texts)
        self._add_first_regions()
        together += [*self._first.findings(), *self._of_other_periods()]
        rows = self.plain.rows
        counted = RowCount(rows.total(), *(rows[kind] for kind in Count))
        return Survey(
            self.each.plan,
            self.run.period,
            tally.families(),
            {code: many for code, many in codes.items() if many},
            (*listed.findings, *together),
            tuple(file.table.file for file in self.files),
            sum((file.rows for file in self.files), counted),
            self._unchecked(max(0, counted.used - by_rows), counted.used),
            tally.most_missed(),
            tally.most_met(),
        )

    def _add_first_regions(self) -> None:
        """Add the findings on several rows of the first regions that are not judged by all their rows."""
        for region, code, expected, many, cells in self.plain.together.repeats():
            merged = self.merge_rows(cells, many).findings
            if expected == {name: sum(fault.code == name for fault in merged) for name in expected}:
                self._first.add(region, [code], partial(tuple, merged))
        for region, lost, cells in self.plain.together.lost():
            self._first.add(region, [LOST], partial(self._lost, cells, lost))

    def _lost(self, cells: Sequence[NumberedCells], many: int) -> Sequence[Finding]:
        """Return the findings on figures of a region that cannot be used; none if there are not so many."""
        faults = [fault for fault in self._judged(cells).findings if fault.code == LOST]
        return faults if len(faults) == many else ()

    def _of_other_periods(self) -> Iterator[Finding]:
        """Yield the findings on columns of other periods of the first regions."""
        for number in range(len(self.files)):
            for _, rows in groupby(self.plain.rows_of_other_periods(number, self.run.most), key=itemgetter(0)):
                read = (read_row(self.files[number], row_no, cells).observations for _, _, row_no, cells in rows)
                yield from self.each.columns_not_judged([value for values in read for value in values])

    def _judged(self, rows: Sequence[NumberedCells]) -> RegionResults:
        """Judge one region by the rows with figures that formulas give or take."""
        (region,) = self._regions((("", *row) for row in rows), formulas_alone=True)
        return region.judged

    def sums_of_formulas(self) -> Sequence[SumsOfFormula]:
        """Return the sums by which formulas are judged, if their results depend on a region's figures alone."""
        from czurban.app.large.formula_sums import sums_of_formulas  # noqa: PLC0415 - for many regions with formulas

        return [*sums_of_formulas(self.each, self.plain.together.formulas)] if self._by_figures else []

    def derive(self, rows: Sequence[FigureRow]) -> Iterator[tuple[int, RowFate]]:
        """Yield the figures that formulas give by these rows of one region; count the findings, and keep the first."""
        cells = [row.cells for row in rows]
        text = cell_text(visible(region_of(self.files[cells[0][0]], cells[0][2])))
        figures = self._figures(rows) if self._by_figures else None
        given = self._derive(cells) if figures is None else self._derive_plainly(text, cells, figures)
        for indicator, actual in given:
            met = actual is not None and actual in indicator.target.interval
            fate = RowFate.MET if met else RowFate.MISSED
            yield self._at[indicator.id], RowFate.UNREADABLE if actual is None else fate

    def _derive(self, cells: Sequence[NumberedCells]) -> Iterator[tuple[Indicator, Fraction | None]]:
        """Judge a region by its rows for the sake of formulas."""
        judged = self._judged(cells)
        findings = [fault for fault in judged.findings if fault.code in OF_FORMULAS]
        self._of_derived.update(fault.code for fault in findings)
        self._first.add(judged.resolved.region, (fault.code for fault in findings), lambda: findings)
        results = (result for result in judged.results if result.derived and not result.observation)
        return ((result.indicator, result.actual) for result in results)

    def _derive_plainly(
        self, text: str, cells: Sequence[NumberedCells], figures: Mapping[str, Fraction | None]
    ) -> Iterator[tuple[Indicator, Fraction | None]]:
        """Compute the formulas of a region by its figures; its rows are read later if its findings are listed."""
        resolved = self.each.finder.resolve(text)
        plan, period = self.each.of_formulas[resolved.is_part], self.run.period
        backward = plan.is_own_period(period)
        known = (plan is self.each.of_formulas[True], *((name, figures[name] is None) for name in sorted(figures)))
        failures = self._failures.get(known)
        every = derive(
            plan, amounts(figures), period, backward=backward, given=figures, failures=failures or {}, bare=True
        )
        if failures is None and len(self._failures) < _MANY:
            self._failures[known] = lasting_failures(every)
        derived = every.values()
        codes = [code for each in derived for code in codes_of(each)]
        self._of_derived.update(codes)
        self._first.add(resolved.region, codes, lambda: self._judged(cells).findings)
        given = (each for each in derived if each.value is not None and not each.indicator.input_only)
        return ((each.indicator, None if each.partial else each.value) for each in given)

    def _figures(self, rows: Sequence[FigureRow]) -> Mapping[str, Fraction | None] | None:
        """Return the figures of a region by indicator, None for those that cannot be used; None if rows are to be read.

        The first row of each shape is read, in case it has no place in a long table.
        """
        figures: dict[str, Fraction | None] = {}
        factors = self.each.factors
        for (number, row_no, cells), indicator, amount, measure, bad, silent in rows:
            name = self.run.plan.indicators[indicator].id
            known = amount is not None and measure >= 0
            if name in figures or silent or bad is known:
                return None
            apart = self._apart[number]
            shape = (number, *(cell for at, cell in enumerate(cells) if at not in apart))
            if shape not in self._shapes:
                read_row(self.files[number], row_no, cells)
                self._shapes |= {shape} if len(self._shapes) < _MANY else set()
            figures[name] = Fraction(amount) * factors[measure] if amount is not None and known else None
        return figures

    def merge_rows(self, rows: Sequence[NumberedCells], many: int = 0) -> MergedRows:
        """Choose among rows of one indicator and region, of which there are so many in all."""
        read = (read_row(self.files[number], row_no, cells).observation for number, row_no, cells in rows)
        return self.each.merge_rows([value for value in read if value], many)

    def _unchecked(self, plain: int, every: int) -> Mapping[str, int]:
        """Return by code the rows that a check of figures which compares several was not run for."""
        stated = any(file.table.table.head.columns.stated for file in self.files)
        compared = {code: plain for code in RULES if code not in _OF_STATED and plain}
        return compared | (dict.fromkeys(_OF_STATED, every) if stated else {})

    def verdicts(self) -> Iterator[tuple[str, str, Verdict]]:
        """Yield every verdict on a figure: the region's key, the indicator's id, the verdict."""
        for region, is_part, number, fate in self.plain.pairs():
            name = self.run.plan.indicators[number].id
            open_ended = is_part and name in self.each.parts.without_target
            yield region, name, Verdict.UNREADABLE if open_ended else Verdict(fate.value)
        for again in self._again():
            for result in again.judged.results:
                if again.judged.appears and (result.has_figure or result.derived):
                    yield again.judged.resolved.region, result.indicator.id, result.verdict

    def write_failures(self, path: str) -> None:
        """Write the rows that miss their target or cannot be read."""
        due = (
            (number, indicator.id, str(indicator.target.interval))
            for number, indicator in enumerate(self.each.elsewhere.indicators)
            if is_due(indicator.target, self.run.period, self.run.plan.period)
        )
        order = {file.table.file: number for number, file in enumerate(self.files)}
        failing = (each for again in self._again() for each in failing_rows(again.judged.results))
        others = ((*row, order[place.file]) for place, row in failing)
        self.plain.write_failures(path, due, others)

    def _check_lines(self) -> None:
        """Make sure that the engine has read a row from every line, so that its number gives the line.

        Raises:
            LinesError: blank lines, or line ends in cells, stand between.
            BrokenTableError: it has lost rows of a file that was repaired.
        """
        for number, file in enumerate(self.files):
            if file.is_whole(*self.plain.files[number].total):
                continue
            if file.may_be_repaired:
                raise LinesError(number)
            raise rows_lost(file)

    def _again(self) -> Iterator["_Region"]:
        """Judge by all their rows the regions whose rows have to be taken together, or that have their own targets."""
        yield from self._regions(self.plain.again())

    def _regions(self, every: Iterable[RegionRow], *, formulas_alone: bool = False) -> Iterator["_Region"]:
        """Judge regions by these rows of each."""
        for _, rows in groupby(every, key=itemgetter(0)):
            by_file: dict[int, list[Observation]] = {}
            texts, used = set[str](), list[RowReading]()
            for _, number, row_no, cells in rows:
                texts.add(region_of(self.files[number], cells))
                reading = read_row(self.files[number], row_no, cells)
                if reading.observations:
                    by_file.setdefault(number, []).extend(reading.observations)
                    used.append(reading)
            if used:
                sent = [
                    Submission(self.files[number].table.file, "", tuple(members)) for number, members in by_file.items()
                ]
                region = used[0].observations[0].region
                yield _Region(self.each.judge(region, sent, formulas_alone=formulas_alone), used, texts)

    def _list(self, scanned: ScannedFile, listed: Listed, texts: set[str]) -> None:
        """List what is wrong with single rows of a file, until there are enough of each code.

        Rows of regions with these texts were judged together. Such a region may have other rows under another text,
        which were not, because none of their figures counts.
        """
        file = self.files[scanned.number]
        for row_no, cells, of_reading, of_judging in scanned.finding_codes():
            if listed.is_full(self.plain.of_rows):
                return
            alone = region_of(file, cells) not in texts
            codes = {*of_reading, *(of_judging if alone else ())}
            codes |= {IGNORED_NO_RESULT} if NO_RESULT in codes else set()
            if not any(listed.has_room(code) for code in codes if self.plain.of_rows[code]):
                continue
            read = read_row(file, row_no, cells)
            ignored = self.each.number_of(read.no_result) in scanned.reports.reported
            listed.add(as_ignored(fault) if ignored and fault.code == NO_RESULT else fault for fault in read.findings)
            if read.observation and alone:
                listed.add(self.each.row_findings(read.observation))


def formula_places(each: EachRegion) -> list[FormulaPlaces]:
    """Return which figures of a region without targets of its own give another one by a formula."""
    plan = each.elsewhere
    at = {indicator.id: place(number) for number, indicator in enumerate(plan.indicators)}
    computed = {formula.indicator for formula in plan.formulas}
    places, measures = [], Measures(plan.by_id)
    for formula in plan.formulas:
        terms = [term.indicator for term in formula.terms() if not term.looks_back]
        # what another formula may give need not be reported; where it gives nothing else, one that is may be enough
        any_input = formula.missing is Missing.PARTIAL or computed.issuperset(terms)
        # such a region has no baseline, and one with figures of other periods is judged by all its rows anyway
        backward = formula.looks_back and formula.missing is not Missing.PARTIAL
        inputs = [] if backward else [term for term in terms if any_input or term not in computed]
        doubted = tuple(at[name] for name in terms)
        stated = each.period == plan.period or not formula.looks_back
        counted = stated and not computed & set(terms) and not divides_within(formula.expression)
        counted = counted and measures.fits(formula.expression, plan.by_id[formula.indicator])
        places.append(
            FormulaPlaces(at[formula.indicator], tuple(at[name] for name in inputs), doubted, any_input, counted)
        )
    return places


class _Region(NamedTuple):
    """A region that was judged by all its rows, those with figures, and the texts that they have for it."""

    judged: RegionResults
    rows: Sequence[RowReading]
    texts: set[str]
