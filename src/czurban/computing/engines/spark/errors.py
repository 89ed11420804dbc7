"""Explain what PySpark raises in sentences that say what to do."""

import contextlib
import re
from collections.abc import Iterator
from typing import Final

from czurban.errors import CzurbanError, EngineError
from czurban.model.finding import say

_CONDITION = re.compile(r"\[([A-Z][A-Z0-9_.]+)\]\s*")
_CAUSE = re.compile(r"Caused by: (?:[\w$]+\.)+[\w$]+: (?P<why>.+)")
_CLASSES = re.compile(r"^(?:\(?(?:[\w$]+\.)+[\w$]+(?:Exception|Error)(?:: |\) ))+")
_LONGEST = 300
_HINTS: Final = {
    "PATH_NOT_FOUND|FileNotFoundException|FAILED_READ_FILE[.]FILE_NOT_EXIST|AccessControlException": say(
        "Every machine of the cluster must see the file: put it where the cluster reads (hdfs://, s3a://). A CSV is"
        " converted in the temporary folder; TMPDIR names another."
    ),
    "TABLE_OR_VIEW_NOT_FOUND|SCHEMA_NOT_FOUND|REQUIRES_SINGLE_PART_NAMESPACE|CATALOG_NOT_FOUND": say(
        "Check the table's name (table:CATALOG.DATABASE.NAME), and that Spark's settings name its catalog."
    ),
    "No FileSystem for scheme|UnsupportedFileSystemException|ClassNotFoundException": say(
        "Name the storage's package in Spark's settings: spark.jars.packages in conf/spark-defaults.conf."
    ),
    "OutOfMemoryError|java heap space|maxResultSize": say(
        "Give Spark more memory: spark.executor.memory and spark.driver.memory in its settings."
    ),
    "No space left on device": say(
        "Free space on the disk, or name a larger one: spark.local.dir in Spark's settings."
    ),
    "UNAVAILABLE|Connection refused|Connection reset|INVALID_HANDLE|UNIMPLEMENTED": say(
        "Check that the Spark server still runs, then try again."
    ),
    "UnknownHostException": say("Check the host's name in the path."),
    "PATH_ALREADY_EXISTS": say("Name a folder that is not there yet, or remove it first."),
}
"""What to do where one of some texts is in the error, in upper or lower case."""
_ELSE = say("See Spark's own log, or try the same with --engine duckdb.")


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Turn what PySpark raises into an EngineError.

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
    hint = next((hint for marks, hint in _HINTS.items() if re.search(marks, text, re.IGNORECASE)), _ELSE)
    return EngineError(say("Spark cannot go on: {why}.", why=_sentence(text) or type(error).__name__), hint)


def _sentence(text: str) -> str:
    """Return Spark's first sentence; the innermost cause where that says only that a job or a file failed."""
    causes = _CAUSE.findall(text)
    first = next(iter(text.strip().splitlines()), "")
    chosen = causes[-1] if causes and ("FAILED_READ_FILE" in text or "aborted" in first) else first
    plain = _CONDITION.sub("", _CLASSES.sub("", chosen.strip()))
    return plain.partition(" SQLSTATE:")[0].strip().rstrip(".")[:_LONGEST]
