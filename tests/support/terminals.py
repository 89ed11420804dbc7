"""Run the program on a terminal of a given width, and return what it shows there."""

import contextlib
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
"""The control sequences that colours are made of."""
SIZE = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CZURBAN_PLAN")


def environment(language: str, **more: str) -> dict[str, str]:
    """The environment of a terminal with colours."""
    kept = {name: value for name, value in os.environ.items() if name not in SIZE}
    return kept | {"TERM": "xterm-256color", "CZURBAN_LANG": language} | more


def terminal(width: int) -> tuple[int, int]:
    """Open a terminal of this width: the side that a person sees, and the side of the program."""
    seen, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    return seen, side


def shown(
    folder: Path, arguments: Sequence[str], width: int, language: str = "zh", more: Mapping[str, str] | None = None
) -> str:
    """Run the program and return all that the terminal got, with its control sequences."""
    seen, side = terminal(width)
    words = [sys.executable, "-m", "czurban", *arguments]
    streams = {"stdin": side, "stdout": side, "stderr": side}
    with subprocess.Popen(words, cwd=folder, env=environment(language, **(more or {})), **streams) as program:
        os.close(side)
        parts = []
        with contextlib.suppress(OSError):  # the end, once the program has closed its side
            while part := os.read(seen, 1 << 16):
                parts.append(part)
        program.wait()
    os.close(seen)
    return b"".join(parts).decode().replace("\r\n", "\n")
