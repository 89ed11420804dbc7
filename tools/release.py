"""Check that a tag names the version that is built, and print the notes of its release from CHANGELOG.md.

The tag is `v` and the version in src/czurban/version.py, and CHANGELOG.md has a section for that version that is not
empty. Otherwise nothing is printed on standard output, and the exit code is 1.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSION = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)
SECTION = re.compile(r"^## \[(?P<version>[^\]]+)\].*\n(?P<notes>(?:(?!## |\[[^\]]+\]: ).*\n?)*)", re.MULTILINE)


def version_of(root: Path) -> str:
    """Return the version of the package."""
    match = VERSION.search((root / "src" / "czurban" / "version.py").read_text(encoding="utf-8"))
    if match is None:
        sys.exit('src/czurban/version.py has no line `__version__ = "…"`.')
    return match.group(1)


def notes_of(root: Path, version: str) -> str:
    """Return what CHANGELOG.md lists for a version."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    notes = {match["version"]: match["notes"].strip() for match in SECTION.finditer(text)}
    if not notes.get(version):
        sys.exit(f"CHANGELOG.md lists nothing under `## [{version}]`; rename its section [Unreleased].")
    return notes[version]


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Check the tag and print the notes; returns the exit code."""
    parser = argparse.ArgumentParser(description="Check a tag and print the notes of its release.")
    parser.add_argument("tag", help="the tag, such as v1.2.0")
    tag: str = parser.parse_args(arguments).tag
    version = version_of(root)
    if tag != f"v{version}":
        sys.exit(f"The tag is {tag}, and src/czurban/version.py has {version}; the tag of that version is v{version}.")
    print(notes_of(root, version))
    return 0


if __name__ == "__main__":
    sys.exit(main())
