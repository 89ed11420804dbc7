"""What is told of a file of metrics that is held against a plan, before there are records."""

from collections.abc import Iterator
from pathlib import Path

from czurban.computing.records.findings import declared_too_wide
from czurban.model.finding import Finding
from czurban.reading.metrics.file import read_metrics
from czurban.reading.plan.files import read_plan
from czurban.reading.sources.find_files import METRICS


def metrics_faults(path: Path, folder: Path) -> Iterator[Finding]:
    """Read the metrics, and hold their numbers against the digits that engines have.

    A plan that cannot be read is told by itself; its metrics are not held against what is left of it.

    Raises:
        UnreadableError: there is no plan in the folder.
    """
    plan, _ = read_plan(folder)
    if plan is None:
        return
    draft = read_metrics(path, plan, folder if path == folder / METRICS else None)
    yield from draft.findings
    if draft.metrics is not None:
        wide: list[Finding] = []
        for one in draft.metrics.metrics:
            declared_too_wide(one, draft.metrics.records, wide)
        yield from wide
