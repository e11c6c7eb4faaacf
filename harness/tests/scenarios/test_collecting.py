"""Which files are scenarios."""

from pathlib import Path

import pytest

from harness.scenarios.collecting import find_scenarios


@pytest.mark.parametrize(
    "template", ["template.yaml", "./template.yaml  # the stack", '"template.yaml"']
)
def test_a_world_its_template_and_parts_are_no_scenarios(tmp_path: Path, template: str) -> None:
    """Though all of them are YAML below the world file."""
    (tmp_path / "world.yaml").write_text(f"start: 2026-01-05T09:00:00Z\ntemplate: {template}\n")
    for name in ("template.yaml", "_part.yaml", "notes.txt", "one.yaml"):
        (tmp_path / name).touch()
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "two.yml").touch()

    assert find_scenarios([tmp_path]) == [tmp_path / "more" / "two.yml", tmp_path / "one.yaml"]


def test_yaml_without_a_world_file_above_is_no_scenario(tmp_path: Path) -> None:
    """Other tools have YAML too."""
    (tmp_path / "one.yaml").touch()
    assert find_scenarios([tmp_path]) == []
