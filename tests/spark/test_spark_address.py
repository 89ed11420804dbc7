"""The addresses that `--engine` takes, and the errors where nothing is reached."""

import socket
import sys
from contextlib import closing

import pytest

from czurban.app.large.engines import is_cluster
from czurban.computing.engines.spark import session
from czurban.computing.engines.spark.address import host_and_port, need_answer, server_address
from czurban.computing.engines.spark.engine import SparkEngine
from czurban.errors import EngineError, MissingExtraError, UsageError


@pytest.mark.parametrize("text", ["sc://a", "sc://a:1/;use_ssl=true", "sc://[::1]:9"])
def test_an_address_is_taken_as_it_is(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARK_REMOTE", "sc://other")
    assert is_cluster(text)
    assert server_address(text) == text


def test_spark_is_the_server_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARK_REMOTE", "sc://a:2")
    assert is_cluster("spark")
    assert server_address("spark") == "sc://a:2"
    monkeypatch.setenv("SPARK_REMOTE", "local[*]")
    with pytest.raises(UsageError, match=r"“local\[\*\]” is not the address"):
        server_address("spark")
    monkeypatch.delenv("SPARK_REMOTE")
    with pytest.raises(UsageError, match="SPARK_REMOTE, which is not set") as caught:
        SparkEngine("spark")
    assert "sc://HOST:15002" in str(caught.value.hint)


@pytest.mark.parametrize("text", ["sc://", "sc://a:b", "sc://a:99999", "sc://:1"])
def test_what_is_not_an_address(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        server_address(text)
    assert caught.value.hint


@pytest.mark.parametrize("text", ["duckdb", "python", "auto", "sparkling", "http://a", "spark=local[2]"])
def test_what_does_not_mean_spark(text: str) -> None:
    assert not is_cluster(text)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("sc://a", ("a", 15002)),
        ("sc://a:9/;token=x", ("a", 9)),
        ("sc://a:9;token=x", ("a", 9)),
        ("sc://[::1]:9", ("::1", 9)),
    ],
)
def test_the_host_to_reach(address: str, host: tuple[str, int]) -> None:
    assert host_and_port(address) == host


def test_what_answers_is_reached() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        need_answer(server.getsockname())


def test_where_nothing_answers_the_host_and_port_are_named() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        host, port = server.getsockname()
    with pytest.raises(EngineError, match=f"No Spark server answers at 127.0.0.1:{port}"):
        need_answer((host, port))


def test_a_host_that_is_not_known_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "create_connection", unknown)
    with pytest.raises(EngineError, match="There is no host nowhere"):
        need_answer(("nowhere", 1))


def test_a_proxy_is_asked_instead_of_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("grpc", reason="PySpark is not installed (make .make/spark)")
    monkeypatch.setattr(session, "need_answer", lambda _: pytest.fail("the host was tried"))
    monkeypatch.setattr(session, "_SECONDS", 0.1)
    monkeypatch.setenv("grpc_proxy", "http://127.0.0.1:1")
    with pytest.raises(EngineError, match="is no Spark Connect server"):
        session.connect("sc://127.0.0.1:1")


def test_another_server_is_not_taken_for_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("grpc", reason="PySpark is not installed (make .make/spark)")
    monkeypatch.setattr(session, "_SECONDS", 0.5)
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        address = f"sc://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(EngineError, match=f"What answers at {address} is no Spark Connect server"):
            session.connect(address)


@pytest.mark.parametrize("missing", ["grpc", "pyspark"])
def test_what_to_install_is_named(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == missing]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.setattr(session, "need_answer", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"needs PySpark, and .* is not installed") as caught:
        SparkEngine("sc://127.0.0.1:1")
    assert 'pip install "pyspark[connect]<5,>=4"' in str(caught.value.hint)
