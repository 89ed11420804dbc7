"""A plan read from bytes in memory, by the very reader that will read it from the disk."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from czurban.model.finding import Findings
from czurban.model.plan import Plan
from czurban.reading.plan_files import read_plan


def read_texts(files: Mapping[str, bytes]) -> tuple[Plan | None, Findings]:
    """Read the files of a plan, given by their names, as `read_plan` reads a folder."""
    with tempfile.TemporaryDirectory(prefix="czurban-") as name:
        folder = Path(name)
        for file, data in files.items():
            (folder / file).write_bytes(data)
        return read_plan(folder)
