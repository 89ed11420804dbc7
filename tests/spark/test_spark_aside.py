"""The thread in which Spark is asked: an interrupt leaves a question alone and reaches whoever waits for it."""

import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from czurban.computing.engines.spark.thread import SparkThread

GUARD = 120
"""Seconds after which a test that hangs ends; nothing is expected to take them."""


@pytest.fixture
def aside() -> Iterator[SparkThread]:
    made = SparkThread()
    yield made
    made.end()


@pytest.fixture
def own_handler() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_all_is_asked_in_one_other_thread(aside: SparkThread) -> None:
    threads = {aside(threading.get_ident) for _ in range(5)} | {aside(lambda: aside(threading.get_ident))}
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_an_error_is_raised_where_it_was_asked_and_the_next_question_is_answered(aside: SparkThread) -> None:
    with pytest.raises(ZeroDivisionError):
        aside(lambda: 1 // 0)
    assert aside(lambda: 7) == 7


def test_an_interrupt_leaves_the_question_alone_and_nothing_more_is_asked(
    aside: SparkThread, own_handler: None
) -> None:
    asked, ended, answers = threading.Event(), threading.Event(), []

    def question() -> None:
        asked.set()
        answers.append(ended.wait(GUARD))

    def interrupt() -> None:
        if asked.wait(GUARD):
            signal.raise_signal(signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            aside(question)
        assert answers == []
        with pytest.raises(KeyboardInterrupt):  # as it would wait for the first
            aside(lambda: 1)
    finally:
        ended.set()
        thread.join(GUARD)
    aside.end()
    assert answers == [True]


def test_an_interrupt_right_after_the_question_was_put_counts_as_well(
    aside: SparkThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, questions = threading.Event(), aside._questions  # noqa: SLF001 - no clock hits this moment each time

    class Interrupted:
        def put(self, question: Any) -> None:  # noqa: ANN401
            questions.put(question)
            raise KeyboardInterrupt

    monkeypatch.setattr(aside, "_questions", Interrupted())
    try:
        with pytest.raises(KeyboardInterrupt):
            aside(lambda: ended.wait(GUARD))
        monkeypatch.undo()
        with pytest.raises(KeyboardInterrupt):
            aside(lambda: 1)
    finally:
        ended.set()
