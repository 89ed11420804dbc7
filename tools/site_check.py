"""Check a built site: each link leads to a page and a place that exist, and no page fetches anything from elsewhere.

Usage: python tools/site_check.py FOLDER. Exits 1 and prints each fault if there is one.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

FETCHED = {"src", "srcset", "poster", "data"}
"""Attributes whose address a browser fetches by itself."""
FETCHING = {"link", "script", "img", "iframe", "use", "image"}
"""Elements whose href a browser fetches by itself, where it does not wait for a click."""
ADDRESS_IN_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s]+)""")


@dataclass(slots=True)
class Page(HTMLParser):
    """The places, the links and the fetched addresses of one page."""

    places: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start the parser, which a dataclass does not do by itself."""
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what one element names and refers to."""
        for name, value in attrs:
            if value is None:
                continue
            if name == "id" or (tag == "a" and name == "name"):
                self.places.add(value)
            elif name in FETCHED or (name == "href" and tag in FETCHING):
                self.fetched.append(value)
            elif name == "href":
                self.links.append(value)
            elif name == "style":
                self.fetched += ADDRESS_IN_STYLE.findall(value)

    def handle_data(self, data: str) -> None:
        """Collect addresses in style sheets that stand in the page."""
        if self.lasttag == "style":
            self.fetched += ADDRESS_IN_STYLE.findall(data)


def read(path: Path) -> Page:
    """Parse one page."""
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    return page


def faults(folder: Path) -> Iterator[str]:
    """Yield a sentence for each broken link and each address outside the site that a page fetches."""
    pages = {path.resolve(): read(path) for path in sorted(folder.rglob("*.html"))}
    if not pages:
        yield f"{folder} has no page; build the site first."
    for path, page in pages.items():
        name = path.relative_to(folder.resolve())
        yield from (f"{name} fetches {address} from outside the site." for address in page.fetched if outside(address))
        for address in (*page.fetched, *page.links):
            if not urlsplit(address).scheme:
                why = broken(folder.resolve(), path, address, pages)
                yield from (f"{name} links to {address}, {fault}." for fault in why)
    for style in sorted(folder.rglob("*.css")):
        addresses = filter(outside, ADDRESS_IN_STYLE.findall(style.read_text(encoding="utf-8")))
        yield from (f"{style.relative_to(folder)} fetches {address} from outside the site." for address in addresses)


def outside(address: str) -> bool:
    """Return whether an address leads to another host."""
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme in {"http", "https", "ftp"}


def broken(folder: Path, path: Path, address: str, pages: dict[Path, Page]) -> Iterator[str]:
    """Yield why an address inside the site leads nowhere, if it does."""
    parts = urlsplit(address)
    start = folder if parts.path.startswith("/") else path.parent
    target = (start / unquote(parts.path).lstrip("/")).resolve() if parts.path else path
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        yield "which does not exist"
    elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].places:
        yield "and the page has no such place"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each fault of a site; returns the exit code."""
    parser = argparse.ArgumentParser(description="Check the links of a built site.")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(arguments).folder
    found = list(faults(folder))
    for sentence in found:
        print(sentence, file=sys.stderr)
    count = len(list(folder.rglob("*.html")))
    if not found:
        print(f"{count} pages in {folder}: each link leads somewhere, and nothing is fetched from elsewhere.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
