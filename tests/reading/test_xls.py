"""A workbook of the 2003 format, written for real: its percentage cells are per cents too."""

import io
from decimal import Decimal

import xlwt

from czurban.model.observation import Reading
from czurban.model.plan import Plan
from czurban.reading.submission.files import read_bytes


def test_r3_a_percentage_cell_of_an_xls_file_is_per_cent(plan: Plan) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for column, title in enumerate(("指标", "数值")):
        sheet.write(0, column, title)
    sheet.write(1, 0, "常住人口城镇化率")
    sheet.write(1, 1, 0.41, xlwt.easyxf(num_format_str="0.00%"))
    sheet.write(2, 0, "城镇常住人口")
    sheet.write(2, 1, 138.19)
    stream = io.BytesIO()
    book.save(stream)
    submission, _ = read_bytes("填报.xls", stream.getvalue(), plan)
    assert submission.read_as == "XLS"
    rate, people = submission.observations
    assert (rate.reported, rate.amount, rate.unit and rate.unit.name) == (Reading.VALUE, Decimal(41), "%")
    assert (people.amount, people.unit, str(people.place)) == (Decimal("138.19"), None, "填报.xls:表!B3")
