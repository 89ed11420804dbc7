"""czurban compares reported figures with the targets of a city's plan, exactly, and says which are met.

The public names are loaded when first used, so that importing the package costs nothing.
"""

import importlib

from czurban.version import __version__

TYPE_CHECKING = False  # importing typing for it would be the slowest line here
if TYPE_CHECKING:
    from czurban.app.api.ledger import PaceResult, ScoreResult, pace, score
    from czurban.app.api.over_time import compare, trend
    from czurban.app.api.public import CheckResult, ComputeResult, Report, check, compute, read_plan, report, validate
    from czurban.app.compute import ComputeOptions
    from czurban.app.options import CheckOptions
    from czurban.app.progress.score import ScoreOptions
    from czurban.app.validate import ValidateOptions
    from czurban.errors import CzurbanError, PlanError
    from czurban.model.assessment import Assessment, Result, Verdict
    from czurban.model.finding import Finding
    from czurban.model.indicator import Indicator
    from czurban.model.over_time.changes import Changes
    from czurban.model.over_time.trend import Trend
    from czurban.model.plan import Plan

_MODULES = {
    "app.api.ledger": "PaceResult ScoreResult pace score",
    "app.api.over_time": "compare trend",
    "app.api.public": "CheckResult ComputeResult Report check compute read_plan report validate",
    "app.compute": "ComputeOptions",
    "app.options": "CheckOptions",
    "app.progress.score": "ScoreOptions",
    "app.validate": "ValidateOptions",
    "errors": "CzurbanError PlanError",
    "model.assessment": "Assessment Result Verdict",
    "model.finding": "Finding",
    "model.indicator": "Indicator",
    "model.over_time.changes": "Changes",
    "model.over_time.trend": "Trend",
    "model.plan": "Plan",
}
"""By module, the public names that are loaded from it."""
_HOMES = {name: f"czurban.{module}" for module, names in _MODULES.items() for name in names.split()}

__all__ = [
    "Assessment",
    "Changes",
    "CheckOptions",
    "CheckResult",
    "ComputeOptions",
    "ComputeResult",
    "CzurbanError",
    "Finding",
    "Indicator",
    "PaceResult",
    "Plan",
    "PlanError",
    "Report",
    "Result",
    "ScoreOptions",
    "ScoreResult",
    "Trend",
    "ValidateOptions",
    "Verdict",
    "__version__",
    "check",
    "compare",
    "compute",
    "pace",
    "read_plan",
    "report",
    "score",
    "trend",
    "validate",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module."""
    if name not in _HOMES:
        msg = f"module 'czurban' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
