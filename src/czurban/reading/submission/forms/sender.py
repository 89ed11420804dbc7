"""Give the figures and stages of a form to its sender, and refuse a form with those of others."""

from collections.abc import Iterator, Sequence

from czurban.model.collection.asked import not_asked
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place, say
from czurban.model.observation import Observation, Reading, RowCount, Submission
from czurban.model.plan import Plan
from czurban.reading.submission.forms.opening import Opened
from czurban.reading.submission.names import shorten

_MOST_NAMES = 5
_Foreign = tuple[Place, str]
"""The place of a figure or stage that the sender does not report, and the indicator or milestone."""


def complete(opened: Opened, given: Submission, findings: Findings, plan: Plan) -> tuple[Submission, Findings]:
    """Add the sender and the stages; refuse a form with figures that its department does not report."""
    sender, stages = opened.sender, opened.stages
    rows = given.rows + opened.count
    if not sender:
        return given._replace(stages=stages, rows=rows), findings
    if county := plan.counties.get(opened.region):
        foreign = list(not_asked(plan, county, given.observations, stages))
    else:
        foreign = [*_foreign_figures(given.observations, sender, plan)]
        foreign += [(stage.place, stage.milestone) for stage in stages if _is_of_another(stage.sender, sender, plan)]
    values = tuple(value._replace(sender=sender, region=opened.region or value.region) for value in given.observations)
    stages = tuple(stage._replace(sender=sender) for stage in stages)
    if not foreign:
        completed = given._replace(observations=values, stages=stages, sender=sender, region=opened.region, rows=rows)
        return completed, findings
    others = {place for place, _ in foreign}
    withheld = Submission(  # the sender's own figures and stages are kept, and none is usable
        given.file,
        given.read_as,
        tuple(
            value._replace(reported=Reading.WITHHELD, amount=None)
            for value in values
            if value.place not in others and value.reported is not Reading.NOTHING
        ),
        rows=RowCount(rows.read, refused=rows.read),
        stages=tuple(stage._replace(withheld=True) for stage in stages if stage.place not in others),
        sender=sender,
        region=opened.region,
    )
    return withheld, (*findings, _foreign(foreign, sender))


def _foreign_figures(observations: Sequence[Observation], sender: str, plan: Plan) -> Iterator[_Foreign]:
    for value in observations:
        indicator = plan.indicator(value.indicator)
        if value.reported is Reading.NOTHING or indicator is None:
            continue
        reported = plan.own_part(value.indicator, value.region) or indicator
        if _is_of_another(value.sender, sender, plan) or sender not in (*reported.leads, *reported.reporters):
            yield value.place, indicator.name


def _is_of_another(named: str, sender: str, plan: Plan) -> bool:
    office = plan.department(named) if named else None
    return bool(named) and (office is None or office.name != sender)


def _foreign(foreign: Sequence[_Foreign], sender: str) -> Finding:
    names = [shorten(name) for _, name in foreign]
    message: Message = say(
        "The form of {name} has figures that it does not report ({count}: {names}), so none of it is used.",
        name=sender,
        count=len(foreign),
        names="、".join(names[:_MOST_NAMES]) + ("…" if len(names) > _MOST_NAMES else ""),
    )
    return finding("S244", foreign[0][0], message, say("Let each department send its own form."))
