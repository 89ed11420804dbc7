"""A folder with everything a command can read, and a call of every command that writes what it answers."""

import inspect
import shutil
from importlib.util import find_spec
from pathlib import Path

from czurban.cli.app import COMMANDS, function_of
from czurban.reporting.formats.registry import CHECK_FORMATS, FORMATS
from czurban.reporting.formats.registry import REPORT_FORMATS as EVERY_REPORT_FORMAT
from czurban.reporting.forms.form_formats import FORM_FORMATS

REPORT_FORMATS = tuple(form for form in EVERY_REPORT_FORMAT if form != "pdf" or find_spec("typst"))
"""The formats of reports; PDF needs an extra that a checkout need not have."""
CASES = Path(__file__).parents[2] / "src" / "czurban" / "cases"
RECORDS = ("--records", "records.csv", "--metrics", "metrics.yaml")

CALLS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "check": (("check", "in/a.csv"), CHECK_FORMATS, ("figures", "plan", "settings")),
    "check a folder": (("check", "in", "--each-region"), CHECK_FORMATS, ("figures", "plan", "settings")),
    "check a pattern": (("check", "in/*.csv", "--each-region"), CHECK_FORMATS, ("figures", "plan", "settings")),
    "report": (("report", "in/a.csv"), REPORT_FORMATS, ("figures", "plan", "tasks", "settings")),
    "compute": (("compute", "in/a.csv"), REPORT_FORMATS, ("figures", "plan", "settings")),
    "compute from records": (
        ("compute", *RECORDS, "--by", "region"),
        REPORT_FORMATS,
        ("records", "metrics", "plan", "settings"),
    ),
    "why": (("why", "1", "in/a.csv"), REPORT_FORMATS, ("figures", "plan", "settings")),
    "trend": (("trend", "1", "in/a.csv"), REPORT_FORMATS, ("figures", "plan", "settings")),
    "compare": (("compare", "before", "in"), REPORT_FORMATS, ("figures", "since", "plan", "settings")),
    "score": (("score", "in/a.csv"), REPORT_FORMATS, ("figures", "plan", "settings")),
    "pace": (("pace", "in/a.csv"), REPORT_FORMATS, ("figures", "plan", "settings")),
    "ledger": (("ledger", "in/a.csv"), REPORT_FORMATS, ("figures", "plan", "settings")),
    "escalate": (("escalate", "in/a.csv"), REPORT_FORMATS, ("figures", "plan", "settings")),
    "template": (("template", "--dept", "市公安局"), FORM_FORMATS, ("plan", "departments", "settings")),
    "status": (("status", "in", "--since", "before"), REPORT_FORMATS, ("figures", "since", "plan", "settings")),
    "list": (("list", "tasks"), FORMATS, ("plan", "tasks", "settings")),
    "show": (("show", "市公安局"), FORMATS, ("plan", "departments", "settings")),
    "validate": (("validate", "in/a.csv"), CHECK_FORMATS, ("figures", "plan", "settings")),
    "validate a plan": (("validate", "plan"), CHECK_FORMATS, ("plan", "regions", "settings")),
    "rule": (("rule", "P214"), FORMATS, ("settings",)),
    "schema": (("schema", "plan"), ("json",), ()),
    "read-target": (("read-target", "≥41"), FORMATS, ("settings",)),
}
"""By a name: the words of a call, the formats it writes, and the kinds of input it reads."""

INPUTS = {
    "figures": "in/a.csv",
    "since": "before/a.csv",
    "plan": "plan/targets.yaml",
    "tasks": "plan/tasks.yaml",
    "departments": "plan/departments.yaml",
    "regions": "plan/regions.yaml",
    "settings": "pyproject.toml",
    "metrics": "metrics.yaml",
    "records": "records.csv",
}
"""By kind: a file of the workplace."""


def make_workplace(folder: Path) -> dict[Path, bytes]:
    """Fill a folder, and return what every file in it holds."""
    shutil.copytree(CASES / "plan", folder / "plan")
    for name in ("in", "before"):
        (folder / name).mkdir()
        text = (CASES / "plan" / "figures.csv").read_text(encoding="utf-8")
        (folder / name / "a.csv").write_text(text.replace("4.4,%", "4.6,%"), encoding="utf-8")  # which is missed
    (folder / "plan" / "figures.csv").unlink()
    shutil.copy(CASES / "records" / "metrics.yaml", folder / "metrics.yaml")
    shutil.copy(CASES / "records" / "persons.csv", folder / "records.csv")
    (folder / "pyproject.toml").write_text('[tool.czurban]\nplan = "plan"\nlang = "en"\n', encoding="utf-8")
    return contents(folder)


def contents(folder: Path) -> dict[Path, bytes]:
    """What every file below a folder holds."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.is_symlink()}


def commands_that_write() -> set[str]:
    """The commands that take --output, asked of the program itself."""
    found = set()
    for name in COMMANDS:
        if "output" in inspect.signature(function_of(name)).parameters:
            found.add(name)
    return found
