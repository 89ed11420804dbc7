"""Whether anything answers at an address, asked before a client that would go on trying for minutes."""

import contextlib
import socket

from czurban.errors import EngineError
from czurban.model.message import say

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
