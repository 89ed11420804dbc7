"""What stands beside the rows: totals, footnotes, signatures, footnote marks; and files that end too early or lie."""

import codecs
import io
import zipfile
from collections.abc import Callable

import pytest

from czurban.model.finding import Findings
from czurban.model.observation import Submission
from czurban.reading.submission.names import without_mark
from czurban.reading.submission.surroundings.asides import is_footnote, is_signature, is_total

Sent = Callable[..., tuple[Submission, list[tuple[str, str]]]]
Whole = Callable[..., tuple[Submission, Findings]]
RATE = "常住人口城镇化率"
HEAD = "指标,数值,备注\n"


@pytest.mark.parametrize("name", ["合计", "合 计", "小计：", "总计（万人）", "全市合计", "Total"])
def test_s119_a_row_of_totals_is_no_indicator(sent: Sent, name: str) -> None:
    assert is_total(name)
    submission, findings = sent(f"{HEAD}{RATE},41,\n{name},99,\n{name},,\n")
    assert findings == [("S119", "f.csv:3:1")]
    assert (len(submission.observations), submission.rows.ignored) == (1, 3)


@pytest.mark.parametrize("name", ["合计生育率", "总数据", "小计算"])
def test_a_name_that_begins_like_a_total(sent: Sent, name: str) -> None:
    assert not is_total(name)
    assert sent(f"{HEAD}{name},99,\n")[1] == [("S201", "f.csv:2:1")]


@pytest.mark.parametrize(
    "name",
    [
        "注：以上为快报数",
        "注1：快报",
        "备注:快报",
        "说明：快报",
        "数据来源：统计局",
        "※快报数",
        "①快报数",
        "（注1）快报",
    ],
)
def test_a_footnote_is_ignored_and_counted(sent: Sent, name: str) -> None:
    assert is_footnote(name)
    submission, findings = sent(f"{HEAD}{RATE},41,\n{name},见上,\n")
    assert findings == []
    assert (submission.rows.used, submission.rows.ignored) == (1, 2)


def test_a_footnote_with_a_figure_is_told(sent: Sent) -> None:
    assert sent(f"{HEAD}注：另有,41,\n")[1] == [("S201", "f.csv:2:1")]


@pytest.mark.parametrize(
    "name", ["填表人：张三", "制表：", "审核人（签字）：", "联系电话：", "填报日期：", "单位负责人："]
)
def test_a_signature_is_ignored_whatever_stands_behind_it(sent: Sent, name: str) -> None:
    assert is_signature(name)
    assert sent(f"{HEAD}{RATE},41,\n{name},2020,\n")[1] == []


@pytest.mark.parametrize("mark", ["①", "*", "※", "[1]", "²", "注1", "（1）", "〔2〕", "①②", "（注）"])
def test_s117_a_footnote_mark_behind_a_name(sent: Sent, mark: str) -> None:
    submission, findings = sent(f"{HEAD}{RATE}{mark},41,\n{RATE}{mark},41,\n")
    assert [one.indicator for one in submission.observations] == ["resident_urbanization_rate"] * 2
    assert findings == [("S117", "f.csv:2:1")]


@pytest.mark.parametrize(("name", "expected"), [(f"* {RATE}", [("S117", "f.csv:2:1")]), (f"①{RATE}", [])])
def test_s117_a_footnote_mark_before_a_name_and_a_number_there(
    sent: Sent, name: str, expected: list[tuple[str, str]]
) -> None:
    submission, findings = sent(f"{HEAD}{name},41,\n")
    assert len(submission.observations) == 1
    assert findings == expected


@pytest.mark.parametrize("name", [RATE, "m2", "", "①"])
def test_no_mark(name: str) -> None:
    assert without_mark(name) is None


