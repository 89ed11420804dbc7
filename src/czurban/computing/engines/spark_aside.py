"""A thread of its own in which Spark is asked, so that Ctrl-C never falls inside of a question to it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import get_ident
from typing import TypeVar

T = TypeVar("T")
_SECONDS = 0.5
"""How long an interrupt may go unseen where a system does not wake who waits for it."""


class Aside:
    """Asks Spark in one thread beside the one that is interrupted, always the same.

    Py4J answers by one connection for each thread. An interrupt in the middle of an answer would leave it there, and
    the next question, were it only to stop, would wait for the old answer; or it would fall into one of Py4J's
    clean-ups, which swallow it. So the interrupted thread only waits here, and ends Spark by a connection of its own.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "czurban-spark")
        # The pool forgets a thread if it is interrupted while starting it, so it starts before the first question.
        self._thread = self._pool.submit(get_ident).result()
        self._left = False

    def __call__(self, what: Callable[[], T]) -> T:
        """Do something with Spark and wait for it; what it raises is raised here.

        Raises:
            KeyboardInterrupt: this, or the wait for something before, was interrupted.
        """
        if get_ident() == self._thread:
            return what()
        if self._left:  # the thread may be at the old question for ever
            raise KeyboardInterrupt
        answer = None
        try:
            answer = self._pool.submit(what)
            while not wait([answer], _SECONDS).done:
                pass
        except BaseException:  # also where it is interrupted after the question was put and before the wait begins
            self._left = answer is None or not answer.done()
            raise
        return answer.result()

    def end(self) -> None:
        """Wait for the thread, once Spark is ended and has nothing to answer any more."""
        self._pool.shutdown(cancel_futures=True)
