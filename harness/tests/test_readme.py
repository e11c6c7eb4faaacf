"""The README says what is so."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from harness.cli.main import application

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_scenario_of_the_readme_is_the_file_that_runs() -> None:
    """Documentation that is executed cannot rot."""
    (example,) = re.findall(r"```yaml\n(.*?)```", README, flags=re.DOTALL)

    assert example == (ROOT / "scenarios/your_first_scenario.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`harness ([a-z]+)", README))))
def test_every_command_of_the_readme_exists(command: str) -> None:
    """A newcomer types what stands there."""
    result = CliRunner().invoke(application(), [command, "--help"])

    assert result.exit_code == 0


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`([a-z]+/[A-Za-z/_.]+)`", README))))
def test_every_path_of_the_readme_exists(path: str) -> None:
    """And opens what is named."""
    assert (ROOT / path).exists()
