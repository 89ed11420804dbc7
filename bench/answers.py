"""What a contender counted, out of what it printed, so that speed is never compared with less work."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

import large_sql
from large_data import PLAN


class Answer(NamedTuple):
    """By indicator the values that keep their bound and those that do not; and how many were not read."""

    counts: Mapping[str, tuple[int, int]]
    unread: int

    @property
    def counted(self) -> Mapping[str, tuple[int, int]]:
        """The counts of the indicators that the table has; some tools tell of the others too."""
        return {name: pair for name, pair in self.counts.items() if any(pair)}

    @property
    def sums(self) -> list[int]:
        """Values that keep their bound, values that do not, values that were not read."""
        kept, broken = (sum(pair[side] for pair in self.counts.values()) for side in (0, 1))
        return [kept, broken, self.unread]


def of_peer(printed: str) -> Answer:
    """The answer of a peer's script.

    Raises:
        ValueError: it printed something else.
    """
    read = json.loads(printed.strip().splitlines()[-1] if printed.strip() else "")
    return Answer({name: (kept, broken) for name, (kept, broken) in read["counts"].items()}, read["unread"])


def of_czurban(printed: str) -> Answer:
    """How many regions meet each indicator's target and miss it, as `check --each-region --format json` tells.

    `unread` are those that reported nothing or nothing that can be read, and targets whose row is not in the table.
    """
    names = large_sql.names(PLAN)  # a made-up plan has others, and is compared with nothing by name
    found = json.loads(printed)["indicators"]
    counts = {names.get(one["id"], one["id"]): (one["met"], one["missed"]) for one in found}
    return Answer(counts, sum(one["unreadable"] + one["unreported"] for one in found))


def of_records(printed: str) -> Answer:
    """What czurban computed from records: by indicator, region and year what stands above the line and below it.

    Both are at eight decimal places, as whole numbers. `unread` are records that were left out of an indicator.
    """
    figures = json.loads(printed)["figures"]
    counts = {
        f"{one['indicator']} {one['region']} {one['period']}": (_whole(one["numerator"]), _whole(one["denominator"]))
        for one in figures
    }
    return Answer(counts, sum(one["left_out"] for one in figures))


def _whole(value: str | None) -> int:
    return int(Decimal(value or 1).scaleb(8))
