"""A title that is only the name of another region or of a part is not that of the plan's own city."""

import pytest
from corpus import judged

from czurban.model.plan import Plan

HEAD = "指标,单位,完成值\n"
ROW = "城镇新增就业人数,万人,1.6\n"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("北部湾经济区主要指标", "S217"),
        ("北部湾经济区2019年主要指标", "S217"),
        ("2019年度经济技术开发区指标完成情况", "S217"),
        ("中马产业园区指标", "S217"),
        ("钦州港片区", "S217"),
        ("钦州市钦州港片区", "S217"),
        ("西部地区主要指标", "S217"),
        ("高新区2019年", "S217"),
        ("灵山", "S217"),
        ("灵山县主要指标", "S217"),
        ("2019年指标完成情况（灵山县）", "S217"),
        ("表1 2019年1-12月灵山县指标", "S217"),
        ("Nanning City", "S217"),
        ("Nanning City 2019 indicators", "S217"),
        ("2019年Nanning City", "S217"),
        ("Guangxi 2019", "S217"),
        ("（市辖区）", "S135"),
        ("市辖区", "S135"),
        ("2019年钦州市主要指标（市辖区）", "S135"),
        ("主要指标（不含县）", "S135"),
        ("农村指标", "S135"),
        ("钦州市区", "S135"),
        ("高新区管委会", "S217"),
        ("自治区统计局", "S217"),
        ("市辖区2019年城镇就业情况", "S135"),
        ("农村2019年城镇就业情况", "S135"),
        ("高新区2019年城镇就业情况", "S217"),
        ("市辖区,,单位：万人", "S135"),
        ("2019年 高新区", "S217"),
        ("开发区城镇化建设指标", "S217"),
        ("城区2019年数据", "S135"),
        ("2019年县域情况", "S135"),
    ],
)
def test_a_title_of_another_area_is_not_the_plans_own(plan: Plan, title: str, code: str) -> None:
    title += "" if "," in title else ",,"
    assert judged(plan, f"{title}\n{HEAD}{ROW}") == ([], [code])
    assert judged(plan, f"钦州市,,\n{title}\n{HEAD}{ROW}") == ([], [code])


@pytest.mark.parametrize(
    "title",
    [
        *(
            "2019年主要指标",
            "钦州市2019年主要指标",
            "全市主要指标",
            "本市主要指标",
            "广西钦州市",
            "钦州市（全市）",
            "全市（含县）",
        ),
        *("各县区主要指标", "分县区指标", "各地区指标", "市级指标", "市统计局", "城市建设指标", "智慧城市指标"),
        *(
            "2019年市情统计",
            "城乡社区发展指标",
            "新型城镇化指标完成情况",
            "国民经济和社会发展主要指标",
            "城镇化",
            "特色小镇指标",
        ),
        *("就业", "乡村振兴指标", "（单位：万人）", "（快报）", "附件1", "表1 2019年主要指标", "（市、县、区）"),
        *("Main city indicators", "Key City Indicators", "Annual results 2019", "灵山县 1.6 0.3"),
    ],
)
def test_a_title_about_something_else_says_nothing_against_the_figures(plan: Plan, title: str) -> None:
    assert judged(plan, f"{title},,\n{HEAD}{ROW}") == (["8/5"], [])


@pytest.mark.parametrize(
    "line", ["市辖区", "（市辖区）", "高新区", "二、高新区", "北部湾经济区", "Nanning City", "南宁市青秀区", "灵山"]
)
def test_a_row_that_names_another_area_heads_those_below_it(plan: Plan, line: str) -> None:
    assert judged(plan, f"{HEAD}{ROW}{line},,\n城镇登记失业率,%,4.4\n") == (["8/5"], ["S217"])


@pytest.mark.parametrize(
    "line", ["一、就业", "城镇化", "城市建设", "全市", "各县区", "社区", "Key indicators", "县域经济发展"]
)
def test_a_row_that_names_a_topic_heads_nothing(plan: Plan, line: str) -> None:
    assert judged(plan, f"{HEAD}{ROW}{line},,\n城镇登记失业率,%,4.4\n") == (["8/5", "22/5"], [])


def test_a_part_in_brackets_over_the_values_is_no_unit(plan: Plan) -> None:
    assert judged(plan, f"钦州市,,（市辖区）\n{HEAD}{ROW}") == ([], ["S217"])
    assert judged(plan, f"{HEAD},,（市辖区）\n{ROW}") == ([], ["S217"])
    assert judged(plan, "指标,完成值\n,（2019年）\n城镇新增就业人数,1.6\n") == (["8/5"], [])
    assert judged(plan, "指标,完成值\n,（人）\n城镇新增就业人数,16000\n") == (["8/5"], [])


def test_a_header_of_names_that_states_a_region_is_heeded(plan: Plan) -> None:
    assert judged(plan, f"灵山县主要指标,单位,完成值\n{ROW}") == ([], ["S217"])
    assert judged(plan, f"钦州市主要指标,单位,完成值\n{ROW}") == (["8/5"], [])
