"""The ways to name a function: its name, a part of its ARN, or the whole of it.

Source: Lambda API reference, "Invoke", ``FunctionName``.
"""

import re

from harness.services.base.identity import Identity
from harness.world.awslambda.errors import invalid, not_found

_NAME = re.compile(
    r"(arn:(?:aws[a-zA-Z-]*)?:lambda:)?(?:(?P<region>[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?"
    r"(?:(?P<account>\d{12}):)?(?:function:)?(?P<name>[a-zA-Z0-9-_.]+)"
    r"(?::(?P<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?"
)
_PATTERN = (
    # As the service's model has it, which is how AWS prints it.
    r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?"
    r"(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?"
)
LATEST = "$LATEST"


def split_name(text: str, identity: Identity) -> tuple[str, str | None]:
    """Return the name and the qualifier in *text*.

    A function of another account or region has no name here: the whole text stands for it, and
    finds nothing.
    """
    found = _parsed(text)
    is_here = found["region"] in (None, identity.region)
    is_ours = found["account"] in (None, identity.account_id)
    return (found["name"] if is_here and is_ours else text), found["qualifier"]


def require_this_region(text: str, identity: Identity) -> None:
    """Raise AWS's error for the ARN of a function in another region."""
    region = _parsed(text)["region"]
    if region not in (None, identity.region):
        raise not_found(
            f"Functions from '{region}' are not reachable in this region ('{identity.region}')"
        )


def latest_name(text: str, identity: Identity) -> str:
    """Return the name of the function whose latest version *text* means.

    There are no versions and aliases in this world: one of those is the name of no function.
    """
    name, qualifier = split_name(text, identity)
    return name if qualifier in (None, LATEST) else text


def _parsed(text: str) -> re.Match[str]:
    found = _NAME.fullmatch(text)
    if found is None:
        raise invalid(text, "functionName", f"satisfy regular expression pattern: {_PATTERN}")
    return found
