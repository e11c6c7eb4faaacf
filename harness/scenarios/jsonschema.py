"""The JSON Schema of the language, for editors: generated, so that it cannot differ from the loader."""

import json
from pathlib import Path
from typing import Any

from harness.scenarios.language.document import Document
from harness.scenarios.shapes.derive import record_of
from harness.scenarios.shapes.written import Written

FILE = Path(__file__).with_name("scenario.schema.json")


def json_schema(root: type[Written] = Document, title: str = "Scenario") -> dict[str, Any]:
    """Return the schema of a file that holds a *root*: of a scenario, say."""
    definitions: dict[str, Any] = {}
    record_of(root).schema(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "$ref": f"#/$defs/{root.__name__}",
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def json_schema_text(root: type[Written] = Document, title: str = "Scenario") -> str:
    """Return the text of the checked-in file."""
    return json.dumps(json_schema(root, title), indent=2, ensure_ascii=False) + "\n"
