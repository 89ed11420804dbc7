"""Rows that count together: those of one indicator and region, and the figures that formulas need."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from itertools import groupby
from operator import itemgetter, or_
from typing import NamedTuple, Protocol

from czurban.computing.engines import row_sql, statements, together_sql
from czurban.computing.engines.engine import Engine, FormulaPlaces, Row, SumsOfFormula, every, indicator_at, place
from czurban.model.row_outcome import MergedRows, RowFate

_FEW_ROWS = 20
_ALL_ROWS = 1 << 60
SHARE = 2
"""Only the rows of some regions are read if they are at most one in so many."""
_PLACE = {"region": "VARCHAR", "word": "BIGINT", "bit": "BIGINT"}
_GIVEN = _PLACE | dict.fromkeys(("met", "bad"), "BIGINT")
GIVEN, LOST = "S249", "S250"
"""The findings that a formula gives a figure, and that a figure which a formula needs cannot be used."""
FEW_REGIONS, _ROWS_OF_EACH = 1000, 500
"""Python computes the formulas of so many regions, and of as many as take no longer than reading all rows again does.

While it computes those of one region an engine reads about so many rows.
"""
NumberedCells = tuple[int, int, list[str]]
"""A row: the number of its file, its own number, and its cells."""


class FigureRow(NamedTuple):
    """A row with its figure: the indicator by its place in the plan, and the value as an engine has it.

    The value is in the unit that `measure` numbers. It is None, or `measure` below zero, where an engine has none:
    the figure is `bad` and cannot be used, or is `silent` and withdraws another, or has too many digits.
    """

    cells: NumberedCells
    indicator: int
    amount: Decimal | None
    measure: int
    bad: bool
    silent: bool


PlacedRows = tuple[Row, list[FigureRow]]
"""Rows of one indicator and region, with these as region, word and bit."""


class Together(Protocol):
    """Judges rows of one region together, in Python; `most` findings of each code are listed, or all if it is 0."""

    most: int

    def merge_rows(self, rows: Sequence[NumberedCells]) -> MergedRows:
        """Choose among rows of one indicator."""
        ...

    def sums_of_formulas(self) -> Sequence[SumsOfFormula]:
        """Return the sums by which an engine may judge formulas."""
        ...

    def derive(self, rows: Sequence[FigureRow]) -> Iterable[tuple[int, RowFate]]:
        """Return the indicators that formulas give, by their place in the plan, with their fate."""
        ...


class RowsTogether:
    """Resolves repeated rows and formulas over the kept tables `pairs` and `names`, and counts the findings.

    `pairs` and `merged` are the names of what is kept: the indicators of each region, and those reported several
    times; the latter is empty where there are none.
    """

    def __init__(
        self,
        engine: Engine,
        formulas: Sequence[FormulaPlaces],
        figures: Callable[[str], str],
        numbered: Callable[[str], str],
        judge: Together | None,
    ) -> None:
        """Prepare the run.

        Args:
            engine: the engine.
            formulas: which figures give others.
            figures: returns SQL for the rows that report figures, of regions whose texts are in a table, or of all.
            numbered: returns the same with numbers and cells.
            judge: judges rows in Python.
        """
        self.engine, self.formulas = engine, formulas
        self._figures, self._numbered, self._given_judge = figures, numbered, judge
        self.pairs, self.merged = "pairs", ""
        self.codes: Counter[str] = Counter()
        self.most = judge.most if judge else 0
        self._lost: list[Row] = []
        self._repeats: list[tuple[str, Row, list[int]]] = []
        self._rows: dict[Row, list[NumberedCells]] = {}

    def run(self, files: int, rows: int, refused: str = "") -> None:
        """Resolve repeats, then formulas, and keep the regions that have to be judged again.

        The rows that Python needs for both, and for listing the findings, are read at once.

        Args:
            files: how many there are.
            rows: how many they have.
            refused: the name of what is kept of rows that are not used, though formulas take their indicators.
        """
        self._merge_repeats(files, rows)
        self.engine.keep("again", together_sql.again(self.pairs, refused))
        self._count_repeats()
        by_engine: Sequence[str] = ()
        deriving: set[object] = set()
        if self.formulas:
            figures = together_sql.figures_of_formulas(self.pairs, "again", self.formulas, refused)
            self.engine.keep("of_formulas", figures)
            by_engine = self._derive_by_sums(rows)
            deriving = {region for (region,) in self.engine.rows("SELECT region FROM deriving")}
            self._count_lost()
        few = _FEW_ROWS if self.most else _ALL_ROWS  # to list a finding takes two rows if all are alike
        wanted: dict[Row, int] = {(region, *at): few for region, _ in self._lost for at in self._figures_of_formulas}
        wanted |= {key: few for _, key, _ in self._repeats}
        wanted |= {(region, *at): _ALL_ROWS for region in deriving for at in self._figures_of_formulas}
        derived: list[Row] = []
        for region, groups in groupby(self._rows_of((*key, most) for key, most in wanted.items()), _region_of):
            if region in deriving:
                derived += self._derived(region, groups)
            else:
                self._rows.update((key, _cells(rows)) for key, rows in groups)
        if deriving or by_engine:
            self.engine.table("computed", _GIVEN, derived)
            selects = (f"SELECT {', '.join(_GIVEN)} FROM {name}" for name in ("computed", *by_engine))
            self.engine.keep("derived", " UNION ALL ".join(selects))
            self.engine.keep("derived_pairs", together_sql.with_derived(self.pairs, "derived"))
            self.pairs = "derived_pairs"

    def repeats(self) -> Iterator[tuple[str, str, Mapping[str, int], int, list[NumberedCells]]]:
        """Yield the first indicators of regions that are reported several times, for each code.

        Each has its region and this code, its findings by code, how many rows it has, and its rows, or the first ones.
        """
        for code, key, (many, *counts) in self._repeats:
            by_code = dict(zip(map(str.upper, together_sql.REPEATS), counts, strict=True))
            yield str(key[0]), code, by_code, many, self._rows[key]

    @property
    def _judge(self) -> Together:
        if self._given_judge is None:
            message = "rows that count together need a judge"
            raise ValueError(message)
        return self._given_judge

    @property
    def _figures_of_formulas(self) -> Sequence[tuple[int, int]]:
        return sorted({at for formula in self.formulas for at in (formula.result, *formula.doubted)})

    def _derived(self, region: object, groups: Iterable[PlacedRows]) -> Iterator[Row]:
        """Let Python compute the formulas of a region in which they may give a figure, by their own figures alone."""
        figures, listed = set(self._figures_of_formulas), {key for _, key, _ in self._repeats}
        rows: list[FigureRow] = []
        for key, members in groups:
            if key in listed:
                self._rows[key] = _cells(members)
            rows += members if key[1:] in figures else []
        for indicator, fate in self._judge.derive(sorted(rows, key=itemgetter(0))):
            word, bit = place(indicator)
            yield region, word, bit, bit * (fate is RowFate.MET), bit * (fate is RowFate.UNREADABLE)

    def _derive_by_sums(self, rows: int) -> Sequence[str]:
        """Let the engine judge formulas where many regions have some; return the names of what is kept of it.

        The regions that are left to Python are kept, those that are listed first among them.
        """
        self.engine.keep("deriving", together_sql.deriving(self.formulas))
        many = self._many("SELECT COUNT(*) FROM deriving") if self.most else 0
        if many <= FEW_REGIONS or many * _ROWS_OF_EACH <= rows or not (sums := self._judge.sums_of_formulas()):
            return ()
        summed = reduce(or_, (each.formula for each in sums))
        self.engine.keep("may_give", together_sql.deriving(self.formulas, summed))
        self.engine.table("multiples", together_sql.MULTIPLES, (row for each in sums for row in each.multiples))
        self.engine.table("least", together_sql.LEAST, (each.least for each in sums))
        self.engine.keep(
            "results", together_sql.results(self._figures(self._texts_of("may_give", rows)), self.formulas)
        )
        self.engine.keep("given", together_sql.given(self.most))
        self.engine.keep("deriving", "SELECT region FROM may_give WHERE region NOT IN (SELECT region FROM given)")
        self.codes[GIVEN] += self._many("SELECT COUNT(*) FROM given")
        return ("given",)

    def lost(self) -> Iterator[tuple[str, int, list[NumberedCells]]]:
        """Yield regions where figures cannot be used for formulas, how many, and the rows of formulas' figures."""
        for region, many in self._lost:
            keys = ((region, *at) for at in self._figures_of_formulas)
            yield str(region), int(str(many)), sorted(row for key in keys for row in self._rows.get(key, ()))

    def _count_lost(self) -> None:
        lost = together_sql.lost(self.formulas)
        if many := self._many(f"SELECT COALESCE(SUM(lost), 0) FROM ({lost})"):
            self.codes[LOST] += many
            limit = f" LIMIT {self.most}" if self.most else ""
            self._lost = self.engine.rows(f"SELECT region, lost FROM ({lost}) ORDER BY region{limit}")

    def _merge_repeats(self, files: int, every: int) -> None:
        """Choose among the rows of an indicator that a region reports several times; there are so many rows."""
        self.engine.keep("repeated", together_sql.repeated_bits("pairs"))
        if not self._many("SELECT COUNT(*) FROM repeated"):
            return
        rows = self._figures(self._texts_of("repeated", every))
        ends = self.engine.rows(together_sql.kinds(files))
        constant = {str(name): low for name, low, high in ends if low is not None and low == high}
        self.engine.keep("together", together_sql.repeated(rows, "repeated", constant))
        together = "together"
        if self._many(together_sql.ordered(together)):
            together = "latest"
            self.engine.keep(together, together_sql.latest(rows, "together"))
        self.merged = "merged"
        self.engine.keep("merged", together_sql.merged(together))
        if self._many("SELECT COUNT(*) FROM merged WHERE odd AND NOT apart"):
            wanted = self.engine.rows("SELECT region, word, bit FROM merged WHERE odd AND NOT apart")
            columns = _PLACE | dict.fromkeys(("met", "bad", *together_sql.REPEATS), "BIGINT")
            placed = self._rows_of((*row, _ALL_ROWS) for row in wanted)
            judged = [self._judged(place_, _cells(rows)) for place_, rows in placed]
            self.engine.table("judged", columns, judged)
            self.merged = "all_merged"
            self.engine.keep(self.merged, together_sql.with_odd("merged", "judged"))
        self.pairs = "merged_pairs"
        self.engine.keep(self.pairs, together_sql.with_merged("pairs", self.merged))

    def _judged(self, place_: tuple[object, ...], rows: Sequence[NumberedCells]) -> Row:
        fate, findings = self._judge.merge_rows(rows)
        codes = Counter(fault.code for fault in findings)
        bit = int(str(place_[2]))
        met, bad = bit * (fate is RowFate.MET), bit * (fate is RowFate.UNREADABLE)
        return (*place_, met, bad, *(codes[name.upper()] for name in together_sql.REPEATS))

    def _count_repeats(self) -> None:
        if self.merged:
            ((*counts,),) = self.engine.rows(together_sql.repeats_counted(self.merged, "again"))
            repeats = {
                name.upper(): int(str(many or 0)) for name, many in zip(together_sql.REPEATS, counts, strict=True)
            }
            self.codes.update({code: many for code, many in repeats.items() if many})
            for column in together_sql.REPEATS:
                if repeats[column.upper()]:
                    rows = self.engine.rows(together_sql.repeats_with(self.merged, "again", column, self.most))
                    self._repeats += [(column.upper(), row[:3], [int(str(many)) for many in row[3:]]) for row in rows]

    def _rows_of(self, wanted: Iterable[Row]) -> Iterator[PlacedRows]:
        """Yield rows of indicators of regions by place: region, word and bit, and how many rows at most."""
        if not (wanted := list(wanted)):
            return
        self.engine.table("wanted", {**_PLACE, "most": "BIGINT"}, wanted)
        self.engine.keep("wanted_texts", statements.again_texts("wanted", "names"))
        rows = every(self.engine, together_sql.rows_of_repeats(self._numbered("wanted_texts"), "wanted"))
        for place_, members in groupby(rows, key=lambda row: row[:3]):
            yield place_, [_figure_row(row) for row in members]

    def _texts_of(self, regions: str, every: int) -> str:
        """Keep how the regions of a table are written; return nothing if they have a great share of so many rows."""
        many = self._many(f"SELECT COALESCE(SUM(n), 0) FROM pairs WHERE region IN (SELECT region FROM {regions})")
        if many * SHARE > every:
            return ""
        self.engine.keep(f"{regions}_texts", statements.again_texts(regions, "names"))
        return f"{regions}_texts"

    def _many(self, statement: str) -> int:
        return int(str(self.engine.rows(statement)[0][0]))


def _figure_row(row: Row) -> FigureRow:
    _, word, bit, part, row_no, cells, amount, measure, bad, silent = row
    numbered = (int(str(part)), int(str(row_no)), row_sql.cells_of(str(cells)))
    value = amount if isinstance(amount, Decimal) else None
    number = indicator_at(int(str(word)), int(str(bit)))
    return FigureRow(numbered, number, value, -1 if measure is None else int(str(measure)), bad != 0, silent != 0)


def _cells(rows: Iterable[FigureRow]) -> list[NumberedCells]:
    return [row.cells for row in rows]


def _region_of(rows: PlacedRows) -> object:
    return rows[0][0]
