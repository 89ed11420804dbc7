"""Open a session on a Spark Connect server, and call it so that it can be interrupted."""

import os
import threading
import warnings
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, Final, TypeVar

from czurban.computing.engines.spark.address import host_and_port, need_answer
from czurban.computing.engines.spark.errors import explained
from czurban.errors import EngineError, MissingExtraError, install_line
from czurban.model.finding import say

SETTINGS: Final = {
    "spark.sql.ansi.enabled": "true",  # an overflow is an error, never a wrong number
    "spark.sql.parser.escapedStringLiterals": "false",  # \\z in a statement is \z in the pattern
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.files.ignoreCorruptFiles": "false",  # a file that is silently left out would be a wrong verdict
    "spark.sql.files.ignoreMissingFiles": "false",
}
_SECONDS = 20
_POLL = 0.5
"""How long an interrupt may be unnoticed where a system does not wake a waiting thread."""
_PATIENCE = 10
_PROXIES = ("grpc_proxy", "https_proxy", "http_proxy")

T = TypeVar("T")


def connect(address: str) -> Any:  # noqa: ANN401 - an extra's own class
    """Open a session of our own on a server.

    Args:
        address: sc://HOST:PORT, and what may follow it.

    Raises:
        MissingExtraError: PySpark, or what its client needs, is not installed.
        EngineError: nothing answers at the address, or what answers is not a Spark Connect server.
    """
    place = host_and_port(address)
    if place and not any(map(os.environ.get, _PROXIES)):  # through a proxy the host itself may be out of reach
        need_answer(place)
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # else gRPC writes to stderr
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of versions of pandas, and of settings
        session = _session(address)
        try:
            with explained():
                for key, value in SETTINGS.items():
                    if session.conf.get(key) != value:
                        session.conf.set(key, value)
        except BaseException:
            session.stop()
            raise
    return session


def _session(address: str) -> Any:  # noqa: ANN401 - as above
    try:
        import grpc  # noqa: PLC0415 - an extra
        from pyspark.sql.connect.client import DefaultChannelBuilder  # noqa: PLC0415
        from pyspark.sql.connect.session import SparkSession  # noqa: PLC0415

        builder = DefaultChannelBuilder(address)
        with builder.toChannel() as channel:
            grpc.channel_ready_future(channel).result(timeout=_SECONDS)
        return SparkSession.builder.channelBuilder(builder).create()
    except ImportError as error:
        message = say("Spark Connect needs PySpark, and {what} is not installed.", what=error.name)
        raise MissingExtraError(message, say("Install it: {line}", line=install_line("spark"))) from error
    except Exception as error:
        raise EngineError(
            say("What answers at {address} is no Spark Connect server.", address=address),
            say("Check the port, and whether the server asks for use_ssl=true or a token behind the address."),
        ) from error


class SparkThread:
    """Runs calls one after another in a thread of its own, while the thread that can be interrupted waits.

    An interrupt inside gRPC may leave a call that nothing ends any more, and closing the channel then waits for ever.
    The two threads share a simple queue and plain locks only, whose methods an interrupt cannot cut in half: a future
    or an event holds a lock in Python code and, interrupted there, keeps it.
    """

    def __init__(self) -> None:
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._interrupted = False
        self._thread = threading.Thread(target=self._work, name="czurban-spark", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            call()

    def __call__(self, what: Callable[[], T]) -> T:
        """Run a call and wait for it; what it raises is raised here.

        Raises:
            KeyboardInterrupt: this wait, or an earlier one, was interrupted; the thread may never finish that call.
        """
        if self._interrupted:
            raise KeyboardInterrupt
        answers: list[T] = []
        errors: list[BaseException] = []
        running = threading.Lock()
        running.acquire()

        def call() -> None:
            try:
                answers.append(what())
            except BaseException as error:  # noqa: BLE001 - it is raised in the waiting thread
                errors.append(error)
            running.release()

        try:
            self._calls.put(call)
            while not running.acquire(timeout=_POLL):
                pass
        except BaseException:
            self._interrupted = True
            raise
        if errors:
            raise errors[0]
        return answers[0]

    def end(self) -> None:
        """Wait for the thread, once the session is ended and every call with it."""
        self._calls.put(None)
        self._thread.join(_PATIENCE)
