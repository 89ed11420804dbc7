"""Where Spark is: what `--engine spark`, `--engine spark=MASTER` and `--engine sc://host:port` name."""

import os
import re
from typing import NamedTuple
from urllib.parse import urlsplit

from czurban.errors import UsageError
from czurban.model.message import say

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
