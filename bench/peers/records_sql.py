"""DuckDB, by hand: the sums that examples/records/metrics.yaml asks for as one statement of SQL, by region and year.

Not done: dividing exactly, reporting how many records were left out and why, columns of another type than expected.
"""

import duckdb
from asked import answer, asked

PLACES = 10**8
# By indicator: what stands above the line, and below it.
SUMS = {
    "resident_urbanization_rate": ("sum(权数) FILTER (常住城镇)", "sum(权数)"),
    "registered_urbanization_rate": ("sum(权数) FILTER (户籍城镇)", "sum(权数)"),
    "urban_resident_population": ("sum(权数) FILTER (常住城镇)", "1"),
    "surveyed_unemployment_rate": (
        "sum(权数) FILTER (常住城镇 AND 就业状态 = '失业')",
        "sum(权数) FILTER (常住城镇 AND 就业状态 IN ('在业', '失业'))",
    ),
    "mean_income": ("sum(年收入 * 权数) FILTER (年龄 >= 16)", "sum(权数) FILTER (年龄 >= 16 AND 年收入 IS NOT NULL)"),
}
sums = ", ".join(part for parts in SUMS.values() for part in parts)
group = "地区, year(调查日期)"
duckdb.execute(f"SELECT {group}, {sums} FROM read_parquet(?) GROUP BY {group}", [str(asked().table)])
counts = {}
for region, year, *values in duckdb.fetchall():
    for number, indicator in enumerate(SUMS):
        above, below = (int((value or 0) * PLACES) for value in values[2 * number : 2 * number + 2])
        counts[f"{indicator} {region} {year}"] = (above, below)
answer(counts)
