"""Which plan is meant when a command does not say: the folder its files are in."""

import os
from pathlib import Path

from czurban.cli.settings import settings

PACKAGED = Path(__file__).parents[1] / "data"
CHECKOUT = Path(__file__).parents[3] / "data"
"""Where the plan lies in an installed package, and in a checkout that is installed in place."""


def plan_folder(asked: Path | None) -> Path:
    """The one asked for, CZURBAN_PLAN, the settings', ./data if it holds a plan, at last the built-in one."""
    chosen = settings().plan  # read first, so that wrong settings are told even where they do not matter
    if asked is not None:
        return asked
    if named := os.environ.get("CZURBAN_PLAN"):
        return Path(named)
    if chosen is not None:
        return chosen
    here = Path("data")
    if (here / "targets.yaml").is_file():
        return here
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT
