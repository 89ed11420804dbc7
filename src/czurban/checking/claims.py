"""What submissions print of the plan itself, held against the plan: a template that was tampered with shows here."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from czurban.checking.admit import is_ours
from czurban.model.claim import Claim, Claimed
from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator
from czurban.model.message import say
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.plan import Plan
from czurban.model.target import Interval
from czurban.model.text import key

_Ends = tuple[Fraction | None, Fraction | None, bool, bool]


def claims_of(submissions: Iterable[Submission], plan: Plan) -> Iterator[Claim]:
    """Every target and baseline printed, the baseline year's own column of a wide table among them."""
    for submission in submissions:
        yield from (one for one in submission.claims if is_ours(one.region, plan))
        for one in submission.observations:
            if plan.baseline_period in one.periods and one.period == plan.baseline_period:
                yield from _as_baseline(one, plan)


def _as_baseline(one: Observation, plan: Plan) -> Iterator[Claim]:
    if one.reported is Reading.VALUE and is_ours(one.region, plan):
        yield Claim(Claimed.BASELINE, one.indicator, one.raw, one.place, one.amount, None, one.unit)


def claim_findings(claims: Iterable[Claim], plan: Plan) -> Iterator[Finding]:
    """Tell each that is not the plan's own. Verdicts are by the plan's, whatever a submission says."""
    for claim in claims:
        indicator = plan.indicator(claim.indicator)
        if indicator is None:
            continue
        if claim.what is Claimed.TARGET and not _same_target(claim, indicator):
            yield _other_target(claim, indicator)
        if claim.what is Claimed.BASELINE and not _same_baseline(claim, indicator):
            yield _other_baseline(claim, indicator)


def _same_target(claim: Claim, indicator: Indicator) -> bool:
    """Whether it is the same rule exactly, a bare number that is the plan's bound, or what the plan itself prints."""
    if key(claim.raw) in {key(cited.printed) for cited in indicator.cited}:
        return True
    factor = _factor(claim, indicator)
    own = indicator.target.interval
    if factor is None:
        return False
    if claim.interval is not None:
        return _ends(claim.interval, factor) == _ends(own, Fraction(1))
    return claim.amount is not None and own.bound is not None and Fraction(claim.amount) * factor == Fraction(own.bound)


def _same_baseline(claim: Claim, indicator: Indicator) -> bool:
    """Whether it is the same number; a plan that prints no baseline has none to differ from."""
    own = indicator.target.baseline
    if own is None or own.value is None or key(claim.raw) == key(own.printed):
        return True
    factor = _factor(claim, indicator)
    return factor is not None and claim.amount is not None and Fraction(claim.amount) * factor == Fraction(own.value)


def _factor(claim: Claim, indicator: Indicator) -> Fraction | None:
    """How many of the plan's units one of the claim's is; None where they measure different things."""
    unit = claim.unit or indicator.unit
    return unit.factor / indicator.unit.factor if unit.dimension == indicator.unit.dimension else None


def _ends(interval: Interval, factor: Fraction) -> _Ends:
    low = None if interval.low is None else Fraction(interval.low) * factor
    high = None if interval.high is None else Fraction(interval.high) * factor
    return low, high, interval.low_open, interval.high_open


def _other_target(claim: Claim, indicator: Indicator) -> Finding:
    message = say(
        "The target of “{indicator}” stands here as {raw}, and the plan's is {own}; judged is by the plan's.",
        indicator=indicator.name,
        raw=claim.raw[:40],
        own=str(indicator.target.interval),
    )
    return finding("S226", claim.place, message, say("Ask who changed it; a submission cannot change the plan."))


def _other_baseline(claim: Claim, indicator: Indicator) -> Finding:
    own = indicator.target.baseline
    message = say(
        "The baseline of “{indicator}” stands here as {raw}, and the plan's is {own}; the plan's is used.",
        indicator=indicator.name,
        raw=claim.raw[:40],
        own=own.printed if own else "",
    )
    return finding("S227", claim.place, message, say("Ask which is right; a submission cannot change the plan."))
