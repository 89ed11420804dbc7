"""`czurban compute` and `czurban why`: what is printed, what is written and read back, and what is refused."""

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from czurban.cli.app import run
from czurban.cli.options import complete_derived, complete_indicators
from czurban.reading.plan.cases import PLAN

FIGURES = """\
指标,数值,单位
城镇常住人口,1390200人,
城镇建设用地面积,19420公顷,
农业转移人口和其他常住人口落户城镇数量,约83.1466,万人
"""
DERIVED = {
    "urban_resident_population_added": "6.86",
    "settled_in_towns_added": "约8.4",
    "urban_construction_land_per_capita": "139.692130628687",
}


@pytest.fixture
def figures(tmp_path: Path) -> str:
    path = tmp_path / "figures.csv"
    path.write_text(FIGURES, encoding="utf-8")
    return str(path)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch, repo: Path) -> None:
    monkeypatch.setenv("CZURBAN_LANG", "en")
    monkeypatch.setenv("CZURBAN_PLAN", str(repo / "data"))


def test_the_plans_own_columns_with_their_contradiction(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compute", "--only", "20"]) == 0
    out = capsys.readouterr().out
    assert "约190平方千米 ÷ 132.16万人 ≈ 约143.77平方米" in out
    assert "195平方千米 ÷ 138.19万人 ≈ 141.11平方米" in out
    assert "contradicts 144平方米" in out
    assert (
        "The targets can all be met, because “人均城镇建设用地面积” is a ceiling; read the other way they could not."
        in out
    )
    assert "新增城镇常住人口" not in out


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["text", "markdown", "json", "csv", "html"])
@pytest.mark.parametrize("command", [("compute",), ("why", "20"), ("why", "1")])
def test_every_format_in_both_languages(
    capsys: pytest.CaptureFixture[str], figures: str, command: tuple[str, ...], form: str, lang: str
) -> None:
    assert run([*command, figures, "--format", form, "--lang", lang]) == 0
    found = capsys.readouterr()
    assert "城镇常住人口" in found.out or command[-1] == "1"
    assert "Traceback" not in found.err


