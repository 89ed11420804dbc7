"""`check --region` and `--by region` on the made-up counties, and on the shipped plan, in every format."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from czurban.cli.app import run
from czurban.cli.options import complete_regions

Call = Callable[..., tuple[int, str, str]]
FIGURES = "figures.csv"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], repo: Path, tmp_path: Path) -> Call:
    """Call the program in a copy of the example."""
    shutil.copytree(repo / "examples" / "counties", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CZURBAN_LANG", "en")
    monkeypatch.setenv("CZURBAN_PLAN", "plan")

    def called(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        return (code, *capfd.readouterr())

    return called


def record(call: Call, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(call("check", FIGURES, "-f", "json", *arguments)[1])
    return found


@pytest.mark.parametrize(
    ("name", "verdicts"),
    [
        ("北县", ["missed", "met", "met", "met", "met"]),
        ("990122", ["met", "met", "met", "unreported", "missed"]),
        ("示例市西区", ["met", "met", "missed", "met", "met"]),
        ("示例市", ["met", "met", "met", "met", "met"]),
    ],
)
def test_one_region_is_judged_by_its_own_targets(call: Call, name: str, verdicts: list[str]) -> None:
    found = record(call, "--region", name)
    assert [one["verdict"] for one in found["results"]] == verdicts
    assert {one["code"] for one in found["findings"]} == {"S118", "S219", "S259"}


def test_the_report_says_whose_targets_are_used(call: Call) -> None:
    code, out, err = call("check", FIGURES, "--region", "北县")
    assert code == 1
    assert "The judged region is 北县: of 5 targets 4 are its own, 1 are those of 示例市." in out
    assert "The files also have values for 示例市、东区、西区、南县, which are not judged; 北县 was requested." in err
    assert "is its own" not in call("check", FIGURES, "--region", "示例市")[1]


def test_by_region_ranks_with_ties_and_totals(call: Call) -> None:
    found = record(call, "--by", "region")
    lines = {one["id"]: one for one in found["indicators"]}
    places = {name: {row["region"]: row["rank"] for row in line["regions"]} for name, line in lines.items()}
    assert places["urbanization"] == {"东区": 1, "西区": 2, "北县": 3, "南县": 4}
    assert places["unemployment"] == {"东区": 1, "西区": 2, "北县": 2, "南县": 4}
    assert [row["tied"] for row in lines["unemployment"]["regions"]] == [False, True, True, False]
    assert places["jobs_added"] == {"东区": 1, "北县": 2, "西区": 3, "南县": None}
    assert lines["residents"]["total"] == {"value": "330.2", "working": "60.1 + 50.2 + 119.8 + 100.1", "notes": []}
    assert lines["urbanization"]["total"]["value"] == "69345/1651"  # 1 386 900 ÷ 3 302 000, and no mean of four rates
    assert lines["jobs_added"]["total"]["notes"] == ["partial: 南县 is missing"]
    assert lines["unemployment"]["total"]["value"] is None
    assert found["tally"]["南县"] == {
        "total": 5, "met": 3, "missed": 1, "unreported": 1, "unreadable": 0, "not-due": 0,
    }  # fmt: skip


def test_the_exit_code_is_that_of_the_worst_region(call: Call) -> None:
    assert call("check", FIGURES)[0] == 0
    assert call("check", FIGURES, "--by", "region")[0] == 1
    assert call("check", FIGURES, "--by", "region", "--fail-on", "error")[0] == 0


@pytest.mark.parametrize("form", ["text", "markdown", "csv", "json", "sarif", "junit", "github"])
@pytest.mark.parametrize("options", [("--by", "region"), ("--region", "北县")])
def test_every_format_tells_it(call: Call, form: str, options: tuple[str, ...]) -> None:
    code, out, _ = call("check", FIGURES, *options, "-f", form)
    assert code == 1
    assert "常住人口" in out
    if form == "csv" and options[0] == "--by":
        rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
        assert len(rows) == 5 * (4 + 1)
        assert [(one["region"], one["rank"], one["verdict"]) for one in rows[:2]] == [
            ("北县", "1", "missed"),
            ("南县", "2", "met"),
        ]
    if form in ("sarif", "junit", "github"):
        assert "北县" in out


def test_scope_and_verdicts_narrow_the_table(call: Call) -> None:
    found = record(call, "--by", "region", "--category", "就业", "--only", "missed")
    assert [(one["id"], [row["region"] for row in one["regions"]]) for one in found["indicators"]] == [
        ("unemployment", ["南县"])
    ]
    assert found["tally"]["东区"]["total"] == 2
    assert "Nothing to list." in call("check", FIGURES, "--by", "region", "--only", "unreadable")[1]


def sent(*rows: str) -> None:
    """The figures, with these rows in place of those of their indicators; none where a row has no figure."""
    path = Path(FIGURES)
    given = {row.partition(",")[0]: row for row in rows}
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(given.get(one.partition(",")[0], one) for one in lines) + "\n", encoding="utf-8")


def test_a_rate_that_no_region_sent_has_its_total(call: Call) -> None:
    sent("常住人口城镇化率,%,,,,,")
    line = record(call, "--by", "region")["indicators"][2]
    assert (line["id"], line["total"]["value"]) == ("urbanization", "69345/1651")
    assert {row["verdict"] for row in line["regions"]} == {"unreported"}
    _, out, _ = call("check", FIGURES, "--by", "region")
    assert "1386900 ÷ 3302000" in out
    assert "No region reports" not in out


def test_the_wholes_own_miss_is_always_listed(call: Call) -> None:
    sent("城镇登记失业率,%,4.6,3.9,4.2,4.2,4.4", "城镇新增就业人数,万人,2.9,—,—,—,—")
    code, out, _ = call("check", FIGURES, "--by", "region", "--only", "missed")
    assert code == 1
    assert "≤4.5      4.6" in out
    found = record(call, "--by", "region", "--only", "missed")["indicators"]
    listed = {one["id"]: (one["whole"]["verdict"], [row["region"] for row in one["regions"]]) for one in found}
    assert listed["unemployment"] == ("missed", [])
    assert listed["jobs_added"] == ("missed", [])
    assert listed["urbanization"] == ("met", ["西区"])
    everything = record(call, "--by", "region")["indicators"]
    assert [(one["id"], len(one["regions"])) for one in everything][3:] == [("jobs_added", 0), ("unemployment", 4)]
    _, out, _ = call("check", FIGURES, "--by", "region")
    assert "No region reports a figure of: 城镇新增就业人数." in out
    assert out.count("Regions together") == 4


def test_a_declared_total_that_differs_is_told(call: Call) -> None:
    path = Path(FIGURES)
    path.write_text(path.read_text(encoding="utf-8").replace("330.2", "331.2"), encoding="utf-8")
    code, out, err = call("check", FIGURES, "--by", "region")
    assert "S258" in err
    assert "60.1 + 50.2 + 119.8 + 100.1" in err
    assert "-1 against the figure reported for the whole" in out
    assert code == 1


def test_regions_in_a_column_do_as_well_as_columns_of_regions(call: Call) -> None:
    rows = list(csv.reader(Path(FIGURES).read_text(encoding="utf-8").splitlines()))[1:]
    head, *body = rows
    long = ["指标,地区,单位,数值"] + [
        f"{row[0]},{name},{row[1]},{row[n]}" for row in body for n, name in enumerate(head) if n > 1
    ]
    wide = record(call, "--by", "region")["indicators"]
    Path(FIGURES).write_text("\n".join(long) + "\n", encoding="utf-8")
    assert [(one["id"], one["total"]) for one in record(call, "--by", "region")["indicators"]] == [
        (one["id"], one["total"]) for one in wide
    ]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--region", "比县"), "The plan has no region “比县”."),
        (("--by", "month"), "--by has no “month”."),
        (("--region", "北县", "--by", "region"), "北县 has no regions below it."),
    ],
)
def test_what_cannot_be_done_is_said(call: Call, options: tuple[str, ...], told: str) -> None:
    code, out, err = call("check", FIGURES, *options)
    assert (code, out) == (2, "")
    assert told in err


def test_a_plan_without_regions_says_how_to_get_them(call: Call) -> None:
    Path("plan/regions.yaml").unlink()
    Path("plan/breakdown.csv").unlink()
    code, _, err = call("check", FIGURES, "--by", "region")
    assert code == 2
    assert "regions.yaml" in err
    assert "The plan lists no regions." in call("list", "regions")[1]


def test_a_name_of_two_regions_is_refused(call: Call) -> None:
    regions = Path("plan/regions.yaml")
    towns = "".join(f'  - {{code: "{code}1", name: 城关镇, parent: "{code}"}}\n' for code in (990121, 990122))
    regions.write_text(regions.read_text(encoding="utf-8") + towns, encoding="utf-8")
    code, _, err = call("check", FIGURES, "--region", "城关镇")
    assert code == 2
    assert "北县城关镇 9901211 / 南县城关镇 9901221" in err
    town = record(call, "--region", "北县城关镇")
    assert {one["verdict"] for one in town["results"]} == {"unreported"}
    assert "of 2 other" not in call("check", FIGURES, "--region", "北县", "--by", "region")[1]


def test_without_a_region_rows_are_the_plans_own(call: Call) -> None:
    Path("plain.csv").write_text("指标,数值,单位\n常住人口,331,万人\n", encoding="utf-8")
    _, out, err = call("check", "plain.csv", "--region", "北县")
    assert "S256" in err
    assert "0 of 5 met, 5 not reported." in out
    assert "S256" not in call("check", "plain.csv", "--region", "示例市")[2]


def test_the_shipped_plan_has_its_regions_and_no_targets_of_their_own(call: Call, repo: Path) -> None:
    code, out, _ = call("list", "regions", "--plan", str(repo / "data"), "-f", "json")
    assert code == 0
    assert [(one["name"], one["own_targets"]) for one in json.loads(out)["regions"]] == [
        (name, 0) for name in ("钦州市", "钦南区", "钦北区", "灵山县", "浦北县")
    ]
    Path("q.csv").write_text("指标,灵山县,浦北县\n常住人口城镇化率,41.5%,40%\n城镇常住人口,30,—\n", encoding="utf-8")
    code, out, err = call("check", "q.csv", "--plan", str(repo / "data"), "--by", "region", "-f", "json")
    rate, people = json.loads(out)["indicators"]
    assert [(row["region"], row["verdict"]) for row in rate["regions"]][:2] == [("灵山县", "met"), ("浦北县", "missed")]
    assert {row["verdict"] for row in people["regions"]} == {"unreadable", "unreported"}
    assert "S255" in err
    assert code == 1


@pytest.mark.parametrize(
    ("typed", "names"), [("北", ["北县"]), ("9901", ["示例市", "东区", "西区", "北县", "南县"]), ("x", [])]
)
def test_names_of_regions_are_completed(call: Call, typed: str, names: list[str]) -> None:
    assert [name for name, _ in complete_regions(typed)] == names


def test_a_plan_that_cannot_be_read_completes_nothing(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CZURBAN_PLAN", "nowhere")
    assert complete_regions("北") == []


@pytest.mark.parametrize("file", ["plan/breakdown.csv", "plan/regions.yaml", "plan"])
def test_a_plans_own_table_stands_for_the_plan(call: Call, file: str) -> None:
    code, out, _ = call("validate", file)
    assert code == 0
    assert "plan/targets.yaml" in out
    assert "plan/breakdown.csv" in out


def test_regions_further_below_stand_in_for_theirs(call: Call) -> None:
    regions = Path("plan/regions.yaml")
    towns = "".join(f'  - {{code: "99012{n}", name: 镇{n}, parent: "990122"}}\n' for n in (3, 4))
    regions.write_text(regions.read_text(encoding="utf-8") + towns, encoding="utf-8")
    head = "指标,地区,单位,数值\n"
    rows = [("北县", 0.8), ("东区", 0.9), ("西区", 0.6), ("镇3", 0.3), ("镇4", 0.2)]
    text = head + "".join(f"城镇新增就业人数,{name},万人,{value}\n" for name, value in rows)
    Path(FIGURES).write_text(text, encoding="utf-8")
    found = record(call, "--by", "region")
    assert found["indicators"][0]["total"] == {"value": "2.8", "working": "0.9 + 0.6 + 0.8 + 0.3 + 0.2", "notes": []}
    Path(FIGURES).write_text(text + "城镇新增就业人数,镇4,万人,0.25\n", encoding="utf-8")
    again = record(call, "--by", "region")
    assert again["indicators"][0]["total"]["notes"] == ["partial: 镇4 is missing"]
    Path(FIGURES).write_text(head + "城镇新增就业人数,北县,万人,0.8\n", encoding="utf-8")
    alone = record(call, "--by", "region")["indicators"][0]["total"]["notes"]
    assert alone == ["partial: 东区、西区、南县 are missing"]  # 南县 and not its towns
    Path(FIGURES).write_text(text + "城镇新增就业人数,镇4,万人,0.25\n", encoding="utf-8")
    assert "S210" in {one["code"] for one in again["findings"]}  # why it is missing
    below = record(call, "--region", "南县", "--by", "region")
    assert [row["rank"] for row in below["indicators"][0]["regions"]] == [1, None]
    assert "S259" in {one["code"] for one in below["findings"]}


def test_the_plans_target_says_which_way_is_better_below_a_region_without_one(call: Call) -> None:
    regions = Path("plan/regions.yaml")
    towns = "".join(f'  - {{code: "99012{n}", name: 镇{n}, parent: "990122"}}\n' for n in (3, 4))
    regions.write_text(regions.read_text(encoding="utf-8") + towns, encoding="utf-8")
    targets = Path("plan/targets.yaml")
    land = """  - id: land
    name: 建设用地面积
    category: 人口
    unit: 平方千米
    kind: stock
    lead: [市统计局]
    target: ≤300
    deadline: 2019年底
