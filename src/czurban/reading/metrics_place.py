"""Which YAML files are metrics, told without reading them as such."""

from pathlib import Path

from czurban.reading.regular_file import read_regular

METRICS = "metrics.yaml"
"""What the file is called where it lies beside a plan's."""
_KEY = b"metrics:"


def is_metrics(path: Path) -> bool:
    """Whether a YAML file is one of metrics and not one of a plan: it says `metrics:` where a plan's do not."""
    try:
        data = read_regular(path)
    except OSError:
        return False
    return any(line.startswith(_KEY) for line in data.removeprefix(b"\xef\xbb\xbf").splitlines())
