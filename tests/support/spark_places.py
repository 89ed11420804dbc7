"""Where the tests judge on Spark: this machine's cores, and with `-m cluster` a Connect server and a local cluster."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from czurban.computing.engines.java import need_java
from czurban.computing.engines.spark_engine import SparkEngine
from czurban.errors import MissingExtraError

SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"
LOCAL, CONNECT, CLUSTER = "spark=local[2]", "sc://", "spark=local-cluster[2,1,1024]"
SECONDS = 120
PLACES = [
    pytest.param(LOCAL, id="spark-local"),
    pytest.param(CONNECT, id="spark-connect", marks=pytest.mark.cluster),
    pytest.param(CLUSTER, id="spark-local-cluster", marks=pytest.mark.cluster),
]


def need_spark() -> None:
    """Skip where Spark cannot run, with the reason; fail where CZURBAN_TESTS_MUST_RUN says that it must."""
    try:
        if find_spec("pyspark") is None:
            raise_missing("PySpark is not installed (make .make/spark)")
        need_java()
    except MissingExtraError as error:
        raise_missing(str(error))


def raise_missing(reason: str) -> None:
    if "spark" in os.environ.get("CZURBAN_TESTS_MUST_RUN", "").split(","):
        pytest.fail(f"Spark must run here: {reason}")
    pytest.skip(reason)


@contextmanager
def connect_server(folder: Path) -> Iterator[str]:
    """Run a Spark Connect server on a free port of this machine alone; yield its address."""
    home = Path(str(find_spec("pyspark").origin)).parent  # type: ignore[union-attr]
    port = free_port()
    settings = {
        "spark.connect.grpc.binding.port": port,
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
    }
    words = [word for key, value in settings.items() for word in ("--conf", f"{key}={value}")]
    command = [str(home / "bin" / "spark-submit"), "--class", SERVER, "--master", "local[2]", *words, "spark-internal"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "SPARK_HOME": str(home)},
        )
    try:
        wait_for(port, server, folder / "server.log")
        yield f"sc://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


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


@contextmanager
def spark_at(place: str, folder: Path) -> Iterator[str]:
    """Yield what `--engine` takes for one of the places."""
    need_spark()
    if place != CONNECT:
        yield place
        return
    with connect_server(folder) as address:
        yield address


@pytest.fixture(scope="session", params=PLACES)
def spark_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What `--engine` takes for each place where Spark is tested."""
    with spark_at(request.param, tmp_path_factory.mktemp("spark")) as address:
        yield address


@pytest.fixture(scope="session")
def spark(spark_place: str) -> Iterator[SparkEngine]:
    """An engine at each place, started once."""
    engine = SparkEngine.at(spark_place)
    with closing(engine):
        yield engine
