"""Check figures from Python, as a notebook would: which targets are missed, by how much, and a page for one department.

The figures of 2019 in examples/actuals-2019.csv are made up.
"""

import sys
from pathlib import Path

import czurban


def main(folder: Path) -> None:
    """Check the example's figures, print what is missed, and write a department's page into a folder."""
    plan = czurban.read_plan("data")
    result = czurban.check(plan, ["examples/actuals-2019.csv"], period="2019")

    print({str(verdict): count for verdict, count in sorted(result.tally.items())})
    for one in result:
        if one.verdict == czurban.Verdict.MISSED:
            print(one.indicator.name, one.actual, one.indicator.target.interval)
    for finding in result.findings:
        print(finding.code, finding.place, finding.message)

    rows = result.to_rows(lang="en")
    print(len(rows), "rows:", ", ".join(list(rows[0])[:4]))
    print(czurban.report(result, dept="市公安局", lang="en").save(folder / "page.md"))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
