"""The rows that fail and the JSON are the same whoever judges: one spelling, one rule, one order."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from czurban.cli.app import run

HEAD = "指标,地区,时期,数值,单位\n"
RATE, HUKOU, PARK, PEOPLE = "常住人口城镇化率", "户籍人口城镇化率", "人均公园绿地面积", "城镇常住人口"
MIXED = (
    f"{RATE}, 灵山县 ,2019年,30,%\n"
    f"{RATE},110101,2019年,30 ,%\n"
    f"{HUKOU},110101,2019年末,abc,%\n"
    f"{RATE},\t东城区　,2019,３０,％\n"
    f"{PEOPLE},东城区,2019,1万人,\n"
    f"{PARK},东城区,2019年,8.50,㎡\n"
    f'{PARK},全市,２０１９年,"1,0",㎡\n'
    f"{HUKOU},浦北县,2019,19,\n"
    f"{HUKOU},浦北县,2019,18,\n"
)
MANY = "".join(
    f"{RATE},{110000 + n},2019,{'abc' if n % 7 == 0 else 30},%\n胡乱,{110000 + n},2019,3,%\n" for n in range(150)
)
IN_NAMES = (
    f"{RATE}（灵山县）,,2019,30,\n{HUKOU}（%）,浦北县,2019,10,\n"
    f"{HUKOU}（千分比）,全市,2019,10,\n{PEOPLE}（人）,东城,2019,10,\n"
)
Check = Callable[..., tuple[str, dict[str, Any]]]


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], repo: Path, tmp_path: Path) -> Check:
    """Check every region of a table; return the file of failing rows and the JSON."""
    monkeypatch.setenv("CZURBAN_PLAN", str(repo / "data"))
    monkeypatch.chdir(tmp_path)

    def checked(rows: str, engine: str, *words: str, head: str = HEAD) -> tuple[str, dict[str, Any]]:
        Path("t.csv").write_text(head + rows, encoding="utf-8")
        run(["check", "t.csv", "--each-region", "--engine", engine, "--failures", "f.csv", "-f", "json", *words])
        record: dict[str, Any] = json.loads(capfd.readouterr().out)
        del record["unchecked"]
        return Path("f.csv").read_text(encoding="utf-8"), record

    return checked


@pytest.mark.parametrize("words", [(), ("--max-findings", "3"), ("--max-findings", "0")])
@pytest.mark.parametrize("rows", [MIXED, MANY, IN_NAMES], ids=["mixed", "many", "in names"])
def test_both_engines_write_the_same(check: Check, rows: str, words: tuple[str, ...]) -> None:
    assert check(rows, "duckdb", *words) == check(rows, "python", *words)


@pytest.mark.parametrize("engine", ["python", "duckdb"])
def test_a_row_is_spelled_as_it_is_sent_with_its_unit_by_the_plans_name(check: Check, engine: str) -> None:
    assert check(MIXED, engine)[0].splitlines() == [
        "region,indicator,period,value,unit,verdict,bound,line",
        "灵山县,resident_urbanization_rate,2019,30,%,missed,≥41,2",
        "110101,resident_urbanization_rate,2019,30,%,missed,≥41,3",
        "110101,registered_urbanization_rate,2019,abc,,unreadable,≥20,4",
        "东城区,resident_urbanization_rate,2019,３０,%,missed,≥41,5",
        "东城区,urban_resident_population,2019,1万人,,missed,≥138.19,6",
        "东城区,park_green_space_per_capita,2019,8.50,㎡,missed,≥12,7",
        '全市,park_green_space_per_capita,2019,"1,0",,unreadable,≥12,8',
        "浦北县,registered_urbanization_rate,2019,19,,unreadable,≥20,9",
    ]


@pytest.mark.parametrize("engine", ["python", "duckdb"])
def test_a_region_in_a_name_is_not_lost(check: Check, engine: str) -> None:
    """The row of 全市 beside it stays one of the plan's region."""
    failing, record = check(IN_NAMES, engine)
    assert [line.split(",")[0] for line in failing.splitlines()[1:]] == ["灵山县", "浦北县", "全市", "东城"]
    assert "S217" not in record["finding_counts"]


@pytest.mark.parametrize("engine", ["python", "duckdb"])
@pytest.mark.parametrize(("words", "most"), [((), 50), (("--max-findings", "3"), 3), (("--max-findings", "0"), 150)])
def test_json_lists_as_many_findings_as_asked_for_and_counts_all(
    check: Check, engine: str, words: tuple[str, ...], most: int
) -> None:
    _, record = check(MANY, engine, *words)
    assert record["finding_counts"] == {"S201": 150, "S203": 22}
    listed = Counter(each["code"] for each in record["findings"])
    assert listed == {"S201": min(most, 150), "S203": min(most, 22)}
    assert record["findings"][0]["place"]["line"] == 2


def test_by_region_the_rows_of_the_regions_are_written_too(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, repo: Path, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    counties = repo / "examples" / "counties"
    run(
        [
            "check",
            str(counties / "figures.csv"),
            "--plan",
            str(counties / "plan"),
            "--by",
            "region",
            "--failures",
            "f.csv",
        ]
    )
    capfd.readouterr()
    rows = [line.split(",") for line in Path("f.csv").read_text(encoding="utf-8").splitlines()[1:]]
    assert ["北县", "residents", "missed"] in [[row[0], row[1], row[5]] for row in rows]
    assert [int(row[7]) for row in rows] == sorted(int(row[7]) for row in rows)
