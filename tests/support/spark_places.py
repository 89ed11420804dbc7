"""Where the tests judge on Spark: this machine's cores, and with `-m cluster` a Connect server and a local cluster."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from czurban.computing.engines.spark.classic import need_java
from czurban.computing.engines.spark.engine import SparkEngine
from czurban.errors import MissingExtraError

SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"
LOCAL, CONNECT, CLUSTER = "spark=local[2]", "sc://", "spark=local-cluster[2,1,1024]"
SECONDS = 600
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""What makes Java start sooner and run slower: the tests' tables are small."""
PLACES = [
    pytest.param(LOCAL, id="spark-local"),
    pytest.param(CONNECT, id="spark-connect", marks=pytest.mark.cluster),
    pytest.param(CLUSTER, id="spark-local-cluster", marks=pytest.mark.cluster),
]


def need_spark() -> None:
    """Skip where Spark cannot run, with the reason."""
    if find_spec("pyspark") is None:
        pytest.skip("PySpark is not installed (make .make/spark)")
    try:
        need_java()
    except MissingExtraError as error:
        pytest.skip(str(error))


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


class SparkPlaces:
    """Engines by place, started when first asked for; of those whose driver runs here only one can be open."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        self.engines: dict[str, SparkEngine] = {}
        self.server = ""

    def address(self, place: str) -> str:
        """What `--engine` takes for a place."""
        need_spark()
        if place != CONNECT:
            return place
        self.server = self.server or self.stack.enter_context(connect_server(self.folder))
        return self.server

    def at(self, place: str) -> SparkEngine:
        """The engine of a place."""
        if place not in self.engines:
            address = self.address(place)
            for other in [one for one in self.engines if CONNECT not in (one, place)]:
                self.engines.pop(other).close()
            self.engines[place] = SparkEngine.at(address)
        return self.engines[place]


@pytest.fixture(scope="session")
def spark_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkPlaces]:
    """Engines for all tests together."""
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", QUICK)
        places = SparkPlaces(tmp_path_factory.mktemp("spark"), stack)
        yield places
        for engine in places.engines.values():
            engine.close()


@pytest.fixture(scope="session", params=PLACES)
def place(request: pytest.FixtureRequest) -> str:
    """Each place where Spark is tested; for the session, so that the tests of one stand together."""
    return str(request.param)


@pytest.fixture
def spark_place(place: str, spark_places: SparkPlaces) -> str:
    """What `--engine` takes for each place."""
    return spark_places.address(place)


@pytest.fixture
def spark(place: str, spark_places: SparkPlaces) -> SparkEngine:
    """An engine at each place."""
    return spark_places.at(place)
