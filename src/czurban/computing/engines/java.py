"""Whether a Java that Spark runs on is here; what to install where it is not."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from czurban.errors import MissingExtraError
from czurban.model.message import say

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
