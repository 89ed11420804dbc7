"""What is aimed at with large tables, and whether a comparison kept it."""

from collections.abc import Sequence

import shapes
from contenders import ALL, DUCKDB, Kind
from figures import Limit
from results import Results

CSV = "10M-csv"


def goals(found: Results | None, peers: Results) -> Sequence[Limit]:
    """Every aim with what was measured of it, by `make bench` and by `make bench-peers`."""
    quickest = Limit("10 M rows of CSV, times the quickest tool for checking data", _ahead(peers), 1, "×")
    return (*(shapes.goals(found) if found else ()), quickest)


def _ahead(results: Results) -> float | None:
    """How many times the quickest tool's seconds ours are; a tool that was stopped is not the quickest."""
    tools = [one.key for one in ALL if one.kind is Kind.VALIDATION]
    ratios = [ratio for key in tools if (ratio := results.ratio((CSV, DUCKDB.key), (CSV, key))) is not None]
    return max(ratios, default=None)
