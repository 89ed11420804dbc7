"""Workbooks whose bytes were changed are read, or refused with a finding; none brings the program down or hangs it."""

import io
import random
import struct
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
import xlwt

from czurban.model.plan import Plan
from czurban.reading.submission.files import read_bytes

ROWS = [("指标", "数值"), ("城镇新增就业", 1.6), ("城镇常住人口", 139)]
Ods = tuple[Callable[..., bytes], Callable[..., str], Callable[..., str]]


@pytest.fixture(scope="module")
def books(write_ods: Ods) -> dict[str, bytes]:
    """A small workbook of each kind."""
    file, rows, _ = write_ods
    xlsx, xls, packed, plain = io.BytesIO(), io.BytesIO(), io.BytesIO(), file({"表": rows(ROWS)})
    with xlsxwriter.Workbook(xlsx, {"in_memory": True}) as book:
        page = book.add_worksheet("表")
        for number, row in enumerate(ROWS):
            page.write_row(number, 0, row)
    old = xlwt.Workbook()
    sheet = old.add_sheet("表")
    for number, row in enumerate(ROWS):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    old.save(xls)
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            target.writestr(part, source.read(part), zipfile.ZIP_STORED if part == "mimetype" else None)
    return {"xlsx": xlsx.getvalue(), "xls": xls.getvalue(), "ods": packed.getvalue()}


def changed(data: bytes, chance: random.Random) -> bytes:
    """Bytes with one to four changes: overwritten, cut out, or a number put where a length may stand."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(found))
        match chance.randrange(4):
            case 0:
                found[at : at + 20] = bytes([chance.choice((0, 255, chance.randrange(256)))]) * 20
            case 1:
                found[at] ^= 1 << chance.randrange(8)
            case 2:
                del found[at : at + chance.randint(1, 30)]
            case _:
                found[at : at + 4] = struct.pack(
                    "<I", chance.choice((0, 2**32 - 1, 2**31 - 1, chance.randrange(2**32)))
                )
    return bytes(found)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_two_hundred_corruptions_of_each_kind(plan: Plan, books: dict[str, bytes], kind: str) -> None:
    chance = random.Random(kind)  # noqa: S311 - the same changes every time, no secret
    for _ in range(200):
        submission, findings = read_bytes(f"f.{kind}", changed(books[kind], chance), plan)
        assert submission.read_as or findings
        assert submission.rows.adds_up


def test_s101_compressed_data_that_is_none(plan: Plan, books: dict[str, bytes]) -> None:
    data = bytearray(books["xlsx"])
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as book:
        start = book.getinfo("xl/worksheets/sheet1.xml").header_offset
    name, extra = struct.unpack("<HH", data[start + 26 : start + 30])
    at = start + 30 + name + extra
    data[at : at + 20] = b"\xff" * 20
    assert [one.code for one in read_bytes("f.xlsx", bytes(data), plan)[1]] == ["S101"]


def test_s101_sectors_of_an_old_workbook_that_lead_in_a_circle(plan: Plan, books: dict[str, bytes]) -> None:
    data = bytearray(books["xls"])
    (table,) = struct.unpack("<I", data[76:80])
    first = 512 * (table + 1)
    data[first : first + 4] = struct.pack("<I", 0)
    assert [one.code for one in read_bytes("f.xls", bytes(data), plan)[1]] == ["S101"]
