"""Which cells of an XLS file of 2003 show a percentage: python-calamine reads the values, xlrd knows the formats."""

import io
import struct

import xlrd

from czurban.reading.xlsx_scan import is_percent


def percent_cells(data: bytes) -> frozenset[tuple[str, int, int]]:
    """Return sheet name, row and column (from 0) of each percentage cell; nothing for a file xlrd cannot follow.

    What xlrd cannot follow python-calamine judges next: either it reads the values, and a fraction among them is
    refused as one (S206), or it too finds the file damaged.
    """
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except (
        xlrd.XLRDError,
        xlrd.compdoc.CompDocError,
        struct.error,
        AssertionError,
        LookupError,
        ValueError,
        TypeError,
    ):
        return frozenset()
    shown = {i for i, xf in enumerate(book.xf_list) if is_percent(book.format_map[xf.format_key].format_str)}
    return frozenset(
        (sheet.name, r, c)
        for sheet in book.sheets()
        for r in range(sheet.nrows)
        for c in range(sheet.row_len(r))
        if sheet.cell_xf_index(r, c) in shown
    )
