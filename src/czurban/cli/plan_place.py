"""Which plan is meant when a command does not say: the folder its files are in."""

import os
from pathlib import Path

PACKAGED = Path(__file__).parents[1] / "data"
CHECKOUT = Path(__file__).parents[3] / "data"
"""Where the plan lies in an installed package, and in a checkout that is installed in place."""


def plan_folder(asked: Path | None) -> Path:
    """The one asked for, then CZURBAN_PLAN, then ./data if it holds a plan, then the built-in one."""
    if asked is not None:
        return asked
    if named := os.environ.get("CZURBAN_PLAN"):
        return Path(named)
    here = Path("data")
    if (here / "targets.yaml").is_file():
        return here
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT
