"""Columns headed by regions of the plan's own, by town, short name or code; what may be something else is none."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from czurban.model.plan import Plan
from czurban.model.region import Region, Regions
from czurban.reading.submission.files import read_bytes
from czurban.reading.submission.header_cell import plan_region, understand
from czurban.reading.submission.header_words import ColumnField

RATE = "常住人口城镇化率"
Read = Callable[[str], tuple[list[tuple[str, str, str]], list[tuple[str, str]]]]


@pytest.fixture(scope="session")
def towns(plan: Plan) -> Plan:
    """The plan with towns whose names look like nothing that can be known without it."""
    return replace(
        plan,
        regions=Regions(
            [
                Region("450700", "钦州市", ("钦州",)),
                Region("450721", "灵山县", ("灵山",), "450700"),
                Region("450722", "浦北县", ("浦北", "万人", RATE), "450700"),
                Region("450721100", "城关", (), "450721"),
                Region("450722100", "城关", (), "450722"),
                Region("N1", "North Town", ("港区 (新)",), "450700"),
                Region("2018", "旧州", ("年度", "丘", "说明"), "450700"),
                Region("201906", "那丽", ("那丽目标",), "450700"),
                Region("12", "沙埠", ("1-6", "1-6月"), "450700"),
            ]
        ),
    )


@pytest.fixture
def read(towns: Plan) -> Read:
    def values(text: str) -> tuple[list[tuple[str, str, str]], list[tuple[str, str]]]:
        submission, findings = read_bytes("f.csv", text.encode(), towns)
        assert submission.rows.adds_up
        found = [(one.raw, str(one.period), one.region) for one in submission.observations]
        return found, [(one.code, str(one.place)) for one in findings if one.code not in ("S118", "S219")]

    return values


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("灵山", (ColumnField.VALUE, "灵山县", "", "")),
        ("灵山完成值", (ColumnField.VALUE, "灵山县", "", "")),
        ("灵山（%）", (ColumnField.VALUE, "灵山县", "%", "")),
        ("450721", (ColumnField.VALUE, "灵山县", "", "")),
        ("４５０７２１", (ColumnField.VALUE, "灵山县", "", "")),
        ("450721目标", (ColumnField.TARGET, "灵山县", "", "")),
        ("灵山县城关", (ColumnField.VALUE, "灵山县城关", "", "")),
        ("城关", (ColumnField.VALUE, "城关", "", "")),
        ("n1", (ColumnField.VALUE, "North Town", "", "")),
        ("NORTH TOWN actual", (ColumnField.VALUE, "North Town", "", "")),
        ("港区(新)", (ColumnField.VALUE, "North Town", "", "")),
        ("2019年完成值（灵山）", (ColumnField.VALUE, "灵山县", "", "2019")),
        (("灵山", "2019年"), (ColumnField.VALUE, "灵山县", "", "2019")),
        (("完成值", "灵山"), (ColumnField.VALUE, "灵山县", "", "")),
    ],
)
def test_a_region_of_the_plan_heads_a_column(
    towns: Plan, text: str | tuple[str, str], header: tuple[object, ...]
) -> None:
    found = understand(text, towns)
    assert found is not None
    assert (found.field, found.region, found.unit, str(found.period or "")) == header


@pytest.mark.parametrize(
    "text", ["2018", "1-6月", "年度", "说明", "2019年", "灵山县", "目标", "完成值（万人）", "（万人）"]
)
def test_what_a_header_means_without_the_plan_it_means_with_it(towns: Plan, text: str) -> None:
    alone = understand(text)
    assert alone is not None
    assert understand(text, towns) == alone


@pytest.mark.parametrize("text", ["灵山", "灵山完成值", "450721"])
def test_without_its_regions_a_header_means_nothing(towns: Plan, text: str) -> None:
    assert understand(text) is None
    assert understand(text, replace(towns, regions=Regions())) is None


@pytest.mark.parametrize("text", ["12", "1-6", "万人", RATE, "丘", "2018", "201906", "450799", "那丽年度目标值", ""])
def test_what_may_be_something_else_is_no_region(towns: Plan, text: str) -> None:
    assert plan_region(text, towns) == ""


def test_an_indicator_that_a_region_has_no_target_of_is_still_none(towns: Plan) -> None:
    without = replace(towns, without_target=frozenset(indicator.id for indicator in towns.indicators))
    assert plan_region(RATE, without) == ""


def test_a_header_is_taken_apart_in_one_way_or_not_at_all(towns: Plan) -> None:
    alone, apart = understand("那丽目标", towns), understand("那丽基期", towns)
    assert alone
    assert apart
    assert (alone.region, alone.field) == ("那丽", ColumnField.VALUE)  # an alias of its own
    assert (apart.region, apart.field) == ("那丽", ColumnField.BASELINE)
    assert understand("那丽目标值", towns) is None  # a value of 那丽目标, or a target of 那丽


def test_the_name_of_an_indicator_is_not_taken_apart(towns: Plan) -> None:
    named = replace(towns, indicators=(replace(towns.indicators[0], aliases=("灵山目标",)),))
    assert understand("灵山目标", named) is None
    assert understand("灵山基期", named) is not None


@pytest.mark.parametrize(
    ("text", "values", "codes"),
    [
        (f"指标,灵山,浦北\n{RATE},38,37\n", [("38", "2019", "灵山县"), ("37", "2019", "浦北县")], []),
        (f"指标,450721,450722\n{RATE},38,37\n", [("38", "2019", "灵山县"), ("37", "2019", "浦北县")], []),
        (f"指标;灵山;浦北\n{RATE};38;37\n", [("38", "2019", "灵山县"), ("37", "2019", "浦北县")], []),
        (f"指标,数值,数值\n,灵山,浦北\n{RATE},38,37\n", [("38", "2019", "灵山县"), ("37", "2019", "浦北县")], ["S116"]),
        (f"指标,灵山,浦北\n,2018年,2019年\n{RATE},3,4\n", [("3", "2018", "灵山县"), ("4", "2019", "浦北县")], ["S116"]),
        (f"指标,2018,2019\n{RATE},38,37\n", [("38", "2018", ""), ("37", "2019", "")], []),
        (f"指标,灵山,灵山县\n{RATE},38,37\n", [], ["S107"]),
        (f"指标,450721,灵山\n{RATE},38,37\n", [], ["S107"]),
        (f"指标,数值,灵山,浦北\n{RATE},41,38,37\n", [("41", "2019", "")], ["S104", "S104"]),
        (f"指标,地区,灵山完成值\n{RATE},450721,38\n", [("38", "2019", "灵山县")], []),
        (f"指标,地区,灵山完成值\n{RATE},浦北,38\n", [("38", "2019", "浦北 灵山县")], []),
        (f"指标,数值,在哪\n{RATE},38,灵山\n", [], ["S138"]),
        (f"指标,数值,在哪\n{RATE},38,钦州市\n", [("38", "2019", "")], ["S230"]),
        (f"指标,数值\n{RATE}（灵山）,38\n", [("38", "2019", "灵山县")], []),
        (f"指标,城关,灵山\n{RATE},38,37\n", [("38", "2019", "城关"), ("37", "2019", "灵山县")], []),
    ],
)
def test_a_wide_table_is_read_by_the_plans_regions(
    read: Read, text: str, values: list[tuple[str, str, str]], codes: list[str]
) -> None:
    found, reported = read(text)
    assert found == values
    assert [code for code, _ in reported] == codes


def test_a_region_without_any_name_of_its_own_goes_by_its_code(towns: Plan) -> None:
    twins = Regions(
        [Region("450700", "钦州市"), Region("T1", "钦州市", ("东港",), "450700"), Region("T2", "钦州市钦州市")]
    )
    assert plan_region("东港", replace(towns, regions=twins)) == "T1"
