"""A project in a folder of its own."""

from pathlib import Path

import pytest

from harness.tests.world.template.templates import Project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a project whose folder is the working directory: errors then say ``template.yaml``."""
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)
