"""What Spark says went wrong, as one sentence that says what to do: never its Java trace."""

import contextlib
import re
from collections.abc import Iterator
from typing import Final

from czurban.computing.engines.spark_session import quiet
from czurban.errors import CzurbanError, EngineError
from czurban.model.message import Message, say

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
def telling() -> Iterator[None]:
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
