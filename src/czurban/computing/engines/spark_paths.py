"""The paths of files as Spark takes them: of this machine's files whole and literal, of a cluster's as they are."""

import re
from collections.abc import Sequence
from pathlib import Path

from czurban.errors import EngineError
from czurban.model.message import say

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_WILD = re.compile(r"([\\*?\[\]{}])")


def is_remote(path: str) -> bool:
    """Whether a path names a storage (s3a://, hdfs://, file://) and not a file of this machine."""
    return bool(_SCHEME.match(path))


def spark_path(path: str) -> str:
    """A path as Spark takes it. One that is not on this machine is left to the cluster.

    Raises:
        EngineError: Spark would pass over the file without a word, as it does where a name begins with _ or a dot.
    """
    if is_remote(path) or not Path(path).exists():
        return path
    whole = Path(path).resolve()
    if whole.name.startswith(("_", ".")):
        raise EngineError(
            say("Spark passes over files whose name begins with _ or a dot: {path}.", path=path),
            say("Rename the file."),
        )
    return "file:" + _WILD.sub(r"\\\1", whole.as_posix())


def spark_paths(paths: Sequence[str]) -> list[str]:
    """Several paths as Spark takes them."""
    return [spark_path(path) for path in paths]
