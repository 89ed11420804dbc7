"""The good and the bad case of each rule, kept beside the program as YAML, for its pages and its tests."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from czurban.model.rule_case import RuleCase

FOLDER = Path(__file__).parents[1] / "cases"
PLAN = FOLDER / "plan"
"""A made-up plan without a fault, and figures for it."""
RECORDS = FOLDER / "records"
"""Made-up records for that plan, and metrics over them."""


@cache
def cases() -> Mapping[str, RuleCase]:
    """Every case by its code, in the order of the codes."""
    found: dict[str, RuleCase] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for code, one in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            found[code] = _case(code, one)
    return found


def _case(code: str, one: Mapping[str, Any]) -> RuleCase:
    good, bad = one.get("good", ""), one.get("bad", one.get("whole", ""))
    if repeat := one.get("repeat"):
        before, part, times, behind = repeat
        bad = before + part * times + behind
    changes = {good: bad} if good else {}
    if also := one.get("also"):
        changes[also["good"]] = also["bad"]
    return RuleCase(
        code,
        {"en": one["why"], "zh": one["why_zh"]},
        one["in"],
        good,
        bad,
        one["at"],
        changes,
        one.get("sheets", ()),
        bool(one.get("always")),
        one.get("options", ()),
    )
