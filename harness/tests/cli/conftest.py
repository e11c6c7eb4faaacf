"""The command line, pointed at small projects."""

from pathlib import Path

import pytest

from harness.tests.cli.project import Project


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Project:
    """Return a sound project of one function, to be spoilt."""
    return Project(tmp_path, capsys)
