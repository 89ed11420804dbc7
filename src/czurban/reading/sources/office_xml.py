"""Read the XML parts of office files with expat."""

import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

Start = Callable[[str, dict[str, str]], object]
"""Returns a true value where the text inside the element is wanted."""
End = Callable[[str], None]
Text = Callable[[str], None]


class ScanError(Exception):
    """The file is not a valid workbook; the text names the part or value at fault."""


def parse_part(
    book: zipfile.ZipFile, part: str, on_start: Start, on_end: End | None = None, on_text: Text | None = None
) -> None:
    """Read an XML part of a workbook with expat, which resolves no entities and loads fast.

    `on_start` is called with the local name (without its prefix) and the attributes of every element. `on_text` gets
    the text between an element for which `on_start` returned a true value and the next element, in one or more pieces.

    Raises:
        ScanError: the part is missing, damaged, or is not plain XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        msg = "DOCTYPE"
        raise ScanError(msg)

    def start(name: str, attributes: dict[str, str]) -> None:
        wanted = on_start(name.rpartition(":")[2], attributes)
        if on_text is not None:
            parser.CharacterDataHandler = on_text if wanted else None

    def end(name: str) -> None:
        if on_end is not None:
            on_end(name.rpartition(":")[2])

    parser.StartElementHandler = start
    if on_end is not None:
        parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    try:
        with book.open(part) as stream:
            parser.ParseFile(stream)
    except (
        LookupError,
        ValueError,
        expat.ExpatError,
        zipfile.BadZipFile,
        EOFError,
        NotImplementedError,
        zlib.error,
    ) as error:
        raise ScanError(part) from error


def check_size(book: zipfile.ZipFile, part: str) -> None:
    """Unpack a part and drop it, so that a part larger than it declares is refused before a library reads it.

    Raises:
        ScanError: the part is damaged, or larger than it declares.
    """
    try:
        with book.open(part) as stream:
            while stream.read(1 << 20):
                pass
    except (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise ScanError(part) from error
