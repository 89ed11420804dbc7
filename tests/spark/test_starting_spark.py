"""How a session is started and ended, told by a stand-in for PySpark."""

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, Self

import pytest
from spark_stand_in import Session

from czurban.computing.engines.spark import classic as spark_classic
from czurban.computing.engines.spark import session as spark_connect
from czurban.computing.engines.spark.address import SparkAddress
from czurban.computing.engines.spark.engine import SparkEngine
from czurban.computing.engines.spark.session import SETTINGS, start
from czurban.errors import EngineError, MissingExtraError, UsageError

LOG = """WARNING: Using incubator modules
26/11/23 ERROR SparkContext: Error initializing SparkContext.
org.apache.spark.SparkException: Could not parse Master URL: 'x'
\tat org.apache.spark.SparkContext$.createTaskScheduler(SparkContext.scala:1)
"""


class Java:
    """Stands for a Java process."""

    def __init__(self, *, hangs: bool = False) -> None:
        self.hangs = hangs
        self.stdin = SimpleNamespace(close=lambda: None)
        self.killed = False

    def wait(self, seconds: int = 0) -> None:
        if self.hangs and seconds:
            raise spark_classic.subprocess.TimeoutExpired("java", seconds)

    def kill(self) -> None:
        self.killed = True


class Conf(dict[str, str]):
    """Stands for SparkConf."""

    def __init__(self, loadDefaults: bool = True) -> None:  # noqa: N803, FBT001, FBT002 - PySpark's name
        super().__init__({"spark.master": "local[*]"} if loadDefaults else {})

    def set(self, key: str, value: str) -> None:
        self[key] = value

    def setAppName(self, name: str) -> None:  # noqa: N802 - as above
        self["spark.app.name"] = name

    def setIfMissing(self, key: str, value: str) -> None:  # noqa: N802 - as above
        self.setdefault(key, value)


class Driver:
    """A PySpark whose parts remember what was asked of them."""

    def __init__(self, tmp_path: Path) -> None:
        self.tmp_path = tmp_path
        self.java = Java()
        self.session = Session()
        self.asked: dict[str, Any] = {}
        self.fails: BaseException | None = None

    def gateway(self, conf: Conf, process: dict[str, Any]) -> object:
        process["stderr"].write(LOG.encode())
        self.asked |= {"conf": conf, "cwd": Path(process["cwd"])}
        return SimpleNamespace(proc=self.java, shutdown=lambda: None)

    def context(self, gateway: object, conf: Conf) -> object:
        self.asked["settings"] = conf
        if self.fails:
            raise self.fails
        return gateway

    def modules(self) -> dict[str, ModuleType]:
        names = ("pyspark", "pyspark.java_gateway", "pyspark.sql")
        made = {name: ModuleType(name) for name in names}
        context = type("SparkContext", (), {"__new__": lambda _, **words: self.context(**words)})
        context._ensure_initialized = staticmethod(lambda gateway: gateway)  # type: ignore[attr-defined] # noqa: SLF001
        vars(made["pyspark"]).update(SparkConf=Conf, SparkContext=context)
        vars(made["pyspark.java_gateway"]).update(launch_gateway=self.gateway)
        vars(made["pyspark.sql"]).update(SparkSession=lambda _: self.session)
        return made


@pytest.fixture
def driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Driver:
    made = Driver(tmp_path)
    for name, module in made.modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(spark_classic, "need_java", lambda: None)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return made


def test_java_runs_in_a_folder_of_its_own_that_is_taken_away(driver: Driver, tmp_path: Path) -> None:
    started = start(SparkAddress(master="local[2]"))
    assert driver.asked["conf"] == {"spark.master": "local[2]"}
    assert driver.asked["cwd"].parent == tmp_path
    assert driver.asked["settings"]["spark.local.dir"] == str(driver.asked["cwd"])
    assert {key: driver.session.settings[key] for key in SETTINGS} == SETTINGS
    started.end()
    assert driver.session.stopped
    assert list(tmp_path.iterdir()) == []


def test_a_java_that_does_not_end_is_ended(driver: Driver) -> None:
    driver.java = Java(hangs=True)
    start(SparkAddress()).end()
    assert driver.java.killed


def test_why_spark_does_not_start_is_told_from_its_log(driver: Driver, tmp_path: Path) -> None:
    driver.fails = RuntimeError("An error occurred")
    with pytest.raises(EngineError, match="Could not parse Master URL: 'x'"):
        SparkEngine.at("spark=local[2]")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_leaves_nothing(driver: Driver, tmp_path: Path) -> None:
    driver.fails = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        SparkEngine.at("spark")
    assert list(tmp_path.iterdir()) == []


def test_a_cluster_keeps_its_own_settings(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Conf, "get", lambda *_: "yarn")
    start(SparkAddress(master="yarn")).end()
    assert set(driver.asked["settings"]) == {"spark.master", "spark.app.name"}


def test_a_session_that_takes_no_settings_is_ended(driver: Driver, tmp_path: Path) -> None:
    def refuse(*_: str) -> None:
        raise RuntimeError("[CANNOT_MODIFY_CONFIG] No.")

    driver.session.conf.set = refuse
    with pytest.raises(EngineError, match="Spark cannot go on: No"):
        SparkEngine.at("spark")
    assert driver.session.stopped
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["spark", "sc://127.0.0.1:1"])
def test_what_to_install_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyspark", "grpc"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr(spark_connect, "need_answer", lambda _: None)
    with pytest.raises(MissingExtraError, match="PySpark, which is not installed") as caught:
        SparkEngine.at(address)
    assert 'pip install "pyspark[connect]<5,>=4"' in str(caught.value.hint)


def test_what_is_no_address_starts_nothing(driver: Driver) -> None:
    with pytest.raises(UsageError):
        SparkEngine.at("spark=nix")
    assert driver.asked == {}


class Server:
    """A client of Spark Connect whose server answers, or does not."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, answers: bool) -> None:
        self.answers = answers
        self.session = Session()
        names = ("grpc", "pyspark", "pyspark.sql", "pyspark.sql.connect", "pyspark.sql.connect.client")
        made = {name: ModuleType(name) for name in (*names, "pyspark.sql.connect.session")}
        vars(made["grpc"])["channel_ready_future"] = self.ready
        vars(made["pyspark.sql.connect.client"])["DefaultChannelBuilder"] = lambda _: self
        builder = SimpleNamespace(channelBuilder=lambda _: SimpleNamespace(create=lambda: self.session))
        vars(made["pyspark.sql.connect.session"])["SparkSession"] = SimpleNamespace(builder=builder)
        for name, module in made.items():
            monkeypatch.setitem(sys.modules, name, module)
        for name in ("grpc_proxy", "https_proxy", "http_proxy"):
            monkeypatch.delenv(name, raising=False)

    def toChannel(self) -> "Server":  # noqa: N802 - PySpark's name
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def ready(self, _: object) -> object:
        return self

    def result(self, timeout: int) -> None:
        if not self.answers:
            raise TimeoutError(timeout)


def test_a_server_is_reached_and_left(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(monkeypatch, answers=True)
    monkeypatch.setenv("http_proxy", "http://proxy:1")  # which is asked instead of the host
    engine = SparkEngine.at("sc://somewhere:1")
    engine.close()
    assert server.session.stopped


def test_what_is_no_server_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    Server(monkeypatch, answers=False)
    monkeypatch.setattr(spark_connect, "need_answer", lambda _: None)
    with pytest.raises(EngineError, match="is no Spark Connect server"):
        SparkEngine.at("sc://somewhere:1")
