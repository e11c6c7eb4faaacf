"""The JSON Schema of the language, for editors: generated, so that it cannot differ from the loader."""

import json
from pathlib import Path
from typing import Any

from harness.scenarios.language.document import Document
from harness.scenarios.shapes.derive import record_of

FILE = Path(__file__).with_name("scenario.schema.json")


def json_schema() -> dict[str, Any]:
    """Return the schema of a scenario file."""
    definitions: dict[str, Any] = {}
    record_of(Document).schema(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenario",
        "$ref": f"#/$defs/{Document.__name__}",
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def json_schema_text() -> str:
    """Return the text of the checked-in file."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
