"""A thread of its own in which Spark is asked, so that Ctrl-C never falls inside of a question to it."""

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
_SECONDS = 0.5
"""How long an interrupt may go unseen where a system does not wake a thread that waits."""


class _Question:
    """Something to do with Spark, and what came of it."""

    def __init__(self, what: Callable[[], Any]) -> None:
        self.what = what
        self.value: Any = None
        self.error: BaseException | None = None
        self.answered = False
        self.waiting = threading.Lock()
        self.waiting.acquire()

    def answer(self) -> None:
        try:
            self.value = self.what()
        except BaseException as error:  # noqa: BLE001 - it is raised in the thread that asked
            self.error = error
        self.answered = True
        self.waiting.release()


class SparkThread:
    """Asks Spark in one thread, always the same, while the thread that can be interrupted waits.

    Py4J answers by one connection for each thread. An interrupt in the middle of an answer would leave it there, and
    the next question, were it only to stop, would wait for the old answer; or it would fall into one of Py4J's
    clean-ups, which swallow it. So the interrupted thread only waits here, and ends Spark by a connection of its own.

    The two threads share a simple queue and a plain lock alone, whose calls an interrupt cannot cut in half. A thread
    pool, a future or an event holds a lock in Python code: interrupted there, it keeps it, and the other thread waits
    for ever.
    """

    def __init__(self) -> None:
        self._questions: SimpleQueue[_Question | None] = SimpleQueue()
        self._left = False
        self._thread = threading.Thread(target=self._work, name="czurban-spark", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        while (question := self._questions.get()) is not None:
            question.answer()

    def __call__(self, what: Callable[[], T]) -> T:
        """Do something with Spark and wait for it; what it raises is raised here.

        Raises:
            KeyboardInterrupt: this, or the wait for something before, was interrupted.
        """
        if threading.get_ident() == self._thread.ident:
            return what()
        if self._left:  # the thread may be at the old question for ever
            raise KeyboardInterrupt
        question = _Question(what)
        try:
            self._questions.put(question)
            while not question.waiting.acquire(timeout=_SECONDS):
                pass
        except BaseException:  # also where it is interrupted after the question was put and before the wait begins
            self._left = not question.answered
            raise
        if question.error is not None:
            raise question.error
        answer: T = question.value
        return answer

    def end(self) -> None:
        """Wait for the thread, once Spark is ended and has nothing to answer any more."""
        self._questions.put(None)
        self._thread.join()
