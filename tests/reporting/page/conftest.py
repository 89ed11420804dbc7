"""A whole report of some figures, made at a time that does not pass."""

from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.checking.assessing import assess
from czurban.model.plan import Plan
from czurban.reading.submission.files import read_bytes
from czurban.reporting.document import Document
from czurban.reporting.documents.records import Origin
from czurban.reporting.documents.whole import whole_report
from czurban.words.translator import Translator

WholeReport = Callable[..., Document]


@pytest.fixture(scope="session")
def whole(plan: Plan, repo: Path) -> WholeReport:
    """Compose the whole report of the made-up figures of 2019."""

    def composed(language: str = "zh") -> Document:
        data = (repo / "examples" / "actuals-2019.csv").read_bytes()
        submission, _ = read_bytes("actuals-2019.csv", data, plan)
        assessment = assess(plan, [submission], period=plan.period)
        origin = Origin("2020-01-15 09:00 UTC", (("data/targets.yaml", "0" * 64),))
        return whole_report(assessment, origin, Translator(language), scope=lambda _: True)

    return composed
