"""Which files czurban has written as an answer: they are never figures of the next run."""

import os
import re
from pathlib import Path

FAILURES = {
    **dict.fromkeys(("region", "indicator", "period", "value", "unit", "verdict", "bound"), "VARCHAR"),
    "line": "BIGINT",
}
"""The columns of the rows that fail, with their types; the header of such a CSV is known by them."""
PARQUET_MARK = ("czurban", "failures")
"""The key and the value that such a Parquet carries in its footer."""
REPORT_CATEGORY = "czurban report"
"""What a workbook that is a report says of itself; a form, which departments fill in, does not."""
_HEADS = (
    ",".join(FAILURES),
    "id,no,name,category,task,lead,unit,kind,",  # check, report
    "region,code,rank,tied,id,no,",  # check --by region
    "region,regions,id,name,met,",  # check --each-region
    "code,severity,at,place,message,",  # validate
    "kind,group,tasks,name,lead,responsible,",  # ledger
    "rank,ground,name,lead,why,code,",  # escalate
    "department,state,indicators,reported,",  # status
    "depth,what,text,place",  # why
    "id,no,name,aliases,category,task,",  # list indicators, show
    "no,title,part,part_title,lead,",  # list tasks, show
    "name,aliases,group,",  # list departments, show
    "code,name,aliases,parent,path,",  # list regions
    "format,code,severity,demand,",  # rule
    "name,page",  # report --all-depts
)
"""How the header of each CSV begins that czurban writes; what `compute` derives is left out, for it is figures."""
_DERIVED_HEADS = ("id,indicator,region,period,value,unit,", "indicator,region,period,value,unit,numerator,")
"""How the header begins of what `compute` derives: by formula, and from records."""
_LETTERS = ("Reminder: ", "填报提醒：")
"""How the letters of `status --reminders` begin, in each language."""
_TEXT_HEAD = 1 << 16
_FOOTER = 8
_PARQUET = b"PAR1"
_RULE = re.compile("─{8,}")
"""What stands under the header of a table in text."""
_GENERATOR = b'<meta name="generator" content="czurban'
_DIGEST_LINES = {"markdown": "<!-- czurban {} -->", "html": "<!-- czurban {} -->", "text": "—— czurban {}"}
"""By format: the last line of a page or letter, with a digest of what stands above it."""
_DIGITS = 16
_JSON = (b'{\n  "format": ', b'{\n  "pages": ')
_UNTOUCHED = b"<cp:lastModifiedBy>czurban</cp:lastModifiedBy>"
"""What a workbook or document says of itself until somebody saves it in an office program."""


def is_output(path: Path) -> bool:
    """Return whether a file is a report or a table of failures that czurban wrote, which a folder's figures are not.

    The content decides, so that a copy under another name is recognised as well. A form is none, nor are the figures
    that `compute` derives: both are there to be read. A file that cannot be opened is none: its reader reports why.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(_TEXT_HEAD)
    except OSError:
        return False
    if start.startswith(_PARQUET):
        return _is_parquet_output(path)
    if start.startswith(b"PK"):
        return _is_workbook_output(path)
    return _is_text_output(start)


def is_derived(path: Path) -> bool:
    """Return whether a file is a table of figures that `compute` wrote, which it may replace and `check` reads."""
    try:
        with path.open("rb") as stream:
            start = stream.readline(_TEXT_HEAD)
    except OSError:
        return False
    return start.decode("utf-8-sig", "replace").startswith(_DERIVED_HEADS)


def with_digest(data: bytes, form: str) -> bytes:
    """Add the last line that shows whether a page was changed since; CSV, JSON and office files have no room for it."""
    if form not in _DIGEST_LINES:
        return data
    return data + f"\n{_DIGEST_LINES[form].format(_digest(data))}\n".encode()


def is_own_page(path: Path) -> bool:
    """Return whether a file is a page or letter that czurban wrote and nobody has changed since.

    Of an office file that is so until an office program saves it. CSV and JSON show no change.
    """
    if not path.is_file():  # reading a pipe or a device might never end
        return False
    try:
        data = path.read_bytes()
    except OSError:
        return False
    if data.startswith(b"PK"):
        return _UNTOUCHED in _core(path)
    body, _, last = data.removesuffix(b"\n").rpartition(b"\n")
    if last in {line.format(_digest(body)).encode() for line in _DIGEST_LINES.values()}:
        return True
    head = data[:_TEXT_HEAD].decode("utf-8-sig", "replace")
    return data.startswith(_JSON) or head.startswith(_HEADS) or not head.strip()  # the last: a table without rows


def _digest(data: bytes) -> str:
    import hashlib  # noqa: PLC0415 - only for pages and letters

    return hashlib.sha256(data).hexdigest()[:_DIGITS]


def _is_parquet_output(path: Path) -> bool:
    """Look for the mark in the footer, which holds its texts as they are."""
    try:
        with path.open("rb") as stream:
            stream.seek(-_FOOTER, os.SEEK_END)
            length = int.from_bytes(stream.read(4), "little")
            stream.seek(-_FOOTER - length, os.SEEK_END)
            footer = stream.read(length)
    except OSError:
        return False
    key, value = (_thrift_text(text) for text in PARQUET_MARK)
    return key + b"\x18" + value in footer  # a second field of text follows the first


def _thrift_text(text: str) -> bytes:
    return bytes([len(text)]) + text.encode()


def _is_workbook_output(path: Path) -> bool:
    return f">{REPORT_CATEGORY}<".encode() in _core(path)


def _core(path: Path) -> bytes:
    """What an office file says of itself; nothing where it cannot be read."""
    import zipfile  # noqa: PLC0415 - for office files alone

    try:
        with zipfile.ZipFile(path) as packed:
            return packed.read("docProps/core.xml")
    except (OSError, KeyError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile):
        return b""


def _is_text_output(start: bytes) -> bool:
    if _GENERATOR in start:
        return True
    text = start.decode("utf-8-sig", "replace")
    lines = text.splitlines()
    if lines and lines[0].startswith((*_HEADS, *_LETTERS)):
        return True
    return any(_RULE.fullmatch(line) for line in lines)
