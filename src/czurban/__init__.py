"""czurban compares reported figures with the targets of a city's plan, exactly, and says which are met.

The public names are loaded when first used, so that importing the package costs nothing.
"""

import importlib

from czurban.version import __version__

TYPE_CHECKING = False  # importing typing for it would be the slowest line here
if TYPE_CHECKING:
    from czurban.app.api import (
        CheckResult,
        ComputeResult,
        Report,
        check,
        compute,
        read_plan,
        report,
        validate,
    )
    from czurban.app.compute import ComputeOptions
    from czurban.app.options import CheckOptions
    from czurban.app.over_time_api import compare, trend
    from czurban.app.pace_api import PaceResult, pace
    from czurban.app.score import ScoreOptions
    from czurban.app.score_api import ScoreResult, score
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
    "CheckResult": "czurban.app.api",
    "ComputeOptions": "czurban.app.compute",
    "ComputeResult": "czurban.app.api",
    "CzurbanError": "czurban.errors",
    "Finding": "czurban.model.finding",
    "Indicator": "czurban.model.indicator",
    "PaceResult": "czurban.app.pace_api",
    "Plan": "czurban.model.plan",
    "PlanError": "czurban.errors",
    "Report": "czurban.app.api",
    "Result": "czurban.model.assessment",
    "ScoreOptions": "czurban.app.score",
    "ScoreResult": "czurban.app.score_api",
    "Trend": "czurban.model.over_time.trend",
    "ValidateOptions": "czurban.app.validate",
    "Verdict": "czurban.model.assessment",
    "check": "czurban.app.api",
    "compare": "czurban.app.over_time_api",
    "compute": "czurban.app.api",
    "pace": "czurban.app.pace_api",
    "read_plan": "czurban.app.api",
    "report": "czurban.app.api",
    "score": "czurban.app.score_api",
    "trend": "czurban.app.over_time_api",
    "validate": "czurban.app.api",
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
