"""Cells that hold an error or a formula without its result, in each kind of file: never "not reported"."""

import io
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
import xlwt

from czurban.model.finding import Findings
from czurban.model.observation import Reading, Submission

Whole = Callable[..., tuple[Submission, Findings]]
Ods = tuple[Callable[..., bytes], Callable[..., str], Callable[..., str]]
RATE = "常住人口城镇化率"
ERRORS = ("#DIV/0!", "#REF!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
XLS_CODES = {
    "#NULL!": 0x00,
    "#DIV/0!": 0x07,
    "#VALUE!": 0x0F,
    "#REF!": 0x17,
    "#NAME?": 0x1D,
    "#NUM!": 0x24,
    "#N/A": 0x2A,
}
HINT = "Open the file in Excel or WPS and save it again, or write the number itself."


def xlsx(formula: str, result: object, more: Sequence[tuple[str, float]] = ()) -> bytes:
    """A workbook with one formula; xlsxwriter asks, as openpyxl does, for results to be worked out on opening."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        sheet.write_row(0, 0, ["指标", "数值"])
        sheet.write(1, 0, RATE)
        sheet.write_formula(1, 1, formula, None, result)
        for number, row in enumerate(more, 2):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def xls(error: str) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for column, text in enumerate(("指标", "数值")):
        sheet.write(0, column, text)
    sheet.write(1, 0, RATE)
    sheet.row(1).set_cell_error(1, XLS_CODES[error])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_value(whole: Whole, data: str | bytes, name: str) -> tuple[str, str, list[tuple[str, str]], str]:
    """What became of the first value, and the findings with their places."""
    submission, findings = whole(data, name)
    first = submission.observations[0]
    hints = " ".join(str(finding.hint) for finding in findings)
    return first.reported, first.raw, [(finding.code, str(finding.place)) for finding in findings], hints


@pytest.mark.parametrize("error", ERRORS)
def test_r4a_an_error_of_a_workbook_is_unreadable(whole: Whole, error: str) -> None:
    for name, data in {"f.xlsx": xlsx("=1/0", error), "f.xls": xls(error)}.items():
        reported, raw, findings, _ = read_value(whole, data, name)
        assert (reported, raw, findings) == (Reading.UNREADABLE, error, [("S203", f"{name}:表!B2")])


@pytest.mark.parametrize("error", [*ERRORS, "#名称?", "#值！", "########", "Err:502", "错误:504"])
def test_r4a_an_error_written_out_is_unreadable(whole: Whole, error: str) -> None:
    submission, findings = whole(f"指标,数值\n{RATE},{error}\n")
    assert submission.observations[0].reported is Reading.UNREADABLE
    assert [finding.code for finding in findings] == ["S203"]
    assert "error" in str(findings[0].message)


def test_r4_the_text_na_is_not_reported_and_the_error_na_is_unreadable(whole: Whole) -> None:
    submission, _ = whole(f"指标,数值\n{RATE},N/A\n户籍人口城镇化率,#N/A\n")
    assert [observation.reported for observation in submission.observations] == [Reading.NOTHING, Reading.UNREADABLE]


@pytest.mark.parametrize("stored", ["", 0])
def test_r4a_a_formula_without_a_stored_result_is_unreadable(whole: Whole, stored: object) -> None:
    reported, raw, findings, hints = read_value(whole, xlsx("=B3*2", stored, [("城镇常住人口", 139)]), "f.xlsx")
    assert (reported, raw) == (Reading.UNREADABLE, "=B3*2")
    assert findings == [("S203", "f.xlsx:表!B2")]
    assert HINT in hints


def test_r4a_a_stored_result_is_read(whole: Whole) -> None:
    reported, raw, findings, _ = read_value(whole, xlsx("=40+1.5", 41.5), "f.xlsx")
    assert (reported, raw, findings) == (Reading.VALUE, "41.5", [])


CELLS = {
    "error": ('table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"', "#DIV/0!", "#DIV/0!"),
    "error-stored-as-zero": (
        'table:formula="of:=1/0" office:value-type="float" office:value="0"',
        "Err:502",
        "Err:502",
    ),
    "no-result": ('table:formula="of:=[.B3]*2"', None, "=[.B3]*2"),
    "result": ('table:formula="of:=40+1.5" office:value-type="float" office:value="41.5"', "41.5", "41.5"),
    "empty-result": ('table:formula="of:=IF(1;&quot;&quot;)"', "", ""),
}
READINGS = {"result": Reading.VALUE, "empty-result": Reading.NOTHING}


@pytest.mark.parametrize("name", CELLS)
def test_r4a_errors_and_formulas_of_ods(whole: Whole, write_ods: Ods, name: str) -> None:
    ods, rows, cell = write_ods
    attributes, text, raw = CELLS[name]
    names = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    remark = "<office:annotation><text:p>备注</text:p></office:annotation>"
    inner = "" if text is None else f"<text:p><text:span>{escape(text)}</text:span></text:p>"
    made = f"<table:table-cell {names} {attributes}>{remark}{inner}</table:table-cell>"
    data = ods({"表": f"{rows([['指标', '数值']])}<table:table-row>{cell(RATE)}{made}</table:table-row>"})
    submission, findings = whole(data, "f.ods")
    result = submission.observations[0]
    assert (result.reported, result.raw) == (READINGS.get(name, Reading.UNREADABLE), raw)
    assert [finding.code for finding in findings] == ([] if name in READINGS else ["S203"])


def test_s275_a_value_that_is_struck_through_or_merged_over_others(whole: Whole) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        struck = book.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, ["指标", "数值", "备注"])
        sheet.write_column(1, 0, [RATE, "户籍人口城镇化率", "城镇常住人口", "城镇污水处理率"])
        sheet.write(1, 1, 41.5, struck)
        sheet.merge_range(2, 1, 3, 1, 20)
        sheet.merge_range(4, 1, 4, 2, 96.4)
    _, findings = whole(stream.getvalue(), "f.xlsx")
    assert [(finding.code, str(finding.place)) for finding in findings] == [
        ("S275", "f.xlsx:表!B2"),
        ("S275", "f.xlsx:表!B3"),
    ]
    assert "B3:B4" in str(findings[1].message)


def test_s275_in_xls_and_ods(whole: Whole, write_ods: Ods) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for column, text in enumerate(("指标", "数值")):
        sheet.write(0, column, text)
    sheet.write(1, 0, RATE)
    sheet.write(1, 1, 41.5, xlwt.easyxf("font: struck_out on"))
    stream = io.BytesIO()
    book.save(stream)
    ods, rows, cell = write_ods
    style = (
        '<style:style style:name="ce1" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    value = cell(41.5, 'table:style-name="ce1"')
    body = f"{style}{rows([['指标', '数值']])}<table:table-row>{cell(RATE)}{value}</table:table-row>"
    for name, data in {"f.xls": stream.getvalue(), "f.ods": ods({"表": body})}.items():
        _, findings = whole(data, name)
        assert [(finding.code, str(finding.place)) for finding in findings] == [("S275", f"{name}:表!B2")]
