"""Writes the made-up 2019 figures of examples/ in their three shapes, and the plan's own 2018 column.

The 2019 figures are invented to show every verdict; no department reported them. The 2018 figures are the plan's.
"""

import csv
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from czurban import read_plan
from czurban.model.indicator import Indicator
from czurban.model.plan import Plan

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "examples"
TITLE = "钦州市2019年新型城镇化指标完成情况（示例，数据为虚构）"

# Figures by number in the main table, then by id; what is not here is not reported.
FIGURES = {
    "1": "41.2", "2": "20.35", "3": "139.02", "4": "6.86", "5": "83.1466", "6": "8.4", "7": "99.4", "8": "83",
    "9": "1.62", "10": "121.35", "11": "319.4", "12": "23.6", "13": "20", "14": "97.1", "15": "96.38", "16": "100",
    "17": "500", "18": "95.8", "19": "194.2", "20": "139.7", "21": "7.84", "22": "5.3", "23": "36.5", "25": "91.5",
    "unemployed_reemployed": "0.43", "registered_unemployment_rate": "4.51", "shantytown_renovation_started": "6791",
}  # fmt: skip
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


def figure(one: Indicator) -> str:
    """The made-up figure of an indicator, or a dash."""
    return FIGURES.get(str(one.no), FIGURES.get(one.id, "—"))


def shown(plan: Plan) -> list[Indicator]:
    """The main table's indicators and the task quantities that have a figure."""
    return [one for one in plan.indicators if one.no is not None or one.id in FIGURES]


def tidy(plan: Plan) -> bytes:
    """The tidy shape: UTF-8, one header, the plan's units."""
    rows = [["id", "指标", "年份", "数值", "单位", "填报单位", "数据状态", "备注"]]
    rows += [
        [one.id, one.name, "2019", figure(one), one.unit.name, one.leads[0], "年报", "示例，数据为虚构"]
        for one in shown(plan)
    ]
    return _csv(rows).encode("utf-8")


def messy(plan: Plan) -> bytes:
    """The messy shape: GBK, a title, 人 for 万人, thousand separators, full-width digits, 约."""
    rows = [[TITLE, "", "", "", ""], ["填报单位", "指标名称", "实际完成", "计量单位", "备注"]]
    for index, one in enumerate(shown(plan)):
        value, unit = figure(one), one.unit.name
        if value != "—" and unit == "万人":
            value, unit = f"{Decimal(value) * 10_000:,.0f}", "人"
        elif value != "—" and index % 3 == 1:
            value = value.translate(FULL_WIDTH)
        rows.append([one.leads[0], one.name, f"约{value}" if one.no == 19 else value, unit, ""])  # noqa: PLR2004
    return _csv(rows).encode("gbk")


def workbook(plan: Plan, path: Path) -> None:
    """The workbook shape: a title row, and per cents as percentage cells without a unit column."""
    book = xlsxwriter.Workbook(path)
    book.set_properties({"title": TITLE, "created": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)})
    bold, percent = book.add_format({"bold": True}), book.add_format({"num_format": "0.00%"})
    sheet = book.add_worksheet("指标")
    sheet.write_row(0, 0, [TITLE], bold)
    sheet.write_row(1, 0, ["序号", "指标", "完成值", "部门"], bold)
    sheet.set_column(1, 1, 58)
    sheet.set_column(3, 3, 24)
    for row, one in enumerate(shown(plan), 2):
        sheet.write(row, 0, one.no if one.no is not None else "")
        sheet.write(row, 1, one.name)
        _write_value(sheet, row, one, percent)
        sheet.write(row, 3, one.leads[0])
    book.close()


def _write_value(sheet: xlsxwriter.worksheet.Worksheet, row: int, one: Indicator, percent: object) -> None:
    value = figure(one)
    if value == "—":
        sheet.write(row, 2, value)
    elif one.unit.is_share:
        sheet.write_number(row, 2, float(Decimal(value) / 100), percent)
    else:
        sheet.write_number(row, 2, float(value))


def baseline(plan: Plan) -> bytes:
    """The plan's own 2018 column."""
    rows = [["序号", "指标", "年份", "数值", "单位", "填报单位"]]
    rows += [
        [str(one.no), one.name, "2018", one.target.baseline.printed, one.unit.name, one.leads[0]]
        for one in plan.indicators
        if one.no is not None and one.target.baseline
    ]
    return _csv(rows).encode("utf-8")


def _csv(rows: list[list[str]]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def main() -> None:
    """Write all four files."""
    plan = read_plan(ROOT / "data")
    (FOLDER / "actuals-2018.csv").write_bytes(baseline(plan))
    (FOLDER / "actuals-2019.csv").write_bytes(tidy(plan))
    (FOLDER / "actuals-2019-gbk.csv").write_bytes(messy(plan))
    workbook(plan, FOLDER / "actuals-2019.xlsx")


if __name__ == "__main__":
    main()
