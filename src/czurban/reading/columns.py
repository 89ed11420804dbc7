"""A header row to columns: which holds which field, which are values, which repeat the plan, which are unknown."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from czurban.model.plan import Plan
from czurban.reading.header_cell import Header, HeaderText, understand
from czurban.reading.header_words import LABELS, WHOLE, Field

__all__ = ["LABELS", "Columns", "Field", "Header", "read_columns", "score", "understand"]
_NAMING = frozenset({Field.NUMBER, Field.INDICATOR})
_CLAIMS = frozenset({Field.TARGET, Field.BASELINE})


@dataclass(slots=True)
class Columns:
    """The header row understood: which column holds which field, which stand twice, which are unknown.

    `values` are all columns of values, of which `at` has the first; `claims` are those that repeat the plan's targets
    and baselines. Both go by their index.
    """

    at: dict[Field, int] = field(default_factory=dict)
    headers: dict[Field, Header] = field(default_factory=dict)
    twice: dict[Field, list[int]] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    values: dict[int, Header] = field(default_factory=dict)
    claims: dict[int, Header] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether rows can be told apart and have a value."""
        return Field.VALUE in self.at and not _NAMING.isdisjoint(self.at)

    @property
    def naming(self) -> list[int]:
        """The columns that name the indicator."""
        return [self.at[one] for one in _NAMING if one in self.at]


def read_columns(cells: Sequence[HeaderText], plan: Plan | None = None) -> Columns:
    """Understand a header row. Its cells are texts, or pairs of texts where the header has two rows.

    With a plan, columns may be headed by any name or code of its own regions.
    """
    columns = Columns()
    for index, cell in enumerate(cells):
        header = understand(cell, plan)
        if header is None or header.says_nothing:
            if "".join(cell).strip():
                columns.unknown.append(index)
        elif header.field is Field.VALUE:
            columns.values[index] = header
        elif header.field in _CLAIMS:
            columns.claims[index] = header
        elif header.field in columns.at:
            columns.twice.setdefault(header.field, [columns.at[header.field]]).append(index)
        else:
            columns.at[header.field] = index
            columns.headers[header.field] = header
    _choose_values(columns)
    return columns


def _choose_values(columns: Columns) -> None:
    """Keep the columns that can be values: one headed by a region alone is, where no header says 完成值 or so.

    It takes two of them, or one for the whole region: a single 示范区 may be anything.
    """
    regions = [index for index, header in columns.values.items() if header.bare and header.region]
    worded = len(regions) < len(columns.values)
    whole = any(columns.values[index].region in WHOLE for index in regions)
    if worded or Field.REGION in columns.at or (len(regions) == 1 and not whole):
        for index in regions:
            del columns.values[index]
        columns.unknown = sorted([*columns.unknown, *regions])
    if columns.values:
        first = next(iter(columns.values))
        columns.at[Field.VALUE] = first
        columns.headers[Field.VALUE] = columns.values[first]


def score(cells: Sequence[str], plan: Plan | None = None) -> int:
    """How well a row would do as the header: the number of fields understood, usable rows far ahead of others."""
    columns = read_columns(cells, plan)
    return len(columns.at) + len(columns.claims) + (100 if columns.usable else 0)
