"""A breakdown is a table like any other: long or wide, in other units, with titles, notes and merged cells."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from czurban.reading.plan.cases import PLAN
from czurban.reading.plan.files import read_draft

Reported = list[tuple[str, str]]
Parts = list[tuple[str, str, str, str | None]]
Read = Callable[..., tuple[Parts, Reported]]
HEAD = "指标,地区,目标,基期,单位,部门\n"
PEOPLE, RATE, LAND = "城镇常住人口", "城镇登记失业率", "城镇建设用地面积"
FIRST, SECOND = ("residents", "11", "≥70", None), ("residents", "12", "≥40", None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PLAN, tmp_path / "plan"))


def parts_in(folder: Path) -> tuple[Parts, Reported]:
    draft = read_draft(folder)
    assert draft.plan
    result = [(finding.code, str(finding.place).removeprefix(f"{folder}/")) for finding in draft.findings]
    parts: Parts = []
    for item in draft.plan.breakdown:
        base = item.target.baseline
        owner = item.region or item.department
        parts.append((item.indicator, owner, str(item.target.interval), str(base.value) if base else None))
    return parts, result


@pytest.fixture
def read(folder: Path) -> Read:
    def read(text: str, name: str = "breakdown.csv") -> tuple[Parts, Reported]:
        (folder / name).write_text(text, encoding="utf-8")
        return parts_in(folder)

    return read


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (f"{HEAD}{PEOPLE},甲县,70,65,万人,\n", [("residents", "11", "≥70", "65")]),
        (f"{HEAD}{PEOPLE},11,≥70,,,\n", [FIRST]),
        (f"{HEAD}{PEOPLE},某市甲县,不低于700000,65万,人,\n", [("residents", "11", "≥70", "65")]),
        (f'{HEAD}{PEOPLE},甲县,"700,000","650,000",人,\n', [("residents", "11", "≥70", "65")]),
        (f"{HEAD}{PEOPLE},甲县,不低于70万人,,,\n", [FIRST]),
        (f"{HEAD}{PEOPLE},甲县,不低于70万,,万人,\n", [FIRST]),
        (f"{HEAD}{RATE},甲县,4.4%,—,,\n", [("unemployment", "11", "≤4.4", None)]),
        (f"{HEAD}{RATE},甲县,4.4以下,约5,,\n", [("unemployment", "11", "≤4.4", "5")]),
        (f"{HEAD}{LAND},甲县,8000,,公顷,\n", [("land", "11", "≤80", None)]),
        (f"{HEAD}{PEOPLE},,70,,,市公安局\n", [("residents", "市公安局", "≥70", None)]),
        (f"{HEAD}{PEOPLE},甲县,70,,,市公安局、公安局\n", [FIRST]),
        (f"{HEAD}{PEOPLE},全市,110,,,\n{PEOPLE},甲县,—,,,\n", []),
        ("某市分解表,,\n指标,分解目标（万人）,县区\n城镇常住人口,70,甲县\n注：示例,,\n", [FIRST]),
        ("序号,指标,2019年目标,2018年目标,地区\n1,城镇人口,70,60,甲县\n", [FIRST]),
        ("指标,甲县,乙县\n城镇常住人口（万人）,70,40\n", [FIRST, SECOND]),
        ("指标,目标,目标\n,甲县,乙县\n城镇常住人口,70,40\n", [FIRST, SECOND]),
        (
            "指标,甲县目标,甲县基期,乙县目标\n城镇常住人口,70,60,40\n",
            [("residents", "11", "≥70", "60"), SECOND],
        ),
        ("指标;地区;目标\n城镇常住人口;甲县;70\n合计;;110\n填表人：张三;;\n;;\n", [FIRST]),
    ],
)  # fmt: skip
def test_a_table_is_read_as_people_write_it(read: Read, text: str, parts: Parts) -> None:
    result, reported = read(text)
    assert result == parts
    if parts:
        assert {code for code, _ in reported} <= {"P136", "P111"}


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        (f"{HEAD}城镇人囗,甲县,70,,,\n", [("P111", "2:1")]),
        (f"{HEAD}{PEOPLE},丙县,70,,,\n", [("P131", "2:11")]),
        (f"{HEAD}{PEOPLE},甲县,70,,,市民政局\n", [("P131", "2:11")]),
        (f"{HEAD}{PEOPLE},,70,,,市公安局、市教育局\n", [("P131", "2:9")]),
        (f"{HEAD}{PEOPLE},,70,,,\n", [("P133", "2:9")]),
        (f"{HEAD}{PEOPLE},甲县,约70,,,\n", [("P133", "2:11")]),
        (f"{HEAD}{PEOPLE},甲县,七十,,,\n", [("P133", "2:11")]),
        (f"{HEAD}{PEOPLE},甲县,9~8,,,\n", [("P133", "2:11")]),
        (f"{HEAD}{PEOPLE},甲县,70,六十,,\n", [("P133", "2:14")]),
        (f"{HEAD}{PEOPLE},甲县,70~80,,,\n", [("P134", "2:11")]),
        (f"{HEAD}{PEOPLE},甲县,70以下,,,\n", [("P134", "2:11")]),
        (f"{HEAD}{PEOPLE},甲县,70,,户,\n", [("P134", "2:15")]),
        (f"{HEAD}{PEOPLE},甲县,70,,顶,\n", [("P134", "2:15")]),
        (f"{HEAD}{PEOPLE},甲县,70人,,万人,\n", [("P134", "2:11")]),
        (f"{HEAD}{LAND},甲县,100000,,亩,\n", [("P134", "2:13")]),  # 66.666… 平方千米
        (f"{HEAD}{PEOPLE},甲县,70,,,\n{PEOPLE},甲县,70,,,\n", [("P135", "3:11")]),
        (f"{HEAD}{PEOPLE},全市,111,,,\n", [("P130", "2:11")]),
        (f"{HEAD}{PEOPLE}（2018年）,甲县,70,,,\n", [("P133", "2:1")]),
        ("序号,指标,地区,目标\n2,城镇常住人口,甲县,70\n", [("P133", "2:3")]),
        ("指标,地区,甲县,目标\n城镇常住人口,乙县,3,70\n", [("P136", "1:7")]),
        ("指标,地区,目标,2018年,权重\n城镇常住人口,乙县,70,3,1\n", [("P136", "1:10")]),
        ("指标,地区,数值\n城镇常住人口,乙县,70\n", [("P132", "1")]),
        ("", [("P132", "1")]),
        ('指标,地区,目标\n城镇常住人口,"乙县,70\n', [("P132", "2")]),
        ("\x00\x01\x02\x03", [("P132", "")]),
        ("<html><body>x</body></html>", [("P132", "")]),
        ("指标,乙县目标,地区\n城镇常住人口,70,甲县\n", [("P131", "2:8")]),
    ],
)
def test_faults_are_reported_at_their_cells(read: Read, text: str, reported: Reported) -> None:
    wanted = [(code, f"breakdown.csv:{place}".removesuffix(":")) for code, place in reported]
    assert read(text)[1] == wanted


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        (f"{HEAD}{PEOPLE},甲县,70,60,顶,\n", [("2:17", "The plan has no unit “顶”.")]),
        (f"{HEAD}{PEOPLE},甲县,70人,60,顶,\n", [("2:18", "The plan has no unit “顶”.")]),  # and not 人
        (f"{HEAD}{PEOPLE},甲县,70顶,60,万人,\n", [("2:11", "The plan has no unit “顶”.")]),
        (f"{HEAD}{PEOPLE},甲县,70,60顶,,\n", [("2:14", "The plan has no unit “顶”.")]),
        (f"{HEAD}{PEOPLE}（顶）,甲县,70,60,,\n", [("2:1", "The bracket behind")]),
        (f"{HEAD}{PEOPLE}（户）,甲县,70,60,,\n", [("2:1", "“户” does not measure what 万人 measures.")]),
        (f"{HEAD}{PEOPLE},甲县,70人,60,万人,\n", [("2:11", "The cell says “人” and its row or column says “万人”.")]),
        ("指标,单位,甲县,乙县\n城镇常住人口,顶,70,40\n", [("2:8", "The plan has no unit “顶”.")]),
        ("指标,甲县目标（顶）\n城镇常住人口,70\n", [("2:8", "The plan has no unit “顶”.")]),
    ],
)
def test_a_unit_is_reported_by_name_at_its_place(folder: Path, text: str, reported: Reported) -> None:
    (folder / "breakdown.csv").write_text(text, encoding="utf-8")
    result = [
        finding
        for finding in read_draft(folder).findings
        if finding.place and finding.place.file.endswith("breakdown.csv")
    ]
    assert [str(finding.place).partition(".csv:")[2] for finding in result] == [place for place, _ in reported]
    for fault, (_, message) in zip(result, reported, strict=True):
        assert str(fault.message).startswith(message)
        assert ("declare “顶” under units: in targets.yaml" in str(fault.hint)) is ("no unit" in message)


def test_a_name_of_two_regions_needs_the_one_above(read: Read, folder: Path) -> None:
    towns = [f'  - {{code: "{n}", name: 城关镇, parent: "{parent}"}}\n' for n, parent in ((111, 11), (121, 12))]
    regions = folder / "regions.yaml"
    regions.write_text(regions.read_text(encoding="utf-8") + "".join(towns), encoding="utf-8")
    assert read(f"{HEAD}{PEOPLE},城关镇,7,,,\n")[1] == [("P131", "breakdown.csv:2:12")]
    assert read(f"{HEAD}{PEOPLE},甲县城关镇,7,,,\n") == ([("residents", "111", "≥7", None)], [])


@pytest.mark.parametrize(
    ("text", "parts", "reported"),
    [
        (
            "指标,单位,全市,甲地,东港镇\n城镇常住人口,万人,110,70,40\n",
            [FIRST, ("residents", "120100", "≥40", None)],
            [],
        ),
        ("指标,甲地,120100\n城镇常住人口,70,40\n", [FIRST, ("residents", "120100", "≥40", None)], []),
        ("指标,目标,目标\n,甲地,120100\n城镇常住人口,70,40\n", [FIRST, ("residents", "120100", "≥40", None)], []),
        ("指标,甲地目标,甲地基期\n城镇常住人口,70,60\n", [("residents", "11", "≥70", "60")], []),
        ("指标,甲地,甲县\n城镇常住人口,70,70\n", [FIRST], [("P135", "2:11")]),
        ("指标,全市,城镇登记失业率\n城镇常住人口,110,4\n", [], [("P136", "1:7")]),
        ("指标,全市,11\n城镇常住人口,110,70\n", [], [("P136", "1:7")]),
    ],
)
def test_columns_may_be_headed_by_any_name_or_code_of_a_region(
    read: Read, folder: Path, text: str, parts: Parts, reported: Reported
) -> None:
    regions = folder / "regions.yaml"
    more = '  - {code: "120100", name: 东港, aliases: [东港镇, 城镇登记失业率], parent: "10"}\n'
    named = regions.read_text(encoding="utf-8").replace("name: 甲县", "name: 甲县, aliases: [甲地]")
    regions.write_text(named + more, encoding="utf-8")
    assert read(text) == (parts, [(code, f"breakdown.csv:{place}") for code, place in reported])


def test_a_range_has_no_bare_part(read: Read, folder: Path) -> None:
    targets = folder / "targets.yaml"
    targets.write_text(targets.read_text(encoding="utf-8").replace("≥110", "110~120"), encoding="utf-8")
    assert read(f"{HEAD}{PEOPLE},甲县,70,,,\n")[1] == [("P133", "breakdown.csv:2:11")]
    assert read(f"{HEAD}{PEOPLE},甲县,70~75,,,\n")[0] == [("residents", "11", "70~75", None)]


def write(path: Path, rows: list[list[object]], *, merged: str = "", hidden: int | None = None) -> None:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("分解")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        if merged:
            page.merge_range(merged, rows[1][0])
        if hidden is not None:
            page.set_row(hidden, None, None, {"hidden": True})


ROWS: list[list[object]] = [["指标", "地区", "目标"], [PEOPLE, "甲县", 70], ["", "乙县", 40], [RATE, "甲县", 4.4]]


def test_a_merged_name_holds_for_its_rows_and_a_blank_one_for_none(folder: Path) -> None:
    write(folder / "breakdown.xlsx", ROWS, merged="A2:A3")
    assert parts_in(folder) == (
        [FIRST, SECOND, ("unemployment", "11", "≤4.4", None)],
        [],
    )
    write(folder / "breakdown.xlsx", ROWS)
    assert parts_in(folder)[1] == [("P111", "breakdown.xlsx:分解!A3")]


def test_hidden_rows_are_no_breakdown(folder: Path) -> None:
    write(folder / "breakdown.xlsx", ROWS, merged="A2:A3", hidden=2)
    assert parts_in(folder)[1] == [("P132", "breakdown.xlsx:分解")]


def test_a_broken_workbook_is_reported(folder: Path) -> None:
    (folder / "breakdown.xlsx").write_bytes(b"PK\x03\x04nothing")
    assert parts_in(folder)[1] == [("P132", "breakdown.xlsx")]


@pytest.mark.parametrize(
    ("key", "reported"),
    [
        ("breakdown: 分解.csv", [("P132", "targets.yaml")]),
        ("breakdown: ../plan/breakdown.csv", [("P132", "targets.yaml")]),
        ("breakdown: breakdown.csv", []),
    ],
)
def test_the_plan_may_name_its_table(read: Read, folder: Path, key: str, reported: Reported) -> None:
    targets = folder / "targets.yaml"
    targets.write_text(targets.read_text(encoding="utf-8") + f"{key}\n", encoding="utf-8")
    assert read(f"{HEAD}{PEOPLE},甲县,70,,,\n")[1] == reported


def test_two_tables_are_not_used(read: Read, folder: Path) -> None:
    write(folder / "breakdown.xlsx", ROWS, merged="A2:A3")
    assert read(f"{HEAD}{PEOPLE},甲县,70,,,\n")[1] == [("P132", "breakdown.xlsx")]


@pytest.mark.parametrize(
    ("adds", "reported"),
    [
        ("sum", []),
        ("none", []),
        ("weighted by residents", []),
        ("ratio  of land to residents", []),
        ("weighted by missing", [("P111", "targets.yaml:72:11")]),
        ("mean", [("P106", "targets.yaml:72:11")]),
        ("ratio of land", [("P106", "targets.yaml:72:11")]),
    ],
)
def test_ways_of_adding_up(folder: Path, adds: str, reported: Reported) -> None:
    targets = folder / "targets.yaml"
    text = targets.read_text(encoding="utf-8")
    targets.write_text(
        text.replace("    task: 1\n    unit: 所\n", f"    task: 1\n    unit: 所\n    adds: {adds}\n", 1),
        encoding="utf-8",
    )
    assert [code for code, _ in parts_in(folder)[1]] == [code for code, _ in reported]
