"""Read a header row as columns: fields, values, stated targets and baselines, and unknown columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from czurban.model.plan import Plan
from czurban.model.region import WHOLE_WORDS
from czurban.model.text import key
from czurban.reading.submission.header_cell import Header, HeaderText, understand
from czurban.reading.submission.header_words import EXACT_NUMBERS, GENERAL_NAMES, ColumnField

_NAMING = frozenset({ColumnField.NUMBER, ColumnField.INDICATOR})
_STATED = frozenset({ColumnField.TARGET, ColumnField.BASELINE})
_TEXT_FIELDS = (ColumnField.INDICATOR, ColumnField.UNIT, ColumnField.SENDER, ColumnField.STATUS)
_LEVELS = "一二三四"
MAYBE_A_TARGET = "指标值"
"""A word for values that are results or targets; another word or a title must state which."""


@dataclass(slots=True)
class Columns:
    """The columns of a header by field, and those that occur twice or are unknown.

    `values` are all columns of values, of which `at` has the first; `stated` are those that state the plan's targets
    and baselines; `remarks` are notes and columns such as 数据类型, which qualify the figure of a row. The keys of all
    three are column indexes. `others` are known and hold no results.
    """

    at: dict[ColumnField, int] = field(default_factory=dict)
    headers: dict[ColumnField, Header] = field(default_factory=dict)
    twice: dict[ColumnField, list[int]] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    values: dict[int, Header] = field(default_factory=dict)
    stated: dict[int, Header] = field(default_factory=dict)
    remarks: dict[int, Header] = field(default_factory=dict)
    others: list[int] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        """Whether the header has a column of values and one of names.

        序号 may only count the rows: it names them where no other column may hold the names.
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
        return sorted({*(self.at[text_field] for text_field in _TEXT_FIELDS if text_field in self.at), *self.remarks})

    @property
    def naming(self) -> list[int]:
        """The columns that name the indicator."""
        return [self.at[name_field] for name_field in _NAMING if name_field in self.at]


def read_columns(cells: Sequence[HeaderText], plan: Plan | None = None) -> Columns:
    """Understand a header row. A cell is a text, or several texts where the header has several rows.

    With a plan, columns may be headed by any name or code of its regions.
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
            _add(columns, index, header)
    _choose_name(columns, levels)
    _choose_values(columns, plan)
    return columns


def _add(columns: Columns, index: int, header: Header) -> None:
    """Add a column under its field."""
    if header.field is ColumnField.OTHER:
        columns.others.append(index)
    elif header.field is ColumnField.VALUE:
        columns.values[index] = header
    elif header.field in _STATED:
        columns.stated[index] = header
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
    """Prefer 指标名称 to 项目, which may hold groups of indicators, as the column of names."""
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
    """Keep the columns that can be values.

    Columns headed by a region alone are values where no header has a word such as 完成值, and where there are two of
    them or one for the whole region: a single 示范区 may be anything.
    """
    worded = [index for index, header in columns.values.items() if header.text and header.text != MAYBE_A_TARGET]
    for index in [index for index, header in columns.values.items() if header.text == MAYBE_A_TARGET and worded]:
        del columns.values[index]
        columns.others.append(index)
    regions = [index for index, header in columns.values.items() if header.bare and header.region]
    others = len(regions) < len(columns.values)
    names = [columns.values[index].region for index in regions]
    whole = any(plan.is_whole(name) if plan else key(name) in WHOLE_WORDS for name in names)
    if others or ColumnField.REGION in columns.at or (len(regions) == 1 and not whole):
        for index in regions:
            del columns.values[index]
        columns.unknown = sorted([*columns.unknown, *regions])
    if columns.values:
        first = next(iter(columns.values))
        columns.at[ColumnField.VALUE] = first
        columns.headers[ColumnField.VALUE] = columns.values[first]


def score(cells: Sequence[str], plan: Plan | None = None) -> int:
    """Rate a row as a header: by the number of fields understood, and usable headers far above others."""
    columns = read_columns(cells, plan)
    return len(columns.at) + len(columns.stated) + (100 if columns.usable else 0)
