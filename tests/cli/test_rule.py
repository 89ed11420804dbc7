"""`czurban rule` explains every code in both languages, and does not leave a reader with a code it does not know."""

import json

import pytest

from czurban.cli.app import run
from czurban.model.faults import FAULTS


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("code", FAULTS)
def test_every_code_is_explained(code: str, lang: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", code.lower(), "--lang", lang]) == 0
    shown = capfd.readouterr().out
    assert shown.startswith(f"{code} · ")
    assert (FAULTS[code].demand in " ".join(shown.split())) is (lang == "en")


def test_a_rule_as_json(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "P107", "--format", "json"]) == 0
    record = json.loads(capfd.readouterr().out)
    assert (record["code"], record["severity"], record["good"], record["bad"]) == (
        "P107",
        "error",
        "target: ≥10",
        "target: 10",
    )


def test_an_unknown_code_gets_the_nearest(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "P2144", "--lang", "en"]) == 2
    assert "P214" in capfd.readouterr().err
