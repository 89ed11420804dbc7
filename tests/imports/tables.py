"""Made-up tables of targets in the layouts and words that offices use, with what a person answers to each."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import xlsxwriter
import xlwt

Rows = Sequence[Sequence[object]]
Span = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCase:
    """A table, the form that it is sent in, what is given on the command line, and the answers.

    `answers` are by the name of the indicator (or plan) and the key; "" leaves the value as it is. `expected` has the
    unit, the kind and the rule of each indicator once all is answered.
    """

    name: str
    rows: Rows
    expected: Mapping[str, tuple[str, str, str]]
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    form: str = "csv"
    merges: Sequence[Span] = ()
    more: Mapping[str, Rows] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The name of the file."""
        return "targets." + {"gbk": "csv", "tsv": "tsv"}.get(self.form, self.form)

    def content(self) -> bytes:
        """The file."""
        return {"xlsx": self._xlsx, "xls": self._xls}.get(self.form, self._text)()

    def _text(self) -> bytes:
        between = "\t" if self.form == "tsv" else ","
        lines = (between.join(_cell(cell, between) for cell in row) for row in self.rows)
        return ("\n".join(lines) + "\n").encode("gbk" if self.form == "gbk" else "utf-8")

    def _xlsx(self) -> bytes:
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            percent = book.add_format({"num_format": "0.0%"})
            for name, rows in {"Sheet1": self.rows, **self.more}.items():
                sheet = book.add_worksheet(name)
                for top, left, bottom, right in self.merges if name == "Sheet1" else ():
                    sheet.merge_range(top, left, bottom, right, "")
                for number, row in enumerate(rows):
                    for column, cell in enumerate(row):
                        if isinstance(cell, tuple):
                            sheet.write(number, column, cell[0], percent)
                        elif cell not in ("", None):
                            sheet.write(number, column, cell)
        return stream.getvalue()

    def _xls(self) -> bytes:
        book = xlwt.Workbook()
        sheet = book.add_sheet("Sheet1")
        covered = {(row, column) for top, left, bottom, right in self.merges
                   for row in range(top, bottom + 1) for column in range(left, right + 1)}  # fmt: skip
        for top, left, bottom, right in self.merges:
            sheet.write_merge(top, bottom, left, right, self.rows[top][left])
        for number, row in enumerate(self.rows):
            for column, cell in enumerate(row):
                if (number, column) not in covered and cell != "":
                    sheet.write(number, column, cell)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()


def _cell(cell: object, between: str) -> str:
    text = str(cell)
    return '"' + text.replace('"', '""') + '"' if between in text or "\n" in text or '"' in text else text


CASES = (
    TableCase(
        name="a title, group rows, and the years in the headers",
        rows=[
            ["附件1"],
            ["钦州市2019年新型城镇化主要指标"],
            ["序号", "指标", "单位", "2018年完成", "2019年目标", "牵头单位", "备注"],
            ["一、城镇化水平"],
            ["1", "常住人口城镇化率", "%", "40", "达到41%", "市统计局", ""],
            ["2", "城镇新增就业人数", "万人", "1.2", "1.3万人以上", "市人社局", "含灵活就业"],
            ["（二）基本公共服务（2项）"],
            ["3", "城镇登记失业率（%）", "", "4.7", "控制在4.5%以内", "市人社局", ""],
            ["4", "人均公园绿地面积", "平方米", "12", "12.5以上", "市住建局、市林业局", ""],
            ["注：2018年为快报数。"],
        ],
        expected={
            "常住人口城镇化率": ("%", "rate", "≥41"),
            "城镇新增就业人数": ("万人", "flow", "≥1.3"),
            "城镇登记失业率": ("%", "rate", "≤4.5"),
            "人均公园绿地面积": ("平方米", "stock", "≥12.5"),
        },
    ),
    TableCase(
        name="bare numbers under 目标值 in GBK, with a signature below",
        form="gbk",
        rows=[
            ["临江市2023年度考核指标目标任务表", "", "", "", "", ""],
            ["类别", "指标名称", "计量单位", "上年完成", "目标值", "责任单位"],
            ["经济", "社会消费品零售总额增速", "%", "6.1", "7%左右", "市商务局"],
            ["", "规模以上工业增加值增速", "%", "5", "≥6", "市工信局"],
            ["", "新建充电桩", "个", "—", "300", "市发展改革委"],
            ["财政", "一般公共预算收入", "亿元", "61.5", "65", "市财政局"],
            ["填表人：", "", "", "", "联系电话：", ""],
        ],
        expected={
            "社会消费品零售总额增速": ("%", "growth", "≥7"),
            "规模以上工业增加值增速": ("%", "growth", "≥6"),
            "新建充电桩": ("个", "works", "≥300"),
            "一般公共预算收入": ("亿元", "flow", "≥65"),
        },
        answers={
            ("社会消费品零售总额增速", "target"): "≥7",
            ("新建充电桩", "target"): "≥300",
            ("一般公共预算收入", "target"): "≥65",
        },
    ),
)
