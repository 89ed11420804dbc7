"""A plan's hierarchy of regions: one tree, from YAML or a table, with every fault reported where it stands."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.model.plan import Plan
from czurban.reading.plan.cases import PLAN
from czurban.reading.plan.files import read_draft, read_plan

Reported = list[tuple[str, str]]
Read = Callable[..., tuple[Plan | None, Reported]]
CSV = "代码,名称,上级,别名\n10,某市,,\n11,甲县,10,甲、小甲\n12,乙县,某市,\n"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read the made-up plan with other files of regions."""

    def read(**files: str) -> tuple[Plan | None, Reported]:
        folder = Path(shutil.copytree(PLAN, tmp_path / "plan", dirs_exist_ok=True))
        (folder / "regions.yaml").unlink()
        for name, text in files.items():
            (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
        draft = read_draft(folder)
        result = [(finding.code, str(finding.place).removeprefix(f"{folder}/")) for finding in draft.findings]
        return draft.plan, result

    return read


def yaml(*entries: str) -> str:
    """A file of regions, from code, name, parent and perhaps an alias of each with spaces between."""
    names = ("code", "name", "parent", "aliases")
    rows = (", ".join(f"{a}: {b}" for a, b in zip(names, entry.split(), strict=False)) for entry in entries)
    return "regions:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


def test_a_plan_need_not_know_regions(read: Read) -> None:
    plan, reported = read()
    assert plan
    assert (len(plan.regions), plan.home, reported) == (0, None, [])


def test_a_table_says_the_same_as_yaml(read: Read) -> None:
    plan, reported = read(regions_csv=CSV)
    assert plan
    assert reported == []
    assert [(region.code, region.name, region.parent, region.aliases) for region in plan.regions] == [
        ("10", "某市", "", ()), ("11", "甲县", "10", ("甲", "小甲")), ("12", "乙县", "10", ()),
    ]  # fmt: skip
    assert plan.home
    assert plan.home.code == "10"


def test_a_parent_may_be_named_or_given_by_code(read: Read) -> None:
    plan, reported = read(regions_yaml=yaml("10 某市", "11 甲县 某市", "12 乙县 10"))
    assert (reported, [region.parent for region in plan.regions] if plan else []) == ([], ["", "10", "10"])


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        (yaml("10 某市", "11 甲县 丙市"), [("P127", "3:5")]),
        (yaml("10 某市", "11 甲县"), [("P127", "3:5")]),
        (yaml("20 丙市"), [("P127", "1")]),
        (yaml("10 某市", "11 甲县 11"), [("P128", "3:5")]),
        (yaml("10 某市", "1 甲县 2", "2 乙县 3", "3 丙县 1"), [("P128", "3:5")]),
        (yaml("10 某市", "1 甲县 2", "2 乙县 2"), [("P128", "4:5")]),
        (yaml("10 某市", "11 甲县 10", "11 乙县 10"), [("P129", "4:5")]),
        (yaml("10 某市", "11 甲县 10", "12 乙县 10 甲县"), [("P129", "4:5")]),
        (yaml("10 某市", "1 甲县 10", "2 乙县 10", "3 城关镇 1", "4 城关镇 2", "5 东村 城关镇"), [("P127", "7:5")]),
        ('regions:\n  - {code: "10", nmae: 某市}\n', [("P104", "2:18")]),
        ("regions: [", [("P101", "2:1")]),
    ],
)
def test_faults_of_the_tree(read: Read, text: str, reported: Reported) -> None:
    assert read(regions_yaml=text)[1] == [(code, f"regions.yaml:{place}") for code, place in reported]


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("代码,名称\n10,某市\n", [("P132", "regions.csv:1")]),
        ("", [("P132", "regions.csv:1")]),
        ('代码,名称,上级\n10,"某市,\n', [("P132", "regions.csv:2")]),
        ("代码,名称,上级\n,某市,\n", [("P129", "regions.csv:2")]),
        ("代码,名称,上级\n10,某市\n\n11,甲县,12\n", [("P127", "regions.csv:4")]),
        ("代码,名称,上级\n10,某市,\x00\n", [("P132", "regions.csv")]),
    ],
)
def test_faults_of_the_table(read: Read, text: str, reported: Reported) -> None:
    assert read(regions_csv=text)[1] == reported


def test_two_files_of_regions_are_not_used(read: Read) -> None:
    assert read(regions_csv=CSV, regions_yaml=yaml("10 某市"))[1] == [("P132", "regions.csv")]


def test_codes_keep_their_zeros(read: Read) -> None:
    plan, reported = read(regions_yaml=yaml("010 某市", "0101 甲县 010"))
    assert (reported, [region.code for region in plan.regions] if plan else []) == ([], ["010", "0101"])


def test_the_shipped_regions_are_those_of_the_standard(plan: Plan) -> None:
    assert {region.code: region.name for region in plan.regions} == {
        "450700": "钦州市", "450702": "钦南区", "450703": "钦北区", "450721": "灵山县", "450722": "浦北县",
    }  # fmt: skip
    assert plan.home
    assert [item.parent for item in plan.regions.children(plan.home)] == ["450700"] * 4


def test_a_breakdown_may_lie_in_a_file_of_another_name(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PLAN, tmp_path / "plan"))
    targets = folder / "targets.yaml"
    targets.write_text(targets.read_text(encoding="utf-8") + "breakdown: 分解.csv\n", encoding="utf-8")
    (folder / "分解.csv").write_text("指标,甲县,乙县\n城镇常住人口,70,40\n", encoding="utf-8")
    plan, _ = read_plan(folder)
    assert plan
    assert [str(item.target.interval) for item in plan.breakdown] == ["≥70", "≥40"]
    assert read_plan(folder)[1] == ()
