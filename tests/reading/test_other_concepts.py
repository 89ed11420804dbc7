"""Titles that name another city or only some firms, and remarks that name another concept, are not judged silently."""

import pytest
from corpus import judged

from czurban.model.plan import Plan

HEAD = "指标,单位,完成值,备注\n"
RATE = "常住人口城镇化率,%,42,\n"


@pytest.mark.parametrize(
    "title",
    [
        *(
            "北海",
            "南宁",
            "2019年北海指标完成情况",
            "北海2019年指标",
            "北海主要指标",
            "防城港",
            "西双版纳2019年数据",
            "北海（2019年）",
        ),
        *("柳州 2019年", "附件1 玉林城镇化指标", "贵港年报"),
    ],
)
def test_a_title_that_is_another_citys_bare_name_is_not_the_plans_own(plan: Plan, title: str) -> None:
    assert judged(plan, f"{title},,,\n{HEAD}{RATE}") == ([], ["S217"])


@pytest.mark.parametrize(
    "title",
    [
        *("钦州", "2019年钦州指标完成情况", "钦州市2019年指标", "2019年指标完成情况", "城镇化"),
        *("南北高铁建设情况", "向海经济发展情况", "全市2019年"),
    ],
)
def test_the_plans_own_name_and_other_words_are_no_other_city(plan: Plan, title: str) -> None:
    values, codes = judged(plan, f"{title},,,\n{HEAD}{RATE}")
    assert "S217" not in codes
    assert len(values) == 1


@pytest.mark.parametrize(
    "title",
    ["钦州市2019年规模以上企业指标", "规上工业企业2019年数据", "2019年限额以上单位指标完成情况", "2019年抽样调查结果"],
)
def test_a_title_of_some_firms_only_is_about_a_part(plan: Plan, title: str) -> None:
    assert judged(plan, f"{title},,,\n{HEAD}{RATE}") == ([], ["S135"])


@pytest.mark.parametrize(
    ("name", "remark"),
    [
        ("常住人口城镇化率", "户籍人口"),
        ("常住人口城镇化率", "按户籍人口计算"),
        ("常住人口城镇化率", "户籍人口口径"),
        ("常住人口城镇化率", "此为户籍人口数据"),
        ("户籍人口城镇化率", "常住人口"),
        ("户籍人口城镇化率", "按常住口径统计"),
        ("城镇登记失业率", "调查失业率"),
        ("城镇登记失业率", "调查口径"),
    ],
)
def test_a_remark_with_another_concept_is_no_result(plan: Plan, name: str, remark: str) -> None:
    value = "4.2" if "失业" in name else "42"
    assert judged(plan, f"{HEAD}{name},%,{value},{remark}\n") == ([], ["S135"])
    assert judged(plan, f"{HEAD}{name},%,{value},比上年高；{remark}\n") == ([], ["S135"])


@pytest.mark.parametrize(
    ("name", "remark"),
    [
        ("常住人口城镇化率", "常住人口"),
        ("常住人口城镇化率", "按常住人口计算"),
        ("常住人口城镇化率", "户籍人口城镇化率为20%"),
        ("常住人口城镇化率", "高于户籍人口城镇化率"),
        ("户籍人口城镇化率", "户籍人口口径"),
        ("城镇登记失业率", "登记失业率"),
        ("城镇新增就业人数", "城镇"),
    ],
)
def test_a_remark_with_the_same_concept_or_a_mention_is_none(plan: Plan, name: str, remark: str) -> None:
    unit, value = ("万人", "1.6") if "人数" in name else ("%", "4.2" if "失业" in name else "42")
    values, codes = judged(plan, f"{HEAD}{name},{unit},{value},{remark}\n")
    assert len(values) == 1
    assert "S135" not in codes
