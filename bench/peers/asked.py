"""What every peer is asked and how it answers; the standard library alone, since each has a Python of its own."""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

COLUMNS = ("地区", "指标", "年份", "数值", "单位")


class Bound(NamedTuple):
    """The least or the most that the values of one indicator may be, as text; None where there is no such end."""

    indicator: str
    low: str | None
    high: str | None


class Asked(NamedTuple):
    """The table, CSV or Parquet by its ending, and the bounds to compare its values with."""

    table: Path
    bounds: Sequence[Bound]

    @property
    def is_csv(self) -> bool:
        """Whether the table is a CSV file."""
        return self.table.suffix == ".csv"


def asked() -> Asked:
    """Read what is asked from the command line: the table's path and that of a JSON file of bounds."""
    parser = argparse.ArgumentParser(description="Count, by indicator, the values that keep their bound and the rest.")
    parser.add_argument("table", type=Path)
    parser.add_argument("bounds", type=Path)
    options = parser.parse_args()
    bounds = json.loads(options.bounds.read_text(encoding="utf-8"))
    return Asked(options.table, [Bound(*bound) for bound in bounds])


def answer(counts: Mapping[str, tuple[int, int]], unread: int = 0) -> None:
    """Print the number of values that keep their bound and of those that do not, by indicator.

    `unread` are values that were no number to the tool.
    """
    print(json.dumps({"counts": counts, "unread": unread}, ensure_ascii=False))
