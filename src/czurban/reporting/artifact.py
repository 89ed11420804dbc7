"""Names of files as programs that show a whole repository want them: from its root, with slashes."""

import os
from pathlib import Path


def from_root(file: str) -> str:
    """The file's path from the root of the repository a workflow runs in, else from the folder one stands in.

    A file that lies elsewhere keeps its whole path, and what is no file (<stdin>) its name.
    """
    path = Path(file)
    if not path.exists():
        return path.as_posix()
    whole = path.resolve()
    for root in (os.environ.get("GITHUB_WORKSPACE"), "."):
        if root and whole.is_relative_to(Path(root).resolve()):
            return whole.relative_to(Path(root).resolve()).as_posix()
    return whole.as_posix()


def uri(file: str) -> str:
    """The same as a reference in a URI, percent-encoded; a file elsewhere gets a file: address."""
    from urllib.parse import quote  # noqa: PLC0415 - for SARIF alone

    name = from_root(file)
    if Path(name).is_absolute():
        return Path(name).as_uri()
    return quote(name, errors="surrogateescape")
