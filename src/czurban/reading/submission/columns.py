"""A header row to columns: which holds which field, which are values, which repeat the plan, which are unknown."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from czurban.model.plan import Plan
from czurban.model.region import WHOLE_WORDS
from czurban.model.text import key
from czurban.reading.submission.header_cell import Header, HeaderText, understand
from czurban.reading.submission.header_words import EXACT_NUMBERS, GENERAL_NAMES, LABELS, ColumnField

__all__ = ["LABELS", "ColumnField", "Columns", "Header", "read_columns", "score", "understand"]
_NAMING = frozenset({ColumnField.NUMBER, ColumnField.INDICATOR})
_CLAIMS = frozenset({ColumnField.TARGET, ColumnField.BASELINE})
_WORDS = (ColumnField.INDICATOR, ColumnField.UNIT, ColumnField.SENDER, ColumnField.STATUS)
_LEVELS = "一二三四"
_MAYBE_A_TARGET = "指标值"


@dataclass(slots=True)
class Columns:
    """The header row understood: which column holds which field, which stand twice, which are unknown.

    `values` are all columns of values, of which `at` has the first; `claims` are those that repeat the plan's targets
    and baselines; `remarks` say what a row's figure is: notes, and columns such as 数据类型. All three go by their
    index. `others` are known and hold no results.
    """

    at: dict[ColumnField, int] = field(default_factory=dict)
    headers: dict[ColumnField, Header] = field(default_factory=dict)
    twice: dict[ColumnField, list[int]] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    values: dict[int, Header] = field(default_factory=dict)
    claims: dict[int, Header] = field(default_factory=dict)
    remarks: dict[int, Header] = field(default_factory=dict)
    others: list[int] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        """Whether rows have a value and a name.

        序号 may only count the rows: it names them where no column is left that may hold the names.
        """
        if ColumnField.VALUE not in self.at or _NAMING.isdisjoint(self.at):
            return False
        return (
            ColumnField.INDICATOR in self.at
            or not self.unknown
            or self.headers[ColumnField.NUMBER].text in EXACT_NUMBERS
        )

    @property
    def texts(self) -> list[int]:
        """The columns that hold words and no numbers."""
        return sorted({*(self.at[one] for one in _WORDS if one in self.at), *self.remarks})

    @property
    def naming(self) -> list[int]:
        """The columns that name the indicator."""
        return [self.at[one] for one in _NAMING if one in self.at]


def read_columns(cells: Sequence[HeaderText], plan: Plan | None = None) -> Columns:
    """Understand a header row. Its cells are texts, or pairs of texts where the header has two rows.

    With a plan, columns may be headed by any name or code of its own regions.
    """
    columns = Columns()
    levels: dict[str, int] = {}
    for index, cell in enumerate(cells):
        header = understand(cell, plan)
        if header is None or header.says_nothing:
            if "".join(cell).strip():
                columns.unknown.append(index)
        elif header.field is ColumnField.LEVEL:
            levels[header.text] = index
        else:
            _take(columns, index, header)
    _choose_name(columns, levels)
    _choose_values(columns, plan)
    return columns


def _take(columns: Columns, index: int, header: Header) -> None:
    """Add a column by its field."""
    if header.field is ColumnField.OTHER:
        columns.others.append(index)
    elif header.field is ColumnField.VALUE:
        columns.values[index] = header
    elif header.field in _CLAIMS:
        columns.claims[index] = header
    elif header.field in (ColumnField.NOTE, ColumnField.QUALIFIER):
        columns.remarks[index] = header
        columns.at.setdefault(header.field, index)
        columns.headers.setdefault(header.field, header)
    elif header.field is ColumnField.INDICATOR and _replaces_a_name(columns, index, header):
        pass
    elif header.field in columns.at:
        columns.twice.setdefault(header.field, [columns.at[header.field]]).append(index)
    else:
        columns.at[header.field] = index
        columns.headers[header.field] = header


def _replaces_a_name(columns: Columns, index: int, header: Header) -> bool:
    """Let 指标名称 name the rows where 项目, which may hold their groups, is there too."""
    known = columns.headers.get(ColumnField.INDICATOR)
    if known is None or (known.text in GENERAL_NAMES) == (header.text in GENERAL_NAMES):
        return False
    columns.others.append(index if header.text in GENERAL_NAMES else columns.at[ColumnField.INDICATOR])
    if known.text in GENERAL_NAMES:
        columns.at[ColumnField.INDICATOR], columns.headers[ColumnField.INDICATOR] = index, header
    return True


def _choose_name(columns: Columns, levels: dict[str, int]) -> None:
    """Choose the column of names: the deepest of 一级指标, 二级指标, 三级指标; 指标名称 rather than 项目."""
    if levels and ColumnField.INDICATOR not in columns.at:
        deepest = max(levels, key=lambda word: _LEVELS.find(word[0]))
        columns.at[ColumnField.INDICATOR] = levels.pop(deepest)
        columns.headers[ColumnField.INDICATOR] = Header(ColumnField.INDICATOR, text=deepest)
    columns.others += levels.values()


def _choose_values(columns: Columns, plan: Plan | None) -> None:
    """Keep the columns that can be values: one headed by a region alone is, where no header says 完成值 or so.

    It takes two of them, or one for the whole region: a single 示范区 may be anything.
    """
    worded = [index for index, header in columns.values.items() if header.text and header.text != _MAYBE_A_TARGET]
    for index in [index for index, header in columns.values.items() if header.text == _MAYBE_A_TARGET and worded]:
        del columns.values[index]
        columns.others.append(index)
    regions = [index for index, header in columns.values.items() if header.bare and header.region]
    others = len(regions) < len(columns.values)
    whole = any(_is_whole(columns.values[index].region, plan) for index in regions)
    if others or ColumnField.REGION in columns.at or (len(regions) == 1 and not whole):
        for index in regions:
            del columns.values[index]
        columns.unknown = sorted([*columns.unknown, *regions])
    if columns.values:
        first = next(iter(columns.values))
        columns.at[ColumnField.VALUE] = first
        columns.headers[ColumnField.VALUE] = columns.values[first]


def _is_whole(region: str, plan: Plan | None) -> bool:
    return plan.is_whole(region) if plan else key(region) in WHOLE_WORDS


def score(cells: Sequence[str], plan: Plan | None = None) -> int:
    """How well a row would do as the header: the number of fields understood, usable rows far ahead of others."""
    columns = read_columns(cells, plan)
    return len(columns.at) + len(columns.claims) + (100 if columns.usable else 0)
