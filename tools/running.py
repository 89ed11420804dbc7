"""Run the program inside this process, for tools that run it many times: starting a process costs half a second."""

import contextlib
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

COLOURS = ("FORCE_COLOR", "CLICOLOR_FORCE", "PY_COLORS")
"""Variables that add colour even where output is no terminal."""
PLAIN = {"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1", "TERM": "dumb"}
UNSET = (*COLOURS, "CZURBAN_PLAN", "GITHUB_ACTIONS")


def run_in(
    folder: Path,
    arguments: Sequence[str],
    lang: str,
    *,
    together: bool = False,
    values: Mapping[str, str] = MappingProxyType({}),
) -> tuple[int, str, str]:
    """Run a command in a folder and return its exit code, standard output and standard error.

    With `together`, standard output holds both in the order in which they were written, as a terminal shows them.
    `values` are further variables of the environment.
    """
    outs = io.BytesIO()
    errs = outs if together else io.BytesIO()
    out, err = (io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True) for stream in (outs, errs))
    with _environment({**PLAIN, **values, "CZURBAN_LANG": lang}), contextlib.chdir(folder):
        from czurban.cli.app import run  # noqa: PLC0415 - the width of the help is read at import

        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(list(arguments))
    return code, outs.getvalue().decode(), "" if together else errs.getvalue().decode()


@contextlib.contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    for name in UNSET:
        os.environ.pop(name, None)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
