"""Name the marks of the files that czurban writes, and recognise pages and letters that are as it wrote them."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

FAILURES = {
    **dict.fromkeys(("region", "indicator", "period", "value", "unit", "verdict", "bound"), "VARCHAR"),
    "line": "BIGINT",
}
"""The columns of the table of failing rows, with their types."""
PARQUET_MARK = ("czurban", "failures")
"""The key and value in the footer of a table of failing rows in Parquet."""
REPORT_CATEGORY = "czurban report"
"""The category in the properties of a workbook or document that is a report; forms and letters have none."""
HEADERS = (
    ",".join(FAILURES),
    "id,no,name,category,task,lead,unit,kind,",  # check, report
    "region,code,rank,tied,total_of_regions,id,no,",  # check --by region
    "region,code,rank,tied,id,no,",  # the same before totals were in it
    "region,regions,id,name,met,",  # check --each-region
    "code,severity,at,place,message,",  # validate
    "kind,group,tasks,name,lead,responsible,",  # ledger
    "rank,ground,name,lead,why,code,",  # escalate
    "id,no,name,unit,category,lead,target,actual,verdict,pace,rule,",  # score
    "period,value,required,reported,added,",  # trend
    "id,name,unit,kind,before,after,",  # compare
    "department,state,indicators,reported,",  # status
    "depth,what,text,place",  # why
    "id,no,name,aliases,category,task,",  # list indicators, show
    "no,title,part,part_title,lead,",  # list tasks, show
    "name,aliases,group,",  # list departments, show
    "code,name,aliases,parent,path,",  # list regions, show
    "list,count",  # list
    "format,code,severity,demand,",  # rule
    "format,printed,reads_as,",  # read-target
    "name,page",  # report --all-depts
)
"""The beginnings of the headers of all CSV reports, without those of `compute`, which are figures."""
GENERATOR = b'<meta name="generator" content="czurban'
LAST_LINE = re.compile(rb"<!-- czurban(?: [0-9a-f]{16})? -->\s*\Z")
PDF_AUTHOR = b"<dc:creator><rdf:Seq><rdf:li>czurban</rdf:li>"
LETTERS = ("Letter on figures of ", "关于补报更正《", "Reminder: ", "填报提醒：")
"""The beginnings of the letters of `status --reminders`, in each language, and those of earlier versions."""
DERIVED_HEADERS = ("id,indicator,region,period,value,unit,", "indicator,region,period,value,unit,numerator,")
"""The beginnings of the headers that `compute` writes: by formula, and from records."""
LETTERS_NOTE = ".czurban-letters"
"""The hidden file in a folder of letters that has their digests, because a letter is sent as it is."""
MARKDOWN_MARK = b"\n<!-- czurban -->\n"
"""The last line of a report in Markdown."""
_FOOTER = 8
TEXT_HEAD = 1 << 16
"""How many bytes at the beginning of a file are looked at."""
_DIGEST_LINES = {"markdown": "<!-- czurban {} -->", "html": "<!-- czurban {} -->", "text": "—— czurban {}"}
"""By format, the last line of a page, with a digest of the text above it."""
_DIGITS = 16
JSON = (b'{\n  "format": ', b'{\n  "pages": ')
_UNCHANGED = b"<cp:lastModifiedBy>czurban</cp:lastModifiedBy>"
"""The property of a workbook or document until it is saved in an office program."""


def with_digest(data: bytes, form: str) -> bytes:
    """Add a last line with a digest, by which later changes are recognised; CSV, JSON and office files have none."""
    if form not in _DIGEST_LINES:
        return data
    data = data.removesuffix(MARKDOWN_MARK)
    return data + f"\n{_DIGEST_LINES[form].format(_digest(data))}\n".encode()


def letters_note(letters: Mapping[str, bytes]) -> bytes:
    """Return the content of the hidden file with the digests of letters, by which later changes are recognised."""
    return "".join(f"{_digest(data)} {name}\n" for name, data in letters.items()).encode()


def _is_noted(path: Path, data: bytes) -> bool:
    """Return whether a letter is as the hidden file in its folder says."""
    try:
        note = path.with_name(LETTERS_NOTE).read_bytes()
    except OSError:
        return False
    return f"{_digest(data)} {path.name}".encode() in note.splitlines()


def is_own_page(path: Path) -> bool:
    """Return whether a file is a page or letter that czurban wrote and that was not changed since.

    Office files count as unchanged until an office program saves them. Changes of CSV and JSON are not recognised.
    """
    if not path.is_file():  # reading a pipe or a device might never end
        return False
    try:
        data = path.read_bytes()
    except OSError:
        return False
    if data.startswith(b"PK"):
        return _UNCHANGED in office_properties(path)
    if _is_noted(path, data):
        return True
    body, _, last = data.removesuffix(b"\n").rpartition(b"\n")
    if last in {line.format(_digest(body)).encode() for line in _DIGEST_LINES.values()}:
        return True
    head = data[:TEXT_HEAD].decode("utf-8-sig", "replace")
    return data.startswith(JSON) or head.startswith(HEADERS) or not head.strip()  # the last: a table without rows


def _digest(data: bytes) -> str:
    import hashlib  # noqa: PLC0415 - only for pages and letters

    return hashlib.sha256(data).hexdigest()[:_DIGITS]


def has_parquet_mark(path: Path) -> bool:
    """Return whether a Parquet file has the mark, in the footer, in which texts are not encoded."""
    try:
        with path.open("rb") as stream:
            stream.seek(-_FOOTER, os.SEEK_END)
            length = int.from_bytes(stream.read(4), "little")
            stream.seek(-_FOOTER - length, os.SEEK_END)
            footer = stream.read(length)
    except OSError:
        return False
    key, value = (bytes([len(text)]) + text.encode() for text in PARQUET_MARK)
    return key + b"\x18" + value in footer  # a second field of text follows the first


def office_properties(source: Path | bytes) -> bytes:
    """Return the properties of an office file; empty where it cannot be read."""
    import io  # noqa: PLC0415 - for office files alone
    import zipfile  # noqa: PLC0415 - as above
    import zlib  # noqa: PLC0415 - as above

    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as packed:
            return packed.open("docProps/core.xml").read(TEXT_HEAD)
    except (OSError, KeyError, ValueError, RuntimeError, EOFError, zlib.error, zipfile.BadZipFile):
        return b""
