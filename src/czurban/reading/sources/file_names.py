"""Name the kinds of files that commands read, by their endings, and recognise a plan's files of metrics and rules."""

from pathlib import Path

from czurban.reading.sources.opening import read_regular

METRICS, RULES = "metrics.yaml", "rules.yaml"
"""The usual names of a file of metrics and of one of rating rules in a plan's folder."""
STDIN = "-"
TEXTS = (".csv", ".tsv", ".txt")
PARQUET = (".parquet", ".pq")
PACKED = tuple(f"{text}{packed}" for text in TEXTS for packed in (".gz", ".zst"))
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
TABLES = (*TEXTS, *WORKBOOKS, *PARQUET, *PACKED)
"""The endings of tables' names."""


def is_metrics(path: Path) -> bool:
    """Return whether a YAML file is a file of metrics: only those have the key `metrics:` at the top."""
    return _has_key(path, b"metrics:")


def is_rules(path: Path) -> bool:
    """Return whether a YAML file is a file of rating rules: only those have the key `rules:` at the top."""
    return _has_key(path, b"rules:")


def _has_key(path: Path, key: bytes) -> bool:
    try:
        data = read_regular(path)
    except OSError:
        return False
    return any(line.startswith(key) for line in data.removeprefix(b"\xef\xbb\xbf").splitlines())


def is_elsewhere(name: str) -> bool:
    """Return whether a name is that of a cluster's storage (s3a://…) or table (table:NAME), not of a local file."""
    return "://" in name or name.startswith("table:")
