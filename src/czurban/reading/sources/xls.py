"""Read the layout of XLS files of 2003 with xlrd: formats, hidden and merged cells."""

import io
import struct

import xlrd

from czurban.reading.sources.cell_formats import LONGEST, changes_number, is_percent
from czurban.reading.sources.office_xml import ScanError
from czurban.reading.sources.sheet import Layout, Merge

_ERROR = xlrd.XL_CELL_ERROR
_BROKEN = (
    xlrd.compdoc.CompDocError,
    struct.error,
    AssertionError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)


def scan_xls(data: bytes) -> dict[str, Layout]:
    """Return the layout of every sheet, by its name; nothing for a workbook that xlrd does not know.

    python-calamine reads such a workbook next, since it may be encrypted. A damaged file is refused here: sectors that
    form a cycle would keep that library busy for ever.

    Raises:
        ScanError: the file is damaged.
    """
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError:
        return {}
    except _BROKEN as error:
        msg = "OLE"
        raise ScanError(msg) from error
    codes = {i: str(book.format_map[xf.format_key].format_str) for i, xf in enumerate(book.xf_list)}
    if any(len(code) > LONGEST for code in codes.values()):
        msg = "FORMAT"
        raise ScanError(msg)
    percents = {i for i, code in codes.items() if is_percent(code)}
    formats = {i: code for i, code in codes.items() if i not in percents and changes_number(code)}
    struck = {i for i, xf in enumerate(book.xf_list) if book.font_list[xf.font_index].struck_out}
    return {sheet.name: _layout(sheet, percents, formats, struck) for sheet in book.sheets()}


def _layout(sheet: xlrd.sheet.Sheet, percents: set[int], formats: dict[int, str], struck: set[int]) -> Layout:
    layout = Layout(height=sheet.nrows, width=sheet.ncols)
    errors = [(r, c) for r in range(sheet.nrows) for c, kind in enumerate(sheet.row_types(r)) if kind == _ERROR]
    layout.texts = {at: xlrd.error_text_from_code.get(sheet.cell_value(*at), "#N/A") for at in errors}
    styles = {(r, c): sheet.cell_xf_index(r, c) for r in range(sheet.nrows) for c in range(sheet.row_len(r))}
    layout.percents = {at for at, style in styles.items() if style in percents}
    layout.struck = {at for at, style in styles.items() if style in struck}
    layout.formats = {at: formats[style] for at, style in styles.items() if style in formats}
    hidden_rows = (r for r, row in sheet.rowinfo_map.items() if row.hidden or row.height == 0)
    hidden_columns = (c for c, column in sheet.colinfo_map.items() if column.hidden or column.width == 0)
    layout.hidden_rows = [range(r, r + 1) for r in hidden_rows]
    layout.hidden_columns = [range(c, c + 1) for c in hidden_columns]
    layout.merges = [Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    return layout
