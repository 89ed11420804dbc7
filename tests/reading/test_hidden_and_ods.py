"""Hidden rows and columns, merged headers and percentages, in each kind of workbook."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
import xlwt

from czurban.model.finding import Findings
from czurban.model.observation import Submission
from czurban.reading.sources.doubtful_cells import ranges_of
from czurban.reading.sources.limits import Limits
from czurban.reading.sources.opening import FileKind, kind_of
from czurban.reading.sources.sheet import cell_at, numbers_below

Whole = Callable[..., tuple[Submission, Findings]]
RATE = "常住人口城镇化率"
UPPER = ["指标", "单位", "完成情况", None, "备注"]
LOWER = [None, None, "2018年", "2019年", None]
ROWS = [[RATE, "%", 40, 41.5, "旧"], ["户籍人口城镇化率", "%", 18, 20, ""], ["城镇常住人口", "万人", 132.16, 139, ""]]


def xlsx() -> bytes:
    """The table with its second row of values and its remarks hidden, and all columns behind the last."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        for column in (0, 1, 4):
            sheet.merge_range(0, column, 1, column, UPPER[column])
        sheet.merge_range(0, 2, 0, 3, UPPER[2])
        sheet.write_row(1, 2, LOWER[2:4])
        for number, row in enumerate(ROWS, 2):
            sheet.write_row(number, 0, row)
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_row(9, None, None, {"hidden": True})
        sheet.set_column(4, 4, None, None, {"hidden": True})
        sheet.set_column(5, 16383, None, None, {"hidden": True})
    return stream.getvalue()


def xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for column in (0, 1, 4):
        sheet.write_merge(0, 1, column, column, UPPER[column])
    sheet.write_merge(0, 0, 2, 3, UPPER[2])
    for number, row in enumerate([LOWER, *ROWS], 1):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    sheet.row(3).hidden = True
    sheet.col(4).hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods_table(ods: Callable[..., bytes], rows: Callable[..., str], cell: Callable[..., str]) -> bytes:
    columns = '<table:table-column table:number-columns-repeated="4"/><table:table-column table:visibility="collapse"/>'
    wide = {2: 'table:number-columns-spanned="2"'}
    upper = "".join(cell(text, wide.get(at, "")) for at, text in enumerate(UPPER))
    hidden = rows(ROWS[1:2]).replace("<table:table-row>", '<table:table-row table:visibility="filter">')
    return ods(
        {"表": f"{columns}<table:table-row>{upper}</table:table-row>{rows([LOWER, ROWS[0]])}{hidden}{rows(ROWS[2:])}"}
    )


@pytest.fixture(params=["xlsx", "xls", "ods"])
def book(request: pytest.FixtureRequest, write_ods: tuple[Callable[..., bytes], ...]) -> tuple[str, bytes]:
    data = {"xlsx": xlsx, "xls": xls, "ods": lambda: ods_table(*write_ods)}[request.param]()
    return f"f.{request.param}", data


def test_s112_hidden_rows_and_columns_are_reported_and_not_read(whole: Whole, book: tuple[str, bytes]) -> None:
    name, data = book
    submission, findings = whole(data, name)
    assert [(finding.code, str(finding.place)) for finding in findings] == [
        ("S112", f"{name}:表"),
        ("S116", f"{name}:表!A1"),
        ("S118", f"{name}:表!A2"),
    ]
    assert "(4)" in str(findings[0].message)
    assert "(E)" in str(findings[0].message)
    assert [
        (observation.raw, str(observation.period), observation.note) for observation in submission.observations
    ] == [
        ("40", "2018", ""),
        ("41.5", "2019", ""),
        ("132.16", "2018", ""),
        ("139", "2019", ""),
    ]
    rows = submission.rows
    assert (rows.used, rows.refused, rows.ignored) == (2, 0, 3)


@pytest.mark.parametrize(("hide", "message"), [("row", "Hidden rows (2)"), ("column", "Hidden columns (B)")])
def test_s112_of_rows_or_columns_alone(whole: Whole, hide: str, message: str) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as made:
        sheet = made.add_worksheet("表")
        for number, row in enumerate([["指标", "备注", "数值"], [RATE, "旧", 41], ["城镇新增就业", "新", 1.6]]):
            sheet.write_row(number, 0, row)
        if hide == "row":
            sheet.set_row(1, 0)
        else:
            sheet.set_column(1, 1, 0)
    submission, findings = whole(stream.getvalue(), "f.xlsx")
    assert [finding.code for finding in findings] == ["S112"]
    assert str(findings[0].message).startswith(message)
    assert len(submission.observations) == (1 if hide == "row" else 2)


