"""Commas of Chinese text between cells: read where the whole file has them, and reported in a row that has them."""

import io

import pytest
import xlsxwriter
from corpus import judged

from czurban.model.plan import Plan
from czurban.reading.submission.files import read_bytes

HEAD = "指标,单位,完成值\n"
JOBS = "城镇新增就业人数,万人,1.6\n"
IDLE = "城镇登记失业率,%,4.4\n"


def test_a_file_with_full_width_commas_alone_is_read(plan: Plan) -> None:
    text = f"{HEAD}{JOBS}{IDLE}".replace(",", "，")
    assert judged(plan, text) == (["8/5", "22/5"], [])
    assert judged(plan, f"钦州市2019年主要指标\n{text}") == (["8/5", "22/5"], [])
    submission, _ = read_bytes("f.csv", text.encode(), plan)
    assert [str(value.place) for value in submission.observations] == ["f.csv:2:13", "f.csv:3:11"]


def test_a_full_width_comma_in_a_cell_separates_nothing(plan: Plan) -> None:
    table = "指标,单位,完成值,备注\n城镇新增就业人数,万人,1.6,快报，初步\n"
    assert judged(plan, table) == (["8/5"], [])
    assert judged(plan, "指标,单位,完成值\n城镇新增就业人数,人,16，000\n") == (["8/5"], [])


@pytest.mark.parametrize(
    "row",
    [
        "城镇新增就业人数，万人，1.6",
        "1，城镇新增就业人数，万人，1.6",
        "城镇新增就业人数；万人；1.6",
        "城镇新增就业人数、1.6",
    ],
)
def test_a_row_with_other_delimiters_is_reported(plan: Plan, row: str) -> None:
    assert judged(plan, f"{HEAD}{row}\n{IDLE}") == (["22/5"], ["S105"])
    assert judged(plan, f"{HEAD}{row},,\n{IDLE}") == (["22/5"], ["S105"])
    assert judged(plan, f"{HEAD}{IDLE}".replace(",", "，") + f"{row.replace('，', ',')}\n")[0] == ["22/5"]


def test_a_row_in_one_cell_of_a_workbook_is_reported(plan: Plan) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet()
    for number, row in enumerate(
        [["指标", "单位", "完成值"], ["城镇新增就业人数，万人，1.6"], ["城镇登记失业率", "%", 4.4]]
    ):
        page.write_row(number, 0, row)
    book.close()
    assert judged(plan, stream.getvalue(), "f.xlsx") == (["22/5"], ["S105"])


@pytest.mark.parametrize(
    "line", ["城镇新增就业人数，见附表", "一、就业，2019", "注：城镇新增就业人数，1.6", "就业、社保"]
)
def test_a_line_with_such_commas_that_is_no_row(plan: Plan, line: str) -> None:
    assert judged(plan, f"{HEAD}{IDLE}{line}\n") == (["22/5"], [])
