"""The stage that counts for each milestone, as long as everybody who reports one says the same."""

from collections.abc import Iterable, Mapping

from czurban.model.observation import StageReport, Submission
from czurban.model.text import key

Stages = Mapping[tuple[int, str], StageReport]
"""Stage reports by task and milestone."""


def latest_stages(submissions: Iterable[Submission]) -> Stages:
    """Gather the stages; of a milestone for which two different ones are reported, none counts."""
    found: dict[tuple[int, str], StageReport] = {}
    doubtful = set()
    for one in (one for submission in submissions for one in submission.stages):
        earlier = found.setdefault((one.task, one.milestone), one)
        if key(earlier.stage) != key(one.stage):
            doubtful.add((one.task, one.milestone))
    return {at: one for at, one in found.items() if at not in doubtful}
