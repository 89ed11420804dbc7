"""What the tests of reading share: a file sent under a name, and workbooks written for the purpose."""

import io
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import pytest

from czurban.model.finding import Findings
from czurban.model.observation import Submission
from czurban.model.plan import Plan
from czurban.reading.sources.limits import LIMITS, Limits
from czurban.reading.submission.files import read_bytes

Sent = Callable[..., tuple[Submission, list[tuple[str, str]]]]
Whole = Callable[..., tuple[Submission, Findings]]
ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {"office": "office", "table": "table", "text": "text", "style": "style"}.items()
)


@pytest.fixture(scope="session")
def whole(plan: Plan) -> Whole:
    """Read a file, with every finding but the note on where the period comes from; no row may be lost."""

    def read(data: str | bytes, name: str = "f.csv", limits: Limits = LIMITS) -> tuple[Submission, Findings]:
        submission, findings = read_bytes(name, data.encode() if isinstance(data, str) else data, plan, limits)
        assert submission.rows.adds_up, submission.rows
        return submission, tuple(one for one in findings if one.code != "S219")

    return read


@pytest.fixture(scope="session")
def sent(whole: Whole) -> Sent:
    """The same, with findings as pairs of code and place."""

    def read(
        data: str | bytes, name: str = "f.csv", limits: Limits = LIMITS
    ) -> tuple[Submission, list[tuple[str, str]]]:
        submission, findings = whole(data, name, limits)
        return submission, [(one.code, str(one.place)) for one in findings]

    return read


def ods_cell(value: str | float | None, more: str = "") -> str:
    """A cell of an ODS table; a text that ends in % becomes a percentage."""
    if value is None:
        return f"<table:table-cell {more}/>"
    if isinstance(value, str) and value.endswith("%") and value[:-1].replace(".", "").isdecimal():
        return (
            f'<table:table-cell office:value-type="percentage" office:value="{float(value[:-1]) / 100:.15g}" {more}>'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    if isinstance(value, str):
        text = f"<text:p>{escape(value)}</text:p>"
        return f'<table:table-cell office:value-type="string" {more}>{text}</table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}" {more}/>'


def ods_rows(rows: Sequence[Sequence[str | float | None]]) -> str:
    """Rows of an ODS table."""
    return "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)


def ods(sheets: dict[str, str], *, first: str = "mimetype") -> bytes:
    """An ODS file of sheets whose XML is given; `first` is the part that comes first in the package."""
    tables = "".join(f'<table:table table:name="{name}">{xml}</table:table>' for name, xml in sheets.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{ODS}"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    )
    parts = {"mimetype": ODS, "content.xml": content, "META-INF/manifest.xml": manifest}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        for name in sorted(parts, key=lambda part: part != first):
            book.writestr(name, parts[name])
    return stream.getvalue()


@pytest.fixture(scope="session")
def write_ods() -> tuple[Callable[..., bytes], Callable[..., str], Callable[..., str]]:
    """The writers of ODS: of a file, of rows, of a cell."""
    return ods, ods_rows, ods_cell