@pytest.mark.parametrize("first", ["mimetype", "content.xml"])
def test_r4_a_percentage_cell_of_ods_is_per_cent(
    whole: Whole, write_ods: tuple[Callable[..., bytes], ...], first: str
) -> None:
    ods, rows, _ = write_ods
    data = ods(
        {"表": rows([["指标", "数值"], [RATE, "41%"], ["户籍人口城镇化率", 0.2], ["城镇新增就业", "1.6"]])}, first=first
    )
    assert kind_of(data) is FileKind.ODS
    submission, findings = whole(data, "f.ods")
    assert findings == ()
    assert submission.read_as == "ODS"
    result = [(observation.raw, observation.unit_in_cell) for observation in submission.observations]
    assert result == [("41%", True), ("0.2", False), ("1.6", False)]


def test_rows_and_cells_of_ods_that_are_repeated(whole: Whole, write_ods: tuple[Callable[..., bytes], ...]) -> None:
    ods, rows, cell = write_ods
    empty = '<table:table-cell table:number-columns-repeated="2"/>'
    gap = f'<table:table-row table:number-rows-repeated="3">{empty}</table:table-row>'
    last = f"<table:table-row>{empty}{cell(RATE)}{cell('41%')}</table:table-row>"
    submission, findings = whole(ods({"表": gap + rows([[None, None, "指标", "数值"]]) + last}), "f.ods")
    assert findings == ()
    assert [(observation.raw, str(observation.place)) for observation in submission.observations] == [
        ("41%", "f.ods:表!D5")
    ]


def test_s101_a_table_in_a_drawing_of_ods_hides_the_end_of_the_sheet(
    whole: Whole, write_ods: tuple[Callable[..., bytes], ...]
) -> None:
    ods, rows, _ = write_ods
    table = rows([["指标", "数值"], [RATE, 41]])
    drawing = f'<table:shapes><table:table table:name="x">{table}</table:table></table:shapes>'
    findings = whole(ods({"表": drawing + table}), "f.ods")[1]
    assert [finding.code for finding in findings] == ["S101"]
    assert "drawing" in str(findings[0].message)


def test_s113_a_cell_of_ods_repeated_without_end(whole: Whole, write_ods: tuple[Callable[..., bytes], ...]) -> None:
    row = '<table:table-row table:number-rows-repeated="1048576">'
    cell = '<table:table-cell office:value-type="percentage" office:value="1" table:number-columns-repeated="16384"/>'
    submission, findings = whole(write_ods[0]({"表": f"{row}{cell}</table:table-row>"}), "f.ods")
    assert [finding.code for finding in findings] == ["S113"]
    assert submission.observations == ()


def test_s113_a_sheet_of_another_workbook(whole: Whole) -> None:
    findings = whole(xls(), "f.xls", Limits(rows=3))[1]
    assert [finding.code for finding in findings] == ["S113"]
    assert "--max-rows" in str(findings[0].hint)


@pytest.mark.parametrize("name", ["f.et", "F.ET"])
def test_what_wps_writes_is_read_by_its_content(whole: Whole, name: str) -> None:
    for data, read_as in ((xls(), "XLS"), (xlsx(), "XLSX")):
        submission, findings = whole(data, name)
        assert submission.read_as == read_as
        assert "S115" not in [finding.code for finding in findings]


def test_cells_without_addresses(whole: Whole) -> None:
    stream, made = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        shown = book.add_format({"num_format": "0%"})
        sheet.write_row(0, 0, ["指标", "数值"])
        sheet.write_row(1, 0, [RATE])
        sheet.write(1, 1, 0.41, shown)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            content = old.read(part).decode()
            new.writestr(part, re.sub(r' r="[A-Z]*\d+"', "", content) if "sheet1" in part else content)
    assert [observation.raw for observation in whole(stream.getvalue(), "f.xlsx")[0].observations] == ["41%"]


@pytest.mark.parametrize(("address", "at"), [("A1", (0, 0)), ("$C$7", (6, 2)), ("7C", None), ("", None)])
def test_addresses(address: str, at: tuple[int, int] | None) -> None:
    assert cell_at(address) == at


def test_runs_and_ranges() -> None:
    assert ranges_of([9, 3, 4, 5]) == [(3, 5), (9, 9)]
    assert numbers_below([range(2, 10**9)], 4) == frozenset({2, 3})
