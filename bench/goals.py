"""What is aimed at with large tables, and whether a comparison kept it."""

from collections.abc import Sequence

from contenders import ALL, DUCKDB, SCAN, Kind
from figures import Limit
from results import Results

CSV, DIRTY, DECIMAL = "10M-csv", "10M-csv-dirty", "10M-parquet-decimal"
MORE, MOST = "50M-csv", "100M-csv"
OWN = DUCKDB.key


def goals(results: Results) -> Sequence[Limit]:
    """Every aim with what was measured of it."""
    ratio, peak = results.ratio, results.peak_of
    return (
        Limit("10 M rows of CSV, times the bare scan", ratio((CSV, OWN), (CSV, SCAN.key)), 2.2, "×"),
        Limit("10 M rows of CSV, memory", peak(CSV, OWN), 300, "MiB"),
        Limit("10 M rows of CSV, times the quickest tool for checking data", _ahead(results), 1, "×"),
        Limit(
            "5 % of the cells as people write them, times the clean table", ratio((DIRTY, OWN), (CSV, OWN)), 1.5, "×"
        ),
        Limit("10 M rows of Parquet with decimals, times its bare scan", _decimals(results), 3, "×"),
        Limit("50 M rows, times 10 M rows", ratio((MORE, OWN), (CSV, OWN)), 5.5, "×"),
        Limit("50 M rows, memory", peak(MORE, OWN), 400, "MiB"),
        Limit("100 M rows, memory", peak(MOST, OWN), 1024, "MiB"),
    )


def _decimals(results: Results) -> float | None:
    return results.ratio((DECIMAL, OWN), (DECIMAL, SCAN.key))


def _ahead(results: Results) -> float | None:
    """How many times the quickest tool's seconds ours are; a tool that was stopped is not the quickest."""
    tools = [one.key for one in ALL if one.kind is Kind.VALIDATION]
    ratios = [ratio for key in tools if (ratio := results.ratio((CSV, OWN), (CSV, key))) is not None]
    return max(ratios, default=None)
