"""A document as a workbook for Excel: a sheet for each part, with real numbers, filters and charts."""

import io

import xlsxwriter

from czurban.files.outputs import REPORT_CATEGORY
from czurban.model.safe_text import one_line
from czurban.reporting.document import Document, Heading
from czurban.reporting.steady_zip import MADE
from czurban.reporting.xlsx_looks import Looks
from czurban.reporting.xlsx_sheet import Writer
from czurban.reporting.xlsx_sheets import sheets

_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
"""No text becomes a formula, a number or a link."""


def as_xlsx(document: Document) -> bytes:
    """Spell a document as an XLSX file."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _PLAIN)
    title = next((block.text for block in document.blocks if isinstance(block, Heading)), "")
    told = {"title": one_line(title)[:255], "author": "czurban", "category": REPORT_CATEGORY, "created": MADE}
    book.set_properties(told)
    looks = Looks(book)
    for sheet in sheets(document):
        Writer(book, looks, sheet)
    book.close()
    return stream.getvalue()
