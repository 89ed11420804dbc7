"""A Spark Connect server, reached from here: no Java is needed, and nothing of the cluster's is touched at the end."""

import os
from collections.abc import Callable
from typing import Any

from czurban.computing.engines.reachable import need_answer
from czurban.computing.engines.spark_address import SparkAddress
from czurban.errors import EngineError
from czurban.model.message import say

_SECONDS = 20


def reach(address: SparkAddress) -> tuple[Any, Callable[[], None]]:
    """Open a session of our own on the server.

    Returns:
        The session, and what ends it.

    Raises:
        EngineError: nothing answers at the address, or what does is no Spark Connect server.
    """
    if not _proxied():
        need_answer(address.host())
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # else gRPC writes to stderr what is told as an error here
    import grpc  # noqa: PLC0415 - an extra
    from pyspark.sql.connect.client import DefaultChannelBuilder  # noqa: PLC0415
    from pyspark.sql.connect.session import SparkSession  # noqa: PLC0415

    try:
        builder = DefaultChannelBuilder(address.remote)
        with builder.toChannel() as channel:
            grpc.channel_ready_future(channel).result(timeout=_SECONDS)
        session = SparkSession.builder.channelBuilder(builder).create()
    except ImportError:
        raise
    except Exception as error:
        raise EngineError(
            say("What answers at {address} is no Spark Connect server.", address=address.remote),
            say("Check the port, and whether the server asks for use_ssl=true or a token behind the address."),
        ) from error
    return session, session.stop


def _proxied() -> bool:
    """Whether gRPC would go through a proxy, so that reaching the host directly says nothing."""
    return any(os.environ.get(name) for name in ("grpc_proxy", "https_proxy", "http_proxy"))
