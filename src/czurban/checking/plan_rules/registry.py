"""The sense of a plan: what its keeper should know of it, though nothing is wrong with its shape."""

from collections.abc import Callable, Iterator, Mapping

from czurban.checking.plan_rules import breakdowns, formulas, names
from czurban.model.finding import Finding, Findings, in_order
from czurban.model.plan import Plan

Rule = Callable[[Plan], Iterator[Finding]]

RULES: Mapping[str, Rule] = {
    "P201": breakdowns.interpreted,
    "P202": breakdowns.doubtful_baseline,
    "P203": breakdowns.share_range,
    "P204": names.cited_alike,
    "P205": names.known_wording,
    "P206": names.lead_on_task,
    "P207": breakdowns.worse_than_baseline,
    "P208": breakdowns.keeps_baseline,
    "P209": names.used_department,
    "P210": names.somebody_leads,
    "P211": names.no_firm_aspiration,
    "P212": names.linked_both_ways,
    "P213": formulas.kept,
    "P214": formulas.broken,
    "P215": formulas.undecidable,
    "P216": formulas.feasible_together,
    "P217": formulas.same_measure,
    "P222": breakdowns.make_the_whole,
    "P223": breakdowns.not_short,
    "P224": breakdowns.shown,
    "P225": breakdowns.nobody_left_out,
    "P226": breakdowns.can_be_added,
    "P227": names.same_direction,
    "P228": names.readable_figure,
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
