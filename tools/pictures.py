"""Draws docs/images: the report as those see it who receive it, from examples/actuals-2019.csv.

Needs LibreOffice with Writer and Calc, and poppler's pdftoppm. The typefaces of official documents are seldom
installed; the ones that may stand in for them are named to LibreOffice as they are to Word.
"""

import os
import shutil
import struct
import subprocess
import tempfile
import zlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import czurban
from czurban.cli.app import run as czurban_run
from czurban.reporting.document import Document
from czurban.reporting.documents.records import Origin
from czurban.reporting.documents.whole import whole_report
from czurban.reporting.formats.docx_table import ELSE, SONG
from czurban.reporting.formats.registry import render
from czurban.words.translator import Translator

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
GAP, GREY = 10, 0xC8
Picture = tuple[int, int, bytes]
"""Width, height, and three bytes for each point."""


def report() -> Document:
    """The made-up figures of 2019, judged; made at a fixed time, so that the pictures change with the report alone."""
    plan = czurban.read_plan("data")
    judged = czurban.check(plan, "examples/actuals-2019.csv").assessment
    return whole_report(judged, Origin("2020-01-10 09:00"), Translator("zh"), scope=lambda _: True)


def bulletin(document: Document) -> None:
    """The first pages of the bulletin for Word."""
    draw("bulletin", render(document, "docx"), "docx", [1, 2, 3])


def workbook(document: Document) -> None:
    """The first sheets of the workbook, as they print."""
    draw("workbook", render(document, "xlsx"), "xlsx", [1, 3])


OFFICE = "市住房城乡建设局"
PRODUCTS = {
    "form": (("template", "--dept", OFFICE, "--by", "2020-01-15"), "form.xlsx", [1]),
    "letter": (("status", "examples/actuals-2019.csv", "--by", "2020-01-15"), f"letters/{OFFICE}.docx", [1, 2]),
    "ledger": (("ledger", "examples/actuals-2019.csv", "--fail-on", "never"), "ledger.xlsx", [1, 2]),
    "escalation": (("escalate", "examples/actuals-2019.csv", "--fail-on", "never"), "escalation.docx", [1, 2]),
    "pdf": (("report", "examples/actuals-2019.csv", "--fail-on", "never"), "report.pdf", [1, 2, 3]),
}
"""The other products: the command that writes each, its file, and the pages that are shown."""


def products() -> None:
    """The first pages of forms, letters, ledgers, escalations and PDF reports, as the commands write them."""
    os.environ["SOURCE_DATE_EPOCH"] = "1578618000"  # 2020-01-10
    with tempfile.TemporaryDirectory() as folder:
        for name, (words, file, pages) in PRODUCTS.items():
            made = Path(folder) / file
            where = ("--reminders", made.parent) if name == "letter" else ("-o", made)
            command = [*words, "--plan", "data", "--lang", "zh", *map(str, where)]
            if czurban_run(command) > 1:
                raise SystemExit(name)
            draw(name, made.read_bytes(), made.suffix[1:], pages)


def draw(name: str, made: bytes, suffix: str, pages: Sequence[int]) -> None:
    """Turn a file into a picture of some of its pages, side by side."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.{suffix}"
        file.write_bytes(made)
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(stand_ins())
        if suffix != "pdf":
            run("soffice", f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless", "--convert-to",
                "pdf", "--outdir", folder, file, fonts=fonts)  # fmt: skip
        shown = []
        for page in pages:
            run(
                "pdftoppm",
                "-r",
                "76",
                "-f",
                page,
                "-l",
                page,
                "-singlefile",
                file.with_suffix(".pdf"),
                file,
                fonts=fonts,
            )
            shown.append(points(Path(f"{file}.ppm").read_bytes()))
    IMAGES.mkdir(parents=True, exist_ok=True)
    (IMAGES / f"{name}.png").write_bytes(png(side_by_side(shown)))


def stand_ins() -> str:
    """Which typefaces stand in for which, as fontconfig reads it."""
    aliases = "".join(
        f"<alias binding='same'><family>{name}</family><prefer>"
        + "".join(f"<family>{other}</family>" for other in others.split(","))
        + "</prefer></alias>"
        for name, others in {**ELSE, "宋体": ELSE[SONG]}.items()
    )
    return f"<fontconfig><include>/etc/fonts/fonts.conf</include>{aliases}</fontconfig>"


def run(program: str, *arguments: object, fonts: Path) -> None:
    """Run a program, or say that it is missing."""
    if not shutil.which(program):
        message = f"{program} is not installed."
        raise SystemExit(message)
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    subprocess.run([program, *map(str, arguments)], check=True, capture_output=True, env=environment)


def points(ppm: bytes) -> Picture:
    """Read a portable pixmap."""
    _, width, height, _, _ = ppm.split(maxsplit=4)
    return int(width), int(height), ppm[-int(width) * int(height) * 3 :]


def side_by_side(pictures: Sequence[Picture]) -> Picture:
    """Join pictures, with a grey gap between and around them."""
    height = max(high for _, high, _ in pictures) + 2 * GAP
    edge = bytes([GREY]) * (3 * GAP)
    rows = []
    for y in range(-GAP, height - GAP):
        parts = (
            data[y * wide * 3 : (y + 1) * wide * 3] if 0 <= y < high else bytes([GREY]) * (wide * 3)
            for wide, high, data in pictures
        )
        rows.append(edge + edge.join(parts) + edge)
    return len(rows[0]) // 3, height, b"".join(rows)


def png(picture: Picture) -> bytes:
    """Write a picture as PNG, each row as its difference from the one above, which packs text well."""
    width, height, data = picture
    rows = [bytes(width * 3), *(data[y * width * 3 : (y + 1) * width * 3] for y in range(height))]
    lines = (b"\2" + bytes((b - a) & 255 for a, b in zip(above, row, strict=True)) for above, row in pairwise(rows))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def main() -> None:
    """Draw every picture."""
    os.chdir(ROOT)  # the report names its files as they are named here
    document = report()
    for picture in (bulletin, workbook):
        picture(document)
    products()


if __name__ == "__main__":
    main()
