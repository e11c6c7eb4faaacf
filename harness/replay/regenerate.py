"""Write the JSON Schema of a campaign's manifest anew: ``python -m harness.replay.regenerate``."""

from pathlib import Path

from harness.replay.manifest import Manifest
from harness.scenarios.jsonschema import json_schema_text

FILE = Path(__file__).with_name("campaign.schema.json")


def schema_text() -> str:
    """Return the text of the checked-in file, by which editors complete a manifest."""
    return json_schema_text(Manifest, "Recorded campaign")


if __name__ == "__main__":
    FILE.write_text(schema_text())
