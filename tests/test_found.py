"""Inputs that once brought the program down, found by `make fuzz`: each ends in findings or a clean error now."""

import contextlib
import shutil
from pathlib import Path

import pytest

from czurban.checking.assessing import assess
from czurban.checking.plan_rules.registry import check_plan
from czurban.errors import CzurbanError
from czurban.model.plan import Plan
from czurban.reading.plan.cases import PLAN
from czurban.reading.plan.files import read_draft
from czurban.reading.sources.opening import ALL_FILES
from czurban.reading.submission.files import read_bytes

FOUND = sorted((Path(__file__).parent / "found").iterdir())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_it_is_told(path: Path, plan: Plan, tmp_path: Path) -> None:
    name = path.name.rpartition("-")[0]
    with contextlib.suppress(CzurbanError):  # a sentence is as good as a finding
        if name in ALL_FILES:
            folder = Path(shutil.copytree(PLAN, tmp_path / "plan"))
            if name == "regions.csv":
                (folder / "regions.yaml").unlink()
            shutil.copy(path, folder / name)
            draft = read_draft(folder)
            found = [*draft.findings, *(check_plan(draft.plan, whole=draft.whole) if draft.plan else ())]
        else:
            submission, findings = read_bytes("f", path.read_bytes(), plan)
            found = [*findings, *assess(plan, [submission], period=plan.period).findings]
        assert found
