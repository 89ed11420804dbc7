"""Describe the layout of a table: where it begins, which texts head its rows, and why it is not read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from czurban.reading.submission.arranging.derived import TextPart
from czurban.reading.submission.header import Head


class LayoutKind(StrEnum):
    """Represents the layout of a table."""

    TURNED = "turned"
    """Indicators across, and down the texts that usually head columns: 单位, 2018年, 目标, 完成值."""
    SPREAD = "spread"
    """Indicators across, regions or periods down."""
    SINGLE = "single"
    """All figures of one indicator, which is named above the table."""


class LayoutTrouble(StrEnum):
    """Represents the reason why a recognised table is not read."""

    BOTH = "both"
    STUB = "stub"


@dataclass(slots=True)
class TableLayout:
    """A recognised table: the rows of its header, the row of indicators (`anchor`), and the columns that head its rows.

    `stubs` has the header word of each column that heads rows; `name` is the indicator above the table.
    """

    kind: LayoutKind
    first: int
    anchor: int
    data: int
    width: int
    stubs: dict[int, str] = field(default_factory=dict)
    values: Sequence[int] = ()
    name: TextPart | None = None
    trouble: LayoutTrouble | None = None
    at: TextPart | None = None


class TableStart(NamedTuple):
    """The first row of a table's header and the first behind it; no shape where each indicator has one row."""

    first: int
    data: int
    shape: TableLayout | None = None
    head: Head | None = None
