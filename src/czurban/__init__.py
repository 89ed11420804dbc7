"""czurban holds reported figures against the targets of a city's plan, exactly, and says which are met.

The public names are loaded when first used, so that importing the package costs nothing.
"""

import importlib

from czurban.version import __version__

TYPE_CHECKING = False  # importing typing for it would be the slowest line here
if TYPE_CHECKING:
    from czurban.checking.assessing import assess
    from czurban.checking.plan_rules.registry import check_plan
    from czurban.reading.plan.files import read_plan
    from czurban.reading.submission.files import read_submission
    from czurban.reporting.formats.registry import render

_HOMES = {
    "assess": "czurban.checking.assessing",
    "check_plan": "czurban.checking.plan_rules.registry",
    "read_plan": "czurban.reading.plan.files",
    "read_submission": "czurban.reading.submission.files",
    "render": "czurban.reporting.formats.registry",
}

__all__ = ["__version__", "assess", "check_plan", "read_plan", "read_submission", "render"]


def __getattr__(name: str) -> object:
    """Load a public name from the room it lives in."""
    if name not in _HOMES:
        msg = f"module 'czurban' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(importlib.import_module(_HOMES[name]), name)