@pytest.mark.parametrize(("raw", "code"), [("41①", "S204"), ("41*", "S203"), ("41[1]", "S203"), ("41注1", "S204")])
def test_r4_a_mark_behind_a_value_stays_unreadable_and_the_hint_says_what_to_remove(
    whole: Whole, raw: str, code: str
) -> None:
    submission, findings = whole(f"{HEAD}{RATE},{raw},\n")
    assert [one.reported for one in submission.observations] == ["unreadable"]
    assert [one.code for one in findings] == [code]
    assert raw.removeprefix("41") in str(findings[0].hint)
    assert "mark" in str(findings[0].hint)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (f"{HEAD}{RATE},41,x\n城镇常住人口,13", ["S114"]),
        (f"{HEAD}{RATE},41,x\n城镇常住人口,138.5,", []),
        (f"{HEAD}{RATE},41,x\n城镇常住人口", ["S114"]),
        (f"{HEAD}{RATE},41,x\n城镇常", ["S114"]),
        (f"{HEAD}{RATE},41,x\n以上为快报数", []),
        (f"{HEAD}{RATE},41,x\n注：以上为快报数", []),
        (f'{HEAD}{RATE},41,x\n城镇常住人口,138.5,"见', ["S114"]),
        (f'{HEAD}{RATE},41,x\n城镇常住人口,138.5,"见\n', ["S106"]),
        (f"{HEAD}{RATE},41,x\n城镇常住人口,13\n", ["S110"]),
    ],
)
def test_s114_a_file_that_ends_in_the_middle_of_a_row(sent: Sent, text: str, codes: list[str]) -> None:
    submission, findings = sent(text)
    assert [code for code, _ in findings] == codes
    assert submission.rows.refused == len({"S114", "S106"}.intersection(codes))
    if "S114" in codes:
        assert [one.raw for one in submission.observations] == ["41"]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        (f"{HEAD}{RATE},41,x\n城镇常住人口,138.5,见".encode()[:-1], "UTF-8"),
        (codecs.BOM_UTF8 + f"{HEAD}{RATE},41,x\n城镇常住人口,138.5,见".encode()[:-2], "UTF-8"),
        (f"{HEAD}{RATE},41,x\n城镇常住人口,138.5,见".encode("gb18030")[:-1], "GB18030"),
        (codecs.BOM_UTF16_LE + f"{HEAD}{RATE},41,x\n城镇常住人口,138.5,见".encode("utf-16-le")[:-1], "UTF-16-LE"),
    ],
)
def test_s114_a_file_that_ends_in_the_middle_of_a_character(sent: Sent, text: bytes, read_as: str) -> None:
    submission, findings = sent(text)
    assert submission.read_as == read_as
    assert findings == [("S114", "f.csv:3")]
    assert [one.raw for one in submission.observations] == ["41"]


def test_ascii_and_a_lone_byte_is_no_utf8(sent: Sent) -> None:
    submission, _ = sent(b"id,value\nresident_urbanization_rate,41\nx,\xe4\xbd")
    assert submission.read_as == "GB18030"


@pytest.mark.parametrize(
    ("name", "reported"),
    [
        ("f.csv", False),
        ("f.TXT", False),
        ("f", False),
        ("f.dat", False),
        ("f.xlsx", True),
        ("f.xls", True),
        ("f.ods", True),
    ],
)
def test_s115_a_name_that_says_something_else(sent: Sent, name: str, *, reported: bool) -> None:
    submission, findings = sent(f"{HEAD}{RATE},41,\n", name)
    assert len(submission.observations) == 1
    assert findings == ([("S115", name)] if reported else [])


@pytest.mark.parametrize(
    "data",
    [
        b"<html><table></table></html>",
        b"\xef\xbb\xbf  <!DOCTYPE html>\n<html>",
        b"<!-- x -->\n<TABLE border=1>",
        b"MIME-Version: 1.0\nX-Document-Type: Workbook\n",
        b'<?xml version="1.0"?><html xmlns:x="urn:schemas-microsoft-com:office:excel">',
        b'<?xml version="1.0"?><Workbook/>',
        codecs.BOM_UTF16_LE + "<html>".encode("utf-16-le"),
    ],
)
def test_s101_a_web_page_called_xls_is_refused(whole: Whole, data: bytes) -> None:
    submission, findings = whole(data, "f.xls")
    assert submission.observations == ()
    assert [one.code for one in findings] == ["S101"]
    assert "ML" in str(findings[0].message)


def test_a_zip_file_of_anything_is_no_workbook(sent: Sent) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr("readme.txt", "hello")
    assert sent(stream.getvalue(), "f.xlsx")[1] == [("S101", "f.xlsx")]
