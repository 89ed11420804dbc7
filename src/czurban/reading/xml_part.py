"""The XML parts of a zipped workbook, read with expat, which resolves nothing and loads in no time."""

import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

Start = Callable[[str, dict[str, str]], object]
"""Returns something true where the text inside the element is wanted."""
End = Callable[[str], None]
Text = Callable[[str], None]


class ScanError(Exception):
    """The file is not the workbook it says it is; the text says in what way, for the reader's finding."""


def parse(
    book: zipfile.ZipFile, part: str, on_start: Start, on_end: End | None = None, on_text: Text | None = None
) -> None:
    """Read a part, calling back with the local name (without its prefix) of every element and its attributes.

    `on_text` gets the text between an element whose `on_start` wanted it and the next element, in one or more pieces.

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


def drain(book: zipfile.ZipFile, part: str) -> None:
    """Unpack a part and drop it: a part larger than it declares ends here, before any library trusts it.

    Raises:
        ScanError: the part is damaged, or larger than it declares.
    """
    try:
        with book.open(part) as stream:
            while stream.read(1 << 20):
                pass
    except (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise ScanError(part) from error
