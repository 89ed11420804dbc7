"""Check that a checkout installs and runs on a fresh machine: old and new pip, each Python found, the built wheel.

Each environment is empty. The locks are installed by the Makefile's own rules in a copy of the files that git tracks;
this tries what `make demo` and `make test` do. With --dist FOLDER only the wheel and the source archive are built and
tried, and put into the folder. Needs a package index; writes nothing else outside a temporary folder.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLD_PIP = "pip==23.2.1"
NEW_PIP = "pip"
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
PYENV = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"


def main() -> None:
    """Try every Python found with the pips it can run, then the wheel and the source archive."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="every Python found, not only the one that runs this")
    parser.add_argument("--dist", type=Path, help="only build and try both archives, and put them into this folder")
    options = parser.parse_args()
    if options.dist:
        with tempfile.TemporaryDirectory(prefix="fresh-") as name:
            _wheel(Path(name), sys.executable)
            shutil.copytree(Path(name) / "dist", options.dist, dirs_exist_ok=True)
        return
    everything = options.all
    mine = f"{sys.version_info.major}.{sys.version_info.minor}"
    pythons = {mine: sys.executable}
    if everything:
        pythons |= {version: path for version in VERSIONS if (path := _python(version)) and version != mine}
    with tempfile.TemporaryDirectory(prefix="fresh-") as name:
        folder = Path(name)
        for version, python in pythons.items():
            for pip in (OLD_PIP, NEW_PIP) if version in {"3.11", "3.12"} else (NEW_PIP,):
                _install(folder / f"{version}-{pip.replace('==', '-')}", python, pip)
        _wheel(folder / "wheel", sys.executable)
    print("Not found here:", ", ".join(version for version in VERSIONS if version not in pythons) or "none")


def _python(version: str) -> str | None:
    """Return a Python of this version that runs, from PATH or from pyenv."""
    installed = (str(path) for path in sorted(PYENV.glob(f"{version}.*/bin/python"), reverse=True))
    for candidate in (shutil.which(f"python{version}"), *installed):
        if candidate and subprocess.run([candidate, "-c", ""], capture_output=True, check=False).returncode == 0:
            return candidate
    return None


def _install(folder: Path, python: str, pip: str) -> None:
    """Install both locks by the Makefile's rules, with this pip, and check the example."""
    _run([python, "-m", "venv", folder / "host"])
    host = folder / "host" / "bin" / "python"
    _run([host, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--upgrade", pip])
    checkout = _copy(folder / "checkout")
    _run(["make", "--no-print-directory", f"PYTHON={host}", ".make/dev"], checkout)
    used = _run([host, "-m", "pip", "--version"]).split(" from ")[0]
    shown = _run(["make", "--no-print-directory", f"PYTHON={host}", "demo"], checkout)
    _expect("11 of 25", shown)
    print(f"{_run([host, '--version']).strip()} with {used}: both locks installed, pip check passed, make demo ran")


def _wheel(folder: Path, python: str) -> None:
    """Build the wheel and the source archive, and check the example with each, installed alone."""
    checkout = _copy(folder / "checkout")
    _run([python, "-m", "venv", folder / "build"])
    build = folder / "build" / "bin" / "python"
    quiet = ("-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-deps", "--require-hashes", "-r")
    _run([build, *quiet, checkout / "requirements-dev.lock"])
    _run([build, "-m", "build", "--no-isolation", "--outdir", folder / "dist", checkout])
    for archive in sorted((folder / "dist").iterdir()):
        empty = folder / archive.name.split("-")[0] / archive.suffix.lstrip(".")
        _run([python, "-m", "venv", empty / "venv"])
        target = empty / "venv" / "bin" / "python"
        _run([target, *quiet, checkout / "requirements.lock"])
        _run([target, "-m", "pip", "install", "-qq", "--no-deps", "--no-index", "--no-build-isolation", archive])
        _run([target, "-m", "pip", "check"])
        elsewhere = empty / "elsewhere"
        elsewhere.mkdir()
        shutil.copy(ROOT / "examples" / "actuals-2018.csv", elsewhere)
        command: list[str | Path] = [
            target.with_name("czurban"),
            "check",
            "actuals-2018.csv",
            "--period",
            "2018",
            "--fail-on",
            "never",
        ]
        _expect("11 of 25", _run(command, elsewhere))
        print(f"{archive.name}: installed alone into an empty environment, checked the example from another folder")


def _copy(folder: Path) -> Path:
    """Copy the files that git tracks, with changes that are not committed."""
    names = _run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], ROOT).split("\0")
    for name in names:
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder


def _expect(words: str, text: str) -> None:
    if words not in text:
        sys.exit(f"Expected “{words}” in:\n{text}")


def _run(command: Sequence[str | Path], folder: Path | None = None) -> str:
    """Run a command without the Python settings of this process and return its output; exit if it fails."""
    kept = {
        name: text for name, text in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "CZURBAN_"))
    }
    kept |= {"CZURBAN_LANG": "en", "PYTHONIOENCODING": "utf-8"}
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=folder, env=kept, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
