"""A thread for all calls to Spark, so that Ctrl-C never falls into the middle of one."""

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import TypeVar

T = TypeVar("T")
_SECONDS = 0.5
"""How long an interrupt may be unnoticed where a system does not wake a waiting thread."""
_PATIENCE = 10


class SparkThread:
    """Runs calls one after another in a thread of its own, while the thread that can be interrupted waits.

    An interrupt inside gRPC may leave a call that nothing ends any more, and closing the channel then waits for ever.
    The two threads share a simple queue and plain locks only, whose methods an interrupt cannot cut in half: a future
    or an event holds a lock in Python code and, interrupted there, keeps it.
    """

    def __init__(self) -> None:
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._interrupted = False
        self._thread = threading.Thread(target=self._work, name="czurban-spark", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            call()

    def __call__(self, what: Callable[[], T]) -> T:
        """Run a call and wait for it; what it raises is raised here.

        Raises:
            KeyboardInterrupt: this wait, or an earlier one, was interrupted; the thread may never finish that call.
        """
        if self._interrupted:
            raise KeyboardInterrupt
        answers: list[T] = []
        errors: list[BaseException] = []
        running = threading.Lock()
        running.acquire()

        def call() -> None:
            try:
                answers.append(what())
            except BaseException as error:  # noqa: BLE001 - it is raised in the waiting thread
                errors.append(error)
            running.release()

        try:
            self._calls.put(call)
            while not running.acquire(timeout=_SECONDS):
                pass
        except BaseException:
            self._interrupted = True
            raise
        if errors:
            raise errors[0]
        return answers[0]

    def end(self) -> None:
        """Wait for the thread, once the session is ended and every call with it."""
        self._calls.put(None)
        self._thread.join(_PATIENCE)
