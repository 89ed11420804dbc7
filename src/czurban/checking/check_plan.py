"""The sense of a plan: what its keeper should know of it, though nothing is wrong with its shape."""

from collections.abc import Callable, Iterator, Mapping

from czurban.checking.plan_rules import formulas, parts, targets, who, wording
from czurban.model.finding import Finding, Findings, in_order
from czurban.model.plan import Plan

Rule = Callable[[Plan], Iterator[Finding]]

RULES: Mapping[str, Rule] = {
    "P201": targets.interpreted,
    "P202": targets.doubtful_baseline,
    "P203": targets.share_range,
    "P204": wording.cited_alike,
    "P205": wording.known_wording,
    "P206": who.lead_on_task,
    "P207": targets.worse_than_baseline,
    "P208": targets.keeps_baseline,
    "P209": who.used_department,
    "P210": who.somebody_leads,
    "P211": wording.no_firm_aspiration,
    "P212": who.linked_both_ways,
    "P213": formulas.kept,
    "P214": formulas.broken,
    "P215": formulas.untold,
    "P216": formulas.feasible_together,
    "P217": formulas.same_measure,
    "P222": parts.make_the_whole,
    "P223": parts.not_short,
    "P224": parts.shown,
    "P225": parts.nobody_left_out,
    "P226": parts.can_be_added,
    "P227": wording.same_direction,
    "P228": wording.readable_figure,
}
"""Each code's rule; its docstring is the demand that the catalogue prints."""

_OF_THE_WHOLE = frozenset({"P206", "P209", "P212"})
"""Rules about what is absent: of a plan read in part they would tell the consequence of another fault."""


def check_plan(plan: Plan, *, whole: bool = True) -> Findings:
    """Hold a plan against every rule, in the order of its files' lines.

    Args:
        plan: the plan, or what could be read of it.
        whole: whether that is all of it.
    """
    rules = (rule for code, rule in RULES.items() if whole or code not in _OF_THE_WHOLE)
    return tuple(in_order(one for rule in rules for one in rule(plan)))