"""
    targets.write_text(targets.read_text(encoding="utf-8") + land, encoding="utf-8")
    Path(FIGURES).write_text("指标,地区,数值\n建设用地面积,镇3,20\n建设用地面积,镇4,约10\n", encoding="utf-8")
    line = record(call, "--region", "南县", "--by", "region")["indicators"][0]
    assert [(row["region"], row["rank"]) for row in line["regions"]] == [("镇4", 1), ("镇3", 2)]
    assert line["total"] == {"value": "30", "working": "20 + 10", "notes": ["a part is approximate"]}


def test_an_indicator_is_shown_with_its_parts(call: Call) -> None:
    assert "北县 ≥42 万人" in call("show", "urban_residents")[1]


def with_counties(many: int) -> None:
    """Make each district have so many counties, which alone report jobs and rates."""
    regions = Path("plan/regions.yaml")
    head, rows = "指标,地区,单位,数值\n", []
    counties = ""
    for district in ("990102", "990103", "990121", "990122"):
        for n in range(many):
            code = f"{district}{n:04}"
            counties += f'  - {{code: "{code}", name: 县{code}, parent: "{district}"}}\n'
            rows += [f"城镇新增就业人数,{code},万人,0.1", f"常住人口,{code},万人,1", f"城镇登记失业率,{code},%,4"]
    regions.write_text(regions.read_text(encoding="utf-8") + counties, encoding="utf-8")
    Path(FIGURES).write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


def test_districts_show_what_their_counties_come_to(call: Call) -> None:
    with_counties(3)
    found = {line["id"]: line for line in record(call, "--by", "region")["indicators"]}
    jobs = found["jobs_added"]["regions"]
    assert {(row["verdict"], row["total_of_regions"], row["rank"]) for row in jobs} == {("unreported", "0.3", None)}
    assert "unemployment" in found  # counties report it, and nothing says how it is added up
    _, out, err = call("check", FIGURES, "--by", "region")
    assert "Σ 0.3" in out
    assert "Σ: total of its regions; 0.1 + 0.1 + 0.1" in out
    assert "城镇登记失业率" not in out.partition("No region reports a figure of")[2]
    assert "S255" not in err  # of counties, which the report does not list


def test_thousands_of_regions_make_no_endless_report(call: Call) -> None:
    with_counties(100)
    regions = Path("plan/regions.yaml")
    text = regions.read_text(encoding="utf-8")
    for district in ("990102", "990103", "990121"):
        text = text.replace(f'parent: "{district}"', 'parent: "990122"')
    regions.write_text(text, encoding="utf-8")
    _, out, err = call("check", FIGURES, "--region", "南县", "--by", "region")
    assert len(out.splitlines()) < 250
    assert "… 380 more regions; --format json or csv lists all" in out
    assert "… 360 more regions" in out  # of the tally
    assert max(map(len, err.splitlines())) < 1000
    assert len(record(call, "--region", "南县", "--by", "region")["indicators"][0]["regions"]) == 400


def test_a_long_list_of_missing_regions_is_cut(call: Call) -> None:
    with_counties(30)
    path = Path(FIGURES)
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if ",990102" not in line or "0000," in line]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert "and 17 more are missing" in call("check", FIGURES, "--by", "region")[2]
