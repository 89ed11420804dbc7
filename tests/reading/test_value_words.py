"""Words over values: those for results, and 指标值, which may be a target as well."""

import io

import pytest
import xlsxwriter
from corpus import judged

from czurban.model.plan import Plan

JOBS = "城镇新增就业人数,万人,1.6\n"


@pytest.mark.parametrize("header", ["指标值", "2019年指标值", "2019年指标值（万人）"])
def test_figures_headed_by_a_word_for_targets_and_results_alone_are_not_used(plan: Plan, header: str) -> None:
    assert judged(plan, f"指标,单位,{header}\n{JOBS}") == ([], ["S102"])
    assert judged(plan, f"2019年主要指标,,\n指标,单位,{header}\n{JOBS}") == ([], ["S102"])


@pytest.mark.parametrize(
    "text",
    [
        f"2019年完成情况,,\n指标,单位,2019年指标值\n{JOBS}",
        f"2019年统计表,,\n指标,单位,指标值\n{JOBS}",
        f"指标,单位,完成情况\n,,指标值\n{JOBS}",
        f"指标,单位,指标值（实际）\n{JOBS}",
        f"指标,单位,指标值（决算数）\n{JOBS}",
        "指标,单位,目标值,指标值\n城镇新增就业人数,万人,1.5,1.6\n",
    ],
)
def test_such_a_word_is_a_result_where_something_else_says_so(plan: Plan, text: str) -> None:
    assert judged(plan, text) == (["8/5"], [])


def test_such_a_word_is_a_result_in_a_file_of_that_name(plan: Plan) -> None:
    assert judged(plan, f"指标,单位,指标值\n{JOBS}", "2019年完成情况.csv") == (["8/5"], [])
    assert judged(plan, f"指标,单位,指标值\n{JOBS}", "2019年.csv") == ([], ["S102"])


@pytest.mark.parametrize("word", ["现状值", "2019年现状值", "现状数", "自评值", "自评数", "自评完成值"])
def test_present_and_self_assessed_values_are_results(plan: Plan, word: str) -> None:
    assert judged(plan, f"指标,单位,{word}\n{JOBS}") == (["8/5"], [])
    assert judged(plan, f"指标,单位,目标值,{word}\n城镇新增就业人数,万人,1.5,1.6\n") == (["8/5"], [])
    assert judged(plan, f"指标,单位,2018年{word.removeprefix('2019年')}\n{JOBS}") == ([], ["S208"])


@pytest.mark.parametrize("figure", [2, 2.5, "2", "1.6万人", "2,000"])
def test_a_figure_in_a_merged_cell_is_that_of_its_first_row_alone(plan: Plan, figure: float | str) -> None:
    rows = [["地区", "城镇新增就业人数", "城镇登记失业率"], ["灵山县", figure, 1], ["钦州市", None, 4]]
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    page.merge_range(1, 1, 2, 1, figure)
    book.close()
    assert judged(plan, stream.getvalue(), "f.xlsx")[0] == ["4"]
