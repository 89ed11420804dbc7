"""A Python of its own for each tool that is compared, made by pip from the tool's own requirements."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "bench" / "peers" / "requirements"
FOLDER = ROOT / "build" / "peers"
_VERSIONS = "import importlib.metadata as m, json, sys; print(json.dumps({n: m.version(n) for n in sys.argv[1:]}))"


def python_of(name: str) -> Path:
    """The Python of one environment, whether it is made or not."""
    return FOLDER / name / "bin" / "python"


def prepare(name: str) -> str:
    """Make an environment unless it is there as required; returns why it could not be made, empty if it is there."""
    required = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    stamp = FOLDER / name / "made-from.txt"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == required:
        return ""
    print(f"Installing {', '.join(required.split())} into build/peers/{name} …", flush=True)
    install = [str(python_of(name)), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(FOLDER / name)],
        [*install, "-r", str(REQUIREMENTS / f"{name}.txt")],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR:")]
            return (errors or ["ERROR: it could not be installed"])[0].removeprefix("ERROR:").strip()
    stamp.write_text(required, encoding="utf-8")
    return ""


def versions(name: str) -> Mapping[str, str]:
    """The versions of what an environment's requirements name, by package, as they are installed."""
    lines = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8").split()
    return _versions(python_of(name), *(re.split(r"[\[=]", line)[0] for line in lines))


def own_versions(*packages: str) -> Mapping[str, str]:
    """The versions of packages that stand beside czurban."""
    return _versions(Path(sys.executable), *packages)


def _versions(python: Path, *packages: str) -> Mapping[str, str]:
    done = subprocess.run([str(python), "-c", _VERSIONS, *packages], capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found
