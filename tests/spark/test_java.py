"""Whether there is a Java for Spark: none, an old one, one that is no Java, one that will do."""

from pathlib import Path

import pytest

from czurban.computing.engines.spark.classic import need_java
from czurban.errors import MissingExtraError


def java(folder: Path, version: str) -> Path:
    (folder / "bin").mkdir()
    program = folder / "bin" / "java"
    program.write_text(f"#!/bin/sh\necho '{version}' >&2\n")
    program.chmod(0o755)
    return folder


@pytest.mark.parametrize(
    "version", ['openjdk version "17.0.15" 2025-04-15', 'java version "21" 2023', 'openjdk version "25-ea"']
)
def test_a_java_that_will_do(version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(java(tmp_path, version)))
    need_java()


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ('java version "1.8.0_392"', "is Java 8"),
        ('openjdk version "11.0.2" 2019', "is Java 11"),
        ("something else", "is no Java that runs"),
    ],
)
def test_a_java_that_will_not_do(version: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(java(tmp_path, version) / "bin"))
    with pytest.raises(MissingExtraError, match=told) as caught:
        need_java()
    assert "openjdk-17" in str(caught.value.hint)


def test_no_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingExtraError, match="there is no Java here"):
        need_java()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(MissingExtraError, match="is no Java that runs"):
        need_java()
