"""What is wrong with the dimensions of a datum, which stands at ``@``, and how it is told."""

from collections.abc import Iterator

_LONGEST = {"Name": 255, "Value": 1_024}


def too_long(dimensions: list[dict[str, str]]) -> Iterator[str]:
    """Yield what is told of names and values that are longer than they may be."""
    for path, name, text in _members(dimensions):
        if len(text) > _LONGEST[name]:
            yield f"The parameter {path} must be shorter than {_LONGEST[name] + 1} characters."


def wrongly_written(dimensions: list[dict[str, str]]) -> Iterator[str]:
    """Yield what is told of names and values that are blank, not ASCII, or begin with a colon."""
    for path, name, text in _members(dimensions):
        if not text.strip():
            yield f"The parameter {path} is required."
        if not text.isascii():
            yield f"The parameter {path} contains non-ASCII characters."
        if name == "Name" and text.startswith(":"):
            yield f"The parameter {path} must not start with a colon."


def _members(dimensions: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    for number, dimension in enumerate(dimensions, start=1):
        for name, text in dimension.items():
            yield f"@.Dimensions.member.{number}.{name}", name, text
