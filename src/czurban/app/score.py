"""Rate indicators by the rules of a file, and check such files."""

from collections.abc import Iterator
from pathlib import Path

from czurban.model.finding import Finding
from czurban.reading.plan.files import read_plan
from czurban.reading.rules.file import read_rules
from czurban.reading.sources.find_files import RULES
from czurban.tracking.coverage import check_rules


def rules_faults(path: Path, folder: Path) -> Iterator[Finding]:
    """Read rules and prove that their bands cover every value once; names are those of the plan in a folder.

    Faults of the plan are reported for the plan itself; the names in the rules are not checked where it cannot be read.

    Raises:
        UnreadableError: the file cannot be opened, or there is no plan in the folder.
    """
    plan, _ = read_plan(folder)
    draft = read_rules(path, plan, folder if path == folder / RULES else None)
    yield from draft.findings
    if draft.rules is not None:
        yield from check_rules(draft.rules)
