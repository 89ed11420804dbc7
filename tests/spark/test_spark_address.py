"""What `--engine` says of Spark, and what is told where nothing is to be reached."""

import socket
from contextlib import closing

import pytest

from czurban.computing.engines.spark.address import SparkAddress, names_spark, need_answer, spark_address
from czurban.errors import EngineError, UsageError


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("spark", SparkAddress()),
        ("spark=local", SparkAddress(master="local")),
        ("spark=local[*]", SparkAddress(master="local[*]")),
        ("spark=local-cluster[2,1,1024]", SparkAddress(master="local-cluster[2,1,1024]")),
        ("spark=yarn", SparkAddress(master="yarn")),
        ("spark=spark://a:7077,b:7077", SparkAddress(master="spark://a:7077,b:7077")),
        ("spark=k8s://https://a", SparkAddress(master="k8s://https://a")),
        ("sc://a", SparkAddress(remote="sc://a")),
        ("sc://a:1/;use_ssl=true", SparkAddress(remote="sc://a:1/;use_ssl=true")),
        ("spark=sc://a:1", SparkAddress(remote="sc://a:1")),
    ],
)
def test_addresses(text: str, address: SparkAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    assert names_spark(text)
    assert spark_address(text) == address


def test_sparks_own_default_server_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARK_REMOTE", "sc://a:2")
    assert spark_address("spark") == SparkAddress(remote="sc://a:2")


@pytest.mark.parametrize(
    "text", ["spark=", "spark=lokal", "spark=local[x]", "sc://", "sc://a:b", "sc://a:99999", "spark=sc://"]
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        spark_address(text)
    assert caught.value.hint


@pytest.mark.parametrize("text", ["duckdb", "python", "auto", "sparkling", "http://a"])
def test_what_does_not_mean_spark(text: str) -> None:
    assert not names_spark(text)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (SparkAddress(), None),
        (SparkAddress(master="yarn"), None),
        (SparkAddress(remote="sc://a"), ("a", 15002)),
        (SparkAddress(remote="sc://a:9/;token=x"), ("a", 9)),
        (SparkAddress(remote="sc://[::1]:9"), ("::1", 9)),
        (SparkAddress(master="spark://b,c:1"), ("b", 7077)),
    ],
)
def test_the_host_to_reach(address: SparkAddress, host: tuple[str, int] | None) -> None:
    assert address.host() == host


def test_what_answers_is_reached() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        need_answer(server.getsockname())
    need_answer(None)


def test_where_nothing_answers_the_host_and_port_are_told() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        host, port = server.getsockname()
    with pytest.raises(EngineError, match=f"No Spark server answers at 127.0.0.1:{port}"):
        need_answer((host, port))


def test_a_host_that_is_not_known_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "create_connection", unknown)
    with pytest.raises(EngineError, match="There is no host nowhere"):
        need_answer(("nowhere", 1))
