"""Where Spark is: what `--engine spark`, `--engine spark=MASTER` and `--engine sc://host:port` name.

The paths of files as Spark takes them: of this machine's files whole and literal, of a cluster's as they are.

Whether anything answers at an address, asked before a client that would go on trying for minutes.
"""

import contextlib
import os
import re
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from czurban.errors import EngineError, UsageError
from czurban.model.finding import say

_MASTER = re.compile(r"local(\[(\*|\d+)(, *\d+)?\])?|local-cluster\[\d+,\s*\d+,\s*\d+\]|yarn|(spark|k8s)://\S+")
_PORT_OF_CONNECT = 15002
_PORT_OF_STANDALONE = 7077


class SparkAddress(NamedTuple):
    """A Spark Connect server's address, or a master; neither is Spark's own defaults, else this machine."""

    remote: str = ""
    master: str = ""

    def host(self) -> tuple[str, int] | None:
        """The host and port to reach, where the address names one of ours to try."""
        if self.remote:
            return _host(self.remote, _PORT_OF_CONNECT)
        return _host(self.master, _PORT_OF_STANDALONE) if self.master.startswith("spark://") else None


def names_spark(text: str) -> bool:
    """Whether an engine's name means Spark."""
    return text == "spark" or text.startswith(("spark=", "sc://"))


def spark_address(text: str) -> SparkAddress:
    """Read what `--engine` says of Spark.

    Raises:
        UsageError: it is no address, or no master that Spark has.
    """
    if text == "spark":
        return SparkAddress(remote=os.environ.get("SPARK_REMOTE", ""))
    if text.startswith("sc://"):
        return _connect(text)
    master = text.removeprefix("spark=")
    if master.startswith("sc://"):
        return _connect(master)
    if not _MASTER.fullmatch(master):
        raise UsageError(
            say("Spark has no master “{master}”.", master=master),
            say("Write --engine spark=local[*], spark=yarn, spark=spark://HOST:7077, or sc://HOST:15002."),
        )
    return SparkAddress(master=master)


def _connect(text: str) -> SparkAddress:
    if _host(text, _PORT_OF_CONNECT) is None:
        raise UsageError(
            say("“{text}” is no address of a Spark Connect server.", text=text),
            say("Write --engine sc://HOST:15002."),
        )
    return SparkAddress(remote=text)


def _host(url: str, port: int) -> tuple[str, int] | None:
    """The host and port of an address; of several masters behind each other, the first."""
    try:
        parts = urlsplit(url.partition(",")[0].replace(";", "/", 1))
        found = parts.port or port
    except ValueError:  # a port that is no number
        return None
    return (parts.hostname, found) if parts.hostname else None


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


_SECONDS = 10


def need_answer(address: tuple[str, int] | None) -> None:
    """Make sure that something answers at a host and port; an address that names none is not asked.

    Raises:
        EngineError: there is no such host, or nothing answers there.
    """
    if address is None:
        return
    host, port = address
    try:
        with contextlib.closing(socket.create_connection((host, port), timeout=_SECONDS)):
            return
    except socket.gaierror as error:
        raise EngineError(
            say("There is no host {host}.", host=host),
            say("Check the address of the Spark server, and that its name is known here."),
        ) from error
    except OSError as error:
        raise EngineError(
            say("No Spark server answers at {host}:{port}.", host=host, port=port),
            say("Check the address, that the server runs, and that this machine may reach it."),
        ) from error
