"""Which memberIds may stand on a fan list."""

import re

_is_fan_list_member = re.compile(r"(?:fan|sid):.+|email:[0-9A-Fa-f]{64}", re.DOTALL).fullmatch


def is_fan_list_member(member_id: str) -> bool:
    """Tell whether *member_id* is ``fan:``, ``sid:`` or ``email:`` with a SHA-256 hex digest."""
    return _is_fan_list_member(member_id) is not None


def needs_identity(member_id: str) -> bool:
    """Tell whether a fan behind *member_id* is to be looked up in fanIdentityTable."""
    return not member_id.startswith("fan:")
