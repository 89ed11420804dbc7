"""czurban compares reported figures with the targets of a city's plan, exactly, and says which are met.

The public names are loaded when first used, so that importing the package costs nothing.
"""

import importlib

from czurban.version import __version__

TYPE_CHECKING = False  # importing typing for it would be the slowest line here
if TYPE_CHECKING:
    from czurban.app.api.over_time import compare, trend
    from czurban.app.api.pace import PaceResult, pace
    from czurban.app.api.public import (
        CheckResult,
        ComputeResult,
        Report,
        check,
        compute,
        read_plan,
        report,
        validate,
    )
    from czurban.app.api.score import ScoreResult, score
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

_HOMES = {
    "Assessment": "czurban.model.assessment",
    "Changes": "czurban.model.over_time.changes",
    "CheckOptions": "czurban.app.options",
    "CheckResult": "czurban.app.api.public",
    "ComputeOptions": "czurban.app.compute",
    "ComputeResult": "czurban.app.api.public",
    "CzurbanError": "czurban.errors",
    "Finding": "czurban.model.finding",
    "Indicator": "czurban.model.indicator",
    "PaceResult": "czurban.app.api.pace",
    "Plan": "czurban.model.plan",
    "PlanError": "czurban.errors",
    "Report": "czurban.app.api.public",
    "Result": "czurban.model.assessment",
    "ScoreOptions": "czurban.app.progress.score",
    "ScoreResult": "czurban.app.api.score",
    "Trend": "czurban.model.over_time.trend",
    "ValidateOptions": "czurban.app.validate",
    "Verdict": "czurban.model.assessment",
    "check": "czurban.app.api.public",
    "compare": "czurban.app.api.over_time",
    "compute": "czurban.app.api.public",
    "pace": "czurban.app.api.pace",
    "read_plan": "czurban.app.api.public",
    "report": "czurban.app.api.public",
    "score": "czurban.app.api.score",
    "trend": "czurban.app.api.over_time",
    "validate": "czurban.app.api.public",
}

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
