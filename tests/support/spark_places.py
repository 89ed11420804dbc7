"""Where the tests run Spark: a Connect server over this machine's cores, and with `-m cluster` over a local cluster."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from czurban.computing.engines.spark.engine import SparkEngine

SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"
SECONDS = 600
OLDEST_JAVA = 17
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""What makes Java start sooner and run slower: the tests' tables are small."""
PLACES = [
    pytest.param("local[2]", id="spark-local"),
    pytest.param("local-cluster[2,1,1024]", id="spark-local-cluster", marks=pytest.mark.cluster),
]


def need_spark() -> None:
    """Skip where a Spark Connect server cannot run, with the reason."""
    if find_spec("pyspark") is None or find_spec("grpc") is None:
        pytest.skip("PySpark is not installed (make .make/spark)")
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if java is None:
        pytest.skip(f"There is no Java here, and a Spark server needs Java {OLDEST_JAVA}")
    done = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    version = re.search(r'version "(?:1\.)?(\d+)', done.stderr + done.stdout)
    if version is None or int(version[1]) < OLDEST_JAVA:
        pytest.skip(f"A Spark server needs Java {OLDEST_JAVA}, and {java} is older")


@contextmanager
def connect_server(folder: Path, master: str) -> Iterator[str]:
    """Run a Spark Connect server on a free port of this machine alone; yield its address."""
    home = Path(str(find_spec("pyspark").origin)).parent  # type: ignore[union-attr]
    port = free_port()
    settings = {
        "spark.connect.grpc.binding.port": port,
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.local.dir": folder,
    }
    words = [word for key, value in settings.items() for word in ("--conf", f"{key}={value}")]
    command = [str(home / "bin" / "spark-submit"), "--class", SERVER, "--master", master, *words, "spark-internal"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "SPARK_HOME": str(home), "JDK_JAVA_OPTIONS": QUICK},
        )
    try:
        wait_for(port, server, folder / "server.log")
        yield f"sc://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(300)


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and server.poll() is None:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("The Spark Connect server did not start:\n" + log.read_text(errors="replace")[-2000:])


@pytest.fixture(scope="session", params=PLACES)
def spark_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What `--engine` takes for each master; its server runs for all tests together."""
    need_spark()
    with connect_server(tmp_path_factory.mktemp("spark"), request.param) as address:
        yield address


@pytest.fixture(scope="session")
def spark(spark_place: str) -> Iterator[SparkEngine]:
    """An engine at each master, for all tests together."""
    with closing(SparkEngine(spark_place)) as engine:
        yield engine
