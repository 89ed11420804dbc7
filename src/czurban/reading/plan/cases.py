"""Read the example cases of the rules: texts with and without the fault of each, in a plan made up for them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from czurban.model.finding import RuleCase

FOLDER = Path(__file__).parents[2] / "cases"
PLAN = FOLDER / "plan"
"""A made-up plan without a fault, and figures for it."""
RECORDS = FOLDER / "records"
"""Made-up records for that plan, and metrics over them."""
RATING = FOLDER / "rating"
"""Made-up rating rules for that plan."""


@cache
def cases() -> Mapping[str, RuleCase]:
    """Return the good and the bad case of every rule by its code, in the order of the codes."""
    return {
        code: _case(code, case)
        for path in sorted(FOLDER.glob("*.yaml"))
        for code, case in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    }


def _case(code: str, case: Mapping[str, Any]) -> RuleCase:
    good, bad = case.get("good", ""), case.get("bad", case.get("whole", ""))
    if repeat := case.get("repeat"):
        before, part, times, after = repeat
        bad = before + part * times + after
    changes = {good: bad} if good else {}
    if also := case.get("also"):
        changes[also["good"]] = also["bad"]
    reasons = {"en": case["why"], "zh": case["why_zh"]}
    options = case.get("sheets", ()), bool(case.get("always")), case.get("options", ())
    return RuleCase(code, reasons, case["in"], good, bad, case["at"], changes, *options)
