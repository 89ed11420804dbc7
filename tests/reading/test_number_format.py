"""R3: a number format that shows a unit states it; one that shows another figure gives no value."""

import io
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
import xlsxwriter
import xlwt

from czurban.checking.assessing import assess
from czurban.model.plan import Plan
from czurban.reading.sources.cell_formats import changes_number, format_number
from czurban.reading.submission.files import read_bytes

Write = Callable[[str, str, float], bytes]


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ('0"人"', "4200.5人 -3人 0人"),
        ("0\\人", "4200.5人 -3人 0人"),
        ("0人", "4200.5人 -3人 0人"),
        ('0\\ "人"', "4200.5人 -3人 0人"),
        ('#,##0"公顷"', "4200.5公顷 -3公顷 0公顷"),
        ('General"人"', "4200.5人 -3人 0人"),
        ('G/通用格式"所"', "4200.5所 -3所 0所"),
        ('0.0"%"', "4200.5% -3% 0%"),
        ('[$-804]0"年"', "4200.5年 -3年 0年"),
        ('0"人";[Red]-0"名"', "4200.5人 -3名 0人"),
        ("[$¥-804]#,##0.00", "4200.5元 -3元 0元"),
        ('"¥"#,##0', "4200.5元 -3元 0元"),
        ('"¥"#,##0"万元"', "4200.5万元 -3万元 0万元"),
        ('"$"#,##0_);("$"#,##0)', "$4200.5 $-3 $0"),
        ('"约"0', "约4200.5 约-3 约0"),
        ('_-* #,##0_-;\\-* #,##0_-;_-* "-"_-;_-@_-', "4200.5 -3 "),
        ("0;-0;;@", "4200.5 -3 "),
        (";;;", "4200.5〔;;;〕 -3〔;;;〕 "),
        ("0.0,", "4200.5〔0.0,〕 -3〔0.0,〕 0〔0.0,〕"),
        ("0,.0", "4200.5〔0,.0〕 -3〔0,.0〕 0〔0,.0〕"),
        ("0\\.0,", "4200.5〔0\\.0,〕 -3〔0\\.0,〕 0〔0\\.0,〕"),
        ('0!.0000"万"', '4200.5〔0!.0000"万"〕 -3〔0!.0000"万"〕 0〔0!.0000"万"〕'),
        ('[>100]0"万";0', '4200.5〔[>100]0"万";0〕 -3 0〔[>100]0"万";0〕'),
    ],
)
def test_what_a_format_shows(code: str, texts: str) -> None:
    assert changes_number(code)
    assert [format_number(Decimal(number), code) for number in ("4200.5", "-3", "0")] == texts.split(" ")


@pytest.mark.parametrize(
    "code",
    [
        *("", "General", "@", "0", "#,##0.00", "0.00_ ", "0_人", "0.00E+00", "# ?/?", "[DBNum1]0", "[h]:mm"),
        *("#,##0.00_);[Red]\\(#,##0.00\\)", "0.00;[Red]0.00;0.00;@", 'yyyy"年"m"月"', "0*-"),
    ],
)
def test_formats_that_show_the_number_alone(code: str) -> None:
    assert not changes_number(code)


def xlsx(code: str, name: str, number: float) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        sheet.write_row(0, 0, ["指标", "数值"])
        sheet.write(1, 0, name)
        sheet.write_number(1, 1, number, book.add_format({"num_format": code}))
    return stream.getvalue()


def xls(code: str, name: str, number: float) -> bytes:
    book, stream = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "指标")
    sheet.write(0, 1, "数值")
    sheet.write(1, 0, name)
    sheet.write(1, 1, number, xlwt.easyxf(num_format_str=code))
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("write", [xlsx, xls])
@pytest.mark.parametrize(
    ("code", "name", "number", "value"),
    [
        ('0"人"', "新增就业", 14400, "1.44"),
        ('0"人"', "新增就业", 16000, "1.6"),
        ('0"公顷"', "城镇建设用地面积", 19600, "196"),
        ('0"千人"', "城镇常住人口", 1390, "139"),
        ('0.0"%"', "城镇化率", 41.5, "41.5"),
        ('0"箩"', "新增就业", 1.6, "S204"),
        ('"¥"0', "新增就业", 1.6, "S204"),
        ("0.0,", "新增就业", 1.6, "S203"),
        ("0.0,,", "城镇常住人口", 1390000, "S203"),
    ],
)
def test_r3_the_unit_of_a_number_format(  # noqa: PLR0913, PLR0917 - a table's columns
    plan: Plan, write: Write, code: str, name: str, number: float, value: str
) -> None:
    submission, findings = read_bytes("f", write(code, name, number), plan)
    assessment = assess(plan, [submission], period=plan.period)
    (result,) = [result for result in assessment.results if result.observation]
    findings = [item for item in (*findings, *assessment.findings) if item.code != "S219"]
    if result.actual is not None:
        assert (result.actual, findings) == (Fraction(value), [])
    else:
        assert [item.code for item in findings] == [value]
        assert value != "S203" or code in str(findings[0].message)
