"""A Spark session at an address: started quietly, set so that statements mean what they say, and ended whole."""

import contextlib
import warnings
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from czurban.computing.engines.spark_address import SparkAddress
from czurban.computing.engines.spark_aside import Aside
from czurban.errors import MissingExtraError, install_line
from czurban.model.message import say

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
    aside: Aside


def start(address: SparkAddress) -> Started:
    """Start a session, or reach the server there is.

    Raises:
        MissingExtraError: PySpark, what Spark Connect needs besides, or Java is not there.
        EngineError: Spark does not start, or nothing answers at the address.
    """
    with quiet():
        started = _start(address, Aside())
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


def _start(address: SparkAddress, aside: Aside) -> Started:
    try:
        if address.remote:
            from czurban.computing.engines import spark_connect  # noqa: PLC0415 - loads what only it needs

            return Started(*spark_connect.reach(address), aside)
        from czurban.computing.engines import spark_classic  # noqa: PLC0415 - as above

        return Started(*spark_classic.launch(address, aside), aside)
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
