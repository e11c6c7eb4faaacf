"""What an engine leaves out on purpose, as the README beside it says."""

import re
from importlib.resources import files

from harness.services import __name__ as services

_FOLDERS = ("s3", "kinesis", "dynamodb", "sqs", "cloudwatch")


def known_differences() -> dict[str, tuple[str, ...]]:
    """Return the points under *Known differences* of every engine's README, those to AWS alone."""
    return {folder: _differences(folder) for folder in _FOLDERS}


def _differences(folder: str) -> tuple[str, ...]:
    text = (files(services) / folder / "README.md").read_text(encoding="utf-8")
    section = re.search(
        r"^## Known differences.*?\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE
    )
    if section is None:
        return ()
    to_aws = re.split(r"^To moto\b", section[1], maxsplit=1, flags=re.MULTILINE)[0]
    points = re.findall(r"^- (.*(?:\n  .*)*)", to_aws, re.MULTILINE)
    return tuple(" ".join(point.split()) for point in points)
