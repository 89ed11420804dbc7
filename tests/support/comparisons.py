"""Strip what a command prints of the checks that compare figures, which an engine does not run for plain rows."""

import json
import re

from czurban.checking.submission_rules.registry import RULES

_FINDING = re.compile(rf"^\S+: (?:error|warning|info) (?:{'|'.join(RULES)}): .*\n(?:    .*\n)*", re.MULTILINE)
_SUMMARY = re.compile(
    r"^(?:Rows that an engine counted|\d+ more of|Findings: |(?:error|warning|note|info)s?: \d|.*\bwarnings?: ).*\n",
    re.MULTILINE,
)
Printed = tuple[int, str, str]


def without_comparisons(printed: Printed) -> Printed:
    """Return an exit code and both outputs without what only rows in Python are checked for."""
    code, out, err = printed
    if out.startswith("{"):
        record = json.loads(out)
        record.pop("unchecked", None)
        record["finding_counts"] = {
            name: count for name, count in record["finding_counts"].items() if name not in RULES
        }
        record["findings"] = [finding for finding in record["findings"] if finding["code"] not in RULES]
        out = json.dumps(record, ensure_ascii=False)
    return code, _SUMMARY.sub("", _FINDING.sub("", out)), _SUMMARY.sub("", _FINDING.sub("", err))
