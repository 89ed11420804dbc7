"""What Spark raises, told as one sentence and what to do; the texts are Spark's own."""

import pytest

from czurban.computing.engines.spark.errors import engine_error, explained
from czurban.errors import EngineError, UsageError
from czurban.model.finding import say

JOB = """[FAILED_READ_FILE.NO_HINT] Encountered error while reading file file:///a.parquet.  SQLSTATE: KD001
\tat org.apache.spark.sql.errors.QueryExecutionErrors$.cannotReadFilesError(QueryExecutionErrors.scala:920)
Caused by: java.lang.RuntimeException: file:/a.parquet is not a Parquet file. Expected magic number at tail
\tat org.apache.parquet.hadoop.ParquetFileReader.readFooter(ParquetFileReader.java:576)
"""


@pytest.mark.parametrize(
    ("raised", "told", "hint"),
    [
        ("[PATH_NOT_FOUND] Path does not exist: file:/a. SQLSTATE: 42K03", "Path does not exist: file:/a.", "hdfs://"),
        ("[TABLE_OR_VIEW_NOT_FOUND] The table `x` cannot be found.\nmore", "The table `x` cannot be found.", "table:"),
        (
            '(org.apache.hadoop.fs.UnsupportedFileSystemException) No FileSystem for scheme "s3"',
            'No FileSystem for scheme "s3".',
            "spark.jars.packages",
        ),
        (
            "(java.io.IOException) java.net.UnknownHostException: nohost\n\nJVM stacktrace:",
            "cannot go on: nohost.",
            "host's name",
        ),
        ("java.lang.OutOfMemoryError: Java heap space", "Java heap space.", "spark.driver.memory"),
        ("java.io.IOException: No space left on device", "No space left on device.", "spark.local.dir"),
        (JOB, "a.parquet is not a Parquet file. Expected magic number at tail.", "own log"),
        ("", "cannot go on: RuntimeError.", "own log"),
    ],
)
def test_faults(raised: str, told: str, hint: str) -> None:
    error = engine_error(RuntimeError(raised))
    assert str(error).endswith(told)
    assert str(error).startswith("Spark cannot go on: ")
    assert "\n" not in str(error)
    assert hint in str(error.hint)


def test_our_own_errors_pass_and_others_are_told() -> None:
    with pytest.raises(UsageError), explained():
        raise UsageError(say("mine"))
    with pytest.raises(EngineError), explained():
        raise RuntimeError("theirs")
    with pytest.raises(KeyboardInterrupt), explained():
        raise KeyboardInterrupt
