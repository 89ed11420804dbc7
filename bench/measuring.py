"""What one whole process costs: wall time, processor time and peak memory, of everything it starts."""

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_PAGE = os.sysconf("SC_PAGE_SIZE")
_EVERY = 0.05
_TOLD = 2000
# A run that takes this part of the memory that was free when it began is stopped, before the system stops another.
_PART = 0.8
MEBI = 1024 * 1024


class Cost(NamedTuple):
    """Seconds on the clock, seconds of all processors, and the most memory in MiB that was held at one time."""

    wall: float
    cpu: float
    peak: float


class Outcome(NamedTuple):
    """How a process ended: its cost, its exit code, what it was stopped for (else empty), and what it printed."""

    cost: Cost
    code: int
    stopped: str
    printed: str
    complaint: str


def _as_installed() -> Mapping[str, str]:
    """This process's environment, but that Python keeps what it compiled, as it does where a tool is installed."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def measure(command: Sequence[str], environment: Mapping[str, str], folder: Path, limit: float) -> Outcome:
    """Run a command to its end, or for so many seconds, or until it fills the computer, and tell what it cost.

    The memory is the greater of what the system says of the largest single process and of the sum over all
    processes, looked at twenty times a second; a page that two processes share is counted twice in the sum.
    """
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as complaint:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command,
            env={**_as_installed(), **environment},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=complaint,
            start_new_session=True,
        )
        watch = _Watch(process.pid, begin, limit)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.end()
        cost = Cost(wall, usage.ru_utime + usage.ru_stime, max(usage.ru_maxrss * 1024, watch.peak) / MEBI)
        return Outcome(
            cost, process.returncode, watch.stopped, _text(printed.fileno()), _text(complaint.fileno())[-_TOLD:]
        )


def _text(descriptor: int) -> str:
    os.lseek(descriptor, 0, os.SEEK_SET)
    with os.fdopen(os.dup(descriptor), "rb") as file:
        return file.read().decode("utf-8", "replace")


class _Watch(threading.Thread):
    """Looks at a process and all that it started until it ends; stops them when their time is over."""

    def __init__(self, leader: int, begin: float, limit: float) -> None:
        super().__init__(daemon=True)
        self._leader, self._deadline, self._limit = leader, begin + limit, limit
        self._most = _PART * _available()
        self._over = threading.Event()
        self.peak = 0
        self.stopped = ""

    def run(self) -> None:
        while not self._over.wait(_EVERY):
            self.peak = max(self.peak, sum(_resident(one) for one in family(self._leader)))
            if self.peak > self._most:
                self._kill(f"stopped at {self._most / MEBI:,.0f} MiB")
            if time.perf_counter() > self._deadline:
                self._kill(f"stopped after {self._limit:.0f} s")

    def _kill(self, reason: str) -> None:
        self.stopped = self.stopped or reason
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._leader, signal.SIGKILL)

    def end(self) -> None:
        """Stop looking."""
        self._over.set()
        self.join()


def _available() -> int:
    """Bytes of memory that a process could have now, those of cached files among them."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return _PAGE * os.sysconf("SC_PHYS_PAGES")
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable"))


def family(leader: int) -> Iterator[int]:
    """A process and all its descendants that still run."""
    yield leader
    for children in Path(f"/proc/{leader}/task").glob("*/children"):
        try:
            started = children.read_text(encoding="ascii").split()
        except OSError:  # it has ended in the meantime
            continue
        for child in started:
            yield from family(int(child))


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