@pytest.mark.parametrize("name", ["out.docx", "out.xlsx"])
@pytest.mark.parametrize("command", [("compute",), ("why", "20")])
def test_files_for_offices(tmp_path: Path, figures: str, command: tuple[str, ...], name: str) -> None:
    assert run([*command, figures, "--output", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes()[:2] == b"PK"


def test_the_working_and_every_place_are_in_the_record(capsys: pytest.CaptureFixture[str], figures: str) -> None:
    assert run(["compute", figures, "-f", "json", "--only", "人均城镇建设用地面积"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["derived"]
    assert one["value"] == "971000/6951"
    assert one["working"] == "19420公顷 ÷ 1390200人 ≈ 139.69平方米"
    assert [(each["id"], each["value"], each["place"]) for each in one["inputs"]] == [
        ("urban_construction_land", "194.2", f"{figures}:3:10"),
        ("urban_resident_population", "139.02", f"{figures}:2:8"),
    ]


def test_derived_figures_are_read_back_and_earn_the_same_verdicts(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, figures: str
) -> None:
    written = tmp_path / "derived.csv"
    assert run(["compute", figures, "-o", str(written)]) == 0
    rows = list(csv.DictReader(io.StringIO(written.read_text(encoding="utf-8-sig"))))
    assert {row["id"]: row["value"] for row in rows} == DERIVED
    assert "rounded to 12 decimals; exactly 971000/6951" in rows[-1]["note"]
    capsys.readouterr()

    def verdicts(*files: str) -> dict[str, tuple[str, bool]]:
        run(["check", *files, "-f", "json", "--fail-on", "never"])
        found = json.loads(capsys.readouterr().out)
        assert [one["code"] for one in found["findings"] if one["severity"] == "error"] == []
        return {one["id"]: (one["verdict"], one["approximate"]) for one in found["results"] if one["id"] in DERIVED}

    assert verdicts(figures) == verdicts(str(written)) == verdicts(figures, str(written))


def test_digits_are_as_declared_and_more_where_the_verdict_would_turn(tmp_path: Path, figures: str) -> None:
    written = tmp_path / "derived.csv"
    assert run(["compute", figures, "-o", str(written), "--digits", "3"]) == 0
    assert ",139.692,平方米," in written.read_text(encoding="utf-8-sig")
    close = tmp_path / "close.csv"
    close.write_text("指标,数值\n城镇常住人口,138.19\n城镇建设用地面积,198.9936001\n", encoding="utf-8")
    assert run(["compute", str(close), "-o", str(written), "--digits", "3"]) == 0
    row = next(
        one
        for one in csv.DictReader(io.StringIO(written.read_text(encoding="utf-8-sig")))
        if "人均" in one["indicator"]
    )
    assert row["value"].startswith("144.000000")
    assert float(row["value"]) > 144


def test_a_value_that_ends_far_away_is_cut_as_well(tmp_path: Path) -> None:
    figures, written = tmp_path / "figures.csv", tmp_path / "derived.csv"
    figures.write_text(f"指标,数值\n城镇常住人口,139.{'0' * 44}1\n", encoding="utf-8")
    assert run(["compute", str(figures), "-o", str(written), "--only", "4"]) == 0
    (row,) = csv.DictReader(io.StringIO(written.read_text(encoding="utf-8-sig")))
    assert row["value"] == "6.84"
    assert f"exactly 6.84{'0' * 42}1" in row["note"]


def test_what_was_sent_has_no_second_value_in_the_table(capsys: pytest.CaptureFixture[str], repo: Path) -> None:
    assert run(["compute", str(repo / "examples/actuals-2019.csv"), "-f", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff"))))
    assert [row["value"] for row in rows] == ["—"] * 3
    assert "sent as 139.7平方米" in rows[-1]["note"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("compute", "--only", "1"), "The plan has no formula for “常住人口城镇化率”."),
        (("compute", "--only", "城镇就业"), "The plan has no indicator “城镇就业”."),
        (("compute", "--period", "2018"), "--period chooses among reported figures"),
        (("compute", "nowhere.csv"), "There is no file nowhere.csv."),
        (("why", "城镇就业"), "The plan has no indicator “城镇就业”."),
    ],
)
def test_what_cannot_be_asked_is_answered_in_a_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    assert run(list(words)) == 2
    assert message in capsys.readouterr().err


def test_a_plan_without_formulas_has_nothing_to_list(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, repo: Path
) -> None:
    text = (repo / "data/targets.yaml").read_text(encoding="utf-8")
    plain = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("    formula:"))
    (tmp_path / "targets.yaml").write_text(plain, encoding="utf-8")
    for name in ("tasks.yaml", "departments.yaml"):
        (tmp_path / name).write_bytes((repo / "data" / name).read_bytes())
    assert run(["compute", "--plan", str(tmp_path)]) == 0
    assert "Nothing to list." in capsys.readouterr().out


def test_why_tells_the_whole_tree_down_to_the_cell(capsys: pytest.CaptureFixture[str], figures: str) -> None:
    assert run(["why", "20", figures]) == 0
    out = capsys.readouterr().out
    for text in (
        "* Verdict: ✓ met: 139.6921 against ≤144, gap +4.3079",
        "Reason for this reading: 任务28写明",
        "* Value: 139.6921… (exactly 971000/6951)平方米, by the formula; none was sent",
        "* Formula: 城镇建设用地面积 ÷ 城镇常住人口 (",
        "  - 19420公顷 ÷ 1390200人 ≈ 139.69平方米: derived",
        "    - 城镇建设用地面积: 19420公顷 = 194.2平方千米",
        f"      - used: “19420公顷” for 2019, sent by — ({figures}:3:10)",
        "        - 1 公顷 = 0.01 平方千米, exactly",
        "warning P214",
        "as the plan prints it, 2019: 195平方千米 ÷ 138.19万人 ≈ 141.11平方米: contradicts 144平方米",
    ):
        assert text in out


def test_a_derived_figure_that_was_shortened_is_about_what_it_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    plan = Path(shutil.copytree(PLAN, tmp_path / "plan"))
    text = (plan / "targets.yaml").read_text(encoding="utf-8")
    before, entry, behind = text.replace(", rounding: 1", "").partition("  - id: unemployment\n")
    behind = behind.replace("    lead:", "    formula: 1 − share_of_schools\n    lead:", 1)
    (plan / "targets.yaml").write_text(before + entry + behind, encoding="utf-8")
    path = tmp_path / "figures.csv"
    path.write_text("指标,数值\n新建学校,4\n新建幼儿园,8\n", encoding="utf-8")
    assert run(["why", "unemployment", str(path), "--plan", str(plan)]) == 0
    out = capsys.readouterr().out
    assert "1 − 33.333% ≈ 66.667%" in out
    assert "33.333% ≈ 100/3%" in out


@pytest.mark.parametrize(("option", "value"), [("--memory", "300"), ("--engine", "duckdb"), ("--memory", "200")])
@pytest.mark.parametrize("sent", [True, False])
def test_what_is_of_records_alone_is_not_passed_over(
    capsys: pytest.CaptureFixture[str], figures: str, option: str, value: str, *, sent: bool
) -> None:
    assert run(["compute", *([figures] if sent else []), option, value]) == 2
    assert f"{option} goes with --records, and none are given." in capsys.readouterr().err


def test_why_tells_what_was_refused_and_why(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "refused.csv"
    path.write_text("指标,数值,单位,填报单位\n城镇常住人口,139.02,万人,市教育局\n城镇常住人口,—,,\n", encoding="utf-8")
    assert run(["why", "urban_resident_population_added", str(path)]) == 1
    out = capsys.readouterr().out
    assert "not derived; cannot be used: 城镇常住人口" in out
    assert "not used: “139.02” for 2019, sent by 市教育局" in out
    assert "error S212: 市教育局 does not lead" in out
    assert "left empty: “—”" in out


def test_why_without_a_formula_and_without_figures(capsys: pytest.CaptureFixture[str], repo: Path) -> None:
    assert run(["why", "城镇化率"]) == 0
    out = capsys.readouterr().out
    assert "Verdict" not in out
    assert "* Target: ≥41% by the end of 2019 (printed)" in out
    assert run(["why", "19", str(repo / "examples/actuals-2019.xlsx")]) == 0
    assert "actuals-2019.xlsx:" in capsys.readouterr().out


def test_derived_values_stand_in_every_report(capsys: pytest.CaptureFixture[str], figures: str) -> None:
    for words in (
        ("check", figures, "--fail-on", "never"),
        ("report", "--dept", "市自然资源局", figures),
        ("report", figures),
        ("ledger", figures),
        ("escalate", figures),
    ):
        assert run(list(words)) in (0, 1)
        told = "19420公顷 ÷ 1390200人 ≈ 139.69" if words[0] == "ledger" else "formula"
        assert told in capsys.readouterr().out, words
    assert run(["check", figures, "-f", "github", "--fail-on", "never"]) == 0
    assert "新增农业转移人口和其他常住人口落户城镇数量: 约83.1466万人 − 74.7466万人 = 约8.4万人 by its formula" in (
        capsys.readouterr().out
    )


def test_nobody_owes_what_a_formula_gives(capsys: pytest.CaptureFixture[str], figures: str) -> None:
    assert run(["status", figures, "-f", "json"]) == 0
    police = next(one for one in json.loads(capsys.readouterr().out)["departments"] if one["department"] == "市公安局")
    assert (police["indicators"], police["reported"], police["missing"]) == (2, 1, 1)
    assert police["missing_indicators"] == ["registered_urbanization_rate"]


def test_no_formula_is_reckoned_where_everything_was_sent(repo: Path) -> None:
    program = (
        "import sys; from czurban.cli.app import run; run({words!r}); print(*sorted(sys.modules), file=sys.stderr)"
    )

    def loaded(*words: str) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", program.format(words=list(words))],
            cwd=repo / "examples",
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return {name for name in done.stderr.splitlines()[-1].split() if name.startswith("czurban.computing")}

    assert loaded("check", "actuals-2018.csv", "--period", "2018") == set()
    assert loaded("check", "actuals-2019.csv") == set()


def test_why_goes_through_formulas_within_formulas(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CZURBAN_PLAN", str(PLAN))
    path = tmp_path / "schools.csv"
    path.write_text("指标,数值\n新建学校,5\n新建幼儿园,7\n", encoding="utf-8")
    assert run(["why", "share_of_schools", str(path)]) == 0
    out = capsys.readouterr().out
    for text in (
        "* Formula: 新建学校 ÷ 新建学校和幼儿园 (rounded to 1 decimals)",
        "  - 5所 ÷ 12所 = 41.7%: derived",
        "    - 新建学校和幼儿园 (derived): 12所",
        "      - Formula: 新建学校 + 新建幼儿园",
        "        - 5所 + 7所 = 12所: derived",
        "          - 新建学校: 5所 (shown above)",
    ):
        assert text in out


def test_compute_tells_what_is_a_part_and_what_contradicts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CZURBAN_PLAN", str(PLAN))
    path = tmp_path / "schools.csv"
    path.write_text("指标,数值\n新建学校,5\n城镇人口,111\n新增城镇人口,13\n", encoding="utf-8")
    assert run(["compute", str(path)]) == 0
    out = capsys.readouterr().out
    assert "only a part; missing: 新建幼儿园" in out
    assert "contradicts 13万人" in out
    assert "warning   S220" in out
    assert run(["compute", str(path), "-f", "csv"]) == 0
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff")))}
    assert {row["value"] for row in rows.values()} == {"—"}
    assert "only a part" in rows["all_schools"]["note"]


def test_a_tab_completes_indicators(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMP_WORDS", "czurban why 人均")
    assert [name for name, _ in complete_indicators("人均")] == ["人均城镇建设用地面积", "人均公园绿地面积"]
    assert [name for name, _ in complete_derived("人均")] == ["人均城镇建设用地面积"]


@pytest.mark.parametrize(
    ("lang", "message"),
    [("en", "is 50; it must be from 1 to 40."), ("zh", "的值为 50，应为 1 至 40。")],
)
def test_decimals_outside_the_range_name_both_ends(lang: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compute", "--digits", "50", "--lang", lang]) == 2
    assert message in capsys.readouterr().err
