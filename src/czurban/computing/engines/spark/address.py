"""Addresses of Spark Connect servers, and paths as Spark takes them."""

import contextlib
import os
import re
import socket
from pathlib import Path
from urllib.parse import urlsplit

from czurban.errors import EngineError, UsageError
from czurban.files.inputs import is_remote
from czurban.model.finding import say

_PORT = 15002
_SECONDS = 10
_WILD = re.compile(r"([\\*?\[\]{}])")


def server_address(text: str) -> str:
    """Return the address of the Spark Connect server that `--engine` names: itself, or SPARK_REMOTE for `spark`.

    Raises:
        UsageError: it is not such an address, or SPARK_REMOTE is not set.
    """
    address = os.environ.get("SPARK_REMOTE", "") if text == "spark" else text
    if address.startswith("sc://") and host_and_port(address):
        return address
    message = say("“{text}” is not the address of a Spark Connect server.", text=address)
    if not address:
        message = say("--engine spark needs the address of a Spark Connect server in SPARK_REMOTE, which is not set.")
    raise UsageError(message, say("Write --engine sc://HOST:15002, or set SPARK_REMOTE to such an address."))


def host_and_port(address: str) -> tuple[str, int] | None:
    """Return the host and the port of an address; None if it has no host or its port is not a number."""
    try:
        parts = urlsplit(address.replace(";", "/", 1))
        port = parts.port or _PORT
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname else None


def need_answer(address: tuple[str, int]) -> None:
    """Check that something listens at a host and port; the client itself would try again for minutes.

    Raises:
        EngineError: there is no such host, or nothing answers there.
    """
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


def spark_path(path: str) -> str:
    """Return a path as Spark takes it: that of a file of this machine whole and literal, any other as it is.

    Raises:
        EngineError: Spark would silently skip the file, as it does where a name begins with _ or a dot.
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
