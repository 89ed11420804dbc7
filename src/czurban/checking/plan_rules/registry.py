"""Check the sense of a plan whose files have the right form."""

from collections.abc import Callable, Iterator, Mapping

from czurban.checking.plan_rules import breakdowns, citations, formulas, names, times
from czurban.model.finding import Finding, Findings, in_order
from czurban.model.plan import Plan

Rule = Callable[[Plan], Iterator[Finding]]

RULES: Mapping[str, Rule] = {
    "P201": breakdowns.interpreted,
    "P202": breakdowns.doubtful_baseline,
    "P203": breakdowns.share_range,
    "P204": citations.cited_alike,
    "P205": citations.known_wording,
    "P206": names.lead_on_task,
    "P207": breakdowns.worse_than_baseline,
    "P208": breakdowns.keeps_baseline,
    "P209": names.used_department,
    "P210": names.has_lead,
    "P211": names.no_firm_aspiration,
    "P212": names.linked_both_ways,
    "P213": formulas.kept,
    "P214": formulas.broken,
    "P215": formulas.undecidable,
    "P216": formulas.feasible_together,
    "P217": formulas.same_measure,
    "P222": breakdowns.make_the_whole,
    "P223": breakdowns.not_short,
    "P224": breakdowns.sum_listed,
    "P225": breakdowns.every_region,
    "P226": breakdowns.can_be_added,
    "P227": citations.same_direction,
    "P228": citations.readable_figure,
    "P229": times.steps_lead_to_target,
    "P230": times.baseline_before_plan,
    "P231": times.within_its_time,
    "P232": times.leads_to_the_target,
    "P233": times.goes_on,
    "P234": times.has_a_line,
    "P240": times.period_of_title,
    "P241": times.deadline_within_plan,
    "P242": times.baselines_before_plan,
    "P243": citations.right_place,
    "P244": citations.cited_everywhere,
    "P245": citations.cited_once,
    "P246": names.no_gap,
    "P247": names.together,
    "P248": times.fitting_kind,
    "P249": citations.printed_direction,
    "P250": breakdowns.size_of_baseline,
    "P251": names.milestone_once,
    "P252": names.printed_stage,
    "P253": names.printed_aspiration,
    "P254": names.one_name,
    "P255": names.name_without_unit,
    "P256": names.listed_once,
    "P257": breakdowns.alike_codes,
    "P258": breakdowns.no_larger_part,
    "P259": citations.reason_fits,
}
"""The rule for each code; its docstring is the demand that the catalog prints."""

_NEED_ALL = frozenset({"P206", "P209", "P212", "P243", "P244", "P246", "P247"})
"""Rules on what is missing: in a plan that is read in part they would report what follows from another fault."""


def check_plan(plan: Plan, *, whole: bool = True) -> Findings:
    """Check a plan, or what could be read of it, against every rule; return the findings in the order of its lines."""
    rules = (rule for code, rule in RULES.items() if whole or code not in _NEED_ALL)
    return tuple(in_order(fault for rule in rules for fault in rule(plan)))
