"""Spark's driver on this machine: its Java process, its log kept apart, its leavings taken away.

Whether a Java that Spark runs on is here; what to install where it is not.
"""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from czurban.computing.engines.spark.address import SparkAddress, need_answer
from czurban.computing.engines.spark.thread import SparkThread
from czurban.errors import EngineError, MissingExtraError
from czurban.model.finding import say

OLDEST = 17
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')
_SECONDS = 30


def need_java() -> None:
    """Make sure that Spark will find a Java of version 17 or newer, looking where Spark itself looks.

    Raises:
        MissingExtraError: there is none, or an older one.
    """
    program = _program()
    version = _version(program)
    if version is None:
        raise MissingExtraError(
            say("Spark needs Java {oldest}, and {program} is no Java that runs.", oldest=OLDEST, program=program),
            say(
                "Install Java {oldest} (openjdk-17-jre-headless), or set JAVA_HOME to the one there is.", oldest=OLDEST
            ),
        )
    if version < OLDEST:
        raise MissingExtraError(
            say("Spark needs Java {oldest}, and {program} is Java {met}.", oldest=OLDEST, program=program, met=version),
            say("Install Java {oldest} (openjdk-17-jre-headless), and set JAVA_HOME to it.", oldest=OLDEST),
        )


def _program() -> str:
    if home := os.environ.get("JAVA_HOME"):
        return str(Path(home) / "bin" / "java")
    found = shutil.which("java")
    if found is None:
        raise MissingExtraError(
            say("Spark needs Java {oldest}, and there is no Java here.", oldest=OLDEST),
            say(
                "Install Java {oldest} (openjdk-17-jre-headless), or set JAVA_HOME to the one there is.", oldest=OLDEST
            ),
        )
    return found


def _version(program: str) -> int | None:
    """The first number of the version that `java -version` tells; None if it tells none."""
    try:
        done = subprocess.run(  # noqa: S603 - the Java that Spark itself would start
            [program, "-version"], capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _VERSION.search(done.stderr + done.stdout)
    return int(found[1]) if found else None


_LOG = "spark.log"
_SPARK_CLASSIC_SECONDS = 20
_REASON = re.compile(r"(?:Exception|Error)(?: in thread \S+)?:? (?:\S+(?:Exception|Error): )?(?P<why>.+)")
_HOME = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "8",
}
"""What Spark is told on one machine, unless its own settings say otherwise."""


def launch(address: SparkAddress, aside: SparkThread) -> tuple[Any, Callable[[], None]]:
    """Start Spark's driver and a session.

    Java runs in a folder of its own, so that what Spark leaves where it runs (spark-warehouse, metastore_db,
    derby.log) is taken away with it, and writes its log there. The session is made aside: in the main thread PySpark
    would take over Ctrl-C, to ask Java from inside a question to Java.

    Returns:
        The session, and what ends it and its Java process.

    Raises:
        MissingExtraError: there is no Java, or an old one.
        EngineError: Spark does not start.
    """
    from pyspark import SparkConf  # noqa: PLC0415 - an extra

    need_java()
    need_answer(address.host())
    folder = Path(tempfile.mkdtemp(prefix="czurban-spark-"))
    gateway = None
    try:
        gateway = _gateway(folder, SparkConf(loadDefaults=False), address)
        session = aside(lambda: _session(gateway, folder))
    except BaseException as error:
        why = _why(folder / _LOG)
        _end(gateway, folder)
        if isinstance(error, Exception) and not isinstance(error, ImportError):
            raise EngineError(
                say("Spark does not start: {why}.", why=why or type(error).__name__),
                say("Check the master's name, and the settings in Spark's own conf folder."),
            ) from error
        raise
    return session, lambda: _stop(session, gateway, folder)


def _gateway(folder: Path, conf: Any, address: SparkAddress) -> Any:  # noqa: ANN401 - an extra's own classes
    from pyspark.java_gateway import launch_gateway  # noqa: PLC0415 - an extra

    if address.master:
        conf.set("spark.master", address.master)
    with (folder / _LOG).open("wb") as log:
        return launch_gateway(conf, {"stdout": log, "stderr": log, "cwd": str(folder)})


def _session(gateway: Any, folder: Path) -> Any:  # noqa: ANN401 - as above
    from pyspark import SparkConf, SparkContext  # noqa: PLC0415 - an extra
    from pyspark.sql import SparkSession  # noqa: PLC0415

    SparkContext._ensure_initialized(gateway=gateway)  # noqa: SLF001 - so that settings are read from Java
    return SparkSession(SparkContext(gateway=gateway, conf=_conf(SparkConf(), folder)))


def _conf(conf: Any, folder: Path) -> Any:  # noqa: ANN401 - as above
    conf.setAppName("czurban")
    if conf.get("spark.master").startswith("local"):
        for key, value in {**_HOME, "spark.local.dir": str(folder)}.items():
            conf.setIfMissing(key, value)
    return conf


def _stop(session: Any, gateway: Any, folder: Path) -> None:  # noqa: ANN401 - as above
    with contextlib.suppress(Exception):  # whatever is left of a session that broke is ended with its process
        session.stop()
    _end(gateway, folder)


def _end(gateway: Any, folder: Path) -> None:  # noqa: ANN401 - as above
    """End the Java process and forget it, so that another session may start, and take its folder away."""
    from pyspark import SparkContext  # noqa: PLC0415 - an extra

    process = getattr(gateway, "proc", None)
    with contextlib.suppress(Exception):
        gateway.shutdown()
    if process is not None:
        process.stdin.close()
        try:
            process.wait(_SPARK_CLASSIC_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001 - PySpark itself never ends its Java
    shutil.rmtree(folder, ignore_errors=True)


def _why(log: Path) -> str:
    """The reason that Spark's log names last; empty if it names none."""
    with contextlib.suppress(OSError):
        lines = log.read_text(errors="replace").splitlines()
        for line in reversed(lines):
            if not line.startswith(("\t", " ")) and (found := _REASON.search(line)):
                return found["why"].strip().rstrip(".")[:300]
    return ""
