"""Every command that says a limit is passed takes the option that raises it."""

from pathlib import Path

import pytest

from czurban.cli.app import run


@pytest.mark.parametrize("command", ["check", "validate", "report", "ledger", "escalate"])
def test_a_limit_that_is_told_can_be_raised(command: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "figures.csv"
    file.write_text("指标,数值\n" + "常住人口城镇化率,41\n" * 3, encoding="utf-8")
    run([command, str(file), "--max-rows", "2", "--lang", "en"])
    told = capfd.readouterr().err
    assert "S113" in told
    assert "--max-rows" in told
    run([command, str(file), "--max-rows", "9", "--lang", "en"])
    assert "S113" not in capfd.readouterr().err
