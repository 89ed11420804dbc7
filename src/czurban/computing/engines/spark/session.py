"""Open a session on a Spark Connect server, call it so that it can be interrupted, and explain Spark's errors."""

import contextlib
import os
import re
import threading
import warnings
from collections.abc import Callable, Iterator
from queue import SimpleQueue
from typing import Any, Final, TypeVar

from czurban.computing.engines.spark.address import host_and_port, need_answer
from czurban.errors import CzurbanError, EngineError, MissingExtraError, install_line
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


_CONDITION = re.compile(r"\[([A-Z][A-Z0-9_.]+)\]\s*")
_CAUSE = re.compile(r"Caused by: (?:[\w$]+\.)+[\w$]+: (?P<why>.+)")
_CLASSES = re.compile(r"^(?:\(?(?:[\w$]+\.)+[\w$]+(?:Exception|Error)(?:: |\) ))+")
_LONGEST = 300
_HINTS: Final = (
    (
        ("PATH_NOT_FOUND", "FileNotFoundException", "FAILED_READ_FILE.FILE_NOT_EXIST", "AccessControlException"),
        say(
            "Every machine of the cluster must see the file: put it where the cluster reads (hdfs://, s3a://). A CSV is"
            " converted in the temporary folder; TMPDIR names another."
        ),
    ),
    (
        ("TABLE_OR_VIEW_NOT_FOUND", "SCHEMA_NOT_FOUND", "REQUIRES_SINGLE_PART_NAMESPACE", "CATALOG_NOT_FOUND"),
        say("Check the table's name (table:CATALOG.DATABASE.NAME), and that Spark's settings name its catalog."),
    ),
    (
        ("No FileSystem for scheme", "UnsupportedFileSystemException", "ClassNotFoundException"),
        say("Name the storage's package in Spark's settings: spark.jars.packages in conf/spark-defaults.conf."),
    ),
    (
        ("OutOfMemoryError", "java heap space", "maxResultSize"),
        say("Give Spark more memory: spark.executor.memory and spark.driver.memory in its settings."),
    ),
    (
        ("No space left on device",),
        say("Free space on the disk, or name a larger one: spark.local.dir in Spark's settings."),
    ),
    (
        ("UNAVAILABLE", "Connection refused", "Connection reset", "INVALID_HANDLE", "UNIMPLEMENTED"),
        say("Check that the Spark server still runs, then try again."),
    ),
    (
        ("UnknownHostException",),
        say("Check the host's name in the path."),
    ),
    (
        ("PATH_ALREADY_EXISTS",),
        say("Name a folder that is not there yet, or remove it first."),
    ),
)
_ELSE = say("See Spark's own log, or try the same with --engine duckdb.")


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Turn what PySpark raises into an EngineError; also a decorator.

    Raises:
        EngineError: Spark could not do something.
    """
    try:
        yield
    except (CzurbanError, ImportError):
        raise
    except Exception as error:
        raise engine_error(error) from error


def engine_error(error: Exception) -> EngineError:
    """Return an error with Spark's own sentence and what to do."""
    text = str(error)
    hint = next((hint for marks, hint in _HINTS if any(mark.lower() in text.lower() for mark in marks)), _ELSE)
    return EngineError(say("Spark cannot go on: {why}.", why=_sentence(text) or type(error).__name__), hint)


def _sentence(text: str) -> str:
    """Return Spark's first sentence; the innermost cause where that says only that a job or a file failed."""
    causes = _CAUSE.findall(text)
    first = next((line for line in text.splitlines() if line.strip()), "")
    chosen = causes[-1] if causes and ("FAILED_READ_FILE" in text or "aborted" in first) else first
    plain = _CONDITION.sub("", _CLASSES.sub("", chosen.strip()))
    return plain.partition(" SQLSTATE:")[0].strip().rstrip(".")[:_LONGEST]
