"""A file of metrics to the model, telling every fault at its line."""

from pathlib import Path
from typing import NamedTuple

from pydantic_core import ValidationError

from czurban.errors import UnreadableError, reason
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings
from czurban.model.message import say
from czurban.model.metric import Metrics
from czurban.model.place import Place
from czurban.model.plan import Plan
from czurban.reading.encoding import decode
from czurban.reading.marked_yaml import Marked, read_yaml
from czurban.reading.metrics.build import build_metrics
from czurban.reading.metrics.shapes import MetricsShape
from czurban.reading.regular_file import read_regular
from czurban.reading.shape_faults import translate

_GUIDE = "docs/reference/records.md"


class MetricsDraft(NamedTuple):
    """As much of the metrics as can be read: those with an error are left out; None where nothing is left."""

    metrics: Metrics | None
    findings: Findings


def read_metrics(path: Path, plan: Plan, inside: Path | None = None) -> MetricsDraft:
    """Read a file of metrics for a plan.

    Args:
        path: the file.
        plan: the plan, whose units and regions it may name.
        inside: the folder that it must lie in, where it was found there and not named by the user.

    Raises:
        UnreadableError: the file is not there, or cannot be opened.
    """
    text = _text(path, inside)
    if text is None:
        message = say("The file is not text.")
        return MetricsDraft(None, (finding("P101", Place(str(path)), message, say("Save it as text in UTF-8.")),))
    root, faults = read_yaml(str(path), text)
    if root is None:
        return MetricsDraft(None, faults)
    shape, told = _shape(str(path), root)
    if shape is None:
        return MetricsDraft(None, (*faults, *told))
    metrics, wrong = build_metrics(str(path), shape, root, text, plan)
    return MetricsDraft(metrics, (*faults, *told, *wrong))


def _text(path: Path, inside: Path | None) -> str | None:
    try:
        decoded = decode(read_regular(path, inside))
    except OSError as error:
        message = say("{path} cannot be read: {reason}.", path=str(path), reason=reason(error))
        raise UnreadableError(
            message, say("Name a file such as metrics.yaml; docs/reference/records.md says how it is.")
        ) from error
    return decoded.text if decoded else None


def _shape(file: str, root: Marked) -> tuple[MetricsShape | None, list[Finding]]:
    try:
        return MetricsShape.read(root.plain()), []
    except ValidationError as error:
        return None, list(translate(file, root, MetricsShape, error, _GUIDE))
