"""Write the generated files anew: ``python -m harness.scenarios.regenerate``."""

from pathlib import Path

from harness.scenarios.jsonschema import FILE, json_schema_text
from harness.scenarios.vocabulary import vocabulary

README = Path("scenarios") / "README.md"


def regenerate(root: Path) -> None:
    """Write the JSON Schema, and the vocabulary below *root*."""
    FILE.write_text(json_schema_text())
    (root / README).write_text(vocabulary())


if __name__ == "__main__":
    regenerate(Path.cwd())
