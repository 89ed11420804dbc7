"""Compare two collections: whose files are gone, and what is reported differently."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from czurban.checking.collection.senders import units_of
from czurban.model.assessment import Assessment, Result
from czurban.model.collection.sent import Change
from czurban.model.observation import StageReport


def withdrawn(before: Assessment, after: Assessment) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the files of an earlier collection whose units have no file any more, each with its units."""
    now = {name for submission in after.submissions for name in units_of(submission, after.plan)}
    kept = {PurePath(submission.file).name for submission in after.submissions}
    gone = [submission for submission in before.submissions if PurePath(submission.file).name not in kept]
    units = [(submission.file, units_of(submission, before.plan)) for submission in gone]
    return tuple((file, names) for file, names in units if not names or not now.issuperset(names))


def changes(before: Assessment, after: Assessment) -> tuple[Change, ...]:
    """Return what is reported differently now, indicators first, then milestones."""
    changed = [*_changed_figures(before, after)]
    for code, county in after.plan.counties.items():
        changed += _changed_figures(before.counties.get(code), after.counties.get(code), (county.name,))
    for task in after.plan.tasks:
        for milestone in task.milestones:
            name = (task.no, milestone.name)
            then, now = before.stages.get(name), after.stages.get(name)
            if _stage(then) != _stage(now):
                changed.append(Change(milestone.name, task.leads, then, now))
    return tuple(changed)


def _changed_figures(
    before: Assessment | None, after: Assessment | None, leads: Sequence[str] = ()
) -> Iterator[Change]:
    """Yield the figures that differ; None for a region that has sent nothing."""
    first, last = ({each.indicator.id: each for each in _own(judged)} for judged in (before, after))
    for name, known in (last or first).items():
        pair = (first.get(name), last.get(name))
        if _figure(pair[0]) != _figure(pair[1]):
            figures = (result if result and result.observation else None for result in pair)
            yield Change(known.indicator.name, leads or known.indicator.leads, *figures)


def _own(judged: Assessment | None) -> Sequence[Result]:
    """Return the results of one region, with those of departments' own parts; none where there is none."""
    return (*judged.results, *judged.allotted) if judged else ()


def _figure(result: Result | None) -> tuple[object, ...]:
    """Return what was sent, to compare it; a value that a formula gives is not sent."""
    value = result.observation if result else None
    if result is None or value is None:
        return ()
    return (result.actual, result.approximate, result.raw if result.actual is None else "", value.status)


def _stage(report: StageReport | None) -> str:
    return report.stage if report else ""
