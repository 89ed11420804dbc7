"""The thread that calls Spark: an interrupt leaves a call alone and reaches the thread that waits for it."""

import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from czurban.computing.engines.spark.session import SparkThread

GUARD = 120
"""Seconds after which a test that hangs ends; nothing is expected to take them."""


@pytest.fixture
def spark_thread() -> Iterator[SparkThread]:
    made = SparkThread()
    yield made
    made.end()


@pytest.fixture
def own_handler() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_every_call_runs_in_one_other_thread(spark_thread: SparkThread) -> None:
    threads = {spark_thread(threading.get_ident) for _ in range(5)}
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_an_error_is_raised_in_the_waiting_thread_and_the_next_call_works(spark_thread: SparkThread) -> None:
    with pytest.raises(ZeroDivisionError):
        spark_thread(lambda: 1 // 0)
    assert spark_thread(lambda: 7) == 7


def test_an_interrupt_leaves_the_call_alone_and_nothing_more_is_called(
    spark_thread: SparkThread, own_handler: None
) -> None:
    asked, ended, answers = threading.Event(), threading.Event(), []

    def call() -> None:
        asked.set()
        answers.append(ended.wait(GUARD))

    def interrupt() -> None:
        if asked.wait(GUARD):
            signal.raise_signal(signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            spark_thread(call)
        assert answers == []
        with pytest.raises(KeyboardInterrupt):  # as it would wait for the first
            spark_thread(lambda: 1)
    finally:
        ended.set()
        thread.join(GUARD)
    spark_thread.end()
    assert answers == [True]


def test_an_interrupt_right_after_the_call_was_put_counts_as_well(
    spark_thread: SparkThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, calls = threading.Event(), spark_thread._calls  # noqa: SLF001 - no clock hits this moment each time

    class Interrupted:
        def put(self, call: Any) -> None:  # noqa: ANN401
            calls.put(call)
            raise KeyboardInterrupt

    monkeypatch.setattr(spark_thread, "_calls", Interrupted())
    try:
        with pytest.raises(KeyboardInterrupt):
            spark_thread(lambda: ended.wait(GUARD))
        monkeypatch.undo()
        with pytest.raises(KeyboardInterrupt):
            spark_thread(lambda: 1)
    finally:
        ended.set()
