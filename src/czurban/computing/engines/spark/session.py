"""A Spark session at an address: started quietly, set so that statements mean what they say, and ended whole.

What Spark says went wrong, as one sentence that says what to do: never its Java trace.

A Spark Connect server, reached from here: no Java is needed, and nothing of the cluster's is touched at the end.
"""

import contextlib
import os
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from czurban.computing.engines.spark.address import SparkAddress, need_answer
from czurban.computing.engines.spark.thread import SparkThread
from czurban.errors import CzurbanError, EngineError, MissingExtraError, install_line
from czurban.model.finding import Message, say

_PART = str(64 * 1024 * 1024)
SETTINGS: Final = {
    "spark.sql.ansi.enabled": "true",  # an overflow is an error, never a wrong number
    "spark.sql.parser.escapedStringLiterals": "false",  # \\z in a statement is \z in the pattern
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.files.ignoreCorruptFiles": "false",  # a file lost without a word would be a wrong verdict
    "spark.sql.files.ignoreMissingFiles": "false",
    # One part of one file a partition: by this the lines of a text file have numbers (spark_csv.lines_columns).
    "spark.sql.files.maxPartitionBytes": _PART,
    "spark.sql.files.openCostInBytes": _PART,
    "spark.sql.files.minPartitionNum": "1",
}


class Started(NamedTuple):
    """A session, how it is ended, and the thread in which it is asked."""

    session: Any
    end: Callable[[], None]
    aside: SparkThread


def start(address: SparkAddress) -> Started:
    """Start a session, or reach the server there is.

    Raises:
        MissingExtraError: PySpark, what Spark Connect needs besides, or Java is not there.
        EngineError: Spark does not start, or nothing answers at the address.
    """
    with quiet():
        started = _start(address, SparkThread())
        try:
            started.aside(lambda: _set(started.session.conf))
        except BaseException:
            started.end()
            raise
    return started


def _set(conf: Any) -> None:  # noqa: ANN401 - an extra's own class
    for key, value in SETTINGS.items():
        if conf.get(key) != value:
            conf.set(key, value)


def _start(address: SparkAddress, aside: SparkThread) -> Started:
    try:
        if address.remote:
            return Started(*reach(address), aside)
        from czurban.computing.engines.spark import classic  # noqa: PLC0415 - as above

        return Started(*classic.launch(address, aside), aside)
    except ImportError as error:
        message = say(
            "Judging on Spark needs PySpark, which is not installed whole: {what} is not there.", what=error.name
        )
        raise MissingExtraError(message, say("Install it: {line}", line=install_line("spark"))) from error


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep from stderr what PySpark and Py4J warn of and log; what is wrong is told as an error of ours.

    Py4J logs by the root logger, which would print to stderr when a run is interrupted.
    """
    import logging  # noqa: PLC0415 - only for Spark

    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings(
                "ignore", message="PySpark does not yet fully support pandas", category=FutureWarning
            )
            yield
    finally:
        logging.disable(before)


_CONDITION = re.compile(r"\[([A-Z][A-Z0-9_.]+)\]\s*")
_CAUSE = re.compile(r"Caused by: (?:[\w$]+\.)+[\w$]+: (?P<why>.+)")
_CLASSES = re.compile(r"^(?:(?:[\w$]+\.)+[\w$]+(?:Exception|Error): )+")
_LONGEST = 300

_HINTS: Final = (
    (
        ("PATH_NOT_FOUND", "FileNotFoundException", "FAILED_READ_FILE.FILE_NOT_EXIST"),
        say("Every machine of the cluster must see the file: put it where the cluster reads (hdfs://, s3a://)."),
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
        (
            "UNAVAILABLE",
            "Connection refused",
            "Connection reset",
            "INVALID_HANDLE",
            "UNIMPLEMENTED",
            "Answer from Java",
        ),
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
    """Turn what PySpark raises into an error of ours, and keep its own log off the screen.

    Raises:
        EngineError: whatever Spark could not do.
    """
    with quiet():
        try:
            yield
        except (CzurbanError, ImportError):
            raise
        except Exception as error:
            raise engine_error(error) from error


def engine_error(error: Exception) -> EngineError:
    """The error that tells what PySpark raised."""
    said = str(error)
    return EngineError(say("Spark cannot go on: {why}.", why=_sentence(said) or type(error).__name__), _hint(said))


def _hint(said: str) -> Message:
    lowered = said.lower()
    return next((hint for marks, hint in _HINTS if any(mark.lower() in lowered for mark in marks)), _ELSE)


def _sentence(said: str) -> str:
    """The first sentence that is Spark's own; the innermost cause where Spark says only that a job or file failed."""
    causes = _CAUSE.findall(said)
    first = next((line for line in said.splitlines() if line.strip() and not line.startswith("An error occurred")), "")
    chosen = causes[-1] if causes and ("FAILED_READ_FILE" in said or "aborted" in first) else first
    plain = _CONDITION.sub("", _CLASSES.sub("", chosen.strip().lstrip(": ")))
    return plain.partition(" SQLSTATE:")[0].strip().rstrip(".")[:_LONGEST]


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
